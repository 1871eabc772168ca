/* bif_trace.c: erlang:trace/3 and what goes with it. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "sig/tracing.h"

_Atomic(uint32_t) brc_sig_trace_new;
_Atomic(Term) brc_sig_trace_new_tracer;
_Atomic(int64_t) brc_sig_trace_word;
_Atomic(bool) brc_sig_trace_cpu;
_Atomic(bool) brc_sig_trace_sends = true, brc_sig_trace_receives = true;
Term (*_Atomic brc_sig_trace_filter)(ProcRest *r, bool send, Term subject, Frag **frags);
Term (*brc_sig_trace_spec)(Proc *p, bool send);

static const struct {
    Term name;
    uint32_t flag;
} flags[] = {
    {AM(send), BRC_TRACE_SEND},
    {AM(receive), BRC_TRACE_RECEIVE},
    {AM(procs), BRC_TRACE_PROCS},
    {AM(running), BRC_TRACE_RUNNING},
    {AM(running_procs), BRC_TRACE_RUNNING_PROCS},
    {AM(exiting), BRC_TRACE_EXITING},
    {AM(garbage_collection), BRC_TRACE_GC},
    {AM(set_on_spawn), BRC_TRACE_SPAWN},
    {AM(set_on_first_spawn), BRC_TRACE_FIRST_SPAWN},
    {AM(set_on_link), BRC_TRACE_LINK},
    {AM(set_on_first_link), BRC_TRACE_FIRST_LINK},
    {AM(timestamp), BRC_TRACE_TIMESTAMP},
    {AM(monotonic_timestamp), BRC_TRACE_MONOTONIC},
    {AM(strict_monotonic_timestamp), BRC_TRACE_STRICT},
    {AM(cpu_timestamp), BRC_TRACE_CPU},
    {AM(call), BRC_TRACE_CALL},
    {AM(return_to), BRC_TRACE_RETURN_TO},
    {AM(silent), BRC_TRACE_SILENT},
    {AM(arity), BRC_TRACE_ARITY},
    {AM(ports), BRC_TRACE_PORTS},
    {AM(running_ports), BRC_TRACE_RUNNING_PORTS},
    {AM(scheduler_id), BRC_TRACE_SCHEDULER},
    {AM(all), BRC_TRACE_ALL & ~BRC_TRACE_SILENT & ~BRC_TRACE_CPU & ~BRC_TRACE_SCHEDULER},
};
enum { FLAGS = sizeof flags / sizeof *flags };

/* ---- names ---- */

/* what: {register | unregister, Name}. */
static Term named(Proc *p, Term from, Term what) {
    (void)from;
    const Term *e = term_tuple_elements(what);
    if (p && trace_is_on(p->rest, BRC_TRACE_PROCS)) brc_sig_trace(p->rest, e[0], &e[1], 1);
    return BRC_NONE;
}

static void on_name(Proc *p, Term what, Term name, Term pid) {
    Term at[3], pair = term_tuple2(at, what, name);
    if (pid == proc_pid(p))
        named(p, pid, pair);
    else if (term_is_local_pid(pid))
        brc_sig_tell(proc_pid(p), pid, named, pair);
}

/* ---- changing ---- */

bool brc_sig_trace_flags(Term list, uint32_t *set, Term *tracer) {
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        unsigned i = 0;
        while (i < FLAGS && flags[i].name != t)
            i++;
        if (i < FLAGS)
            *set |= flags[i].flag;
        else if (term_is_tuple_of(t, 2) && term_tuple_elements(t)[0] == AM(tracer))
            *tracer = term_tuple_elements(t)[1];
        else
            return false;
    }
    return list == BRC_NIL;
}

/* what: {On, Flags, Tracer}. */
static Term change(Proc *p, Term from, Term what) {
    (void)from;
    if (!p) return BRC_NONE;
    const Term *e = term_tuple_elements(what);
    uint32_t set = (uint32_t)term_small(e[1]);
    return term_bool(brc_sig_trace_change(p->rest, e[0] == AM(true), set, e[2]));
}

bool brc_sig_asks_tracing(Frag *f) {
    return sig_meta(f)->key == 0 && (SigAnswer *)f->data[1] == change;
}

void brc_sig_trace_set(Proc *p, Term pid, bool on, uint32_t set, Term tracer) {
    Term at[4], what = term_tuple3(at, term_bool(on), BRC_SMALL(set), on ? tracer : BRC_NIL);
    if (pid == proc_pid(p))
        change(p, pid, what);
    else
        brc_sig_tell(proc_pid(p), pid, change, what);
}

static Term changed(Proc *p, Term answer) {
    return answer == AM(true) ? BRC_SMALL(1) : brc_ctx_badarg(p);
}

/* All there are; how many. */
static Term change_all(Proc *p, Term what) {
    uint32_t at = 0, n = 0;
    for (Term pid; (pid = brc_proc_next(&at)) != BRC_NONE;) {
        if (!term_is_local_pid(pid)) continue;
        if (pid == proc_pid(p))
            change(p, pid, what);
        else
            brc_sig_tell(proc_pid(p), pid, change, what);
        n++;
    }
    return BRC_SMALL(n);
}

static void change_new(bool on, uint32_t set, Term tracer) {
    uint32_t old = atomic_load(&brc_sig_trace_new);
    if (on) atomic_store(&brc_sig_trace_new_tracer, tracer);
    atomic_store_explicit(&brc_sig_trace_new, on ? old | set : old & ~set, memory_order_release);
}

static Term change_kind(Proc *p, Term kind, Term what, bool on, uint32_t set, Term tracer) {
    bool all = kind == AM(all) || kind == AM(processes);
    bool existing = all || kind == AM(existing) || kind == AM(existing_processes);
    bool new_ = all || kind == AM(new) || kind == AM(new_processes);
    bool none = kind == AM(ports) || kind == AM(new_ports) || kind == AM(existing_ports);
    if (!existing && !new_ && !none) return brc_ctx_badarg(p);
    if (new_) change_new(on, set, tracer);
    return existing ? change_all(p, what) : BRC_SMALL(0);
}

Term brc_bif_erts_internal_trace_3(Proc *p, Term whom, Term how, Term list) {
    uint32_t set = 0;
    Term tracer = BRC_NONE;
    bool on = how == AM(true);
    if ((!on && how != AM(false)) || !brc_sig_trace_flags(list, &set, &tracer))
        return brc_ctx_badarg(p);
    if (tracer == BRC_NONE) tracer = proc_pid(p);
    if (on && (!term_is_local_pid(tracer) || !brc_proc_is_alive(tracer))) return brc_ctx_badarg(p);
    brc_proc_on_name = on_name;
    if (set & BRC_TRACE_CPU) { /* of all stamps, whoever is traced */
        if (whom != AM(all)) return brc_ctx_badarg(p);
        atomic_store(&brc_sig_trace_cpu, on);
        set &= ~(uint32_t)BRC_TRACE_CPU;
    }
    Term *at = brc_ctx_alloc(p, 4);
    Term what = term_tuple3(at, how, BRC_SMALL(set), on ? tracer : BRC_NIL);
    if (term_is_atom(whom)) return change_kind(p, whom, what, on, set, tracer);
    if (term_is_local_port(whom)) return brc_proc_is_alive(whom) ? BRC_SMALL(1) : brc_ctx_badarg(p);
    if (!term_is_local_pid(whom) || !brc_proc_is_alive(whom)) return brc_ctx_badarg(p);
    if (whom == proc_pid(p)) return changed(p, change(p, whom, what));
    p->x[0] = whom, p->x[1] = how, p->x[2] = list;
    return brc_sig_ask(p, whom, change, what, changed, 3);
}

/* ---- looking ---- */

static Term shown_flags(Proc *p, uint32_t set) {
    Term list = BRC_NIL;
    for (unsigned i = 0; i + 1 < FLAGS; i++)
        if (set & flags[i].flag) list = term_cons(brc_ctx_alloc(p, 2), flags[i].name, list);
    return list;
}

static Term shown(Proc *p, Term item, uint32_t set, Term tracer) {
    Term value = item == AM(flags) ? shown_flags(p, set) : set ? tracer : BRC_NIL;
    return term_tuple2(brc_ctx_alloc(p, 3), item, value);
}

static Term info_answer(Proc *p, Term from, Term item) {
    (void)from;
    if (!p) return BRC_NONE;
    brc_sig_trace_look(p->rest);
    const ProcTrace *t = p->rest->trace;
    return shown(p, item, t ? t->flags & BRC_TRACE_ALL : 0, t ? t->tracer : BRC_NIL);
}

static Term info_answered(Proc *p, Term answer) {
    (void)p;
    return answer == BRC_NONE ? AM(undefined) : answer;
}

/* Of functions and events. */
static Term pattern_info(Proc *p, Term of, Term item) {
    bool event = of == AM(send) || of == AM(receive);
    Term value = AM(false);
    if (event) {
        bool on = atomic_load(of == AM(send) ? &brc_sig_trace_sends : &brc_sig_trace_receives);
        if (item == AM(traced) || item == AM(match_spec)) value = term_bool(on);
        if (item == AM(match_spec) && on)
            value = brc_sig_trace_spec ? brc_sig_trace_spec(p, of == AM(send)) : AM(true);
    } else if (!term_is_tuple_of(of, 3)) {
        return brc_ctx_badarg(p);
    } else if (brc_sig_trace_of_function) {
        value = brc_sig_trace_of_function(p, term_tuple_elements(of), item);
        if (value == BRC_NONE) return brc_ctx_badarg(p);
    }
    return term_tuple2(brc_ctx_alloc(p, 3), item, value);
}

Term brc_bif_erlang_trace_info_2(Proc *p, Term of, Term item) {
    bool plain = item == AM(flags) || item == AM(tracer);
    if (of == AM(new) || of == AM(new_processes) || of == AM(new_ports)) {
        if (!plain) return brc_ctx_badarg(p);
        uint32_t set = of == AM(new_ports) ? 0 : atomic_load(&brc_sig_trace_new);
        if (set && !brc_proc_is_alive(atomic_load(&brc_sig_trace_new_tracer))) {
            set = 0;
            atomic_store(&brc_sig_trace_new, 0);
        }
        return shown(p, item, set, atomic_load(&brc_sig_trace_new_tracer));
    }
    if (!term_is_local_pid(of)) return pattern_info(p, of, item);
    if (!plain) return brc_ctx_badarg(p);
    if (of == proc_pid(p)) return info_answer(p, of, item);
    if (!brc_proc_is_alive(of)) return AM(undefined);
    p->x[0] = of, p->x[1] = item;
    return brc_sig_ask(p, of, info_answer, item, info_answered, 2);
}

/* Trace messages are there when what they tell has happened. */
Term brc_bif_erlang_trace_delivered_1(Proc *p, Term tracee) {
    if (tracee != AM(all) && !term_is_local_pid(tracee)) return brc_ctx_badarg(p);
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), NULL);
    brc_sig_send_message(proc_pid(p),
                         term_tuple3(brc_ctx_alloc(p, 4), AM(trace_delivered), tracee, ref));
    return ref;
}
