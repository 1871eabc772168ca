/* bif_task.c: what OTP's own Erlang code asks of processes by messages: collections, checks for old
 * code, group leaders. There never is old code. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "sig/signal.h"

Term brc_bif_erts_internal_check_process_code_1(Proc *p, Term module) {
    return term_is_atom(module) ? AM(false) : brc_ctx_badarg(p);
}

/* request: {What, Id, Priority}. Answered by {What, Id, Result}. */
static Term task(Proc *p, Term from, Term request) {
    const Term *e = term_tuple_elements(request);
    Term message[4] __attribute__((aligned(16)));
    if (p && e[0] == AM(garbage_collect)) brc_sig_collect(p, true);
    bool result = e[0] != AM(check_process_code) && p;
    brc_sig_send_message(from, term_tuple3(message, e[0], e[1], term_bool(result)));
    return AM(true);
}

bool brc_sig_is_collecting_task(SigAnswer *answer, Term what) {
    return answer == task && term_tuple_elements(what)[0] == AM(garbage_collect);
}

typedef struct Tasks {
    Frag *first, **end;
} Tasks;

static void move_first(Tasks *from, Frag ***end) {
    Frag *f = from->first;
    from->first = f->next;
    if (!from->first) from->end = &from->first;
    **end = f;
    *end = &f->next;
}

#define NORMAL_BEFORE_LOW 8

void brc_sig_order_tasks(Frag **asked, Frag ***end) {
    Tasks by[BRC_PRIORITY_MAX + 1], all = {*asked, *end};
    Frag **out = asked;
    for (int i = 0; i <= BRC_PRIORITY_MAX; i++)
        by[i].first = NULL, by[i].end = &by[i].first;
    while (all.first) {
        bool is = (SigAnswer *)all.first->data[1] == task;
        Frag ***to = &out;
        if (is) to = &by[term_small(term_tuple_elements(all.first->term)[2])].end;
        move_first(&all, to);
    }
    *out = NULL;
    for (int i = 0; i <= BRC_PRIORITY_MAX; i++)
        *by[i].end = NULL;
    for (int i = BRC_PRIORITY_MAX; i > BRC_PRIORITY_NORMAL; i--)
        while (by[i].first)
            move_first(&by[i], &out);
    Tasks *normal = &by[BRC_PRIORITY_NORMAL], *low = &by[BRC_PRIORITY_LOW];
    while (normal->first || low->first) {
        for (int n = 0; n < NORMAL_BEFORE_LOW && normal->first; n++)
            move_first(normal, &out);
        if (low->first) move_first(low, &out);
    }
    *out = NULL;
    *end = out;
}

static Term system_task(Proc *p, Term from, Term pid, Term priority, Term request) {
    uint8_t at = p->rest->priority;
    if (!term_is_pid(from) || !term_is_pid(pid) || !term_is_tuple(request))
        return brc_ctx_badarg(p);
    if (priority != AM(inherit) && !brc_sig_priority_of(priority, &at)) return brc_ctx_badarg(p);
    const Term *e = term_tuple_elements(request);
    size_t n = term_tuple_arity(request);
    bool collect = n >= 2 && e[0] == AM(garbage_collect),
         check = n == 3 && e[0] == AM(check_process_code) && term_is_atom(e[2]),
         test = n == 2 && e[0] == AM(system_task_test);
    bool here = term_is_local_pid(pid) || brc_sig_was_here(pid);
    if ((!collect && !check && !test) || !here) return brc_ctx_badarg(p);
    Term what = term_tuple3(brc_ctx_alloc(p, 4), e[0], e[1], BRC_SMALL(at));
    if (term_is_local_pid(pid))
        brc_sig_tell_urgently(from, pid, task, what, at);
    else
        task(NULL, from, what);
    return AM(ok);
}

Term brc_bif_erts_internal_request_system_task_3(Proc *p, Term pid, Term priority, Term request) {
    return system_task(p, proc_pid(p), pid, priority, request);
}
Term brc_bif_erts_internal_request_system_task_4(Proc *p, Term from, Term pid, Term priority,
                                                 Term request) {
    return system_task(p, from, pid, priority, request);
}

/* ---- group leaders ---- */
static bool valid(Term leader, Term pid) {
    return term_is_local_pid(leader) && term_is_local_pid(pid);
}

/* true, badarg, or false: to be asked for by group_leader/3. */
Term brc_bif_erts_internal_group_leader_2(Proc *p, Term leader, Term pid) {
    if (!valid(leader, pid)) return AM(badarg);
    if (pid != proc_pid(p)) return AM(false);
    p->rest->group_leader = leader;
    return AM(true);
}

/* request: {Leader, Ref}. Answered by {Ref, true} or {Ref, badarg}. */
static Term set_leader(Proc *p, Term from, Term request) {
    const Term *e = term_tuple_elements(request);
    Term message[3] __attribute__((aligned(16)));
    if (p) p->rest->group_leader = e[0];
    brc_sig_send_message(from, term_tuple2(message, e[1], p ? AM(true) : AM(badarg)));
    return AM(true);
}

Term brc_bif_erts_internal_group_leader_3(Proc *p, Term leader, Term pid, Term ref) {
    if (!valid(leader, pid) || !term_is_ref(ref)) return brc_ctx_badarg(p);
    Term request = term_tuple2(brc_ctx_alloc(p, 3), leader, ref);
    brc_sig_tell(proc_pid(p), pid, set_leader, request);
    return AM(ok);
}
