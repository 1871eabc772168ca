/* term.h: testing, taking apart and building terms; see abi/layout.h for the bits. */
#pragma once
#include <stdbool.h>
#include <string.h>
#include "abi/layout.h"
#include "abi/atoms.h"

/* ---- immediates ---- */
static inline bool term_is_small(Term t) {
    return (t & BRC_TAG_MASK) == BRC_TAG_SMALL;
}
static inline int64_t term_small(Term t) {
    return (STerm)t >> 2;
}
static inline bool term_fits_small(int64_t n) {
    return n >= BRC_SMALL_MIN && n <= BRC_SMALL_MAX;
}
static inline bool term_is_atom(Term t) {
    return (t & BRC_NIBBLE_MASK) == BRC_TAG_ATOM;
}
static inline bool term_is_nil(Term t) {
    return t == BRC_NIL;
}
static inline bool term_is_local_pid(Term t) {
    return (t & BRC_IMM2_MASK) == BRC_TAG_PID;
}
static inline bool term_is_local_port(Term t) {
    return (t & BRC_IMM2_MASK) == BRC_TAG_PORT;
}
static inline Term term_bool(bool b) {
    return b ? AM(true) : AM(false);
}
static inline bool term_is_pointer(Term t) {
    return ((t + 1) & 2) != 0;
} /* list or boxed */

/* ---- lists ---- */
static inline bool term_is_cons(Term t) {
    return (t & BRC_TAG_MASK) == BRC_TAG_LIST;
}
static inline bool term_is_list(Term t) {
    return term_is_cons(t) || term_is_nil(t);
}
static inline Term *term_cell(Term t) {
    return (Term *)(t - BRC_TAG_LIST);
}
static inline Term term_head(Term t) {
    return term_cell(t)[0];
}
static inline Term term_tail(Term t) {
    return term_cell(t)[1];
}
static inline Term term_make_list(const Term *cell) {
    return (Term)cell + BRC_TAG_LIST;
}
static inline Term term_cons(Term *at, Term head, Term tail) { /* fills 2 words */
    at[0] = head;
    at[1] = tail;
    return term_make_list(at);
}

/* ---- boxed ---- */
static inline bool term_is_boxed(Term t) {
    return (t & BRC_TAG_MASK) == BRC_TAG_BOXED;
}
static inline Term *term_box(Term t) {
    return (Term *)(t - BRC_TAG_BOXED);
}
static inline Term term_make_boxed(const Term *at) {
    return (Term)at + BRC_TAG_BOXED;
}
static inline Term term_header(Term t) {
    return *term_box(t);
} /* boxed only */
static inline bool term_is_kind(Term t, enum BrcKind k) {
    return term_is_boxed(t) && BRC_HEADER_KIND(term_header(t)) == (unsigned)k;
}
/* The kind of a boxed term, or -1. */
static inline int term_kind(Term t) {
    return term_is_boxed(t) ? (int)BRC_HEADER_KIND(term_header(t)) : -1;
}

static inline bool term_is_tuple(Term t) {
    return term_is_kind(t, BRC_TUPLE);
}
static inline bool term_is_tuple_of(Term t, size_t n) {
    return term_is_boxed(t) && term_header(t) == BRC_HEADER(BRC_TUPLE, n);
}
static inline size_t term_tuple_arity(Term t) {
    return BRC_HEADER_WORDS(term_header(t));
}
static inline Term *term_tuple_elements(Term t) {
    return term_box(t) + 1;
} /* [0] is element 1 */
/* Fills 1 + n words at `at`'s header; the elements are the caller's to fill. */
static inline Term term_tuple_begin(Term *at, size_t n) {
    at[0] = BRC_HEADER(BRC_TUPLE, n);
    return term_make_boxed(at);
}
static inline Term term_tuple2(Term *at, Term a, Term b) {
    at[1] = a, at[2] = b;
    return term_tuple_begin(at, 2);
}
static inline Term term_tuple3(Term *at, Term a, Term b, Term c) {
    at[1] = a, at[2] = b, at[3] = c;
    return term_tuple_begin(at, 3);
}

static inline bool term_is_float(Term t) {
    return term_is_kind(t, BRC_FLOAT);
}
static inline double term_float(Term t) {
    double d;
    memcpy(&d, term_box(t) + 1, sizeof d);
    return d;
}
static inline Term term_make_float(Term *at, double d) { /* fills 2 words */
    at[0] = BRC_HEADER(BRC_FLOAT, 1);
    memcpy(at + 1, &d, sizeof d);
    return term_make_boxed(at);
}

static inline bool term_is_big(Term t) {
    int k = term_kind(t);
    return k == BRC_BIGPOS || k == BRC_BIGNEG;
}
static inline bool term_is_integer(Term t) {
    return term_is_small(t) || term_is_big(t);
}
static inline bool term_is_number(Term t) {
    return term_is_integer(t) || term_is_float(t);
}
static inline bool term_is_map(Term t) {
    int k = term_kind(t);
    return k == BRC_FLATMAP || k == BRC_HASHMAP;
}
static inline bool term_is_fun(Term t) {
    return term_is_kind(t, BRC_FUN);
}
static inline const FunEntry *term_fun_entry(Term t) {
    return (const FunEntry *)term_box(t)[1];
}
static inline bool term_is_bitstring(Term t) {
    int k = term_kind(t);
    return k == BRC_HEAPBIN || k == BRC_REFBIN || k == BRC_SUBBITS;
}
static inline bool term_is_external_of(Term t, int kind) { /* 0 pid, 1 port, 2 reference */
    return term_is_kind(t, BRC_EXTERNAL) && term_box(t)[1] == BRC_SMALL(kind);
}
static inline bool term_is_pid(Term t) {
    return term_is_local_pid(t) || term_is_external_of(t, 0);
}
static inline bool term_is_port(Term t) {
    return term_is_local_port(t) || term_is_external_of(t, 1);
}
static inline bool term_is_ref(Term t) {
    return term_is_kind(t, BRC_REF) || term_is_external_of(t, 2);
}
static inline bool term_is_literal(Term t) {
    return t < BRC_LITERAL_LIMIT;
} /* pointers only */

/* Elements of a proper list; -1 if improper or no list. */
int64_t brc_term_list_length(Term t);
