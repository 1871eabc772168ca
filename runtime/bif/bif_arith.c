/* bif_arith.c: the operators on numbers as functions, and abs, float, trunc, round, floor, ceil.
 * The arithmetic itself is in term/int_arith.c and term/int_bits.c. */
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/int.h"
#include "term/int_view.h"
#include <math.h>

#define OPERATOR(bif, function)                                                                    \
    Term brc_bif_erlang_##bif##_2(Proc *p, Term a, Term b) {                                       \
        return function(p, a, b);                                                                  \
    }
OPERATOR(add, brc_term_add)
OPERATOR(sub, brc_term_sub)
OPERATOR(mul, brc_term_mul)
OPERATOR(fdiv, brc_term_fdiv)
OPERATOR(div, brc_term_div)
OPERATOR(rem, brc_term_rem)
OPERATOR(band, brc_term_band)
OPERATOR(bor, brc_term_bor)
OPERATOR(bxor, brc_term_bxor)
OPERATOR(bsl, brc_term_bsl)
OPERATOR(bsr, brc_term_bsr)

Term brc_bif_erlang_plus_1(Proc *p, Term a) {
    return term_is_number(a) ? a : brc_ctx_badarith(p);
}

Term brc_bif_erlang_neg_1(Proc *p, Term a) {
    return brc_term_neg(p, a);
}
Term brc_bif_erlang_bnot_1(Proc *p, Term a) {
    return brc_term_bnot(p, a);
}

Term brc_bif_erlang_abs_1(Proc *p, Term a) {
    if (term_is_small(a)) return term_small(a) < 0 ? brc_term_neg(p, a) : a;
    switch (term_kind(a)) {
    case BRC_FLOAT: /* -0.0 stays as it is */
        return term_float(a) < 0 ? term_make_float(brc_ctx_alloc(p, 2), -term_float(a)) : a;
    case BRC_BIGPOS: return a;
    case BRC_BIGNEG: return brc_term_neg(p, a);
    default: return brc_ctx_badarg(p);
    }
}

Term brc_bif_erlang_float_1(Proc *p, Term a) {
    double d;
    if (term_is_float(a)) return a;
    if (!term_is_integer(a) || !brc_term_number_to_double(a, &d)) return brc_ctx_badarg(p);
    return term_make_float(brc_ctx_alloc(p, 2), d);
}

static Term to_integer(Proc *p, Term a, double (*rounding)(double)) {
    if (term_is_integer(a)) return a;
    if (!term_is_float(a)) return brc_ctx_badarg(p);
    return brc_term_int_from_double(p, rounding(term_float(a)));
}

Term brc_bif_erlang_trunc_1(Proc *p, Term a) {
    return to_integer(p, a, trunc);
}
Term brc_bif_erlang_round_1(Proc *p, Term a) {
    return to_integer(p, a, round);
}
Term brc_bif_erlang_floor_1(Proc *p, Term a) {
    return to_integer(p, a, floor);
}
Term brc_bif_erlang_ceil_1(Proc *p, Term a) {
    return to_integer(p, a, ceil);
}
