/* bif_order.c: stepping through a table by key: first, last, next, prev, slot, with and without
 * the objects. In a hash table, where there is no other order, last is first and prev is next. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "ets/table.h"
#include "term/int.h"

/* The first live object in bucket i or after it. */
static EtsObj *from_bucket(const EtsHash *h, size_t i) {
    for (; i < h->active; i++)
        for (EtsObj *o = *hash_bucket(h, i); o; o = o->next)
            if (obj_live(o)) return o;
    return NULL;
}

/* The first live object whose key comes after that of o. */
static EtsObj *after_object(const Ets *t, const EtsObj *o) {
    const EtsHash *h = &t->store.hash;
    Term key = ets_key(t, o);
    for (EtsObj *n = o->next; n; n = n->next)
        if (obj_live(n) && !(n->hash == o->hash && ets_same(ets_key(t, n), key))) return n;
    return from_bucket(h, hash_index(h, o->hash) + 1);
}

typedef enum Step { FIRST, LAST, NEXT, PREV } Step;

/* The object to step to, NULL: there is none; *valid: key is one to step from. */
static EtsObj *step_to(Ets *t, Term key, Step step, bool *valid) {
    *valid = key != AM(end_of_table);
    if (!*valid) return NULL;
    if (!ets_is_hash(t)) {
        TreeAt at;
        if (step == FIRST) brc_ets_tree_first(&t->store.tree, &at);
        if (step == LAST) brc_ets_tree_last(&t->store.tree, &at);
        if (step == NEXT) brc_ets_tree_after(&t->store.tree, &at, key, false);
        if (step == PREV) brc_ets_tree_before(&t->store.tree, &at, key, false);
        return brc_ets_tree_at(&at);
    }
    if (step == FIRST || step == LAST) return from_bucket(&t->store.hash, 0);
    EtsObj *o = *hash_find(&t->store.hash, key, ets_hash(key), t->keypos);
    *valid = o != NULL;
    return o ? after_object(t, o) : NULL;
}

/* {Key, Objects} */
static Term with_objects(Proc *p, Ets *t, EtsObj *o) {
    Term list = BRC_NIL, key = ets_key(t, o);
    if (ets_is_hash(t)) o = brc_ets_lookup(t, key);
    for (; o; o = brc_ets_same_key(t, o)) {
        Term tuple = brc_ets_obj_out(p, o);
        list = term_cons(brc_ctx_alloc(p, 2), tuple, list);
    }
    key = term_tuple_elements(term_head(list))[t->keypos];
    return term_tuple2(brc_ctx_alloc(p, 3), key, list);
}

static Term step(Proc *p, Term tab, Term key, Step how, bool objects) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_READ);
    if (!t) return BRC_NONE;
    bool valid;
    EtsObj *o = step_to(t, key, how, &valid);
    Term answer = AM(end_of_table);
    if (o) answer = objects ? with_objects(p, t, o) : brc_ets_part_out(p, ets_key(t, o));
    if (!valid) answer = brc_ctx_badarg(p);
    brc_ets_leave(t, BRC_ETS_READ);
    return answer;
}

Term brc_bif_ets_first_1(Proc *p, Term tab) {
    return step(p, tab, BRC_NONE, FIRST, false);
}
Term brc_bif_ets_last_1(Proc *p, Term tab) {
    return step(p, tab, BRC_NONE, LAST, false);
}
Term brc_bif_ets_next_2(Proc *p, Term tab, Term key) {
    return step(p, tab, key, NEXT, false);
}
Term brc_bif_ets_prev_2(Proc *p, Term tab, Term key) {
    return step(p, tab, key, PREV, false);
}
Term brc_bif_ets_first_lookup_1(Proc *p, Term tab) {
    return step(p, tab, BRC_NONE, FIRST, true);
}
Term brc_bif_ets_last_lookup_1(Proc *p, Term tab) {
    return step(p, tab, BRC_NONE, LAST, true);
}
Term brc_bif_ets_next_lookup_2(Proc *p, Term tab, Term key) {
    return step(p, tab, key, NEXT, true);
}
Term brc_bif_ets_prev_lookup_2(Proc *p, Term tab, Term key) {
    return step(p, tab, key, PREV, true);
}

/* ---- slot/2 ---- */
static Term bucket_out(Proc *p, const Ets *t, size_t i) {
    Term list = BRC_NIL;
    for (EtsObj *o = *hash_bucket(&t->store.hash, i); o; o = o->next) {
        if (!obj_live(o)) continue;
        Term tuple = brc_ets_obj_out(p, o);
        list = term_cons(brc_ctx_alloc(p, 2), tuple, list);
    }
    return list;
}

static Term nth_out(Proc *p, Ets *t, size_t i) {
    TreeAt at;
    brc_ctx_charge(p, i / 16);
    for (brc_ets_tree_first(&t->store.tree, &at); i > 0; i--)
        brc_ets_tree_next(&at);
    Term tuple = brc_ets_obj_out(p, brc_ets_tree_at(&at));
    return term_cons(brc_ctx_alloc(p, 2), tuple, BRC_NIL);
}

Term brc_bif_ets_slot_2(Proc *p, Term tab, Term slot) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_READ);
    if (!t) return BRC_NONE;
    uint64_t i, n = ets_is_hash(t) ? t->store.hash.active : t->store.tree.count;
    Term answer;
    if (!term_is_small(slot) || !brc_term_int_to_u64(slot, &i) || i > n)
        answer = brc_ctx_badarg(p);
    else if (i == n)
        answer = AM(end_of_table);
    else
        answer = ets_is_hash(t) ? bucket_out(p, t, i) : nth_out(p, t, i);
    brc_ets_leave(t, BRC_ETS_READ);
    return answer;
}
