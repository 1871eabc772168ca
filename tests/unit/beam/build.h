/* build.h: makes small .beam files in memory, to read back or to damage. A module m with the
 * function f/0 whose body a test gives; every chunk can be replaced. */
#pragma once
#include "beam/beam.h"
#include "beam/compact.h"

#include <zlib.h>

typedef struct Bytes {
    uint8_t at[8192];
    size_t count;
} Bytes;

static inline void put_u8(Bytes *b, unsigned v) {
    b->at[b->count++] = (uint8_t)v;
}

static inline void put_u32(Bytes *b, uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8)
        put_u8(b, v >> shift & 0xFF);
}

static inline void put_u64(Bytes *b, uint64_t v) {
    put_u32(b, (uint32_t)(v >> 32));
    put_u32(b, (uint32_t)v);
}

static inline void put_raw(Bytes *b, const void *bytes, size_t size) {
    memcpy(b->at + b->count, bytes, size);
    b->count += size;
}

/* A compact number below 2^11, or one of two bytes. */
static inline void put_arg(Bytes *b, unsigned tag, uint32_t v) {
    if (v < 16) {
        put_u8(b, v << 4 | tag);
    } else if (v < 2048) {
        put_u8(b, (v >> 8) << 5 | 8 | tag);
        put_u8(b, v & 0xFF);
    } else {
        put_u8(b, 2 << 5 | 0x18 | tag); /* four bytes */
        put_u32(b, v);
    }
}

/* The upper bits of extended operands: 1 list, 2 float register, 3 allocation, 4 literal, 5 typed.
 */
static inline void put_extended(Bytes *b, unsigned which) {
    put_u8(b, which << 4 | COMPACT_Z);
}

static inline void put_chunk(Bytes *file, const char *name, const Bytes *chunk) {
    put_raw(file, name, 4);
    put_u32(file, (uint32_t)chunk->count);
    put_raw(file, chunk->at, chunk->count);
    while (file->count % 4 != 0)
        put_u8(file, 0);
}

typedef struct Parts {
    Bytes atoms, body, imports, exports, funs, strings, literals, lines, types, records, attributes;
    uint32_t opcode_max, label_count, function_count;
} Parts;

static inline void put_atom(Bytes *b, const char *text) {
    put_u8(b, (unsigned)strlen(text));
    put_raw(b, text, strlen(text));
}

/* Atoms 1 m, 2 f, 3 erlang, 4 self, 5 true, 6 skip; import 0 erlang:self/0; export f/0. The body is
 * empty: the caller puts ops, of which the last must end the function. */
static inline void parts_start(Parts *p) {
    static const char *const names[] = {"m", "f", "erlang", "self", "true", "skip"};
    memset(p, 0, sizeof *p);
    put_u32(&p->atoms, 6);
    for (int i = 0; i < 6; i++)
        put_atom(&p->atoms, names[i]);
    const uint32_t import[] = {1, 3, 4, 0}, export[] = {1, 2, 0, 2};
    for (int i = 0; i < 4; i++)
        put_u32(&p->imports, import[i]);
    for (int i = 0; i < 4; i++)
        put_u32(&p->exports, export[i]);
    p->opcode_max = OP_COUNT - 1;
    p->label_count = 8;
    p->function_count = 1;
}

static inline void put_code(Bytes *code, const Parts *p) {
    put_u32(code, 16);
    put_u32(code, 0);
    put_u32(code, p->opcode_max);
    put_u32(code, p->label_count);
    put_u32(code, p->function_count);
    put_u8(code, OP_label);
    put_arg(code, COMPACT_U, 1);
    put_u8(code, OP_func_info);
    put_arg(code, COMPACT_A, 1);
    put_arg(code, COMPACT_A, 2);
    put_arg(code, COMPACT_U, 0);
    put_u8(code, OP_label);
    put_arg(code, COMPACT_U, 2);
    put_raw(code, p->body.at, p->body.count);
    put_u8(code, OP_int_code_end);
}

static inline Bytes parts_join(const Parts *p) {
    Bytes file = {0}, code = {0};
    put_raw(&file, "FOR1", 4);
    put_u32(&file, 0);
    put_raw(&file, "BEAM", 4);
    put_chunk(&file, "AtU8", &p->atoms);
    put_code(&code, p);
    put_chunk(&file, "Code", &code);
    put_chunk(&file, "StrT", &p->strings);
    put_chunk(&file, "ImpT", &p->imports);
    put_chunk(&file, "ExpT", &p->exports);
    if (p->funs.count) put_chunk(&file, "FunT", &p->funs);
    if (p->literals.count) put_chunk(&file, "LitT", &p->literals);
    if (p->lines.count) put_chunk(&file, "Line", &p->lines);
    if (p->types.count) put_chunk(&file, "Type", &p->types);
    if (p->records.count) put_chunk(&file, "Recs", &p->records);
    if (p->attributes.count) put_chunk(&file, "Attr", &p->attributes);
    size_t count = file.count;
    file.count = 4;
    put_u32(&file, (uint32_t)(count - 8));
    file.count = count;
    return file;
}

static inline BeamFile *parts_read(const Parts *p, char **error) {
    Bytes file = parts_join(p);
    uint8_t *copy = mem_alloc_atomic(file.count);
    memcpy(copy, file.at, file.count);
    return beam_read_bytes("m.beam", copy, file.count, error);
}

/* A literal table, uncompressed, of that many terms already encoded, the version byte left out. */
static inline void put_literal(Bytes *table, const void *term, size_t size) {
    if (table->count == 0) {
        put_u32(table, 0);
        put_u32(table, 0);
    }
    put_u32(table, (uint32_t)size + 1);
    put_u8(table, 131);
    put_raw(table, term, size);
    table->at[7]++;
}
