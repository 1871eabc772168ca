/* bs_match.h: fields of constant size, taken without a call: for generated code.
 *
 * Each answers BRC_NONE where the context has too few bits (it is not moved then); the value is
 * small, so nothing is built. */
#pragma once
#include "term/term.h"
#include "term/bits_raw.h"

/* `bits` a constant from 1 to 60, `little` and `is_signed` constants. */
static inline __attribute__((always_inline)) Term brc_bs_take_small(Term ctx, unsigned bits,
                                                                    bool little, bool is_signed) {
    Term *c = term_box(ctx);
    if (__builtin_expect(c[4] - c[3] < (Term)bits << 2, 0)) return BRC_NONE;
    uint64_t at = c[3] >> 2;
    const uint8_t *data = (const uint8_t *)c[2];
    c[3] += (Term)bits << 2;
    uint64_t v = bits == 8 && (at & 7) == 0 ? data[at >> 3] : brc_bits_read(data, at, bits);
    if (little && bits > 8) v = brc_bits_from_little(v, bits);
    return is_signed ? BRC_SMALL(brc_bits_sign(v, bits)) : BRC_SMALL(v);
}

/* An ASCII character at a byte boundary; BRC_NONE: take brc_bs_get_utf8. */
static inline __attribute__((always_inline)) Term brc_bs_take_ascii(Term ctx) {
    Term *c = term_box(ctx);
    uint64_t at = c[3] >> 2;
    if (__builtin_expect(c[4] - c[3] < 8 << 2 || (at & 7) != 0, 0)) return BRC_NONE;
    uint8_t b = ((const uint8_t *)c[2])[at >> 3];
    if (__builtin_expect(b >= 0x80, 0)) return BRC_NONE;
    c[3] += 8 << 2;
    return BRC_SMALL(b);
}

/* Puts a small integer into a field of at most 64 bits; false: take brc_bs_put_integer. `bits` and
 * `little` constants. */
static inline __attribute__((always_inline)) bool brc_bs_put_small(Proc *p, Term v, unsigned bits,
                                                                   bool little) {
    if (__builtin_expect(!term_is_small(v), 0)) return false;
    if (bits == 0) return true;
    uint64_t w = (uint64_t)term_small(v);
    brc_bits_write(p->bs_data, p->bs_bits, little ? brc_bits_to_little(w, bits) : w, bits);
    p->bs_bits += bits;
    return true;
}

/* Puts an ASCII character at a byte boundary; false: take brc_bs_put_utf8. */
static inline __attribute__((always_inline)) bool brc_bs_put_ascii(Proc *p, Term v) {
    if (__builtin_expect(v >= BRC_SMALL(0x80) || !term_is_small(v) || (p->bs_bits & 7) != 0, 0))
        return false;
    p->bs_data[p->bs_bits >> 3] = (uint8_t)(v >> 2);
    p->bs_bits += 8;
    return true;
}
