/* bits_search.h: finding byte strings in byte strings: one, or whichever of several comes first. */
#pragma once
#include "term/term.h"

typedef struct BytesPattern BytesPattern;

/* n (>= 1) texts, none empty, copied. */
BytesPattern *brc_term_pattern_new(const uint8_t *const *texts, const size_t *sizes, size_t n);
void brc_term_pattern_free(BytesPattern *pattern);
/* The leftmost match within hay[from..size), the longest of those that begin there. */
bool brc_term_pattern_find(const BytesPattern *pattern, const uint8_t *hay, size_t from,
                           size_t size, size_t *at, size_t *len);
