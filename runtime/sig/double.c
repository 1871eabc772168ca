/* double.c: a copy of a process, with a heap that is full: what is built on it goes to fragments of
 * its own. For answers of a process whose heap a dirty pool has, and for what is told of a process
 * while it is collected. */
#include "sig/signal.h"
#include "ctx/alloc.h"

/* What others than the owner write is left out: by a dirty call, and by timers. */
static void copy_rest(ProcRest *to, const ProcRest *from) {
    static const struct {
        size_t at, size;
    } holes[] = {
        {offsetof(ProcRest, heap.reds_kept), sizeof from->heap.reds_kept},
        {offsetof(ProcRest, timer_state), sizeof from->timer_state},
        {offsetof(ProcRest, timer), sizeof from->timer},
        {sizeof *from, 0},
    };
    size_t at = 0;
    for (size_t i = 0; i < sizeof holes / sizeof *holes; i++) {
        memcpy((char *)to + at, (const char *)from + at, holes[i].at - at);
        memset((char *)to + holes[i].at, 0, holes[i].size);
        at = holes[i].at + holes[i].size;
    }
    to->timer_state = from->timer_state;
}

void brc_sig_double_make(const Proc *p, Proc *q, ProcRest *rest) {
    const ProcRest *r = p->rest;
    copy_rest(rest, r);
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
