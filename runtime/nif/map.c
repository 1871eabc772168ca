/* map.c: maps and walks over them. An iterator holds its pairs in an array of their own, so that it
 * can go both ways. */
#include "nif/nif.h"
#include "base/panic.h"
#include "term/map.h"
#include <stdlib.h>

ERL_NIF_TERM enif_make_new_map(ErlNifEnv *env) {
    (void)env;
    return brc_term_map_empty();
}

int enif_make_map_put(ErlNifEnv *env, ERL_NIF_TERM map, ERL_NIF_TERM key, ERL_NIF_TERM value,
                      ERL_NIF_TERM *out) {
    if (!term_is_map(map)) return 0;
    *out = brc_term_map_put(env->p, map, key, value);
    return 1;
}

int enif_make_map_update(ErlNifEnv *env, ERL_NIF_TERM map, ERL_NIF_TERM key, ERL_NIF_TERM value,
                         ERL_NIF_TERM *out) {
    if (!term_is_map(map) || brc_term_map_get(map, key) == BRC_NONE) return 0;
    *out = brc_term_map_put(env->p, map, key, value);
    return 1;
}

int enif_make_map_remove(ErlNifEnv *env, ERL_NIF_TERM map, ERL_NIF_TERM key, ERL_NIF_TERM *out) {
    if (!term_is_map(map)) return 0;
    *out = brc_term_map_remove(env->p, map, key);
    return 1;
}

int enif_make_map_from_arrays(ErlNifEnv *env, ERL_NIF_TERM keys[], ERL_NIF_TERM values[], size_t n,
                              ERL_NIF_TERM *out) {
    Term *pairs = malloc((2 * n + 1) * sizeof *pairs);
    if (!pairs) brc_base_panic("out of memory (a map of %zu pairs)", n);
    for (size_t i = 0; i < n; i++) {
        pairs[2 * i] = keys[i];
        pairs[2 * i + 1] = values[i];
    }
    Term map = brc_term_map_from_pairs(env->p, pairs, n);
    free(pairs);
    if (n <= BRC_FLATMAP_MAX && brc_term_map_size(map) != n) return 0; /* a key twice */
    *out = map;
    return 1;
}

/* ---- walking: idx is the pair's number from 1; 0 and size + 1 are beyond the ends ---- */

int enif_map_iterator_create(ErlNifEnv *env, ERL_NIF_TERM map, ErlNifMapIterator *it,
                             ErlNifMapIteratorEntry entry) {
    (void)env;
    if (!term_is_map(map)) return 0;
    if (entry != ERL_NIF_MAP_ITERATOR_FIRST && entry != ERL_NIF_MAP_ITERATOR_LAST) return 0;
    size_t n = brc_term_map_size(map);
    Term *pairs = malloc((2 * n + 1) * sizeof *pairs), *at = pairs;
    if (!pairs) brc_base_panic("out of memory (the iterator of a map of %zu pairs)", n);
    MapIter walk;
    brc_term_map_iter(&walk, map);
    while (brc_term_map_next(&walk, at, at + 1))
        at += 2;
    it->map = map;
    it->size = n;
    it->idx = entry == ERL_NIF_MAP_ITERATOR_FIRST ? 1 : n;
    it->u[0] = pairs;
    return 1;
}

void enif_map_iterator_destroy(ErlNifEnv *env, ErlNifMapIterator *it) {
    (void)env;
    free(it->u[0]);
    it->u[0] = NULL;
}
int enif_map_iterator_is_head(ErlNifEnv *env, ErlNifMapIterator *it) {
    (void)env;
    return it->idx == 0;
}
int enif_map_iterator_is_tail(ErlNifEnv *env, ErlNifMapIterator *it) {
    (void)env;
    return it->idx == it->size + 1;
}
int enif_map_iterator_next(ErlNifEnv *env, ErlNifMapIterator *it) {
    (void)env;
    if (it->idx <= it->size) it->idx++;
    return it->idx <= it->size;
}
int enif_map_iterator_prev(ErlNifEnv *env, ErlNifMapIterator *it) {
    (void)env;
    if (it->idx > 0) it->idx--;
    return it->idx > 0;
}
int enif_map_iterator_get_pair(ErlNifEnv *env, ErlNifMapIterator *it, ERL_NIF_TERM *key,
                               ERL_NIF_TERM *value) {
    (void)env;
    if (it->idx == 0 || it->idx > it->size) return 0;
    const Term *pair = (const Term *)it->u[0] + 2 * (it->idx - 1);
    *key = pair[0];
    *value = pair[1];
    return 1;
}
