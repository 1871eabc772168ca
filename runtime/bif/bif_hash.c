/* bif_hash.c: erlang:phash2 and erlang:phash. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/hash.h"

/* A range of 1 to 2^32; false where it is none. */
static bool range_of(Term t, uint64_t *range) {
    *range = (uint64_t)term_small(t);
    return term_is_small(t) && *range - 1 < UINT64_C(1) << 32;
}

static uint32_t phash2(Proc *p, Term t) {
    size_t work = 0;
    uint32_t hash = brc_term_phash2_work(t, &work);
    brc_ctx_charge(p, work / 16);
    return hash;
}

Term brc_long_erlang_phash2_1(Proc *p, Term t) {
    return BRC_SMALL(phash2(p, t) & ((1u << 27) - 1));
}

Term brc_long_erlang_phash2_2(Proc *p, Term t, Term range) {
    uint64_t n;
    return range_of(range, &n) ? BRC_SMALL(phash2(p, t) % n) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_phash_2(Proc *p, Term t, Term range) {
    uint64_t n;
    return range_of(range, &n) ? BRC_SMALL(brc_term_phash(t) % n + 1) : brc_ctx_badarg(p);
}
