/* etf.c: external terms to Lit trees.
 *
 * Each term takes at least one byte, so what is built is bounded by the input; counts are checked
 * against the bytes left before they size anything. Lists do not nest through their tails: a list
 * whose tail is a list is read as one node, so only real nesting counts as depth. Small integers
 * and [] share static nodes. */
#include "beam/etf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    NEW_FLOAT_EXT = 70,
    BIT_BINARY_EXT = 77,
    COMPRESSED = 80,
    SMALL_INTEGER_EXT = 97,
    INTEGER_EXT = 98,
    FLOAT_EXT = 99,
    ATOM_EXT = 100,
    SMALL_TUPLE_EXT = 104,
    LARGE_TUPLE_EXT = 105,
    NIL_EXT = 106,
    STRING_EXT = 107,
    LIST_EXT = 108,
    BINARY_EXT = 109,
    SMALL_BIG_EXT = 110,
    LARGE_BIG_EXT = 111,
    EXPORT_EXT = 113,
    SMALL_ATOM_EXT = 115,
    MAP_EXT = 116,
    ATOM_UTF8_EXT = 118,
    SMALL_ATOM_UTF8_EXT = 119,
    VERSION = 131,
};

static Lit *read_term(Reader *r, unsigned depth);

/* ---- nodes ---- */

static uint32_t mix(uint32_t h, uint64_t v) {
    uint64_t x = (h ^ v) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(x >> 32 ^ x >> 11);
}

static uint32_t mix_bytes(uint32_t h, const void *bytes, size_t size) {
    const uint8_t *p = bytes;
    for (size_t i = 0; i < size; i++)
        h = (h ^ p[i]) * 0x01000193u;
    return mix(h, size);
}

static Lit *new_lit(LitKind kind) {
    Lit *l = mem_new(Lit);
    l->kind = kind;
    l->hash = mix(0, (uint64_t)kind + 1);
    return l;
}

static Lit nil_lit = {.kind = LIT_NIL, .hash = 0x4E114E11};

static Lit *small_lit(int64_t i) {
    static Lit bytes[256];
    if (i >= 0 && i < 256) {
        Lit *l = &bytes[i];
        l->kind = LIT_INT; /* 0: told from an unused entry by its hash */
        l->i = i;
        l->hash = mix(1, (uint64_t)i);
        return l;
    }
    Lit *l = new_lit(LIT_INT);
    l->i = i;
    l->hash = mix(1, (uint64_t)i);
    return l;
}

/* Hashes the items. Needs items and count. */
static Lit *with_items(Lit *l) {
    uint32_t h = mix(l->hash, l->count);
    for (size_t i = 0; i < l->count; i++)
        h = mix(h, l->items[i]->hash);
    l->hash = h;
    return l;
}

/* ---- integers ---- */

/* From a magnitude of little-endian 64-bit limbs: LIT_INT where it fits. */
static Lit *integer_from_limbs(uint64_t *limbs, size_t count, bool negative) {
    while (count && limbs[count - 1] == 0)
        count--;
    if (count == 0) return small_lit(0);
    if (count == 1) {
        if (!negative && limbs[0] <= INT64_MAX) return small_lit((int64_t)limbs[0]);
        if (negative && limbs[0] <= (uint64_t)INT64_MAX + 1) return small_lit((int64_t)-limbs[0]);
    }
    Lit *l = new_lit(LIT_BIG);
    l->limbs = limbs;
    l->count = count;
    l->negative = negative;
    l->hash = mix_bytes(l->hash + negative, limbs, count * sizeof *limbs);
    return l;
}

Lit *etf_integer_bytes(const uint8_t *bytes, size_t size) {
    bool negative = size > 0 && bytes[0] & 0x80;
    size_t count = size / 8 + 1;
    uint64_t *limbs = mem_alloc_atomic(count * sizeof *limbs);
    memset(limbs, 0, count * sizeof *limbs);
    for (size_t i = 0; i < size; i++) {
        uint8_t b = bytes[size - 1 - i];
        if (negative) b = (uint8_t)~b;
        limbs[i / 8] |= (uint64_t)b << (8 * (i % 8));
    }
    if (negative) { /* the complement plus one; cannot overflow: the sign bit was left out */
        for (size_t i = 0; ++limbs[i] == 0; i++) {
        }
    }
    return integer_from_limbs(limbs, count, negative);
}

static Lit *read_big(Reader *r, size_t digits) {
    uint8_t sign = reader_u8(r);
    const uint8_t *p = reader_take(r, digits);
    if (sign > 1) reader_fail(r, "an integer's sign is %u", sign);
    size_t count = digits / 8 + 1;
    uint64_t *limbs = mem_alloc_atomic(count * sizeof *limbs);
    memset(limbs, 0, count * sizeof *limbs);
    for (size_t i = 0; i < digits; i++)
        limbs[i / 8] |= (uint64_t)p[i] << (8 * (i % 8));
    return integer_from_limbs(limbs, count, sign);
}

/* ---- other leaves ---- */

static Lit *float_lit(const Reader *r, double d) {
    if (!isfinite(d)) reader_fail(r, "a float that is not finite");
    Lit *l = new_lit(LIT_FLOAT);
    l->d = d;
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    l->hash = mix(l->hash, bits);
    return l;
}

static Lit *read_new_float(Reader *r) {
    uint64_t bits = reader_u64(r);
    double d;
    memcpy(&d, &bits, sizeof d);
    return float_lit(r, d);
}

static Lit *read_old_float(Reader *r) {
    char text[32] = {0};
    memcpy(text, reader_take(r, 31), 31);
    char *end;
    double d = strtod(text, &end);
    if (end == text || *end != 0) reader_fail(r, "a float's text is damaged");
    return float_lit(r, d);
}

static Lit *atom_lit(const char *text, size_t len) {
    Lit *l = new_lit(LIT_ATOM);
    l->text = text;
    l->count = len;
    l->hash = mix_bytes(l->hash, text, len);
    return l;
}

static Lit *read_utf8_atom(Reader *r, size_t len) {
    return atom_lit(reader_utf8_atom(r, len), len);
}

static Lit *read_latin1_atom(Reader *r, size_t len) {
    size_t utf8_len;
    const char *text = reader_latin1_atom(r, len, &utf8_len);
    return atom_lit(text, utf8_len);
}

static Lit *read_binary(Reader *r, bool bits) {
    size_t size = reader_u32(r);
    uint8_t last_bits = bits ? reader_u8(r) : 8;
    if (last_bits < 1 || last_bits > 8 || (bits && size == 0)) {
        reader_fail(r, "a bit string of %zu bytes with %u bits in the last", size, last_bits);
    }
    Lit *l = new_lit(LIT_BINARY);
    const uint8_t *p = reader_take(r, size);
    uint8_t *copy = mem_alloc_atomic(size + 1);
    if (size) memcpy(copy, p, size);
    copy[size] = 0;
    if (size) copy[size - 1] &= (uint8_t)(0xFF << (8 - last_bits));
    l->bytes = copy;
    l->count = size;
    l->last_bits = last_bits;
    l->hash = mix_bytes(l->hash + last_bits, copy, size);
    return l;
}

/* ---- terms with parts ---- */

static Lit *read_tuple(Reader *r, size_t arity, unsigned depth) {
    if (arity > reader_left(r)) reader_fail(r, "a tuple of %zu elements cannot fit", arity);
    Lit *l = new_lit(LIT_TUPLE);
    l->count = arity;
    l->items = mem_array(Lit *, arity ? arity : 1);
    for (size_t i = 0; i < arity; i++)
        l->items[i] = read_term(r, depth + 1);
    return with_items(l);
}

typedef VEC(Lit *) LitVec;

static Lit *finish_list(LitVec *items, Lit *tail) {
    if (items->count == 0) return tail;
    vec_push(items, tail);
    Lit *l = new_lit(LIT_CONS);
    l->items = items->at;
    l->count = items->count;
    return with_items(l);
}

static void read_string_items(Reader *r, LitVec *items) {
    size_t len = reader_u16(r);
    const uint8_t *p = reader_take(r, len);
    for (size_t i = 0; i < len; i++)
        vec_push(items, small_lit(p[i]));
}

/* From the tag on: a tail that is a list again goes on in the same node. */
static Lit *read_list(Reader *r, unsigned depth) {
    LitVec items = {0};
    for (;;) {
        reader_need(r, 1);
        switch (r->bytes[r->at]) {
        case STRING_EXT:
            r->at++;
            read_string_items(r, &items);
            return finish_list(&items, &nil_lit);
        case LIST_EXT: {
            r->at++;
            size_t count = reader_count(r, 1, "list elements");
            for (size_t i = 0; i < count; i++)
                vec_push(&items, read_term(r, depth + 1));
            break;
        }
        default: {
            Lit *tail = read_term(r, depth + 1);
            return finish_list(&items, tail);
        }
        }
    }
}

static Lit *read_export(Reader *r, unsigned depth) {
    Lit *l = new_lit(LIT_EXPORT);
    l->count = 3;
    l->items = mem_array(Lit *, 3);
    for (int i = 0; i < 3; i++)
        l->items[i] = read_term(r, depth + 1);
    if (l->items[0]->kind != LIT_ATOM || l->items[1]->kind != LIT_ATOM ||
        l->items[2]->kind != LIT_INT || l->items[2]->i < 0 || l->items[2]->i > 255) {
        reader_fail(r, "an external fun is not of the form M:F/A");
    }
    return with_items(l);
}

static int by_hash(const void *a, const void *b) {
    uint32_t x = (*(Lit *const *)a)->hash, y = (*(Lit *const *)b)->hash;
    return x < y ? -1 : x > y;
}

/* Stock refuses a map that names a key twice. Equal keys have equal hashes, so they lie side by
 * side once sorted by hash. */
static void refuse_double_keys(const Reader *r, const Lit *map) {
    size_t count = map->count / 2;
    if (count < 2) return;
    Lit **keys = mem_array(Lit *, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = map->items[2 * i];
    qsort(keys, count, sizeof *keys, by_hash);
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j-- > 0 && keys[j]->hash == keys[i]->hash;) {
            if (lit_equal(keys[i], keys[j])) reader_fail(r, "a map holds a key twice");
        }
    }
}

static Lit *read_map(Reader *r, unsigned depth) {
    size_t pairs = reader_count(r, 2, "map pairs");
    Lit *l = new_lit(LIT_MAP);
    l->count = pairs * 2;
    l->items = mem_array(Lit *, pairs ? pairs * 2 : 1);
    uint32_t sum = 0; /* the order of pairs must not matter */
    for (size_t i = 0; i < l->count; i++) {
        l->items[i] = read_term(r, depth + 1);
        if (i % 2) sum += mix(l->items[i - 1]->hash, l->items[i]->hash);
    }
    l->hash = mix(l->hash, sum);
    refuse_double_keys(r, l);
    return l;
}

/* ---- all of them ---- */

static Lit *read_term(Reader *r, unsigned depth) {
    if (depth > ETF_MAX_DEPTH) reader_fail(r, "a term nested deeper than %d", ETF_MAX_DEPTH);
    size_t start = r->at;
    uint8_t tag = reader_u8(r);
    switch (tag) {
    case NIL_EXT: return &nil_lit;
    case SMALL_INTEGER_EXT: return small_lit(reader_u8(r));
    case INTEGER_EXT: return small_lit((int32_t)reader_u32(r));
    case SMALL_BIG_EXT: return read_big(r, reader_u8(r));
    case LARGE_BIG_EXT: return read_big(r, reader_u32(r));
    case NEW_FLOAT_EXT: return read_new_float(r);
    case FLOAT_EXT: return read_old_float(r);
    case ATOM_EXT: return read_latin1_atom(r, reader_u16(r));
    case SMALL_ATOM_EXT: return read_latin1_atom(r, reader_u8(r));
    case ATOM_UTF8_EXT: return read_utf8_atom(r, reader_u16(r));
    case SMALL_ATOM_UTF8_EXT: return read_utf8_atom(r, reader_u8(r));
    case SMALL_TUPLE_EXT: return read_tuple(r, reader_u8(r), depth);
    case LARGE_TUPLE_EXT: return read_tuple(r, reader_u32(r), depth);
    case STRING_EXT:
    case LIST_EXT: r->at = start; return read_list(r, depth);
    case BINARY_EXT: return read_binary(r, false);
    case BIT_BINARY_EXT: return read_binary(r, true);
    case MAP_EXT: return read_map(r, depth);
    case EXPORT_EXT: return read_export(r, depth);
    default:
        reader_fail_at(r, start, "a term of external tag %u, which no module's literal can be",
                       tag);
    }
}

Lit *etf_read(Reader *r) {
    return read_term(r, 0);
}

Lit *etf_read_versioned(Reader *r) {
    uint8_t version = reader_u8(r);
    if (version != VERSION) reader_fail_at(r, r->at - 1, "term format version %u", version);
    reader_need(r, 1);
    if (r->bytes[r->at] != COMPRESSED) return read_term(r, 0);
    r->at++;
    size_t size = reader_u32(r);
    Reader inner = *r;
    inner.bytes = reader_inflate(r, r->bytes + r->at, reader_left(r), size);
    inner.size = size;
    inner.at = 0;
    r->at = r->size;
    return read_term(&inner, 0);
}

/* ---- comparing ---- */

static bool map_equal(const Lit *a, const Lit *b) {
    for (size_t i = 0; i < a->count; i += 2) {
        size_t j = 0;
        while (j < b->count && !lit_equal(a->items[i], b->items[j]))
            j += 2;
        if (j >= b->count || !lit_equal(a->items[i + 1], b->items[j + 1])) return false;
    }
    return true;
}

bool lit_equal(const Lit *a, const Lit *b) {
    if (a == b) return true;
    if (a->kind != b->kind || a->hash != b->hash || a->count != b->count) return false;
    switch (a->kind) {
    case LIT_NIL: return true;
    case LIT_INT: return a->i == b->i;
    case LIT_FLOAT: return memcmp(&a->d, &b->d, sizeof a->d) == 0;
    case LIT_ATOM: return a->count == 0 || memcmp(a->text, b->text, a->count) == 0;
    case LIT_BIG:
        return a->negative == b->negative &&
               memcmp(a->limbs, b->limbs, a->count * sizeof *a->limbs) == 0;
    case LIT_BINARY:
        return a->last_bits == b->last_bits &&
               (a->count == 0 || memcmp(a->bytes, b->bytes, a->count) == 0);
    case LIT_MAP: return map_equal(a, b);
    case LIT_CONS:
    case LIT_TUPLE:
    case LIT_EXPORT:
        for (size_t i = 0; i < a->count; i++) {
            if (!lit_equal(a->items[i], b->items[i])) return false;
        }
        return true;
    default: return false;
    }
}
