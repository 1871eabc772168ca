/* float_exact.c: a double as m * 2^e is a whole number m * 2^e, or m * 5^-e with -e decimals:
 * worked out in words of nine digits.
 *
 * Where few digits are wanted, they come from m times a power of ten of 128 bits, known to less
 * than one unit, unless what is not known decides how they are rounded. */
#include "term/float_exact.h"
#include "term/float_short.h"
#include <stdbool.h>
#include <string.h>

typedef unsigned __int128 Wide;

#define WORD 1000000000u
enum { WORDS = 96 }; /* least first */

static int multiply(uint32_t *words, int n, uint32_t by) {
    uint64_t carry = 0;
    for (int i = 0; i < n; i++) {
        carry += (uint64_t)words[i] * by;
        words[i] = (uint32_t)(carry % WORD);
        carry /= WORD;
    }
    for (; carry; carry /= WORD)
        words[n++] = (uint32_t)(carry % WORD);
    return n;
}

/* m * 2^e, m odd or 0. */
static uint64_t take_apart(double d, int *e) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    int biased = (int)(bits >> 52 & 0x7FF);
    uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
    if (biased) m |= UINT64_C(1) << 52;
    if (!m) return 0;
    *e = biased + (biased ? 0 : 1) - 1075 + __builtin_ctzll(m);
    return m >> __builtin_ctzll(m);
}

/* The value as whole words; gives their number, and that of the decimals among the digits. */
static int expand(double d, uint32_t *words, int *decimals) {
    int e = 0, n = 0;
    uint64_t m = take_apart(d, &e);
    for (; m; m /= WORD)
        words[n++] = (uint32_t)(m % WORD);
    for (; e >= 29; e -= 29)
        n = multiply(words, n, 1u << 29);
    if (e > 0) n = multiply(words, n, 1u << e);
    *decimals = e < 0 ? -e : 0;
    for (; e <= -13; e += 13)
        n = multiply(words, n, 1220703125); /* 5^13 */
    uint32_t five = 1;
    for (; e < 0; e++)
        five *= 5;
    return multiply(words, n, five);
}

static void digits_of(double d, FloatDigits *to) {
    uint32_t words[WORDS];
    int decimals = 0, n = expand(d, words, &decimals), used = 0;
    for (int i = n; i-- > 0; used += 9) {
        uint32_t w = words[i];
        for (int k = 9; k-- > 0; w /= 10)
            to->d[used + k] = (char)('0' + w % 10);
    }
    int zeros = 0; /* in front */
    while (zeros < used && to->d[zeros] == '0')
        zeros++;
    to->n = used - zeros;
    memmove(to->d, to->d + zeros, (size_t)to->n);
    to->point = to->n - decimals;
}

/* Whether what is behind the first `keep` digits rounds them up. */
static bool rounds_up(const FloatDigits *f, int keep) {
    if (f->d[keep] != '5') return f->d[keep] > '5';
    for (int i = keep + 1; i < f->n; i++)
        if (f->d[i] != '0') return true;
    return keep > 0 && (f->d[keep - 1] & 1);
}

static void round_to(FloatDigits *f, int keep) {
    if (keep >= f->n) return;
    bool up = keep >= 0 && rounds_up(f, keep);
    f->n = keep < 0 ? 0 : keep;
    if (!up) return;
    while (f->n > 0 && f->d[f->n - 1] == '9')
        f->n--;
    if (f->n > 0) {
        f->d[f->n - 1]++;
    } else {
        f->d[0] = '1';
        f->n = 1;
        f->point++;
    }
}

/* ---- few digits ---- */

enum { FEW = 34 };

/* n * 2^-cut, rounded; halves up. */
static Wide without_bits(Wide n, unsigned cut) {
    return (n >> cut) + (n >> (cut - 1) & 1);
}

/* Written from the last one on; gives their number. */
static int write_digits(Wide n, char *end) {
    char *at = end;
    while (n > 0) {
        Wide rest = n / 10000000000000000000u;
        uint64_t low = (uint64_t)(n - rest * 10000000000000000000u);
        for (int i = 0; i < 19 && (rest > 0 || low > 0); i++, low /= 10)
            *--at = (char)('0' + low % 10);
        n = rest;
    }
    return (int)(end - at);
}

static bool is_power_of_ten(const char *digits, int n) {
    for (int i = 1; i < n; i++)
        if (digits[i] != '0') return false;
    return digits[0] == '1';
}

/* d in `keep` digits, d below 10^point; false: not certain. */
static bool round_below(uint64_t m, int e, int keep, int point, FloatDigits *to) {
    int p = keep - point;
    if (p < BRC_FLOAT_POWER_LEAST || p > BRC_FLOAT_POWER_MOST) return false;
    Wide g = brc_term_float_power10(p), low = (Wide)(uint64_t)g * m;
    Wide high =
        (Wide)(uint64_t)(g >> 64) * m + (uint64_t)(low >> 64); /* of 192 bits, the first 128 */
    int cut = 127 - e - ((p * 1741647) >> 19) - 64;
    if (cut <= 0 || cut >= 128) return false;
    Wide most = without_bits(high, (unsigned)cut);
    if (most != without_bits(high - ((uint64_t)low < m), (unsigned)cut)) return false;
    char text[48], *end = text + sizeof text;
    to->n = write_digits(most, end);
    to->point = point + to->n - keep;
    memcpy(to->d, end - to->n, (size_t)to->n);
    return true;
}

static bool round_quickly(double d, int keep, FloatDigits *to) {
    int e = 0;
    uint64_t m = take_apart(d, &e);
    if (m == 0 || keep < 1 || keep > FEW) return false;
    e -= __builtin_clzll(m);
    m <<= __builtin_clzll(m);
    int point = (((63 + e) * 1262611) >> 22) + 1; /* or one more */
    if (!round_below(m, e, keep, point, to)) return false;
    if (to->n <= keep || is_power_of_ten(to->d, to->n)) return true;
    return round_below(m, e, keep, point + 1, to);
}

void brc_term_float_round(double d, int keep, FloatDigits *to) {
    if (round_quickly(d, keep, to)) return;
    digits_of(d, to);
    round_to(to, keep);
}

void brc_term_float_round_behind(double d, int keep, FloatDigits *to) {
    digits_of(d, to);
    round_to(to, to->point + keep);
}
