/* bif_asn1.c: natives of module asn1rt_nif for BER: nested values {Tag, Bytes} and {Tag, [Value]},
 * a tag being its class << 16 | its number. Errors name places as OTP's natives do. */
#include "abi/bif.h"
#include "base/panic.h"
#include "bif/iowalk.h"
#include "bif/text.h"
#include "ctx/fail.h"
#include "term/bits.h"
#include "term/int.h"

enum { DEEPEST = 10000, LONG_TAG = 31, BACKWARDS_ROOM = 256 };

/* ---- decoding ---- */

typedef struct Decode {
    Proc *p;
    Term original; /* what values are parts of */
    const uint8_t *base, *bytes;
    uint64_t bit; /* of bytes, from base */
    size_t at, depth;
    Term why; /* the error's atom */
} Decode;

static bool wrong(Decode *d, Term why, size_t at) {
    d->why = why;
    d->at = at;
    return false;
}

/* Class and number; the bits for the form are left out. */
static bool read_tag(Decode *d, size_t end, uint32_t *tag, bool *constructed) {
    size_t start = d->at;
    if (end - start < 2) return wrong(d, AM(invalid_value), start);
    uint8_t first = d->bytes[start];
    *constructed = first & 0x20;
    *tag = (uint32_t)(first & 0xC0) << 10 | (first & 0x1F);
    d->at++;
    if ((first & 0x1F) != LONG_TAG) return true;
    if (end - start < 3) return wrong(d, AM(invalid_value), start);
    uint32_t number = d->bytes[d->at++];
    if (number & 0x80) {
        if (d->bytes[d->at] & 0x80) return wrong(d, AM(invalid_tag), d->at);
        number = (number & 0x7F) << 7 | d->bytes[d->at++];
    }
    *tag = (uint32_t)(first & 0xC0) << 10 | number;
    return d->at < end || wrong(d, AM(invalid_tag), d->at);
}

static bool read_length(Decode *d, size_t end, size_t *len) {
    uint8_t first = d->bytes[d->at];
    size_t n = first & 0x7F;
    *len = n;
    if (first > 0x80) {
        if (n > end - d->at - 1) return wrong(d, AM(invalid_length), d->at);
        *len = 0;
        for (d->at++; n > 0; n--, d->at++) {
            if (*len >= 1u << 24) return wrong(d, AM(invalid_length), d->at);
            *len = *len << 8 | d->bytes[d->at];
        }
    } else {
        d->at++;
    }
    return *len <= end - d->at || wrong(d, AM(invalid_value), d->at - 1);
}

static Term value(Decode *d, size_t end);

/* Collects values while `more` lets it; the list comes out in order. */
static bool append(Decode *d, Term **last, size_t end) {
    Term t = value(d, end);
    if (t == BRC_NONE) return false;
    **last = term_cons(brc_ctx_alloc(d->p, 2), t, BRC_NIL);
    *last = term_cell(**last) + 1;
    return true;
}

static Term values(Decode *d, size_t end) {
    Term list = BRC_NIL, *last = &list;
    while (d->at < end)
        if (!append(d, &last, end)) return BRC_NONE;
    return list;
}

/* Up to two zero bytes. */
static Term values_to_mark(Decode *d, size_t end, bool constructed) {
    Term list = BRC_NIL, *last = &list;
    for (;;) {
        if (end - d->at < 2 || !constructed) {
            wrong(d, AM(invalid_length), d->at);
            return BRC_NONE;
        }
        if (d->bytes[d->at] == 0 && d->bytes[d->at + 1] == 0) break;
        if (!append(d, &last, end)) return BRC_NONE;
    }
    d->at += 2;
    return list;
}

static Term content(Decode *d, size_t end, bool constructed) {
    size_t len;
    if (d->bytes[d->at] == 0x80) {
        d->at++;
        return values_to_mark(d, end, constructed);
    }
    if (!read_length(d, end, &len)) return BRC_NONE;
    if (constructed) return values(d, d->at + len);
    Term t = brc_term_bits_part(d->p, d->original, d->base, d->bit + 8 * d->at, 8 * len);
    d->at += len;
    return t;
}

static Term value(Decode *d, size_t end) {
    uint32_t tag;
    bool constructed;
    if (d->depth++ == DEEPEST) {
        wrong(d, AM(unknown), d->at);
        return BRC_NONE;
    }
    if (!read_tag(d, end, &tag, &constructed)) return BRC_NONE;
    Term t = content(d, end, constructed);
    d->depth--;
    return t == BRC_NONE ? t : term_tuple2(brc_ctx_alloc(d->p, 3), BRC_SMALL(tag), t);
}

static Term decode(Proc *p, Term bin) {
    BitsView v;
    brc_term_bits_view(bin, &v);
    size_t size = v.bit_size / 8;
    uint8_t *tmp;
    const uint8_t *bytes = brc_term_bin_bytes(bin, &size, &tmp);
    Decode d = {
        .p = p, .original = v.original, .base = v.data, .bit = v.bit_offset, .bytes = bytes};
    Term t = value(&d, size);
    brc_ctx_charge(p, size >> 6);
    free(tmp);
    if (t == BRC_NONE) {
        Term reason = term_tuple2(brc_ctx_alloc(p, 3), d.why, BRC_SMALL(d.at));
        return term_tuple2(brc_ctx_alloc(p, 3), AM(error), reason);
    }
    Term rest = brc_term_bits_sub(p, bin, 8 * d.at, 8 * (size - d.at));
    return term_tuple2(brc_ctx_alloc(p, 3), t, rest);
}

static void gather(void *text, const uint8_t *bytes, size_t n) {
    text_put(text, (const char *)bytes, n);
}

/* asn1rt_nif:decode_ber_tlv_raw(Iodata): {Value, Rest} or {error, {Why, Place}} */
Term brc_bif_asn1rt_nif_decode_ber_tlv_raw_1(Proc *p, Term t) {
    BitsView v;
    if (brc_term_bits_view(t, &v)) return v.bit_size % 8 ? brc_ctx_badarg(p) : decode(p, t);
    Text all;
    size_t total;
    text_init(&all);
    bool good = term_is_list(t) && brc_bif_io_walk(t, gather, &all, &total);
    Term bin = good ? brc_term_bin_new(p, (const uint8_t *)all.at, all.len) : BRC_NONE;
    text_free(&all);
    return good ? decode(p, bin) : brc_ctx_badarg(p);
}

/* ---- encoding: from the end to the front, so that lengths are known ---- */

typedef struct Encode {
    uint8_t *room, *at, *end; /* [at, end) is written */
    size_t depth;
} Encode;

static void reserve(Encode *e, size_t n) {
    if ((size_t)(e->at - e->room) >= n) return;
    size_t have = (size_t)(e->end - e->at), size = 2 * (have + n) + BACKWARDS_ROOM;
    uint8_t *room = malloc(size);
    if (!room) brc_base_panic("out of memory (%zu bytes of ASN.1)", size);
    if (have) memcpy(room + size - have, e->at, have);
    free(e->room);
    e->room = room;
    e->end = room + size;
    e->at = e->end - have;
}

static void put(Encode *e, size_t byte) {
    *--e->at = (uint8_t)byte;
}

static void put_head(Encode *e, uint64_t tag, bool constructed, size_t len) {
    reserve(e, 16);
    size_t n = 0, number = tag & 0xFFFF, first = (tag >> 10 & 0xC0) | (constructed ? 0x20 : 0);
    if (len < 0x80) {
        put(e, len);
    } else {
        for (; len; len >>= 8, n++)
            put(e, len & 0xFF);
        put(e, 0x80 | n);
    }
    if (number < LONG_TAG) {
        put(e, first | number);
        return;
    }
    put(e, number & 0x7F);
    while (number >>= 7)
        put(e, 0x80 | (number & 0x7F));
    put(e, first | LONG_TAG);
}

static bool put_value(Encode *e, Term t);

/* The last one first. */
static bool put_values(Encode *e, Term list) {
    int64_t n = brc_term_list_length(list);
    if (n < 0) return false;
    Term few[16], *all = n > 16 ? malloc((size_t)n * sizeof *all) : few;
    if (!all) brc_base_panic("out of memory (a list of ASN.1 values)");
    for (int64_t i = 0; i < n; i++, list = term_tail(list))
        all[i] = term_head(list);
    bool good = true;
    while (good && n-- > 0)
        good = put_value(e, all[n]);
    if (all != few) free(all);
    return good;
}

static bool put_bytes(Encode *e, Term t) {
    size_t size;
    uint8_t *tmp;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    if (!bytes) return false;
    reserve(e, size);
    e->at -= size;
    memcpy(e->at, bytes, size);
    free(tmp);
    return true;
}

static bool put_value(Encode *e, Term t) {
    uint64_t tag;
    if (!term_is_tuple(t) || term_tuple_arity(t) < 2 || e->depth == DEEPEST) return false;
    const Term *pair = term_tuple_elements(t);
    if (!term_is_integer(pair[0]) || !brc_term_int_to_u64(pair[0], &tag) || tag > UINT32_MAX)
        return false;
    bool constructed = term_is_list(pair[1]);
    size_t before = (size_t)(e->end - e->at);
    e->depth++;
    if (!(constructed ? put_values(e, pair[1]) : put_bytes(e, pair[1]))) return false;
    e->depth--;
    put_head(e, tag, constructed, (size_t)(e->end - e->at) - before);
    return true;
}

/* asn1rt_nif:encode_ber_tlv(Value): its bytes, or {error, -1} */
Term brc_bif_asn1rt_nif_encode_ber_tlv_1(Proc *p, Term t) {
    Encode e = {0};
    reserve(&e, BACKWARDS_ROOM);
    bool good = put_value(&e, t);
    size_t size = (size_t)(e.end - e.at);
    Term result = good ? brc_term_bin_new(p, e.at, size)
                       : term_tuple2(brc_ctx_alloc(p, 3), AM(error), BRC_SMALL(-1));
    brc_ctx_charge(p, size >> 6);
    free(e.room);
    return result;
}
