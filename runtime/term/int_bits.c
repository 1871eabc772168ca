/* int_bits.c: band, bor, bxor, bnot, bsl and bsr. Integers act as two's complement numbers of
 * endless length, though they are kept as sign and magnitude: a negative operand is negated limb
 * by limb on the way in, a negative result on the way out. */
#include "term/int.h"
#include "term/int_view.h"

enum { LIMBS_PER_REDUCTION = 64 };
typedef enum BitOp { OP_AND, OP_OR, OP_XOR } BitOp;

static inline uint64_t apply(BitOp op, uint64_t a, uint64_t b) {
    switch (op) {
    case OP_AND: return a & b;
    case OP_OR: return a | b;
    default: return a ^ b;
    }
}

/* The next limb of v in two's complement; *carry starts as 1. */
static inline uint64_t twos_limb(const IntView *v, size_t i, unsigned long long *carry) {
    uint64_t limb = i < v->n ? v->limbs[i] : 0;
    if (!v->negative) return limb;
    return __builtin_addcll(~limb, 0, *carry, carry);
}

static Term bit_op(Proc *p, Term a, Term b, BitOp op) {
    if (!term_is_integer(a) || !term_is_integer(b)) return brc_ctx_badarith(p);
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    size_t n = (x.n > y.n ? x.n : y.n) + 1;
    brc_ctx_charge(p, n / LIMBS_PER_REDUCTION);
    bool negative = apply(op, x.negative, y.negative);
    Term *at = int_begin(p, n);
    unsigned long long xc = 1, yc = 1, rc = 1;
    for (size_t i = 0; i < n; i++) {
        uint64_t limb = apply(op, twos_limb(&x, i, &xc), twos_limb(&y, i, &yc));
        at[i + 1] = negative ? __builtin_addcll(~limb, 0, rc, &rc) : limb;
    }
    return brc_term_int_finish(p, at, n, negative);
}

static bool two_smalls(Term a, Term b) {
    return ((a | b) & BRC_TAG_MASK) == BRC_TAG_SMALL;
}

Term brc_term_band(Proc *p, Term a, Term b) {
    return two_smalls(a, b) ? (a & b) : bit_op(p, a, b, OP_AND);
}

Term brc_term_bor(Proc *p, Term a, Term b) {
    return two_smalls(a, b) ? (a | b) : bit_op(p, a, b, OP_OR);
}

Term brc_term_bxor(Proc *p, Term a, Term b) {
    return two_smalls(a, b) ? (a ^ b) : bit_op(p, a, b, OP_XOR);
}

/* bnot a = -a - 1 */
Term brc_term_bnot(Proc *p, Term a) {
    if (term_is_small(a)) return BRC_SMALL(~term_small(a));
    if (!term_is_big(a)) return brc_ctx_badarith(p);
    static const uint64_t one[1] = {1};
    IntView x;
    int_view(a, &x);
    Term *at = int_begin(p, x.n + 1);
    uint64_t *r = (uint64_t *)at + 1;
    r[x.n] = 0;
    if (x.negative) {
        brc_limbs_sub(r, x.limbs, x.n, one, 1);
    } else {
        r[x.n] = brc_limbs_add(r, x.limbs, x.n, one, 1);
    }
    return brc_term_int_finish(p, at, x.n + 1, !x.negative);
}

/* a is an integer other than 0. */
static Term shift_left(Proc *p, Term a, uint64_t bits) {
    IntView x;
    int_view(a, &x);
    if (bits > BRC_INT_MAX_LIMBS * 64 ||
        brc_limbs_bits(x.limbs, x.n) + bits > BRC_INT_MAX_LIMBS * 64)
        return brc_ctx_system_limit(p);
    size_t zeros = (size_t)(bits / 64), n = zeros + x.n + 1;
    brc_ctx_charge(p, n / LIMBS_PER_REDUCTION);
    Term *at = int_begin(p, n);
    uint64_t *r = (uint64_t *)at + 1;
    memset(r, 0, zeros * sizeof *r);
    r[n - 1] = brc_limbs_shl(r + zeros, x.limbs, x.n, (unsigned)(bits % 64));
    return brc_term_int_finish(p, at, n, x.negative);
}

/* Rounds towards minus infinity, as shifting two's complement does. */
static Term shift_right(Proc *p, Term a, uint64_t bits) {
    if (term_is_small(a)) return BRC_SMALL(term_small(a) >> (bits < 63 ? bits : 63));
    static const uint64_t one[1] = {1};
    IntView x;
    int_view(a, &x);
    if (bits / 64 >= x.n) return BRC_SMALL(x.negative ? -1 : 0);
    size_t gone = (size_t)(bits / 64), n = x.n - gone;
    unsigned rest = (unsigned)(bits % 64);
    bool lost = rest > 0 && x.limbs[gone] << (64 - rest) != 0;
    for (size_t i = 0; i < gone && !lost; i++)
        lost = x.limbs[i] != 0;
    Term *at = int_begin(p, n + 1);
    uint64_t *r = (uint64_t *)at + 1;
    brc_limbs_shr(r, x.limbs + gone, n, rest);
    r[n] = x.negative && lost ? brc_limbs_add(r, r, n, one, 1) : 0;
    return brc_term_int_finish(p, at, n + 1, x.negative);
}

/* A shift count beyond 64 bits counts as the largest one. */
static Term shift(Proc *p, Term a, Term count, bool left) {
    if (!term_is_integer(a) || !term_is_integer(count)) return brc_ctx_badarith(p);
    if (a == BRC_SMALL(0) || count == BRC_SMALL(0)) return a;
    IntView c;
    int_view(count, &c);
    uint64_t bits = c.n > 1 ? UINT64_MAX : c.limbs[0];
    return left != c.negative ? shift_left(p, a, bits) : shift_right(p, a, bits);
}

Term brc_term_bsl(Proc *p, Term a, Term b) {
    if (two_smalls(a, b)) {
        int64_t v = term_small(a), n = term_small(b);
        if (n >= 0 && n < 62 && term_fits_small((int64_t)((uint64_t)v << n)) &&
            (int64_t)((uint64_t)v << n) >> n == v)
            return BRC_SMALL((uint64_t)v << n);
    }
    return shift(p, a, b, true);
}

Term brc_term_bsr(Proc *p, Term a, Term b) {
    if (two_smalls(a, b) && term_small(b) >= 0) {
        int64_t n = term_small(b);
        return BRC_SMALL(term_small(a) >> (n < 63 ? n : 63));
    }
    return shift(p, a, b, false);
}
