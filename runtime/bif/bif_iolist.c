/* bif_iolist.c: lists of bytes, binaries and such lists, to one binary; and how large it would be.
 */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/workstack.h"

/* Bytes in a list; false: it holds what is no byte, binary or list. */
static bool list_bytes(Term list, uint64_t *bytes) {
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
                if (!(ok = brc_term_bits_view(head, &v) && (v.bit_size & 7) == 0)) break;
                sum += v.bit_size;
            }
        }
        if (ok && !term_is_nil(t)) {
            ok = brc_term_bits_view(t, &v) && (v.bit_size & 7) == 0;
            if (ok) sum += v.bit_size;
        }
    }
    work_free(&s);
    *bytes = sum >> 3;
    return ok;
}

/* Where the bytes go: the stack first, then shared bytes that double. */
typedef struct Sink {
    uint8_t *to;
    uint64_t at;       /* in bits */
    size_t room_bytes; /* at `to` */
    SharedBin *shared; /* NULL: still on the stack */
    uint8_t few[1024];
} Sink;

static void grow(Sink *s, uint64_t bits) {
    size_t used = (s->at + 7) >> 3, room = 2 * (used + ((bits + 7) >> 3));
    if (s->shared) {
        s->shared = brc_ctx_sharedbin_grow(s->shared, room);
    } else {
        s->shared = brc_ctx_sharedbin_new(0, room);
        memcpy(s->shared->data, s->few, used);
    }
    s->to = s->shared->data;
    s->room_bytes = room;
}

static inline void need(Sink *s, uint64_t bits) {
    if (__builtin_expect(((s->at + bits + 7) >> 3) > s->room_bytes, 0)) grow(s, bits);
}

static inline void put_byte(Sink *s, Term byte) {
    need(s, 8);
    if (__builtin_expect((s->at & 7) == 0, 1))
        s->to[s->at >> 3] = (uint8_t)(byte >> 2);
    else
        brc_bits_write(s->to, s->at, byte >> 2, 8);
    s->at += 8;
}

static bool put_bitstring(Sink *s, Term t, bool odd) {
    BitsView v;
    if (!brc_term_bits_view(t, &v) || (!odd && (v.bit_size & 7) != 0)) return false;
    need(s, v.bit_size);
    if (((s->at | v.bit_offset | v.bit_size) & 7) == 0)
        memcpy(s->to + (s->at >> 3), v.data + (v.bit_offset >> 3), v.bit_size >> 3);
    else
        brc_term_bits_copy(s->to, s->at, v.data, v.bit_offset, v.bit_size);
    brc_ctx_pause(v.bit_size >> 5);
    s->at += v.bit_size;
    return true;
}

/* false: it holds what is no byte, bitstring (whole bytes unless odd) or list. */
static bool put_list(Sink *to, Term list, bool odd) {
    unsigned steps = 0;
    WorkStack s;
    bool ok = true;
    work_init(&s);
    work_push(&s, list);
    while (ok && !work_empty(&s)) {
        Term t = work_pop(&s);
        while (ok && term_is_cons(t)) {
            Term head = term_head(t);
            t = term_tail(t);
            brc_ctx_pause_step(&steps, 5);
            if ((head & ~(Term)0x3FC) == 0) {
                put_byte(to, head);
            } else if (term_is_cons(head)) {
                work_push(&s, t);
                t = head;
            } else if (!term_is_nil(head)) {
                ok = put_bitstring(to, head, odd);
            }
        }
        if (ok && !term_is_nil(t)) ok = put_bitstring(to, t, odd);
    }
    work_free(&s);
    return ok;
}

static Term gather(Proc *p, Term list, bool odd) {
    Sink s = {.to = s.few, .room_bytes = sizeof s.few};
    if (!put_list(&s, list, odd)) {
        if (s.shared) brc_ctx_sharedbin_unref(s.shared);
        return brc_ctx_badarg(p);
    }
    brc_ctx_charge(p, s.at >> 9);
    size_t bytes = (s.at + 7) >> 3;
    if ((s.at & 7) != 0) s.to[s.at >> 3] &= (uint8_t)(0xFF00 >> (s.at & 7));
    if (s.shared) s.shared->size_bytes = bytes;
    Term whole = s.shared ? brc_term_bin_own(p, s.shared) : brc_term_bin_new(p, s.to, bytes);
    if ((s.at & 7) == 0) return whole;
    BitsView v;
    brc_term_bits_view(whole, &v);
    return brc_term_bits_part(p, whole, v.data, 0, s.at);
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
    uint64_t bytes;
    if (brc_term_bits_view(t, &v) && (v.bit_size & 7) == 0) return BRC_SMALL(v.bit_size >> 3);
    if (!term_is_list(t) || !list_bytes(t, &bytes)) return brc_ctx_badarg(p);
    brc_ctx_charge(p, bytes >> 8);
    return BRC_SMALL(bytes);
}
