/* evacuate.c: each piece of literals that a process refers to is copied once, as it lies, so that
 * all pointers into it move by the same distance, and what was shared stays so. */
#include "heap/evacuate.h"
#include "base/hooks.h"
#include "base/panic.h"
#include <stdlib.h>

_Thread_local bool brc_heap_evacuated;

typedef struct Work {
    Proc *p;
    const Evacuees *all;
    Term **copies; /* of each, or NULL */
    bool found;
} Work;

const Evacuee *brc_heap_evacuee_of(const Evacuees *all, Term word) {
    if (!term_is_pointer(word) || all->count == 0) return NULL;
    Term address = word & ~(Term)BRC_TAG_MASK;
    size_t low = 0, high = all->count;
    if (address < all->at[0].from || address >= all->at[high - 1].to) return NULL;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (address < all->at[middle].from)
            high = middle;
        else
            low = middle;
    }
    return address < all->at[low].to ? &all->at[low] : NULL;
}

/* Words of an object that are no terms, from its header on; 0: look at each. */
static size_t raw_words(Term word) {
    if ((word & BRC_NIBBLE_MASK) != BRC_TAG_HEADER) return 0;
    return BRC_HEADER_KIND(word) >= BRC_KIND_RAW ? 1 + BRC_HEADER_WORDS(word) : 0;
}

bool brc_heap_refers_to(const Evacuees *all, const Term *from, const Term *to) {
    for (const Term *s = from; s < to;) {
        size_t raw = raw_words(*s);
        if (!raw && brc_heap_evacuee_of(all, *s)) return true;
        s += raw ? raw : 1;
    }
    return false;
}

/* ---- copying ---- */

/* A raw object that holds a share of something outside the heap. */
static void share(Frag *f, Term *at) {
    if (at[0] == BRC_HEADER(BRC_REFBIN, 4))
        brc_ctx_sharedbin_ref((SharedBin *)at[3]);
    else if (at[0] == BRC_HEADER(BRC_REF, 5))
        brc_ctx_magic_ref((Magic *)at[5]);
    else
        return;
    *brc_ctx_offheap_link(at) = (Term)f->offheap;
    f->offheap = at;
}

static Term *copy_of(Work *w, const Evacuee *e) {
    Term **copy = &w->copies[e - w->all->at];
    if (*copy) return *copy;
    size_t words = (e->to - e->from) / sizeof(Term);
    Frag *f = brc_ctx_frag_new(words);
    Term distance = (Term)f->data - e->from;
    memcpy(f->data, (const Term *)e->from, words * sizeof(Term));
    f->used = words;
    for (Term *s = f->data; s < f->data + words;) {
        size_t raw = raw_words(*s);
        if (raw)
            share(f, s);
        else if (term_is_pointer(*s) && *s - e->from < e->to - e->from)
            *s += distance;
        s += raw ? raw : 1;
    }
    brc_ctx_frag_attach(w->p, f);
    w->found = true;
    return *copy = f->data;
}

static void move_word(Work *w, Term *at) {
    const Evacuee *e = brc_heap_evacuee_of(w->all, *at);
    if (e) *at += (Term)copy_of(w, e) - e->from;
}

static void move_range(Term *from, Term *to, void *work) {
    for (Term *s = from; s < to; s++)
        move_word(work, s);
}

/* A match context points into the bytes of its original, which may be in the object itself. */
static void move_objects(Work *w, Term *from, Term *to) {
    for (Term *s = from; s < to;) {
        size_t raw = raw_words(*s);
        if (raw) {
            s += raw;
        } else if (BRC_HEADER(BRC_MATCHCTX, 4) == *s) {
            move_word(w, &s[1]);
            if (term_is_kind(s[1], BRC_HEAPBIN)) s[2] = (Term)(term_box(s[1]) + 2);
            s += 5;
        } else {
            move_word(w, s++);
        }
    }
}

bool brc_heap_evacuate(Proc *p, const Evacuees *all, const TermRange *saved, size_t ranges) {
    Work w = {.p = p, .all = all, .copies = calloc(all->count, sizeof *w.copies)};
    if (!w.copies) brc_base_panic("out of memory (literals that go)");
    if (brc_hook_gc_begin) brc_hook_gc_begin(p);
    Frag *frags = p->frags; /* those made here have nothing to be looked at */
    move_range(p->sp, p->stack_end, &w);
    for (size_t i = 0; i < ranges; i++)
        move_range(saved[i].from, saved[i].to, &w);
    if (brc_hook_gc_roots) brc_hook_gc_roots(p, move_range, &w);
    move_objects(&w, p->heap, p->hp);
    if (p->old_heap) move_objects(&w, p->old_heap, p->old_hp);
    for (Frag *f = frags; f; f = f->next)
        move_objects(&w, f->data, f->data + f->used);
    free(w.copies);
    brc_heap_evacuated = w.found;
    return w.found;
}
