/* cmp_parts.c: comparing what has no terms inside. An integer and a float are compared as the exact
 * numbers they stand for, so that the order of all numbers is a total one. */
#include "term/cmp_parts.h"
#include "term/cmp.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/int_view.h"
#include <math.h>

Term brc_term_this_node = AM(nonode_nohost);
uint32_t brc_term_this_creation = 0;
_Atomic(uint32_t) brc_term_pid_most[2] = {(1u << 15) - 1, (1u << 13) - 1};

#define ORDER(x, y) (((x) > (y)) - ((x) < (y)))

/* ---- numbers ---- */

static int cmp_big_double(Term a, double f) {
    IntView v;
    int_view(a, &v);
    if (fabs(f) < 0x1p61 || v.negative != (f < 0)) return v.negative ? -1 : 1;
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(f), &exponent), 53), limbs[17] = {0};
    unsigned shift = (unsigned)exponent - 53; /* at least 8 */
    limbs[shift / 64] = mantissa << shift % 64;
    if (shift % 64 > 11) limbs[shift / 64 + 1] = mantissa >> (64 - shift % 64);
    int c = brc_limbs_compare(v.limbs, v.n, limbs, brc_limbs_length(limbs, 17));
    return v.negative ? -c : c;
}

static int cmp_int_double(Term a, double f) {
    if (!term_is_small(a)) return cmp_big_double(a, f);
    int64_t n = term_small(a);
    if (fabs(f) < 0x1p53) return ORDER((double)n, f); /* rounding n cannot carry it past f */
    if (f >= 0x1p61) return -1;
    if (f < -0x1p61) return 1;
    return ORDER(n, (int64_t)f);
}

int brc_term_cmp_numbers(Term a, Term b) {
    if (term_is_float(a)) {
        double x = term_float(a);
        return term_is_float(b) ? ORDER(x, term_float(b)) : -cmp_int_double(b, x);
    }
    if (term_is_float(b)) return cmp_int_double(a, term_float(b));
    return brc_term_int_compare(a, b);
}

/* ---- identifiers ---- */

/* The words that tell an identifier from others, most significant first, with its node. */
typedef struct Id {
    Term node;
    uint64_t creation;
    uint64_t words[5];
} Id;

static void external_id(Term t, Id *id) {
    const Term *at = term_box(t);
    size_t n = BRC_HEADER_WORDS(at[0]) - 3;
    *id = (Id){at[2], (uint64_t)term_small(at[3]), {0}};
    for (size_t i = 0; i < n && i < 5; i++)
        id->words[4 - i] = (uint64_t)term_small(at[4 + i]);
}

static void pidlike_id(Term t, Id *id) {
    if (term_is_boxed(t)) {
        external_id(t, id);
        return;
    }
    *id = (Id){brc_term_this_node, brc_term_this_creation, {0}};
    id->words[3] = t >> 34;
    id->words[4] = t >> 6 & ((1u << 28) - 1);
}

static void ref_id(Term t, Id *id) {
    if (term_is_kind(t, BRC_EXTERNAL)) {
        external_id(t, id);
        return;
    }
    const Term *at = term_box(t);
    *id = (Id){brc_term_this_node, brc_term_this_creation, {0, 0, at[3], at[2], at[1]}};
}

static int cmp_nodes(const Id *a, const Id *b) {
    if (a->node != b->node) return brc_term_atom_compare(a->node, b->node);
    return ORDER(a->creation, b->creation);
}

static int cmp_words(const Id *a, const Id *b) {
    for (int i = 0; i < 5; i++) {
        if (a->words[i] != b->words[i]) return a->words[i] < b->words[i] ? -1 : 1;
    }
    return 0;
}

/* Pids of different nodes are in the order of their numbers first, ports and references in that
 * of their nodes. */
int brc_term_cmp_pids(Term a, Term b) {
    Id x, y;
    pidlike_id(a, &x);
    pidlike_id(b, &y);
    int c = cmp_words(&x, &y);
    return c ? c : cmp_nodes(&x, &y);
}

int brc_term_cmp_ports(Term a, Term b) {
    Id x, y;
    pidlike_id(a, &x);
    pidlike_id(b, &y);
    int c = cmp_nodes(&x, &y);
    return c ? c : cmp_words(&x, &y);
}

int brc_term_cmp_refs(Term a, Term b) {
    Id x, y;
    ref_id(a, &x);
    ref_id(b, &y);
    int c = cmp_nodes(&x, &y);
    return c ? c : cmp_words(&x, &y);
}

int brc_term_cmp_fun_entries(const FunEntry *a, const FunEntry *b) {
    if (a == b) return 0;
    bool a_external = a->index < 0, b_external = b->index < 0;
    if (a_external != b_external) return a_external ? 1 : -1;
    int c = brc_term_atom_compare(a->module, b->module);
    if (c) return c;
    if (a_external) {
        c = brc_term_atom_compare(a->name, b->name);
        return c ? c : ORDER(a->arity, b->arity);
    }
    if (a->index != b->index) return ORDER(a->index, b->index);
    if (a->old_uniq != b->old_uniq) return ORDER((int32_t)a->old_uniq, (int32_t)b->old_uniq);
    return ORDER(a->nfree, b->nfree);
}

/* ---- bits ---- */

static bool is_heapbin(Term t) {
    return BRC_HEADER_KIND(term_header(t)) == BRC_HEAPBIN;
}

int brc_term_cmp_bitstrings(Term a, Term b) {
    if (is_heapbin(a) && is_heapbin(b)) {
        const Term *x = term_box(a), *y = term_box(b);
        int c = memcmp(x + 2, y + 2, x[1] < y[1] ? x[1] : y[1]);
        return c ? ORDER(c, 0) : ORDER(x[1], y[1]);
    }
    BitsView x, y;
    brc_term_bits_view(a, &x);
    brc_term_bits_view(b, &y);
    return ORDER(brc_term_bits_compare(&x, &y), 0);
}

bool brc_term_eq_bitstrings(Term a, Term b) {
    if (is_heapbin(a) && is_heapbin(b)) {
        const Term *x = term_box(a), *y = term_box(b);
        return x[1] == y[1] && memcmp(x + 2, y + 2, x[1]) == 0;
    }
    BitsView x, y;
    brc_term_bits_view(a, &x);
    brc_term_bits_view(b, &y);
    return x.bit_size == y.bit_size && brc_term_bits_compare(&x, &y) == 0;
}
