/* hamt_build.c: tries made whole: from many leaves by radix sort, and of two tries.
 *
 * Building sorts the leaves by the four bits of each level in turn (stable, so that of equal keys
 * the last stays the last) and makes the nodes on the way back: n log16 n steps and not one path
 * copied. Merging walks both tries at once and takes over whatever only one of them has. Both
 * recurse once per level, so at most BRC_MAP_DEPTH deep. */
#include "term/hamt.h"
#include "ctx/slice.h"
#include "term/cmp.h"
#include "term/map.h"
#include "base/panic.h"
#include <stdlib.h>

static bool same_key(Term a, Term b) {
    return a == b || (term_is_pointer(a) && term_is_pointer(b) && brc_term_eq(a, b));
}

typedef struct Build {
    Room *room;
    size_t repeated;
} Build;

/* All of one key: the last leaf counts. */
static bool all_equal(const HamtLeaf *e, size_t n) {
    Term first = term_head(e[0].leaf);
    for (size_t i = 1; i < n; i++)
        if (e[i].hash != e[0].hash || !same_key(term_head(e[i].leaf), first)) return false;
    return true;
}

static Term node_of(Room *room, uint32_t bits, const Term *children, size_t n) {
    Term *at = room_take(room, 2 + n);
    at[0] = BRC_HEADER(BRC_HNODE, 1 + n);
    at[1] = BRC_SMALL(bits);
    memcpy(at + 2, children, n * sizeof(Term));
    return term_make_boxed(at);
}

/* e[0..n) at `level`; tmp[0..n) is scratch. */
static Term build(Build *b, HamtLeaf *e, HamtLeaf *tmp, size_t n, uint32_t level) {
    if (n == 1) return e[0].leaf;
    if (all_equal(e, n)) {
        b->repeated += n - 1;
        return e[n - 1].leaf;
    }
    brc_ctx_pause(n < 1000 ? 20 * n : 0);
    BRC_CHECK(level < BRC_MAP_DEPTH); /* else different keys are alike in all their hashes */
    uint32_t shift = 4 * (level & 7), bits = 0;
    if (shift == 0 && level > 0)
        for (size_t i = 0; i < n; i++)
            e[i].hash = brc_term_map_hash(term_head(e[i].leaf), level >> 3);
    size_t count[16] = {0}, at[16], sum = 0;
    for (size_t i = 0; i < n; i++)
        count[e[i].hash >> shift & 15]++;
    brc_ctx_pause(2 * n);
    for (int i = 0; i < 16; i++)
        at[i] = sum, sum += count[i];
    for (size_t i = 0; i < n; i++) {
        tmp[at[e[i].hash >> shift & 15]++] = e[i];
        brc_ctx_pause(3);
    }
    Term children[16];
    size_t made = 0;
    for (int i = 0; i < 16; i++) {
        if (count[i] == 0) continue;
        size_t from = at[i] - count[i];
        children[made++] = build(b, tmp + from, e + from, count[i], level + 1);
        bits |= 1u << i;
    }
    return node_of(b->room, bits, children, made);
}

Term brc_term_hamt_build(Room *r, HamtLeaf *leaves, size_t n, size_t *distinct) {
    Build b = {.room = r};
    HamtLeaf *tmp = malloc(n * sizeof *tmp);
    if (tmp == NULL) brc_base_panic("out of memory (a map of %zu keys)", n);
    for (size_t i = 0; i < n; i++) {
        leaves[i].hash = brc_term_map_hash(term_head(leaves[i].leaf), 0);
        brc_ctx_pause(20);
    }
    Term root = build(&b, leaves, tmp, n, 0);
    free(tmp);
    *distinct = n - b.repeated;
    return root;
}

/* ---- merging ---- */
static size_t leaves_in(Term t) {
    if (term_is_cons(t)) return 1;
    const Term *node = term_box(t);
    size_t sum = 0;
    for (size_t i = 0; i < hamt_children(node); i++)
        sum += leaves_in(node[2 + i]);
    return sum;
}

static Term merge_nodes(Room *r, Term a, Term b, uint32_t level, size_t *shared);

static Term merge(Room *r, Term a, Term b, uint32_t level, size_t *shared) {
    bool added;
    brc_ctx_pause(20);
    if (a == b) {
        *shared += leaves_in(a);
        return b;
    }
    if (term_is_cons(b)) {
        Term m = brc_term_hamt_put(r, a, level, term_head(b), term_tail(b), b, false, &added);
        *shared += !added;
        return m;
    }
    if (term_is_cons(a)) {
        Term m = brc_term_hamt_put(r, b, level, term_head(a), term_tail(a), a, true, &added);
        *shared += !added;
        return m;
    }
    return merge_nodes(r, a, b, level, shared);
}

static Term merge_nodes(Room *r, Term a, Term b, uint32_t level, size_t *shared) {
    const Term *x = term_box(a), *y = term_box(b);
    uint32_t xbits = hamt_bits(x), ybits = hamt_bits(y), all = xbits | ybits;
    bool only_a = xbits == all, only_b = ybits == all;
    Term children[16];
    size_t n = 0;
    x += 2, y += 2;
    for (uint32_t rest = all; rest; rest &= rest - 1) {
        uint32_t bit = rest & -rest;
        Term c;
        if (!(ybits & bit))
            c = *x++;
        else if (!(xbits & bit))
            c = *y++;
        else {
            c = merge(r, *x, *y, level + 1, shared);
            only_a &= c == *x++;
            only_b &= c == *y++;
        }
        children[n++] = c;
    }
    if (only_b) return b;
    return only_a ? a : node_of(r, all, children, n);
}

Term brc_term_hamt_merge(Room *r, Term a, Term b, size_t *shared) {
    *shared = 0;
    return merge(r, a, b, 0, shared);
}
