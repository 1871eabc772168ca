/* relations.c: links and monitors of a process from both sides, in the form of the records erl_link
 * and erl_monitor that OTP's own tests of relations look for. */
#include "sig/signal.h"
#include "ctx/fail.h"

static Term cons(Proc *p, Term head, Term tail) {
    return term_cons(brc_ctx_alloc(p, 2), head, tail);
}

static Term type_of(Term target) {
    if (term_is_local_port(target)) return AM(port);
    return term_is_atom(target) ? AM(time_offset) : AM(process);
}

/* [{erl_link, Type, Pid, linked, 0}] */
static Term links(Proc *p, Term from, Term what) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    (void)from, (void)what;
    if (!p) return BRC_NONE;
    for (const IdCell *c; (c = brc_proc_idmap_next(&p->rest->links, &at)) != NULL;) {
        if (c->value != BRC_LINKED) continue;
        Term *t = brc_ctx_alloc(p, 6);
        t[1] = AM(erl_link), t[2] = type_of(c->key), t[3] = c->key, t[4] = AM(linked);
        t[5] = BRC_SMALL(0);
        list = cons(p, term_tuple_begin(t, 5), list);
    }
    return list;
}

/* {erl_monitor, Type, origin | target, Ref, Pid, Name | []} */
static Term monitor(Proc *p, Term side, uint64_t key, Term other, Term name) {
    Term *t = brc_ctx_alloc(p, 7);
    t[1] = AM(erl_monitor), t[2] = type_of(other), t[3] = side;
    t[4] = brc_proc_ref_from_key(brc_ctx_alloc(p, BRC_REF_WORDS), key);
    t[5] = other, t[6] = name == BRC_NONE ? BRC_NIL : name;
    return term_tuple_begin(t, 6);
}

static Term name_of(const IdCell *c) {
    return monitor_is_plain(c->value) ? BRC_NONE : ((MonitorOut *)c->value)->name;
}

static Term monitors(Proc *p, Term from, Term what) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    (void)from, (void)what;
    if (!p) return BRC_NONE;
    for (const IdCell *c; (c = brc_proc_idmap_next(&p->rest->monitors, &at)) != NULL;) {
        list = cons(p, monitor(p, AM(origin), c->key, monitor_target(c->value), name_of(c)), list);
    }
    at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&p->rest->monitored_by, &at)) != NULL;)
        list = cons(p, monitor(p, AM(target), c->key, monitor_target(c->value), name_of(c)), list);
    return list;
}

static Term or_undefined(Proc *p, Term answer) {
    (void)p;
    return answer == BRC_NONE ? AM(undefined) : answer;
}

Term brc_sig_relations(Proc *p, Term request) {
    const Term *e = term_tuple_elements(request);
    SigAnswer *answer = e[0] == AM(link_list) ? links : monitors;
    if (e[1] == proc_pid(p)) {
        brc_sig_fetch(p);
        return answer(p, e[1], BRC_NIL);
    }
    if (!term_is_local_pid(e[1])) return BRC_NIL;
    p->x[0] = request;
    return brc_sig_ask(p, e[1], answer, BRC_NIL, or_undefined, 1);
}
