/* litarea.h: memory for literals made at run time: below BRC_LITERAL_LIMIT, so that collector and
 * copier pass it by; never moved, never given back. What lies here may point only to literals. */
#pragma once
#include "term/term.h"

/* Room for `words` words, 16-aligned, zeroed. Any thread. Running out ends the program. */
Term *brc_term_literal_alloc(size_t words);
/* The same, but NULL when there is no room. */
Term *brc_term_literal_try_alloc(size_t words);
/* Bytes handed out so far. */
size_t brc_term_literal_bytes(void);
