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
