/* packed.c: see packed.h. Two threads may make the same constant at a time: the first one's stays,
 * the other's is left unused. */
#include "abi/packed.h"

#include "term/litarea.h"
#include "term/term.h"

static uint64_t number(const uint8_t **at) {
    uint64_t n = 0;
    unsigned shift = 0;
    for (; **at & 0x80; shift += 7)
        n |= (uint64_t)(*(*at)++ & 0x7F) << shift;
    return n | (uint64_t)*(*at)++ << shift;
}

/* The words that the term at *at takes; moves on behind it. */
static size_t words_of(const uint8_t **at) {
    uint64_t n = number(at), kind = n & 3;
    n >>= 2;
    if (kind == PACKED_SMALL || kind == PACKED_WORD) return 0;
    size_t words = kind == PACKED_TUPLE ? n + 1 : 2 * n, parts = kind == PACKED_TUPLE ? n : n + 1;
    for (size_t i = 0; i < parts; i++)
        words += words_of(at);
    return words;
}

static Term make(const Packed *k, const uint8_t **at, Term **room) {
    uint64_t n = number(at), kind = n & 3;
    Term *own = *room;
    n >>= 2;
    switch (kind) {
    case PACKED_SMALL: return BRC_SMALL(n);
    case PACKED_WORD: return k->words[n];
    case PACKED_TUPLE:
        *room += n + 1;
        own[0] = BRC_HEADER(BRC_TUPLE, n);
        for (size_t i = 1; i <= n; i++)
            own[i] = make(k, at, room);
        return term_make_boxed(own);
    default:
        *room += 2 * n;
        for (size_t i = 0; i < n; i++) {
            own[2 * i] = make(k, at, room);
            own[2 * i + 1] = term_make_list(own + 2 * i + 2);
        }
        own[2 * n - 1] = make(k, at, room);
        return term_make_list(own);
    }
}

Term brc_code_packed(const Packed *k, unsigned i) {
    Term known = atomic_load_explicit(&k->made[i], memory_order_acquire);
    if (known) return known;
    const uint8_t *at = k->bytes + k->at[i];
    size_t words = words_of(&at);
    Term *room = words ? brc_term_literal_alloc(words) : NULL;
    at = k->bytes + k->at[i];
    Term made = make(k, &at, &room);
    bool first = atomic_compare_exchange_strong_explicit(
        &k->made[i], &known, made, memory_order_acq_rel, memory_order_acquire);
    return first ? made : known;
}
