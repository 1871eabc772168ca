/* graph.h: random terms for the collector's tests, and the shadow that says what they must still
 * be: for each root a hash of its whole structure, taken when it was made. */
#pragma once
#include "../support/fakeproc.h"
#include "heap/heap.h"

typedef struct Shadow {
    uint64_t hash;
    size_t flat; /* words if nothing were shared: keeps hashing cheap */
} Shadow;

static inline uint64_t mix(uint64_t a, uint64_t b) {
    a ^= b + UINT64_C(0x9e3779b97f4a7c15) + (a << 6) + (a >> 2);
    a *= UINT64_C(0xff51afd7ed558ccd);
    return a ^ a >> 31;
}

/* Reads every word that the term reaches; recursion is as deep as the term (short in the tests). */
static inline uint64_t graph_hash(Term t) {
    if (!term_is_pointer(t)) return mix(1, t);
    if (term_is_cons(t)) return mix(mix(2, graph_hash(term_head(t))), graph_hash(term_tail(t)));
    const Term *box = term_box(t);
    unsigned kind = BRC_HEADER_KIND(box[0]);
    size_t n = BRC_HEADER_WORDS(box[0]);
    uint64_t h = mix(3, kind);
    if (kind == BRC_REFBIN) {
        const uint8_t *d = (const uint8_t *)box[4];
        for (size_t i = 0; i < box[1]; i += 17)
            h = mix(h, d[i]);
        return mix(h, box[1]);
    }
    if (kind == BRC_REF) return mix(h, box[1] ^ box[2] << 20 ^ box[3] << 40);
    for (size_t i = 1; i <= n; i++) {
        if (kind == BRC_MATCHCTX && i == 2) {
            h = mix(h, *(const uint8_t *)box[2]);
            continue;
        }
        h = mix(h, kind >= BRC_KIND_RAW ? box[i] : graph_hash(box[i]));
    }
    return h;
}
