/* float_exact.h: all decimal digits of a double, and the double nearest to a decimal number. */
#pragma once
#include <stdint.h>

enum { BRC_FLOAT_DIGITS = 800 }; /* a double has 767 at most */

typedef struct FloatDigits { /* 0.d1d2d3... * 10^point; no digits: zero */
    char d[BRC_FLOAT_DIGITS];
    int n, point;
} FloatDigits;

/* Of d's magnitude; d is finite. Rounded to `keep` digits, or to `keep` digits behind the point;
 * halves to the even digit. Digits beyond n are zeros. */
void brc_term_float_round(double d, int keep, FloatDigits *to);
void brc_term_float_round_behind(double d, int keep, FloatDigits *to);

/* Of [+-]digits[.digits][e[+-]digits]. Infinite where too large. */
double brc_term_float_nearest(const char *text);
