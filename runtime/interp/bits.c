/* bits.c: matching and building of binaries, for the interpreter. p->hp is stored. */
#include "interp/bits.h"
#include "code/support.h"
#include "term/cmp.h"
#include "term/bs_match.h"

static uint64_t left(Term ctx) {
    const Term *c = term_box(ctx);
    return (uint64_t)((STerm)(c[4] - c[3]) >> 2);
}

Term brc_interp_bs_get(Proc *p, Term ctx, unsigned kind, unsigned flags, uint64_t bits) {
    if (kind == GET_FLOAT) return brc_bs_get_float(p, ctx, bits, flags);
    if (left(ctx) < bits) return BRC_NONE;
    return kind == GET_INTEGER ? brc_bs_get_integer(p, ctx, bits, flags)
                               : brc_bs_get_binary(p, ctx, bits);
}

/* ---- bs_match ---- */

/* One command; where the next one is, or NULL: no match. */
static const Word *match_one(Proc *p, Term ctx, const Word *at, const uintptr_t bases[3]) {
    Term *c = term_box(ctx);
    uint64_t size = at[0] == MATCH_TAIL ? 0 : *word_place(bases, at[1]);
    switch (at[0]) {
    case MATCH_AT_LEAST:
        if (left(ctx) < size || (at[2] > 1 && (left(ctx) - size) % at[2] != 0)) return NULL;
        return at + 3;
    case MATCH_EXACTLY: return left(ctx) == size ? at + 2 : NULL;
    case MATCH_SKIP:
        if (left(ctx) < size) return NULL;
        c[3] += size << 2;
        return at + 2;
    case MATCH_TAIL: *word_place(bases, at[1]) = brc_bs_get_tail(p, ctx); return at + 2;
    case MATCH_EQUAL: {
        Term t = left(ctx) < size ? BRC_NONE : brc_bs_get_integer(p, ctx, size, 0);
        return t != BRC_NONE && brc_term_eq(t, *word_place(bases, at[2])) ? at + 3 : NULL;
    }
    default: {
        Term t = brc_interp_bs_get(p, ctx, at[0] == MATCH_INTEGER ? GET_INTEGER : GET_BINARY, at[2],
                                   size);
        if (t == BRC_NONE) return NULL;
        *word_place(bases, at[3]) = t;
        return at + 4;
    }
    }
}

bool brc_interp_bs_match(Proc *p, Term ctx, const Word *at, size_t n, const uintptr_t bases[3]) {
    for (const Word *end = at + n; at && at < end;)
        at = match_one(p, ctx, at, bases);
    return at != NULL;
}

/* ---- bs_create_bin ---- */

typedef struct Segment {
    unsigned type, number, unit, flags;
    Word value_word;
    Term value, size;
} Segment;

static Segment segment(const Word *at, const uintptr_t bases[3]) {
    Segment s = {at[0], at[1], at[2], at[3], at[4], BRC_NIL, *word_place(bases, at[5])};
    if (s.type != SEGMENT_STRING) s.value = *word_place(bases, at[4]);
    return s;
}

static bool is_append(const Segment *s) {
    return s->type == BRC_BS_APPEND || s->type == SEGMENT_PRIVATE;
}

/* false: no such size. Of what is no character, the failure comes when it is put. */
static bool segment_bits(const Segment *s, uint64_t *bits) {
    int n = 0;
    switch (s->type) {
    case SEGMENT_STRING: *bits = s->size; return true; /* raw, in bits */
    case BRC_BS_APPEND:
    case SEGMENT_PRIVATE: *bits = 0; return true;
    case BRC_BS_UTF32: *bits = 32; return brc_bs_utf16_bits(s->value) >= 0;
    case BRC_BS_UTF8: n = brc_bs_utf8_bits(s->value); break;
    case BRC_BS_UTF16: n = brc_bs_utf16_bits(s->value); break;
    default:
        return s->size == AM(all) ? brc_code_bs_all_bits(s->value, 1, bits)
                                  : brc_bs_size(s->size, s->unit, bits);
    }
    *bits = n < 0 ? 32 : (uint64_t)n;
    return true;
}

static bool put(Proc *p, const Segment *s) {
    uint64_t bits;
    switch (s->type) {
    case SEGMENT_STRING:
        brc_bs_put_string(p, (const uint8_t *)(uintptr_t)s->value_word, s->size / 8);
        return true;
    case BRC_BS_APPEND:
    case SEGMENT_PRIVATE: return true;
    case BRC_BS_UTF8: return brc_bs_put_ascii(p, s->value) || brc_bs_put_utf8(p, s->value);
    case BRC_BS_UTF16: return brc_bs_put_utf16(p, s->value, s->flags);
    case BRC_BS_UTF32: return brc_bs_put_utf32(p, s->value, s->flags);
    default: break;
    }
    if (s->size == AM(all)) return brc_bs_put_binary_all(p, s->value, s->unit);
    if (!brc_bs_size(s->size, s->unit, &bits)) return false;
    if (s->type == BRC_BS_BINARY) return brc_bs_put_binary(p, s->value, bits);
    if (s->type == BRC_BS_FLOAT) return brc_bs_put_float(p, s->value, bits, s->flags);
    return brc_bs_put_integer(p, s->value, bits, s->flags);
}

static Term failed(Proc *p, const Segment *s, bool raises) {
    unsigned type = s->type == SEGMENT_PRIVATE ? BRC_BS_APPEND : s->type;
    BsSegment bad = {(enum BsSegmentType)type, s->number, s->value, s->size, s->unit};
    if (raises) brc_code_bs_fail(p, &bad);
    return BRC_NONE;
}

/* First the sizes, so that room is made once; then the segments. */
Term brc_interp_bs_create(Proc *p, const Word *at, size_t n, const uintptr_t bases[3],
                          bool raises) {
    uint64_t total = 0, bits = 0;
    Segment first = {.type = SEGMENT_STRING};
    for (size_t i = 0; i < n; i++, total += bits) {
        Segment s = segment(at + i * SEGMENT_WORDS, bases);
        if (!segment_bits(&s, &bits)) return failed(p, &s, raises);
        if (i == 0) first = s;
    }
    if (is_append(&first)) {
        if (!brc_bs_begin_append(p, first.value, total, first.unit, first.type == SEGMENT_PRIVATE))
            return failed(p, &first, raises);
    } else if (!brc_bs_begin(p, total)) {
        return BRC_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        Segment s = segment(at + i * SEGMENT_WORDS, bases);
        if (!put(p, &s)) return failed(p, &s, raises);
    }
    return brc_bs_end(p);
}
