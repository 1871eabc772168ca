/* hash.c: erlang:phash2, bit for bit as OTP computes it, since programs store its results and
 * compare them between nodes.
 *
 * One running 32-bit hash takes in one part of the term after the other; parts still to come wait
 * on a stack. A map's pairs must count whatever their order, so each pair gets a hash of its own
 * and these are xor'ed; header words, which are no terms, mark on the stack where a pair and
 * where a map ends. */
#include "term/hash.h"
#include "ctx/slice.h"
#include "term/atom.h"
#include "term/hash_mix.h"
#include "term/workstack.h"

#define MARK_PAIR BRC_HEADER(15, 1)
#define MARK_MAP  BRC_HEADER(15, 2) /* below it: the outer hash and the outer map's xor */

uint32_t brc_term_atom_text_hash(Term atom) {
    size_t len;
    const uint8_t *s = (const uint8_t *)brc_term_atom_text(atom, &len);
    uint32_t h = 0;
    for (size_t i = 0; i < len; i++) {
        uint8_t c = s[i];
        if (i + 1 < len && (c & 0xFE) == 0xC2 && (s[i + 1] & 0xC0) == 0x80)
            c = (uint8_t)(c << 6 | (s[++i] & 0x3F));
        h = (h << 4) + c;
        uint32_t high = h & 0xF0000000u;
        h ^= high >> 24;
        h ^= high;
    }
    return h;
}

static uint32_t hash_small(uint32_t hash, Term t) {
    int64_t v = term_small(t);
    if (v < -(1 << 27) || v >= 1 << 27) return hash_big(hash, t);
    if (v < 0) hash = hash_word(hash, (uint32_t)-v, HASH_SEASON(1));
    return hash_word(hash, (uint32_t)v, HASH_SEASON(1));
}

/* Four characters of a string at a time; *t becomes the rest: a cell whose head is no byte, or
 * the tail. */
static uint32_t hash_string(uint32_t hash, Term *t, size_t *work) {
    uint32_t four = 0;
    unsigned n = 0;
    while (term_is_cons(*t) && hash_is_byte(term_head(*t))) {
        four = (four << 8) + (uint32_t)term_small(term_head(*t));
        if (++n == 4) {
            hash = hash_word(hash, four, HASH_SEASON(4));
            four = n = 0;
            ++*work;
        }
        *t = term_tail(*t);
    }
    return n ? hash_word(hash, four, HASH_SEASON(4)) : hash;
}

/* A fun's own part; its free variables follow as terms. */
static uint32_t hash_fun(uint32_t hash, Term t) {
    const FunEntry *f = term_fun_entry(t);
    uint32_t module = brc_term_atom_text_hash(f->module);
    if (f->index < 0) {
        hash = hash_pair(hash, f->arity, module, HASH_SEASON(1));
        return hash_word(hash, brc_term_atom_text_hash(f->name), HASH_SEASON(14));
    }
    hash = hash_pair(hash, f->nfree, module, HASH_SEASON(1));
    return hash_pair(hash, (uint32_t)f->index, f->old_uniq, HASH_SEASON(1));
}

static uint32_t hash_external(uint32_t hash, Term t) {
    if (term_is_external_of(t, 0)) return hash_word(hash, hash_ext_word(t, 0), HASH_SEASON(5));
    if (term_is_external_of(t, 1))
        return hash_pair(hash, hash_ext_word(t, 0), hash_ext_word(t, 1), HASH_SEASON(6));
    return hash_word(hash, hash_ext_word(t, 0), HASH_SEASON(7));
}

static uint32_t hash_immediate(uint32_t hash, Term t) {
    if (term_is_small(t)) return hash_small(hash, t);
    if (term_is_atom(t)) {
        uint32_t h = brc_term_atom_text_hash(t);
        return hash == 0 ? h : hash_word(hash, h, HASH_SEASON(3));
    }
    if (term_is_nil(t)) return hash == 0 ? 3468870702u : hash_word(hash, 2, HASH_SEASON(2));
    if (term_is_local_pid(t)) return hash_word(hash, hash_pid_number(t), HASH_SEASON(5));
    return hash_u64(hash, hash_port_number(t), HASH_SEASON(6));
}

static void push_pair(WorkStack *s, Term key, Term value) {
    work_push(s, MARK_PAIR);
    work_push(s, value);
    work_push(s, key);
}

static void push_node(WorkStack *s, Term node) {
    const Term *n = term_box(node);
    for (size_t i = 2; i <= BRC_HEADER_WORDS(n[0]); i++) {
        if (term_is_cons(n[i]))
            push_pair(s, term_head(n[i]), term_tail(n[i]));
        else
            work_push(s, n[i]);
    }
}

/* Begins a map: what was hashed so far waits below its pairs. */
static void push_map(WorkStack *s, Term t, uint32_t hash, uint32_t pairs) {
    const Term *m = term_box(t);
    work_push(s, pairs);
    work_push(s, hash);
    work_push(s, MARK_MAP);
    if (term_kind(t) == BRC_HASHMAP) {
        push_node(s, m[2]);
    } else {
        const Term *keys = term_tuple_elements(m[1]);
        for (size_t i = term_tuple_arity(m[1]); i-- > 0;)
            push_pair(s, keys[i], m[2 + i]);
    }
}

uint32_t brc_term_phash2(Term t) {
    size_t work = 0;
    return brc_term_phash2_work(t, &work);
}

uint32_t brc_term_phash2_work(Term t, size_t *work) {
    if (!term_is_pointer(t)) return hash_immediate(0, t);
    WorkStack s;
    work_init(&s);
    uint32_t hash = 0, pairs = 0;
    for (;; ++*work) {
        brc_ctx_pause(20);
        if (term_is_cons(t)) {
            hash = hash_string(hash, &t, work);
            if (!term_is_cons(t)) continue;
            work_push(&s, term_tail(t));
            t = term_head(t);
            continue;
        }
        const Term *box = term_box(t); /* meaningless unless boxed */
        switch (term_kind(t)) {
        case -1: hash = hash_immediate(hash, t); break;
        case BRC_TUPLE:
            hash = hash_word(hash, (uint32_t)term_tuple_arity(t), HASH_SEASON(9));
            work_push_array(&s, box + 1, term_tuple_arity(t));
            break;
        case BRC_FLATMAP:
        case BRC_HASHMAP: {
            size_t n =
                term_kind(t) == BRC_HASHMAP ? (size_t)term_small(box[1]) : term_tuple_arity(box[1]);
            hash = hash_word(hash, (uint32_t)n, HASH_SEASON(16));
            if (n == 0) break;
            push_map(&s, t, hash, pairs);
            hash = pairs = 0;
            break;
        }
        case BRC_HNODE: push_node(&s, t); break;
        case BRC_FUN:
            hash = hash_fun(hash, t);
            work_push_array(&s, box + 2, BRC_HEADER_WORDS(box[0]) - 1);
            break;
        case BRC_HEAPBIN:
        case BRC_REFBIN:
        case BRC_SUBBITS:
            *work += (size_t)(BRC_HEADER_KIND(box[0]) == BRC_SUBBITS ? box[3] / 512 : box[1] / 16);
            hash = hash_bitstring(t, hash, 0xFFFFFFFF);
            break;
        case BRC_BIGPOS:
        case BRC_BIGNEG: hash = hash_big(hash, t); break;
        case BRC_FLOAT: {
            uint64_t bits = hash_float_bits(t);
            hash = hash_pair(hash, (uint32_t)(bits >> 32), (uint32_t)bits, HASH_SEASON(12));
            break;
        }
        case BRC_REF: hash = hash_word(hash, (uint32_t)box[1], HASH_SEASON(7)); break;
        case BRC_EXTERNAL: hash = hash_external(hash, t); break;
        }
        for (;;) {
            if (work_empty(&s)) {
                work_free(&s);
                return hash;
            }
            t = work_pop(&s);
            if (t == MARK_PAIR) {
                pairs ^= hash;
                hash = 0;
            } else if (t == MARK_MAP) {
                hash = hash_word((uint32_t)work_pop(&s), pairs, HASH_SEASON(19));
                pairs = (uint32_t)work_pop(&s);
            } else {
                break;
            }
        }
    }
}
