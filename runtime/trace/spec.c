/* spec.c: match specifications of calls, and the forms that act on the process that calls. */
#include "trace/calls.h"
#include "code/trace.h"
#include "sig/sequential.h"

/* {M, F, A}, or {M, F, A, {File, Line}}. */
static Term caller(const Proc *p, Proc *q, bool line) {
    const Loc *place = brc_calls_caller(p);
    if (!place || !place->back) return AM(undefined);
    Term *t = brc_ctx_alloc(q, 5);
    t[1] = BRC_LOC_FN(place)->module, t[2] = BRC_LOC_FN(place)->name,
    t[3] = BRC_SMALL(BRC_LOC_FN(place)->arity);
    if (!line) return term_tuple_begin(t, 3);
    t[4] = AM(undefined);
    Term where = brc_code_location(q, place); /* [{file, File}, {line, Line}] or [] */
    if (term_is_cons(where)) {
        Term file = term_tuple_elements(term_head(where))[1];
        Term number = term_tuple_elements(term_head(term_tail(where)))[1];
        t[4] = term_tuple2(brc_ctx_alloc(q, 3), file, number);
    }
    return term_tuple_begin(t, 4);
}

static void set_flags(Proc *p, Term pid, bool on, Term names) {
    Term cell[2], tracer = BRC_NONE;
    uint32_t set = 0;
    if (term_is_atom(names)) names = term_cons(cell, names, BRC_NIL);
    if (!brc_sig_trace_flags(names, &set, &tracer)) return;
    if (tracer == BRC_NONE) tracer = p->rest->trace ? p->rest->trace->tracer : p->pid;
    brc_sig_trace_set(p, pid, on, set, tracer);
}

/* [Pid,] Flags...: for how many forms there are of each. */
static Term change_flags(Proc *p, Term name, const Term *args, unsigned n) {
    bool both = name == AM(trace);
    Term pid = n == (both ? 3 : 2) ? *args++ : p->pid;
    if (!term_is_local_pid(pid)) pid = term_is_atom(pid) ? brc_proc_whereis(pid) : BRC_NONE;
    if (pid == BRC_NONE) return AM(false);
    if (both) {
        set_flags(p, pid, false, args[0]);
        set_flags(p, pid, true, args[1]);
    } else {
        set_flags(p, pid, name == AM(enable_trace), args[0]);
    }
    return AM(true);
}

static Term silence(ProcRest *r, Term on) {
    if (!r->trace) return AM(false);
    if (on == AM(true)) r->trace->flags |= BRC_TRACE_SILENT;
    if (on == AM(false)) r->trace->flags &= ~(uint32_t)BRC_TRACE_SILENT;
    return AM(true);
}

/* BRC_NONE: the form has no other value here than elsewhere. */
static Term form(MsRun *run, Term name, const Term *args, unsigned n) {
    Proc *p = run->caller;
    switch (name) {
    case AM(caller): return caller(p, run->p, false);
    case AM(caller_line): return caller(p, run->p, true);
    case AM(process_dump): return brc_sig_backtrace(p, true);
    case AM(is_seq_trace): return term_bool(trace_is_on(p->rest, BRC_TRACE_SEQ));
    case AM(get_seq_token):
        return trace_is_on(p->rest, BRC_TRACE_SEQ) ? brc_sig_seq->term(run->p, p->rest) : BRC_NIL;
    case AM(set_seq_token): {
        Term old = brc_sig_seq_set(run->p, p->rest, args[0], args[1]);
        return old == BRC_NONE ? AM(EXIT) : old;
    }
    case AM(silent): return silence(p->rest, args[0]);
    case AM(trace):
    case AM(enable_trace):
    case AM(disable_trace): return change_flags(p, name, args, n);
    default: return BRC_NONE;
    }
}

void brc_calls_act(MsRun *run, Proc *p) {
    run->form = form;
    run->caller = p;
}

CallSaid brc_calls_ask(Proc *p, Proc *q, Ms *const *at, Term args) {
    CallSaid said = {.matches = true, .message = BRC_NONE};
    brc_base_read_lock(&brc_calls_lock);
    Ms *ms = *at;
    if (ms) brc_ctx_magic_ref(&ms->magic); /* a form may change what is traced */
    brc_base_read_unlock(&brc_calls_lock);
    if (!ms) return said;
    MsRun run;
    brc_ets_ms_begin(&run, q, ms);
    brc_calls_act(&run, p);
    said.matches = brc_ets_ms_run(&run, args) != BRC_NONE;
    if (run.message != AM(true)) said.message = run.message;
    said.flags = run.flags;
    brc_ets_ms_end(&run);
    brc_ctx_magic_unref(&ms->magic);
    return said;
}
