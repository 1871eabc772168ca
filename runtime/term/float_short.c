/* float_short.c: the fewest decimal digits of a double, by Schubfach (Raffaello Giulietti, "The
 * Schubfach way to render doubles", 2021): the double and the ends of its rounding interval are
 * scaled by a power of ten, in 128 bits, such that at most one multiple of ten and few integers
 * lie within; the bits lost in scaling are kept as one odd bit, which is enough to compare by.
 *
 * The 617 powers of ten are worked out when first needed, each by itself. */
#include "term/float_short.h"
#include "term/limbs.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

typedef unsigned __int128 Wide;

enum { POWER_LIMBS = 20 };

typedef struct Power {
    _Atomic(uint64_t) high; /* top bit set once made; released after low, pairs with power10 */
    _Atomic(uint64_t) low;
} Power;
static Power powers[BRC_FLOAT_POWER_MOST - BRC_FLOAT_POWER_LEAST + 1];

static size_t power_limbs(uint64_t *to, unsigned exponent) { /* 10^exponent */
    size_t n = 1;
    to[0] = 1;
    while (exponent-- > 0) {
        uint64_t top = brc_limbs_mul1(to, to, n, 10, 0);
        if (top) to[n++] = top;
    }
    return n;
}

/* The first 128 bits of a number, rounded up. */
static Wide leading_bits(const uint64_t *a, size_t n) {
    uint64_t bits = brc_limbs_bits(a, n), copy[POWER_LIMBS + 2] = {0};
    memcpy(copy + 2, a, n * sizeof *a);     /* two limbs below, so that there are 128 bits */
    uint64_t drop = bits, limb = drop / 64; /* bits + 128 in all; the last 128 stay */
    unsigned shift = (unsigned)(drop % 64);
    bool lost = shift > 0 && copy[limb] << (64 - shift) != 0;
    for (uint64_t i = 0; i < limb && !lost; i++)
        lost = copy[i] != 0;
    brc_limbs_shr(copy + limb, copy + limb, n + 2 - limb, shift);
    return ((Wide)copy[limb + 1] << 64 | copy[limb]) + lost;
}

static Wide make_power(int k) {
    uint64_t ten[POWER_LIMBS], one[POWER_LIMBS] = {0}, q[POWER_LIMBS];
    size_t n = power_limbs(ten, (unsigned)(k < 0 ? -k : k));
    if (k >= 0) return leading_bits(ten, n);
    uint64_t bit = 127 + brc_limbs_bits(ten, n);
    size_t one_n = (size_t)(bit / 64) + 1;
    one[bit / 64] = UINT64_C(1) << bit % 64;
    brc_limbs_divrem(q, NULL, one, one_n, ten, n);
    return ((Wide)q[1] << 64 | q[0]) + 1;
}

Wide brc_term_float_power10(int k) {
    Power *p = &powers[k - BRC_FLOAT_POWER_LEAST];
    uint64_t high = atomic_load_explicit(&p->high, memory_order_acquire);
    if (high) return (Wide)high << 64 | atomic_load_explicit(&p->low, memory_order_relaxed);
    Wide w = make_power(k);
    atomic_store_explicit(&p->low, (uint64_t)w, memory_order_relaxed);
    atomic_store_explicit(&p->high, (uint64_t)(w >> 64), memory_order_release);
    return w;
}

/* floor(log2 10^e), floor(log10 2^e), floor(log10 (3/4 * 2^e)), for the exponents that occur. */
static int log2_of_power10(int e) {
    return (e * 1741647) >> 19;
}
static int log10_of_power2(int e) {
    return (e * 1262611) >> 22;
}
static int log10_of_3_4_power2(int e) {
    return (e * 1262611 - 524031) >> 22;
}

/* g * c / 2^128; the last bit is set where anything was cut off. */
static uint64_t scale(Wide g, uint64_t c) {
    Wide low = (Wide)(uint64_t)g * c, high = (Wide)(uint64_t)(g >> 64) * c + (low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

static Decimal choose(uint64_t c, int q, bool lower_closer) {
    bool odd = c & 1; /* an even double's interval includes its ends */
    int k = lower_closer ? log10_of_3_4_power2(q) : log10_of_power2(q);
    int h = q + log2_of_power10(-k) + 1;
    Wide g = brc_term_float_power10(-k);
    uint64_t lower = scale(g, (4 * c - 2 + lower_closer) << h) + odd;
    uint64_t value = scale(g, 4 * c << h);
    uint64_t upper = scale(g, (4 * c + 2) << h) - odd;
    uint64_t s = value / 4; /* all three are four times what they stand for */
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool down = lower <= 40 * tens, up = 40 * tens + 40 <= upper;
        if (down != up) return (Decimal){tens + up, k + 1};
    }
    bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
    if (down != up) return (Decimal){s + up, k};
    uint64_t middle = 4 * s + 2;
    return (Decimal){s + (value > middle || (value == middle && (s & 1))), k};
}

Decimal brc_term_float_shortest(double d) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    int biased = (int)(bits >> 52 & 0x7FF);
    uint64_t c = biased ? fraction | UINT64_C(1) << 52 : fraction;
    int q = (biased ? biased : 1) - 1075;
    Decimal out;
    if (q <= 0 && q > -53 && (c & ((UINT64_C(1) << -q) - 1)) == 0) {
        out = (Decimal){c >> -q, 0}; /* a whole number below 2^53 */
    } else {
        out = choose(c, q, fraction == 0 && biased > 1);
    }
    while (out.digits % 10 == 0)
        out.digits /= 10, out.exponent++;
    return out;
}
