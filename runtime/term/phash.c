/* phash.c: erlang:phash, OTP's older portable hash: every byte is taken in as
 * hash * prime + byte, the primes telling the kinds of terms apart. A list of bytes takes one step
 * a byte; a list's tail that is no cell is hashed and then closed by a product. */
#include "term/hash.h"
#include "term/hash_mix.h"
#include "term/workstack.h"

static const uint32_t prime[] = {0,         268440163, 268439161, 268435459, 268436141,
                                 268438633, 268437017, 268438039, 268437511, 268439627,
                                 268440479, 268440577, 268440581, 268440593, 268440611};

#define MARK_REST  BRC_HEADER(15, 1) /* below it: a list's tail */
#define MARK_END   BRC_HEADER(15, 2) /* a tail has been hashed */
#define MARK_TUPLE BRC_HEADER(15, 3) /* below it: the arity of a tuple whose elements are done */

static uint32_t step_u32(uint32_t hash, uint32_t n, uint32_t by) {
    for (int i = 0; i < 4; i++, n >>= 8)
        hash = hash * by + (n & 0xFF);
    return hash;
}

static uint32_t hash_integer(uint32_t hash, Term t) {
    HashLimbs l;
    hash_limbs(t, &l);
    for (size_t i = 0; i < l.n; i++) {
        hash = step_u32(hash, (uint32_t)l.limb[i], prime[2]);
        uint32_t high = (uint32_t)(l.limb[i] >> 32);
        if (high || i + 1 < l.n) hash = step_u32(hash, high, prime[2]);
    }
    return hash * prime[l.negative ? 4 : 3];
}

static uint32_t hash_bits(uint32_t hash, Term t) {
    BitsView v;
    brc_term_bits_view(t, &v);
    const uint8_t *at = v.data + (v.bit_offset >> 3);
    unsigned shift = (unsigned)(v.bit_offset & 7), rest = (unsigned)(v.bit_size & 7);
    size_t size = (size_t)(v.bit_size >> 3);
    for (size_t i = 0; i < size; i++) {
        unsigned byte = at[i];
        if (shift) byte = (byte << shift | (unsigned)at[i + 1] >> (8 - shift)) & 0xFF;
        hash = hash * prime[1] + byte;
    }
    if (rest) {
        unsigned byte = (unsigned)at[size] << shift;
        if (shift + rest > 8) byte |= (unsigned)at[size + 1] >> (8 - shift);
        hash = (hash * prime[1] + ((byte & 0xFF) >> (8 - rest))) * prime[12] + rest;
    }
    return hash * prime[4] + (uint32_t)size;
}

static uint32_t hash_port(uint32_t hash, uint32_t low, uint32_t high) {
    if (high) hash = step_u32(hash, high, prime[11]);
    return step_u32(hash, low, prime[9]) * prime[10];
}

static uint32_t hash_immediate(uint32_t hash, Term t) {
    if (term_is_small(t)) return hash_integer(hash, t);
    if (term_is_atom(t)) return hash * prime[1] + brc_term_atom_text_hash(t);
    if (term_is_nil(t)) return hash * prime[3] + 1;
    if (term_is_local_pid(t)) return step_u32(hash, hash_pid_number(t), prime[5]) * prime[6];
    return hash_port(hash, (uint32_t)hash_port_number(t), (uint32_t)(hash_port_number(t) >> 32));
}

static uint32_t hash_fun(uint32_t hash, Term t) {
    const FunEntry *f = term_fun_entry(t);
    uint32_t module = brc_term_atom_text_hash(f->module);
    if (f->index < 0) {
        hash = (hash * prime[11] + f->arity) * prime[1] + module;
        return hash * prime[1] + brc_term_atom_text_hash(f->name);
    }
    hash = (hash * prime[10] + f->nfree) * prime[1] + module;
    hash = hash * prime[2] + (uint32_t)f->index;
    return hash * prime[2] + f->old_uniq;
}

static uint32_t hash_boxed(WorkStack *s, uint32_t hash, Term t) {
    const Term *box = term_box(t);
    size_t words = BRC_HEADER_WORDS(box[0]);
    switch (term_kind(t)) {
    case BRC_TUPLE:
        work_push(s, (Term)words);
        work_push(s, MARK_TUPLE);
        work_push_array(s, box + 1, words);
        return hash;
    case BRC_FLATMAP:
    case BRC_HASHMAP: return hash * prime[13] + prime[14] + brc_term_phash2(t);
    case BRC_FUN: work_push_array(s, box + 2, words - 1); return hash_fun(hash, t);
    case BRC_HEAPBIN:
    case BRC_REFBIN:
    case BRC_SUBBITS: return hash_bits(hash, t);
    case BRC_BIGPOS:
    case BRC_BIGNEG: return hash_integer(hash, t);
    case BRC_FLOAT: {
        uint64_t bits = hash_float_bits(t);
        return hash * prime[6] + ((uint32_t)bits ^ (uint32_t)(bits >> 32));
    }
    case BRC_REF: return step_u32(hash, (uint32_t)box[1], prime[9]) * prime[10];
    default:
        if (term_is_external_of(t, 0))
            return step_u32(hash, hash_ext_word(t, 0), prime[5]) * prime[6];
        if (term_is_external_of(t, 1))
            return hash_port(hash, hash_ext_word(t, 0), hash_ext_word(t, 1));
        return step_u32(hash, hash_ext_word(t, 0), prime[9]) * prime[10];
    }
}

/* The bytes at the start of a list; pushes what comes after the term that is returned. */
static Term open_list(WorkStack *s, uint32_t *hash, Term t) {
    while (term_is_cons(t) && hash_is_byte(term_head(t))) {
        *hash = *hash * prime[2] + (uint32_t)term_small(term_head(t));
        t = term_tail(t);
    }
    if (!term_is_cons(t)) {
        work_push(s, MARK_END);
        return t;
    }
    work_push(s, term_tail(t));
    work_push(s, MARK_REST);
    return term_head(t);
}

uint32_t brc_term_phash(Term t) {
    WorkStack s;
    work_init(&s);
    uint32_t hash = 0;
    for (;;) {
        while (term_is_cons(t))
            t = open_list(&s, &hash, t);
        hash = term_is_boxed(t) ? hash_boxed(&s, hash, t) : hash_immediate(hash, t);
        for (;;) {
            if (work_empty(&s)) {
                work_free(&s);
                return hash;
            }
            t = work_pop(&s);
            if (t == MARK_TUPLE) {
                hash = hash * prime[9] + (uint32_t)work_pop(&s);
            } else if (t == MARK_END) {
                hash *= prime[8];
            } else if (t == MARK_REST) {
                t = work_pop(&s);
                if (!term_is_cons(t)) work_push(&s, MARK_END);
                break;
            } else {
                break;
            }
        }
    }
}
