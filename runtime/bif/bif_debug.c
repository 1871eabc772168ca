/* bif_debug.c: looking at how terms are made: erts_debug and what it uses of erts_internal.
 *
 * Sizes and types are those that OTP 25's own representation would have, since programs print
 * them and compare them with figures from the manual. */
#include "abi/bif.h"
#include "bif/persistent.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "heap/sharing.h"
#include "term/atom.h"
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

/* Of what lies on heaps, each part once. */
Term brc_bif_erts_debug_size_shared_1(Proc *p, Term t) {
    WorkStack inner; /* what each one contains is among the objects */
    Sharing s;
    size_t words = 0;
    work_init(&inner);
    brc_heap_sharing_find(&s, t, BRC_LITERAL_LIMIT);
    for (size_t i = 0; i < s.count; i++) {
        words += term_is_cons(s.objects[i]) ? 2 : own_words(&inner, s.objects[i]);
        while (!work_empty(&inner))
            work_pop(&inner);
    }
    brc_ctx_charge(p, s.count / 16);
    brc_heap_sharing_free(&s);
    work_free(&inner);
    return BRC_SMALL(words);
}

/* ---- erts_debug:map_info/1 ---- */

/* How a large map's trie is made: [{depth, N}, {arrays, N, []}, {bitmaps, N, Children},
 * {leafs, N, Depths}]. A root with all sixteen children is an array. Children: how many nodes have
 * one, two... of them. Depths: how many leaves there are at each depth. */
typedef struct TrieCount {
    size_t arrays, bitmaps, leaves, depth;
    size_t by_children[16], by_depth[16];
} TrieCount;

static void count_trie(TrieCount *c, Term node, size_t depth) {
    if (depth > c->depth) c->depth = depth;
    if (term_is_cons(node)) {
        c->leaves++;
        c->by_depth[depth < 15 ? depth : 15]++;
        return;
    }
    size_t children = hamt_children(term_box(node));
    if (children == 16 && depth == 0) {
        c->arrays++;
    } else {
        c->bitmaps++;
        c->by_children[children - 1]++;
    }
    for (size_t i = 0; i < children; i++)
        count_trie(c, term_box(node)[2 + i], depth + 1);
}

static Term add_counts(Proc *p, Term name, size_t n, const size_t *by, Term list) {
    Term *at = brc_ctx_alloc(p, by ? 6 + 17 : 6), *counts = at + 6;
    for (size_t i = 0; by && i < 16; i++)
        counts[1 + i] = BRC_SMALL(by[i]);
    Term triple = term_tuple3(at, name, BRC_SMALL(n), by ? term_tuple_begin(counts, 16) : BRC_NIL);
    return term_cons(at + 4, triple, list);
}

Term brc_bif_erts_debug_map_info_1(Proc *p, Term map) {
    TrieCount c = {0};
    if (!term_is_kind(map, BRC_HASHMAP)) return brc_ctx_badarg(p);
    count_trie(&c, hamt_root(map), 0);
    brc_ctx_charge(p, c.leaves);
    Term list = add_counts(p, AM(leafs), c.leaves, c.by_depth, BRC_NIL);
    list = add_counts(p, AM(bitmaps), c.bitmaps, c.by_children, list);
    list = add_counts(p, AM(arrays), c.arrays, NULL, list);
    Term *at = brc_ctx_alloc(p, 5);
    return term_cons(at + 3, term_tuple2(at, AM(depth), BRC_SMALL(c.depth)), list);
}
