/* types.c: the Type chunk, of which four versions exist, as masks of BEAM_TYPE_*.
 *
 *   version   OTP      types                                     extra: min, max, unit flags
 *   1         25       18 bytes each; min > max means no range   (none)
 *   2         26       as in 1, match context a bit of its own   bits 13, 14, 15
 *   3         27, 28   match contexts are bit strings            bits 12, 13, 14
 *   4         29       as in 3, and native records               bits 13, 14, 15
 *
 * The extras follow the two bytes of bits: min and max eight bytes each, the unit one byte, less
 * one. A type is a claim by erlc about the value, not one that the reader could check. */
#include "beam/tables.h"

#define ALL_V2 0x1FFFu
#define ALL_V3 0x0FFFu

/* Bits above 1 moved up by one, to leave room for the match context, which may be there too where
 * a bit string may. */
static uint32_t with_match_context(uint32_t bits) {
    uint32_t mask = (bits & 1) | (bits & ~UINT32_C(3)) << 1;
    return bits & 2 ? mask | BEAM_TYPE_BITSTRING | BEAM_TYPE_MATCHCTX : mask;
}

static uint32_t mask_of(uint32_t version, uint32_t bits) {
    return version <= 2 ? bits & ALL_V2
                        : with_match_context(bits & (version == 3 ? ALL_V3 : ALL_V2));
}

static BeamType old_type(Reader *r) {
    BeamType t = {.mask = mask_of(1, reader_u16(r))};
    t.min = (int64_t)reader_u64(r);
    t.max = (int64_t)reader_u64(r);
    t.has_min = t.has_max = t.min <= t.max;
    if (!t.has_min) t.min = t.max = 0;
    return t;
}

static BeamType new_type(Reader *r, uint32_t version) {
    uint32_t bits = reader_u16(r), first_extra = version == 3 ? 12 : 13;
    BeamType t = {.mask = mask_of(version, bits)};
    t.has_min = bits >> first_extra & 1;
    t.has_max = bits >> (first_extra + 1) & 1;
    if (t.has_min) t.min = (int64_t)reader_u64(r);
    if (t.has_max) t.max = (int64_t)reader_u64(r);
    if (bits >> (first_extra + 2) & 1) t.unit = reader_u8(r) + 1u;
    if (t.has_min && t.has_max && t.min > t.max) {
        reader_fail(r, "a range that ends before it begins");
    }
    return t;
}

/* A version from the future is ignored, as stock does: nothing is known then. */
void tables_types(Load *l) {
    if (!l->has[CHUNK_TYPE]) return;
    Reader *r = &l->chunks[CHUNK_TYPE];
    uint32_t version = reader_u32(r);
    if (version < 1 || version > 4) return;
    uint32_t count = reader_count(r, version == 1 ? 18 : 2, "types");
    for (; count > 0; count--) {
        size_t start = r->at;
        BeamType t = version == 1 ? old_type(r) : new_type(r, version);
        if (t.mask == 0) reader_fail_at(r, start, "a type of no value");
        vec_push(&l->file->types, t);
    }
    l->types_known = true;
}
