/* float_read.c: the double nearest to a decimal number w * 10^k.
 *
 * Few digits and a small k: one operation on doubles, which is exact but for its own rounding. Else
 * w times a power of ten of 128 bits, known to less than one unit, and its bounds: where both ends
 * round to one double, that is it. Else exactly, in limbs; 800 digits tell on which side of the
 * middle between two doubles a number lies, given one more for those behind. */
#include "term/float_exact.h"
#include "term/float_short.h"
#include "term/limbs.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef unsigned __int128 Wide;

enum { DIGITS = 800, LIMBS = 192, FAR = 100000 };

typedef struct Number {
    uint64_t w; /* the first 19 digits */
    int k;
    bool more; /* digits that are not zero behind those */
    const char *first;
    int n, point; /* all digits from the first that is not 0, and how many are before the point */
} Number;

/* top (its first bit set, or 0) times 2^e, and a bit more where `rest`. */
static double assemble(uint64_t top, bool rest, int e) {
    int high = e + 63, drop = high < -1022 ? 11 - 1022 - high : 11;
    if (top == 0 || drop > 64) return 0;
    if (high > 1023) return INFINITY;
    uint64_t m = drop < 64 ? top >> drop : 0, half = UINT64_C(1) << 63;
    uint64_t behind = drop < 64 ? top << (64 - drop) : top;
    m += behind > half || (behind == half && (rest || (m & 1)));
    uint64_t bits = drop > 11 ? m : ((uint64_t)(high + 1022) << 52) + m;
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* w * g * 2^e */
static double scaled(uint64_t w, Wide g, int e) {
    if (w == 0) return 0;
    Wide low = (Wide)(uint64_t)g * w, high = (Wide)(uint64_t)(g >> 64) * w + (uint64_t)(low >> 64);
    int zeros = high >> 64 ? __builtin_clzll((uint64_t)(high >> 64))
                           : 64 + (high ? __builtin_clzll((uint64_t)high) : 64);
    Wide top = high << zeros | (zeros ? (uint64_t)low >> (64 - zeros) : 0);
    bool rest = (uint64_t)top != 0 || (uint64_t)low << zeros != 0;
    return assemble((uint64_t)(top >> 64), rest, e + 128 - zeros);
}

static int floor_log2_power10(int k) {
    return (k * 1741647) >> 19;
}

/* ---- exactly ---- */

static size_t multiply(uint64_t *a, size_t n, uint64_t by, uint64_t add) {
    uint64_t top = brc_limbs_mul1(a, a, n, by, add);
    if (top) a[n++] = top;
    return n;
}

static size_t read_digits(const Number *v, uint64_t *to, int *used) {
    size_t n = 0;
    bool rest = false;
    *used = 0;
    const char *at = v->first;
    for (int i = 0; i < v->n; at++) {
        if (*at == '.') continue;
        i++;
        if (*used < DIGITS)
            n = multiply(to, n, 10, (uint64_t)(*at - '0')), ++*used;
        else
            rest |= *at != '0';
    }
    if (rest) n = multiply(to, n, 10, 1), ++*used;
    return n;
}

/* The first 64 bits of a. */
static uint64_t top_bits(const uint64_t *a, size_t n, bool *rest, int *e) {
    unsigned zeros = (unsigned)__builtin_clzll(a[n - 1]);
    uint64_t below = n > 1 ? a[n - 2] : 0;
    uint64_t top = zeros ? a[n - 1] << zeros | below >> (64 - zeros) : a[n - 1];
    if (n > 1 && below << zeros) *rest = true;
    for (size_t i = 0; i + 2 < n && !*rest; i++)
        *rest = a[i] != 0;
    *e += (int)(64 * (n - 1)) - (int)zeros;
    return top;
}

static double exactly(const Number *v) {
    uint64_t a[LIMBS] = {0}, b[LIMBS] = {1}, q[LIMBS], r[LIMBS];
    int used, e = 0;
    size_t n = read_digits(v, a, &used), m = 1;
    int k = v->point - used;
    bool rest = false;
    for (int i = 0; i < k; i++)
        n = multiply(a, n, 10, 0);
    if (k >= 0) return assemble(top_bits(a, n, &rest, &e), rest, e);
    for (int i = 0; i > k; i--)
        m = multiply(b, m, 10, 0);
    size_t shift = m + 2 > n ? m + 2 - n : 0; /* so that the quotient has 64 bits and more */
    memmove(a + shift, a, n * sizeof *a);
    memset(a, 0, shift * sizeof *a);
    n += shift;
    e = -(int)(64 * shift);
    brc_limbs_divrem(q, r, a, n, b, m);
    for (size_t i = 0; i < m && !rest; i++)
        rest = r[i] != 0;
    size_t size = n - m + 1;
    while (size > 0 && q[size - 1] == 0)
        size--;
    return assemble(top_bits(q, size, &rest, &e), rest, e);
}

/* ---- from text ---- */

static int read_exponent(const char *at) {
    bool is_negative = *at == '-';
    int n = 0;
    if (*at == '-' || *at == '+') at++;
    for (; *at >= '0' && *at <= '9'; at++)
        n = n < FAR ? n * 10 + (*at - '0') : FAR;
    return is_negative ? -n : n;
}

static Number read_number(const char *at) {
    Number v = {.first = NULL};
    bool behind = false;
    int kept = 0;
    for (; (*at >= '0' && *at <= '9') || *at == '.'; at++) {
        if (*at == '.') {
            behind = true;
            continue;
        }
        if (!v.first && *at == '0') {
            v.point -= behind;
            continue;
        }
        if (!v.first) v.first = at;
        v.n++;
        v.point += !behind;
        if (kept < 19)
            v.w = v.w * 10 + (uint64_t)(*at - '0'), kept++;
        else
            v.more |= *at != '0';
    }
    if (*at == 'e' || *at == 'E') v.point += read_exponent(at + 1);
    v.k = v.point - kept;
    return v;
}

static double nearest(const Number *v) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (v->w == 0 || v->point < -330) return 0;
    if (v->point > 310) return INFINITY;
    int k = v->k;
    uint64_t whole = v->w;
    for (; !v->more && k < 0 && whole % 10 == 0; k++)
        whole /= 10;
    if (!v->more && k == 0) return (double)whole; /* rounded by the processor */
    k = v->k;
    if (!v->more && v->w <= UINT64_C(1) << 53 && k >= -22 && k <= 22)
        return k < 0 ? (double)v->w / powers[-k] : (double)v->w * powers[k];
    if (k >= BRC_FLOAT_POWER_LEAST && k <= BRC_FLOAT_POWER_MOST) {
        Wide g = brc_term_float_power10(k);
        int e = floor_log2_power10(k) - 127;
        double least = scaled(v->w, g - 1, e), most = scaled(v->w + v->more, g, e);
        if (least == most) return least;
    }
    return exactly(v);
}

double brc_term_float_nearest(const char *text) {
    bool is_negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    Number v = read_number(text);
    double d = nearest(&v);
    return is_negative ? -d : d;
}
