/* get.c: looking at terms. */
#include "nif/nif.h"
#include "term/atom.h"
#include "term/cmp.h"
#include "term/hash.h"
#include "term/hash_mix.h"
#include "term/int.h"
#include "term/map.h"
#include <limits.h>

int enif_is_atom(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_atom(t);
}
int enif_is_binary(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    BitsView v;
    return brc_term_bits_view(t, &v) && v.bit_size % 8 == 0;
}
int enif_is_ref(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_ref(t);
}
int enif_is_fun(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_fun(t);
}
int enif_is_pid(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_pid(t);
}
int enif_is_port(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_port(t);
}
int enif_is_list(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_list(t);
}
int enif_is_empty_list(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_nil(t);
}
int enif_is_tuple(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_tuple(t);
}
int enif_is_map(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_map(t);
}
int enif_is_number(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    return term_is_number(t);
}
int enif_is_identical(ERL_NIF_TERM a, ERL_NIF_TERM b) {
    return brc_term_eq(a, b);
}
int enif_compare(ERL_NIF_TERM a, ERL_NIF_TERM b) {
    return brc_term_compare(a, b);
}

ErlNifUInt64 enif_hash(ErlNifHash type, ERL_NIF_TERM t, ErlNifUInt64 salt) {
    if (type == ERL_NIF_PHASH2) return brc_term_phash2(t) & 0x7FFFFFF;
    return brc_term_map_hash(t, 0) ^ (uint32_t)(salt * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

ErlNifTermType enif_term_type(ErlNifEnv *env, ERL_NIF_TERM t) {
    (void)env;
    if (term_is_atom(t)) return ERL_NIF_TERM_TYPE_ATOM;
    if (term_is_integer(t)) return ERL_NIF_TERM_TYPE_INTEGER;
    if (term_is_list(t)) return ERL_NIF_TERM_TYPE_LIST;
    if (term_is_tuple(t)) return ERL_NIF_TERM_TYPE_TUPLE;
    if (term_is_bitstring(t)) return ERL_NIF_TERM_TYPE_BITSTRING;
    if (term_is_map(t)) return ERL_NIF_TERM_TYPE_MAP;
    if (term_is_float(t)) return ERL_NIF_TERM_TYPE_FLOAT;
    if (term_is_fun(t)) return ERL_NIF_TERM_TYPE_FUN;
    if (term_is_pid(t)) return ERL_NIF_TERM_TYPE_PID;
    if (term_is_port(t)) return ERL_NIF_TERM_TYPE_PORT;
    return ERL_NIF_TERM_TYPE_REFERENCE;
}

/* ---- numbers ---- */

int enif_get_long(ErlNifEnv *env, ERL_NIF_TERM t, long *to) {
    (void)env;
    return term_is_integer(t) && brc_term_int_to_i64(t, to);
}
int enif_get_ulong(ErlNifEnv *env, ERL_NIF_TERM t, unsigned long *to) {
    (void)env;
    return term_is_integer(t) && brc_term_int_to_u64(t, to);
}
int enif_get_int(ErlNifEnv *env, ERL_NIF_TERM t, int *to) {
    long n;
    if (!enif_get_long(env, t, &n) || n < INT_MIN || n > INT_MAX) return 0;
    *to = (int)n;
    return 1;
}
int enif_get_uint(ErlNifEnv *env, ERL_NIF_TERM t, unsigned *to) {
    unsigned long n;
    if (!enif_get_ulong(env, t, &n) || n > UINT_MAX) return 0;
    *to = (unsigned)n;
    return 1;
}
int enif_get_double(ErlNifEnv *env, ERL_NIF_TERM t, double *to) {
    (void)env;
    if (!term_is_float(t)) return 0;
    *to = term_float(t);
    return 1;
}

/* ---- texts: Latin-1 ---- */

/* The characters of an atom, to `to` where that is not NULL; -1: one is beyond Latin-1. */
static int latin1(Term atom, char *to) {
    size_t len;
    const uint8_t *text = (const uint8_t *)brc_term_atom_text(atom, &len);
    int n = 0;
    for (size_t i = 0; i < len; n++) {
        unsigned c = text[i++];
        if (c >= 0xC4) return -1;
        if (c >= 0x80) c = (c & 3) << 6 | (text[i++] & 0x3F);
        if (to) to[n] = (char)c;
    }
    return n;
}

int enif_get_atom(ErlNifEnv *env, ERL_NIF_TERM t, char *to, unsigned room, ErlNifCharEncoding e) {
    (void)env;
    if (e != ERL_NIF_LATIN1 || !term_is_atom(t)) return 0;
    int n = latin1(t, NULL);
    if (n < 0 || (unsigned)n >= room) return 0;
    latin1(t, to);
    to[n] = 0;
    return n + 1;
}

int enif_get_atom_length(ErlNifEnv *env, ERL_NIF_TERM t, unsigned *len, ErlNifCharEncoding e) {
    (void)env;
    int n = e == ERL_NIF_LATIN1 && term_is_atom(t) ? latin1(t, NULL) : -1;
    if (n < 0) return 0;
    *len = (unsigned)n;
    return 1;
}

int enif_get_string(ErlNifEnv *env, ERL_NIF_TERM t, char *to, unsigned room, ErlNifCharEncoding e) {
    (void)env;
    if (e != ERL_NIF_LATIN1 || room == 0) return 0;
    unsigned n = 0;
    for (; term_is_cons(t); t = term_tail(t)) {
        Term c = term_head(t);
        if (!term_is_small(c) || (uint64_t)term_small(c) > 255) {
            to[n] = 0;
            return 0;
        }
        if (n == room - 1) {
            to[n] = 0;
            return -(int)room;
        }
        to[n++] = (char)term_small(c);
    }
    to[n] = 0;
    return term_is_nil(t) ? (int)n + 1 : 0;
}

/* ---- lists, tuples, maps ---- */

int enif_get_list_cell(ErlNifEnv *env, ERL_NIF_TERM t, ERL_NIF_TERM *head, ERL_NIF_TERM *tail) {
    (void)env;
    if (!term_is_cons(t)) return 0;
    *head = term_head(t);
    *tail = term_tail(t);
    return 1;
}
int enif_get_list_length(ErlNifEnv *env, ERL_NIF_TERM t, unsigned *len) {
    (void)env;
    int64_t n = brc_term_list_length(t);
    if (n < 0) return 0;
    *len = (unsigned)n;
    return 1;
}
int enif_get_tuple(ErlNifEnv *env, ERL_NIF_TERM t, int *arity, const ERL_NIF_TERM **elements) {
    (void)env;
    if (!term_is_tuple(t)) return 0;
    *arity = (int)term_tuple_arity(t);
    *elements = term_tuple_elements(t);
    return 1;
}
int enif_get_map_size(ErlNifEnv *env, ERL_NIF_TERM t, size_t *size) {
    (void)env;
    if (!term_is_map(t)) return 0;
    *size = brc_term_map_size(t);
    return 1;
}
int enif_get_map_value(ErlNifEnv *env, ERL_NIF_TERM map, ERL_NIF_TERM key, ERL_NIF_TERM *value) {
    (void)env;
    Term t = term_is_map(map) ? brc_term_map_get(map, key) : BRC_NONE;
    if (t == BRC_NONE) return 0;
    *value = t;
    return 1;
}
int enif_get_local_pid(ErlNifEnv *env, ERL_NIF_TERM t, ErlNifPid *pid) {
    (void)env;
    if (!term_is_local_pid(t)) return 0;
    pid->pid = t;
    return 1;
}
int enif_get_local_port(ErlNifEnv *env, ERL_NIF_TERM t, ErlNifPort *port) {
    (void)env;
    if (!term_is_local_port(t)) return 0;
    port->port_id = t;
    return 1;
}
