/* chars.c: from character data to the bytes of a stream, in one walk without recursion: what is
 * left of an outer list waits on a small stack. A character may be spread over neighbouring
 * binaries; `part` holds the bytes of one that is not complete yet. */
#include "io/chars.h"
#include "base/format.h"
#include "base/panic.h"
#include "term/bits.h"
#include "term/utf.h"
#include <stdlib.h>

typedef struct Writer {
    OutStream *o;
    enum Encoding from, to;
    uint8_t part[4];
    unsigned part_bytes;
} Writer;

static bool put_char(Writer *w, uint64_t ch) {
    if (!brc_term_utf_valid(ch)) return false;
    uint8_t *at = brc_io_out_reserve(w->o, 16);
    if (w->to == BRC_ENC_UTF8)
        brc_io_out_add(w->o, brc_term_utf8_put(at, (uint32_t)ch));
    else if (ch < 256)
        *at = (uint8_t)ch, brc_io_out_add(w->o, 1);
    else
        brc_io_out_add(w->o, (size_t)brc_base_format((char *)at, 16, "\\x{%X}", (unsigned)ch));
    return true;
}

static bool put_latin1(Writer *w, const uint8_t *b, size_t n) {
    if (w->to == BRC_ENC_LATIN1) {
        brc_io_out_put(w->o, b, n);
        return true;
    }
    for (size_t i = 0; i < n; i++)
        put_char(w, b[i]);
    return true;
}

/* Goes on with the character that the binary before began. Gives the bytes used, or SIZE_MAX. */
static size_t complete_part(Writer *w, const uint8_t *b, size_t n) {
    size_t used = 0;
    while (w->part_bytes > 0 && used < n) {
        uint32_t ch;
        w->part[w->part_bytes++] = b[used++];
        int got = brc_term_utf8_get(w->part, w->part_bytes, &ch);
        if (got < 0) return SIZE_MAX;
        if (got == 0) continue;
        put_char(w, ch);
        w->part_bytes = 0;
    }
    return used;
}

static bool put_utf8(Writer *w, const uint8_t *b, size_t n) {
    size_t used = complete_part(w, b, n), chars;
    if (used == SIZE_MAX) return false;
    b += used, n -= used;
    size_t whole = brc_term_utf8_prefix(b, n, &chars);
    if (w->to == BRC_ENC_UTF8) {
        brc_io_out_put(w->o, b, whole);
    } else {
        for (size_t i = 0; i < whole;) {
            uint32_t ch;
            i += (size_t)brc_term_utf8_get(b + i, whole - i, &ch);
            put_char(w, ch);
        }
    }
    if (whole == n) return true;
    uint32_t ch;
    if (n - whole > 3 || brc_term_utf8_get(b + whole, n - whole, &ch) != 0) return false;
    memcpy(w->part, b + whole, n - whole);
    w->part_bytes = (unsigned)(n - whole);
    return true;
}

static bool put_binary(Writer *w, Term t) {
    size_t n;
    uint8_t *tmp = NULL;
    const uint8_t *b = brc_term_bin_bytes(t, &n, &tmp);
    if (!b) return false;
    bool ok = w->from == BRC_ENC_LATIN1 ? put_latin1(w, b, n) : put_utf8(w, b, n);
    free(tmp);
    return ok;
}

static bool put_small(Writer *w, Term t) {
    int64_t ch = term_small(t);
    if (ch < 0 || w->part_bytes > 0 || (w->from == BRC_ENC_LATIN1 && ch > 255)) return false;
    return put_char(w, (uint64_t)ch);
}

typedef struct Rest {
    Term *terms;
    size_t count, room;
} Rest;

static void push(Rest *r, Term t) {
    if (r->count == r->room) {
        r->room = r->room ? r->room * 2 : 64;
        r->terms = realloc(r->terms, r->room * sizeof(Term));
        BRC_CHECK(r->terms != NULL);
    }
    r->terms[r->count++] = t;
}

static bool walk(Writer *w, Term t, Rest *rest) {
    for (;;) {
        while (term_is_cons(t)) {
            Term head = term_head(t);
            if (term_is_small(head)) {
                if (!put_small(w, head)) return false;
                t = term_tail(t);
            } else if (term_is_list(head)) {
                push(rest, term_tail(t));
                t = head;
            } else {
                if (!put_binary(w, head)) return false;
                t = term_tail(t);
            }
        }
        /* the tail of a list may be a binary, but no character */
        if (t != BRC_NIL && !put_binary(w, t)) return false;
        if (rest->count == 0) return w->part_bytes == 0;
        t = rest->terms[--rest->count];
    }
}

bool brc_io_put_chars(OutStream *o, Term chars, enum Encoding from, enum Encoding to) {
    size_t before = o->end - o->start;
    Writer w = {.o = o, .from = from, .to = to};
    Rest rest = {0};
    bool ok;
    if (from == to && term_is_bitstring(chars)) { /* as it is, even where it is no valid text */
        size_t n;
        uint8_t *tmp = NULL;
        const uint8_t *b = brc_term_bin_bytes(chars, &n, &tmp);
        ok = b != NULL;
        if (ok) brc_io_out_put(o, b, n);
        free(tmp);
    } else {
        ok = walk(&w, chars, &rest);
    }
    free(rest.terms);
    if (!ok) o->end = o->start + before;
    return ok;
}
