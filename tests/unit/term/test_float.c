/* test_float.c: shortest digits against libc, which prints and reads exactly: what we choose reads
 * back, nothing shorter does, and nothing of the same length lies nearer. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "term/float_short.h"
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

static double read(uint64_t digits, int exponent) {
    char text[48];
    snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits, exponent);
    return strtod(text, NULL);
}

static int length(uint64_t n) {
    int len = 0;
    for (; n > 0; n /= 10)
        len++;
    return len;
}

static void check(double d) {
    Decimal v = brc_term_float_shortest(d);
    int n = length(v.digits);
    cr_assert(read(v.digits, v.exponent) == d, "%a as %llue%d", d, (unsigned long long)v.digits,
              v.exponent);
    /* The nearest decimal of one digit less, and those beside it. */
    for (int less = 1; n > 1 && less >= 0; less--) {
        char text[48];
        snprintf(text, sizeof text, "%.*e", n - less - 1, d);
        char *e = strchr(text, 'e');
        int exponent = atoi(e + 1) - (n - less - 1);
        *e = 0;
        if (text[1] == '.') memmove(text + 1, text + 2, strlen(text + 2) + 1);
        uint64_t near = strtoull(text, NULL, 10);
        if (less == 0) { /* as long as ours: ours, unless it does not read back */
            bool same = read(near, exponent) == read(v.digits, v.exponent) && near % 10 != 0;
            cr_assert(!same || (near == v.digits && exponent == v.exponent), "%a: %s is nearer", d,
                      text);
        } else {
            for (uint64_t x = near - 1; x <= near + 1; x++)
                cr_assert(read(x, exponent) != d, "%a: %llue%d is shorter", d,
                          (unsigned long long)x, exponent);
        }
    }
}

Test(float_text, shortest) {
    for (uint64_t e = 0; e < 2047; e++) { /* powers of two, their neighbours, the least ones */
        check(from_bits(e << 52 | 1));
        if (e > 0) check(from_bits(e << 52)), check(from_bits((e << 52) - 1));
    }
    for (int e = -323; e <= 308; e++)
        check(read(1, e)), check(read(9, e > 307 ? 307 : e));
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = next() >> 1;
        if (bits >> 52 < 2047) check(from_bits(bits ? bits : 1));
        check((double)(next() % 100000000 + 1) / 1000.0);
    }
}

static void expect_short(double d, const char *text) {
    char buf[BRC_FLOAT_TEXT_ROOM];
    cr_expect_eq(brc_term_float_short(d, buf), strlen(text));
    cr_expect_str_eq(buf, text);
}

Test(float_text, layout) {
    expect_short(0.0, "0.0");
    expect_short(-0.0, "-0.0");
    expect_short(0.1, "0.1");
    expect_short(1e22, "1.0e22");
    expect_short(1e-4, "0.0001");
    expect_short(1e-5, "1.0e-5");
    expect_short(100.0, "100.0");
    expect_short(1000.0, "1.0e3");
    expect_short(12340.0, "12340.0");
    expect_short(123400.0, "1.234e5");
    expect_short(9007199254740992.0, "9.007199254740992e15");
    expect_short(9007199254740991.0, "9007199254740991.0");
    expect_short(-5e-324, "-5.0e-324");
    expect_short(1.7976931348623157e308, "1.7976931348623157e308");
}
