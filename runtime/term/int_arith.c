/* int_arith.c: the arithmetic of numbers: + - * / div rem and sign change on any terms. Two smalls
 * are done in a machine word or two; longer integers limb by limb straight into the process's heap;
 * an integer beside a float becomes a float. A float result that is not finite raises badarith. */
#include "term/int.h"
#include "term/int_view.h"
#include <math.h>

enum { LIMBS_PER_REDUCTION = 64 };

static Term float_result(Proc *p, double d) {
    if (!isfinite(d)) return brc_ctx_badarith(p);
    return term_make_float(brc_ctx_alloc(p, 2), d);
}

/* Both are numbers; whether to count in floats. */
static bool float_operands(Term a, Term b, double *x, double *y, bool *overflow) {
    if (!term_is_float(a) && !term_is_float(b)) return false;
    *overflow = !brc_term_number_to_double(a, x) || !brc_term_number_to_double(b, y);
    return true;
}

static bool two_smalls(Term a, Term b) {
    return ((a | b) & BRC_TAG_MASK) == BRC_TAG_SMALL;
}
static bool two_numbers(Term a, Term b) {
    return term_is_number(a) && term_is_number(b);
}

/* a + b, or a - b where minus. */
static Term add_signed(Proc *p, Term a, Term b, bool minus) {
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    bool y_negative = y.negative != minus;
    bool swap = brc_limbs_compare(x.limbs, x.n, y.limbs, y.n) < 0;
    const IntView *large = swap ? &y : &x, *little = swap ? &x : &y;
    bool negative = swap ? y_negative : x.negative;
    size_t n = large->n;
    brc_ctx_charge(p, n / LIMBS_PER_REDUCTION);
    Term *at = int_begin(p, n + 1);
    uint64_t *r = (uint64_t *)at + 1;
    if (x.negative == y_negative) {
        r[n] = brc_limbs_add(r, large->limbs, n, little->limbs, little->n);
    } else {
        brc_limbs_sub(r, large->limbs, n, little->limbs, little->n);
        r[n] = 0;
    }
    return brc_term_int_finish(p, at, n + 1, negative);
}

static Term add_slow(Proc *p, Term a, Term b, bool minus) {
    if (!two_numbers(a, b)) return brc_ctx_badarith(p);
    double x, y;
    bool overflow;
    if (float_operands(a, b, &x, &y, &overflow)) {
        if (overflow) return brc_ctx_badarith(p);
        return float_result(p, minus ? x - y : x + y);
    }
    return add_signed(p, a, b, minus);
}

Term brc_term_add(Proc *p, Term a, Term b) {
    if (two_smalls(a, b)) return brc_term_int_from_i64(p, term_small(a) + term_small(b));
    if (term_is_float(a) && term_is_float(b)) return float_result(p, term_float(a) + term_float(b));
    return add_slow(p, a, b, false);
}

Term brc_term_sub(Proc *p, Term a, Term b) {
    if (two_smalls(a, b)) return brc_term_int_from_i64(p, term_small(a) - term_small(b));
    if (term_is_float(a) && term_is_float(b)) return float_result(p, term_float(a) - term_float(b));
    return add_slow(p, a, b, true);
}

static Term mul_ints(Proc *p, Term a, Term b) {
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.n == 0 || y.n == 0) return BRC_SMALL(0);
    if (x.n + y.n - 1 > BRC_INT_MAX_LIMBS) return brc_ctx_system_limit(p);
    brc_ctx_charge(p, (x.n < 64 ? x.n : 64) * y.n / LIMBS_PER_REDUCTION);
    Term *at = int_begin(p, x.n + y.n);
    brc_limbs_mul((uint64_t *)at + 1, x.limbs, x.n, y.limbs, y.n);
    return brc_term_int_finish(p, at, x.n + y.n, x.negative != y.negative);
}

Term brc_term_mul(Proc *p, Term a, Term b) {
    if (two_smalls(a, b)) {
        int64_t product;
        if (!__builtin_mul_overflow(term_small(a), term_small(b), &product))
            return brc_term_int_from_i64(p, product);
        return mul_ints(p, a, b);
    }
    if (!two_numbers(a, b)) return brc_ctx_badarith(p);
    double x, y;
    bool overflow;
    if (float_operands(a, b, &x, &y, &overflow)) {
        if (overflow) return brc_ctx_badarith(p);
        return float_result(p, x * y);
    }
    return mul_ints(p, a, b);
}

Term brc_term_fdiv(Proc *p, Term a, Term b) {
    double x, y;
    if (!two_numbers(a, b) || !brc_term_number_to_double(a, &x) ||
        !brc_term_number_to_double(b, &y) || y == 0)
        return brc_ctx_badarith(p);
    return float_result(p, x / y);
}

/* Quotient towards zero or remainder of integers, b not 0, at least one of them big. */
static Term divide(Proc *p, Term a, Term b, bool want_rem) {
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (brc_limbs_compare(x.limbs, x.n, y.limbs, y.n) < 0) return want_rem ? a : BRC_SMALL(0);
    size_t qn = x.n - y.n + 1;
    brc_ctx_charge(p, (y.n < 64 ? y.n : 64) * qn / LIMBS_PER_REDUCTION);
    size_t n = want_rem ? y.n : qn;
    Term *at = int_begin(p, n);
    uint64_t *r = (uint64_t *)at + 1;
    brc_limbs_divrem(want_rem ? NULL : r, want_rem ? r : NULL, x.limbs, x.n, y.limbs, y.n);
    return brc_term_int_finish(p, at, n, want_rem ? x.negative : x.negative != y.negative);
}

Term brc_term_div(Proc *p, Term a, Term b) {
    if (b == BRC_SMALL(0) || !term_is_integer(a) || !term_is_integer(b)) return brc_ctx_badarith(p);
    if (two_smalls(a, b)) return brc_term_int_from_i64(p, term_small(a) / term_small(b));
    return divide(p, a, b, false);
}

Term brc_term_rem(Proc *p, Term a, Term b) {
    if (b == BRC_SMALL(0) || !term_is_integer(a) || !term_is_integer(b)) return brc_ctx_badarith(p);
    if (two_smalls(a, b)) return BRC_SMALL(term_small(a) % term_small(b));
    return divide(p, a, b, true);
}

Term brc_term_neg(Proc *p, Term a) {
    if (term_is_small(a)) return brc_term_int_from_i64(p, -term_small(a));
    if (term_is_float(a)) return float_result(p, -term_float(a));
    if (!term_is_big(a)) return brc_ctx_badarith(p);
    IntView x;
    int_view(a, &x);
    return brc_term_int_from_limbs(p, x.limbs, x.n, !x.negative);
}
