/* limbs.h: natural numbers of any size as arrays of 64-bit limbs, least significant first. The
 * ground under term/int*.c: knows no terms, allocates only scratch space. Lengths are in limbs;
 * results may have leading zero limbs. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

size_t brc_limbs_length(const uint64_t *a, size_t n); /* without leading zeros */
uint64_t brc_limbs_bits(const uint64_t *a, size_t n); /* bits in use; 0 for zero */
int brc_limbs_compare(const uint64_t *a, size_t an, const uint64_t *b,
                      size_t bn); /* lengths exact */

/* r = a + b, an >= bn; gives the carry out of an limbs. r may be a or b. */
uint64_t brc_limbs_add(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn);
/* r = a - b, an >= bn; gives the borrow. r may be a or b. */
uint64_t brc_limbs_sub(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn);
/* r = a * m + add in n limbs; gives the limb above. r may be a. */
uint64_t brc_limbs_mul1(uint64_t *r, const uint64_t *a, size_t n, uint64_t m, uint64_t add);
/* r = a * b in an + bn limbs; r overlaps neither. */
void brc_limbs_mul(uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b, size_t bn);
/* q = a / d in n limbs; gives the remainder. q may be a. d is not 0. */
uint64_t brc_limbs_div1(uint64_t *q, const uint64_t *a, size_t n, uint64_t d);
/* a / b for an >= bn >= 1, top limb of b not 0: quotient in an - bn + 1 limbs, remainder in bn.
 * Either may be NULL. They overlap neither operand. */
void brc_limbs_divrem(uint64_t *q, uint64_t *r, const uint64_t *a, size_t an, const uint64_t *b,
                      size_t bn);
/* r = a << bits (0..63) in n limbs; gives the bits pushed out. r may be a. */
uint64_t brc_limbs_shl(uint64_t *r, const uint64_t *a, size_t n, unsigned bits);
/* r = a >> bits (0..63) in n limbs. r may be a. */
void brc_limbs_shr(uint64_t *r, const uint64_t *a, size_t n, unsigned bits);

/* Scratch space of n limbs; never NULL (out of memory ends the program). Give back with free. */
uint64_t *brc_limbs_scratch(size_t n);

/* Natural numbers from text and to text; base 2..36. */
/* Digits of a (n limbs) to the END of buf[0..room): gives where they begin. buf has
 * brc_limbs_text_room bytes. "0" for zero. */
char *brc_limbs_to_text(const uint64_t *a, size_t n, unsigned base, char *buf, size_t room);
size_t brc_limbs_text_room(size_t n, unsigned base);
/* digits[0..len) are values below base, most significant first; r has brc_limbs_value_room limbs.
 * Gives the limbs in use. */
size_t brc_limbs_from_digits(uint64_t *r, const uint8_t *digits, size_t len, unsigned base);
size_t brc_limbs_value_room(size_t len, unsigned base);
