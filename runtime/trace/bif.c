/* bif.c: built-ins that are called in place: generated code comes here before and after. What is to
 * be told after waits in the thread, for a process stays on it meanwhile; a built-in that traps or
 * waits gets a frame, as functions do. */
#include "code/step.h"
#include "code/trace.h"
#include "ctx/fail.h"
#include "trace/calls.h"
#include "trace/log.h"

static _Thread_local CallPending pending;
static _Thread_local const Loc *pending_to;

void brc_calls_bif(Proc *p, const Bif *bif, const Term *args, const Loc *place) {
    ProcRest *r = p->rest;
    if (!(p->flags & BRC_PROC_STEPPED) || r->sensitive) return;
    if (bif->name == AM(apply) && bif->module == AM(erlang)) return; /* what it calls is told */
    const CallSet *s = brc_calls_all();
    int64_t i = brc_calls_find_bif(s, bif);
    if (i < 0) return;
    if (r->steps->calls) brc_calls_log(r, s->at[i]);
    CallBreak *b = atomic_load_explicit(&s->breaks[i], memory_order_acquire);
    if (!b || !atomic_load(&b->kinds)) return;
    brc_calls_place = place;
    pending = brc_calls_tell(p, s, (size_t)i, b, true, args);
    brc_calls_place = NULL;
    if (!pending.what) return;
    pending_to = place;
    p->flags |= BRC_PROC_BIF_TRACED;
}

void brc_calls_bif_done(Proc *p, Term result) {
    const CallPending c = pending;
    p->flags &= ~BRC_PROC_BIF_TRACED;
    if (result != BRC_NONE) {
        brc_calls_tell_left(p, &c, false, result, pending_to);
    } else if (p->fail == BRC_FAIL_RAISE) {
        brc_calls_tell_left(p, &c, true, BRC_NIL, NULL);
    } else if (p->fail == BRC_FAIL_TRAP || p->fail == BRC_FAIL_WAIT) {
        uint32_t live = p->live;
        p->live = p->trap_live;
        brc_calls_push_frame(p, c.i, c.what, c.meta_tracer, c.before, pending_to);
        p->live = live;
    }
}

void brc_calls_undef(Proc *p) {
    static const FnPlace crash = BRC_FN_PLACE(AM(error_handler), AM(crash), 1, 0);
    const CallSet *s = brc_calls_all();
    const Term undef = AM(undef);
    for (size_t i = 0; i < s->bif_count; i++) {
        const TracedFn *fn = s->bifs[i];
        if (fn->module != AM(erlang) || fn->name != AM(error) || fn->arity != 1) continue;
        brc_calls_bif(p, fn->bif, &undef, NULL);
        if (!(p->flags & BRC_PROC_BIF_TRACED)) return;
        p->flags &= ~BRC_PROC_BIF_TRACED;
        brc_calls_tell_left(p, &pending, true, BRC_NIL, &crash.at);
        return;
    }
}
