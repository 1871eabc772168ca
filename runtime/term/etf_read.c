/* etf_read.c: see etf_read.h. Identifiers of this node become local terms, others EXTERNAL. */
#include "term/etf_read.h"
#include "term/etf_tags.h"
#include "term/etf.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/cmp.h"
#include "term/float_exact.h"
#include "term/utf.h"

/* ---- atoms ---- */

static bool known_atom(EtfReader *r, const char *text, size_t len, Term *atom) {
    *atom = (r->flags & BRC_ETF_SAFE) != 0 ? brc_term_atom_existing(text, len)
                                           : brc_term_atom_intern(text, len);
    return *atom != BRC_NONE;
}

static bool latin1_atom(EtfReader *r, size_t n, Term *atom) {
    uint8_t text[2 * BRC_ATOM_MAX_CHARS];
    const uint8_t *b = etf_read_bytes(r, n);
    if (b == NULL || n > BRC_ATOM_MAX_CHARS) return false;
    size_t len = 0;
    for (size_t i = 0; i < n; i++)
        len += brc_term_utf8_put(text + len, b[i]);
    return known_atom(r, (const char *)text, len, atom);
}

static bool utf8_atom(EtfReader *r, size_t n, Term *atom) {
    size_t chars;
    const uint8_t *b = etf_read_bytes(r, n);
    if (b == NULL || brc_term_utf8_prefix(b, n, &chars) != n || chars > BRC_ATOM_MAX_CHARS)
        return false;
    return known_atom(r, (const char *)b, n, atom);
}

bool brc_term_etf_atom(EtfReader *r, Term *atom) {
    uint8_t tag, n8;
    uint16_t n16;
    if (!etf_read8(r, &tag)) return false;
    switch (tag) {
    case ETF_ATOM: return etf_read16(r, &n16) && latin1_atom(r, n16, atom);
    case ETF_SMALL_ATOM: return etf_read8(r, &n8) && latin1_atom(r, n8, atom);
    case ETF_ATOM_UTF8: return etf_read16(r, &n16) && utf8_atom(r, n16, atom);
    case ETF_SMALL_ATOM_UTF8: return etf_read8(r, &n8) && utf8_atom(r, n8, atom);
    default: return false;
    }
}

/* ---- numbers ---- */

bool brc_term_etf_small(EtfReader *r, int64_t *n) {
    Term t;
    if (r->at == r->end) return false;
    uint8_t tag = *r->at;
    if (tag != ETF_SMALL_INTEGER && tag != ETF_INTEGER && tag != ETF_SMALL_BIG) return false;
    if (!brc_term_etf_leaf(r, &t) || !term_is_small(t)) return false;
    *n = term_small(t);
    return true;
}

static bool read_big(EtfReader *r, size_t n, Term *slot) {
    uint8_t sign;
    if (!etf_read8(r, &sign)) return false;
    const uint8_t *b = etf_read_bytes(r, n);
    if (b == NULL) return false;
    while (n != 0 && b[n - 1] == 0)
        n--;
    if (n <= 8) {
        uint64_t v = 0;
        memcpy(&v, b, n);
        if (v <= (uint64_t)BRC_SMALL_MAX + (sign != 0)) {
            *slot = BRC_SMALL(sign != 0 ? -(int64_t)v : (int64_t)v);
            return true;
        }
    }
    size_t limbs = (n + 7) / 8;
    Term *box = room_take(&r->room, 1 + limbs);
    box[0] = BRC_HEADER(sign != 0 ? BRC_BIGNEG : BRC_BIGPOS, limbs);
    box[limbs] = 0;
    memcpy(box + 1, b, n);
    *slot = term_make_boxed(box);
    return true;
}

static bool put_double(EtfReader *r, double d, Term *slot) {
    if (d - d != 0) return false;
    *slot = term_make_float(room_take(&r->room, 2), d);
    return true;
}

static bool read_double(EtfReader *r, Term *slot) {
    double d;
    const uint8_t *b = etf_read_bytes(r, 8);
    if (b == NULL) return false;
    uint64_t u = brc_bits_load64(b);
    memcpy(&d, &u, sizeof d);
    return put_double(r, d, slot);
}

static const char *skip_digits(const char *s) {
    while (*s >= '0' && *s <= '9')
        s++;
    return s;
}

/* 31 bytes: sign, digits, point, digits, exponent; then NULs. */
static bool read_float_text(EtfReader *r, Term *slot) {
    char text[ETF_FLOAT_TEXT + 1] = {0};
    const uint8_t *b = etf_read_bytes(r, ETF_FLOAT_TEXT);
    if (b == NULL) return false;
    memcpy(text, b, ETF_FLOAT_TEXT);
    const char *s = text + (text[0] == '+' || text[0] == '-'), *t = skip_digits(s);
    if (t == s || (*t != '.' && *t != ',')) return false;
    text[t - text] = '.';
    s = t + 1, t = skip_digits(s);
    if (t == s) return false;
    if (*t == 'e' || *t == 'E') {
        s = t + 1 + (t[1] == '+' || t[1] == '-'), t = skip_digits(s);
        if (t == s) return false;
    }
    if (*t != '\0') return false;
    return put_double(r, brc_term_float_nearest(text), slot);
}

/* ---- identifiers ---- */

static bool is_this_node(Term node, uint32_t creation) {
    return node == brc_term_this_node && creation == brc_term_this_creation;
}

static bool read_creation(EtfReader *r, bool old, uint32_t *creation) {
    uint8_t c;
    if (!old) return etf_read32(r, creation);
    if (!etf_read8(r, &c) || c > 3) return false;
    *creation = c;
    return true;
}

static Term make_external(EtfReader *r, int kind, Term node, uint32_t creation, const uint32_t *id,
                          size_t words) {
    Term *box = room_take(&r->room, 4 + words);
    box[0] = BRC_HEADER(BRC_EXTERNAL, 3 + words);
    box[1] = BRC_SMALL(kind);
    box[2] = node;
    box[3] = BRC_SMALL(creation);
    for (size_t i = 0; i < words; i++)
        box[4 + i] = BRC_SMALL(id[i]);
    return term_make_boxed(box);
}

static bool read_pid(EtfReader *r, bool old, Term *slot) {
    Term node;
    uint32_t id[2], creation;
    if (!brc_term_etf_atom(r, &node) || !etf_read32(r, &id[0]) || !etf_read32(r, &id[1]) ||
        !read_creation(r, old, &creation))
        return false;
    if (!is_this_node(node, creation)) {
        *slot = make_external(r, 0, node, creation, id, 2);
        return true;
    }
    if (id[0] >> 28 != 0 || id[1] >> 30 != 0) return false;
    if (id[0] > atomic_load_explicit(&brc_term_pid_most[0], memory_order_relaxed) ||
        id[1] > atomic_load_explicit(&brc_term_pid_most[1], memory_order_relaxed))
        return false;
    *slot = ((Term)id[1] << 28 | id[0]) << 6 | BRC_TAG_PID;
    return true;
}

static bool read_port(EtfReader *r, uint8_t tag, Term *slot) {
    Term node;
    uint32_t id[2] = {0, 0}, creation; /* low word first */
    if (!brc_term_etf_atom(r, &node) || (tag == ETF_V4_PORT && !etf_read32(r, &id[1])) ||
        !etf_read32(r, &id[0]) || !read_creation(r, tag == ETF_PORT, &creation))
        return false;
    if (!is_this_node(node, creation)) {
        *slot = make_external(r, 1, node, creation, id, 2);
        return true;
    }
    if (id[1] != 0 || id[0] > ETF_NEW_PORT_MAX) return false;
    *slot = (Term)id[0] << 6 | BRC_TAG_PORT;
    return true;
}

static bool local_ref(EtfReader *r, const uint32_t *id, Term *slot) {
    if (id[0] >> ETF_REF_FIRST_BITS != 0) return false;
    Term *box = room_take(&r->room, 4);
    box[0] = BRC_HEADER(BRC_REF, 3);
    for (int i = 0; i < 3; i++)
        box[1 + i] = id[i];
    *slot = term_make_boxed(box);
    return true;
}

static bool read_ref(EtfReader *r, uint8_t tag, Term *slot) {
    uint16_t words = 1;
    uint32_t id[ETF_REF_WORDS_MAX] = {0}, creation;
    Term node;
    if (tag != ETF_REFERENCE && !etf_read16(r, &words)) return false;
    if (words > ETF_REF_WORDS_MAX || !brc_term_etf_atom(r, &node)) return false;
    if (tag != ETF_REFERENCE && !read_creation(r, tag == ETF_NEW_REFERENCE, &creation))
        return false;
    for (unsigned i = 0; i < words; i++)
        if (!etf_read32(r, &id[i])) return false;
    if (tag == ETF_REFERENCE && !read_creation(r, true, &creation)) return false;
    if (tag != ETF_NEWER_REFERENCE && id[0] >> ETF_REF_FIRST_BITS != 0) return false;
    if (is_this_node(node, creation)) return words <= 3 && local_ref(r, id, slot);
    *slot = make_external(r, 2, node, creation, id, words);
    return true;
}

/* ---- bytes ---- */

/* A REFBIN in the literal area: its bytes are never given back. */
static Term literal_refbin(EtfReader *r, const uint8_t *b, size_t n) {
    SharedBin *shared = brc_ctx_sharedbin_new(n, n);
    memcpy(shared->data, b, n);
    Term *box = room_take(&r->room, 5);
    box[0] = BRC_HEADER(BRC_REFBIN, 4);
    box[1] = n;
    box[2] = 0;
    box[3] = (Term)shared;
    box[4] = (Term)shared->data;
    return term_make_boxed(box);
}

static Term read_bin(EtfReader *r, const uint8_t *b, size_t n) {
    if (n > BRC_HEAPBIN_MAX)
        return r->room.p ? brc_term_bin_new(r->room.p, b, n) : literal_refbin(r, b, n);
    size_t words = (n + 7) / 8;
    Term *box = room_take(&r->room, 2 + words);
    box[0] = BRC_HEADER(BRC_HEAPBIN, 1 + words);
    box[1] = n;
    box[1 + words] = words != 0 ? 0 : n;
    memcpy(box + 2, b, n);
    return term_make_boxed(box);
}

static bool read_binary(EtfReader *r, Term *slot) {
    uint32_t n;
    const uint8_t *b;
    if (!etf_read32(r, &n) || (b = etf_read_bytes(r, n)) == NULL) return false;
    *slot = read_bin(r, b, n);
    return true;
}

static bool read_bit_binary(EtfReader *r, Term *slot) {
    uint32_t n;
    uint8_t odd;
    const uint8_t *b;
    if (!etf_read32(r, &n) || !etf_read8(r, &odd) || odd > 8 || (odd == 0) != (n == 0) ||
        (b = etf_read_bytes(r, n)) == NULL)
        return false;
    *slot = read_bin(r, b, n);
    if (n == 0 || odd == 8) return true;
    Term *box = room_take(&r->room, 5);
    box[0] = BRC_HEADER(BRC_SUBBITS, 4);
    box[1] = *slot;
    box[2] = BRC_SMALL(0);
    box[3] = BRC_SMALL(((uint64_t)n - 1) * 8 + odd);
    box[4] = BRC_SMALL(0);
    *slot = term_make_boxed(box);
    return true;
}

/* ---- functions ---- */

const FunEntry *brc_term_etf_fun(EtfReader *r, const FunEntry *like) {
    return r->find == NULL ? NULL : r->find(like, (r->flags & BRC_ETF_SAFE) != 0);
}

static bool read_export(EtfReader *r, Term *slot) {
    FunEntry like = {.index = -1};
    int64_t arity;
    if (!brc_term_etf_atom(r, &like.module) || !brc_term_etf_atom(r, &like.name) ||
        !brc_term_etf_small(r, &arity) || arity < 0 || arity > UINT32_MAX)
        return false;
    like.arity = (uint32_t)arity;
    const FunEntry *e = brc_term_etf_fun(r, &like);
    if (e == NULL) return false;
    Term *box = room_take(&r->room, 2);
    box[0] = BRC_HEADER(BRC_FUN, 1);
    box[1] = (Term)e;
    *slot = term_make_boxed(box);
    return true;
}

bool brc_term_etf_leaf(EtfReader *r, Term *slot) {
    uint8_t tag, n8;
    uint32_t n32;
    if (!etf_read8(r, &tag)) return false;
    switch (tag) {
    case ETF_SMALL_INTEGER:
        if (!etf_read8(r, &n8)) return false;
        *slot = BRC_SMALL(n8);
        return true;
    case ETF_INTEGER:
        if (!etf_read32(r, &n32)) return false;
        *slot = BRC_SMALL((int32_t)n32);
        return true;
    case ETF_SMALL_BIG: return etf_read8(r, &n8) && read_big(r, n8, slot);
    case ETF_LARGE_BIG: return etf_read32(r, &n32) && read_big(r, n32, slot);
    case ETF_NEW_FLOAT: return read_double(r, slot);
    case ETF_FLOAT: return read_float_text(r, slot);
    case ETF_ATOM:
    case ETF_SMALL_ATOM:
    case ETF_ATOM_UTF8:
    case ETF_SMALL_ATOM_UTF8: r->at--; return brc_term_etf_atom(r, slot);
    case ETF_NIL: *slot = BRC_NIL; return true;
    case ETF_BINARY: return read_binary(r, slot);
    case ETF_BIT_BINARY: return read_bit_binary(r, slot);
    case ETF_PID:
    case ETF_NEW_PID: return read_pid(r, tag == ETF_PID, slot);
    case ETF_PORT:
    case ETF_NEW_PORT:
    case ETF_V4_PORT: return read_port(r, tag, slot);
    case ETF_REFERENCE:
    case ETF_NEW_REFERENCE:
    case ETF_NEWER_REFERENCE: return read_ref(r, tag, slot);
    case ETF_EXPORT: return read_export(r, slot);
    default: return false;
    }
}
