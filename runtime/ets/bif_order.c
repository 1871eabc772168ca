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

/* The first live object of the part whose key comes after that of o. */
static EtsObj *after_object(const Ets *t, const EtsPart *part, const EtsObj *o) {
    const EtsHash *h = &part->store.hash;
    Term key = ets_key(t, o);
    for (EtsObj *n = o->next; n; n = n->next)
        if (obj_live(n) && !(n->hash == o->hash && ets_same(ets_key(t, n), key))) return n;
    return from_bucket(h, hash_index(h, o->hash) + 1);
}

typedef enum Step { FIRST, LAST, NEXT, PREV } Step;

static EtsObj *tree_step(const EtsTree *tree, Term key, Step step) {
    TreeAt at;
    if (step == FIRST) brc_ets_tree_first(tree, &at);
    if (step == LAST) brc_ets_tree_last(tree, &at);
    if (step == NEXT) brc_ets_tree_after(tree, &at, key, false);
    if (step == PREV) brc_ets_tree_before(tree, &at, key, false);
    return brc_ets_tree_at(&at);
}

/* The object to step to, its part locked; NULL: there is none; *valid: key is one to step from, and
 * the table is still there. */
static EtsObj *step_to(Proc *p, EtsAt *at, Term key, Step step, bool *valid) {
    const Ets *t = at->t;
    *valid = key != AM(end_of_table);
    if (!*valid) return NULL;
    if (!ets_is_hash(t)) return tree_step(&at->part->store.tree, key, step);
    EtsObj *o;
    if (step == FIRST || step == LAST) {
        o = from_bucket(&at->part->store.hash, 0);
    } else {
        o = *hash_find(&at->part->store.hash, key, at->hash, t->keypos);
        *valid = o != NULL;
        if (!o) return NULL;
        o = after_object(t, at->part, o);
    }
    for (uint32_t i = (uint32_t)(at->part - t->parts) + 1; !o && i < t->part_count; i++) {
        brc_ets_leave(at);
        *valid = brc_ets_lock_part(p, at, i);
        if (!*valid) return NULL;
        o = from_bucket(&at->part->store.hash, 0);
    }
    return o;
}

/* {Key, Objects} */
static Term with_objects(Proc *p, EtsAt *at, EtsObj *o) {
    Term list = BRC_NIL, key = ets_key(at->t, o);
    if (ets_is_hash(at->t)) {
        at->hash = o->hash;
        o = brc_ets_lookup(at, key);
    }
    for (; o; o = brc_ets_same_key(at->t, o)) {
        Term tuple = brc_ets_obj_out(p, o);
        list = term_cons(brc_ctx_alloc(p, 2), tuple, list);
    }
    key = term_tuple_elements(term_head(list))[at->t->keypos];
    return term_tuple2(brc_ctx_alloc(p, 3), key, list);
}

static Term step(Proc *p, Term tab, Term key, Step how, bool objects) {
    EtsAt at;
    bool from_key = how == NEXT || how == PREV, valid;
    if (!brc_ets_aim(p, tab, BRC_ETS_READ, &at)) return BRC_NONE;
    if (from_key) ets_turn_to(&at, key);
    if (!brc_ets_lock_part(p, &at, from_key ? ets_part_index(at.t, at.hash) : 0)) return BRC_NONE;
    EtsObj *o = step_to(p, &at, key, how, &valid);
    Term answer = AM(end_of_table);
    if (o) answer = objects ? with_objects(p, &at, o) : brc_ets_part_out(p, ets_key(at.t, o));
    if (!valid) answer = brc_ctx_badarg(p);
    brc_ets_leave(&at);
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
static Term bucket_out(Proc *p, const EtsHash *h, size_t i) {
    Term list = BRC_NIL;
    for (EtsObj *o = *hash_bucket(h, i); o; o = o->next) {
        if (!obj_live(o)) continue;
        Term tuple = brc_ets_obj_out(p, o);
        list = term_cons(brc_ctx_alloc(p, 2), tuple, list);
    }
    return list;
}

static Term nth_out(Proc *p, const EtsTree *tree, size_t i) {
    TreeAt at;
    brc_ctx_charge(p, i / 16);
    for (brc_ets_tree_first(tree, &at); i > 0; i--)
        brc_ets_tree_next(&at);
    Term tuple = brc_ets_obj_out(p, brc_ets_tree_at(&at));
    return term_cons(brc_ctx_alloc(p, 2), tuple, BRC_NIL);
}

static size_t slots_of(const Ets *t, const EtsPart *part) {
    return ets_is_hash(t) ? part->store.hash.active : part->store.tree.count;
}

/* Those of the parts are counted one after the other. */
Term brc_bif_ets_slot_2(Proc *p, Term tab, Term slot) {
    EtsAt at;
    if (!brc_ets_enter(p, tab, BRC_ETS_READ, &at)) return BRC_NONE;
    const Ets *t = at.t;
    uint64_t i;
    Term answer = BRC_NONE;
    if (!term_is_small(slot) || !brc_term_int_to_u64(slot, &i)) {
        brc_ctx_badarg(p);
    } else {
        const EtsPart *part = t->parts, *end = part + t->part_count;
        for (; part < end && i >= slots_of(t, part); part++)
            i -= slots_of(t, part);
        if (part == end)
            answer = i == 0 ? AM(end_of_table) : brc_ctx_badarg(p);
        else
            answer = ets_is_hash(t) ? bucket_out(p, &part->store.hash, i)
                                    : nth_out(p, &part->store.tree, i);
    }
    brc_ets_leave(&at);
    return answer;
}
