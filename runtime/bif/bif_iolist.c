/* bif_iolist.c: lists of bytes, binaries and such lists, to one binary or several. A list is walked
 * twice: for its size, with all checks, then for its bytes. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/workstack.h"

/* Bits in a list; false: it holds what is no byte, bitstring (whole bytes unless odd) or list. */
static bool list_bits(Term list, bool odd, uint64_t *bits) {
    unsigned steps = 0;
    WorkStack s;
    BitsView v;
    uint64_t sum = 0;
    bool ok = true;
    work_init(&s);
    work_push(&s, list);
    while (ok && !work_empty(&s)) {
        Term t = work_pop(&s);
        while (term_is_cons(t)) {
            Term head = term_head(t);
            t = term_tail(t);
            brc_ctx_pause_step(&steps, 3);
            if ((head & ~(Term)0x3FC) == 0) {
                sum += 8;
            } else if (term_is_cons(head)) {
                work_push(&s, t);
                t = head;
            } else if (!term_is_nil(head)) {
                if (!(ok = brc_term_bits_view(head, &v) && (odd || (v.bit_size & 7) == 0))) break;
                sum += v.bit_size;
            }
        }
        if (ok && !term_is_nil(t)) {
            ok = brc_term_bits_view(t, &v) && (odd || (v.bit_size & 7) == 0);
            if (ok) sum += v.bit_size;
        }
    }
    work_free(&s);
    *bits = sum;
    return ok;
}

static uint64_t put_bitstring(uint8_t *to, uint64_t at, Term t) {
    BitsView v;
    brc_term_bits_view(t, &v);
    brc_term_bits_copy(to, at, v.data, v.bit_offset, v.bit_size);
    brc_ctx_pause(v.bit_size >> 5);
    return at + v.bit_size;
}

/* Writes a list that list_bits found good. */
static void put_list(uint8_t *to, Term list) {
    unsigned steps = 0;
    WorkStack s;
    uint64_t at = 0;
    work_init(&s);
    work_push(&s, list);
    while (!work_empty(&s)) {
        Term t = work_pop(&s);
        while (term_is_cons(t)) {
            Term head = term_head(t);
            t = term_tail(t);
            brc_ctx_pause_step(&steps, 3);
            if (term_is_small(head)) {
                if ((at & 7) == 0)
                    to[at >> 3] = (uint8_t)(head >> 2);
                else
                    brc_bits_write(to, at, head >> 2, 8);
                at += 8;
            } else if (term_is_cons(head)) {
                work_push(&s, t);
                t = head;
            } else if (!term_is_nil(head)) {
                at = put_bitstring(to, at, head);
            }
        }
        if (!term_is_nil(t)) at = put_bitstring(to, at, t);
    }
    work_free(&s);
}

static Term gather(Proc *p, Term list, bool odd) {
    uint64_t bits;
    if (!list_bits(list, odd, &bits)) return brc_ctx_badarg(p);
    brc_ctx_charge(p, bits >> 9);
    if (bits == 0) return brc_term_bin_new(p, NULL, 0);
    uint8_t *to;
    Term whole = brc_term_bin_alloc(p, (bits + 7) >> 3, &to);
    if ((bits & 7) != 0) to[bits >> 3] = 0;
    put_list(to, list);
    return (bits & 7) == 0 ? whole : brc_term_bits_part(p, whole, to, 0, bits);
}

static bool is_binary(Term t) {
    BitsView v;
    return brc_term_bits_view(t, &v) && (v.bit_size & 7) == 0;
}

Term brc_long_erlang_list_to_binary_1(Proc *p, Term list) {
    return term_is_list(list) ? gather(p, list, false) : brc_ctx_badarg(p);
}

Term brc_bif_binary_list_to_bin_1(Proc *p, Term list) {
    return term_is_list(list) ? gather(p, list, false) : brc_ctx_badarg(p);
}

Term brc_long_erlang_iolist_to_binary_1(Proc *p, Term t) {
    if (is_binary(t)) return t;
    return term_is_list(t) ? gather(p, t, false) : brc_ctx_badarg(p);
}

Term brc_long_erlang_list_to_bitstring_1(Proc *p, Term list) {
    return term_is_list(list) ? gather(p, list, true) : brc_ctx_badarg(p);
}

Term brc_long_erlang_iolist_size_1(Proc *p, Term t) {
    BitsView v;
    uint64_t bits;
    if (brc_term_bits_view(t, &v) && (v.bit_size & 7) == 0) return BRC_SMALL(v.bit_size >> 3);
    if (!term_is_list(t) || !list_bits(t, false, &bits)) return brc_ctx_badarg(p);
    brc_ctx_charge(p, bits >> 11);
    return BRC_SMALL(bits >> 3);
}

/* ---- to a list of binaries ---- */

typedef struct Iovec {
    Proc *p;
    Term first, *end; /* the list and where its next cell is linked */
    uint8_t *bytes;   /* gathered, not yet in the list; malloc'd */
    size_t count, room;
} Iovec;

static void add_binary(Iovec *v, Term bin) {
    Term *cell = brc_ctx_alloc(v->p, 2);
    *v->end = term_cons(cell, bin, BRC_NIL);
    v->end = cell + 1;
}

static void flush(Iovec *v) {
    if (v->count != 0) add_binary(v, brc_term_bin_new(v->p, v->bytes, v->count));
    v->count = 0;
}

static uint8_t *more(Iovec *v, size_t n) {
    if (v->room - v->count < n) {
        v->room = 2 * (v->count + n);
        v->bytes = realloc(v->bytes, v->room);
        if (v->bytes == NULL) abort();
    }
    uint8_t *at = v->bytes + v->count;
    v->count += n;
    return at;
}

enum { COPIED_MOST = 256 }; /* bytes */

/* Small ones are copied together, large ones stand as they are. */
static bool add_part(Iovec *v, Term t) {
    BitsView view;
    if (!brc_term_bits_view(t, &view) || (view.bit_size & 7) != 0) return false;
    size_t n = view.bit_size >> 3;
    if (n <= COPIED_MOST || (view.bit_offset & 7) != 0) {
        if (n != 0) brc_term_bits_copy(more(v, n), 0, view.data, view.bit_offset, view.bit_size);
        return true;
    }
    flush(v);
    add_binary(v, t);
    return true;
}

static bool add_list(Iovec *v, WorkStack *s) {
    unsigned steps = 0;
    while (!work_empty(s)) {
        Term t = work_pop(s);
        while (term_is_cons(t)) {
            Term head = term_head(t);
            t = term_tail(t);
            brc_ctx_pause_step(&steps, 4);
            if ((head & ~(Term)0x3FC) == 0) {
                *more(v, 1) = (uint8_t)(head >> 2);
            } else if (term_is_cons(head)) {
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
    WorkStack s;
    v.end = &v.first;
    if (is_binary(t)) {
        if (brc_bif_erlang_byte_size_1(p, t) != BRC_SMALL(0)) add_binary(&v, t);
        return v.first;
    }
    if (!term_is_list(t)) return brc_ctx_badarg(p);
    work_init(&s);
    work_push(&s, t);
    bool ok = add_list(&v, &s);
    work_free(&s);
    if (ok) flush(&v);
    free(v.bytes);
    return ok ? v.first : brc_ctx_badarg(p);
}
