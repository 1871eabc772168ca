/* bif_math.c: the module math, on libm. An argument that is no number is badarg; an integer too
 * large for a float, and any result that is not finite, badarith. */
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/int_view.h"
#include <math.h>

/* False with the failure set. */
static bool argument(Proc *p, Term t, double *d) {
    if (!term_is_number(t)) {
        brc_ctx_badarg(p);
        return false;
    }
    if (brc_term_number_to_double(t, d)) return true;
    brc_ctx_badarith(p);
    return false;
}

static Term result(Proc *p, double d) {
    if (!isfinite(d)) return brc_ctx_badarith(p);
    return term_make_float(brc_ctx_alloc(p, 2), d);
}

#define MATH1(name)                                                                                \
    Term brc_bif_math_##name##_1(Proc *p, Term a) {                                                \
        double x;                                                                                  \
        return argument(p, a, &x) ? result(p, name(x)) : BRC_NONE;                                 \
    }
#define MATH2(name)                                                                                \
    Term brc_bif_math_##name##_2(Proc *p, Term a, Term b) {                                        \
        double x, y;                                                                               \
        return argument(p, a, &x) && argument(p, b, &y) ? result(p, name(x, y)) : BRC_NONE;        \
    }
MATH1(sin)
MATH1(cos)
MATH1(tan)
MATH1(asin)
MATH1(acos)
MATH1(atan)
MATH1(sinh)
MATH1(cosh)
MATH1(tanh)
MATH1(asinh)
MATH1(acosh)
MATH1(atanh)
MATH1(exp)
MATH1(log)
MATH1(log2)
MATH1(log10)
MATH1(sqrt)
MATH1(ceil)
MATH1(floor)
MATH1(erf)
MATH1(erfc)
MATH2(atan2)
MATH2(pow)
MATH2(fmod)
