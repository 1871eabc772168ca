/* double.c: a copy of a process, with a heap that is full: what is built on it goes to fragments of
 * its own. For answers of a process whose heap a dirty pool has, and for what is told of a process
 * while it is collected. */
#include "sig/signal.h"
#include "ctx/alloc.h"

void brc_sig_double_make(const Proc *p, Proc *q, ProcRest *rest) {
    const ProcRest *r = p->rest;
    size_t skipped = offsetof(HeapOpts, reds_kept), after = skipped + sizeof r->heap.reds_kept;
    memset(rest, 0, after);
    memcpy(rest, r, skipped);
    memcpy((char *)rest + after, (const char *)r + after, sizeof *r - after);
    *q = (Proc){.pid = p->pid,
                .rest = rest,
                .resume = p->resume,
                .fbif = p->fbif,
                .hp = p->sp,
                .sp = p->sp,
                .heap = p->heap,
                .high_water = p->heap,
                .stack_end = p->stack_end,
                .old_heap = p->old_heap,
                .old_hp = p->old_hp,
                .old_end = p->old_end};
}

void brc_sig_double_free(Proc *q) {
    for (Term *o = q->offheap, *next; o; o = next) {
        next = (Term *)*brc_ctx_offheap_link(o);
        brc_ctx_offheap_release(o);
    }
    for (Frag *f = q->frags, *next; f; f = next) {
        next = f->next;
        brc_ctx_frag_free(f);
    }
}
