/* compact.c: a byte's low three bits are the tag, the rest says how the value goes on:
 *
 *   vvvv 0 ttt           4 bits
 *   vvv 01 ttt  + 1      11 bits
 *   nnn 11 ttt  + n + 2  bytes, two's complement, big end first
 *   111 11 ttt  + a number n (tag u), then n + 9 bytes
 *
 * and under tag z the upper four bits choose a list, a float register, an allocation list, a
 * literal or a typed register. */
#include "beam/compact.h"
#include "beam/etf.h"

#define BLOCK_ARGS 2048
#define REG_LIMIT  1024

enum { EXT_LIST = 1, EXT_FLOAT_REG = 2, EXT_ALLOC = 3, EXT_LITERAL = 4, EXT_TYPED = 5 };

Arg *compact_args(ArgPool *pool, size_t count) {
    if (count > BLOCK_ARGS / 4) return mem_array(Arg, count);
    if (count > pool->left) {
        pool->at = mem_array(Arg, BLOCK_ARGS);
        pool->left = BLOCK_ARGS;
    }
    Arg *args = pool->at;
    pool->at += count;
    pool->left -= count;
    return args;
}

/* ---- numbers ---- */

/* The bytes of a long value; first is the byte with the tag, already taken. */
static const uint8_t *long_value(Reader *r, uint8_t first, size_t *size) {
    size_t n = first >> 5;
    if (n < 7) {
        *size = n + 2;
    } else {
        uint8_t second = reader_u8(r);
        uint32_t more = 0;
        if ((second & 7) != COMPACT_U) reader_fail_at(r, r->at - 1, "a number's length is not one");
        if (!(second & 8)) {
            more = second >> 4;
        } else if (!(second & 16)) {
            more = (uint32_t)(second >> 5) << 8 | reader_u8(r);
        } else {
            size_t bytes = (second >> 5) + 2u;
            if (bytes > 4) reader_fail(r, "a number too long to be true");
            for (const uint8_t *p = reader_take(r, bytes); bytes > 0; bytes--) {
                more = more << 8 | *p++;
            }
        }
        *size = (size_t)more + 9;
    }
    return reader_take(r, *size);
}

static bool fits_64(const uint8_t *p, size_t size) {
    uint8_t sign = p[0] & 0x80 ? 0xFF : 0;
    for (; size > 8; p++, size--) {
        if (*p != sign) return false;
    }
    return (*p & 0x80) == (sign & 0x80);
}

static int64_t value_64(const uint8_t *p, size_t size) {
    uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < size; i++)
        v = v << 8 | p[i];
    return (int64_t)v;
}

/* The value of any tag but i: not negative. A size in a program may be of any length: what takes
 * more than 64 bits stands for the largest, which nothing is as large as. */
static uint64_t plain_value(Reader *r, uint8_t first) {
    if (!(first & 8)) return first >> 4;
    if (!(first & 16)) return (uint64_t)(first >> 5) << 8 | reader_u8(r);
    size_t start = r->at - 1, size;
    const uint8_t *p = long_value(r, first, &size);
    if (p[0] & 0x80) reader_fail_at(r, start, "a negative number");
    for (; size > 8; p++, size--) {
        if (*p != 0) return UINT64_MAX;
    }
    return (uint64_t)value_64(p, size);
}

uint64_t compact_number(Reader *r, unsigned *tag) {
    uint8_t first = reader_u8(r);
    *tag = first & 7;
    if (*tag == COMPACT_Z) reader_fail_at(r, r->at - 1, "not a number");
    return plain_value(r, first);
}

uint32_t compact_unsigned(Reader *r, uint32_t most, const char *what) {
    size_t start = r->at;
    unsigned tag;
    uint64_t v = compact_number(r, &tag);
    if (tag != COMPACT_U) reader_fail_at(r, start, "%s is not a plain number", what);
    if (v > most) reader_fail_at(r, start, "%s is %llu", what, (unsigned long long)v);
    return (uint32_t)v;
}

static void read_integer(Reader *r, uint8_t first, Arg *out) {
    out->kind = ARG_INT;
    if (!(first & 8)) {
        out->i = first >> 4;
    } else if (!(first & 16)) {
        out->i = (int64_t)(first >> 5) << 8 | reader_u8(r);
    } else {
        size_t size;
        const uint8_t *p = long_value(r, first, &size);
        if (fits_64(p, size)) {
            out->i = value_64(p, size);
        } else {
            out->kind = ARG_BIG;
            out->lit = etf_integer_bytes(p, size);
        }
    }
}

/* ---- operands ---- */

static void read_register(Reader *r, size_t start, uint64_t v, Arg *out) {
    if (v >= REG_LIMIT) reader_fail_at(r, start, "register %llu", (unsigned long long)v);
    out->u = v;
}

static void read_plain(Load *l, Reader *r, uint8_t first, Arg *out) {
    size_t start = r->at - 1;
    uint64_t v = plain_value(r, first);
    out->u = v;
    switch (first & 7) {
    case COMPACT_U: out->kind = ARG_U; break;
    case COMPACT_A:
        if (v > l->file->atom_count) {
            reader_fail_at(r, start, "atom %llu of %u", (unsigned long long)v, l->file->atom_count);
        }
        out->kind = v == 0 ? ARG_NIL : ARG_ATOM;
        break;
    case COMPACT_X:
        out->kind = ARG_X;
        read_register(r, start, v, out);
        break;
    case COMPACT_Y:
        out->kind = ARG_Y;
        read_register(r, start, v, out);
        break;
    case COMPACT_F:
        if (v != 0 && v >= l->file->label_count) {
            reader_fail_at(r, start, "label %llu of %u", (unsigned long long)v,
                           l->file->label_count);
        }
        out->kind = ARG_LABEL;
        break;
    default: /* COMPACT_H */
        if (v > 0x10FFFF) reader_fail_at(r, start, "character %llu", (unsigned long long)v);
        out->kind = ARG_INT;
        out->u = 0;
        out->i = (int64_t)v;
        break;
    }
}

static void read_alloc_list(Reader *r, ArgPool *pool, Arg *out) {
    size_t start = r->at;
    uint32_t pairs = compact_unsigned(r, UINT32_MAX, "an allocation list's length");
    if (pairs > reader_left(r) / 2) reader_fail_at(r, start, "an allocation list cannot fit");
    out->kind = ARG_ALLOC;
    out->count = (size_t)pairs * 2;
    out->items = compact_args(pool, out->count);
    for (size_t i = 0; i < out->count; i++) {
        uint32_t most = i % 2 ? 1 << 24 : 2;
        out->items[i] = (Arg){.kind = ARG_U, .type = -1};
        out->items[i].u = compact_unsigned(r, most, i % 2 ? "an allocation" : "its kind");
    }
}

static void read_typed(Load *l, Reader *r, Arg *out) {
    size_t start = r->at;
    uint8_t first = reader_u8(r);
    unsigned tag = first & 7;
    if (tag != COMPACT_X && tag != COMPACT_Y) {
        reader_fail_at(r, start, "a type on what is not a register");
    }
    read_plain(l, r, first, out);
    uint32_t type = compact_unsigned(r, INT32_MAX, "a type's index");
    if (!l->types_known) return;
    if (type >= l->file->types.count) {
        reader_fail_at(r, start, "type %u of %zu", type, l->file->types.count);
    }
    out->type = (int32_t)type;
}

static void read_one(Load *l, Reader *r, ArgPool *pool, Arg *out, bool in_list);

static void read_list(Load *l, Reader *r, ArgPool *pool, Arg *out) {
    size_t start = r->at;
    uint32_t count = compact_unsigned(r, UINT32_MAX, "a list's length");
    if (count > reader_left(r)) reader_fail_at(r, start, "a list of %u operands cannot fit", count);
    out->kind = ARG_LIST;
    out->count = count;
    out->items = compact_args(pool, count);
    for (uint32_t i = 0; i < count; i++)
        read_one(l, r, pool, &out->items[i], true);
}

static void read_literal(Load *l, Reader *r, Arg *out) {
    size_t start = r->at;
    uint32_t index = compact_unsigned(r, UINT32_MAX, "a literal's index");
    if (index >= l->file->literals.count) {
        reader_fail_at(r, start, "literal %u of %zu", index, l->file->literals.count);
    }
    out->kind = ARG_LIT;
    out->u = index;
    out->lit = l->file->literals.at[index];
}

static void read_one(Load *l, Reader *r, ArgPool *pool, Arg *out, bool in_list) {
    *out = (Arg){.type = -1};
    size_t start = r->at;
    uint8_t first = reader_u8(r);
    switch (first & 7) {
    case COMPACT_I: read_integer(r, first, out); return;
    case COMPACT_Z: break;
    default: read_plain(l, r, first, out); return;
    }
    unsigned extended = first >> 3;
    if (extended == EXT_LIST << 1 && !in_list) {
        read_list(l, r, pool, out);
    } else if (extended == EXT_FLOAT_REG << 1) {
        out->kind = ARG_FR;
        out->u = compact_unsigned(r, REG_LIMIT - 1, "a float register");
    } else if (extended == EXT_ALLOC << 1 && !in_list) {
        read_alloc_list(r, pool, out);
    } else if (extended == EXT_LITERAL << 1) {
        read_literal(l, r, out);
    } else if (extended == EXT_TYPED << 1) {
        read_typed(l, r, out);
    } else {
        reader_fail_at(r, start, "an operand that begins with byte %u", first);
    }
}

void compact_read(Load *l, Reader *r, ArgPool *pool, Arg *out) {
    read_one(l, r, pool, out, false);
}
