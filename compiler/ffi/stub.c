/* stub.c: see stub.h. Labels: two for each function, the second one being its entry. */
#include "ffi/stub.h"
#include "beam/beam.h"
#include "beam/compact.h"

/* ---- bytes ---- */

static void put_u8(Text *t, unsigned v) {
    char c = (char)v;
    text_put(t, &c, 1);
}
static void put_u32(Text *t, size_t v) {
    for (int shift = 24; shift >= 0; shift -= 8)
        put_u8(t, (unsigned)(v >> shift) & 0xFF);
}
static void put_number(Text *t, unsigned tag, size_t v) { /* compact, below 2^31 */
    if (v < 16) {
        put_u8(t, (unsigned)v << 4 | tag);
    } else if (v < 2048) {
        put_u8(t, (unsigned)(v >> 8) << 5 | 8 | tag);
        put_u8(t, v & 0xFF);
    } else {
        put_u8(t, 2 << 5 | 0x18 | tag); /* four bytes follow */
        put_u32(t, v);
    }
}
static void put_chunk(Text *file, const char *name, const Text *chunk) {
    text_put(file, name, 4);
    put_u32(file, chunk->count);
    text_put(file, chunk->at ? chunk->at : "", chunk->count);
    while (file->count % 4 != 0)
        put_u8(file, 0);
}

/* ---- atoms ---- */

enum { A_MODULE = 1, A_ERLANG, A_NIF_ERROR, A_GET_INFO, A_INFO, A_UNDEF, A_FIRST };
enum { I_NIF_ERROR, I_GET_INFO_1, I_GET_INFO_2, IMPORTS };

static Text atoms(const FfiModule *m) {
    Text t = {0};
    const char *fixed[] = {m->name,           "erlang",      "nif_error",
                           "get_module_info", "module_info", "undef"};
    size_t n = sizeof fixed / sizeof *fixed;
    put_u32(&t, n + m->functions.count);
    for (size_t i = 0; i < n + m->functions.count; i++) {
        const char *text = i < n ? fixed[i] : m->functions.at[i - n].name;
        put_u8(&t, (unsigned)strlen(text));
        text_str(&t, text);
    }
    return t;
}

static Text imports(void) {
    static const unsigned rows[IMPORTS][2] = {{A_NIF_ERROR, 1}, {A_GET_INFO, 1}, {A_GET_INFO, 2}};
    Text t = {0};
    put_u32(&t, IMPORTS);
    for (size_t i = 0; i < IMPORTS; i++) {
        put_u32(&t, A_ERLANG);
        put_u32(&t, rows[i][0]);
        put_u32(&t, rows[i][1]);
    }
    return t;
}

/* ---- functions ---- */

typedef struct Stub {
    size_t name, arity, import;
} Stub;

/* The i-th: those of the C file, then module_info/0 and /1. */
static Stub stub_at(const FfiModule *m, size_t i) {
    size_t n = m->functions.count;
    if (i < n) return (Stub){A_FIRST + i, m->functions.at[i].arguments.count, I_NIF_ERROR};
    return (Stub){A_INFO, i - n, i == n ? I_GET_INFO_1 : I_GET_INFO_2};
}

static Text exports(const FfiModule *m) {
    Text t = {0};
    size_t n = m->functions.count + 2;
    put_u32(&t, n);
    for (size_t i = 0; i < n; i++) {
        Stub s = stub_at(m, i);
        put_u32(&t, s.name);
        put_u32(&t, s.arity);
        put_u32(&t, 2 * i + 2);
    }
    return t;
}

static void put_move(Text *t, unsigned tag, size_t from, size_t to) {
    put_u8(t, OP_move);
    put_number(t, tag, from);
    put_number(t, COMPACT_X, to);
}

static void put_stub(Text *t, size_t i, Stub s) {
    put_u8(t, OP_label);
    put_number(t, COMPACT_U, 2 * i + 1);
    put_u8(t, OP_func_info);
    put_number(t, COMPACT_A, A_MODULE);
    put_number(t, COMPACT_A, s.name);
    put_number(t, COMPACT_U, s.arity);
    put_u8(t, OP_label);
    put_number(t, COMPACT_U, 2 * i + 2);
    if (s.import == I_GET_INFO_2) put_move(t, COMPACT_X, 0, 1);
    put_move(t, COMPACT_A, s.import == I_NIF_ERROR ? A_UNDEF : A_MODULE, 0);
    put_u8(t, OP_call_ext_only);
    put_number(t, COMPACT_U, s.import == I_GET_INFO_2 ? 2 : 1);
    put_number(t, COMPACT_U, s.import);
}

static Text code(const FfiModule *m) {
    Text t = {0};
    size_t n = m->functions.count + 2;
    put_u32(&t, 16); /* bytes of what follows before the code */
    put_u32(&t, 0);  /* instruction set */
    put_u32(&t, OP_call_ext_only);
    put_u32(&t, 2 * n + 1);
    put_u32(&t, n);
    for (size_t i = 0; i < n; i++)
        put_stub(&t, i, stub_at(m, i));
    put_u8(&t, OP_int_code_end);
    return t;
}

Text stub_module(const FfiModule *m) {
    Text body = {0}, strings = {0}, file = {0};
    Text a = atoms(m), c = code(m), i = imports(), e = exports(m);
    put_chunk(&body, "AtU8", &a);
    put_chunk(&body, "Code", &c);
    put_chunk(&body, "StrT", &strings);
    put_chunk(&body, "ImpT", &i);
    put_chunk(&body, "ExpT", &e);
    text_str(&file, "FOR1");
    put_u32(&file, body.count + 4);
    text_str(&file, "BEAM");
    text_put(&file, body.at, body.count);
    return file;
}
