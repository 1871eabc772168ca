/* support.c: see support.h. Slow sides of generated code that are not worth a place in it. */
#include "code/support.h"

#include "code/raise.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/int.h"
#include "term/litarea.h"
#include "term/map.h"
#include "term/term.h"

BRC_COLD int brc_code_compare(Term a, Term b) {
    return brc_term_compare(a, b);
}

BRC_COLD bool brc_code_eq(Term a, Term b) {
    return brc_term_eq(a, b);
}

BRC_COLD bool brc_code_equal(Term a, Term b) {
    return brc_term_equal(a, b);
}

BRC_COLD Term brc_code_bif1(Proc *p, Term a, BifCode1 *f) {
    return f(p, a);
}

BRC_COLD Term brc_code_bif2(Proc *p, Term a, Term b, BifCode2 *f) {
    return f(p, a, b);
}

BRC_COLD Term brc_code_float(Proc *p, double d) {
    return term_make_float(brc_ctx_alloc(p, 2), d);
}

BRC_COLD bool brc_code_big_to_double(Term t, double *d) {
    bool overflow = false;
    if (!term_is_big(t)) return false;
    *d = brc_term_int_to_double(t, &overflow);
    return !overflow;
}

bool brc_code_is_function_arity(Term fun, Term arity) {
    return term_is_fun(fun) && arity == BRC_SMALL(term_fun_entry(fun)->arity);
}

static _Thread_local unsigned misses;

__attribute__((preserve_most)) Term brc_code_map_get(Term map, Term key, uint64_t *site) {
    const Term *m = term_box(map);
    if (BRC_HEADER_KIND(m[0]) != BRC_FLATMAP) return brc_term_map_get(map, key);
    const Term *keys = term_box(m[1]);
    size_t n = BRC_HEADER_WORDS(keys[0]), at = 0;
    for (size_t i = 1; i <= n && !at; i++)
        if (keys[i] == key) at = i + 1;
    /* Where several kinds of maps come by, not each of them takes the place of the one before. */
    bool learn = term_is_static(m[1]) &&
                 (__atomic_load_n(site, __ATOMIC_RELAXED) == 0 || (++misses & 15) == 0);
    if (learn) __atomic_store_n(site, m[1] << 32 | at, __ATOMIC_RELAXED);
    return at ? m[at] : BRC_NONE;
}

bool brc_code_is_binary(Term t) {
    switch (term_kind(t)) {
    case BRC_HEAPBIN:
    case BRC_REFBIN: return true;
    case BRC_SUBBITS: return (term_small(term_box(t)[3]) & 7) == 0;
    default: return false;
    }
}

static unsigned bit_at(const uint8_t *bytes, uint64_t at) {
    return bytes[at >> 3] >> (7 - (at & 7)) & 1;
}

BRC_COLD bool brc_code_bs_match_bits(Term ctx, const uint8_t *bytes, uint64_t bits) {
    Term *c = term_box(ctx);
    uint64_t pos = (uint64_t)term_small(c[3]), left = (uint64_t)term_small(c[4]) - pos;
    if (left < bits) return false;
    const uint8_t *data = (const uint8_t *)c[2];
    uint64_t done = 0;
    if ((pos & 7) == 0) {
        if (memcmp(data + (pos >> 3), bytes, bits >> 3) != 0) return false;
        done = bits & ~UINT64_C(7);
    }
    for (; done < bits; done++)
        if (bit_at(data, pos + done) != bit_at(bytes, done)) return false;
    c[3] += bits << 2;
    return true;
}

bool brc_code_bs_all_bits(Term t, uint64_t unit, uint64_t *bits) {
    BitsView v;
    if (!brc_term_bits_view(t, &v)) return false;
    *bits = v.bit_size;
    return unit <= 1 || v.bit_size % unit == 0;
}
