/* limbs_text.c: natural numbers to digits and back. Bases that are powers of two move bits; others
 * cut the number in halves at a power of the base, and the halves again, until pieces are
 * short enough to be done limb by limb: so the cost is that of multiplication and division. */
#include "term/limbs.h"
#include <stdlib.h>
#include <string.h>

enum { PIECE = 40 }; /* limbs: below this, one limb's worth of digits at a time */

/* The largest power of the base in one limb, and its exponent. */
static uint64_t limb_power(unsigned base, unsigned *digits) {
    uint64_t power = base;
    unsigned n = 1;
    while (power <= UINT64_MAX / base)
        power *= base, n++;
    *digits = n;
    return power;
}

/* Digits that one limb holds at most, times the limbs. */
size_t brc_limbs_text_room(size_t n, unsigned base) {
    unsigned digits;
    limb_power(base, &digits);
    return n * (digits + 1) + 1;
}

size_t brc_limbs_value_room(size_t len, unsigned base) {
    unsigned bits = 64 - (unsigned)__builtin_clzll(base - 1);
    return len / 64 * bits + len % 64 * bits / 64 + 2;
}

static char digit_char(uint64_t d) {
    return (char)(d < 10 ? '0' + d : 'A' + (d - 10));
}

/* One limb; `least` digits, zeros in front. */
static char *limb_text(uint64_t v, unsigned base, char *end, unsigned least) {
    char *stop = end - least;
    if (base == 10) {
        for (; v; v /= 10)
            *--end = (char)('0' + v % 10);
    } else {
        for (; v; v /= base)
            *--end = digit_char(v % base);
    }
    while (end > stop)
        *--end = '0';
    return end;
}

static char *bits_text(const uint64_t *a, size_t n, unsigned shift, char *end) {
    uint64_t bits = brc_limbs_bits(a, n), mask = (UINT64_C(1) << shift) - 1;
    for (uint64_t at = 0; at < bits; at += shift) {
        size_t i = (size_t)(at / 64);
        unsigned off = (unsigned)(at % 64);
        uint64_t d = a[i] >> off;
        if (off + shift > 64 && i + 1 < n) d |= a[i + 1] << (64 - off);
        *--end = digit_char(d & mask);
    }
    return end;
}

/* base^(digits of a limb * 2^i) for each level i. */
typedef struct Powers {
    uint64_t *limbs[48];
    size_t length[48];
    size_t digits[48];
    int count;
} Powers;

static void powers_begin(Powers *t, unsigned base) {
    unsigned digits;
    t->limbs[0] = brc_limbs_scratch(1);
    t->limbs[0][0] = limb_power(base, &digits);
    t->length[0] = 1;
    t->digits[0] = digits;
    t->count = 1;
}

static void powers_grow(Powers *t) {
    int i = t->count++;
    const uint64_t *half = t->limbs[i - 1];
    size_t n = t->length[i - 1];
    t->limbs[i] = brc_limbs_scratch(2 * n);
    brc_limbs_mul(t->limbs[i], half, n, half, n);
    t->length[i] = brc_limbs_length(t->limbs[i], 2 * n);
    t->digits[i] = 2 * t->digits[i - 1];
}

static void powers_end(Powers *t) {
    while (t->count > 0)
        free(t->limbs[--t->count]);
}

/* Spoils a. `least` digits at least. */
static char *piece_text(uint64_t *a, size_t n, unsigned base, const Powers *t, char *end,
                        size_t least) {
    char *stop = end - least;
    unsigned digits = (unsigned)t->digits[0];
    n = brc_limbs_length(a, n);
    while (n > 1) {
        uint64_t low = brc_limbs_div1(a, a, n, t->limbs[0][0]);
        end = limb_text(low, base, end, digits);
        n = brc_limbs_length(a, n);
    }
    if (n == 1) end = limb_text(a[0], base, end, 0);
    while (end > stop)
        *--end = '0';
    return end;
}

/* Recursion as deep as the powers are many. Spoils a. */
static char *halves_text(uint64_t *a, size_t n, unsigned base, const Powers *t, int level,
                         char *end, size_t least) {
    n = brc_limbs_length(a, n);
    while (level >= 0 && brc_limbs_compare(a, n, t->limbs[level], t->length[level]) < 0)
        level--;
    if (n < PIECE || level < 0) return piece_text(a, n, base, t, end, least);
    size_t bn = t->length[level];
    uint64_t *q = brc_limbs_scratch(n + 2), *r = q + (n - bn + 1);
    brc_limbs_divrem(q, r, a, n, t->limbs[level], bn);
    char *mid = end - t->digits[level];
    halves_text(r, bn, base, t, level - 1, end, t->digits[level]);
    size_t rest = least > t->digits[level] ? least - t->digits[level] : 0;
    char *start = halves_text(q, n - bn + 1, base, t, level, mid, rest);
    free(q);
    return start;
}

char *brc_limbs_to_text(const uint64_t *a, size_t n, unsigned base, char *buf, size_t room) {
    char *end = buf + room;
    n = brc_limbs_length(a, n);
    if (n == 0) return limb_text(0, base, end, 1);
    if (n == 1) return limb_text(a[0], base, end, 1);
    if ((base & (base - 1)) == 0) return bits_text(a, n, (unsigned)__builtin_ctz(base), end);
    Powers t;
    powers_begin(&t, base);
    while (n >= PIECE && t.length[t.count - 1] * 2 <= n + 1)
        powers_grow(&t);
    uint64_t *copy = brc_limbs_scratch(n);
    memcpy(copy, a, n * sizeof *copy);
    char *start = halves_text(copy, n, base, &t, t.count - 1, end, 1);
    free(copy);
    powers_end(&t);
    return start;
}

/* ---- from digits ---- */

static size_t piece_value(uint64_t *r, const uint8_t *d, size_t len, unsigned base,
                          const Powers *t) {
    size_t n = 0, step = len % t->digits[0];
    if (step == 0) step = t->digits[0];
    for (size_t at = 0; at < len; at += step, step = t->digits[0]) {
        uint64_t v = 0;
        for (size_t i = 0; i < step; i++)
            v = v * base + d[at + i];
        uint64_t top = brc_limbs_mul1(r, r, n, t->limbs[0][0], v);
        if (top) r[n++] = top;
    }
    return n;
}

static size_t halves_value(uint64_t *r, const uint8_t *d, size_t len, unsigned base,
                           const Powers *t, int level) {
    while (level >= 0 && t->digits[level] >= len)
        level--;
    if (level < 0 || len <= PIECE * t->digits[0]) return piece_value(r, d, len, base, t);
    size_t low_len = t->digits[level], pn = t->length[level];
    uint64_t *high = brc_limbs_scratch(brc_limbs_value_room(len - low_len, base) +
                                       brc_limbs_value_room(low_len, base));
    uint64_t *low = high + brc_limbs_value_room(len - low_len, base);
    size_t hn = halves_value(high, d, len - low_len, base, t, level);
    size_t ln = halves_value(low, d + (len - low_len), low_len, base, t, level - 1);
    /* low is below the power; r may be one limb shorter than the product's room. */
    uint64_t *sum = brc_limbs_scratch(hn + pn);
    brc_limbs_mul(sum, high, hn, t->limbs[level], pn);
    brc_limbs_add(sum, sum, hn + pn, low, ln);
    size_t n = brc_limbs_length(sum, hn + pn);
    memcpy(r, sum, n * sizeof *r);
    free(sum);
    free(high);
    return n;
}

size_t brc_limbs_from_digits(uint64_t *r, const uint8_t *digits, size_t len, unsigned base) {
    while (len > 0 && digits[0] == 0)
        digits++, len--;
    if (len == 0) return 0;
    Powers t;
    powers_begin(&t, base);
    while (len > PIECE * t.digits[0] && t.digits[t.count - 1] * 2 < len)
        powers_grow(&t);
    size_t n = halves_value(r, digits, len, base, &t, t.count - 1);
    powers_end(&t);
    return n;
}
