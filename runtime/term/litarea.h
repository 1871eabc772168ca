/* litarea.h: memory for literals made at run time: below BRC_LITERAL_LIMIT, so that collector and
 * copier pass it by; never moved. What lies here may point only to literals. */
#pragma once
#include "term/term.h"

/* Room for `words` words, 16-aligned, zeroed, for good. Any thread. Running out ends the program.
 */
Term *brc_term_literal_alloc(size_t words);
/* The same, but NULL when there is no room. */
Term *brc_term_literal_try_alloc(size_t words);
/* Bytes handed out and not given back. */
size_t brc_term_literal_bytes(void);

/* Room that may be given back once no process holds anything that lies there (sig/purge.h); not
 * zeroed. NULL: there is none. */
Term *brc_term_keep_try_alloc(size_t words);
void brc_term_keep_free(Term *at, size_t words);
/* Pointers below are to what stays for good, those from here to BRC_LITERAL_LIMIT are not. Changes
 * once, before the first such room is made. */
extern _Atomic(Term) brc_term_static_limit;
static inline Term term_static_limit(void) {
    return atomic_load_explicit(&brc_term_static_limit, memory_order_relaxed);
}
static inline bool term_is_static(Term t) {
    return t < term_static_limit();
}
