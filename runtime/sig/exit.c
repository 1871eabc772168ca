/* exit.c: the end of a process: whoever has to do with it is told, and everything but its memory
 * is given up. The memory goes when nothing runs on it any more (sched/loop.c). */
#include "sig/signal.h"
#include "sig/tracing.h"
#include "base/panic.h"

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

static void trace_end(ProcRest *r, Term reason) {
    Term name = atomic_load(&r->slot->name), nowhere = BRC_SMALL(0);
    if (trace_is_on(r, BRC_TRACE_EXITING)) brc_sig_trace(r, AM(in_exiting), &nowhere, 1);
    if (trace_is_on(r, BRC_TRACE_PROCS)) brc_sig_trace(r, AM(exit), &reason, 1);
    if (trace_is_on(r, BRC_TRACE_PROCS) && name != BRC_NONE)
        brc_sig_trace(r, AM(unregister), &name, 1);
    if (trace_is_on(r, BRC_TRACE_EXITING)) brc_sig_trace(r, AM(out_exited), &nowhere, 1);
}

void brc_sig_end(Proc *p, Term reason) {
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
    for (unsigned i = 0; i < watcher_count; i++)
        watchers[i](p, reason);
    brc_proc_timer_disarm(&r->timer);
    resume_suspended(r);
    brc_sig_drain(p);
    tell(r, reason);
    end_monitors(r);
    brc_sig_free_messages(r);
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
    brc_sig_end(p, x0);
    s->turn = BRC_TURN_EXIT;
}
