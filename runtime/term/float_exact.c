/* float_exact.c: a double as m * 2^e is a whole number m * 2^e, or m * 5^-e with -e decimals:
 * worked out in words of nine digits. */
#include "term/float_exact.h"
#include <stdbool.h>
#include <string.h>

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

/* The value as whole words; gives their number, and that of the decimals among the digits. */
static int expand(double d, uint32_t *words, int *decimals) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    int e = (int)(bits >> 52 & 0x7FF);
    uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
    if (e) m |= UINT64_C(1) << 52;
    if (!m) return 0;
    e += (e ? 0 : 1) - 1075 + __builtin_ctzll(m);
    m >>= __builtin_ctzll(m);
    int n = 0;
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

void brc_term_float_round(double d, int keep, FloatDigits *to) {
    digits_of(d, to);
    round_to(to, keep);
}

void brc_term_float_round_behind(double d, int keep, FloatDigits *to) {
    digits_of(d, to);
    round_to(to, to->point + keep);
}
