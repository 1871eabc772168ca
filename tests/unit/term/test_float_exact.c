/* test_float_exact.c: all digits of doubles, and reading them, against the C library, which does
 * both exactly. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "term/float_exact.h"
#include "term/float_text.h"

static uint64_t state = UINT64_C(88172645463325252);

static uint64_t next(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
}

static double from_bits(uint64_t bits) {
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* Of all sizes; some with few digits, whose halves are exact. */
static double any(int i) {
    double d = i % 4 == 0 ? (double)(int64_t)(next() >> (next() % 60)) / (double)(1 << next() % 20)
               : i % 4 == 1 ? (double)(next() % 100000) / 1000
                            : from_bits(next());
    return isfinite(d) ? d : 1.5;
}

static void check_printing(double d, int decimals) {
    char ours[BRC_FLOAT_TEXT_ROOM], theirs[2000];
    size_t n = brc_term_float_scientific(d, decimals, ours);
    int m = snprintf(theirs, sizeof theirs, "%.*e", decimals, d);
    cr_assert_eq(n, m < BRC_FLOAT_TEXT_ROOM ? (size_t)m : 0, "%a: %s", d, theirs);
    if (n) cr_assert_str_eq(ours, theirs);
    if (fabs(d) <= 0x1p53 && decimals < 19) return; /* rounded another way, as OTP does */
    n = brc_term_float_fixed(d, decimals, false, ours);
    m = snprintf(theirs, sizeof theirs, "%.*f", decimals, d);
    cr_assert_eq(n, m < BRC_FLOAT_TEXT_ROOM ? (size_t)m : 0, "%a: %s", d, theirs);
    if (n) cr_assert_str_eq(ours, theirs);
}

Test(float_exact, printing) {
    static const double special[] = {0.0,
                                     -0.0,
                                     1.0,
                                     0.5,
                                     1.5,
                                     2.5,
                                     9.5,
                                     99.5,
                                     0.05,
                                     1e22,
                                     1e23,
                                     5e-324,
                                     DBL_MIN,
                                     DBL_MAX,
                                     -DBL_MAX,
                                     0x1p53,
                                     123456789012345678.0,
                                     9.999e20};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        for (int decimals = 0; decimals < 256; decimals++)
            check_printing(special[i], decimals);
    for (int i = 0; i < 40000; i++)
        check_printing(any(i), (int)(next() % (i % 10 == 0 ? 253 : 25)));
}

static void check_reading(const char *text) {
    double ours = brc_term_float_nearest(text), theirs = strtod(text, NULL);
    cr_assert(memcmp(&ours, &theirs, sizeof ours) == 0, "%s: %a, not %a", text, ours, theirs);
}

Test(float_exact, reading) {
    static const char *const special[] = {
        "0.0",
        "-0.0",
        "1.0",
        "+1.5",
        "0.1",
        "1e23",
        "8.5e22",
        "9007199254740993.0",
        "9007199254740992.99999999999999999999",
        "9007199254740993.00000000000000000000000001",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.5e-324",
        "1e-400",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "1e999999999999",
        "1e-999999999999",
        "0.0e999999999999",
        "000000000000000000000001.5",
        "0.000000000000000000000000000000015",
        "100000000000000000000000000000000000000000000000000000000.0"};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        check_reading(special[i]);
    for (int i = 0; i < 60000; i++) {
        char text[2000];
        int digits = i % 50 == 0 ? 800 : 25;
        snprintf(text, sizeof text, "%.*e", (int)(next() % (unsigned)digits), any(i));
        check_reading(text);
        snprintf(text, sizeof text, "%llu.%llue%d", (unsigned long long)(next() >> next() % 64),
                 (unsigned long long)(next() >> next() % 64), (int)(next() % 700) - 350);
        check_reading(text);
    }
}

/* The middles between two doubles, a digit below and above. */
Test(float_exact, halves) {
    for (int i = 0; i < 4000; i++) {
        double d = fabs(any(i)), up = nextafter(d, INFINITY);
        if (d == 0 || !isfinite(up) || d < DBL_MIN) continue;
        char text[1200];
        long double middle = ((long double)d + up) / 2;
        snprintf(text, sizeof text, "%.900Le", middle);
        char *e = strchr(text, 'e');
        check_reading(text);
        char last = e[-1];
        e[-1] = '1';
        check_reading(text);
        e[-1] = last;
    }
}
