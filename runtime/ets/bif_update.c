/* bif_update.c: update_counter and update_element: changing elements of an object where it lies.
 *
 * New values are worked out first, all of them; then they are put in: as single words where old and
 * new ones are immediates, else by a new object in place of the old one. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "ets/table.h"
#include "term/int.h"
#include <stdlib.h>

typedef struct Change {
    uint64_t index; /* from 0 */
    Term value;
} Change;

/* An object, or a tuple still to become one, under change. */
typedef struct Update {
    Proc *p;
    EtsAt at;
    EtsObj *object; /* NULL: none yet; `tuple` is the caller's default */
    Term tuple;
    Change *changes, few[8];
    size_t n, room;
} Update;

/* False: there is no such table, the failure is set. */
static bool begin(Update *u, Proc *p, Term tab, Term key) {
    u->p = p, u->object = NULL, u->n = 0;
    u->room = sizeof u->few / sizeof u->few[0];
    u->changes = u->few;
    return brc_ets_enter_key(p, tab, key, BRC_ETS_WRITE, &u->at);
}

static void add(Update *u, uint64_t index, Term value) {
    if (u->n == u->room) {
        Change *more = malloc(2 * u->room * sizeof *more);
        memcpy(more, u->changes, u->n * sizeof *more);
        if (u->changes != u->few) free(u->changes);
        u->changes = more;
        u->room *= 2;
    }
    u->changes[u->n++] = (Change){index, value};
}

/* The element as it is after the changes so far. */
static Term value_at(const Update *u, uint64_t index) {
    for (size_t i = u->n; i-- > 0;)
        if (u->changes[i].index == index) return u->changes[i].value;
    return term_tuple_elements(u->tuple)[index];
}

static bool in_place(const Update *u) {
    if (!u->object || u->object->flags & BRC_OBJ_LITERAL) return false;
    const Term *e = term_tuple_elements(u->tuple);
    for (size_t i = 0; i < u->n; i++)
        if (term_is_pointer(u->changes[i].value) || term_is_pointer(e[u->changes[i].index]))
            return false;
    return true;
}

static void commit(Update *u) {
    if (in_place(u)) {
        Term *e = obj_elements(u->object);
        for (size_t i = 0; i < u->n; i++)
            e[u->changes[i].index] = u->changes[i].value;
        return;
    }
    size_t arity = term_tuple_arity(u->tuple);
    Term few[65], *at = arity < 65 ? few : malloc((arity + 1) * sizeof *at);
    memcpy(at + 1, term_tuple_elements(u->tuple), arity * sizeof *at);
    Term tuple = term_tuple_begin(at, arity);
    for (size_t i = 0; i < u->n; i++)
        at[1 + u->changes[i].index] = u->changes[i].value;
    if (u->object)
        brc_ets_replace(&u->at, u->object, tuple);
    else
        brc_ets_insert(&u->at, tuple);
    if (at != few) free(at);
}

static void end(Update *u) {
    if (u->changes != u->few) free(u->changes);
}

/* Position `pos` as an index; BRC_NONE and the error set where it cannot be changed. */
static Term index_of(Update *u, Term pos, Term out_of_range, uint64_t *index) {
    uint64_t n;
    if (!term_is_integer(pos)) return brc_ctx_badarg(u->p);
    if (!brc_term_int_to_u64(pos, &n) || n == 0 || n > term_tuple_arity(u->tuple))
        return out_of_range == BRC_NONE ? brc_ctx_badarg(u->p)
                                        : brc_ctx_badarg_cause(u->p, out_of_range);
    *index = n - 1;
    return *index == u->at.t->keypos ? brc_ctx_badarg_cause(u->p, AM(keypos)) : AM(true);
}

/* ---- update_counter ---- */
/* Increment, Pos, Increment or Pos, Increment, Threshold, SetValue; the counter's new value. */
static Term count(Update *u, Term op, Term default_pos) {
    Term pos = default_pos, by = op, threshold = BRC_NONE, set_to = BRC_NONE;
    uint64_t index;
    if (term_is_tuple_of(op, 2) || term_is_tuple_of(op, 4)) {
        const Term *e = term_tuple_elements(op);
        pos = e[0], by = e[1];
        if (term_tuple_arity(op) == 4) {
            threshold = e[2], set_to = e[3];
            if (!term_is_integer(threshold) || !term_is_integer(set_to))
                return brc_ctx_badarg(u->p);
        }
    }
    if (!term_is_integer(by)) return brc_ctx_badarg(u->p);
    if (index_of(u, pos, AM(position), &index) == BRC_NONE) return BRC_NONE;
    Term old = value_at(u, index);
    if (!term_is_integer(old)) return brc_ctx_badarg(u->p);
    Term value = brc_term_add(u->p, old, by);
    if (u->object && obj_holds(u->object, value)) value = brc_ets_part_out(u->p, value);
    if (threshold != BRC_NONE) {
        bool up = brc_term_int_compare(by, BRC_SMALL(0)) >= 0;
        int c = brc_term_int_compare(value, threshold);
        if (up ? c > 0 : c < 0) value = set_to;
    }
    add(u, index, value);
    return value;
}

static Term count_all(Update *u, Term op) {
    Term default_pos = BRC_SMALL(u->at.t->keypos + 2);
    if (!term_is_list(op)) return count(u, op, default_pos);
    Term list = BRC_NIL, *end_ = &list;
    for (; term_is_cons(op); op = term_tail(op)) {
        Term one = term_head(op);
        if (!term_is_tuple(one)) return brc_ctx_badarg(u->p);
        Term value = count(u, one, default_pos);
        if (value == BRC_NONE) return BRC_NONE;
        Term *cell = brc_ctx_alloc(u->p, 2);
        *end_ = term_cons(cell, value, BRC_NIL);
        end_ = &cell[1];
    }
    return term_is_nil(op) ? list : brc_ctx_badarg(u->p);
}

static bool is_set(const Ets *t) {
    return t->kind == BRC_ETS_SET || t->kind == BRC_ETS_ORDERED;
}

/* The default with the key in its place, as the object is to be. */
static Term keyed(Proc *p, const Ets *t, Term tuple, Term key) {
    size_t n = 1 + term_tuple_arity(tuple);
    Term *at = brc_ctx_alloc(p, n);
    memcpy(at, term_box(tuple), n * sizeof(Term));
    at[1 + t->keypos] = key;
    return term_make_boxed(at);
}

/* None, or a tuple that can have a key. */
static bool is_default(const Ets *t, Term otherwise) {
    return otherwise == BRC_NONE ||
           (term_is_tuple(otherwise) && term_tuple_arity(otherwise) > t->keypos);
}

/* Sets u->object and u->tuple; BRC_NONE: no such object, and the error is set. */
static Term find(Update *u, Term key, Term otherwise) {
    u->object = brc_ets_lookup(&u->at, key);
    if (u->object) {
        u->tuple = obj_tuple(u->object);
        return AM(true);
    }
    if (otherwise == BRC_NONE) return brc_ctx_badarg_cause(u->p, AM(badkey));
    u->tuple = keyed(u->p, u->at.t, otherwise, key);
    return AM(true);
}

static Term update_counter(Proc *p, Term tab, Term key, Term op, Term otherwise) {
    Update u;
    if (!begin(&u, p, tab, key)) return BRC_NONE;
    const Ets *t = u.at.t;
    Term answer = BRC_NONE;
    if (!is_set(t))
        brc_ctx_badarg_cause(p, AM(table_type));
    else if (!is_default(t, otherwise))
        brc_ctx_badarg(p);
    else if (find(&u, key, otherwise) != BRC_NONE)
        answer = count_all(&u, op);
    if (answer != BRC_NONE) commit(&u);
    brc_ets_leave(&u.at);
    end(&u);
    return answer;
}

Term brc_bif_ets_update_counter_3(Proc *p, Term tab, Term key, Term op) {
    return update_counter(p, tab, key, op, BRC_NONE);
}
Term brc_bif_ets_update_counter_4(Proc *p, Term tab, Term key, Term op, Term otherwise) {
    return update_counter(p, tab, key, op, otherwise);
}

/* ---- update_element ---- */
static Term set_one(Update *u, Term spec) {
    uint64_t index;
    if (!term_is_tuple_of(spec, 2)) return brc_ctx_badarg(u->p);
    const Term *e = term_tuple_elements(spec);
    if (index_of(u, e[0], BRC_NONE, &index) == BRC_NONE) return BRC_NONE;
    add(u, index, e[1]);
    return AM(true);
}

static Term set_all(Update *u, Term spec) {
    if (!term_is_list(spec)) return set_one(u, spec);
    for (; term_is_cons(spec); spec = term_tail(spec))
        if (set_one(u, term_head(spec)) == BRC_NONE) return BRC_NONE;
    return term_is_nil(spec) ? AM(true) : brc_ctx_badarg(u->p);
}

static Term update_element(Proc *p, Term tab, Term key, Term spec, Term otherwise) {
    Update u;
    if (!begin(&u, p, tab, key)) return BRC_NONE;
    const Ets *t = u.at.t;
    Term answer = BRC_NONE;
    if (!is_set(t) || !is_default(t, otherwise))
        brc_ctx_badarg(p);
    else if (otherwise == BRC_NONE && !brc_ets_lookup(&u.at, key))
        answer = AM(false);
    else if (find(&u, key, otherwise) != BRC_NONE)
        answer = set_all(&u, spec);
    if (answer == AM(true)) commit(&u);
    brc_ets_leave(&u.at);
    end(&u);
    return answer;
}

Term brc_bif_ets_update_element_3(Proc *p, Term tab, Term key, Term spec) {
    return update_element(p, tab, key, spec, BRC_NONE);
}
Term brc_bif_ets_update_element_4(Proc *p, Term tab, Term key, Term spec, Term otherwise) {
    return update_element(p, tab, key, spec, otherwise);
}
