/* bif_error.c: the built-ins that raise: error/1,2,3, exit/1, throw/1, nif_error/1,2, raise/3. The
 * first six are no frames of their own traces; see code/raise.c. */
#include "abi/bif.h"
#include "code/trace.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/term.h"

Term brc_bif_erlang_error_1(Proc *p, Term reason) {
    return brc_ctx_error(p, reason);
}

Term brc_bif_erlang_error_2(Proc *p, Term reason, Term args) {
    return brc_ctx_error_args(p, reason, args, BRC_NIL);
}

/* The map of the last {error_info, Map}; BRC_NIL where the options are none or not as they should
 * be: then the call means error/2. */
static Term error_info_option(Term options) {
    Term info = BRC_NIL;
    for (; term_is_cons(options); options = term_tail(options)) {
        Term option = term_head(options);
        if (!term_is_tuple_of(option, 2)) return BRC_NIL;
        const Term *e = term_tuple_elements(option);
        if (e[0] != AM(error_info) || !term_is_map(e[1])) return BRC_NIL;
        info = e[1];
    }
    return term_is_nil(options) ? info : BRC_NIL;
}

Term brc_bif_erlang_error_3(Proc *p, Term reason, Term args, Term options) {
    return brc_ctx_error_args(p, reason, args, error_info_option(options));
}

Term brc_bif_erlang_exit_1(Proc *p, Term reason) {
    return brc_ctx_raise(p, AM(exit), reason);
}
Term brc_bif_erlang_throw_1(Proc *p, Term value) {
    return brc_ctx_raise(p, AM(throw), value);
}
Term brc_bif_erlang_nif_error_1(Proc *p, Term reason) {
    return brc_ctx_error(p, reason);
}
Term brc_bif_erlang_nif_error_2(Proc *p, Term reason, Term args) {
    (void)args; /* the trace shows both arguments of nif_error/2 itself */
    return brc_ctx_error(p, reason);
}

/* ---- raise/3 ---- */

/* A frame as traces have them: {M,F,A,Location}, {Fun,Args,Location}, or without the location.
 * *words: what a copy takes that has it; 0: no copy needed. */
static bool is_frame(Term frame, size_t *words) {
    *words = 0;
    if (!term_is_tuple(frame)) return false;
    const Term *e = term_tuple_elements(frame);
    size_t n = term_tuple_arity(frame);
    if (n < 2 || n > 4) return false;
    bool fun = n < 4 && term_is_fun(e[0]);
    if (!fun && (n == 2 || !term_is_atom(e[0]) || !term_is_atom(e[1]))) return false;
    if (n == (fun ? 2u : 3u)) {
        *words = n + 2;
        return true;
    }
    return term_is_list(e[n - 1]);
}

/* The first n frames with a location each. */
static Term complete_frames(Proc *p, Term list, size_t n) {
    Term first = BRC_NIL, *end = &first;
    for (; n > 0; n--, list = term_tail(list)) {
        Term frame = term_head(list);
        size_t words;
        is_frame(frame, &words);
        Term *at = brc_ctx_alloc(p, words + 2);
        if (words) {
            memcpy(at + 3, term_tuple_elements(frame), (words - 2) * sizeof(Term));
            at[words + 1] = BRC_NIL;
            frame = term_tuple_begin(at + 2, words - 1);
        }
        *end = term_cons(at, frame, BRC_NIL);
        end = &at[1];
    }
    return first;
}

Term brc_bif_erlang_raise_3(Proc *p, Term class_, Term reason, Term list) {
    size_t n = 0, words;
    bool copy = false;
    Term rest = list;
    if (class_ != AM(error) && class_ != AM(exit) && class_ != AM(throw)) return AM(badarg);
    for (; term_is_cons(rest); rest = term_tail(rest), n++) {
        if (!is_frame(term_head(rest), &words)) return AM(badarg);
        copy = copy || words;
    }
    if (!term_is_nil(rest)) return AM(badarg);
    size_t most = atomic_load_explicit(&brc_code_backtrace_depth, memory_order_relaxed);
    if (n > most) n = most ? most : 1, copy = true;
    if (copy) list = complete_frames(p, list, n);
    Term trace = brc_code_trace_raised(p, class_, list);
    brc_ctx_raise(p, class_, reason);
    p->ftrace = trace;
    return BRC_NONE;
}
