/* opts.h: what the collector keeps for each process beside the fields of Proc. `struct ProcRest`
 * (proc/proc.h) begins with it, so that ctx/ and heap/ reach it without knowing proc/. */
#pragma once
#include "abi/layout.h"

/* Bit 0 of Proc.flags belongs to ctx/ and heap/: a collection is due when the turn ends. The other
 * bits are proc/'s. */
#define BRC_PROC_GC_SOON 1u

/* Owner: the process. */
typedef struct HeapOpts {
    uint32_t min_heap_words;  /* the heap block is never made smaller */
    uint32_t fullsweep_after; /* minor collections between two major ones */
    uint32_t gen_gcs;         /* minor ones since the last major one */
    uint32_t block_borrowed;  /* 1: the heap block is part of the process's own allocation */
    uint64_t max_heap_words;  /* 0: no limit */
    uint64_t block_bytes;     /* room of the block at p->heap, unless borrowed */
    uint64_t old_block_bytes; /* room of the block at p->old_heap */
    uint64_t old_limit_words; /* more than this in the old generation: a major collection is due */
    uint64_t min_vheap_bytes; /* least offheap_bytes that brings a collection about */
    uint64_t vheap_limit_bytes; /* offheap_bytes above this bring a collection about; 0: default */
    uint64_t old_vheap_limit_bytes; /* old_offheap_bytes above this: a major one; 0: default */
    uint64_t old_offheap_bytes;     /* shared bytes that the old generation refers to */
    uint64_t offheap_live_bytes;    /* and both generations, after the last collection */
    uint32_t turn_gcs;              /* collections in this turn; the scheduler sets it to 0 */
    uint32_t nursery_words;         /* the heap block is not made smaller while it is busy */
    int64_t reds_kept;              /* reductions left when a due collection cut the turn short */
    uint64_t minor_gcs, major_gcs;
    uint64_t words_reclaimed;
} HeapOpts;

#define BRC_MIN_HEAP_WORDS  233u /* OTP 25's defaults */
#define BRC_MIN_VHEAP_WORDS 46422u
#define BRC_FULLSWEEP_AFTER 65535u

static inline HeapOpts *brc_heap_opts(const Proc *p) {
    return (HeapOpts *)p->rest;
}
