/* hamt.h: the trie of a large map; for map.c and those that walk maps by hand. The rest of the
 * runtime uses map.h. */
#pragma once
#include "term/room.h"
#include "term/hash.h"

/* A child is a leaf (a list cell [key|value]) or another node. */
static inline uint32_t hamt_bits(const Term *node) {
    return (uint32_t)term_small(node[1]);
}
static inline size_t hamt_children(const Term *node) {
    return BRC_HEADER_WORDS(node[0]) - 1;
}
static inline Term hamt_root(Term map) {
    return term_box(map)[2];
}
static inline size_t hamt_count(Term map) {
    return (size_t)term_small(term_box(map)[1]);
}

/* The trie's hash of key as it is used from `level` on: four bits a level, lowest first. */
static inline uint32_t hamt_hash_at(Term key, uint32_t level) {
    return brc_term_map_hash(key, level >> 3) >> 4 * (level & 7);
}
/* Going down one level. */
static inline uint32_t hamt_hash_next(uint32_t hash, Term key, uint32_t next_level) {
    return next_level & 7 ? hash >> 4 : brc_term_map_hash(key, next_level >> 3);
}

Term brc_term_hamt_get(Term root, Term key);
/* The trie with leaf (made by need) for key; *added tells whether the key is new. Where it is not
 * and `keep` is set or the value is the same word, the node itself comes back. `leaf` may be given
 * (a cell) to be put in as it is, else BRC_NONE. `level`: at which node stands. */
Term brc_term_hamt_put(Room *r, Term node, uint32_t level, Term key, Term value, Term leaf,
                       bool keep, bool *added);
/* Without key; *value BRC_NONE and the same root where it was not there. */
Term brc_term_hamt_remove(Proc *p, Term root, Term key, Term *value);
Term brc_term_hamt_map(Proc *p, Term root, size_t count); /* the map object on top */

/* ---- hamt_build.c ---- */
typedef struct HamtLeaf {
    uint32_t hash;
    Term leaf;
} HamtLeaf;
/* A trie (or, of one key, a leaf) of n >= 1 leaves, whose hashes are filled in here; of equal keys
 * the last wins; *distinct counts them. `leaves` is scratch afterwards. */
Term brc_term_hamt_build(Room *r, HamtLeaf *leaves, size_t n, size_t *distinct);
/* Two tries or leaves in one; b's leaves win. *shared counts the keys in both. */
Term brc_term_hamt_merge(Room *r, Term a, Term b, size_t *shared);
