/* events.c: erlang:trace_pattern/2,3, and which messages are traced, chosen by match
 * specifications.
 */
#include "abi/bif.h"
#include "base/rwlock.h"
#include "ctx/fail.h"
#include "ets/ms.h"
#include "sig/tracing.h"
#include "trace/calls.h"
#include "trace/pattern.h"

static BrcRwLock lock;  /* guards `programs` and what they point to */
static Ms *programs[2]; /* of received and sent messages; NULL: all */

static Term filter(ProcRest *r, bool send, Term subject, Frag **frags) {
    Term none[2];
    /* What is built goes to fragments: this may be in the middle of the process's own work. */
    Proc q = {.pid = r->pid, .rest = r, .hp = none, .sp = none, .heap = none, .stack_end = none};
    Term says = AM(true);
    brc_base_read_lock(&lock);
    const Ms *ms = programs[send];
    if (ms) {
        MsRun run;
        brc_ets_ms_begin(&run, &q, ms);
        if (send) brc_calls_act(&run, atomic_load(&r->slot->p));
        says = brc_ets_ms_run(&run, subject);
        if (says != BRC_NONE && run.message != BRC_NONE)
            says = run.message == AM(false) ? BRC_NONE : run.message;
        else if (says != BRC_NONE)
            says = AM(true);
        if (says != BRC_NONE) says = brc_heap_copy_to_proc(&q, says); /* not of the program's */
        brc_ets_ms_end(&run);
    }
    brc_base_read_unlock(&lock);
    if (q.frags) q.frags->offheap = q.offheap; /* goes with them */
    *frags = q.frags;
    return says;
}

static Term spec(Proc *p, bool send) {
    brc_base_read_lock(&lock);
    const Ms *ms = programs[send];
    Term t = ms ? brc_heap_copy_to_proc(p, ms->spec) : AM(true);
    brc_base_read_unlock(&lock);
    return t;
}

/* Has it forms that look at the process or change it? Who receives is not running. */
static bool acts(const Ms *ms) {
    for (uint32_t i = 0; i < ms->clause_count; i++)
        for (uint32_t k = ms->clauses[i].first; k < ms->clauses[i].end; k++)
            if (ms->ops[k].kind == MS_FORM) return true;
    return false;
}

/* list: a match specification; [] and true: all messages. False: it is none. */
static bool choose(bool send, Term list) {
    Ms *ms = NULL;
    if (term_is_cons(list)) {
        if (!brc_calls_heads_are_lists(list) ||
            brc_ets_ms_compile(list, MS_TRACE, &ms, NULL) != MS_OK)
            return false;
        if (!send && acts(ms)) {
            brc_ctx_magic_unref(&ms->magic);
            return false;
        }
        ms = brc_ets_ms_keep(ms);
    }
    brc_base_write_lock(&lock);
    Ms *old = programs[send];
    programs[send] = ms;
    brc_base_write_unlock(&lock);
    if (old) brc_ctx_magic_unref(&old->magic);
    brc_sig_trace_spec = spec;
    atomic_store(&brc_sig_trace_filter, filter);
    atomic_store(send ? &brc_sig_trace_sends : &brc_sig_trace_receives, list != AM(false));
    return true;
}

static bool valid_spec(Term t) {
    return term_is_list(t) || t == AM(true) || t == AM(false) || t == AM(restart) || t == AM(pause);
}

Term brc_bif_erts_internal_trace_pattern_3(Proc *p, Term of, Term list, Term flags) {
    if (!valid_spec(list) || brc_term_list_length(flags) < 0) return brc_ctx_badarg(p);
    if (of == AM(send) || of == AM(receive)) {
        bool good = flags == BRC_NIL && list != AM(restart) && list != AM(pause);
        return good && choose(of == AM(send), list) ? BRC_SMALL(1) : brc_ctx_badarg(p);
    }
    if (of == AM(on_load)) return BRC_SMALL(0);
    if (!term_is_tuple_of(of, 3)) return brc_ctx_badarg(p);
    const Term *e = term_tuple_elements(of);
    bool any = e[2] == AM(underscore);
    if (!term_is_atom(e[0]) || !term_is_atom(e[1]) || (!any && !term_is_small(e[2])))
        return brc_ctx_badarg(p);
    if ((e[0] == AM(underscore) && (e[1] != AM(underscore) || !any)) ||
        (e[1] == AM(underscore) && !any))
        return brc_ctx_badarg(p);
    return brc_calls_set_pattern(p, e, list, flags);
}
