/* bif_cmp.c: comparisons and boolean operators as functions. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "term/cmp.h"

#define COMPARISON(name, condition)                                                                \
    Term brc_bif_erlang_##name##_2(Proc *p, Term a, Term b) {                                      \
        (void)p;                                                                                   \
        return term_bool(condition);                                                               \
    }
COMPARISON(eq, brc_term_equal(a, b))
COMPARISON(ne, !brc_term_equal(a, b))
COMPARISON(lt, brc_term_compare(a, b) < 0)
COMPARISON(le, brc_term_compare(a, b) <= 0)
COMPARISON(gt, brc_term_compare(a, b) > 0)
COMPARISON(ge, brc_term_compare(a, b) >= 0)
COMPARISON(eq_exact, brc_term_eq(a, b))
COMPARISON(ne_exact, !brc_term_eq(a, b))

/* Of two equal ones, the first. */
Term brc_bif_erlang_min_2(Proc *p, Term a, Term b) {
    (void)p;
    return brc_term_compare(a, b) <= 0 ? a : b;
}

Term brc_bif_erlang_max_2(Proc *p, Term a, Term b) {
    (void)p;
    return brc_term_compare(a, b) >= 0 ? a : b;
}

static bool is_boolean(Term t) {
    return t == AM(true) || t == AM(false);
}

#define BOOLEAN(name, condition)                                                                   \
    Term brc_bif_erlang_##name##_2(Proc *p, Term a, Term b) {                                      \
        if (!is_boolean(a) || !is_boolean(b)) return brc_ctx_badarg(p);                            \
        bool x = a == AM(true), y = b == AM(true);                                                 \
        return term_bool(condition);                                                               \
    }
BOOLEAN(bool_and, x &&y)
BOOLEAN(bool_or, x || y)
BOOLEAN(bool_xor, x != y)

Term brc_bif_erlang_bool_not_1(Proc *p, Term a) {
    return is_boolean(a) ? term_bool(a == AM(false)) : brc_ctx_badarg(p);
}
