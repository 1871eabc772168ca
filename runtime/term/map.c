/* map.c: maps as the rest of the runtime sees them: flat ones handled here, large ones in hamt.c.
 *
 *   FLATMAP [keys tuple, value...]     keys in exact term order, values in the order of the keys
 *
 * Maps changed only in their values share the keys tuple. A map has a trie exactly when it has more
 * than BRC_FLATMAP_MAX keys, so two equal maps are always of one kind. */
#include "term/map.h"
#include "base/panic.h"
#include "term/cmp.h"
#include "term/hamt.h"

typedef struct Pairs { /* sorted, no key twice; room for one flat map and one more */
    Term keys[BRC_FLATMAP_MAX + 1], values[BRC_FLATMAP_MAX + 1];
    size_t n;
} Pairs;

static const Term no_keys[2] __attribute__((aligned(16))) = {BRC_HEADER(BRC_TUPLE, 0)};
static const Term no_pairs[2]
    __attribute__((aligned(16))) = {BRC_HEADER(BRC_FLATMAP, 1), (Term)no_keys + BRC_TAG_BOXED};

Term brc_term_map_empty(void) {
    return term_make_boxed(no_pairs);
}

static inline bool is_flat(Term map) {
    return term_kind(map) == BRC_FLATMAP;
}
static inline Term flat_keys(Term map) {
    return term_box(map)[1];
}
static inline size_t flat_size(Term map) {
    return BRC_HEADER_WORDS(term_header(map)) - 1;
}

static inline void charge(Proc *p, size_t work) {
    if (p) brc_ctx_charge(p, work);
}

size_t brc_term_map_size(Term map) {
    return is_flat(map) ? flat_size(map) : hamt_count(map);
}

/* Where key belongs among n sorted keys; *there tells whether it is there already. */
static size_t place(const Term *keys, size_t n, Term key, bool *there) {
    size_t low = 0, high = n;
    *there = false;
    if (n > 0) { /* often keys come in order */
        int c = brc_term_compare_exact(key, keys[n - 1]);
        if (c > 0) return n;
        if (c == 0) return *there = true, n - 1;
        high = n - 1;
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        int c = brc_term_compare_exact(key, keys[middle]);
        if (c == 0) return *there = true, middle;
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* find for what is not an immediate. Tuples are looked for by their order where there are many. */
static __attribute__((noinline)) size_t find_deep(const Term *keys, size_t n, Term key) {
    size_t i = 0;
    if (n > 6 && term_is_tuple(key)) {
        bool there;
        i = place(keys, n, key, &there);
        return there ? i : n;
    }
    while (i < n && keys[i] != key && !(term_is_pointer(keys[i]) && brc_term_eq(keys[i], key)))
        i++;
    return i;
}

/* Where key stands among n sorted keys; n where it does not. */
static inline size_t find(const Term *keys, size_t n, Term key) {
    size_t i = 0;
    if (term_is_pointer(key)) return find_deep(keys, n, key);
    while (i < n && keys[i] != key)
        i++;
    return i;
}

/* Where key stands, or belongs where it does not. */
static size_t seek(const Term *keys, size_t n, Term key, bool *there) {
    if (!term_is_pointer(key)) {
        size_t i = find(keys, n, key);
        if (i < n) return *there = true, i;
    }
    return place(keys, n, key, there);
}

Term brc_term_map_get(Term map, Term key) {
    if (!is_flat(map)) return brc_term_hamt_get(hamt_root(map), key);
    size_t n = flat_size(map), i = find(term_tuple_elements(flat_keys(map)), n, key);
    return i < n ? term_box(map)[2 + i] : BRC_NONE;
}

/* ---- making ---- */
static Term flat_with_keys(Proc *p, Term keys, const Term *values, size_t n) {
    Term *at = room_exact(p, 2 + n);
    at[0] = BRC_HEADER(BRC_FLATMAP, 1 + n);
    at[1] = keys;
    memcpy(at + 2, values, n * sizeof(Term));
    return term_make_boxed(at);
}

static Term flat_new(Proc *p, const Term *keys, const Term *values, size_t n) {
    if (n == 0) return brc_term_map_empty();
    Term *at = room_exact(p, 3 + 2 * n);
    at[0] = BRC_HEADER(BRC_FLATMAP, 1 + n);
    at[1] = term_tuple_begin(at + 2 + n, n);
    memcpy(at + 2, values, n * sizeof(Term));
    memcpy(at + 3 + n, keys, n * sizeof(Term));
    return term_make_boxed(at);
}

/* Puts one pair among sorted ones, in the place of an equal one (0.0 and -0.0 are equal, too). */
static void pairs_put(Pairs *s, Term key, Term value) {
    bool there;
    size_t i = place(s->keys, s->n, key, &there);
    if (!there) {
        memmove(s->keys + i + 1, s->keys + i, (s->n - i) * sizeof(Term));
        memmove(s->values + i + 1, s->values + i, (s->n - i) * sizeof(Term));
        s->n++;
    }
    s->keys[i] = key;
    s->values[i] = value;
}

static void pairs_load(Pairs *s, Term map) {
    s->n = flat_size(map);
    memcpy(s->keys, term_tuple_elements(flat_keys(map)), s->n * sizeof(Term));
    memcpy(s->values, term_box(map) + 2, s->n * sizeof(Term));
}

static void pairs_from_trie(Pairs *s, Term t) {
    if (term_is_cons(t)) {
        pairs_put(s, term_head(t), term_tail(t));
        return;
    }
    const Term *node = term_box(t);
    for (size_t i = 0; i < hamt_children(node); i++)
        pairs_from_trie(s, node[2 + i]);
}

/* The map of a trie of `count` keys. */
static Term from_trie(Proc *p, Term root, size_t count) {
    if (count > BRC_FLATMAP_MAX) return brc_term_hamt_map(p, root, count);
    Pairs s = {.n = 0};
    pairs_from_trie(&s, root);
    return flat_new(p, s.keys, s.values, s.n);
}

static size_t chunk_for(size_t keys) {
    return 2 * keys + 32 < 16384 ? 2 * keys + 32 : 16384;
}

/* n leaves, made of keys[i * step] and values[i * step]. The caller frees. */
static HamtLeaf *leaves_new(Room *r, const Term *keys, const Term *values, size_t n, size_t step) {
    HamtLeaf *leaves = malloc(n * sizeof *leaves);
    if (leaves == NULL) brc_base_panic("out of memory (a map of %zu keys)", n);
    Term *cells = room_take(r, 2 * n);
    for (size_t i = 0; i < n; i++)
        leaves[i].leaf = term_cons(cells + 2 * i, keys[i * step], values[i * step]);
    return leaves;
}

/* Only the trie of n > 0 pairs. */
static Term trie_of(Proc *p, const Term *keys, const Term *values, size_t n, size_t step,
                    size_t *distinct) {
    Room r;
    room_begin(&r, p, chunk_for(n));
    HamtLeaf *leaves = leaves_new(&r, keys, values, n, step);
    Term root = brc_term_hamt_build(&r, leaves, n, distinct);
    room_end(&r);
    free(leaves);
    return root;
}

static Term from_many(Proc *p, const Term *keys, const Term *values, size_t n, size_t step) {
    size_t distinct;
    Term root = trie_of(p, keys, values, n, step, &distinct);
    charge(p, n);
    return from_trie(p, root, distinct);
}

Term brc_term_map_from_pairs(Proc *p, const Term *pairs, size_t n) {
    if (n > BRC_FLATMAP_MAX) return from_many(p, pairs, pairs + 1, n, 2);
    Pairs s = {.n = 0};
    for (size_t i = 0; i < n; i++)
        pairs_put(&s, pairs[2 * i], pairs[2 * i + 1]);
    return flat_new(p, s.keys, s.values, s.n);
}

Term brc_term_map_from_pairs_literal(const Term *pairs, size_t n) {
    return brc_term_map_from_pairs(NULL, pairs, n);
}

/* ---- changing one key ---- */
static void copy_with(Term *to, const Term *from, size_t n, size_t at, Term t) {
    memcpy(to, from, at * sizeof(Term));
    to[at] = t;
    memcpy(to + at + 1, from + at, (n - at) * sizeof(Term));
}
static void copy_without(Term *to, const Term *from, size_t n, size_t at) {
    memcpy(to, from, at * sizeof(Term));
    memcpy(to + at, from + at + 1, (n - at - 1) * sizeof(Term));
}

static Term flat_put(Proc *p, Term map, Term key, Term value) {
    Term *box = term_box(map), *keys = term_tuple_elements(box[1]);
    bool there;
    size_t n = flat_size(map), i = seek(keys, n, key, &there);
    if (there) {
        if (box[2 + i] == value) return map;
        Term made = flat_with_keys(p, box[1], box + 2, n);
        term_box(made)[2 + i] = value;
        return made;
    }
    if (n == BRC_FLATMAP_MAX) {
        Pairs s;
        pairs_load(&s, map);
        s.keys[n] = key, s.values[n] = value;
        return from_many(p, s.keys, s.values, n + 1, 1);
    }
    Term *at = room_exact(p, 5 + 2 * n);
    at[0] = BRC_HEADER(BRC_FLATMAP, 2 + n);
    at[1] = term_tuple_begin(at + 3 + n, n + 1);
    copy_with(at + 2, box + 2, n, i, value);
    copy_with(at + 4 + n, keys, n, i, key);
    return term_make_boxed(at);
}

Term brc_term_map_put(Proc *p, Term map, Term key, Term value) {
    if (is_flat(map)) return flat_put(p, map, key, value);
    Room r;
    bool added;
    room_begin(&r, p, 0);
    Term root = hamt_root(map), made;
    made = brc_term_hamt_put(&r, root, 0, key, value, BRC_NONE, false, &added);
    return made == root ? map : brc_term_hamt_map(p, made, hamt_count(map) + added);
}

static Term flat_take(Proc *p, Term map, Term key, Term *value) {
    const Term *box = term_box(map), *keys = term_tuple_elements(box[1]);
    size_t n = flat_size(map), i = find(keys, n, key);
    *value = BRC_NONE;
    if (i == n) return map;
    *value = box[2 + i];
    if (n == 1) return brc_term_map_empty();
    Term *at = room_exact(p, 1 + 2 * n);
    at[0] = BRC_HEADER(BRC_FLATMAP, n);
    at[1] = term_tuple_begin(at + 1 + n, n - 1);
    copy_without(at + 2, box + 2, n, i);
    copy_without(at + 2 + n, keys, n, i);
    return term_make_boxed(at);
}

Term brc_term_map_take(Proc *p, Term map, Term key, Term *value) {
    if (is_flat(map)) return flat_take(p, map, key, value);
    Term root = brc_term_hamt_remove(p, hamt_root(map), key, value);
    return *value == BRC_NONE ? map : from_trie(p, root, hamt_count(map) - 1);
}

Term brc_term_map_remove(Proc *p, Term map, Term key) {
    Term value;
    return brc_term_map_take(p, map, key, &value);
}

/* ---- changing many ---- */
static Term merge_tries(Proc *p, Term a, Term b, size_t count) {
    size_t shared;
    Room r;
    room_begin(&r, p, 256);
    Term root = brc_term_hamt_merge(&r, a, b, &shared);
    room_end(&r);
    return from_trie(p, root, count - shared);
}

static Term merge_flat(Proc *p, Term a, Term b) {
    Term *x = term_box(a), *y = term_box(b);
    const Term *xk = term_tuple_elements(x[1]), *yk = term_tuple_elements(y[1]);
    size_t nx = flat_size(a), ny = flat_size(b), i = 0, j = 0, n = 0;
    Term keys[2 * BRC_FLATMAP_MAX], values[2 * BRC_FLATMAP_MAX];
    x += 2, y += 2;
    while (i < nx || j < ny) {
        int c = i == nx          ? 1
                : j == ny        ? -1
                : xk[i] == yk[j] ? 0
                                 : brc_term_compare_exact(xk[i], yk[j]);
        keys[n] = c <= 0 ? xk[i] : yk[j];
        values[n++] = c < 0 ? x[i] : y[j];
        i += c <= 0, j += c >= 0;
    }
    if (n == ny) return b; /* every key of a is one of b */
    if (n == nx) return flat_with_keys(p, flat_keys(a), values, n);
    if (n > BRC_FLATMAP_MAX) return from_many(p, keys, values, n, 1);
    return flat_new(p, keys, values, n);
}

Term brc_term_map_merge(Proc *p, Term a, Term b) {
    size_t na = brc_term_map_size(a), nb = brc_term_map_size(b), n;
    charge(p, 1 + (na < nb ? na : nb) / 4 + (na + nb) / 64);
    if (a == b || na == 0) return b;
    if (nb == 0) return a;
    if (is_flat(a) && is_flat(b)) return merge_flat(p, a, b);
    Term x = is_flat(a) ? trie_of(p, term_tuple_elements(flat_keys(a)), term_box(a) + 2, na, 1, &n)
                        : hamt_root(a);
    Term y = is_flat(b) ? trie_of(p, term_tuple_elements(flat_keys(b)), term_box(b) + 2, nb, 1, &n)
                        : hamt_root(b);
    return merge_tries(p, x, y, na + nb);
}

/* Of several missing keys the least is named, of atoms the one written first. */
static bool has_all(Proc *p, Term map, const Term *pairs, size_t n) {
    Term missing = BRC_NONE;
    for (size_t i = 0; i < n; i++) {
        Term key = pairs[2 * i];
        if (brc_term_map_get(map, key) != BRC_NONE) continue;
        if (missing == BRC_NONE || (!(term_is_atom(key) && term_is_atom(missing)) &&
                                    brc_term_compare_exact(key, missing) < 0))
            missing = key;
    }
    if (missing != BRC_NONE) brc_ctx_error2(p, AM(badkey), missing);
    return missing == BRC_NONE;
}

/* All keys known to be there, or not. */
static Term flat_put_pairs(Proc *p, Term map, const Term *pairs, size_t n) {
    Pairs s;
    pairs_load(&s, map);
    size_t before = s.n;
    for (size_t i = 0; i < n; i++) {
        size_t at = find(s.keys, s.n, pairs[2 * i]);
        if (at < s.n)
            s.values[at] = pairs[2 * i + 1];
        else
            pairs_put(&s, pairs[2 * i], pairs[2 * i + 1]);
    }
    if (s.n > before) return flat_new(p, s.keys, s.values, s.n);
    return flat_with_keys(p, flat_keys(map), s.values, s.n);
}

/* New values for n keys that a flat map has: one copy. BRC_NONE where it lacks one. */
static Term flat_update(Proc *p, Term map, const Term *pairs, size_t n) {
    enum { MOST = 8 };
    size_t at[MOST], size = flat_size(map);
    const Term *keys = term_tuple_elements(flat_keys(map));
    if (n > MOST) return BRC_NONE;
    for (size_t i = 0; i < n; i++)
        if ((at[i] = find(keys, size, pairs[2 * i])) == size) return BRC_NONE;
    const Term *from = term_box(map);
    Term *to = room_exact(p, 2 + size);
    for (size_t i = 0; i < 2 + size; i++)
        to[i] = from[i];
    for (size_t i = 0; i < n; i++)
        to[2 + at[i]] = pairs[2 * i + 1];
    return term_make_boxed(to);
}

Term brc_term_map_put_pairs(Proc *p, Term map, const Term *pairs, size_t n, bool exact) {
    if (n == 1 && !exact) return brc_term_map_put(p, map, pairs[0], pairs[1]);
    if (is_flat(map)) {
        Term t = flat_update(p, map, pairs, n);
        if (t != BRC_NONE) return t;
    }
    if (exact && !has_all(p, map, pairs, n)) return BRC_NONE;
    if (n == 0) return map;
    if (n == 1) return brc_term_map_put(p, map, pairs[0], pairs[1]);
    if (is_flat(map) && (exact || flat_size(map) + n <= BRC_FLATMAP_MAX))
        return flat_put_pairs(p, map, pairs, n);
    if (n > 4) return brc_term_map_merge(p, map, brc_term_map_from_pairs(p, pairs, n));
    for (size_t i = 0; i < n; i++)
        map = brc_term_map_put(p, map, pairs[2 * i], pairs[2 * i + 1]);
    return map;
}
