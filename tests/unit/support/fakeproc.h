/* fakeproc.h: a process for unit tests: a heap block above 4 GB, X registers, nothing else. Each
 * test gets an empty, weak brc_program unless it defines FAKE_OWN_PROGRAM, and an all but empty
 * table of continuations unless it defines FAKE_PCS. Link tests with
 * -no-pie, so that static data lies below 4 GB. */
#pragma once
#include "abi/layout.h"
#include "abi/program.h"
#include "base/pages.h"
#include "ctx/alloc.h"
#include "ctx/opts.h"
#include <stdlib.h>
#include <string.h>

#ifndef FAKE_OWN_PROGRAM /* defined by a test that has a brc_program of its own */
__attribute__((weak)) const Program brc_program = {0};
#endif
#ifndef FAKE_PCS
/* An empty section brc_pcs, so that the linker defines its start and stop. */
__attribute__((section("brc_pcs"), used, weak)) const PcLoc brc_fake_pcs[1] = {{0, 0}};
#endif

/* A running process: hp at the start of its heap, sp at the end, `words` words between. */
static inline Proc *fake_proc_new(size_t words) {
    size_t room;
    Proc *p = aligned_alloc(16, (sizeof(Proc) + 15) & ~(size_t)15);
    HeapOpts *opts = calloc(1, 512); /* room for a ProcRest's first fields */
    memset(p, 0, sizeof *p);
    opts->min_heap_words = BRC_MIN_HEAP_WORDS;
    opts->fullsweep_after = BRC_FULLSWEEP_AFTER;
    p->heap = brc_base_block_alloc(words * sizeof(Term), &room);
    opts->block_bytes = room;
    p->hp = p->high_water = p->heap;
    p->stack_end = p->sp = p->heap + words;
    p->reds = 4000;
    p->x = calloc(1024, sizeof(Term));
    for (int i = 0; i < 1024; i++)
        p->x[i] = BRC_NIL;
    p->freason = p->fclass = p->ftrace = BRC_NIL;
    p->rest = (struct ProcRest *)opts;
    return p;
}

/* Frees blocks and fragments and drops what the off-heap lists refer to. */
static inline void fake_proc_free(Proc *p) {
    HeapOpts *opts = brc_heap_opts(p);
    Term *lists[2] = {p->offheap, p->old_offheap};
    for (int i = 0; i < 2; i++)
        for (Term *o = lists[i]; o;) {
            Term *next = (Term *)*brc_ctx_offheap_link(o);
            brc_ctx_offheap_release(o);
            o = next;
        }
    for (Frag *f = p->frags; f;) {
        Frag *next = f->next;
        brc_ctx_frag_free(f);
        f = next;
    }
    brc_base_block_free(p->heap, opts->block_bytes, opts->block_bytes);
    if (p->old_heap) brc_base_block_free(p->old_heap, opts->old_block_bytes, 0);
    free(p->x);
    free(opts);
    free(p);
}
