/* etf_write.c: atoms, numbers and identifiers in external form; see etf_write.h. */
#include "term/etf_write.h"
#include "term/etf_tags.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/cmp.h"
#include "term/float_text.h"

/* ---- bytes ---- */

void brc_term_etf_make_room(EtfWriter *o, size_t n) {
    size_t used = etf_filled(o);
    if (o->bin == NULL) {
        o->elsewhere += used;
        o->at = o->scratch;
        return;
    }
    o->bin->size_bytes = used;
    o->bin = brc_ctx_sharedbin_grow(o->bin, 2 * (used + n));
    o->at = o->bin->data + used;
    o->end = o->bin->data + o->bin->room_bytes;
}

void brc_term_etf_put_bits(EtfWriter *o, const uint8_t *data, uint64_t bit, uint64_t bits) {
    size_t n = (size_t)((bits + 7) >> 3);
    if (o->bin == NULL) {
        o->elsewhere += n;
        return;
    }
    etf_reserve(o, n);
    if ((bits & 7) != 0) o->at[n - 1] = 0;
    brc_term_bits_copy(o->at, 0, data, bit, bits);
    o->at += n;
}

/* ---- immediates and identifiers ---- */

/* The text as Latin-1, or -1 where a character does not fit. */
static int latin1_text(uint8_t *to, const char *text, size_t len) {
    int n = 0;
    for (size_t i = 0; i < len; n++) {
        uint8_t b = (uint8_t)text[i];
        if (b < 0x80) {
            to[n] = b;
            i++;
        } else if (b <= 0xC3) {
            to[n] = (uint8_t)(b << 6 | ((uint8_t)text[i + 1] & 0x3F));
            i += 2;
        } else {
            return -1;
        }
    }
    return n;
}

void brc_term_etf_put_atom(EtfWriter *o, Term atom) {
    size_t len;
    uint8_t latin1[BRC_ATOM_MAX_CHARS * 4];
    const char *text = brc_term_atom_text(atom, &len);
    int n = (o->flags & BRC_ETF_UTF8_ATOMS) != 0 ? -1 : latin1_text(latin1, text, len);
    etf_reserve(o, 3);
    if (n >= 0) {
        etf_put8(o, ETF_ATOM);
        etf_put16(o, (unsigned)n);
    } else if (len < 256) {
        etf_put8(o, ETF_SMALL_ATOM_UTF8);
        etf_put8(o, (unsigned)len);
    } else {
        etf_put8(o, ETF_ATOM_UTF8);
        etf_put16(o, (unsigned)len);
    }
    brc_term_etf_put_bits(o, n >= 0 ? latin1 : (const uint8_t *)text, 0,
                          8 * (n >= 0 ? (uint64_t)n : len));
}

static void put_big(EtfWriter *o, const uint64_t *limbs, size_t n, bool negative) {
    size_t bytes = 8 * n - (size_t)__builtin_clzll(limbs[n - 1]) / 8;
    etf_reserve(o, 6);
    if (bytes < 256) {
        etf_put8(o, ETF_SMALL_BIG);
        etf_put8(o, (unsigned)bytes);
    } else {
        etf_put8(o, ETF_LARGE_BIG);
        etf_put32(o, bytes);
    }
    etf_put8(o, negative);
    brc_term_etf_put_bits(o, (const uint8_t *)limbs, 0, 8 * (uint64_t)bytes);
}

void brc_term_etf_put_int(EtfWriter *o, int64_t n) {
    etf_reserve(o, 5);
    if (n >= 0 && n < 256) {
        etf_put8(o, ETF_SMALL_INTEGER);
        etf_put8(o, (unsigned)n);
    } else if (n >= INT32_MIN && n <= INT32_MAX) {
        etf_put8(o, ETF_INTEGER);
        etf_put32(o, (uint64_t)n);
    } else {
        uint64_t limb = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
        put_big(o, &limb, 1, n < 0);
    }
}

static void put_float(EtfWriter *o, double d) {
    etf_reserve(o, 33);
    if ((o->flags & BRC_ETF_OLD_FLOATS) != 0) {
        char text[BRC_FLOAT_TEXT_ROOM] = {0};
        brc_term_float_scientific(d, 20, text);
        etf_put8(o, ETF_FLOAT);
        memcpy(o->at, text, ETF_FLOAT_TEXT);
        o->at += ETF_FLOAT_TEXT;
        return;
    }
    uint64_t u;
    memcpy(&u, &d, sizeof u);
    etf_put8(o, ETF_NEW_FLOAT);
    brc_bits_store64(o->at, u);
    o->at += 8;
}

static void put_pid(EtfWriter *o, Term node, uint32_t creation, uint64_t number, uint64_t serial) {
    etf_reserve(o, 1);
    etf_put8(o, ETF_NEW_PID);
    brc_term_etf_put_atom(o, node);
    etf_reserve(o, 12);
    etf_put32(o, number);
    etf_put32(o, serial);
    etf_put32(o, creation);
}

void brc_term_etf_put_local_pid(EtfWriter *o, Term pid) {
    put_pid(o, brc_term_this_node, brc_term_this_creation, pid >> 6 & 0x0FFFFFFF, pid >> 34);
}

static void put_port(EtfWriter *o, Term node, uint32_t creation, uint64_t number) {
    bool large = number > ETF_NEW_PORT_MAX;
    etf_reserve(o, 1);
    etf_put8(o, large ? ETF_V4_PORT : ETF_NEW_PORT);
    brc_term_etf_put_atom(o, node);
    etf_reserve(o, 12);
    if (large) etf_put32(o, number >> 32);
    etf_put32(o, number);
    etf_put32(o, creation);
}

static void begin_ref(EtfWriter *o, Term node, uint32_t creation, size_t words) {
    etf_reserve(o, 3);
    etf_put8(o, ETF_NEWER_REFERENCE);
    etf_put16(o, (unsigned)words);
    brc_term_etf_put_atom(o, node);
    etf_reserve(o, 4 + 4 * words);
    etf_put32(o, creation);
}

static void put_external(EtfWriter *o, const Term *box) {
    size_t words = BRC_HEADER_WORDS(box[0]) - 3;
    uint32_t creation = (uint32_t)term_small(box[3]);
    const Term *id = box + 4;
    uint64_t low = words > 0 ? id[0] >> 2 : 0, high = words > 1 ? id[1] >> 2 : 0;
    if (box[1] == BRC_SMALL(0)) {
        put_pid(o, box[2], creation, low, high);
    } else if (box[1] == BRC_SMALL(1)) {
        put_port(o, box[2], creation, high << 32 | low);
    } else {
        begin_ref(o, box[2], creation, words);
        for (size_t i = 0; i < words; i++)
            etf_put32(o, id[i] >> 2);
    }
}

void brc_term_etf_put_immediate(EtfWriter *o, Term t) {
    if (term_is_small(t)) {
        brc_term_etf_put_int(o, term_small(t));
    } else if (term_is_atom(t)) {
        brc_term_etf_put_atom(o, t);
    } else if (term_is_local_pid(t)) {
        brc_term_etf_put_local_pid(o, t);
    } else if (term_is_local_port(t)) {
        put_port(o, brc_term_this_node, brc_term_this_creation, t >> 6);
    } else {
        etf_reserve(o, 1);
        etf_put8(o, ETF_NIL);
    }
}

void brc_term_etf_put_boxed_leaf(EtfWriter *o, const Term *box) {
    double d;
    switch (BRC_HEADER_KIND(box[0])) {
    case BRC_FLOAT:
        memcpy(&d, box + 1, sizeof d);
        put_float(o, d);
        break;
    case BRC_BIGPOS: put_big(o, box + 1, BRC_HEADER_WORDS(box[0]), false); break;
    case BRC_BIGNEG: put_big(o, box + 1, BRC_HEADER_WORDS(box[0]), true); break;
    case BRC_EXTERNAL: put_external(o, box); break;
    default:
        begin_ref(o, brc_term_this_node, brc_term_this_creation, 3);
        for (int i = 1; i <= 3; i++)
            etf_put32(o, box[i]);
        break;
    }
}
