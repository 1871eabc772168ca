/* hamt.c: the hash array mapped trie (Bagwell, "Ideal Hash Trees", 2001) of maps above 32 keys.
 *
 *   HASHMAP [count, root]      HNODE [bitmap, child...]      child: [key|value] or HNODE
 *
 * Each level takes four bits of the key's hash, lowest first; after eight levels the next round of
 * the hash is used. Invariants: 1. a node's children stand in the order of their bits; 2. a part
 * of the trie with one key is a leaf, except at the root, so equal maps have equal shapes; 3. the
 * count is the number of leaves. Updates copy the path to the leaf and share the rest. */
#include "term/hamt.h"
#include "term/cmp.h"
#include "term/map.h"
#include "base/panic.h"

_Thread_local HashMemo brc_term_hash_memo;

typedef struct Step { /* one node on the way down */
    const Term *node;
    uint32_t slot, bit;
} Step;

static inline uint32_t slot_of(uint32_t bits, uint32_t bit) {
    return (uint32_t)__builtin_popcount(bits & (bit - 1));
}

static inline bool same_key(Term a, Term b) {
    return a == b || (term_is_pointer(a) && term_is_pointer(b) && brc_term_eq(a, b));
}

Term brc_term_hamt_get(Term root, Term key) {
    uint32_t hash = brc_term_map_hash(key, 0), level = 0;
    if (term_is_pointer(key)) brc_term_hash_memo = (HashMemo){key, hash};
    for (;;) {
        const Term *node = term_box(root);
        uint32_t bits = hamt_bits(node), bit = 1u << (hash & 15);
        if (!(bits & bit)) return BRC_NONE;
        root = node[2 + slot_of(bits, bit)];
        if (term_is_cons(root)) return same_key(term_head(root), key) ? term_tail(root) : BRC_NONE;
        hash = hamt_hash_next(hash, key, ++level);
    }
}

_Noreturn static void too_deep(void) {
    brc_base_panic("map: two different keys hash alike at every level");
}

static Term node_begin(Term *at, uint32_t bits, size_t children) {
    at[0] = BRC_HEADER(BRC_HNODE, 1 + children);
    at[1] = BRC_SMALL(bits);
    return term_make_boxed(at);
}

/* A copy of a node with one child exchanged. */
static Term *copy_with(Term *at, const Step *s, Term child, Term *made) {
    size_t words = 1 + BRC_HEADER_WORDS(s->node[0]);
    memcpy(at, s->node, words * sizeof(Term));
    at[2 + s->slot] = child;
    *made = term_make_boxed(at);
    return at + words;
}

/* A copy of a node with one child more. */
static Term *copy_adding(Term *at, const Step *s, Term child, Term *made) {
    size_t n = hamt_children(s->node);
    *made = node_begin(at, hamt_bits(s->node) | s->bit, n + 1);
    memcpy(at + 2, s->node + 2, s->slot * sizeof(Term));
    at[2 + s->slot] = child;
    memcpy(at + 3 + s->slot, s->node + 2 + s->slot, (n - s->slot) * sizeof(Term));
    return at + 3 + n;
}

/* Nodes from `level` down to where two keys part; `apart` tells their hashes there. */
static Term *split(Term *at, uint32_t level, uint32_t deep, Term old, Term leaf, uint32_t old_hash,
                   uint32_t hash, Term *made) {
    uint32_t a = old_hash & 15, b = hash & 15;
    *made = node_begin(at, 1u << a | 1u << b, 2);
    at[2 + (a > b)] = old;
    at[2 + (a < b)] = leaf;
    at += 4;
    while (deep > level) {
        at[2] = *made;
        *made = node_begin(at, 1u << (hamt_hash_at(term_head(leaf), --deep) & 15), 1);
        at += 3;
    }
    return at;
}

Term brc_term_hamt_put(Room *r, Term node, uint32_t level, Term key, Term value, Term leaf,
                       bool keep, bool *added) {
    Step path[BRC_MAP_DEPTH];
    bool known = level == 0 && key == brc_term_hash_memo.key && term_is_pointer(key);
    uint32_t hash = known ? brc_term_hash_memo.hash : hamt_hash_at(key, level);
    uint32_t old_hash = 0, deep;
    size_t depth = 0, words = leaf == BRC_NONE ? 2 : 0;
    Term child = node;
    *added = true;
    while (!term_is_cons(child)) {
        if (level + depth >= BRC_MAP_DEPTH) too_deep();
        Step *s = &path[depth++];
        s->node = term_box(child);
        s->bit = 1u << (hash & 15);
        s->slot = slot_of(hamt_bits(s->node), s->bit);
        words += 1 + BRC_HEADER_WORDS(s->node[0]);
        if (!(hamt_bits(s->node) & s->bit)) {
            child = BRC_NONE;
            break;
        }
        child = s->node[2 + s->slot];
        hash = hamt_hash_next(hash, key, level + (uint32_t)depth);
    }
    uint32_t here = deep = level + (uint32_t)depth;
    if (child == BRC_NONE) {
        words++;
    } else if (same_key(term_head(child), key)) {
        *added = false;
        if (keep || child == leaf || term_tail(child) == value) return node;
    } else {
        Term old = term_head(child);
        old_hash = hamt_hash_at(old, deep);
        words += 4;
        while (((hash ^ old_hash) & 15) == 0) {
            if (++deep >= BRC_MAP_DEPTH) too_deep();
            hash = hamt_hash_next(hash, key, deep);
            old_hash = hamt_hash_next(old_hash, old, deep);
            words += 3;
        }
    }
    Term *at = room_take(r, words), made;
    if (leaf == BRC_NONE) {
        leaf = term_cons(at, key, value);
        at += 2;
    }
    made = leaf;
    if (child == BRC_NONE)
        at = copy_adding(at, &path[--depth], leaf, &made);
    else if (*added)
        at = split(at, here, deep, child, leaf, old_hash, hash, &made);
    while (depth > 0)
        at = copy_with(at, &path[--depth], made, &made);
    return made;
}

/* The path copied with the node at its end rid of the leaf there. A node left with one leaf gives
 * way to that leaf, and so on upwards (invariant 2). */
static Term remove_leaf(Proc *p, Step *path, size_t depth) {
    const Step *s = &path[--depth];
    size_t n = hamt_children(s->node), words = 0;
    Term made = BRC_NONE;
    if (n == 2 && depth > 0 && term_is_cons(s->node[3 - s->slot])) {
        made = s->node[3 - s->slot];
        while (depth > 1 && hamt_children(path[depth - 1].node) == 1)
            depth--;
    } else {
        words = 1 + n;
    }
    for (size_t i = 0; i < depth; i++)
        words += 1 + BRC_HEADER_WORDS(path[i].node[0]);
    Term *at = room_exact(p, words);
    if (made == BRC_NONE) {
        made = node_begin(at, hamt_bits(s->node) ^ s->bit, n - 1);
        memcpy(at + 2, s->node + 2, s->slot * sizeof(Term));
        memcpy(at + 2 + s->slot, s->node + 3 + s->slot, (n - 1 - s->slot) * sizeof(Term));
        at += 1 + n;
    }
    while (depth > 0)
        at = copy_with(at, &path[--depth], made, &made);
    return made;
}

Term brc_term_hamt_remove(Proc *p, Term root, Term key, Term *value) {
    Step path[BRC_MAP_DEPTH];
    uint32_t hash = brc_term_map_hash(key, 0);
    size_t depth = 0;
    Term child = root;
    *value = BRC_NONE;
    while (!term_is_cons(child)) {
        Step *s = &path[depth++];
        s->node = term_box(child);
        s->bit = 1u << (hash & 15);
        s->slot = slot_of(hamt_bits(s->node), s->bit);
        if (!(hamt_bits(s->node) & s->bit)) return root;
        child = s->node[2 + s->slot];
        hash = hamt_hash_next(hash, key, (uint32_t)depth);
    }
    if (!same_key(term_head(child), key)) return root;
    *value = term_tail(child);
    return remove_leaf(p, path, depth);
}

Term brc_term_hamt_map(Proc *p, Term root, size_t count) {
    Term *at = room_exact(p, 3);
    at[0] = BRC_HEADER(BRC_HASHMAP, 2);
    at[1] = BRC_SMALL(count);
    at[2] = root;
    return term_make_boxed(at);
}
