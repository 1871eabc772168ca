/* limbs_large.h: multiplication and division of natural numbers too long for the schoolbook. */
#pragma once
#include "term/limbs.h"

#define BRC_LIMBS_MUL_LARGE 96 /* from here on libtommath wins, its conversion included */
#define BRC_LIMBS_DIV_LARGE 128

/* As brc_limbs_mul, for an >= bn >= 1. */
void brc_limbs_mul_large(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn);
/* As brc_limbs_div_school. */
uint64_t brc_limbs_div_large(uint64_t *q, uint64_t *a, size_t m, const uint64_t *b, size_t bn);
uint64_t brc_limbs_div_school(uint64_t *q, uint64_t *a, size_t m, const uint64_t *b, size_t bn);
