/* bif_maps.c: the built-ins of module maps and their guards, and what maps.erl is built on.
 *
 * Long lists that come out of a large map are in the reverse of its iteration order, as in OTP:
 * they are consed up while the map is walked forwards. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "base/panic.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/hamt.h"
#include "term/int.h"
#include "term/map.h"
#include <stdlib.h>

static Term badmap(Proc *p, Term t) {
    return brc_ctx_error2(p, AM(badmap), t);
}

/* ---- one key ---- */
Term brc_bif_maps_get_2(Proc *p, Term key, Term map) {
    if (!term_is_map(map)) return badmap(p, map);
    Term value = brc_term_map_get(map, key);
    return value != BRC_NONE ? value : brc_ctx_error2(p, AM(badkey), key);
}

Term brc_bif_erlang_map_get_2(Proc *p, Term key, Term map) {
    return brc_bif_maps_get_2(p, key, map);
}

Term brc_bif_maps_find_2(Proc *p, Term key, Term map) {
    if (!term_is_map(map)) return badmap(p, map);
    Term value = brc_term_map_get(map, key);
    return value != BRC_NONE ? term_tuple2(brc_ctx_alloc(p, 3), AM(ok), value) : AM(error);
}

Term brc_bif_maps_is_key_2(Proc *p, Term key, Term map) {
    if (!term_is_map(map)) return badmap(p, map);
    return term_bool(brc_term_map_get(map, key) != BRC_NONE);
}

Term brc_bif_erlang_is_map_key_2(Proc *p, Term key, Term map) {
    return brc_bif_maps_is_key_2(p, key, map);
}

Term brc_bif_erlang_map_size_1(Proc *p, Term map) {
    return term_is_map(map) ? BRC_SMALL(brc_term_map_size(map)) : badmap(p, map);
}

Term brc_bif_maps_put_3(Proc *p, Term key, Term value, Term map) {
    return term_is_map(map) ? brc_term_map_put(p, map, key, value) : badmap(p, map);
}

Term brc_bif_maps_update_3(Proc *p, Term key, Term value, Term map) {
    if (!term_is_map(map)) return badmap(p, map);
    if (brc_term_map_get(map, key) == BRC_NONE) return brc_ctx_error2(p, AM(badkey), key);
    return brc_term_map_put(p, map, key, value);
}

Term brc_bif_maps_remove_2(Proc *p, Term key, Term map) {
    return term_is_map(map) ? brc_term_map_remove(p, map, key) : badmap(p, map);
}

Term brc_bif_maps_take_2(Proc *p, Term key, Term map) {
    if (!term_is_map(map)) return badmap(p, map);
    Term value, rest = brc_term_map_take(p, map, key, &value);
    return value != BRC_NONE ? term_tuple2(brc_ctx_alloc(p, 3), value, rest) : AM(error);
}

Term brc_long_maps_merge_2(Proc *p, Term a, Term b) {
    if (!term_is_map(a)) return badmap(p, a);
    return term_is_map(b) ? brc_term_map_merge(p, a, b) : badmap(p, b);
}

/* ---- whole maps ---- */
static Term *pairs_new(size_t n) {
    Term *pairs = malloc((n ? n : 1) * 2 * sizeof *pairs);
    if (pairs == NULL) brc_base_panic("out of memory (a map of %zu pairs)", n);
    return pairs;
}

Term brc_long_maps_from_list_1(Proc *p, Term list) {
    unsigned steps = 0;
    int64_t n = brc_term_list_length(list);
    Term few[2 * BRC_FLATMAP_MAX], *pairs = few, *at, map = BRC_NONE;
    if (n < 0) return brc_ctx_badarg(p);
    if (n > BRC_FLATMAP_MAX) pairs = pairs_new((size_t)n);
    for (at = pairs; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        brc_ctx_pause_step(&steps, 8);
        if (!term_is_tuple_of(t, 2)) break;
        *at++ = term_tuple_elements(t)[0];
        *at++ = term_tuple_elements(t)[1];
    }
    if (term_is_nil(list)) map = brc_term_map_from_pairs(p, pairs, (size_t)n);
    if (pairs != few) free(pairs);
    return map != BRC_NONE ? map : brc_ctx_badarg(p);
}

Term brc_long_maps_from_keys_2(Proc *p, Term list, Term value) {
    unsigned steps = 0;
    int64_t n = brc_term_list_length(list);
    Term few[2 * BRC_FLATMAP_MAX], *pairs = few, *at;
    if (n < 0) return brc_ctx_badarg(p);
    if (n > BRC_FLATMAP_MAX) pairs = pairs_new((size_t)n);
    for (at = pairs; term_is_cons(list); list = term_tail(list)) {
        *at++ = term_head(list);
        *at++ = value;
        brc_ctx_pause_step(&steps, 5);
    }
    Term map = brc_term_map_from_pairs(p, pairs, (size_t)n);
    if (pairs != few) free(pairs);
    return map;
}

static Term array_to_list(Term *cells, const Term *from, size_t n, Term list) {
    while (n-- > 0) {
        list = term_cons(cells, from[n], list);
        cells += 2;
    }
    return list;
}

static Term half(Proc *p, Term map, bool values) {
    if (!term_is_map(map)) return badmap(p, map);
    size_t n = brc_term_map_size(map);
    Term *at = brc_ctx_alloc(p, 2 * n), *box = term_box(map), key, value, list = BRC_NIL;
    if (term_kind(map) == BRC_FLATMAP)
        return array_to_list(at, values ? box + 2 : term_tuple_elements(box[1]), n, BRC_NIL);
    brc_ctx_charge(p, n / 8);
    MapIter it;
    for (brc_term_map_iter(&it, map); brc_term_map_next(&it, &key, &value); at += 2) {
        list = term_cons(at, values ? value : key, list);
        brc_ctx_pause(20);
    }
    return list;
}

Term brc_long_maps_keys_1(Proc *p, Term map) {
    return half(p, map, false);
}
Term brc_long_maps_values_1(Proc *p, Term map) {
    return half(p, map, true);
}

/* ---- erts_internal:map_next(Path, Map, iterator | Acc) ----
 * A path names the next leaf of a large map: four bits a level, the root's lowest, each the number
 * of a child. With `iterator`: {K1, V1, {K2, V2, ... none | [Path | Map]}}; with a list: the rest
 * of the pairs, all at once, in front of it. A list of keys may stand for the path (ordered
 * iterators of OTP 26); then the rest of the keys is the next path. */
#define PATH_FIRST_CHUNK 32

static bool path_to_iter(Term path, Term map, MapIter *it) {
    uint64_t limb[2] = {0, 0};
    if (term_is_small(path) && term_small(path) >= 0) {
        limb[0] = (uint64_t)term_small(path);
    } else if (term_kind(path) == BRC_BIGPOS && BRC_HEADER_WORDS(term_header(path)) <= 2) {
        memcpy(limb, term_box(path) + 1, BRC_HEADER_WORDS(term_header(path)) * sizeof *limb);
    } else {
        return false;
    }
    brc_term_map_iter(it, map);
    Term child = it->stack[0];
    for (int depth = 0; depth < BRC_MAP_DEPTH; depth++) {
        const Term *node = term_box(child);
        uint32_t slot = (uint32_t)(limb[depth / 16] >> 4 * (depth % 16)) & 15;
        if (slot >= hamt_children(node)) return false;
        it->stack[depth] = child;
        it->depth = depth + 1;
        child = node[2 + slot];
        it->index[depth] = term_is_cons(child) ? slot : slot + 1;
        if (term_is_cons(child)) return true;
    }
    return false;
}

/* Where the iterator goes next, as a path; BRC_NONE at the end. */
static Term path_of_iter(Proc *p, const MapIter *at) {
    MapIter it = *at;
    Term key, value;
    uint64_t limb[2] = {0, 0};
    if (!brc_term_map_next(&it, &key, &value)) return BRC_NONE;
    for (int depth = 0; depth < it.depth; depth++)
        limb[depth / 16] |= (uint64_t)(it.index[depth] - 1) << 4 * (depth % 16);
    return brc_term_int_from_limbs(p, limb, 2, false);
}

static Term next_rest_as_list(Proc *p, MapIter *it, Term list) {
    size_t n = brc_term_map_size(it->map);
    Term *start = brc_ctx_alloc(p, 5 * n), *at = start, key, value;
    for (; brc_term_map_next(it, &key, &value); at += 5)
        list = term_cons(at + 3, term_tuple2(at, key, value), list);
    brc_ctx_trim(p, start, 5 * n, at);
    brc_ctx_charge(p, n / 4);
    return list;
}

static size_t chunk_now(const Proc *p, bool first) {
    size_t n = p->reds > 4 ? (size_t)p->reds / 4 : 1;
    return first && n > PATH_FIRST_CHUNK ? PATH_FIRST_CHUNK : n;
}

static Term next_chunk(Proc *p, MapIter *it, bool first) {
    size_t n = chunk_now(p, first), size = brc_term_map_size(it->map), done = 0;
    if (n > size) n = size;
    Term *start = brc_ctx_alloc(p, 4 * n), *at = start, result = BRC_NONE, *hole = &result;
    Term key, value;
    while (done < n && brc_term_map_next(it, &key, &value)) {
        *hole = term_tuple3(at, key, value, AM(none));
        hole = at + 3;
        at += 4, done++;
    }
    brc_ctx_trim(p, start, 4 * n, at);
    brc_ctx_charge(p, 4 * done);
    Term path = path_of_iter(p, it);
    if (path != BRC_NONE) *hole = term_cons(brc_ctx_alloc(p, 2), path, it->map);
    return result;
}

static Term next_keys(Proc *p, Term keys, Term map) {
    size_t n = chunk_now(p, true), done = 0;
    Term *start = brc_ctx_alloc(p, 4 * n), *at = start, result = AM(none), *hole = &result;
    for (; done < n && term_is_cons(keys); keys = term_tail(keys), done++, at += 4) {
        Term value = brc_term_map_get(map, term_head(keys));
        if (value == BRC_NONE) break;
        *hole = term_tuple3(at, term_head(keys), value, AM(none));
        hole = at + 3;
    }
    brc_ctx_trim(p, start, 4 * n, at);
    brc_ctx_charge(p, 4 * done);
    if (term_is_nil(keys)) return result;
    if (done < n) return brc_ctx_badarg(p); /* no list, or a key that is not in the map */
    *hole = term_cons(brc_ctx_alloc(p, 2), keys, map);
    return result;
}

static Term next_flat(Proc *p, Term map, Term acc) {
    const Term *box = term_box(map), *keys = term_tuple_elements(box[1]);
    size_t n = brc_term_map_size(map);
    bool tuples = acc == AM(iterator);
    Term *at = brc_ctx_alloc(p, (tuples ? 4 : 5) * n), result = tuples ? AM(none) : acc;
    while (n-- > 0) {
        if (tuples)
            result = term_tuple3(at, keys[n], box[2 + n], result);
        else
            result = term_cons(at + 3, term_tuple2(at, keys[n], box[2 + n]), result);
        at += tuples ? 4 : 5;
    }
    return result;
}

Term brc_bif_erts_internal_map_next_3(Proc *p, Term path, Term map, Term acc) {
    MapIter it;
    if (!term_is_map(map) || !(acc == AM(iterator) || term_is_list(acc))) return brc_ctx_badarg(p);
    if (term_is_list(path) && acc == AM(iterator)) return next_keys(p, path, map);
    if (term_kind(map) == BRC_FLATMAP) {
        bool ok = term_is_small(path) && (uint64_t)term_small(path) <= brc_term_map_size(map);
        return ok ? next_flat(p, map, acc) : brc_ctx_badarg(p);
    }
    if (!path_to_iter(path, map, &it)) return brc_ctx_badarg(p);
    return acc == AM(iterator) ? next_chunk(p, &it, path == BRC_SMALL(0))
                               : next_rest_as_list(p, &it, acc);
}

/* ---- what erts_debug:size/1 looks into ---- */
Term brc_bif_erts_internal_map_to_tuple_keys_1(Proc *p, Term map) {
    if (!term_is_map(map)) return badmap(p, map);
    return term_kind(map) == BRC_FLATMAP ? term_box(map)[1] : brc_ctx_badarg(p);
}

Term brc_bif_erts_internal_map_hashmap_children_1(Proc *p, Term t) {
    int kind = term_kind(t);
    if (kind == BRC_FLATMAP) return brc_ctx_badarg(p);
    if (kind != BRC_HASHMAP && kind != BRC_HNODE) return badmap(p, t);
    const Term *node = term_box(kind == BRC_HASHMAP ? hamt_root(t) : t);
    size_t n = hamt_children(node);
    Term *at = brc_ctx_alloc(p, 2 * n), list = BRC_NIL;
    for (size_t i = 0; i < n; i++)
        list = term_cons(at + 2 * i, node[2 + i], list);
    return list;
}
