/* bif_object.c: putting objects into tables, looking them up, taking them out. */
#include "abi/bif.h"
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

Term brc_bif_ets_insert_2(Proc *p, Term tab, Term what) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_WRITE);
    if (!t) return BRC_NONE;
    Term answer = AM(true);
    if (is_object(t, what)) {
        brc_ets_insert(t, what);
    } else {
        int64_t n = count_objects(t, what);
        if (n < 0) answer = brc_ctx_badarg(p);
        for (Term l = what; n > 0; n--, l = term_tail(l), brc_ctx_charge(p, 1))
            brc_ets_insert(t, term_head(l));
    }
    brc_ets_leave(t, BRC_ETS_WRITE);
    return answer;
}

static bool has_key_of(Ets *t, Term tuple) {
    return brc_ets_lookup(t, term_tuple_elements(tuple)[t->keypos]) != NULL;
}

Term brc_bif_ets_insert_new_2(Proc *p, Term tab, Term what) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_WRITE);
    if (!t) return BRC_NONE;
    bool new_ = true;
    Term answer = BRC_NONE;
    if (is_object(t, what)) {
        new_ = !has_key_of(t, what);
        if (new_) brc_ets_insert(t, what);
        answer = term_bool(new_);
    } else if (count_objects(t, what) < 0) {
        brc_ctx_badarg(p);
    } else {
        Term l;
        for (l = what; new_ && term_is_cons(l); l = term_tail(l), brc_ctx_charge(p, 1))
            new_ = !has_key_of(t, term_head(l));
        for (l = what; new_ && term_is_cons(l); l = term_tail(l), brc_ctx_charge(p, 1))
            brc_ets_insert(t, term_head(l));
        answer = term_bool(new_);
    }
    brc_ets_leave(t, BRC_ETS_WRITE);
    return answer;
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
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_READ);
    if (!t) return BRC_NONE;
    Term list = objects_out(p, t, brc_ets_lookup(t, key));
    brc_ets_leave(t, BRC_ETS_READ);
    return list;
}

Term brc_bif_ets_take_2(Proc *p, Term tab, Term key) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_WRITE);
    if (!t) return BRC_NONE;
    Term list = objects_out(p, t, brc_ets_lookup(t, key));
    if (list != BRC_NIL) brc_ets_delete_key(t, key);
    brc_ets_leave(t, BRC_ETS_WRITE);
    return list;
}

Term brc_bif_ets_member_2(Proc *p, Term tab, Term key) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_READ);
    if (!t) return BRC_NONE;
    bool found = brc_ets_lookup(t, key) != NULL;
    brc_ets_leave(t, BRC_ETS_READ);
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
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_READ);
    if (!t) return BRC_NONE;
    Term answer;
    uint64_t i;
    EtsObj *o = brc_ets_lookup(t, key);
    if (!term_is_small(pos) || !brc_term_int_to_u64(pos, &i) || i == 0)
        answer = brc_ctx_badarg(p);
    else if (o)
        answer = elements_out(p, t, o, i - 1);
    else
        answer = otherwise != BRC_NONE ? otherwise : brc_ctx_badarg_cause(p, AM(badkey));
    brc_ets_leave(t, BRC_ETS_READ);
    return answer;
}

Term brc_bif_ets_lookup_element_3(Proc *p, Term tab, Term key, Term pos) {
    return lookup_element(p, tab, key, pos, BRC_NONE);
}
Term brc_bif_ets_lookup_element_4(Proc *p, Term tab, Term key, Term pos, Term otherwise) {
    return lookup_element(p, tab, key, pos, otherwise);
}

Term brc_bif_ets_delete_2(Proc *p, Term tab, Term key) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_WRITE);
    if (!t) return BRC_NONE;
    brc_ets_delete_key(t, key);
    brc_ets_leave(t, BRC_ETS_WRITE);
    return AM(true);
}

Term brc_bif_ets_delete_object_2(Proc *p, Term tab, Term tuple) {
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_WRITE);
    if (!t) return BRC_NONE;
    Term answer = AM(true);
    if (is_object(t, tuple))
        brc_ets_delete_object(t, tuple);
    else
        answer = brc_ctx_badarg(p);
    brc_ets_leave(t, BRC_ETS_WRITE);
    return answer;
}

/* internal_delete_all(Table, undefined): how many there were. */
Term brc_bif_ets_internal_delete_all_2(Proc *p, Term tab, Term unused) {
    (void)unused;
    Ets *t = brc_ets_enter(p, tab, BRC_ETS_WRITE);
    if (!t) return BRC_NONE;
    size_t n = ets_count(t);
    brc_ets_clear(t);
    brc_ets_leave(t, BRC_ETS_WRITE);
    return BRC_SMALL(n);
}
