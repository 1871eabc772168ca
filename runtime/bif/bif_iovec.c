/* bif_iovec.c: a list of bytes, binaries and such lists to a list of binaries. What is small is
 * gathered, large binaries stand as they are. Where the cuts fall is stock's, since it shows:
 * zlib's stored blocks and the chunks of files depend on it. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "term/bits.h"
#include "term/workstack.h"
#include <stdlib.h>

enum {
    SMALL = 256, /* bytes: what is shorter is copied; what is gathered is filled up to it */
    FULL = 8192  /* bytes: room for so many does not grow */
};

typedef struct Iovec {
    Proc *p;
    Term first, *end;         /* the list and where its next cell is linked */
    uint8_t *bytes;           /* gathered, not yet in the list; malloc'd */
    size_t count, room, held; /* room <= held, which is what `bytes` has */
} Iovec;

static void add_binary(Iovec *v, Term bin) {
    Term *cell = brc_ctx_alloc(v->p, 2);
    *v->end = term_cons(cell, bin, BRC_NIL);
    v->end = cell + 1;
}

static void flush(Iovec *v) {
    if (v->count != 0) add_binary(v, brc_term_bin_new(v->p, v->bytes, v->count));
    v->count = v->room = 0;
}

/* Room for n bytes that are not to be cut. */
static uint8_t *more(Iovec *v, size_t n) {
    if (v->count + n > v->room && v->room >= FULL) flush(v);
    if (v->count + n > v->room) {
        size_t least = v->room != 0 ? 2 * v->room : SMALL;
        v->room = v->count + n > least ? v->count + n : least;
    }
    if (v->room > v->held) {
        v->bytes = realloc(v->bytes, v->held = v->room);
        if (v->bytes == NULL) abort();
    }
    uint8_t *at = v->bytes + v->count;
    v->count += n;
    return at;
}

static void copy(Iovec *v, const BitsView *view, uint64_t from, size_t n) {
    if (n == 0) return;
    uint8_t *to = more(v, n);
    brc_term_bits_copy(to, 0, view->data, view->bit_offset + 8 * from, 8 * n);
}

static bool add_part(Iovec *v, Term t) {
    BitsView view;
    if (!brc_term_bits_view(t, &view) || (view.bit_size & 7) != 0) return false;
    size_t n = view.bit_size >> 3, fill = 0;
    if (n >= SMALL && v->count != 0 && v->count < SMALL) {
        fill = SMALL - v->count;
        copy(v, &view, 0, fill);
    }
    if (n - fill < SMALL) {
        copy(v, &view, fill, n - fill);
        return true;
    }
    flush(v);
    if ((view.bit_offset & 7) == 0) {
        add_binary(v, fill == 0 ? t : brc_term_bits_sub(v->p, t, 8 * fill, 8 * (n - fill)));
    } else {
        copy(v, &view, fill, n - fill);
        flush(v);
    }
    return true;
}

static bool is_byte(Term t) {
    return (t & ~(Term)0x3FC) == 0;
}

/* The bytes that a list begins with; returns the rest. */
static Term add_bytes(Iovec *v, Term list) {
    size_t n = 0;
    for (Term t = list; term_is_cons(t) && is_byte(term_head(t)); t = term_tail(t))
        n++;
    uint8_t *at = more(v, n);
    for (size_t i = 0; i < n; i++, list = term_tail(list))
        at[i] = (uint8_t)(term_head(list) >> 2);
    brc_ctx_pause(n >> 2);
    return list;
}

static bool add_list(Iovec *v, WorkStack *s) {
    unsigned steps = 0;
    while (!work_empty(s)) {
        Term t = work_pop(s);
        while (term_is_cons(t)) {
            Term head = term_head(t);
            brc_ctx_pause_step(&steps, 4);
            if (is_byte(head)) {
                t = add_bytes(v, t);
                continue;
            }
            t = term_tail(t);
            if (term_is_cons(head)) {
                work_push(s, t);
                t = head;
            } else if (!term_is_nil(head) && !add_part(v, head)) {
                return false;
            }
        }
        if (!term_is_nil(t) && !add_part(v, t)) return false;
    }
    return true;
}

Term brc_long_erlang_iolist_to_iovec_1(Proc *p, Term t) {
    Iovec v = {.p = p, .first = BRC_NIL};
    BitsView view;
    WorkStack s;
    v.end = &v.first;
    if (!term_is_list(t)) {
        if (!brc_term_bits_view(t, &view) || (view.bit_size & 7) != 0) return brc_ctx_badarg(p);
        if (view.bit_size != 0) add_binary(&v, t);
        return v.first;
    }
    work_init(&s);
    work_push(&s, t);
    bool ok = add_list(&v, &s);
    work_free(&s);
    if (ok) flush(&v);
    free(v.bytes);
    return ok ? v.first : brc_ctx_badarg(p);
}
