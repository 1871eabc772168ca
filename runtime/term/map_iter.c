/* map_iter.c: walking a map. A frame of the iterator is a node and the number of its children
 * already visited; a flat map is one frame. */
#include "term/map.h"
#include "term/hamt.h"

void brc_term_map_iter(MapIter *it, Term map) {
    it->map = map;
    it->backwards = false;
    it->depth = 1;
    it->index[0] = 0;
    it->stack[0] = term_kind(map) == BRC_FLATMAP ? map : hamt_root(map);
}

void brc_term_map_iter_list(MapIter *it, Term map) {
    brc_term_map_iter(it, map);
    it->backwards = term_kind(map) == BRC_HASHMAP;
}

static bool next_flat(MapIter *it, Term *key, Term *value) {
    const Term *map = term_box(it->map);
    uint32_t i = it->index[0];
    if (i == BRC_HEADER_WORDS(map[0]) - 1) return false;
    it->index[0] = i + 1;
    *key = term_tuple_elements(map[1])[i];
    *value = map[2 + i];
    return true;
}

bool brc_term_map_next(MapIter *it, Term *key, Term *value) {
    if (term_kind(it->map) == BRC_FLATMAP) return next_flat(it, key, value);
    while (it->depth > 0) {
        int top = it->depth - 1;
        const Term *node = term_box(it->stack[top]);
        uint32_t n = (uint32_t)hamt_children(node), i = it->index[top]++;
        if (i == n) {
            it->depth--;
            continue;
        }
        Term child = node[2 + (it->backwards ? n - 1 - i : i)];
        if (term_is_cons(child)) {
            *key = term_head(child);
            *value = term_tail(child);
            return true;
        }
        it->stack[it->depth] = child;
        it->index[it->depth++] = 0;
    }
    return false;
}
