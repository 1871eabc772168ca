/* bs_match.c: taking fields out of bitstrings. A match context is a heap object of
 *
 *   [header][original HEAPBIN or REFBIN][address of its bytes][position][end]
 *
 * position and end being bits from that address, as smalls: generated code tests, saves, restores
 * and skips with loads and stores of its own, and calls here for a field's value. A getter that
 * succeeds moves the position behind the field. */
#include <stdlib.h>
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/utf.h"
#include "term/int.h"

enum { LITTLE = BRC_BS_LITTLE | BRC_BS_NATIVE };
enum { CTX_ORIGINAL = 1, CTX_DATA, CTX_POS, CTX_END };

static inline uint64_t ctx_pos(const Term *c) {
    return c[CTX_POS] >> 2;
}
static inline uint64_t ctx_left(const Term *c) {
    return (c[CTX_END] - c[CTX_POS]) >> 2;
}
static inline const uint8_t *ctx_data(const Term *c) {
    return (const uint8_t *)c[CTX_DATA];
}
static inline void ctx_advance(Term *c, uint64_t bits) {
    c[CTX_POS] += bits << 2;
}

/* From now on a context points at these bytes: they must stay where they are. What was room to
 * append to is given back. (A binary that may grow has had no context; bs_build.c.) */
static void forbid_growth(Term *refbin) {
    SharedBin *b = (SharedBin *)refbin[3];
    if (b == NULL || __atomic_load_n(&b->flags, __ATOMIC_RELAXED) == 0) return;
    __atomic_store_n(&b->flags, 0, __ATOMIC_RELAXED);
    if (atomic_load_explicit(&b->refs, memory_order_acquire) != 1) return;
    if (b->room_bytes - b->size_bytes < 256) return;
    b = brc_ctx_sharedbin_grow(b, b->size_bytes);
    refbin[3] = (Term)b;
    refbin[4] = (Term)b->data;
}

Term brc_bs_start_match(Proc *p, Term t) {
    if (!term_is_boxed(t)) return BRC_NONE;
    Term *original = term_box(t), pos = 0, end;
    switch (BRC_HEADER_KIND(original[0])) {
    case BRC_MATCHCTX: return t;
    case BRC_HEAPBIN:
    case BRC_REFBIN: end = BRC_SMALL(original[1] << 3); break;
    case BRC_SUBBITS:
        pos = original[2];
        end = pos + original[3];
        t = original[1];
        original = term_box(t);
        break;
    default: return BRC_NONE;
    }
    bool shared = BRC_HEADER_KIND(original[0]) == BRC_REFBIN;
    if (shared) forbid_growth(original);
    Term *c = brc_ctx_alloc(p, 5);
    c[0] = BRC_HEADER(BRC_MATCHCTX, 4);
    c[CTX_ORIGINAL] = t;
    c[CTX_DATA] = shared ? original[4] : (Term)(original + 2);
    c[CTX_POS] = pos;
    c[CTX_END] = end;
    return term_make_boxed(c);
}

bool brc_bs_size(Term size, uint64_t unit, uint64_t *bits) {
    if (!term_is_small(size) || (STerm)size < 0) return false;
    uint64_t n;
    if (__builtin_mul_overflow((uint64_t)term_small(size), unit, &n)) return false;
    if (n > (uint64_t)BRC_SMALL_MAX) return false;
    *bits = n;
    return true;
}

/* ---- integers ---- */

/* Limb i of the field, as read: little-endian ones start with the first bytes. */
static uint64_t field_limb(const uint8_t *data, uint64_t at, uint64_t bits, uint64_t i,
                           bool little) {
    uint64_t left = bits - 64 * i;
    unsigned n = left >= 64 ? 64 : (unsigned)left;
    if (little) return brc_bits_from_little(brc_bits_read(data, at + 64 * i, n), n);
    return brc_bits_read(data, at + left - n, n);
}

static void negate_limbs(uint64_t *limbs, size_t n) {
    bool carry = true;
    for (size_t i = 0; i < n; i++) {
        limbs[i] = ~limbs[i] + carry;
        carry = carry && limbs[i] == 0;
    }
}

static Term get_large(Proc *p, Term *c, uint64_t bits, unsigned flags) {
    enum { ON_STACK = 32 };
    uint64_t few[ON_STACK];
    size_t n = (size_t)((bits + 63) / 64);
    uint64_t *limbs = n <= ON_STACK ? few : malloc(n * sizeof *limbs);
    if (limbs == NULL) abort();
    for (size_t i = 0; i < n; i++)
        limbs[i] = field_limb(ctx_data(c), ctx_pos(c), bits, i, (flags & LITTLE) != 0);
    unsigned top = (unsigned)((bits - 1) & 63) + 1; /* bits in the top limb */
    bool negative = (flags & BRC_BS_SIGNED) != 0 && limbs[n - 1] >> (top - 1) != 0;
    if (negative) {
        limbs[n - 1] |= ~brc_bits_mask(top);
        negate_limbs(limbs, n);
    }
    Term t = brc_term_int_from_limbs(p, limbs, n, negative);
    if (limbs != few) free(limbs);
    brc_ctx_charge(p, n / 32);
    ctx_advance(c, bits);
    return t;
}

Term brc_bs_get_integer(Proc *p, Term ctx, uint64_t bits, unsigned flags) {
    Term *c = term_box(ctx);
    if (bits > ctx_left(c)) return BRC_NONE;
    if (bits == 0) return BRC_SMALL(0);
    if (bits > 64) return get_large(p, c, bits, flags);
    unsigned n = (unsigned)bits;
    uint64_t v = brc_bits_read(ctx_data(c), ctx_pos(c), n);
    ctx_advance(c, bits);
    if ((flags & LITTLE) != 0) v = brc_bits_from_little(v, n);
    if ((flags & BRC_BS_SIGNED) != 0) {
        int64_t s = brc_bits_sign(v, n);
        return term_fits_small(s) ? BRC_SMALL(s) : brc_term_int_from_i64(p, s);
    }
    return v <= (uint64_t)BRC_SMALL_MAX ? BRC_SMALL(v) : brc_term_int_from_u64(p, v);
}

/* ---- floats ---- */

static double double_of_half(uint64_t h) {
    uint64_t sign = h >> 15 << 63, exponent = h >> 10 & 31, fraction = h & 0x3FF;
    double d;
    if (exponent == 0) {
        d = (double)fraction * 0x1p-24;
        return sign ? -d : d;
    }
    exponent = exponent == 31 ? 0x7FF : exponent + (1023 - 15);
    uint64_t u = sign | exponent << 52 | fraction << 42;
    memcpy(&d, &u, sizeof d);
    return d;
}

static double double_of_single(uint32_t u) {
    float f;
    memcpy(&f, &u, sizeof f);
    return (double)f;
}

Term brc_bs_get_float(Proc *p, Term ctx, uint64_t bits, unsigned flags) {
    Term *c = term_box(ctx);
    double d = 0.0;
    if (bits != 0) {
        if (bits > ctx_left(c) || (bits != 16 && bits != 32 && bits != 64)) return BRC_NONE;
        unsigned n = (unsigned)bits;
        uint64_t v = brc_bits_read(ctx_data(c), ctx_pos(c), n);
        if ((flags & LITTLE) != 0) v = brc_bits_from_little(v, n);
        if (n == 64)
            memcpy(&d, &v, sizeof d);
        else
            d = n == 32 ? double_of_single((uint32_t)v) : double_of_half(v);
        if (d - d != 0) return BRC_NONE; /* infinity or no number */
        ctx_advance(c, bits);
    }
    return term_make_float(brc_ctx_alloc(p, 2), d);
}

/* ---- parts ---- */

Term brc_bs_get_binary(Proc *p, Term ctx, uint64_t bits) {
    Term *c = term_box(ctx);
    if (bits > ctx_left(c)) return BRC_NONE;
    Term t = brc_term_bits_part(p, c[CTX_ORIGINAL], ctx_data(c), ctx_pos(c), bits);
    ctx_advance(c, bits);
    return t;
}

Term brc_bs_get_tail(Proc *p, Term ctx) {
    const Term *c = term_box(ctx);
    return brc_term_bits_part(p, c[CTX_ORIGINAL], ctx_data(c), ctx_pos(c), ctx_left(c));
}

Term brc_bs_context_to_binary(Proc *p, Term ctx) {
    return term_is_kind(ctx, BRC_MATCHCTX) ? brc_bs_get_tail(p, ctx) : ctx;
}

/* ---- characters ---- */

/* A character of two to four bytes, the first of four that are there; 0: none, or none of these. */
static inline __attribute__((always_inline)) uint32_t wide(const uint8_t *b, unsigned *used) {
    uint32_t w = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3], ch;
    if ((w & 0xE0C00000) == 0xC0800000) {
        *used = 2;
        ch = w >> 18 & 0x7C0;
        ch |= w >> 16 & 0x3F;
        return ch >= 0x80 ? ch : 0;
    }
    if ((w & 0xF0C0C000) == 0xE0808000) {
        *used = 3;
        ch = (w >> 12 & 0xF000) | (w >> 10 & 0xFC0) | (w >> 8 & 0x3F);
        return ch >= 0x800 && ch - 0xD800 >= 0x800 ? ch : 0;
    }
    if ((w & 0xF8C0C0C0) == 0xF0808080) {
        *used = 4;
        ch = (w >> 6 & 0x1C0000) | (w >> 4 & 0x3F000) | (w >> 2 & 0xFC0) | (w & 0x3F);
        return ch - 0x10000 < 0x100000 ? ch : 0;
    }
    return 0;
}

static Term get_utf8(Term *c);

Term brc_bs_get_utf8(Proc *p, Term ctx) {
    (void)p;
    Term *c = term_box(ctx);
    if (ctx_left(c) >= 32 && (ctx_pos(c) & 7) == 0) {
        unsigned used;
        uint32_t ch = wide(ctx_data(c) + (ctx_pos(c) >> 3), &used);
        if (ch != 0) {
            ctx_advance(c, 8 * used);
            return BRC_SMALL(ch);
        }
    }
    return get_utf8(c);
}

__attribute__((noinline)) static Term get_utf8(Term *c) {
    uint64_t left = ctx_left(c) >> 3, at = ctx_pos(c);
    if (left == 0) return BRC_NONE;
    const uint8_t *b = ctx_data(c) + (at >> 3);
    uint8_t moved[4];
    if ((at & 7) != 0) {
        unsigned n = left < 4 ? (unsigned)left : 4;
        for (unsigned i = 0; i < n; i++)
            moved[i] = (uint8_t)brc_bits_read(ctx_data(c), at + 8 * i, 8);
        b = moved;
    }
    uint32_t ch;
    int used = brc_term_utf8_get(b, left, &ch);
    if (used <= 0) return BRC_NONE;
    ctx_advance(c, 8 * (uint64_t)used);
    return BRC_SMALL(ch);
}

static uint32_t unit16(const Term *c, uint64_t at, unsigned flags) {
    uint64_t v = brc_bits_read(ctx_data(c), at, 16);
    return (uint32_t)((flags & LITTLE) != 0 ? brc_bits_from_little(v, 16) : v);
}

Term brc_bs_get_utf16(Proc *p, Term ctx, unsigned flags) {
    (void)p;
    Term *c = term_box(ctx);
    uint64_t left = ctx_left(c), at = ctx_pos(c);
    if (left < 16) return BRC_NONE;
    uint32_t ch = unit16(c, at, flags);
    unsigned used = 16;
    if (ch >= 0xD800 && ch <= 0xDFFF) {
        if (ch > 0xDBFF || left < 32) return BRC_NONE;
        uint32_t low = unit16(c, at + 16, flags);
        if (low < 0xDC00 || low > 0xDFFF) return BRC_NONE;
        ch = 0x10000 + ((ch & 0x3FF) << 10 | (low & 0x3FF));
        used = 32;
    }
    ctx_advance(c, used);
    return BRC_SMALL(ch);
}

Term brc_bs_get_utf32(Proc *p, Term ctx, unsigned flags) {
    (void)p;
    Term *c = term_box(ctx);
    if (ctx_left(c) < 32) return BRC_NONE;
    uint64_t ch = brc_bits_read(ctx_data(c), ctx_pos(c), 32);
    if ((flags & LITTLE) != 0) ch = brc_bits_from_little(ch, 32);
    if (!brc_term_utf_valid(ch)) return BRC_NONE;
    ctx_advance(c, 32);
    return BRC_SMALL(ch);
}
