/* float_text.c: floats to text and back: OTP's layouts around the exact digits of
 * term/float_exact.c and the shortest ones of term/float_short.c. */
#include "term/float_text.h"
#include "base/format.h"
#include "term/float_exact.h"
#include "term/float_short.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Digits from..to of those, as far as there are any, zeros else. */
static char *put_digits(char *at, const FloatDigits *f, int from, int to) {
    for (int i = from; i < to; i++)
        *at++ = i >= 0 && i < f->n ? f->d[i] : '0';
    return at;
}

size_t brc_term_float_scientific(double d, int decimals, char *buf) {
    FloatDigits f;
    char *at = buf, exponent[8];
    if (decimals < 0) decimals = 6; /* as C prints, and so stock */
    if (decimals > BRC_FLOAT_TEXT_ROOM) return 0;
    brc_term_float_round(d, decimals + 1, &f);
    int e = f.n > 0 ? f.point - 1 : 0;
    int n = brc_base_format(exponent, sizeof exponent, "e%c%02d", e < 0 ? '-' : '+', abs(e));
    if ((signbit(d) != 0) + 1 + (decimals > 0) + decimals + n >= BRC_FLOAT_TEXT_ROOM) return 0;
    if (signbit(d)) *at++ = '-';
    at = put_digits(at, &f, 0, 1);
    if (decimals > 0) *at++ = '.';
    at = put_digits(at, &f, 1, decimals + 1);
    memcpy(at, exponent, (size_t)n + 1);
    return (size_t)(at + n - buf);
}

/* ---- fixed ---- */

/* Drops zeros at the end, though not the one after the point. */
static size_t drop_zeros(const char *buf, size_t n) {
    while (n > 1 && buf[n - 1] == '0')
        n--;
    return buf[n - 1] == '.' ? n + 1 : n;
}

static char *put_whole(char *at, uint64_t n) {
    char digits[20];
    int count = 0;
    do
        digits[count++] = (char)('0' + n % 10);
    while (n /= 10);
    while (count > 0)
        *at++ = digits[--count];
    return at;
}

static int fixed_exactly(double d, int decimals, char *buf) {
    FloatDigits f;
    char *at = buf;
    if (decimals > BRC_FLOAT_TEXT_ROOM) return 0;
    brc_term_float_round_behind(d, decimals, &f);
    int whole = f.n > 0 && f.point > 0 ? f.point : 0;
    int n = (signbit(d) != 0) + (whole ? whole : 1) + (decimals > 0) + decimals;
    if (n >= BRC_FLOAT_TEXT_ROOM) return 0;
    if (signbit(d)) *at++ = '-';
    if (whole == 0) *at++ = '0';
    at = put_digits(at, &f, 0, whole);
    if (decimals > 0) *at++ = '.';
    int from = f.n > 0 ? f.point : 0;
    at = put_digits(at, &f, from, from + decimals);
    *at = 0;
    return n;
}

/* Large numbers and many decimals are printed exactly. All others are rounded in double
 * arithmetic, which can differ from exact rounding; programs see that difference, so it is kept. */
size_t brc_term_float_fixed(double d, int decimals, bool compact, char *buf) {
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    if (decimals < 0) return 0;
    double abs = fabs(d);
    int n;
    if (abs > 0x1p53 || decimals >= (int)(sizeof power / sizeof *power)) {
        n = fixed_exactly(d, decimals, buf);
        return compact && n ? drop_zeros(buf, (size_t)n) : (size_t)n;
    }
    const char *sign = signbit(d) ? "-" : "";
    if (decimals == 0)
        return (size_t)brc_base_format(buf, BRC_FLOAT_TEXT_ROOM, "%s%ld", sign, lround(abs));
    double whole = floor(abs), fraction = round((abs - whole) * power[decimals]);
    uint64_t int_part = (uint64_t)whole, frac_part = (uint64_t)fraction;
    if (fraction >= power[decimals]) int_part++, frac_part = 0;
    char *at = buf;
    if (signbit(d)) *at++ = '-';
    at = put_whole(at, int_part);
    *at++ = '.';
    for (int i = decimals; i-- > 0; frac_part /= 10)
        at[i] = (char)('0' + frac_part % 10);
    at[decimals] = 0;
    n = (int)(at - buf) + decimals;
    return compact ? drop_zeros(buf, (size_t)n) : (size_t)n;
}

/* ---- shortest ---- */

/* 0.d1d2d3... * 10^point, without zeros at the end. */
typedef struct Digits {
    char d[20];
    int n, point;
} Digits;

static void shortest(double d, Digits *out) {
    Decimal v = brc_term_float_shortest(d);
    char text[20], *at = text + sizeof text;
    for (uint64_t n = v.digits; n > 0; n /= 10)
        *--at = (char)('0' + n % 10);
    out->n = (int)(text + sizeof text - at);
    out->point = out->n + v.exponent;
    memcpy(out->d, at, (size_t)out->n);
}

/* OTP's choice: the form with fewer characters, save that whole numbers of 2^53 and more, which
 * have digits that are not exact, are never written out. */
static bool prefers_fixed(double abs, const Digits *g) {
    int exponent = g->point - g->n; /* of the last digit */
    if (exponent >= 0 && abs >= 0x1p53) return false;
    int least = g->n == 1 ? -4 : -(g->n + 2);
    int most = g->n == 1 || g->point - 1 >= 10 ? 2 : 1;
    return exponent >= least && exponent <= most;
}

size_t brc_term_float_short(double d, char *buf) {
    char *at = buf;
    if (signbit(d)) *at++ = '-';
    double abs = fabs(d);
    if (abs == 0) return (size_t)(stpcpy(at, "0.0") - buf);
    Digits g;
    shortest(abs, &g);
    if (!prefers_fixed(abs, &g)) {
        *at++ = g.d[0];
        *at++ = '.';
        at = mempcpy(at, g.n > 1 ? g.d + 1 : "0", g.n > 1 ? (size_t)g.n - 1 : 1);
        return (size_t)(at + brc_base_format(at, 8, "e%d", g.point - 1) - buf);
    }
    if (g.point <= 0) {
        at = stpcpy(at, "0.");
        for (int i = g.point; i < 0; i++)
            *at++ = '0';
        at = mempcpy(at, g.d, (size_t)g.n);
    } else if (g.point >= g.n) {
        at = mempcpy(at, g.d, (size_t)g.n);
        for (int i = g.n; i < g.point; i++)
            *at++ = '0';
        at = stpcpy(at, ".0");
    } else {
        at = mempcpy(at, g.d, (size_t)g.point);
        *at++ = '.';
        at = mempcpy(at, g.d + g.point, (size_t)(g.n - g.point));
    }
    *at = 0;
    return (size_t)(at - buf);
}

/* ---- from text ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char *skip_digits(char *s) {
    while (is_digit(*s))
        s++;
    return s;
}

bool brc_term_float_from_text(char *text, double *d) {
    char *s = text;
    if (*s == '+' || *s == '-') s++;
    if (!is_digit(*s)) return false;
    s = skip_digits(s);
    if (*s != '.' && *s != ',') return false;
    *s++ = '.';
    if (!is_digit(*s)) return false;
    s = skip_digits(s);
    if (*s == 'e' || *s == 'E') {
        s++;
        if (*s == '+' || *s == '-') s++;
        if (!is_digit(*s)) return false;
        s = skip_digits(s);
    }
    if (*s != 0) return false;
    *d = brc_term_float_nearest(text);
    return isfinite(*d);
}
