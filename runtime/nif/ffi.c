/* ffi.c: see ffi.h. A resource is a magic reference to a pointer and the type that destroys it. */
#include "nif/ffi.h"
#include "base/panic.h"
#include "ctx/magic.h"
#include "term/atom.h"
#include "term/utf.h"
#include <math.h>
#include <stdlib.h>

/* ---- numbers, atoms ---- */

bool brc_ffi_integer_as_double(Term t, double *out) {
    if (!term_is_integer(t)) return false;
    bool overflow = false;
    *out = brc_term_int_to_double(t, &overflow);
    return !overflow;
}

bool brc_ffi_float(Term t, float *out) {
    double d;
    if (!brc_ffi_double(t, &d)) return false;
    *out = (float)d;
    return isfinite(*out);
}

bool brc_ffi_atom(Term t, brc_atom *out) {
    size_t len;
    if (!term_is_atom(t)) return false;
    out->text = brc_term_atom_text(t, &len);
    return strlen(out->text) == len;
}

static Term enum_term(const FfiEnum *e, size_t i) {
    Term t = atomic_load_explicit(&e->terms[i], memory_order_relaxed);
    if (t) return t;
    t = brc_term_atom_intern(e->names[i], strlen(e->names[i]));
    atomic_store_explicit(&e->terms[i], t, memory_order_relaxed);
    return t;
}

bool brc_ffi_enum(Term t, const FfiEnum *e, int64_t *out) {
    for (size_t i = 0; i < e->count; i++) {
        if (enum_term(e, i) != t) continue;
        *out = e->values[i];
        return true;
    }
    return false;
}

/* ---- bytes ---- */

bool brc_ffi_binary(Term t, FfiBytes *out) {
    out->data = brc_term_bin_bytes(t, &out->size, &out->taken);
    return out->data != NULL;
}

bool brc_ffi_string(Term t, FfiBytes *out) {
    uint8_t *tmp = NULL;
    size_t size, chars;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    bool good =
        bytes && !memchr(bytes, 0, size) && brc_term_utf8_prefix(bytes, size, &chars) == size;
    if (good) {
        uint8_t *to = (uint8_t *)out->small;
        if (size >= sizeof out->small) out->taken = to = malloc(size + 1);
        if (!to) brc_base_panic("out of memory (%zu bytes for a native function)", size);
        memcpy(to, bytes, size);
        to[size] = 0;
        out->data = to;
        out->size = size;
    }
    free(tmp);
    return good;
}

/* ---- resources ---- */

typedef struct Resource {
    Magic magic;
    const brc_type *type;
    void *pointer;
} Resource;

static void destroy(Magic *m) {
    Resource *r = (Resource *)m;
    r->type->destroy(r->pointer);
    brc_ctx_magic_free(m);
}

bool brc_ffi_resource(Term t, const brc_type *type, void **out) {
    const Resource *r = brc_ctx_magic_kind(t, destroy);
    if (!r || r->type != type) return false;
    *out = r->pointer;
    return true;
}

Term brc_ffi_of_resource(Proc *p, void *pointer, const brc_type *type) {
    if (!pointer) return brc_ffi_bad_result(p);
    Resource *r = brc_ctx_magic_new(sizeof *r, destroy);
    r->type = type;
    r->pointer = pointer;
    return brc_ctx_magic_term(p, &r->magic);
}

/* ---- results ---- */

Term brc_ffi_bad_result(Proc *p) {
    return brc_ctx_error(p, brc_term_atom_intern("bad_result", 10));
}

Term brc_ffi_of_double(Proc *p, double d) {
    return isfinite(d) ? term_make_float(brc_ctx_alloc(p, 2), d) : brc_ffi_bad_result(p);
}

Term brc_ffi_of_atom(Proc *p, brc_atom a) {
    size_t size = a.text ? strlen(a.text) : 0, chars = 0;
    bool good = a.text && brc_term_utf8_prefix((const uint8_t *)a.text, size, &chars) == size &&
                chars <= BRC_ATOM_MAX_CHARS;
    return good ? brc_term_atom_intern(a.text, size) : brc_ffi_bad_result(p);
}

Term brc_ffi_of_binary(Proc *p, brc_binary b) {
    if (!b.data && b.size) return brc_ffi_bad_result(p);
    return brc_term_bin_new(p, b.data ? b.data : (const uint8_t *)"", b.size);
}

Term brc_ffi_of_string(Proc *p, const char *text) {
    brc_binary b = {(const uint8_t *)text, text ? strlen(text) : 0};
    size_t chars;
    bool good = text && brc_term_utf8_prefix(b.data, b.size, &chars) == b.size;
    return good ? brc_ffi_of_binary(p, b) : brc_ffi_bad_result(p);
}

Term brc_ffi_of_own_string(Proc *p, char *text) {
    Term t = brc_ffi_of_string(p, text);
    free(text);
    return t;
}

Term brc_ffi_of_buffer(Proc *p, brc_buffer b) {
    Term t = brc_ffi_of_binary(p, (brc_binary){b.data, b.size});
    free(b.data);
    return t;
}

Term brc_ffi_of_enum(Proc *p, int64_t value, const FfiEnum *e) {
    for (size_t i = 0; i < e->count; i++)
        if (e->values[i] == value) return enum_term(e, i);
    return brc_ffi_bad_result(p);
}

Term brc_ffi_of_value(Proc *p, brc_value v) {
    switch (v.kind) {
    case BRC_KIND_NIL: return AM(nil);
    case BRC_KIND_INT: return brc_ffi_of_int(p, v.i);
    case BRC_KIND_UINT: return brc_ffi_of_uint(p, v.u);
    case BRC_KIND_FLOAT: return brc_ffi_of_double(p, v.d);
    case BRC_KIND_BOOL: return term_bool(v.u);
    case BRC_KIND_ATOM: return brc_ffi_of_atom(p, (brc_atom){v.text});
    case BRC_KIND_STRING: return brc_ffi_of_string(p, v.text);
    case BRC_KIND_OWN_STRING: return brc_ffi_of_own_string(p, v.pointer);
    case BRC_KIND_BINARY: return brc_ffi_of_binary(p, (brc_binary){v.pointer, v.size});
    case BRC_KIND_OWN_BINARY: return brc_ffi_of_buffer(p, (brc_buffer){v.pointer, v.size});
    case BRC_KIND_TERM: return v.u != BRC_NONE ? v.u : brc_ctx_badarg(p);
    case BRC_KIND_RESOURCE: return brc_ffi_of_resource(p, v.pointer, v.type);
    }
    return brc_ffi_bad_result(p);
}

Term brc_ffi_of_result(Proc *p, brc_result r) {
    Term t = brc_ffi_of_value(p, r.value);
    if (t == BRC_NONE) return t;
    if (r.outcome == BRC_RAISE) return brc_ctx_error(p, t);
    return term_tuple2(brc_ctx_alloc(p, 3), r.outcome == BRC_OK ? AM(ok) : AM(error), t);
}

/* ---- environments ---- */

Term brc_ffi_env_end(ErlNifEnv *env, Term result) {
    if (env->temps) brc_nif_free_temps(env);
    if (env->raised != BRC_NONE) return brc_ctx_error(env->p, env->raised);
    if (result == BRC_NONE && env->p->fail == BRC_FAIL_NO) return brc_ctx_badarg(env->p);
    return result;
}
