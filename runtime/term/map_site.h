/* map_site.h: what a place in the source that updates maps has learnt of their keys. Constant keys
 * put into a map whose keys are static data always give the same keys: the place remembers both, so
 * that the update takes no search, and maps made alike share their keys. */
#pragma once
#include "term/map.h"

enum { BRC_SITE_PAIRS = 12 };

typedef struct MapSite {        /* static, zeroed; written once, `from` last */
    _Atomic(Term) from;         /* the keys met first; 0: none yet */
    Term to;                    /* the keys of the result */
    uint32_t added;             /* bit i: the i-th of these is new */
    uint8_t at[BRC_SITE_PAIRS]; /* where the i-th pair's value goes */
} MapSite;

/* As brc_term_map_put_pairs, the n <= BRC_SITE_PAIRS keys being literals. */
Term brc_term_map_put_site(Proc *p, Term map, const Term *pairs, size_t n, bool exact,
                           MapSite *site);
