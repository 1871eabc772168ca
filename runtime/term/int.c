/* int.c: integers of any size: made from C values and limbs, turned into C values and doubles,
 * compared. A result is small whenever it fits; see abi/layout.h for the two shapes. */
#include "term/int.h"
#include "term/int_view.h"
#include <math.h>

static Term big1(Proc *p, uint64_t limb, bool negative) {
    Term *at = int_begin(p, 1);
    at[0] = BRC_HEADER(negative ? BRC_BIGNEG : BRC_BIGPOS, 1);
    at[1] = limb;
    return term_make_boxed(at);
}

Term brc_term_int_from_i64(Proc *p, int64_t n) {
    if (term_fits_small(n)) return BRC_SMALL(n);
    return big1(p, n < 0 ? -(uint64_t)n : (uint64_t)n, n < 0);
}

Term brc_term_int_from_u64(Proc *p, uint64_t n) {
    if (n <= (uint64_t)BRC_SMALL_MAX) return BRC_SMALL((int64_t)n);
    return big1(p, n, false);
}

Term brc_term_int_finish(Proc *p, Term *at, size_t n, bool negative) {
    size_t used = brc_limbs_length((uint64_t *)at + 1, n);
    uint64_t low = used > 0 ? at[1] : 0;
    if (used <= 1 && low <= (uint64_t)BRC_SMALL_MAX + negative) {
        brc_ctx_trim(p, at, n + 1, at);
        return BRC_SMALL(negative ? -(int64_t)low : (int64_t)low);
    }
    if (used > BRC_INT_MAX_LIMBS) {
        brc_ctx_trim(p, at, n + 1, at);
        return brc_ctx_system_limit(p);
    }
    at[0] = BRC_HEADER(negative ? BRC_BIGNEG : BRC_BIGPOS, used);
    if (used < n) brc_ctx_trim(p, at, n + 1, at + used + 1);
    return term_make_boxed(at);
}

Term brc_term_int_from_limbs(Proc *p, const uint64_t *limbs, size_t n, bool negative) {
    n = brc_limbs_length(limbs, n);
    if (n <= 1) {
        uint64_t low = n > 0 ? limbs[0] : 0;
        if (low <= (uint64_t)BRC_SMALL_MAX + negative)
            return BRC_SMALL(negative ? -(int64_t)low : (int64_t)low);
        return big1(p, low, negative);
    }
    if (n > BRC_INT_MAX_LIMBS) return brc_ctx_system_limit(p);
    Term *at = int_begin(p, n);
    memcpy(at + 1, limbs, n * sizeof *at);
    return brc_term_int_finish(p, at, n, negative);
}

bool brc_term_int_to_i64(Term t, int64_t *out) {
    if (term_is_small(t)) {
        *out = term_small(t);
        return true;
    }
    if (!term_is_big(t)) return false;
    IntView v;
    int_view(t, &v);
    if (v.n != 1 || v.limbs[0] > (uint64_t)INT64_MAX + v.negative) return false;
    *out = (int64_t)(v.negative ? -v.limbs[0] : v.limbs[0]);
    return true;
}

bool brc_term_int_to_u64(Term t, uint64_t *out) {
    if (term_is_small(t)) {
        if (term_small(t) < 0) return false;
        *out = (uint64_t)term_small(t);
        return true;
    }
    if (term_kind(t) != BRC_BIGPOS || BRC_HEADER_WORDS(term_header(t)) != 1) return false;
    *out = term_box(t)[1];
    return true;
}

int brc_term_int_compare(Term a, Term b) {
    if (term_is_small(a) && term_is_small(b)) return ((STerm)a > (STerm)b) - ((STerm)a < (STerm)b);
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    int c = brc_limbs_compare(x.limbs, x.n, y.limbs, y.n);
    return x.negative ? -c : c;
}

/* Limb by limb from the top, rounding at each step, for that is the value OTP gives: a
 * correctly rounded one would differ in the last bit now and then. */
double brc_term_int_to_double(Term t, bool *overflow) {
    *overflow = false;
    if (term_is_small(t)) return (double)term_small(t);
    IntView v;
    int_view(t, &v);
    double d = 0;
    for (size_t i = v.n; i-- > 0;) {
        double shifted = d * 0x1p64;
        d = shifted + (double)v.limbs[i];
        if (isinf(d)) {
            *overflow = true;
            break;
        }
    }
    return v.negative ? -d : d;
}

bool brc_term_number_to_double(Term t, double *d) {
    if (term_is_float(t)) {
        *d = term_float(t);
        return true;
    }
    bool overflow;
    *d = brc_term_int_to_double(t, &overflow);
    return !overflow;
}

Term brc_term_int_from_double(Proc *p, double d) {
    if (fabs(d) < 0x1p61) return BRC_SMALL((int64_t)d);
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(d), &exponent), 53);
    unsigned shift = (unsigned)exponent - 53; /* at least 8 */
    uint64_t limbs[17] = {0};
    limbs[shift / 64] = mantissa << shift % 64;
    if (shift % 64 > 11) limbs[shift / 64 + 1] = mantissa >> (64 - shift % 64);
    return brc_term_int_from_limbs(p, limbs, 17, d < 0);
}
