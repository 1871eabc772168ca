/* key.c: hashing and ordering keys. Both know the usual shapes, tuples and lists of little depth
 * and binaries, and leave the rest to term/. */
#include "ets/object.h"
#include "term/bits.h"
#include <stdlib.h>

enum { DEPTH = 4, CELLS = 64, BYTES = 256 };

static inline uint64_t mix(uint64_t h, uint64_t w) {
    h = (h ^ w) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 32;
}

static uint64_t hash_bytes(const uint8_t *at, size_t n) {
    uint64_t h = mix(0x5EED, n), w;
    for (; n >= 8; n -= 8, at += 8) {
        memcpy(&w, at, 8);
        h = mix(h, w);
    }
    w = 0;
    memcpy(&w, at, n);
    return mix(h, w);
}

/* Of whole bytes; where they lie must not matter. */
static uint64_t hash_binary(Term t) {
    BitsView v;
    brc_term_bits_view(t, &v);
    size_t n = v.bit_size / 8;
    if ((v.bit_size & 7) || n > BYTES) return brc_term_map_hash(t, 0);
    if ((v.bit_offset & 7) == 0) return hash_bytes(v.data + v.bit_offset / 8, n);
    uint8_t copy[BYTES];
    brc_term_bits_copy(copy, 0, v.data, v.bit_offset, v.bit_size);
    return hash_bytes(copy, n);
}

static uint64_t hash_term(Term t, unsigned depth) {
    if (!term_is_pointer(t)) return mix(1, t);
    if (depth == DEPTH) return brc_term_map_hash(t, 0);
    uint64_t h = 2;
    if (term_is_cons(t)) {
        for (unsigned i = 0; term_is_cons(t) && i < CELLS; t = term_tail(t), i++)
            h = mix(h, hash_term(term_head(t), depth + 1));
        return mix(h, term_is_cons(t) ? brc_term_map_hash(t, 0) : hash_term(t, depth + 1));
    }
    if (term_is_tuple(t)) {
        const Term *e = term_tuple_elements(t);
        size_t n = term_tuple_arity(t);
        h = 3 + n;
        for (size_t i = 0; i < n; i++)
            h = mix(h, term_is_pointer(e[i]) ? hash_term(e[i], depth + 1) : e[i]);
        return h;
    }
    return term_is_bitstring(t) ? hash_binary(t) : brc_term_map_hash(t, 0);
}

uint32_t brc_ets_hash_deep(Term key) {
    uint64_t h = hash_term(key, 0);
    return (uint32_t)(h ^ h >> 29);
}

int brc_ets_order_deep(Term a, Term b) {
    if (!term_is_boxed(a) || !term_is_boxed(b)) return brc_term_compare(a, b);
    const Term *x = term_box(a), *y = term_box(b);
    if (x[0] != y[0] || BRC_HEADER_KIND(x[0]) != BRC_TUPLE) return brc_term_compare(a, b);
    for (size_t n = BRC_HEADER_WORDS(x[0]); n > 0; n--) {
        if (*++x == *++y) continue;
        int c = ((*x | *y) & BRC_TAG_MASK) == 0 ? ((STerm)*x > (STerm)*y ? 1 : -1)
                                                : brc_term_compare(*x, *y);
        if (c != 0) return c;
    }
    return 0;
}
