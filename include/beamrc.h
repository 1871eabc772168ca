/* beamrc.h: C functions that are called from Erlang, Gleam and Elixir.
 *
 * A file native/NAME.c of a project is the module NAME. Its functions that are marked BRC_EXPORT
 * are the module's; a function's name is the C one, without NAME_ where it begins so. Arguments and
 * results are converted as the prototype says:
 *
 *   C                               Erlang
 *   int8_t, uint16_t, size_t, int   an integer in the type's range, likewise for all others
 *   float, double                   a float; as an argument an integer, too
 *   bool                            true, false
 *   enum                            an atom: the enumerator in lower case, without a prefix that
 *                                   ends with an underscore and that all of them have
 *   brc_atom                        an atom
 *   const char *                    a binary of UTF-8 (Gleam's String); arguments: without NUL
 *   brc_binary                      a binary
 *   const uint8_t *, size_t         a binary (one argument)
 *   brc_term                        any term, for the functions of erl_nif.h
 *   T *, after BRC_RESOURCE(T, f)   a reference
 *   void                            nil
 * and as results only
 *   char *, brc_buffer              a binary; the memory is given to free()
 *   brc_result                      {ok, Value}, {error, Value}, or an exception
 *   brc_value                       any of the above
 *
 * An argument of another type or out of range raises badarg; the C function is not called. A result
 * that cannot be converted (NULL, text that is no UTF-8, an infinite float, a number that is none
 * of the enum's) raises bad_result. A first parameter brc_env * is given by beamrc and is no
 * argument; what it is not for: enif_schedule_nif, enif_priv_data, resource types of erl_nif.h.
 *
 * What arguments point to is good until the function returns; what a result points to is copied
 * then, and must not be a local variable. Several processes may call a function at once.
 *
 * Lines of the file say how to compile and link it:
 *
 *   // beamrc: link NAME...      static libraries
 *   // beamrc: package NAME...   what pkg-config says of them
 *   // beamrc: flags FLAG...     for clang */
#pragma once
#include <erl_nif.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#define BRC_NOTE(text) __attribute__((annotate(text)))
#else
#define BRC_NOTE(text)
#endif

/* Before a function's definition. Without DIRTY it should return within a millisecond: the
 * scheduler waits for it. DIRTY_CPU: it computes for longer; DIRTY_IO: it waits (files, locks,
 * databases). It is then called on another thread, and other processes go on. */
#define BRC_EXPORT    BRC_NOTE("beamrc:export")
#define BRC_DIRTY_CPU BRC_NOTE("beamrc:dirty_cpu")
#define BRC_DIRTY_IO  BRC_NOTE("beamrc:dirty_io")

typedef struct brc_binary {
    const uint8_t *data;
    size_t size;
} brc_binary;

typedef struct brc_buffer { /* from malloc */
    uint8_t *data;
    size_t size;
} brc_buffer;

typedef struct brc_atom {
    const char *text; /* UTF-8 */
} brc_atom;
#define BRC_ATOM(name) ((brc_atom){name})

typedef ERL_NIF_TERM brc_term;
typedef ErlNifEnv brc_env; /* where terms are made */

/* ---- resources ----
 *
 * BRC_RESOURCE(T, destructor) at the top of a file: a T * that a function returns becomes a
 * reference, and destructor(T *) is called once nobody has it any more, on any thread; it must be
 * quick. Return each pointer once. T is a name (typedef) and belongs to one file; others that use
 * it say BRC_RESOURCE_OF_OTHER(T). */
typedef struct brc_type {
    const char *name;
    void (*destroy)(void *);
} brc_type;
#define BRC_RESOURCE(T, destructor)                                                                \
    static void brc_destroy_##T(void *at) {                                                        \
        destructor((T *)at);                                                                       \
    }                                                                                              \
    extern const brc_type brc_type_##T;                                                            \
    const brc_type brc_type_##T = {#T, brc_destroy_##T}
#define BRC_RESOURCE_OF_OTHER(T) extern const brc_type brc_type_##T

/* ---- values of types that are known when the function runs ---- */

typedef struct brc_value {
    enum brc_kind {
        BRC_KIND_NIL,
        BRC_KIND_INT,
        BRC_KIND_UINT,
        BRC_KIND_FLOAT,
        BRC_KIND_BOOL,
        BRC_KIND_ATOM,
        BRC_KIND_STRING,
        BRC_KIND_OWN_STRING,
        BRC_KIND_BINARY,
        BRC_KIND_OWN_BINARY,
        BRC_KIND_TERM,
        BRC_KIND_RESOURCE,
    } kind;
    union {
        int64_t i;
        uint64_t u;
        double d;
        void *pointer;
        const char *text;
    };
    union {
        size_t size;
        const brc_type *type;
    };
} brc_value;

static inline brc_value brc_nil(void) {
    return (brc_value){.kind = BRC_KIND_NIL};
}
static inline brc_value brc_int(int64_t i) {
    return (brc_value){.kind = BRC_KIND_INT, .i = i};
}
static inline brc_value brc_uint(uint64_t u) {
    return (brc_value){.kind = BRC_KIND_UINT, .u = u};
}
static inline brc_value brc_float(double d) {
    return (brc_value){.kind = BRC_KIND_FLOAT, .d = d};
}
static inline brc_value brc_bool(bool b) {
    return (brc_value){.kind = BRC_KIND_BOOL, .u = b};
}
static inline brc_value brc_of_atom(brc_atom a) {
    return (brc_value){.kind = BRC_KIND_ATOM, .text = a.text};
}
static inline brc_value brc_string(const char *text) { /* copied */
    return (brc_value){.kind = BRC_KIND_STRING, .text = text};
}
static inline brc_value brc_own_string(char *text) { /* copied, then freed */
    return (brc_value){.kind = BRC_KIND_OWN_STRING, .text = text};
}
static inline brc_value brc_of_binary(brc_binary b) {
    return (brc_value){.kind = BRC_KIND_BINARY, .text = (const char *)b.data, .size = b.size};
}
static inline brc_value brc_of_buffer(brc_buffer b) {
    return (brc_value){.kind = BRC_KIND_OWN_BINARY, .pointer = b.data, .size = b.size};
}
/* brc_of takes a brc_term for the integer that it is in C: a term is made a value by this. */
static inline brc_value brc_of_term(brc_term t) {
    return (brc_value){.kind = BRC_KIND_TERM, .u = t};
}
#define brc_resource(T, at)                                                                        \
    ((brc_value){.kind = BRC_KIND_RESOURCE, .pointer = (T *){at}, .type = &brc_type_##T})
static inline brc_value brc_itself(brc_value v) {
    return v;
}

/* The value of an expression: an integer, a float, a bool, a string (copied), or one of the structs
 * above. Pointers to anything else take brc_resource. */
#define brc_of(x)                                                                                  \
    _Generic((x),                                                                                  \
        bool: brc_bool,                                                                            \
        float: brc_float,                                                                          \
        double: brc_float,                                                                         \
        char *: brc_string,                                                                        \
        const char *: brc_string,                                                                  \
        brc_atom: brc_of_atom,                                                                     \
        brc_binary: brc_of_binary,                                                                 \
        brc_buffer: brc_of_buffer,                                                                 \
        brc_value: brc_itself,                                                                     \
        unsigned long: brc_uint,                                                                   \
        unsigned long long: brc_uint,                                                              \
        default: brc_int)(x)

typedef struct brc_result {
    enum brc_outcome { BRC_OK, BRC_ERROR, BRC_RAISE } outcome;
    brc_value value;
} brc_result;

static inline brc_result brc_result_of(enum brc_outcome outcome, brc_value value) {
    return (brc_result){outcome, value};
}
#define brc_ok(x)    brc_result_of(BRC_OK, brc_of(x))    /* {ok, X}; Gleam's Ok(x) */
#define brc_error(x) brc_result_of(BRC_ERROR, brc_of(x)) /* {error, X}; Gleam's Error(x) */
#define brc_raise(x) brc_result_of(BRC_RAISE, brc_of(x)) /* the exception error:X */
