/* move.h: the copying part of the collector: moves what a set of roots reaches. Private to heap/.
 */
#pragma once
#include "heap/heap.h"

/* One collection under way. What moves is, in the usual case, just what lies in [from_lo, from_lo +
 * from_bytes): the heap block. Where that is not all (fragments, a major collection) from_bytes is
 * 0 and what moves is everything that is no literal and in neither range kept: the old generation
 * of a minor collection, and what has been moved to already. */
typedef struct Mover {
    uintptr_t from_lo, from_bytes;
    uintptr_t keep_lo, keep_bytes;
    uintptr_t moved_lo, moved_bytes;
    uintptr_t mature_lo, mature_bytes; /* what moves to `old` instead of `to` */
    Term *to, *to_start;               /* next free word; first word to scan */
    Term *old, *old_start;
} Mover;

/* Moves all that the process reaches. */
void brc_heap_move(Mover *m, Proc *p, uint32_t live);
/* Goes through a list of off-heap objects in from-space: those that moved are linked again, in
 * `young` or, where they lie in [old_lo, old_hi), in `old`, and their bytes counted there; the
 * others' references are dropped. */
typedef struct Sweep {
    Term *old_lo, *old_hi;
    Term *young, *old;
    size_t young_bytes, old_bytes;
} Sweep;
void brc_heap_sweep_offheap(Sweep *w, Term *list);
