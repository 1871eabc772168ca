/* exit.c: the end of a process: whoever has to do with it is told, and everything but its memory
 * is given up. The memory goes when nothing runs on it any more (sched/loop.c). What it owned may
 * take long to be given up: that is done in slices then, in turns of a process that is nobody's to
 * reach any more, before its relations are told. */
#include "sig/signal.h"
#include "sig/tracing.h"
#include "base/panic.h"
#include "code/enter.h"
#include "ctx/slice.h"

#define MAX_WATCHERS 8

static void (*watchers[MAX_WATCHERS])(Proc *p, Term reason);
static unsigned watcher_count;
void (*brc_sig_crash_report)(Proc *p, Term reason);

void brc_sig_on_end(void (*fn)(Proc *p, Term reason)) {
    BRC_CHECK(watcher_count < MAX_WATCHERS);
    watchers[watcher_count++] = fn;
}

static void end_monitors(ProcRest *r) {
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&r->monitors, &at)) != NULL;) {
        if (!term_is_atom(monitor_target(c->value)))
            brc_sig_send_plain(BRC_SIG_DEMONITOR, r->pid, monitor_target(c->value), c->key);
        brc_sig_monitor_free(c->value);
    }
    brc_proc_idmap_free(&r->monitors);
    brc_sig_alias_remove_all(r);
}

static void tell(ProcRest *r, Term reason) {
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&r->links, &at)) != NULL;)
        if (c->value == BRC_LINKED) {
            if (trace_is_on(r, BRC_TRACE_SEQ)) brc_sig_seq->exiting(r, c->key, reason);
            brc_sig_send_exit(BRC_SIG_EXIT_LINK, r->pid, c->key, reason);
        }
    at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&r->monitored_by, &at)) != NULL;) {
        brc_sig_send_down(c->key, r->pid, monitor_target(c->value), reason);
        brc_sig_monitor_free(c->value);
    }
    if (trace_is_on(r, BRC_TRACE_SEQ)) {
        brc_sig_seq->release(r->trace->token);
        r->trace->token = NULL;
        r->trace->flags &= ~(uint32_t)BRC_TRACE_SEQ;
    }
    brc_proc_idmap_free(&r->links);
    brc_proc_idmap_free(&r->monitored_by);
}

static void resume_suspended(ProcRest *r) {
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&r->suspending, &at)) != NULL;)
        for (uint64_t times = c->value; times > 0; times--)
            brc_sig_tell(r->pid, c->key, brc_sig_resume, BRC_NIL);
}

static void trace_exiting(ProcRest *r, Term what) {
    Term nowhere = BRC_SMALL(0);
    if (trace_is_on(r, BRC_TRACE_EXITING)) brc_sig_trace(r, what, &nowhere, 1);
}

static void trace_end(ProcRest *r, Term reason) {
    Term name = atomic_load(&r->slot->name);
    trace_exiting(r, AM(in_exiting));
    if (trace_is_on(r, BRC_TRACE_PROCS)) brc_sig_trace(r, AM(exit), &reason, 1);
    if (trace_is_on(r, BRC_TRACE_PROCS) && name != BRC_NONE)
        brc_sig_trace(r, AM(unregister), &name, 1);
}

void brc_sig_trace_scheduled(Proc *p, bool in) {
    ProcRest *r = p->rest;
    if (atomic_load_explicit(&r->slot->state, memory_order_relaxed) == BRC_PROC_EXITING)
        trace_exiting(r, in ? AM(in_exiting) : AM(out_exiting));
    else if (trace_is_on(r, BRC_TRACE_OUT_IN))
        brc_sig_trace_turn(p, in ? AM(in) : AM(out));
}

static void give_up(Proc *p, Term reason) {
    ProcRest *r = p->rest;
    for (unsigned i = 0; i < watcher_count; i++)
        watchers[i](p, reason);
    trace_exiting(r, AM(out_exited));
    brc_proc_timer_disarm(&r->timer);
    resume_suspended(r);
    brc_sig_drain(p);
    tell(r, reason);
    end_monitors(r);
    brc_sig_free_messages(r);
}

/* ---- in slices ---- */
static Term give_up_slowly(Proc *p, const Term *args) {
    give_up(p, args[0]);
    if (args[1]) brc_ctx_frag_free((Frag *)args[1]);
    return BRC_NIL;
}

/* x0: the Slice */
static CODE_FN(end_again) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    Slice *s = (Slice *)x0;
    Term nothing;
    if (brc_ctx_slice_go_on(s, &nothing)) {
        brc_ctx_slice_end(s);
        p->rest->sched->turn = BRC_TURN_EXIT;
        return;
    }
    p->x[0] = x0;
    p->reds = 0;
    p->resume = end_again;
    p->live = 1;
}

/* The reason is copied with all that it refers to: literals may go meanwhile (purge.c). */
static bool give_up_in_slices(Proc *p, Term reason) {
    Frag *copy = brc_heap_copy_to_frag(reason);
    Slice *s;
    brc_ctx_slice_begin(p, give_up_slowly, (Term[]){copy ? copy->term : reason, (Term)copy}, 2, &s);
    if (!s) return true;
    p->x[0] = (Term)s;
    p->reds = 0;
    p->resume = end_again;
    p->live = 1;
    return false;
}

bool brc_sig_end(Proc *p, Term reason) {
    ProcRest *r = p->rest;
    r->exiting = 1;
    brc_heap_message_limit = 0; /* it is not asked any more (purge.c) */
    if (r->dirty && !r->orphan) {
        r->orphan = 1;
        atomic_fetch_add(&brc_proc_orphans, 1);
    }
    atomic_store(&r->slot->state, BRC_PROC_EXITING);
    if (__builtin_expect(r->trace != NULL, 0)) trace_end(r, reason);
    brc_proc_unregister_dead(r->slot, r->pid);
    /* relaxed: ets/owner.c sets it in turns of p's, or before p is seen to be exiting */
    if (atomic_load_explicit(&r->slot->has_tables, memory_order_relaxed) && !r->dirty)
        return give_up_in_slices(p, reason);
    give_up(p, reason);
    return true;
}

/* x0: the reason as links see it, x1: the class it was raised with. */
__attribute__((preserve_none)) void brc_sig_process_died(BRC_CODE_ARGS) {
    (void)x2, (void)x3, (void)x4, (void)x5;
    p->hp = hp;
    p->sp = sp;
    p->reds = reds;
    Sched *s = p->rest->sched;
    if (p->rest->exiting) /* by a signal that was there before */
        x0 = p->rest->exit_reason->term;
    else if (x1 == AM(error) && brc_sig_crash_report)
        brc_sig_crash_report(p, x0);
    if (brc_sig_end(p, x0)) s->turn = BRC_TURN_EXIT;
}
