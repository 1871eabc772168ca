/* bif_select.c: select and match and their like; compiled match specifications. */
#include "abi/bif.h"
#include "bif/text.h"
#include "ctx/fail.h"
#include "ets/walk.h"
#include "term/int.h"

/* [{Pattern, [], [What]}] */
static Term spec_of(Proc *p, Term pattern, Term what) {
    Term *at = brc_ctx_alloc(p, 8);
    Term body = term_cons(at, what, BRC_NIL);
    return term_cons(at + 6, term_tuple3(at + 2, pattern, BRC_NIL, body), BRC_NIL);
}

Term brc_bif_ets_select_2(Proc *p, Term tab, Term spec) {
    return brc_ets_walk(p, tab, spec, WALK_SELECT, false);
}
Term brc_bif_ets_select_reverse_2(Proc *p, Term tab, Term spec) {
    return brc_ets_walk(p, tab, spec, WALK_SELECT, true);
}
Term brc_bif_ets_match_2(Proc *p, Term tab, Term pattern) {
    return brc_ets_walk(p, tab, spec_of(p, pattern, AM(dollar_dollar)), WALK_SELECT, false);
}
Term brc_bif_ets_match_object_2(Proc *p, Term tab, Term pattern) {
    return brc_ets_walk(p, tab, spec_of(p, pattern, AM(dollar_underscore)), WALK_SELECT, false);
}
Term brc_bif_ets_select_count_2(Proc *p, Term tab, Term spec) {
    return brc_ets_walk(p, tab, spec, WALK_COUNT, false);
}
Term brc_bif_ets_internal_select_delete_2(Proc *p, Term tab, Term spec) {
    return brc_ets_walk(p, tab, spec, WALK_DELETE, false);
}
Term brc_bif_ets_select_replace_2(Proc *p, Term tab, Term spec) {
    return brc_ets_walk(p, tab, spec, WALK_REPLACE, false);
}

Term brc_bif_ets_select_3(Proc *p, Term tab, Term spec, Term limit) {
    return brc_ets_walk_limited(p, tab, spec, limit, false);
}
Term brc_bif_ets_select_reverse_3(Proc *p, Term tab, Term spec, Term limit) {
    return brc_ets_walk_limited(p, tab, spec, limit, true);
}
Term brc_bif_ets_match_3(Proc *p, Term tab, Term pattern, Term limit) {
    return brc_ets_walk_limited(p, tab, spec_of(p, pattern, AM(dollar_dollar)), limit, false);
}
Term brc_bif_ets_match_object_3(Proc *p, Term tab, Term pattern, Term limit) {
    return brc_ets_walk_limited(p, tab, spec_of(p, pattern, AM(dollar_underscore)), limit, false);
}

Term brc_bif_ets_select_1(Proc *p, Term continuation) {
    return brc_ets_walk_next(p, continuation);
}
Term brc_bif_ets_select_reverse_1(Proc *p, Term continuation) {
    return brc_ets_walk_next(p, continuation);
}
Term brc_bif_ets_match_1(Proc *p, Term continuation) {
    return brc_ets_walk_next(p, continuation);
}
Term brc_bif_ets_match_object_1(Proc *p, Term continuation) {
    return brc_ets_walk_next(p, continuation);
}

/* ---- compiled specifications ---- */
Term brc_bif_ets_match_spec_compile_1(Proc *p, Term spec) {
    Ms *ms;
    MsResult r = brc_ets_ms_compile(spec, MS_TABLE, &ms, NULL);
    if (r == MS_OK) return brc_ets_ms_term(p, ms);
    return r == MS_TOO_DEEP ? brc_ctx_system_limit(p) : brc_ctx_badarg(p);
}

Term brc_bif_ets_is_compiled_ms_1(Proc *p, Term t) {
    (void)p;
    return term_bool(brc_ets_ms_of(t) != NULL);
}

/* match_spec_run_r(List, Compiled, Answers): the answers for the list's elements, in front. */
Term brc_bif_ets_match_spec_run_r_3(Proc *p, Term list, Term compiled, Term answers) {
    const Ms *ms = brc_ets_ms_of(compiled);
    if (!ms) return brc_ctx_badarg(p);
    MsRun run;
    brc_ets_ms_begin(&run, p, ms);
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = brc_ets_ms_run(&run, term_head(list));
        if (t != BRC_NONE) answers = term_cons(brc_ctx_alloc(p, 2), t, answers);
        brc_ctx_charge(p, 1);
    }
    brc_ets_ms_end(&run);
    return term_is_nil(list) ? answers : brc_ctx_badarg(p);
}

/* ---- erlang:match_spec_test/3 ---- */
static Term error_list(Proc *p, const MsErrors *e) {
    Term list = BRC_NIL;
    for (size_t i = e->n; i-- > 0;) {
        Term text = text_list(p, e->text[i], strlen(e->text[i])), *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, AM(error), text), list);
    }
    return list;
}

static Term flag_list(Proc *p, uint32_t flags) {
    Term list = BRC_NIL;
    if (flags & MS_EXCEPTION_TRACE)
        list = term_cons(brc_ctx_alloc(p, 2), AM(exception_trace), list);
    if (flags & MS_RETURN_TRACE) list = term_cons(brc_ctx_alloc(p, 2), AM(return_trace), list);
    return list;
}

/* {ok, Answer, Flags, Warnings} */
static Term test(Proc *p, const Ms *ms, Term subject) {
    MsRun run;
    brc_ets_ms_begin(&run, p, ms);
    Term t = brc_ets_ms_run(&run, subject);
    if (t != BRC_NONE && run.message != BRC_NONE) t = run.message;
    Term flags = t == BRC_NONE ? BRC_NIL : flag_list(p, run.flags);
    brc_ets_ms_end(&run);
    Term *at = brc_ctx_alloc(p, 5);
    at[1] = AM(ok), at[2] = t == BRC_NONE ? AM(false) : t, at[3] = flags, at[4] = BRC_NIL;
    return term_tuple_begin(at, 4);
}

Term brc_bif_erlang_match_spec_test_3(Proc *p, Term subject, Term spec, Term type) {
    Ms *ms;
    MsErrors errors = {0};
    bool table = type == AM(table);
    if (!table && type != AM(trace)) return brc_ctx_badarg(p);
    if (!table && brc_term_list_length(subject) < 0) return brc_ctx_badarg(p);
    MsResult r = brc_ets_ms_compile(spec, table ? MS_TABLE : MS_TRACE, &ms, &errors);
    Term answer;
    if (r == MS_OK && table && !term_is_tuple(subject)) {
        answer = brc_ctx_badarg(p);
        brc_ctx_magic_unref(&ms->magic);
    } else if (r == MS_OK) {
        answer = test(p, ms, subject);
        brc_ctx_magic_unref(&ms->magic);
    } else if (r == MS_TOO_DEEP) {
        answer = brc_ctx_system_limit(p);
    } else {
        answer = error_list(p, &errors);
        answer = term_tuple2(brc_ctx_alloc(p, 3), AM(error), answer);
    }
    brc_ets_ms_errors_free(&errors);
    return answer;
}
