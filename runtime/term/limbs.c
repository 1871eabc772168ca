/* limbs.c: adding, shifting, multiplying and dividing natural numbers by the schoolbook methods
 * (Knuth, The Art of Computer Programming, volume 2, 4.3.1). Division uses a precomputed inverse
 * of the top limb instead of the slow 128-bit divide (Möller and Granlund, "Improved division by
 * invariant integers", 2011). What is larger than the limits here goes to limbs_large.c. */
#include "term/limbs.h"
#include "term/limbs_large.h"
#include "base/panic.h"
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 Wide;

uint64_t *brc_limbs_scratch(size_t n) {
    uint64_t *s = malloc((n ? n : 1) * sizeof *s);
    if (!s) brc_base_panic("out of memory for an integer of %zu words", n);
    return s;
}

size_t brc_limbs_length(const uint64_t *a, size_t n) {
    while (n > 0 && a[n - 1] == 0)
        n--;
    return n;
}

uint64_t brc_limbs_bits(const uint64_t *a, size_t n) {
    n = brc_limbs_length(a, n);
    return n == 0 ? 0 : (uint64_t)n * 64 - (uint64_t)__builtin_clzll(a[n - 1]);
}

int brc_limbs_compare(const uint64_t *a, size_t an, const uint64_t *b, size_t bn) {
    if (an != bn) return an < bn ? -1 : 1;
    while (an-- > 0) {
        if (a[an] != b[an]) return a[an] < b[an] ? -1 : 1;
    }
    return 0;
}

uint64_t brc_limbs_add(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn) {
    unsigned long long carry = 0;
    size_t i = 0;
    for (; i < bn; i++)
        r[i] = __builtin_addcll(a[i], b[i], carry, &carry);
    for (; i < an && carry; i++)
        r[i] = __builtin_addcll(a[i], 0, carry, &carry);
    if (r != a && i < an) memmove(r + i, a + i, (an - i) * sizeof *r);
    return carry;
}

uint64_t brc_limbs_sub(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn) {
    unsigned long long borrow = 0;
    size_t i = 0;
    for (; i < bn; i++)
        r[i] = __builtin_subcll(a[i], b[i], borrow, &borrow);
    for (; i < an && borrow; i++)
        r[i] = __builtin_subcll(a[i], 0, borrow, &borrow);
    if (r != a && i < an) memmove(r + i, a + i, (an - i) * sizeof *r);
    return borrow;
}

uint64_t brc_limbs_mul1(uint64_t *r, const uint64_t *a, size_t n, uint64_t m, uint64_t add) {
    for (size_t i = 0; i < n; i++) {
        Wide w = (Wide)a[i] * m + add;
        r[i] = (uint64_t)w;
        add = (uint64_t)(w >> 64);
    }
    return add;
}

/* r += a * m in n limbs; gives the limb above. */
static uint64_t add_mul1(uint64_t *r, const uint64_t *a, size_t n, uint64_t m) {
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        Wide w = (Wide)a[i] * m + r[i] + carry;
        r[i] = (uint64_t)w;
        carry = (uint64_t)(w >> 64);
    }
    return carry;
}

/* r -= a * m in n limbs; gives what is missing above. */
static uint64_t sub_mul1(uint64_t *r, const uint64_t *a, size_t n, uint64_t m) {
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        Wide w = (Wide)a[i] * m + carry;
        uint64_t low = (uint64_t)w;
        carry = (uint64_t)(w >> 64) + (r[i] < low);
        r[i] -= low;
    }
    return carry;
}

void brc_limbs_mul(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn) {
    if (an < bn) {
        const uint64_t *swap = a;
        a = b, b = swap;
        size_t n = an;
        an = bn, bn = n;
    }
    if (bn >= BRC_LIMBS_MUL_LARGE) {
        brc_limbs_mul_large(r, a, an, b, bn);
        return;
    }
    if (bn == 0) {
        memset(r, 0, an * sizeof *r);
        return;
    }
    r[an] = brc_limbs_mul1(r, a, an, b[0], 0);
    for (size_t j = 1; j < bn; j++)
        r[an + j] = add_mul1(r + j, a, an, b[j]);
}

uint64_t brc_limbs_shl(uint64_t *r, const uint64_t *a, size_t n, unsigned bits) {
    if (bits == 0) {
        if (r != a) memmove(r, a, n * sizeof *r);
        return 0;
    }
    uint64_t out = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t limb = a[i];
        r[i] = limb << bits | out;
        out = limb >> (64 - bits);
    }
    return out;
}

void brc_limbs_shr(uint64_t *r, const uint64_t *a, size_t n, unsigned bits) {
    if (bits == 0) {
        if (r != a) memmove(r, a, n * sizeof *r);
        return;
    }
    for (size_t i = 0; i + 1 < n; i++)
        r[i] = a[i] >> bits | a[i + 1] << (64 - bits);
    if (n > 0) r[n - 1] = a[n - 1] >> bits;
}

/* ---- division ---- */

/* floor((2^128 - 1) / d) - 2^64, for d with its top bit set. */
static uint64_t inverse(uint64_t d) {
    return (uint64_t)((((Wide)~d << 64) | UINT64_MAX) / d);
}

/* (u1, u0) / d for u1 < d, top bit of d set; v is inverse(d). */
static inline uint64_t div_2by1(uint64_t u1, uint64_t u0, uint64_t d, uint64_t v, uint64_t *r) {
    Wide q = (Wide)v * u1 + (((Wide)u1 << 64) | u0);
    uint64_t q1 = (uint64_t)(q >> 64) + 1;
    uint64_t rest = u0 - q1 * d;
    if (rest > (uint64_t)q) q1--, rest += d;
    if (rest >= d) q1++, rest -= d;
    *r = rest;
    return q1;
}

uint64_t brc_limbs_div1(uint64_t *q, const uint64_t *a, size_t n, uint64_t d) {
    if (n == 1) { /* the usual case needs no inverse */
        uint64_t rest = a[0] % d;
        q[0] = a[0] / d;
        return rest;
    }
    unsigned s = (unsigned)__builtin_clzll(d);
    d <<= s;
    uint64_t v = inverse(d), rest = 0;
    if (n > 0 && s > 0) rest = a[n - 1] >> (64 - s);
    for (size_t i = n; i-- > 0;) {
        uint64_t low = a[i] << s;
        if (s > 0 && i > 0) low |= a[i - 1] >> (64 - s);
        q[i] = div_2by1(rest, low, d, v, &rest);
    }
    return rest >> s;
}

/* Knuth's algorithm D: a (bn + m limbs) by b (bn >= 2 limbs, top bit set). The quotient's low m
 * limbs go to q, its top one (0 or 1) is given back, the remainder stays in a's low bn limbs. */
uint64_t brc_limbs_div_school(uint64_t *q, uint64_t *a, size_t m, const uint64_t *b, size_t bn) {
    uint64_t d1 = b[bn - 1], d0 = b[bn - 2], v = inverse(d1), top = 0;
    if (brc_limbs_compare(a + m, bn, b, bn) >= 0) {
        top = 1;
        brc_limbs_sub(a + m, a + m, bn, b, bn);
    }
    for (size_t j = m; j-- > 0;) {
        uint64_t *u = a + j, guess, rest;
        bool sure = false;
        if (u[bn] >= d1) { /* equal: the guess is the largest limb */
            guess = UINT64_MAX;
            rest = u[bn - 1] + d1;
            sure = rest < d1;
        } else {
            guess = div_2by1(u[bn], u[bn - 1], d1, v, &rest);
        }
        while (!sure && (Wide)guess * d0 > (((Wide)rest << 64) | u[bn - 2])) {
            guess--;
            rest += d1;
            sure = rest < d1;
        }
        uint64_t missing = sub_mul1(u, b, bn, guess);
        uint64_t below = u[bn] < missing;
        u[bn] -= missing;
        if (below) {
            guess--;
            u[bn] += brc_limbs_add(u, u, bn, b, bn);
        }
        q[j] = guess;
    }
    return top;
}

void brc_limbs_divrem(uint64_t *q, uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b,
                      size_t bn) {
    uint64_t *own_q = q ? q : brc_limbs_scratch(an - bn + 1);
    if (bn == 1) {
        uint64_t rest = brc_limbs_div1(own_q, a, an, b[0]);
        if (r) r[0] = rest;
    } else {
        unsigned s = (unsigned)__builtin_clzll(b[bn - 1]);
        uint64_t *tmp = brc_limbs_scratch(an + 1 + bn), *d = tmp + an + 1;
        tmp[an] = brc_limbs_shl(tmp, a, an, s);
        brc_limbs_shl(d, b, bn, s);
        /* One limb above the dividend makes the quotient's top limb 0. */
        if (bn >= BRC_LIMBS_DIV_LARGE && an - bn >= BRC_LIMBS_DIV_LARGE) {
            brc_limbs_div_large(own_q, tmp, an - bn + 1, d, bn);
        } else {
            brc_limbs_div_school(own_q, tmp, an - bn + 1, d, bn);
        }
        if (r) brc_limbs_shr(r, tmp, bn, s);
        free(tmp);
    }
    if (!q) free(own_q);
}
