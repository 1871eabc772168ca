/* test_tree.c: the tree of ordered tables against an array; linear hashing against counts. */
#include "../sched/world.h"
#include "ets/hash.h"
#include "ets/tree.h"
#include <stdlib.h>

enum { KEYS = 4000 };
static EtsArena arena;

static EtsObj *object(Term key) {
    Term cell[2];
    return brc_ets_obj_new(&arena, (cell[1] = key, term_tuple_begin(cell, 1)));
}

/* The invariants of tree.h; how deep the leaves are. */
static int check(const TreeNode *n, bool root, Term after, Term before, size_t *count) {
    cr_assert(root || n->n >= BRC_TREE_LEAST);
    cr_assert_leq(n->n, (uint32_t)BRC_TREE_KEYS);
    for (uint32_t i = 0; i < n->n; i++) {
        cr_assert_eq(obj_elements(n->obj[i])[0], n->key[i]);
        cr_assert(after == BRC_NONE || ets_order(after, n->key[i]) < 0);
        cr_assert(before == BRC_NONE || ets_order(n->key[i], before) < 0);
        cr_assert(i == 0 || ets_order(n->key[i - 1], n->key[i]) < 0);
        cr_assert(!n->all_small || term_is_small(n->key[i]));
    }
    *count += n->n;
    if (n->leaf) return 1;
    int depth = 0;
    for (uint32_t i = 0; i <= n->n; i++) {
        int d = check(n->child[i], false, i ? n->key[i - 1] : after, i < n->n ? n->key[i] : before,
                      count);
        cr_assert(depth == 0 || d == depth);
        depth = d;
    }
    return depth + 1;
}

static void check_all(const EtsTree *t, const bool *there, size_t live) {
    size_t count = 0;
    if (t->root) check(t->root, true, BRC_NONE, BRC_NONE, &count);
    cr_assert_eq(count, live);
    cr_assert_eq(t->count, live);
    TreeAt at;
    brc_ets_tree_first(t, &at);
    for (int k = 0; k < KEYS; k++) {
        if (!there[k]) continue;
        EtsObj *o = brc_ets_tree_at(&at);
        cr_assert_not_null(o);
        cr_assert_eq(obj_elements(o)[0], BRC_SMALL(k));
        brc_ets_tree_next(&at);
    }
    cr_assert_null(brc_ets_tree_at(&at));
    brc_ets_tree_last(t, &at);
    for (int k = KEYS; k-- > 0;) {
        if (!there[k]) continue;
        cr_assert_eq(obj_elements(brc_ets_tree_at(&at))[0], BRC_SMALL(k));
        brc_ets_tree_prev(&at);
    }
    cr_assert_null(brc_ets_tree_at(&at));
}

static void check_steps(const EtsTree *t, const bool *there, int k) {
    TreeAt at;
    int next = k + 1, before = k - 1;
    while (next < KEYS && !there[next])
        next++;
    while (before >= 0 && !there[before])
        before--;
    brc_ets_tree_after(t, &at, BRC_SMALL(k), false);
    EtsObj *o = brc_ets_tree_at(&at);
    cr_assert_eq(o ? term_small(obj_elements(o)[0]) : KEYS, next);
    brc_ets_tree_before(t, &at, BRC_SMALL(k), false);
    o = brc_ets_tree_at(&at);
    cr_assert_eq(o ? term_small(obj_elements(o)[0]) : -1, before);
}

Test(tree, against_model) {
    static bool there[KEYS];
    EtsTree t = {0};
    size_t live = 0;
    srand(3);
    for (int i = 0; i < 120000; i++) {
        int k = rand() % KEYS;
        bool grow = rand() % 100 < (i / 30000 % 2 ? 35 : 65);
        if (grow && !there[k]) {
            brc_ets_tree_add(&t, &arena, object(BRC_SMALL(k)), BRC_SMALL(k));
            there[k] = true, live++;
        } else if (!grow) {
            EtsObj *o = brc_ets_tree_remove(&t, &arena, BRC_SMALL(k));
            cr_assert_eq(o != NULL, there[k]);
            if (o) brc_ets_obj_free(&arena, o), live--;
            there[k] = false;
        }
        cr_assert_eq(brc_ets_tree_find(&t, BRC_SMALL(k)) != NULL, there[k]);
        if (i % 97 == 0) check_steps(&t, there, k);
        if (i % 5000 == 0) check_all(&t, there, live);
    }
    while (brc_ets_tree_dismantle(&t, &arena, 7)) {
    }
    cr_assert_eq(arena.bytes, 0u);
}

Test(hash, grows_and_shrinks) {
    EtsHash h;
    brc_ets_hash_init(&h);
    for (int round = 0; round < 3; round++) {
        for (int k = 0; k < 5000; k++) {
            EtsObj *o = object(BRC_SMALL(k));
            o->hash = ets_hash(BRC_SMALL(k));
            EtsObj **link = hash_find(&h, BRC_SMALL(k), o->hash, 0);
            cr_assert_null(*link);
            *link = o;
            h.count++;
            brc_ets_hash_grow(&h);
        }
        for (int k = 0; k < 5000; k++) {
            EtsObj **link = hash_find(&h, BRC_SMALL(k), ets_hash(BRC_SMALL(k)), 0), *o = *link;
            cr_assert_not_null(o);
            *link = o->next;
            h.count--;
            brc_ets_obj_free(&arena, o);
            brc_ets_hash_shrink(&h);
        }
        cr_assert_eq(h.active, 16u);
    }
    cr_assert_eq(brc_ets_hash_bytes(&h) < 1000, true);
    brc_ets_hash_free(&h);
    cr_assert_eq(arena.bytes, 0u);
}
