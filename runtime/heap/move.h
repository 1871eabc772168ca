/* move.h: the copying part of the collector: moves what a set of roots reaches. Private to heap/.
 */
#pragma once
#include "heap/heap.h"

/* One collection under way. From-space is everything that is no literal and not in [keep_lo,
 * keep_lo + keep_bytes): the heap block and the fragments, in a major one the old block too. */
typedef struct Mover {
    uintptr_t keep_lo, keep_bytes;     /* the old generation of a minor collection: not moved */
    uintptr_t mature_lo, mature_bytes; /* what moves to `old` instead of `to` */
    Term *to, *to_start;               /* next free word; first word to scan */
    Term *old, *old_start;
} Mover;

void brc_heap_move_roots(Mover *m, Proc *p, uint32_t live);
/* Scans what has been moved until all that it refers to has been moved as well. */
void brc_heap_move_rest(Mover *m);
/* Goes through a list of off-heap objects in from-space: those that moved are linked again, in
 * `young` or, where they lie in [old_lo, old_hi), in `old`, and their bytes counted there; the
 * others' references are dropped. */
typedef struct Sweep {
    Term *old_lo, *old_hi;
    Term *young, *old;
    size_t young_bytes, old_bytes;
} Sweep;
void brc_heap_sweep_offheap(Sweep *w, Term *list);
