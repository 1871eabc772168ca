/* float_short.h: the fewest decimal digits that read back as a given double. */
#pragma once
#include <stdint.h>

typedef struct Decimal {
    uint64_t digits; /* no zero at the end */
    int exponent;    /* digits * 10^exponent */
} Decimal;
/* Of the shortest, the one nearest to d. d is finite and above 0. Any thread. */
Decimal brc_term_float_shortest(double d);

/* 10^k * 2^(127 - floor(log2 10^k)), rounded up; k from LEAST to MOST. */
enum { BRC_FLOAT_POWER_LEAST = -292, BRC_FLOAT_POWER_MOST = 324 };
unsigned __int128 brc_term_float_power10(int k);
