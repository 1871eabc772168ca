/* move.c: Cheney's copying collector, for two generations at once.
 *
 * A moved boxed object leaves a boxed pointer to its new place where its header was (a header
 * ends in 1111, a boxed pointer in 10); a moved list cell has BRC_NONE as its head and the new
 * pointer as its tail. The moved objects are their own queue: scanning goes on from the first
 * word not scanned yet to the last one moved, so depth of terms costs nothing. The cells of a list
 * move together: they come to lie side by side, and the scan passes their tails by. Nothing older
 * refers to something younger, as terms do not change: so what moves to the old generation only
 * refers to what is there or moves there too.
 *
 * All is compiled three times, for what usually moves and where to (see Space).
 *
 * Shape from C. J. Cheney, "A nonrecursive list compacting algorithm", CACM 13(11), 1970. */
#include "heap/move.h"
#include "base/hooks.h"
#include "base/panic.h"

#define ALWAYS static inline __attribute__((always_inline))

/* BLOCK: from one range to one place. BLOCK_AGED: from one range to two places. ANYWHERE: see
 * Mover. Always a constant. */
typedef enum Space { BLOCK, BLOCK_AGED, ANYWHERE } Space;

ALWAYS bool moves(const Mover *m, uintptr_t address, Space space) {
    if (space != ANYWHERE) return address - m->from_lo < m->from_bytes;
    return address >= BRC_LITERAL_LIMIT && address - m->keep_lo >= m->keep_bytes &&
           address - m->moved_lo >= m->moved_bytes;
}

ALWAYS Term *place(Mover *m, uintptr_t address, size_t words, Space space) {
    bool old = space != BLOCK && address - m->mature_lo < m->mature_bytes;
    Term *at = old ? m->old : m->to;
    if (old)
        m->old = at + words;
    else
        m->to = at + words;
    return at;
}

/* Moves the cell at `address` and those behind it that move; the new place as a term. */
ALWAYS Term move_cells(Mover *m, uintptr_t address, Space space) {
    Term first, *link = &first;
    for (;;) {
        Term *from = (Term *)address, head = from[0], tail = from[1];
        if (head == BRC_NONE) {
            *link = tail;
            return first;
        }
        Term *at = place(m, address, 2, space);
        at[0] = head;
        at[1] = tail;
        from[0] = BRC_NONE;
        from[1] = *link = term_make_list(at);
        link = &at[1];
        address = tail - BRC_TAG_LIST;
        if (!term_is_cons(tail) || !moves(m, address, space)) return first;
    }
}

ALWAYS Term move_box(Mover *m, uintptr_t address, Space space) {
    Term *from = (Term *)address;
    Term header = from[0];
    if (term_is_boxed(header)) return header;
    BRC_ASSERT((header & BRC_NIBBLE_MASK) == BRC_TAG_HEADER);
    size_t words = BRC_HEADER_WORDS(header);
    Term *at = place(m, address, words + 1, space);
    at[0] = header;
#pragma clang loop vectorize(disable) unroll(disable)
    for (size_t i = 1; i <= words; i++)
        at[i] = from[i];
    return from[0] = term_make_boxed(at);
}

/* t is a list or boxed pointer. */
ALWAYS Term move_pointer(Mover *m, Term t, Space space) {
    uintptr_t address = t & ~(Term)BRC_TAG_MASK;
    if (!moves(m, address, space)) return t;
    return term_is_cons(t) ? move_cells(m, address, space) : move_box(m, address, space);
}

ALWAYS void move_words(Mover *m, Term *from, Term *to, Space space) {
    for (Term *s = from; s < to; s++)
        if (term_is_pointer(*s)) *s = move_pointer(m, *s, space);
}

/* A match context points into its original's bytes: into the object itself for a HEAPBIN. */
ALWAYS void move_context(Mover *m, Term *context, Space space) {
    Term original = context[1];
    if (!term_is_pointer(original) || original < BRC_LITERAL_LIMIT) return;
    original = context[1] = move_pointer(m, original, space);
    if (term_is_kind(original, BRC_HEAPBIN)) context[2] = (Term)(term_box(original) + 2);
}

/* What is referred to may lie anywhere, and waiting for it is most of a large collection's time:
 * the words that scanning is about to reach are looked at ahead. A heap block alone is in the
 * cache. */
enum { AHEAD_WORDS = 12 };

/* Scans from s to m->old or m->to, which moves on while objects are placed there. */
ALWAYS Term *scan(Mover *m, Term *s, bool old, Space space) {
    while (s < (old ? m->old : m->to)) {
        Term t = *s;
        if (space == ANYWHERE) {
            Term *top = old ? m->old : m->to;
            Term soon = s[top - s > AHEAD_WORDS ? AHEAD_WORDS : 0];
            if (term_is_pointer(soon))
                __builtin_prefetch((const void *)(soon & ~(Term)BRC_TAG_MASK), 1);
        }
        if (term_is_pointer(t)) {
            *s++ = move_pointer(m, t, space);
        } else if ((t & BRC_NIBBLE_MASK) != BRC_TAG_HEADER) {
            s++;
        } else if (BRC_HEADER_KIND(t) >= BRC_KIND_RAW) {
            s += 1 + BRC_HEADER_WORDS(t);
        } else if (BRC_HEADER_KIND(t) == BRC_MATCHCTX) {
            move_context(m, s, space);
            s += 1 + BRC_HEADER_WORDS(t);
        } else {
            s++;
        }
    }
    return s;
}

static void move_range(Term *from, Term *to, void *mover) {
    Mover *m = mover;
    if (m->from_bytes)
        move_words(m, from, to, BLOCK_AGED);
    else
        move_words(m, from, to, ANYWHERE);
}

/* A copy of *m, as its fields then stay in registers. */
ALWAYS void move_all(Mover *shared, Proc *p, uint32_t live, Space space) {
    Mover m = *shared;
    move_words(&m, p->sp, p->stack_end, space);
    move_words(&m, p->x, p->x + live, space);
    if (brc_hook_gc_roots) {
        *shared = m;
        brc_hook_gc_roots(p, move_range, shared);
        m = *shared;
    }
    Term *to = m.to_start, *old = m.old_start;
    while (to < m.to || (space != BLOCK && old < m.old)) {
        to = scan(&m, to, false, space);
        if (space != BLOCK) old = scan(&m, old, true, space);
    }
    *shared = m;
}

void brc_heap_move(Mover *m, Proc *p, uint32_t live) {
    if (m->from_bytes == 0)
        move_all(m, p, live, ANYWHERE);
    else if (m->mature_bytes == 0)
        move_all(m, p, live, BLOCK);
    else
        move_all(m, p, live, BLOCK_AGED);
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
