/* bif_lists.c: the built-ins on lists. Each finds out first whether its lists are proper, then
 * allocates once. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "code/slice.h"
#include "base/panic.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/cmp.h"
#include "term/hash.h"
#include <stdlib.h>

/* Cells walked (and copied) for one reduction. */
#define CELLS_PER_RED 32

static void charge_cells(Proc *p, size_t cells) {
    brc_ctx_charge(p, cells / CELLS_PER_RED);
}

Term brc_bif_erlang_hd_1(Proc *p, Term list) {
    return term_is_cons(list) ? term_head(list) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_tl_1(Proc *p, Term list) {
    return term_is_cons(list) ? term_tail(list) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_length_1(Proc *p, Term list) {
    int64_t n = brc_term_list_length(list);
    if (n < 0) return brc_ctx_badarg(p);
    charge_cells(p, (size_t)n);
    return BRC_SMALL(n);
}

Term brc_long_lists_reverse_2(Proc *p, Term list, Term tail) {
    unsigned steps = 0;
    int64_t n = brc_term_list_length(list);
    if (n < 0) return brc_ctx_badarg(p);
    charge_cells(p, (size_t)n);
    Term *at = brc_ctx_alloc(p, 2 * (size_t)n);
    for (; term_is_cons(list); list = term_tail(list), at += 2) {
        tail = term_cons(at, term_head(list), tail);
        brc_ctx_pause_step(&steps, 15);
    }
    return tail;
}

Term brc_long_erlang_append_2(Proc *p, Term list, Term tail) {
    unsigned steps = 0;
    if (term_is_nil(list)) return tail;
    int64_t n = brc_term_list_length(list);
    if (n < 0) return brc_ctx_badarg(p);
    charge_cells(p, (size_t)n);
    Term *at = brc_ctx_alloc(p, 2 * (size_t)n), all = term_make_list(at);
    for (; term_is_cons(list); list = term_tail(list), at += 2) {
        term_cons(at, term_head(list), term_make_list(at + 2));
        brc_ctx_pause_step(&steps, 15);
    }
    at[-1] = tail;
    return all;
}

Term brc_long_erlang_plus_plus_2(Proc *p, Term list, Term tail) {
    return brc_long_erlang_append_2(p, list, tail);
}

/* ---- searching ---- */
#define MEMBER_CELLS 4096 /* searched before a stack of its own is worth it */

/* AM(true) or AM(false); BRC_NONE: neither among the first `most` cells, *list is the rest. */
static Term member(Proc *p, Term key, Term *list, size_t most) {
    size_t n = 0;
    bool pointer = term_is_pointer(key);
    Term rest = *list, found = BRC_NONE;
    for (; n < most && term_is_cons(rest); rest = term_tail(rest), n++) {
        Term t = term_head(rest);
        if (t == key || (pointer && term_is_pointer(t) && brc_term_eq(t, key))) {
            found = AM(true);
            break;
        }
    }
    charge_cells(p, n);
    *list = rest;
    return found == BRC_NONE && term_is_nil(rest) ? AM(false) : found;
}

/* a: the arguments and what is left of the list. */
static Term member_on(Proc *p, const Term *a) {
    Term rest = a[2], found = BRC_NONE;
    while (found == BRC_NONE && term_is_cons(rest)) {
        found = member(p, a[0], &rest, MEMBER_CELLS);
        brc_ctx_pause((size_t)3 * MEMBER_CELLS);
    }
    return found != BRC_NONE ? found : brc_ctx_badarg(p);
}

Term brc_bif_lists_member_2(Proc *p, Term key, Term list) {
    Term rest = list, found = member(p, key, &rest, MEMBER_CELLS);
    return found != BRC_NONE ? found : brc_code_slice3(p, member_on, key, list, rest);
}

/* Whether key == t, the common cases first. */
static inline bool matches(Term key, Term t) {
    if (key == t) return true;
    if (term_is_pointer(key))
        return (term_is_pointer(t) || term_is_small(t)) && brc_term_equal(key, t);
    return term_is_small(key) && term_is_float(t) && brc_term_equal(key, t);
}

/* The first tuple whose position'th element is key; AM(false), or BRC_NONE with badarg. */
static Term key_find(Proc *p, Term key, Term position, Term list) {
    size_t n = 0, at = term_is_small(position) ? (size_t)term_small(position) : 0;
    Term found = AM(false);
    if (!term_is_small(position) || term_small(position) < 1) return brc_ctx_badarg(p);
    for (; term_is_cons(list); list = term_tail(list), n++) {
        Term t = term_head(list);
        if (term_is_tuple(t) && term_tuple_arity(t) >= at && matches(key, term_box(t)[at])) {
            found = t;
            break;
        }
    }
    charge_cells(p, n);
    return found == AM(false) && !term_is_nil(list) ? brc_ctx_badarg(p) : found;
}

Term brc_bif_lists_keyfind_3(Proc *p, Term key, Term position, Term list) {
    return key_find(p, key, position, list);
}

Term brc_bif_lists_keymember_3(Proc *p, Term key, Term position, Term list) {
    Term t = key_find(p, key, position, list);
    return term_is_tuple(t) ? AM(true) : t;
}

Term brc_bif_lists_keysearch_3(Proc *p, Term key, Term position, Term list) {
    Term t = key_find(p, key, position, list);
    return term_is_tuple(t) ? term_tuple2(brc_ctx_alloc(p, 3), AM(value), t) : t;
}

/* ---- A -- B ----
 * What is to be taken away is counted in an open hash table, then A is walked once. Short lists
 * are searched through instead. */
#define SHORT_LIST 16

typedef struct Count {
    Term t;
    uint32_t hash, left; /* left: how many may still be taken away; slots in use keep their t */
} Count;

static inline bool same(Term a, Term b) {
    return a == b || (term_is_pointer(a) && term_is_pointer(b) && brc_term_eq(a, b));
}

static Count *count_of(Count *table, size_t mask, Term t, uint32_t hash) {
    size_t i = hash & mask;
    while (table[i].t != BRC_NONE && !(table[i].hash == hash && same(table[i].t, t)))
        i = (i + 1) & mask;
    return &table[i];
}

static Count *counts_new(Term list, size_t n, size_t *mask) {
    size_t room = 16;
    while (room < 2 * n)
        room *= 2;
    Count *table = malloc(room * sizeof *table);
    if (table == NULL) brc_base_panic("out of memory (taking %zu elements from a list)", n);
    for (size_t i = 0; i < room; i++)
        table[i] = (Count){.t = BRC_NONE};
    *mask = room - 1;
    for (; term_is_cons(list); list = term_tail(list)) {
        uint32_t hash = brc_term_map_hash(term_head(list), 0);
        brc_ctx_pause(200);
        Count *c = count_of(table, *mask, term_head(list), hash);
        c->t = term_head(list), c->hash = hash, c->left++;
    }
    return table;
}

/* Takes t out of gone[0..*n) if it is there. */
static bool take_short(Term *gone, size_t *n, Term t) {
    for (size_t i = 0; i < *n; i++) {
        if (!same(gone[i], t)) continue;
        gone[i] = gone[--*n];
        return true;
    }
    return false;
}

static bool take_counted(Count *table, size_t mask, Term t, size_t *n) {
    Count *c = count_of(table, mask, t, brc_term_map_hash(t, 0));
    if (c->t == BRC_NONE || c->left == 0) return false;
    c->left--;
    --*n;
    return true;
}

static Term subtract(Proc *p, Term a, size_t na, Term b, size_t nb) {
    Term gone[SHORT_LIST], result = BRC_NIL, *tail = &result;
    Count *table = NULL;
    size_t mask = 0, left = nb;
    if (nb <= SHORT_LIST)
        for (size_t i = 0; i < nb; i++, b = term_tail(b))
            gone[i] = term_head(b);
    else
        table = counts_new(b, nb, &mask);
    Term *start = brc_ctx_alloc(p, 2 * na), *at = start;
    for (; left > 0 && term_is_cons(a); a = term_tail(a)) {
        Term t = term_head(a);
        brc_ctx_pause(200);
        if (table ? take_counted(table, mask, t, &left) : take_short(gone, &left, t)) continue;
        *tail = term_cons(at, t, BRC_NIL);
        tail = at + 1;
        at += 2;
    }
    *tail = a; /* nothing left to take away: the rest as it is */
    brc_ctx_trim(p, start, 2 * na, at);
    free(table);
    return result;
}

Term brc_long_erlang_subtract_2(Proc *p, Term a, Term b) {
    int64_t na = brc_term_list_length(a), nb = brc_term_list_length(b);
    if (na < 0 || nb < 0) return brc_ctx_badarg(p);
    if (na == 0 || nb == 0) return a;
    brc_ctx_charge(p, (size_t)(na + nb) / 4);
    return subtract(p, a, (size_t)na, b, (size_t)nb);
}

Term brc_long_erlang_minus_minus_2(Proc *p, Term a, Term b) {
    return brc_long_erlang_subtract_2(p, a, b);
}
