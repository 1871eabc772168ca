/* ffi.h: what the wrappers of users' C functions call (compiler/ffi/wrap.c writes them): terms to C
 * values, false where the type or the range is another one, and results to terms, BRC_NONE with a
 * failure set where they cannot be. */
#pragma once
#include "code/enter.h"
#include "code/fail.h"
#include "nif/nif.h"
#include "sched/dirty.h"
#include "term/int.h"
#include <beamrc.h>
#include <stdlib.h>
#undef BRC_DIRTY_CPU /* the pools' names here, marks of users' functions there */
#undef BRC_DIRTY_IO

/* ---- arguments ---- */

static inline bool brc_ffi_int(Term t, int64_t min, int64_t max, int64_t *out) {
    if (__builtin_expect(term_is_small(t), 1))
        *out = term_small(t);
    else if (!brc_term_int_to_i64(t, out))
        return false;
    return *out >= min && *out <= max;
}
static inline bool brc_ffi_uint(Term t, uint64_t max, uint64_t *out) {
    if (__builtin_expect(term_is_small(t), 1)) {
        *out = (uint64_t)term_small(t);
        return term_small(t) >= 0 && *out <= max;
    }
    return brc_term_int_to_u64(t, out) && *out <= max;
}
static inline bool brc_ffi_bool(Term t, bool *out) {
    *out = t == AM(true);
    return *out || t == AM(false);
}
bool brc_ffi_integer_as_double(Term t, double *out);
static inline bool brc_ffi_double(Term t, double *out) {
    if (__builtin_expect(!term_is_float(t), 0)) return brc_ffi_integer_as_double(t, out);
    *out = term_float(t);
    return true;
}
bool brc_ffi_float(Term t, float *out); /* false: too large, too */
bool brc_ffi_atom(Term t, brc_atom *out);
bool brc_ffi_resource(Term t, const brc_type *type, void **out);

/* Bytes for one call. */
typedef struct FfiBytes {
    const uint8_t *data;
    size_t size;
    uint8_t *taken; /* malloc'd, or NULL */
    char small[104];
} FfiBytes;
/* Declares one that is given back when it goes out of scope. */
#define BRC_FFI_BYTES(name)                                                                        \
    __attribute__((cleanup(brc_ffi_bytes_free))) FfiBytes name;                                    \
    name.taken = NULL
static inline void brc_ffi_bytes_free(FfiBytes *b) {
    if (__builtin_expect(b->taken != NULL, 0)) free(b->taken);
}
bool brc_ffi_binary(Term t, FfiBytes *out);
bool brc_ffi_string(Term t, FfiBytes *out); /* with a NUL behind it */

/* An enumeration. Any thread may fill an entry of `terms`, with the same value; relaxed: an atom's
 * text is found through the table of atoms, which has its own order. */
typedef struct FfiEnum {
    const char *const *names;
    const int64_t *values;
    _Atomic(Term) *terms; /* 0: not looked for yet */
    size_t count;
} FfiEnum;
bool brc_ffi_enum(Term t, const FfiEnum *e, int64_t *out);

/* ---- results ---- */

Term brc_ffi_bad_result(Proc *p);
static inline Term brc_ffi_of_int(Proc *p, int64_t n) {
    return __builtin_expect(term_fits_small(n), 1) ? BRC_SMALL(n) : brc_term_int_from_i64(p, n);
}
static inline Term brc_ffi_of_uint(Proc *p, uint64_t n) {
    return __builtin_expect(n <= BRC_SMALL_MAX, 1) ? BRC_SMALL(n) : brc_term_int_from_u64(p, n);
}
Term brc_ffi_of_double(Proc *p, double d);
Term brc_ffi_of_atom(Proc *p, brc_atom a);
Term brc_ffi_of_string(Proc *p, const char *text);
Term brc_ffi_of_own_string(Proc *p, char *text);
Term brc_ffi_of_binary(Proc *p, brc_binary b);
Term brc_ffi_of_buffer(Proc *p, brc_buffer b);
Term brc_ffi_of_resource(Proc *p, void *pointer, const brc_type *type);
Term brc_ffi_of_enum(Proc *p, int64_t value, const FfiEnum *e);
Term brc_ffi_of_value(Proc *p, brc_value v);
Term brc_ffi_of_result(Proc *p, brc_result r);

/* ---- environments ---- */

#define BRC_FFI_ENV(name) ErlNifEnv name = {.p = p, .kind = NIF_ENV_FOREIGN, .raised = BRC_NONE}
/* Ends the environment: the result, or what was raised in it. */
Term brc_ffi_env_end(ErlNifEnv *env, Term result);
