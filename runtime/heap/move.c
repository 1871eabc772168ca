/* move.c: Cheney's copying collector, for two generations at once.
 *
 * A moved boxed object leaves a boxed pointer to its new place where its header was (a header
 * ends in 1111, a boxed pointer in 10); a moved list cell has BRC_NONE as its head and the new
 * pointer as its tail. The moved objects are their own queue: scanning goes on from the first
 * word not scanned yet to the last one moved, so depth of terms costs nothing. Nothing older
 * refers to something younger, as terms do not change: so what moves to the old generation only
 * refers to what is there or moves there too.
 *
 * Shape from C. J. Cheney, "A nonrecursive list compacting algorithm", CACM 13(11), 1970. */
#include "heap/move.h"
#include "base/hooks.h"
#include "base/panic.h"

static inline Term *place(Mover *m, uintptr_t address, size_t words) {
    Term **top = address - m->mature_lo < m->mature_bytes ? &m->old : &m->to;
    Term *at = *top;
    *top = at + words;
    return at;
}

static inline Term move_cell(Mover *m, uintptr_t address) {
    Term *from = (Term *)address;
    if (from[0] == BRC_NONE) return from[1];
    Term *at = place(m, address, 2);
    at[0] = from[0];
    at[1] = from[1];
    from[0] = BRC_NONE;
    return from[1] = term_make_list(at);
}

static inline Term move_box(Mover *m, uintptr_t address) {
    Term *from = (Term *)address;
    Term header = from[0];
    if (term_is_boxed(header)) return header;
    BRC_ASSERT((header & BRC_NIBBLE_MASK) == BRC_TAG_HEADER);
    size_t words = BRC_HEADER_WORDS(header);
    Term *at = place(m, address, words + 1);
    at[0] = header;
    for (size_t i = 1; i <= words; i++)
        at[i] = from[i];
    return from[0] = term_make_boxed(at);
}

/* t is a list or boxed pointer. */
static inline Term move_pointer(Mover *m, Term t) {
    uintptr_t address = t & ~(Term)BRC_TAG_MASK;
    if (address < BRC_LITERAL_LIMIT || address - m->keep_lo < m->keep_bytes) return t;
    return term_is_cons(t) ? move_cell(m, address) : move_box(m, address);
}

static void move_range(Term *from, Term *to, void *mover) {
    Mover *m = mover;
    for (Term *s = from; s < to; s++)
        if (term_is_pointer(*s)) *s = move_pointer(m, *s);
}

void brc_heap_move_roots(Mover *m, Proc *p, uint32_t live) {
    move_range(p->sp, p->stack_end, m);
    move_range(p->x, p->x + live, m);
    if (brc_hook_gc_roots) brc_hook_gc_roots(p, move_range, m);
}

/* A match context points into its original's bytes: into the object itself for a HEAPBIN. */
static void move_context(Mover *m, Term *context) {
    Term original = context[1];
    if (!term_is_pointer(original) || original < BRC_LITERAL_LIMIT) return;
    original = context[1] = move_pointer(m, original);
    if (term_is_kind(original, BRC_HEAPBIN)) context[2] = (Term)(term_box(original) + 2);
}

/* What is referred to lies anywhere, and waiting for it is most of a collection's time: the words
 * that scanning is about to reach are looked at ahead. */
enum { AHEAD_WORDS = 12 };

/* Scans from s to *top, which moves on while objects are placed there. */
static Term *scan(Mover *m, Term *s, Term *const *top) {
    while (s < *top) {
        Term t = *s, soon = s[*top - s > AHEAD_WORDS ? AHEAD_WORDS : 0];
        if (term_is_pointer(soon))
            __builtin_prefetch((const void *)(soon & ~(Term)BRC_TAG_MASK), 1);
        if (term_is_pointer(t)) {
            *s++ = move_pointer(m, t);
        } else if ((t & BRC_NIBBLE_MASK) != BRC_TAG_HEADER) {
            s++;
        } else if (BRC_HEADER_KIND(t) >= BRC_KIND_RAW) {
            s += 1 + BRC_HEADER_WORDS(t);
        } else if (BRC_HEADER_KIND(t) == BRC_MATCHCTX) {
            move_context(m, s);
            s += 1 + BRC_HEADER_WORDS(t);
        } else {
            s++;
        }
    }
    return s;
}

void brc_heap_move_rest(Mover *m) {
    Term *to = m->to_start, *old = m->old_start;
    while (to < m->to || old < m->old) {
        to = scan(m, to, &m->to);
        old = scan(m, old, &m->old);
    }
}

void brc_heap_sweep_offheap(Sweep *w, Term *list) {
    while (list) {
        Term *o = list;
        if (!term_is_boxed(o[0])) {
            list = (Term *)*brc_ctx_offheap_link(o);
            brc_ctx_offheap_release(o);
            continue;
        }
        o = term_box(o[0]); /* the link was copied with the object */
        Term *link = brc_ctx_offheap_link(o);
        list = (Term *)*link;
        bool is_old = o >= w->old_lo && o < w->old_hi;
        Term **home = is_old ? &w->old : &w->young;
        *link = (Term)*home;
        *home = o;
        *(is_old ? &w->old_bytes : &w->young_bytes) += brc_ctx_offheap_object_bytes(o);
    }
}
