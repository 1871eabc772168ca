/* bif_debug.c: looking at how terms are made: erts_debug and what it uses of erts_internal.
 *
 * Sizes and types are those that OTP 25's own representation would have, since programs print
 * them and compare them with figures from the manual. */
#include "abi/bif.h"
#include "base/panic.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/hamt.h"
#include "term/map.h"
#include "term/workstack.h"

Term brc_bif_erts_debug_same_2(Proc *p, Term a, Term b) {
    (void)p;
    return term_bool(a == b);
}

/* The order of map keys: integers before floats; -1, 0 or 1. */
Term brc_bif_erts_internal_cmp_term_2(Proc *p, Term a, Term b) {
    int c = brc_term_compare_exact(a, b);
    (void)p;
    return BRC_SMALL((c > 0) - (c < 0));
}

static bool is_otp_small(Term t) {
    int64_t n = term_small(t);
    return n >= -(INT64_C(1) << 59) && n < INT64_C(1) << 59;
}

static Term type_of_boxed(Term t) {
    switch (term_kind(t)) {
    case BRC_TUPLE: return AM(tuple);
    case BRC_FLATMAP: return AM(flatmap);
    case BRC_HASHMAP: return AM(hashmap);
    case BRC_HNODE: return AM(hashmap_node);
    case BRC_FUN: return term_fun_entry(t)->index < 0 ? AM(export) : AM(fun);
    case BRC_SUBBITS: return AM(sub_binary);
    case BRC_HEAPBIN: return AM(heap_binary);
    case BRC_REFBIN: return AM(refc_binary);
    case BRC_MATCHCTX: return AM(matchstate);
    case BRC_BIGPOS:
    case BRC_BIGNEG: return AM(bignum);
    case BRC_REF: return AM(reference);
    case BRC_FLOAT: return AM(hfloat);
    default:
        if (term_is_external_of(t, 0)) return AM(external_pid);
        return term_is_external_of(t, 1) ? AM(external_port) : AM(external_reference);
    }
}

Term brc_bif_erts_internal_term_type_1(Proc *p, Term t) {
    (void)p;
    if (term_is_boxed(t)) return type_of_boxed(t);
    if (term_is_cons(t)) return AM(list);
    if (term_is_small(t)) return is_otp_small(t) ? AM(fixnum) : AM(bignum);
    if (term_is_atom(t)) return AM(atom);
    if (term_is_nil(t)) return AM(nil);
    return term_is_local_pid(t) ? AM(pid) : AM(port);
}

/* ---- erts_debug:flat_size/1 ---- */
#define OTP_SUB_BINARY 5
#define OTP_PROC_BIN   6
#define OTP_FUN        5

static size_t bitstring_words(Term t) {
    BitsView v;
    brc_term_bits_view(t, &v);
    unsigned odd = (unsigned)(v.bit_offset & 7) + (unsigned)(v.bit_size & 7);
    size_t bytes = v.bit_size / 8 + (odd > 8 ? 2 : odd > 0);
    size_t words = term_is_kind(v.original, BRC_REFBIN) ? OTP_PROC_BIN : 2 + (bytes + 7) / 8;
    return words + (odd ? OTP_SUB_BINARY : 0);
}

/* Words of t itself; what it contains is pushed. */
static size_t own_words(WorkStack *s, Term t) {
    if (term_is_small(t)) return is_otp_small(t) ? 0 : 2;
    if (!term_is_boxed(t)) return 0;
    const Term *box = term_box(t);
    size_t n = BRC_HEADER_WORDS(box[0]);
    switch (BRC_HEADER_KIND(box[0])) {
    case BRC_TUPLE: work_push_array(s, box + 1, n); return n ? 1 + n : 0;
    case BRC_FLATMAP: work_push_array(s, box + 1, n); return 2 + n;
    case BRC_HASHMAP: work_push(s, box[2]); return 1; /* the root holds the count */
    case BRC_HNODE: work_push_array(s, box + 2, n - 1); return n;
    case BRC_FUN: work_push_array(s, box + 2, n - 1); return OTP_FUN + n - 1;
    case BRC_HEAPBIN:
    case BRC_REFBIN:
    case BRC_SUBBITS: return bitstring_words(t);
    case BRC_REF: return 3;
    case BRC_EXTERNAL: return term_is_external_of(t, 2) ? 5 : 4;
    default: return 1 + n;
    }
}

Term brc_bif_erts_debug_flat_size_1(Proc *p, Term t) {
    WorkStack s;
    size_t words = 0, steps = 0;
    work_init(&s);
    work_push(&s, t);
    while (!work_empty(&s)) {
        t = work_pop(&s);
        for (; term_is_cons(t); t = term_tail(t), steps++) {
            words += 2;
            if (!term_is_atom(term_head(t))) work_push(&s, term_head(t));
        }
        words += own_words(&s, t);
        steps++;
    }
    work_free(&s);
    brc_ctx_charge(p, steps / 32);
    return BRC_SMALL(words);
}

/* ---- erts_debug:size_shared/1: every object once, literals not at all ---- */

/* Addresses seen: a hash table of a power of two, half full at most. */
typedef struct Seen {
    Term *slots;
    size_t mask, used;
} Seen;

static size_t seen_slot(const Seen *s, Term t) {
    size_t at = (size_t)(t >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 20;
    while (s->slots[at & s->mask] && s->slots[at & s->mask] != t)
        at++;
    return at & s->mask;
}

static void seen_grow(Seen *s) {
    Seen old = *s;
    s->mask = old.slots ? old.mask * 2 + 1 : 255;
    s->slots = calloc(s->mask + 1, sizeof *s->slots);
    if (!s->slots) brc_base_panic("out of memory (walking a term)");
    for (size_t i = 0; old.slots && i <= old.mask; i++)
        if (old.slots[i]) s->slots[seen_slot(s, old.slots[i])] = old.slots[i];
    free(old.slots);
}

/* True the first time, for what is on a heap. */
static bool first_seen(Seen *s, Term t) {
    if (!term_is_pointer(t) || t < BRC_LITERAL_LIMIT) return false;
    if (!s->slots || s->used * 2 > s->mask) seen_grow(s);
    size_t at = seen_slot(s, t);
    if (s->slots[at]) return false;
    s->slots[at] = t;
    s->used++;
    return true;
}

Term brc_bif_erts_debug_size_shared_1(Proc *p, Term t) {
    WorkStack s;
    Seen seen = {0};
    size_t words = 0;
    work_init(&s);
    work_push(&s, t);
    while (!work_empty(&s)) {
        t = work_pop(&s);
        if (term_is_small(t) && !is_otp_small(t)) words += 2;
        if (!first_seen(&seen, t)) continue;
        if (term_is_cons(t)) {
            words += 2;
            work_push(&s, term_tail(t));
            work_push(&s, term_head(t));
        } else {
            words += own_words(&s, t);
        }
    }
    work_free(&s);
    free(seen.slots);
    brc_ctx_charge(p, seen.used / 16);
    return BRC_SMALL(words);
}
