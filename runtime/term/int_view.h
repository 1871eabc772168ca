/* int_view.h: an integer term seen as sign and limbs, and the making of one from limbs; shared by
 * term/int*.c. */
#pragma once
#include "term/int.h"
#include "term/limbs.h"

/* Longest integer: what OTP can hold in its heap header. Larger results raise system_limit. */
#define BRC_INT_MAX_LIMBS ((size_t)(1 << 19) - 1)

typedef struct IntView {
    const uint64_t *limbs; /* the term's own, or &one */
    size_t n;              /* without leading zeros; 0 for zero */
    bool negative;
    uint64_t one;
} IntView;

/* Fills *v, which stays where it is. t is an integer. */
static inline void int_view(Term t, IntView *v) {
    if (term_is_small(t)) {
        int64_t s = term_small(t);
        v->negative = s < 0;
        v->one = s < 0 ? (uint64_t)-s : (uint64_t)s;
        v->limbs = &v->one;
        v->n = s != 0;
    } else {
        v->negative = term_kind(t) == BRC_BIGNEG;
        v->limbs = (const uint64_t *)term_box(t) + 1;
        v->n = BRC_HEADER_WORDS(term_header(t));
    }
}

/* Room for a result of n limbs: at[1..n] are the limbs. */
static inline Term *int_begin(Proc *p, size_t n) {
    return brc_ctx_alloc(p, n + 1);
}
/* The integer in at[1..n]: normalised, unused room given back. system_limit where too long. */
Term brc_term_int_finish(Proc *p, Term *at, size_t n, bool negative);
/* The value of a number as OTP converts it; false: infinite. */
bool brc_term_number_to_double(Term t, double *d);
