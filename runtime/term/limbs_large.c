/* limbs_large.c: long natural numbers. Products come from libtommath (Karatsuba and Toom-Cook),
 * whose digits have fewer bits than a limb, so operands are repacked. Division is divide and
 * conquer on top of that product (Brent and Zimmermann, "Modern Computer Arithmetic", 1.4.3), so
 * it costs little more than multiplication. */
#include "term/limbs_large.h"
#include "base/panic.h"
#include <stdlib.h>
#include <string.h>
#include <tommath.h>

#define DIGIT_MASK (((mp_digit)1 << MP_DIGIT_BIT) - 1)

static void require(mp_err err) {
    if (err != MP_OKAY) brc_base_panic("out of memory in a long multiplication");
}

/* Repacks limbs in digits: bit streams of 64 and MP_DIGIT_BIT bits a step. */
static void to_mp(mp_int *to, const uint64_t *a, size_t n) {
    size_t digits = (n * 64 + MP_DIGIT_BIT - 1) / MP_DIGIT_BIT;
    require(mp_init_size(to, (int)digits + 1));
    unsigned __int128 pending = 0;
    unsigned bits = 0;
    size_t next = 0;
    for (size_t i = 0; i < digits; i++) {
        if (bits < MP_DIGIT_BIT && next < n) {
            pending |= (unsigned __int128)a[next++] << bits;
            bits += 64;
        }
        to->dp[i] = (mp_digit)pending & DIGIT_MASK;
        pending >>= MP_DIGIT_BIT;
        bits -= bits < MP_DIGIT_BIT ? bits : MP_DIGIT_BIT;
    }
    to->used = (int)digits;
    to->sign = MP_ZPOS;
    mp_clamp(to);
}

static void from_mp(uint64_t *r, size_t n, const mp_int *from) {
    unsigned __int128 pending = 0;
    unsigned bits = 0;
    int next = 0;
    for (size_t i = 0; i < n; i++) {
        while (bits < 64 && next < from->used) {
            pending |= (unsigned __int128)from->dp[next++] << bits;
            bits += MP_DIGIT_BIT;
        }
        r[i] = (uint64_t)pending;
        pending >>= 64;
        bits -= bits < 64 ? bits : 64;
    }
}

/* Both operands of about one length. */
static void mul_even(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn) {
    mp_int x, y, z;
    to_mp(&x, a, an);
    require(mp_init(&z));
    if (a == b && an == bn) {
        require(mp_sqr(&x, &z));
    } else {
        to_mp(&y, b, bn);
        require(mp_mul(&x, &y, &z));
        mp_clear(&y);
    }
    from_mp(r, an + bn, &z);
    mp_clear(&x);
    mp_clear(&z);
}

void brc_limbs_mul_large(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn) {
    if (an < 2 * bn) {
        mul_even(r, a, an, b, bn);
        return;
    }
    /* A long operand is cut in pieces as long as the short one. */
    uint64_t *part = brc_limbs_scratch(2 * bn);
    memset(r, 0, (an + bn) * sizeof *r);
    for (size_t at = 0; at < an; at += bn) {
        size_t n = an - at < bn ? an - at : bn;
        brc_limbs_mul(part, a + at, n, b, bn);
        brc_limbs_add(r + at, r + at, an + bn - at, part, n + bn);
    }
    free(part);
}

/* r -= q * b where q has qn limbs and a top limb of qtop (0 or 1); r has rn >= qn + bn limbs. Gives
 * how often it went below zero. */
static int sub_product(uint64_t *r, size_t rn, const uint64_t *q, size_t qn, uint64_t qtop,
                       const uint64_t *b, size_t bn, uint64_t *tmp) {
    brc_limbs_mul(tmp, q, qn, b, bn);
    int below = (int)brc_limbs_sub(r, r, rn, tmp, qn + bn);
    if (qtop) below += (int)brc_limbs_sub(r + qn, r + qn, rn - qn, b, bn);
    return below;
}

/* Takes one off a quotient while what is left is negative, adding the divisor back. */
static uint64_t correct(uint64_t *q, size_t qn, uint64_t qtop, uint64_t *r, const uint64_t *b,
                        size_t bn, int below) {
    static const uint64_t one[1] = {1};
    while (below > 0) {
        qtop -= brc_limbs_sub(q, q, qn, one, 1);
        below -= (int)brc_limbs_add(r, r, bn, b, bn);
    }
    return qtop;
}

/* m <= bn. tmp has bn + 1 limbs or more. */
static uint64_t div_recursive(uint64_t *q, uint64_t *a, size_t m, const uint64_t *b, size_t bn,
                              uint64_t *tmp) {
    if (m < BRC_LIMBS_DIV_LARGE) return brc_limbs_div_school(q, a, m, b, bn);
    size_t k = m / 2;
    uint64_t top = div_recursive(q + k, a + 2 * k, m - k, b + k, bn - k, tmp);
    int below = sub_product(a + k, bn, q + k, m - k, top, b, k, tmp);
    top = correct(q + k, m - k, top, a + k, b, bn, below);
    uint64_t mid = div_recursive(q, a + k, k, b + k, bn - k, tmp);
    below = sub_product(a, bn, q, k, mid, b, k, tmp);
    correct(q, k, mid, a, b, bn, below);
    return top;
}

uint64_t brc_limbs_div_large(uint64_t *q, uint64_t *a, size_t m, const uint64_t *b, size_t bn) {
    uint64_t *tmp = brc_limbs_scratch(2 * bn), top = 0;
    size_t left = m, step = m % bn ? m % bn : bn;
    while (left > 0) {
        uint64_t t = div_recursive(q + left - step, a + left - step, step, b, bn, tmp);
        if (left == m) top = t;
        left -= step;
        step = bn;
    }
    free(tmp);
    return top;
}
