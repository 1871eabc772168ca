/* hash_mix.h: what the hashes of this room are made of: Bob Jenkins' 96-bit mix (public domain,
 * "A hash function for hash table lookup", 1997), used on pairs of words and on runs of bytes. */
#pragma once
#include <stdlib.h>
#include "base/panic.h"
#include "term/term.h"
#include "term/bits.h"

/* Multiples of the golden ratio; each kind of term is seasoned with one of its own. */
#define HASH_SEASON(n) ((uint32_t)(UINT64_C(0x9e3779b9) * (n)))

static inline void hash_mix(uint32_t *x, uint32_t *y, uint32_t *z) {
    uint32_t a = *x, b = *y, c = *z;
    a = (a - b - c) ^ c >> 13;
    b = (b - c - a) ^ a << 8;
    c = (c - a - b) ^ b >> 13;
    a = (a - b - c) ^ c >> 12;
    b = (b - c - a) ^ a << 16;
    c = (c - a - b) ^ b >> 5;
    a = (a - b - c) ^ c >> 3;
    b = (b - c - a) ^ a << 10;
    c = (c - a - b) ^ b >> 15;
    *x = a, *y = b, *z = c;
}

/* The hash after taking in x and y. */
static inline uint32_t hash_pair(uint32_t hash, uint32_t x, uint32_t y, uint32_t season) {
    x += season, y += season;
    hash_mix(&x, &y, &hash);
    return hash;
}
static inline uint32_t hash_word(uint32_t hash, uint32_t x, uint32_t season) {
    return hash_pair(hash, x, 0, season);
}
static inline uint32_t hash_u64(uint32_t hash, uint64_t n, uint32_t season) {
    return hash_pair(hash, (uint32_t)n, (uint32_t)(n >> 32), season);
}

static inline uint32_t hash_le32(const uint8_t *k) {
    return (uint32_t)k[0] | (uint32_t)k[1] << 8 | (uint32_t)k[2] << 16 | (uint32_t)k[3] << 24;
}

/* n bytes that start at a byte. */
static inline uint32_t hash_bytes(const uint8_t *k, size_t n, uint32_t start) {
    uint32_t a = HASH_SEASON(1), b = a, c = start;
    size_t left = n;
    for (; left >= 12; left -= 12, k += 12) {
        a += hash_le32(k), b += hash_le32(k + 4), c += hash_le32(k + 8);
        hash_mix(&a, &b, &c);
    }
    uint8_t end[12] = {0}; /* c's lowest byte belongs to the length */
    for (size_t i = 0; i < left; i++)
        end[i < 8 ? i : i + 1] = k[i];
    a += hash_le32(end), b += hash_le32(end + 4), c += hash_le32(end + 8) + (uint32_t)n;
    hash_mix(&a, &b, &c);
    return c;
}

/* A bitstring as phash2 and the map hash see it; `bytes` of its whole bytes count. */
static inline uint32_t hash_bitstring(Term t, uint32_t hash, uint64_t byte_mask) {
    BitsView v;
    brc_term_bits_view(t, &v);
    uint32_t start = HASH_SEASON(13) + hash;
    unsigned rest = (unsigned)(v.bit_size & 7);
    size_t size = (size_t)(v.bit_size >> 3 & byte_mask), room = size + 1;
    if (size == 0 && rest == 0) return start;
    const uint8_t *data = v.data + (v.bit_offset >> 3);
    uint8_t few[256], *copy = NULL;
    if (v.bit_offset & 7) {
        copy = room <= sizeof few ? few : malloc(room);
        if (copy == NULL) brc_base_panic("out of memory (hash of a bitstring)");
        copy[size] = 0;
        brc_term_bits_copy(copy, 0, v.data, v.bit_offset, (uint64_t)size * 8 + rest);
        data = copy;
    }
    hash = hash_bytes(data, size, start);
    if (rest) hash = hash_pair(hash, rest, (uint32_t)data[size] >> (8 - rest), HASH_SEASON(15));
    if (copy != few) free(copy);
    return hash;
}

/* The two halves of a double, -0.0 as 0.0. */
static inline uint64_t hash_float_bits(Term t) {
    double d = term_float(t);
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return d == 0.0 ? 0 : bits;
}

/* ---- integers, as sign and 64-bit limbs whatever holds them ---- */
typedef struct HashLimbs {
    const uint64_t *limb;
    size_t n;
    bool negative;
    uint64_t one;
} HashLimbs;
static inline void hash_limbs(Term t, HashLimbs *l) {
    if (term_is_small(t)) {
        int64_t v = term_small(t);
        l->one = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
        l->limb = &l->one, l->n = 1, l->negative = v < 0;
    } else {
        l->limb = term_box(t) + 1;
        l->n = BRC_HEADER_WORDS(term_header(t));
        l->negative = term_kind(t) == BRC_BIGNEG;
    }
}
static inline uint32_t hash_big(uint32_t hash, Term t) {
    HashLimbs l;
    hash_limbs(t, &l);
    for (size_t i = 0; i < l.n; i++)
        hash = hash_u64(hash, l.limb[i], l.negative ? HASH_SEASON(10) : HASH_SEASON(11));
    return hash;
}
static inline bool hash_is_byte(Term t) {
    return (t & ~(Term)0x3FC) == 0;
} /* small 0..255 */

/* Parts of local identifiers. */
static inline uint32_t hash_pid_number(Term t) {
    return (uint32_t)(t >> 6) & 0xFFFFFFF;
}
static inline uint64_t hash_port_number(Term t) {
    return t >> 6;
}
static inline uint32_t hash_ext_word(Term t, size_t i) { /* i-th identifier word, 0 if none */
    return i + 3 < BRC_HEADER_WORDS(term_header(t)) ? (uint32_t)term_small(term_box(t)[4 + i]) : 0;
}

/* OTP's hash of an atom's text (hashpjw, Latin-1 characters counting as one byte each). */
uint32_t brc_term_atom_text_hash(Term atom);
