/* make.c: making terms. */
#include "nif/nif.h"
#include "abi/bif.h"
#include "term/atom.h"
#include "term/int.h"
#include <math.h>
#include <stdarg.h>

/* ---- numbers ---- */

ERL_NIF_TERM enif_make_long(ErlNifEnv *env, long n) {
    return brc_term_int_from_i64(env->p, n);
}
ERL_NIF_TERM enif_make_ulong(ErlNifEnv *env, unsigned long n) {
    return brc_term_int_from_u64(env->p, n);
}
ERL_NIF_TERM enif_make_int(ErlNifEnv *env, int n) {
    (void)env;
    return BRC_SMALL(n);
}
ERL_NIF_TERM enif_make_uint(ErlNifEnv *env, unsigned n) {
    (void)env;
    return BRC_SMALL(n);
}
ERL_NIF_TERM enif_make_double(ErlNifEnv *env, double d) {
    if (!isfinite(d)) return enif_make_badarg(env);
    return term_make_float(brc_ctx_alloc(env->p, 2), d);
}

/* ---- atoms and strings: Latin-1 ---- */

enum { ATOM_ROOM = 2 * BRC_ATOM_MAX_CHARS };

/* As UTF-8; -1: too long. */
static int utf8(const char *latin1, size_t len, char *to) {
    int n = 0;
    if (len > BRC_ATOM_MAX_CHARS) return -1;
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)latin1[i];
        if (c >= 0x80) to[n++] = (char)(0xC0 | c >> 6);
        to[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3F));
    }
    return n;
}

ERL_NIF_TERM enif_make_atom_len(ErlNifEnv *env, const char *name, size_t len) {
    char text[ATOM_ROOM];
    int n = utf8(name, len, text);
    return n < 0 ? enif_make_badarg(env) : brc_term_atom_intern(text, (size_t)n);
}
ERL_NIF_TERM enif_make_atom(ErlNifEnv *env, const char *name) {
    return enif_make_atom_len(env, name, strlen(name));
}
int enif_make_existing_atom_len(ErlNifEnv *env, const char *name, size_t len, ERL_NIF_TERM *atom,
                                ErlNifCharEncoding e) {
    (void)env;
    char text[ATOM_ROOM];
    int n = e == ERL_NIF_LATIN1 ? utf8(name, len, text) : -1;
    Term t = n < 0 ? BRC_NONE : brc_term_atom_existing(text, (size_t)n);
    if (t == BRC_NONE) return 0;
    *atom = t;
    return 1;
}
int enif_make_existing_atom(ErlNifEnv *env, const char *name, ERL_NIF_TERM *atom,
                            ErlNifCharEncoding e) {
    return enif_make_existing_atom_len(env, name, strlen(name), atom, e);
}

ERL_NIF_TERM enif_make_string_len(ErlNifEnv *env, const char *text, size_t len,
                                  ErlNifCharEncoding e) {
    if (e != ERL_NIF_LATIN1) return enif_make_badarg(env);
    Term *at = brc_ctx_alloc(env->p, 2 * len) + 2 * len, list = BRC_NIL;
    while (len-- > 0)
        list = term_cons(at -= 2, BRC_SMALL((uint8_t)text[len]), list);
    return list;
}
ERL_NIF_TERM enif_make_string(ErlNifEnv *env, const char *text, ErlNifCharEncoding e) {
    return enif_make_string_len(env, text, strlen(text), e);
}

/* ---- tuples and lists ---- */

ERL_NIF_TERM enif_make_tuple_from_array(ErlNifEnv *env, const ERL_NIF_TERM from[], unsigned n) {
    Term *at = brc_ctx_alloc(env->p, (size_t)n + 1);
    if (n) memcpy(at + 1, from, n * sizeof *from);
    return term_tuple_begin(at, n);
}
ERL_NIF_TERM enif_make_tuple(ErlNifEnv *env, unsigned n, ...) {
    Term *at = brc_ctx_alloc(env->p, (size_t)n + 1);
    va_list ap;
    va_start(ap, n);
    for (unsigned i = 1; i <= n; i++)
        at[i] = va_arg(ap, ERL_NIF_TERM);
    va_end(ap);
    return term_tuple_begin(at, n);
}

ERL_NIF_TERM enif_make_list_from_array(ErlNifEnv *env, const ERL_NIF_TERM from[], unsigned n) {
    Term *at = brc_ctx_alloc(env->p, 2 * (size_t)n) + 2 * (size_t)n, list = BRC_NIL;
    while (n-- > 0)
        list = term_cons(at -= 2, from[n], list);
    return list;
}
ERL_NIF_TERM enif_make_list(ErlNifEnv *env, unsigned n, ...) {
    if (n == 0) return BRC_NIL;
    Term *at = brc_ctx_alloc(env->p, 2 * (size_t)n);
    va_list ap;
    va_start(ap, n);
    for (unsigned i = 0; i < n; i++) {
        at[2 * i] = va_arg(ap, ERL_NIF_TERM);
        at[2 * i + 1] = i + 1 < n ? term_make_list(at + 2 * i + 2) : BRC_NIL;
    }
    va_end(ap);
    return term_make_list(at);
}
ERL_NIF_TERM enif_make_list_cell(ErlNifEnv *env, ERL_NIF_TERM head, ERL_NIF_TERM tail) {
    return term_cons(brc_ctx_alloc(env->p, 2), head, tail);
}
int enif_make_reverse_list(ErlNifEnv *env, ERL_NIF_TERM t, ERL_NIF_TERM *list) {
    int64_t n = brc_term_list_length(t);
    if (n < 0) return 0;
    Term *at = brc_ctx_alloc(env->p, 2 * (size_t)n), result = BRC_NIL;
    for (; term_is_cons(t); t = term_tail(t), at += 2)
        result = term_cons(at, term_head(t), result);
    *list = result;
    return 1;
}

/* ---- references and unique integers ---- */

ERL_NIF_TERM enif_make_ref(ErlNifEnv *env) {
    return brc_proc_ref_new(brc_ctx_alloc(env->p, BRC_REF_WORDS), NULL);
}
ERL_NIF_TERM enif_make_unique_integer(ErlNifEnv *env, ErlNifUniqueInteger properties) {
    Term cells[4], list = BRC_NIL;
    if (properties & ERL_NIF_UNIQUE_POSITIVE) list = term_cons(cells, AM(positive), list);
    if (properties & ERL_NIF_UNIQUE_MONOTONIC) list = term_cons(cells + 2, AM(monotonic), list);
    return brc_bif_erlang_unique_integer_1(env->p, list);
}
