/* step.c: a process that is stepped comes by at each function entry. */
#include "trace/calls.h"
#include "code/step.h"
#include "base/panic.h"
#include "trace/log.h"
#include <stdlib.h>

static _Atomic(int64_t) everybody; /* functions that want calls of all processes */

static bool is_wanted(const Proc *p) {
    const ProcRest *r = p->rest;
    return (r->trace && r->trace->flags & BRC_TRACE_CALL) || (r->steps && r->steps->calls) ||
           atomic_load_explicit(&everybody, memory_order_relaxed) > 0;
}

static Code *step(Proc *p) {
    ProcRest *r = p->rest;
    r->steps->reds += p->reds < 0 ? p->reds : 0;
    p->reds = 0;
    if (p->flags & BRC_PROC_GC_SOON) brc_heap_collect_gc(p, 0, p->live);
    if (r->steps->reds < 0) return NULL;
    const CallSet *s = brc_calls_all();
    bool local = p->flags & BRC_PROC_LOCAL_CALL;
    p->flags &= ~BRC_PROC_LOCAL_CALL;
    int64_t i = brc_calls_find(s, p->resume);
    if (i >= 0 && !r->sensitive) {
        bool global = s->at[i]->exported && !local;
        CallBreak *b = atomic_load_explicit(&s->breaks[i], memory_order_acquire);
        if (r->steps->calls && global) brc_calls_log(r, s->at[i]);
        if (b && atomic_load_explicit(&b->kinds, memory_order_acquire))
            brc_calls_enter(p, s, (size_t)i, b, global);
    }
    p->reds = 1; /* the entry takes it */
    return p->resume;
}

ProcSteps *brc_calls_steps(ProcRest *r) {
    if (!r->steps) r->steps = calloc(1, sizeof *r->steps);
    if (!r->steps) brc_base_panic("out of memory (tracing of calls)");
    return r->steps;
}

void brc_calls_update(Proc *p) {
    bool is = p->flags & BRC_PROC_STEPPED, wanted = is_wanted(p);
    brc_code_step = step;
    brc_code_undef_raised = brc_calls_undef;
    if (is == wanted) return;
    if (wanted) {
        p->flags |= BRC_PROC_STEPPED;
        brc_calls_steps(p->rest)->reds = p->reds;
        p->reds = 0;
    } else {
        p->flags &= ~(BRC_PROC_STEPPED | BRC_PROC_LOCAL_CALL);
        p->reds = p->rest->steps->reds;
    }
}

void brc_calls_everybody(int64_t change) {
    atomic_fetch_add(&everybody, change);
    atomic_store(&brc_sig_step_all, atomic_load(&everybody) > 0);
}
