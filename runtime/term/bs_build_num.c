/* bs_build_num.c: integers, floats and characters as fields of a bitstring being built.
 *
 * An integer of any size is taken as an endless row of 64-bit limbs in two's complement; a field
 * takes as many of its low bits as it has. Floats too large for 16 or 32 bits become infinity, as
 * OTP 25 writes them. */
#include <math.h>
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/int.h"
#include "term/utf.h"

enum { LITTLE = BRC_BS_LITTLE | BRC_BS_NATIVE };

/* ---- integers ---- */

typedef struct Limbs { /* handed out least significant first */
    const uint64_t *at;
    size_t count, next;
    bool negative, carry;
    uint64_t small;
} Limbs;

static bool limbs_of(Term t, Limbs *l) {
    l->next = 0;
    l->carry = true;
    if (term_is_small(t)) {
        l->small = (uint64_t)term_small(t);
        l->at = NULL;
        l->negative = (STerm)t < 0;
        return true;
    }
    if (!term_is_big(t)) return false;
    l->at = term_box(t) + 1;
    l->count = BRC_HEADER_WORDS(term_header(t));
    l->negative = term_kind(t) == BRC_BIGNEG;
    return true;
}

static uint64_t next_limb(Limbs *l) {
    if (l->at == NULL) return l->next++ == 0 ? l->small : l->negative ? ~UINT64_C(0) : 0;
    uint64_t limb = l->next < l->count ? l->at[l->next] : 0;
    l->next++;
    if (!l->negative) return limb;
    limb = ~limb + l->carry;
    l->carry = l->carry && limb == 0;
    return limb;
}

static void put_limbs(Proc *p, Limbs *l, uint64_t bits, bool little) {
    uint64_t left = bits, at = p->bs_bits;
    while (left != 0) {
        unsigned n = left >= 64 ? 64 : (unsigned)left;
        uint64_t v = next_limb(l);
        left -= n;
        if (little) {
            brc_bits_write(p->bs_data, at, brc_bits_to_little(v, n), n);
            at += n;
        } else {
            brc_bits_write(p->bs_data, at + left, v, n);
        }
    }
    p->bs_bits += bits;
}

bool brc_bs_put_integer(Proc *p, Term v, uint64_t bits, unsigned flags) {
    if (bits <= 64 && term_is_small(v)) {
        unsigned n = (unsigned)bits;
        uint64_t word = (uint64_t)term_small(v);
        if (n == 0) return true;
        if ((flags & LITTLE) != 0) word = brc_bits_to_little(word, n);
        brc_bits_write(p->bs_data, p->bs_bits, word, n);
        p->bs_bits += bits;
        return true;
    }
    Limbs l;
    if (!limbs_of(v, &l)) return false;
    put_limbs(p, &l, bits, (flags & LITTLE) != 0);
    brc_ctx_charge(p, bits >> 13);
    return true;
}

/* ---- floats ---- */

static uint64_t half_of_double(double d) {
    uint64_t u;
    memcpy(&u, &d, sizeof u);
    uint64_t sign = u >> 63 << 15;
    double a = fabs(d);
    if (a >= 65520.0) return sign | 0x7C00;
    if (a < 0x1p-14) return sign | (uint64_t)rint(a * 0x1p24);
    u &= ~(UINT64_C(1) << 63);
    u += (UINT64_C(1) << 41) - 1 + (u >> 42 & 1); /* nearest, ties to even */
    return sign | ((u >> 42) - ((1023 - 15) << 10));
}

static uint32_t bits_of_single(float f) {
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    return u;
}

static bool number(Term v, double *d) {
    if (term_is_float(v)) {
        *d = term_float(v);
        return true;
    }
    bool overflow = false;
    if (!term_is_integer(v)) return false;
    *d = term_is_small(v) ? (double)term_small(v) : brc_term_int_to_double(v, &overflow);
    return !overflow;
}

bool brc_bs_put_float(Proc *p, Term v, uint64_t bits, unsigned flags) {
    double d;
    uint64_t word;
    if ((bits != 64 && bits != 32 && bits != 16) || !number(v, &d)) return false;
    unsigned n = (unsigned)bits;
    if (n == 64)
        memcpy(&word, &d, sizeof word);
    else if (n == 32)
        word = bits_of_single(term_is_small(v) ? (float)term_small(v) : (float)d);
    else
        word = half_of_double(d);
    if ((flags & LITTLE) != 0) word = brc_bits_to_little(word, n);
    brc_bits_write(p->bs_data, p->bs_bits, word, n);
    p->bs_bits += bits;
    return true;
}

/* ---- characters ---- */

static bool character(Term v, uint32_t *ch) {
    if (!term_is_small(v) || (STerm)v < 0 || !brc_term_utf_valid((uint64_t)term_small(v)))
        return false;
    *ch = (uint32_t)term_small(v);
    return true;
}

int brc_bs_utf8_bits(Term v) {
    uint32_t ch;
    return character(v, &ch) ? (int)brc_term_utf8_size(ch) * 8 : -1;
}

int brc_bs_utf16_bits(Term v) {
    uint32_t ch;
    return character(v, &ch) ? (ch < 0x10000 ? 16 : 32) : -1;
}

bool brc_bs_put_utf8(Proc *p, Term v) {
    uint32_t ch;
    if (!character(v, &ch)) return false;
    if ((p->bs_bits & 7) == 0) {
        p->bs_bits += 8 * brc_term_utf8_put(p->bs_data + (p->bs_bits >> 3), ch);
        return true;
    }
    uint8_t bytes[4];
    unsigned n = brc_term_utf8_put(bytes, ch);
    brc_bs_put_string(p, bytes, n);
    return true;
}

static void put_unit(Proc *p, uint64_t unit, unsigned n, unsigned flags) {
    if ((flags & LITTLE) != 0) unit = brc_bits_to_little(unit, n);
    brc_bits_write(p->bs_data, p->bs_bits, unit, n);
    p->bs_bits += n;
}

bool brc_bs_put_utf16(Proc *p, Term v, unsigned flags) {
    uint32_t ch;
    if (!character(v, &ch)) return false;
    if (ch < 0x10000) {
        put_unit(p, ch, 16, flags);
        return true;
    }
    ch -= 0x10000;
    put_unit(p, 0xD800 | ch >> 10, 16, flags);
    put_unit(p, 0xDC00 | (ch & 0x3FF), 16, flags);
    return true;
}

bool brc_bs_put_utf32(Proc *p, Term v, unsigned flags) {
    uint32_t ch;
    if (!character(v, &ch)) return false;
    put_unit(p, ch, 32, flags);
    return true;
}
