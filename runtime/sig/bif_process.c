/* bif_process.c: what a process asks for itself and of others: flags, collections, hibernation,
 * suspension, group leaders. Another process is claimed first (inbox.c): its signals are handled
 * up to now, so that what was sent before the call has had its effect. */
#include "abi/bif.h"
#include "code/enter.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "sig/signal.h"
#include "term/map.h"

/* ---- Code that built-ins trap to ---- */
static CODE_FN(return_true) {
    CODE_JUMP((Code *)(sp[0] - BRC_TAG_RETURN), AM(true), x1, x2, x3, x4, x5);
}

static CODE_FN(yield_now) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    p->live = 0;
    p->resume = return_true;
}

static CODE_FN(collect_now) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    brc_heap_major_gc(p, 0, 0);
    CODE_GO(return_true);
}

static CODE_FN(collect_minor_now) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    brc_heap_collect_gc(p, 0, 0);
    CODE_GO(return_true);
}

CODE_FN(brc_sig_hibernated) {
    CODE_JUMP(brc_code_apply, x0, x1, x2, x3, x4, x5);
}

/* The stack is given up; what is to be applied is in x0..x2. */
static CODE_FN(hibernate_now) {
    CODE_OUT();
    CODE_SAVE_X();
    ProcRest *r = p->rest;
    p->sp = p->stack_end - 1;
    p->sp[0] = (Term)brc_code_process_end + BRC_TAG_RETURN;
    p->resume = brc_sig_hibernated;
    p->live = 3;
    brc_proc_timer_disarm(&r->sched->timers, &r->timer);
    r->timer_state = BRC_TIMER_IDLE;
    r->timeout = NULL;
    r->position = &r->messages;
    r->peeked = 0;
    r->sched->turn = BRC_TURN_HIBERNATE;
}

Term brc_bif_erlang_yield_0(Proc *p) {
    return brc_ctx_trap(p, yield_now, 0);
}

Term brc_bif_erlang_hibernate_3(Proc *p, Term m, Term f, Term args) {
    int64_t n = brc_term_list_length(args);
    if (!term_is_atom(m) || !term_is_atom(f) || n < 0) return brc_ctx_badarg(p);
    if (n > BRC_MAX_ARITY) return brc_ctx_system_limit(p);
    p->x[0] = m, p->x[1] = f, p->x[2] = args;
    return brc_ctx_trap(p, hibernate_now, 3);
}

Term brc_bif_erlang_bump_reductions_1(Proc *p, Term n) {
    if (!term_is_small(n) || term_small(n) < 0) return brc_ctx_badarg(p);
    int64_t bump = term_small(n);
    p->reds -= bump > p->reds ? (p->reds > 0 ? p->reds : 0) : bump;
    return AM(true);
}

/* ---- garbage_collect ---- */
Term brc_bif_erlang_garbage_collect_0(Proc *p) {
    return brc_ctx_trap(p, collect_now, 0);
}

void (*brc_sig_collect)(Proc *p);

static Term collect_other(Proc *p, Term pid) {
    Proc *q = brc_sig_claim(p, pid);
    if (!q) return AM(false);
    brc_sig_collect(q);
    brc_sig_release(p, q);
    return AM(true);
}

Term brc_bif_erlang_garbage_collect_1(Proc *p, Term pid) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) return brc_ctx_trap(p, collect_now, 0);
    return collect_other(p, pid);
}

static bool collect_options(Term list, Term *async, bool *minor) {
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2)) return false;
        const Term *e = term_tuple_elements(term_head(list));
        if (e[0] == AM(async))
            *async = e[1];
        else if (e[0] != AM(type) || (e[1] != AM(major) && e[1] != AM(minor)))
            return false;
        else
            *minor = e[1] == AM(minor);
    }
    return list == BRC_NIL;
}

Term brc_bif_erlang_garbage_collect_2(Proc *p, Term pid, Term options) {
    Term async = BRC_NONE;
    bool minor = false, self = pid == proc_pid(p);
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (!collect_options(options, &async, &minor)) return brc_ctx_badarg_cause(p, AM(bad_option));
    if (async == BRC_NONE && self)
        return brc_ctx_trap(p, minor ? collect_minor_now : collect_now, 0);
    Term done = self ? AM(true) : collect_other(p, pid);
    if (self) p->flags |= BRC_PROC_GC_SOON;
    if (async == BRC_NONE) return done;
    Term *t = brc_ctx_alloc(p, 4);
    brc_sig_send_message(proc_pid(p), term_tuple3(t, AM(garbage_collect), async, done));
    return AM(async);
}

/* ---- group leaders, life ---- */
Term brc_bif_erlang_group_leader_2(Proc *p, Term leader, Term pid) {
    if (!term_is_pid(leader) || !term_is_pid(pid)) return brc_ctx_badarg(p);
    Proc *q = term_is_local_pid(pid) && term_is_local_pid(leader) ? brc_sig_claim(p, pid) : NULL;
    if (!q) return brc_ctx_badarg(p);
    q->rest->group_leader = leader;
    brc_sig_release(p, q);
    return AM(true);
}

Term brc_bif_erlang_is_process_alive_1(Proc *p, Term pid) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    Proc *q = brc_sig_claim(p, pid);
    if (!q) return AM(false);
    brc_sig_release(p, q);
    return AM(true);
}

Term brc_bif_erts_internal_is_system_process_1(Proc *p, Term pid) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    const Proc *q = brc_proc_find(pid);
    return term_bool(q && q->rest->is_system);
}

/* ---- suspension ---- */
static Term suspend(Proc *p, Term pid, bool unless) {
    Proc *q = pid == proc_pid(p) ? NULL : brc_sig_claim(p, pid);
    if (!q) return brc_ctx_badarg(p);
    uint64_t *times = brc_proc_idmap_get(&p->rest->suspending, pid);
    if (times && unless) return AM(false);
    brc_proc_idmap_put(&p->rest->suspending, pid, times ? *times + 1 : 1);
    q->rest->suspended++;
    brc_sig_release(p, q);
    return AM(true);
}

Term brc_bif_erlang_suspend_process_1(Proc *p, Term pid) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    return suspend(p, pid, false);
}

Term brc_bif_erlang_suspend_process_2(Proc *p, Term pid, Term options) {
    bool unless = false;
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    Term reply = BRC_NONE;
    for (; term_is_cons(options); options = term_tail(options)) {
        Term o = term_head(options);
        if (o == AM(unless_suspending))
            unless = true;
        else if (term_is_tuple_of(o, 2) && term_tuple_elements(o)[0] == AM(asynchronous))
            reply = term_tuple_elements(o)[1];
        else if (o != AM(asynchronous))
            return brc_ctx_badarg_cause(p, AM(badopt));
    }
    if (options != BRC_NIL) return brc_ctx_badarg_cause(p, AM(badopt));
    Term done = suspend(p, pid, unless);
    if (done != BRC_NONE && reply != BRC_NONE)
        brc_sig_send_message(proc_pid(p), term_tuple2(brc_ctx_alloc(p, 3), reply, AM(suspended)));
    return done;
}

Term brc_bif_erlang_resume_process_1(Proc *p, Term pid) {
    uint64_t *times = brc_proc_idmap_get(&p->rest->suspending, pid);
    if (!term_is_local_pid(pid) || !times) return brc_ctx_badarg(p);
    if (--*times == 0) brc_proc_idmap_remove(&p->rest->suspending, pid, NULL);
    Proc *q = brc_proc_find(pid);
    if (q && --q->rest->suspended == 0) brc_proc_make_ready_mt(q->rest->slot, true);
    return AM(true);
}
