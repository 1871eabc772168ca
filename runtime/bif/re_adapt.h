/* re_adapt.h: patterns as OTP 25 knows them (PCRE 8) in the words of PCRE2. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ReText {
    uint8_t *at; /* malloc'd, as `from` */
    size_t size;
    uint32_t *from;  /* where in the original each byte of `at` stands; one more for the end */
    uint8_t newline; /* chosen by (*CR) and its like at the start, PCRE2_NEWLINE_...; 0: none */
    uint8_t bsr;     /* the same for \R, PCRE2_BSR_... */
} ReText;
/* options: of pcre2_compile. */
void brc_bif_re_adapt(ReText *t, const uint8_t *pattern, size_t size, uint32_t options);
void brc_bif_re_text_free(ReText *t);
