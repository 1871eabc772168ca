/* alloc.c: fragments and room for terms.
 *
 * A process's own fragments are filled like the heap block: from the front, the newest first in
 * the list. Their size grows with what already lies in fragments, so that a built-in that makes
 * many small terms does not make as many fragments. In a stress build each allocation has a
 * fragment of exactly its size, so that whatever reads past an object reads foreign memory. */
#include "ctx/alloc.h"
#include "base/pages.h"
#include "base/panic.h"

enum { FRAG_LEAST_WORDS = 120, FRAG_MOST_WORDS = 16384, SOON_LEAST_WORDS = 1024 };

Frag *brc_ctx_frag_new(size_t words) {
    size_t room;
    if (words > SIZE_MAX / 32) brc_base_panic("out of memory (%zu words asked for)", words);
    Frag *f = brc_base_block_alloc(sizeof(Frag) + words * sizeof(Term), &room);
    f->next = NULL;
    f->words = (room - sizeof(Frag)) / sizeof(Term);
    f->used = 0;
    f->offheap = NULL;
    f->term = BRC_NIL;
    f->spare = room;
    return f;
}

void brc_ctx_frag_free(Frag *f) {
    for (Term *o = f->offheap; o;) {
        Term *next = (Term *)*brc_ctx_offheap_link(o);
        brc_ctx_offheap_release(o);
        o = next;
    }
    brc_base_block_free(f, f->spare, sizeof *f + f->used * sizeof(Term));
}

static void collect_soon(Proc *p) {
    if (!(p->flags & BRC_PROC_GC_SOON)) brc_heap_opts(p)->reds_kept = 0;
    p->flags |= BRC_PROC_GC_SOON;
    if (p->reds > 0) brc_heap_opts(p)->reds_kept = p->reds;
    p->reds = 0;
}

static void count_frag_words(Proc *p, size_t words) {
    p->frag_words += words;
    size_t block_words = (size_t)(p->stack_end - p->heap);
    if (p->frag_words > SOON_LEAST_WORDS && p->frag_words > block_words / 2) collect_soon(p);
}

void brc_ctx_frag_attach(Proc *p, Frag *f) {
    while (f) {
        Frag *next = f->next;
        f->next = p->frags;
        p->frags = f;
        count_frag_words(p, f->used);
        for (Term *o = f->offheap; o; o = (Term *)*brc_ctx_offheap_link(o))
            brc_ctx_offheap_grew(p, brc_ctx_offheap_object_bytes(o));
        f = next;
    }
}

Term *brc_ctx_alloc_apart(Proc *p, size_t words) {
    Frag *f = p->frags;
#ifdef BRC_STRESS
    f = NULL;
#endif
    if (!f || f->words - f->used < words) {
        size_t room = p->frag_words < FRAG_LEAST_WORDS  ? FRAG_LEAST_WORDS
                      : p->frag_words > FRAG_MOST_WORDS ? FRAG_MOST_WORDS
                                                        : (size_t)p->frag_words;
#ifdef BRC_STRESS
        room = 0;
#endif
        f = brc_ctx_frag_new(words > room ? words : room);
        f->next = p->frags;
        p->frags = f;
    }
    Term *at = f->data + f->used;
    f->used += words;
    count_frag_words(p, words);
    return at;
}

/* One word stays free: when a built-in fails, sp is above the word for its frame's next call. */
Term *brc_ctx_alloc(Proc *p, size_t words) {
#ifndef BRC_STRESS
    if (__builtin_expect(p->sp - p->hp > (ptrdiff_t)words, 1)) {
        Term *at = p->hp;
        p->hp += words;
        return at;
    }
#endif
    return brc_ctx_alloc_apart(p, words);
}

void brc_ctx_trim(Proc *p, Term *start, size_t words, Term *end) {
    size_t unused = (size_t)(start + words - end);
    BRC_ASSERT(end >= start && end <= start + words);
    if (unused == 0) return;
    if (p->hp == start + words && start >= p->heap) { /* a fragment may end where the heap begins */
        p->hp = end;
        return;
    }
    Frag *f = p->frags;
    if (f && f->data + f->used == start + words) {
        f->used -= unused;
        p->frag_words -= unused;
        return;
    }
    *end = BRC_HEADER(BRC_BIGPOS, unused - 1); /* not the latest: a dead object fills the gap */
}

void brc_ctx_offheap_grew(Proc *p, size_t bytes) {
    p->offheap_bytes += bytes;
    const HeapOpts *opts = brc_heap_opts(p);
    uint64_t limit = opts ? opts->vheap_limit_bytes : 0;
    if (limit == 0) limit = BRC_MIN_VHEAP_WORDS * sizeof(Term);
    if (p->offheap_bytes > limit) collect_soon(p);
}
