/* bif_atom.c: atoms from and to lists of characters and binaries. What cannot be an atom is badarg;
 * what is only too long, system_limit, whichever the reader meets first. */
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/utf.h"
#include <stdlib.h>

enum { ATOM_MAX_BYTES = 4 * BRC_ATOM_MAX_CHARS };

typedef struct AtomBytes {
    uint8_t at[ATOM_MAX_BYTES];
    size_t len;
} AtomBytes;

typedef enum Reading { READ_OK, READ_BAD, READ_TOO_LONG } Reading;

static Term made(Proc *p, Reading r, const AtomBytes *b, bool must_exist) {
    if (r == READ_TOO_LONG && !must_exist) return brc_ctx_system_limit(p);
    if (r != READ_OK) return brc_ctx_badarg(p);
    if (!must_exist) return brc_term_atom_intern((const char *)b->at, b->len);
    Term atom = brc_term_atom_existing((const char *)b->at, b->len);
    return atom == BRC_NONE ? brc_ctx_badarg(p) : atom;
}

/* ---- lists ---- */

static Reading read_list(Term list, AtomBytes *b) {
    size_t chars = 0;
    b->len = 0;
    for (; term_is_cons(list); list = term_tail(list)) {
        if (++chars > BRC_ATOM_MAX_CHARS) return READ_TOO_LONG;
        Term c = term_head(list);
        if (!term_is_small(c) || !brc_term_utf_valid((uint64_t)term_small(c))) return READ_BAD;
        b->len += brc_term_utf8_put(b->at + b->len, (uint32_t)term_small(c));
    }
    return term_is_nil(list) ? READ_OK : READ_BAD;
}

Term brc_bif_erlang_list_to_atom_1(Proc *p, Term list) {
    AtomBytes b;
    Reading r = read_list(list, &b);
    return made(p, r, &b, false);
}

Term brc_bif_erlang_list_to_existing_atom_1(Proc *p, Term list) {
    AtomBytes b;
    Reading r = read_list(list, &b);
    return made(p, r, &b, true);
}

Term brc_bif_erlang_atom_to_list_1(Proc *p, Term atom) {
    if (!term_is_atom(atom)) return brc_ctx_badarg(p);
    size_t len, chars;
    const uint8_t *text = (const uint8_t *)brc_term_atom_text(atom, &len);
    brc_term_utf8_prefix(text, len, &chars);
    Term *at = brc_ctx_alloc(p, 2 * chars), list = BRC_NIL;
    for (size_t i = 0, used = 0; i < chars; i++) {
        uint32_t c;
        used += (size_t)brc_term_utf8_get(text + used, len - used, &c);
        at[2 * i] = BRC_SMALL(c);
        at[2 * i + 1] = i + 1 < chars ? term_make_list(at + 2 * i + 2) : BRC_NIL;
        list = term_make_list(at);
    }
    return list;
}

/* ---- binaries ---- */

static Reading read_latin1(const uint8_t *bytes, size_t n, AtomBytes *b) {
    if (n > BRC_ATOM_MAX_CHARS) return READ_TOO_LONG;
    b->len = 0;
    for (size_t i = 0; i < n; i++)
        b->len += brc_term_utf8_put(b->at + b->len, bytes[i]);
    return READ_OK;
}

static Reading read_utf8(const uint8_t *bytes, size_t n, AtomBytes *b) {
    if (n > ATOM_MAX_BYTES) return READ_TOO_LONG;
    size_t chars, valid = brc_term_utf8_prefix(bytes, n, &chars);
    if (chars > BRC_ATOM_MAX_CHARS) return READ_TOO_LONG;
    if (valid < n) return READ_BAD;
    memcpy(b->at, bytes, n);
    b->len = n;
    return READ_OK;
}

static Term from_binary(Proc *p, Term bin, Term encoding, bool must_exist) {
    AtomBytes b;
    Reading r = READ_BAD;
    size_t n;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = brc_term_bin_bytes(bin, &n, &tmp);
    if (bytes && encoding == AM(latin1)) r = read_latin1(bytes, n, &b);
    if (bytes && (encoding == AM(utf8) || encoding == AM(unicode))) r = read_utf8(bytes, n, &b);
    free(tmp);
    return made(p, r, &b, must_exist);
}

Term brc_bif_erlang_binary_to_atom_2(Proc *p, Term bin, Term encoding) {
    return from_binary(p, bin, encoding, false);
}
Term brc_bif_erlang_binary_to_existing_atom_2(Proc *p, Term bin, Term encoding) {
    return from_binary(p, bin, encoding, true);
}
Term brc_bif_erlang_binary_to_atom_1(Proc *p, Term bin) {
    return from_binary(p, bin, AM(utf8), false);
}
Term brc_bif_erlang_binary_to_existing_atom_1(Proc *p, Term bin) {
    return from_binary(p, bin, AM(utf8), true);
}

Term brc_bif_erlang_atom_to_binary_2(Proc *p, Term atom, Term encoding) {
    if (!term_is_atom(atom)) return brc_ctx_badarg(p);
    size_t len, n = 0;
    const uint8_t *text = (const uint8_t *)brc_term_atom_text(atom, &len);
    if (encoding == AM(utf8) || encoding == AM(unicode)) return brc_term_bin_new(p, text, len);
    if (encoding != AM(latin1)) return brc_ctx_badarg(p);
    uint8_t latin1[BRC_ATOM_MAX_CHARS];
    for (size_t used = 0; used < len;) {
        uint32_t c;
        used += (size_t)brc_term_utf8_get(text + used, len - used, &c);
        if (c > 255) return brc_ctx_badarg(p);
        latin1[n++] = (uint8_t)c;
    }
    return brc_term_bin_new(p, latin1, n);
}

Term brc_bif_erlang_atom_to_binary_1(Proc *p, Term atom) {
    return brc_bif_erlang_atom_to_binary_2(p, atom, AM(utf8));
}
