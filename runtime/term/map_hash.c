/* map_hash.c: where a key stands in a large map: OTP 25's internal hash, taken over so that large
 * maps list, print and iterate in the same order.
 *
 * A small integer is hashed by OTP's 64-bit word for it (60 bits, tag 15), one that OTP holds as a
 * bignum (beyond 60 bits, a small here) by its limbs. Every bit that tells two keys apart goes in,
 * so that different keys part at some depth of the trie. */
#include "term/hash.h"
#include "term/hash_mix.h"
#include "term/workstack.h"

#define SALT      3432918353u
#define MARK_TAIL BRC_HEADER(15, 3) /* the next word is a tail that is no cell */
#define OTP_NIL   0x3Bu

static uint32_t hash_const(uint32_t hash, uint32_t season) {
    hash ^= season;
    return hash << 17 ^ hash >> 15;
}

static uint32_t hash_immediate(uint32_t hash, Term t) {
    if (term_is_small(t)) {
        int64_t v = term_small(t);
        if (v >= -(INT64_C(1) << 59) && v < INT64_C(1) << 59)
            return hash_u64(hash, (uint64_t)v << 4 | 15, HASH_SEASON(1));
        return hash_big(hash, t);
    }
    return hash_u64(hash, term_is_nil(t) ? OTP_NIL : t, HASH_SEASON(1));
}

/* As hash_string of hash.c, but the length of a last short group counts too. */
static uint32_t hash_string(uint32_t hash, Term *t) {
    uint32_t four = 0, n = 0;
    while (term_is_cons(*t) && hash_is_byte(term_head(*t))) {
        four = (four << 8) + (uint32_t)term_small(term_head(*t));
        if (++n == 4) {
            hash = hash_word(hash, four, HASH_SEASON(4));
            four = n = 0;
        }
        *t = term_tail(*t);
    }
    return n ? hash_pair(hash, four, n, HASH_SEASON(22)) : hash;
}

static uint32_t hash_fun(uint32_t hash, Term t) {
    const FunEntry *f = term_fun_entry(t);
    if (f->index < 0) {
        hash = hash_u64(hash, f->module, HASH_SEASON(14));
        hash = hash_u64(hash, f->name, HASH_SEASON(14));
        return hash_word(hash, f->arity, HASH_SEASON(14));
    }
    hash = hash_u64(hash, f->module, HASH_SEASON(20));
    hash = hash_pair(hash, f->nfree, f->arity, HASH_SEASON(20));
    hash = hash_pair(hash, (uint32_t)f->index, f->old_uniq, HASH_SEASON(21));
    return hash_pair(hash, hash_le32(f->uniq), hash_le32(f->uniq + 4), HASH_SEASON(21));
}

static uint32_t hash_external(uint32_t hash, Term t) {
    const Term *box = term_box(t);
    for (size_t i = 1; i <= BRC_HEADER_WORDS(box[0]); i++)
        hash = hash_u64(hash, box[i], HASH_SEASON(7));
    return hash;
}

static void push_node(WorkStack *s, Term node) {
    const Term *n = term_box(node);
    for (size_t i = 2; i <= BRC_HEADER_WORDS(n[0]); i++) {
        if (term_is_cons(n[i])) {
            work_push(s, term_tail(n[i]));
            work_push(s, term_head(n[i]));
        } else {
            work_push(s, n[i]);
        }
    }
}

static uint32_t push_map(WorkStack *s, uint32_t hash, Term t) {
    const Term *m = term_box(t);
    if (term_kind(t) == BRC_HASHMAP) {
        push_node(s, m[2]);
        return hash_word(hash, (uint32_t)term_small(m[1]), HASH_SEASON(16));
    }
    size_t n = term_tuple_arity(m[1]);
    const Term *keys = term_tuple_elements(m[1]);
    for (size_t i = n; i-- > 0;) {
        work_push(s, m[2 + i]);
        work_push(s, keys[i]);
    }
    return hash_word(hash, (uint32_t)n, HASH_SEASON(16));
}

/* One boxed term's own part; its terms are pushed. */
static uint32_t hash_boxed(WorkStack *s, uint32_t hash, Term t) {
    const Term *box = term_box(t);
    size_t words = BRC_HEADER_WORDS(box[0]);
    switch (term_kind(t)) {
    case BRC_TUPLE:
        work_push_array(s, box + 1, words);
        return hash_word(hash, (uint32_t)words, HASH_SEASON(9));
    case BRC_FLATMAP:
    case BRC_HASHMAP: return push_map(s, hash, t);
    case BRC_HNODE: push_node(s, t); return hash;
    case BRC_FUN: work_push_array(s, box + 2, words - 1); return hash_fun(hash, t);
    case BRC_HEAPBIN:
    case BRC_REFBIN:
    case BRC_SUBBITS: return hash_bitstring(t, hash, UINT64_MAX);
    case BRC_BIGPOS:
    case BRC_BIGNEG: return hash_big(hash, t);
    case BRC_FLOAT: return hash_u64(hash, hash_float_bits(t), HASH_SEASON(12));
    case BRC_REF:
        hash = hash_word(hash, (uint32_t)box[1], HASH_SEASON(7));
        return hash_pair(hash, (uint32_t)box[2], (uint32_t)box[3], HASH_SEASON(8));
    default: return hash_external(hash, t);
    }
}

static uint32_t hash_pointer(uint32_t hash, Term t) {
    WorkStack s;
    work_init(&s);
    for (;;) {
        if (term_is_cons(t)) {
            hash = hash_string(hash, &t);
            if (!term_is_cons(t)) continue;
            work_push(&s, term_tail(t));
            if (!term_is_cons(term_tail(t))) work_push(&s, MARK_TAIL);
            hash = hash_const(hash, HASH_SEASON(17));
            t = term_head(t);
            continue;
        }
        hash = term_is_boxed(t) ? hash_boxed(&s, hash, t) : hash_immediate(hash, t);
        if (work_empty(&s)) break;
        t = work_pop(&s);
        if (t == MARK_TAIL) {
            hash = hash_const(hash, HASH_SEASON(18));
            t = work_pop(&s);
        }
    }
    work_free(&s);
    return hash;
}

uint32_t brc_term_map_hash(Term key, uint32_t round) {
    uint32_t hash = round ? hash_pair(0, round, 1, HASH_SEASON(22)) ^ SALT : SALT;
    return term_is_pointer(key) ? hash_pointer(hash, key) : hash_immediate(hash, key);
}
