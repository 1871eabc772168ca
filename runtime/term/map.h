/* map.h: maps: flat up to 32 keys, a hash array mapped trie above. Where a Proc is taken and
 * terms are made, NULL stands for the literal area (term/litarea.h): the pairs given must be
 * literals then, and the result is one. */
#pragma once
#include "term/term.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"

size_t brc_term_map_size(Term map);
/* Value of key, or BRC_NONE; no failure is set. Never allocates. */
Term brc_term_map_get(Term map, Term key);
Term brc_term_map_put(Proc *p, Term map, Term key, Term value);
Term brc_term_map_remove(Proc *p, Term map, Term key);
/* The same, and the value it had; *value is BRC_NONE (and the map given back) where it had none. */
Term brc_term_map_take(Proc *p, Term map, Term key, Term *value);
/* n pairs k0 v0 k1 v1 ... added to `map` (a map); later ones win. exact: every key must be there,
 * else BRC_NONE with {badkey, K}. What put_map_assoc and put_map_exact do. */
Term brc_term_map_put_pairs(Proc *p, Term map, const Term *pairs, size_t n, bool exact);
Term brc_term_map_from_pairs(Proc *p, const Term *pairs, size_t n);
Term brc_term_map_from_pairs_literal(const Term *pairs, size_t n);
/* Both maps; where they share a key, b's value counts. */
Term brc_term_map_merge(Proc *p, Term a, Term b);
Term brc_term_map_empty(void);

/* Walks a map in the order that maps:iterator and printing use. maps:to_list, maps:keys,
 * maps:values and term_to_binary give flat maps in this order too, but large ones in the reverse:
 * that is what brc_term_map_iter_list walks. */
#define BRC_MAP_DEPTH 32 /* levels of a trie */
typedef struct MapIter {
    Term stack[BRC_MAP_DEPTH];
    uint32_t index[BRC_MAP_DEPTH];
    int depth;
    Term map;
    bool backwards;
} MapIter;
void brc_term_map_iter(MapIter *it, Term map);
void brc_term_map_iter_list(MapIter *it, Term map);
bool brc_term_map_next(MapIter *it, Term *key, Term *value);
