/* bif_object.c: putting objects into tables, looking them up, taking them out. */
#include "bif/sliced.h"
#include "ctx/fail.h"
#include "ets/table.h"
#include "term/int.h"

/* A tuple that has a key. */
static bool is_object(const Ets *t, Term tuple) {
    return term_is_tuple(tuple) && term_tuple_arity(tuple) > t->keypos;
}

/* How many, or -1: something else is among them. */
static int64_t count_objects(const Ets *t, Term list) {
    int64_t n = 0;
    for (; term_is_cons(list); list = term_tail(list), n++)
        if (!is_object(t, term_head(list))) return -1;
    return term_is_nil(list) ? n : -1;
}

/* Stock puts a list into a bag from its end. */
static Term in_order(Proc *p, const Ets *t, Term list) {
    return t->kind == BRC_ETS_BAG ? brc_long_lists_reverse_2(p, list, BRC_NIL) : list;
}

/* The parts that a list of objects goes to. */
static uint64_t parts_of(const Ets *t, Term list) {
    uint64_t parts = 0, all = ets_all_parts(t);
    if (!ets_is_hash(t)) return all;
    for (; all > 1 && term_is_cons(list) && parts != all; list = term_tail(list)) {
        Term key = term_tuple_elements(term_head(list))[t->keypos];
        parts |= UINT64_C(1) << ets_part_index(t, ets_hash(key));
    }
    return parts ? parts : 1;
}

static void insert_all(Proc *p, EtsAt *at, Term list) {
    for (Term l = in_order(p, at->t, list); term_is_cons(l); l = term_tail(l)) {
        ets_turn_to(at, term_tuple_elements(term_head(l))[at->t->keypos]);
        brc_ets_insert(at, term_head(l));
        brc_ctx_charge(p, 1);
    }
}

static bool any_there(Proc *p, EtsAt *at, Term list) {
    for (Term l = list; term_is_cons(l); l = term_tail(l)) {
        Term key = term_tuple_elements(term_head(l))[at->t->keypos];
        ets_turn_to(at, key);
        if (brc_ets_lookup(at, key)) return true;
        brc_ctx_charge(p, 1);
    }
    return false;
}

/* One object or a list of them, which go in together. */
static Term insert(Proc *p, Term tab, Term what, bool only_new) {
    EtsAt at;
    if (!brc_ets_aim(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    bool put = true;
    if (is_object(at.t, what)) {
        Term key = term_tuple_elements(what)[at.t->keypos];
        ets_turn_to(&at, key);
        if (!brc_ets_lock_part(p, &at, ets_part_index(at.t, at.hash))) return BRC_NONE;
        put = !only_new || !brc_ets_lookup(&at, key);
        if (put) brc_ets_insert(&at, what);
    } else {
        if (count_objects(at.t, what) < 0) return brc_ctx_badarg(p);
        if (!brc_ets_lock_parts(p, &at, parts_of(at.t, what))) return BRC_NONE;
        put = !only_new || !any_there(p, &at, what);
        if (put) insert_all(p, &at, what);
    }
    brc_ets_leave(&at);
    return term_bool(put);
}

Term brc_bif_ets_insert_2(Proc *p, Term tab, Term what) {
    return insert(p, tab, what, false);
}
Term brc_bif_ets_insert_new_2(Proc *p, Term tab, Term what) {
    return insert(p, tab, what, true);
}

/* All objects of o's key, the oldest first. */
static Term objects_out(Proc *p, const Ets *t, EtsObj *o) {
    Term list = BRC_NIL;
    for (; o; o = brc_ets_same_key(t, o)) {
        Term tuple = brc_ets_obj_out(p, o);
        list = term_cons(brc_ctx_alloc(p, 2), tuple, list);
    }
    return list;
}

Term brc_bif_ets_lookup_2(Proc *p, Term tab, Term key) {
    EtsAt at;
    if (!brc_ets_enter_key(p, tab, key, BRC_ETS_READ, &at)) return BRC_NONE;
    Term list = objects_out(p, at.t, brc_ets_lookup(&at, key));
    brc_ets_leave(&at);
    return list;
}

Term brc_bif_ets_take_2(Proc *p, Term tab, Term key) {
    EtsAt at;
    if (!brc_ets_enter_key(p, tab, key, BRC_ETS_WRITE, &at)) return BRC_NONE;
    Term list = objects_out(p, at.t, brc_ets_lookup(&at, key));
    if (list != BRC_NIL) brc_ets_delete_key(&at, key);
    brc_ets_leave(&at);
    return list;
}

Term brc_bif_ets_member_2(Proc *p, Term tab, Term key) {
    EtsAt at;
    if (!brc_ets_enter_key(p, tab, key, BRC_ETS_READ, &at)) return BRC_NONE;
    bool found = brc_ets_lookup(&at, key) != NULL;
    brc_ets_leave(&at);
    return term_bool(found);
}

static bool is_bag(const Ets *t) {
    return t->kind == BRC_ETS_BAG || t->kind == BRC_ETS_DUPLICATE_BAG;
}

/* Element i (from 0) of all objects of a key; BRC_NONE: one is too short. */
static Term elements_out(Proc *p, const Ets *t, EtsObj *o, uint64_t i) {
    Term list = BRC_NIL;
    for (; o; o = brc_ets_same_key(t, o)) {
        if (i >= term_tuple_arity(obj_tuple(o))) return brc_ctx_badarg(p);
        Term e = brc_ets_part_out(p, obj_elements(o)[i]);
        if (!is_bag(t)) return e;
        list = term_cons(brc_ctx_alloc(p, 2), e, list);
    }
    return list;
}

static Term lookup_element(Proc *p, Term tab, Term key, Term pos, Term otherwise) {
    EtsAt at;
    if (!brc_ets_enter_key(p, tab, key, BRC_ETS_READ, &at)) return BRC_NONE;
    Term answer;
    uint64_t i;
    EtsObj *o = brc_ets_lookup(&at, key);
    if (!term_is_small(pos) || !brc_term_int_to_u64(pos, &i) || i == 0)
        answer = brc_ctx_badarg(p);
    else if (o)
        answer = elements_out(p, at.t, o, i - 1);
    else
        answer = otherwise != BRC_NONE ? otherwise : brc_ctx_badarg_cause(p, AM(badkey));
    brc_ets_leave(&at);
    return answer;
}

Term brc_bif_ets_lookup_element_3(Proc *p, Term tab, Term key, Term pos) {
    return lookup_element(p, tab, key, pos, BRC_NONE);
}
Term brc_bif_ets_lookup_element_4(Proc *p, Term tab, Term key, Term pos, Term otherwise) {
    return lookup_element(p, tab, key, pos, otherwise);
}

Term brc_bif_ets_delete_2(Proc *p, Term tab, Term key) {
    EtsAt at;
    if (!brc_ets_enter_key(p, tab, key, BRC_ETS_WRITE, &at)) return BRC_NONE;
    brc_ets_delete_key(&at, key);
    brc_ets_leave(&at);
    return AM(true);
}

Term brc_bif_ets_delete_object_2(Proc *p, Term tab, Term tuple) {
    EtsAt at;
    if (!brc_ets_aim(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    if (!is_object(at.t, tuple)) return brc_ctx_badarg(p);
    ets_turn_to(&at, term_tuple_elements(tuple)[at.t->keypos]);
    if (!brc_ets_lock_part(p, &at, ets_part_index(at.t, at.hash))) return BRC_NONE;
    brc_ets_delete_object(&at, tuple);
    brc_ets_leave(&at);
    return AM(true);
}

/* internal_delete_all(Table, undefined): how many there were. */
Term brc_bif_ets_internal_delete_all_2(Proc *p, Term tab, Term unused) {
    (void)unused;
    EtsAt at;
    if (!brc_ets_enter(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    size_t n = brc_ets_count(at.t);
    EtsLeft left;
    brc_ets_clear(&at, &left);
    brc_ets_leave(&at);
    return brc_ets_left_free_for(p, &left, BRC_SMALL(n));
}
