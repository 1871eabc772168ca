/* bif_process.c: what a process asks for itself and of others: collections, hibernation,
 * suspension, group leaders. What is done inside another process goes through ask.c: its signals
 * are handled first, so that what was sent before the call has had its effect. */
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
    brc_proc_timer_disarm(&r->timer);
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

void (*brc_sig_collect)(Proc *p, bool major);

static Term answer_or_false(Proc *p, Term answer) {
    (void)p;
    return answer == BRC_NONE ? AM(false) : answer;
}

static Term collect_major(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    if (p) brc_sig_collect(p, true);
    return AM(true);
}
static Term collect_minor(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    if (p) brc_sig_collect(p, false);
    return AM(true);
}

/* request: {Minor, Id}; Id goes back in a message. */
static Term collect_and_tell(Proc *p, Term from, Term request) {
    const Term *e = term_tuple_elements(request);
    Term message[4] __attribute__((aligned(16)));
    if (p) brc_sig_collect(p, e[0] == AM(false));
    brc_sig_send_message(from,
                         term_tuple3(message, AM(garbage_collect), e[1], term_bool(p != NULL)));
    return AM(true);
}

Term brc_bif_erlang_garbage_collect_1(Proc *p, Term pid) {
    if (brc_sig_was_here(pid)) return AM(false);
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) return brc_ctx_trap(p, collect_now, 0);
    p->x[0] = pid;
    return brc_sig_ask(p, pid, collect_major, BRC_NIL, answer_or_false, 1);
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
    if (async != BRC_NONE) {
        Term request = term_tuple2(brc_ctx_alloc(p, 3), term_bool(minor), async);
        brc_sig_tell_urgently(proc_pid(p), pid, collect_and_tell, request, p->rest->priority);
        return AM(async);
    }
    if (self) return brc_ctx_trap(p, minor ? collect_minor_now : collect_now, 0);
    p->x[0] = pid, p->x[1] = options;
    return brc_sig_ask(p, pid, minor ? collect_minor : collect_major, BRC_NIL, answer_or_false, 2);
}

/* ---- group leaders, life ---- */
static Term answer_or_badarg(Proc *p, Term answer) {
    return answer == BRC_NONE ? brc_ctx_badarg(p) : answer;
}

static Term set_group_leader(Proc *p, Term from, Term leader) {
    (void)from;
    if (p) p->rest->group_leader = leader;
    return AM(true);
}

Term brc_bif_erlang_group_leader_2(Proc *p, Term leader, Term pid) {
    if (!term_is_pid(leader) || !term_is_pid(pid)) return brc_ctx_badarg(p);
    if (!term_is_local_pid(leader) || brc_sig_was_here(pid)) return brc_ctx_badarg(p);
    if (!term_is_local_pid(pid)) return AM(true); /* of a node that cannot be reached */
    if (pid == proc_pid(p)) return set_group_leader(p, pid, leader);
    p->x[0] = leader, p->x[1] = pid;
    return brc_sig_ask(p, pid, set_group_leader, leader, answer_or_badarg, 2);
}

static Term alive(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    return term_bool(p != NULL);
}

Term brc_bif_erlang_is_process_alive_1(Proc *p, Term pid) {
    if (brc_sig_was_here(pid)) return AM(false);
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) return AM(true);
    if (!brc_proc_is_alive(pid)) return AM(false);
    p->x[0] = pid;
    return brc_sig_ask(p, pid, alive, BRC_NIL, answer_or_false, 1);
}

Term brc_bif_erts_internal_is_system_process_1(Proc *p, Term pid) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    ProcSlot *slot = brc_proc_slot_of(pid);
    return term_bool(slot && atomic_load(&slot->is_system));
}

/* ---- suspension ---- */
static Term suspend_one(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    if (p) p->rest->suspended++;
    return AM(true);
}

Term brc_sig_resume(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    if (p && p->rest->suspended > 0) p->rest->suspended--;
    return AM(true);
}

static Term suspend_and_tell(Proc *p, Term from, Term tag) {
    Term message[3] __attribute__((aligned(16)));
    if (p) p->rest->suspended++;
    brc_sig_send_message(from, term_tuple2(message, tag, p ? AM(suspended) : AM(exited)));
    return AM(true);
}

bool brc_sig_is_collection(SigAnswer *answer) {
    return answer == collect_major || answer == collect_minor || answer == collect_and_tell;
}

bool brc_sig_is_light(SigAnswer *answer) {
    return answer == alive || answer == suspend_one || answer == brc_sig_resume ||
           answer == suspend_and_tell || answer == set_group_leader;
}

/* How often p suspends `pid` now, after one more or one less. */
static void count_suspension(Proc *p, Term pid, bool more) {
    IdMap *m = &p->rest->suspending;
    uint64_t *times = brc_proc_idmap_get(m, pid);
    if (more)
        brc_proc_idmap_put(m, pid, times ? *times + 1 : 1);
    else if (times && --*times == 0)
        brc_proc_idmap_remove(m, pid, NULL);
}

/* x0: the process */
static Term suspended(Proc *p, Term answer) {
    if (answer != BRC_NONE) return AM(true);
    count_suspension(p, p->x[0], false);
    return brc_ctx_badarg(p);
}

typedef struct SuspendOptions {
    bool unless, async;
    Term tag; /* of the message that tells it is done; BRC_NONE: none */
} SuspendOptions;

/* p->x holds the arguments. */
static Term suspend(Proc *p, Term pid, const SuspendOptions *o, uint32_t arity) {
    if (!term_is_local_pid(pid) || pid == proc_pid(p)) return brc_ctx_badarg(p);
    if (!brc_proc_is_alive(pid)) {
        if (!o->async) return brc_ctx_badarg(p);
        if (o->tag != BRC_NONE) suspend_and_tell(NULL, proc_pid(p), o->tag);
        return AM(true);
    }
    if (o->unless && brc_proc_idmap_get(&p->rest->suspending, pid)) return AM(false);
    count_suspension(p, pid, true);
    if (!o->async) return brc_sig_ask(p, pid, suspend_one, BRC_NIL, suspended, arity);
    if (o->tag == BRC_NONE)
        brc_sig_tell(proc_pid(p), pid, suspend_one, BRC_NIL);
    else
        brc_sig_tell(proc_pid(p), pid, suspend_and_tell, o->tag);
    return AM(true);
}

Term brc_bif_erlang_suspend_process_1(Proc *p, Term pid) {
    p->x[0] = pid;
    return suspend(p, pid, &(SuspendOptions){.tag = BRC_NONE}, 1);
}

Term brc_bif_erlang_suspend_process_2(Proc *p, Term pid, Term options) {
    SuspendOptions so = {.tag = BRC_NONE};
    Term list = options;
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    for (; term_is_cons(list); list = term_tail(list)) {
        Term o = term_head(list);
        bool tagged = term_is_tuple_of(o, 2) && term_tuple_elements(o)[0] == AM(asynchronous);
        if (tagged) so.tag = term_tuple_elements(o)[1];
        if (o == AM(unless_suspending))
            so.unless = true;
        else if (tagged || o == AM(asynchronous))
            so.async = true;
        else
            return brc_ctx_badarg_cause(p, AM(badopt));
    }
    if (list != BRC_NIL) return brc_ctx_badarg_cause(p, AM(badopt));
    p->x[0] = pid, p->x[1] = options;
    return suspend(p, pid, &so, 2);
}

Term brc_bif_erlang_resume_process_1(Proc *p, Term pid) {
    if (!term_is_local_pid(pid) || !brc_proc_idmap_get(&p->rest->suspending, pid))
        return brc_ctx_badarg(p);
    if (!brc_proc_is_alive(pid)) { /* its end ended the suspension */
        brc_proc_idmap_remove(&p->rest->suspending, pid, NULL);
        return brc_ctx_badarg(p);
    }
    count_suspension(p, pid, false);
    brc_sig_tell(proc_pid(p), pid, brc_sig_resume, BRC_NIL);
    return AM(true);
}
