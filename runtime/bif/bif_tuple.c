/* bif_tuple.c: the built-ins on tuples, and size/1. Elements count from 1. */
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/bits.h"

#define TUPLE_MAX ((1 << 24) - 1) /* OTP's limit, which programs can see */

/* A small from 1 to limit, as a number; 0 where it is none. */
static size_t index_of(Term t, size_t limit) {
    return term_is_small(t) && (uint64_t)term_small(t) - 1 < limit ? (size_t)term_small(t) : 0;
}

static Term *tuple_new(Proc *p, size_t n, Term *made) {
    brc_ctx_charge(p, n / 64);
    Term *at = brc_ctx_alloc(p, 1 + n);
    *made = term_tuple_begin(at, n);
    return at + 1;
}

Term brc_bif_erlang_element_2(Proc *p, Term index, Term tuple) {
    size_t i = term_is_tuple(tuple) ? index_of(index, term_tuple_arity(tuple)) : 0;
    return i ? term_box(tuple)[i] : brc_ctx_badarg(p);
}

Term brc_bif_erlang_setelement_3(Proc *p, Term index, Term tuple, Term value) {
    size_t i = term_is_tuple(tuple) ? index_of(index, term_tuple_arity(tuple)) : 0;
    if (i == 0) return brc_ctx_badarg(p);
    size_t n = term_tuple_arity(tuple);
    Term made, *to = tuple_new(p, n, &made);
    memcpy(to, term_tuple_elements(tuple), n * sizeof(Term));
    to[i - 1] = value;
    return made;
}

Term brc_bif_erlang_tuple_size_1(Proc *p, Term tuple) {
    return term_is_tuple(tuple) ? BRC_SMALL(term_tuple_arity(tuple)) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_size_1(Proc *p, Term t) {
    BitsView v;
    if (term_is_tuple(t)) return BRC_SMALL(term_tuple_arity(t));
    return brc_term_bits_view(t, &v) ? BRC_SMALL(v.bit_size / 8) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_tuple_to_list_1(Proc *p, Term tuple) {
    if (!term_is_tuple(tuple)) return brc_ctx_badarg(p);
    size_t n = term_tuple_arity(tuple);
    const Term *from = term_tuple_elements(tuple);
    Term *at = brc_ctx_alloc(p, 2 * n), list = BRC_NIL;
    brc_ctx_charge(p, n / 32);
    for (at += 2 * n; n > 0; n--)
        list = term_cons(at -= 2, from[n - 1], list);
    return list;
}

Term brc_bif_erlang_list_to_tuple_1(Proc *p, Term list) {
    int64_t n = brc_term_list_length(list);
    if (n < 0 || n > TUPLE_MAX) return brc_ctx_badarg(p);
    Term made, *to = tuple_new(p, (size_t)n, &made);
    for (; term_is_cons(list); list = term_tail(list))
        *to++ = term_head(list);
    return made;
}

/* ---- making ---- */
Term brc_bif_erlang_make_tuple_2(Proc *p, Term arity, Term value) {
    size_t n = index_of(arity, TUPLE_MAX);
    if (n == 0 && arity != BRC_SMALL(0)) return brc_ctx_badarg(p);
    Term made, *to = tuple_new(p, n, &made);
    for (size_t i = 0; i < n; i++)
        to[i] = value;
    return made;
}

Term brc_bif_erlang_make_tuple_3(Proc *p, Term arity, Term value, Term list) {
    size_t n = index_of(arity, TUPLE_MAX);
    Term made = brc_bif_erlang_make_tuple_2(p, arity, value);
    if (made == BRC_NONE) return made;
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        size_t i = term_is_tuple_of(t, 2) ? index_of(term_box(t)[1], n) : 0;
        if (i == 0) return brc_ctx_badarg(p);
        term_box(made)[i] = term_box(t)[2];
    }
    return term_is_nil(list) ? made : brc_ctx_badarg(p);
}

static Term insert(Proc *p, Term tuple, size_t i, Term value) {
    size_t n = term_tuple_arity(tuple);
    if (n >= TUPLE_MAX) return brc_ctx_badarg(p);
    const Term *from = term_tuple_elements(tuple);
    Term made, *to = tuple_new(p, n + 1, &made);
    memcpy(to, from, (i - 1) * sizeof(Term));
    to[i - 1] = value;
    memcpy(to + i, from + i - 1, (n - (i - 1)) * sizeof(Term));
    return made;
}

Term brc_bif_erlang_append_element_2(Proc *p, Term tuple, Term value) {
    if (!term_is_tuple(tuple)) return brc_ctx_badarg(p);
    return insert(p, tuple, term_tuple_arity(tuple) + 1, value);
}

Term brc_bif_erlang_insert_element_3(Proc *p, Term index, Term tuple, Term value) {
    size_t i = term_is_tuple(tuple) ? index_of(index, term_tuple_arity(tuple) + 1) : 0;
    return i ? insert(p, tuple, i, value) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_delete_element_2(Proc *p, Term index, Term tuple) {
    size_t i = term_is_tuple(tuple) ? index_of(index, term_tuple_arity(tuple)) : 0;
    if (i == 0) return brc_ctx_badarg(p);
    size_t n = term_tuple_arity(tuple);
    const Term *from = term_tuple_elements(tuple);
    Term made, *to = tuple_new(p, n - 1, &made);
    memcpy(to, from, (i - 1) * sizeof(Term));
    memcpy(to + i - 1, from + i, (n - i) * sizeof(Term));
    return made;
}
