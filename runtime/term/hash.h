/* hash.h: the hashes a program can see, as OTP defines them, and the maps' own. None recurses on
 * the C stack; none allocates on a heap. */
#pragma once
#include "term/term.h"

/* erlang:phash2: full 32 bits, before the range is applied. */
uint32_t brc_term_phash2(Term t);
uint32_t brc_term_phash2_work(Term t, size_t *work); /* adds about one per term and 16 bytes */
/* erlang:phash: full 32 bits, before the range is applied. */
uint32_t brc_term_phash(Term t);
/* OTP 25's internal hash, so that large maps iterate in the same order. `round` 0 gives the first
 * 32 bits of a key's place in a large map, 1 the next 32, ... Atoms, local processes and ports
 * hash by their bits here, so their order in a large map is not OTP's (whose own differs from one
 * start to the next). */
uint32_t brc_term_map_hash(Term key, uint32_t round);

/* The key that was looked for last in a large map, and its hash: a program often puts what it has
 * just looked for. Good while that key lies where it lay: forgotten at each collection and turn. */
typedef struct HashMemo {
    Term key; /* or a small: none */
    uint32_t hash;
} HashMemo;
extern _Thread_local HashMemo brc_term_hash_memo;
static inline void brc_term_hash_forget(void) {
    brc_term_hash_memo.key = BRC_SMALL(0);
}
