/* cmp.c: the order of all terms:
 *
 *   number < atom < reference < fun < port < pid < tuple < map < nil < list < bitstring
 *
 * As in term/eq.c, arrays of words are compared pairwise, the rest of each waiting on a stack. In
 * the exact order, which the keys of maps have, every integer comes before every float.
 *
 * Maps: the smaller first; then by their keys in order, exactly; then by the values in the order of
 * the keys. Small maps lie in that order already; large ones are put in arrays and sorted. */
#include "term/cmp.h"
#include "term/cmp_parts.h"
#include "term/atom.h"
#include "term/map.h"
#include "term/ranges.h"

#define ORDER(x, y) (((x) > (y)) - ((x) < (y)))
#define DESCEND     2 /* outcome of a look besides -1, 0, 1: go on with *next */

enum Rank {
    RANK_NUMBER,
    RANK_ATOM,
    RANK_REF,
    RANK_FUN,
    RANK_PORT,
    RANK_PID,
    RANK_TUPLE,
    RANK_MAP,
    RANK_NIL,
    RANK_LIST,
    RANK_BITS,
};

static enum Rank boxed_rank(Term t) {
    switch (BRC_HEADER_KIND(term_header(t))) {
    case BRC_TUPLE: return RANK_TUPLE;
    case BRC_FLATMAP:
    case BRC_HASHMAP: return RANK_MAP;
    case BRC_FUN: return RANK_FUN;
    case BRC_EXTERNAL: return term_is_pid(t) ? RANK_PID : term_is_port(t) ? RANK_PORT : RANK_REF;
    case BRC_FLOAT:
    case BRC_BIGPOS:
    case BRC_BIGNEG: return RANK_NUMBER;
    case BRC_REF: return RANK_REF;
    default: return RANK_BITS;
    }
}

static enum Rank rank(Term t) {
    switch (t & BRC_TAG_MASK) {
    case BRC_TAG_SMALL: return RANK_NUMBER;
    case BRC_TAG_LIST: return RANK_LIST;
    case BRC_TAG_BOXED: return boxed_rank(t);
    default: break;
    }
    if (term_is_atom(t)) return RANK_ATOM;
    if (term_is_local_pid(t)) return RANK_PID;
    return term_is_local_port(t) ? RANK_PORT : RANK_NIL;
}

static int descend(Range *next, const Term *a, const Term *b, size_t n, uint32_t mode) {
    *next = (Range){a, b, n, mode, NULL};
    return n > 0 ? DESCEND : 0;
}

static int numbers(Term a, Term b, uint32_t mode) {
    if (mode & RANGE_EXACT) {
        bool af = term_is_float(a), bf = term_is_float(b);
        if (af != bf) return af ? 1 : -1;
    }
    return brc_term_cmp_numbers(a, b);
}

/* ---- maps ---- */

typedef struct Pair {
    Term key, value;
} Pair;

static int pair_order(const void *a, const void *b) {
    return brc_term_compare_exact(((const Pair *)a)->key, ((const Pair *)b)->key);
}

/* The n keys of a map in order at to[0..n), their values at to[n..2n). */
static void sorted_pairs(Term map, size_t n, Term *to) {
    Pair *pairs = malloc(n * sizeof *pairs);
    if (!pairs) brc_base_panic("out of memory (comparing maps)");
    MapIter it;
    brc_term_map_iter(&it, map);
    for (size_t i = 0; i < n && brc_term_map_next(&it, &pairs[i].key, &pairs[i].value);)
        i++;
    qsort(pairs, n, sizeof *pairs, pair_order);
    for (size_t i = 0; i < n; i++)
        to[i] = pairs[i].key, to[n + i] = pairs[i].value;
    free(pairs);
}

static int hashmaps(Ranges *s, Range *next, Term a, Term b, size_t n, uint32_t mode) {
    if (brc_term_eq(a, b)) return 0;
    Term *x = malloc(4 * n * sizeof *x), *y = x + 2 * n;
    if (!x) brc_base_panic("out of memory (comparing maps)");
    sorted_pairs(a, n, x);
    sorted_pairs(b, n, y);
    ranges_push(s, (Range){x + n, y + n, n, mode, x});
    return descend(next, x, y, n, RANGE_EXACT);
}

static int maps(Ranges *s, Range *next, Term a, Term b, uint32_t mode) {
    size_t n = brc_term_map_size(a), m = brc_term_map_size(b);
    if (n != m) return ORDER(n, m);
    if (n == 0) return 0;
    if (term_kind(a) != BRC_FLATMAP || term_kind(b) != BRC_FLATMAP)
        return hashmaps(s, next, a, b, n, mode);
    const Term *x = term_box(a), *y = term_box(b);
    ranges_push(s, (Range){x + 2, y + 2, n, mode, NULL});
    if (x[1] == y[1]) return 0;
    return descend(next, term_tuple_elements(x[1]), term_tuple_elements(y[1]), n, RANGE_EXACT);
}

/* ---- the rest ---- */

static int lists(Range *next, Term a, Term b, uint32_t mode) {
    const Term *x = term_cell(a), *y = term_cell(b);
    while (x[0] == y[0] && term_is_cons(x[1]) && term_is_cons(y[1])) {
        if (x[1] == y[1]) return 0;
        x = term_cell(x[1]), y = term_cell(y[1]);
    }
    return descend(next, x, y, 2, mode);
}

static int funs(Range *next, Term a, Term b, uint32_t mode) {
    const FunEntry *f = term_fun_entry(a);
    int c = brc_term_cmp_fun_entries(f, term_fun_entry(b));
    if (c) return c;
    return descend(next, term_box(a) + 2, term_box(b) + 2, f->index < 0 ? 0 : f->nfree, mode);
}

static int tuples(Range *next, Term a, Term b, uint32_t mode) {
    size_t n = term_tuple_arity(a), m = term_tuple_arity(b);
    if (n != m) return ORDER(n, m);
    return descend(next, term_tuple_elements(a), term_tuple_elements(b), n, mode);
}

static inline int look(Ranges *s, Range *next, Term a, Term b, uint32_t mode) {
    if (((a | b) & BRC_TAG_MASK) == BRC_TAG_SMALL) return ORDER((STerm)a, (STerm)b);
    if (term_is_tuple(a) && term_is_tuple(b)) return tuples(next, a, b, mode);
    if (term_is_float(a) && term_is_float(b)) return ORDER(term_float(a), term_float(b));
    enum Rank ra = rank(a), rb = rank(b);
    if (ra != rb) return ra < rb ? -1 : 1;
    switch (ra) {
    case RANK_NUMBER: return numbers(a, b, mode);
    case RANK_ATOM: return brc_term_atom_compare(a, b);
    case RANK_REF: return brc_term_cmp_refs(a, b);
    case RANK_FUN: return funs(next, a, b, mode);
    case RANK_PORT: return brc_term_cmp_ports(a, b);
    case RANK_PID: return brc_term_cmp_pids(a, b);
    case RANK_TUPLE: return tuples(next, a, b, mode);
    case RANK_MAP: return maps(s, next, a, b, mode);
    case RANK_LIST: return lists(next, a, b, mode);
    case RANK_BITS: return brc_term_cmp_bitstrings(a, b);
    default: return 0;
    }
}

static int compare(Term a, Term b, uint32_t mode) {
    Ranges s;
    Range r = {&a, &b, 1, mode, NULL}, next = {0};
    int c = 0;
    ranges_init(&s);
    for (;;) {
        while (r.n > 0 && *r.a == *r.b)
            r.a++, r.b++, r.n--;
        if (r.n == 0) {
            if (r.owned) free(r.owned);
            if (s.used == 0) break;
            r = s.at[--s.used];
            continue;
        }
        Term x = *r.a++, y = *r.b++;
        uint32_t here = r.mode;
        if (--r.n > 0 || r.owned) {
            ranges_push(&s, r);
            r.owned = NULL;
        }
        c = look(&s, &next, x, y, here);
        if (c != 0 && c != DESCEND) break;
        r = next;
        if (c == 0) r.n = 0, r.owned = NULL;
        c = 0;
    }
    ranges_free(&s);
    return c;
}

/* What one look decides; of tuples of one size, the first elements that differ. */
static inline int order(Term a, Term b, uint32_t mode) {
    for (;;) {
        if (a == b) return 0;
        if (((a | b) & BRC_TAG_MASK) == BRC_TAG_SMALL) return (STerm)a < (STerm)b ? -1 : 1;
        if (term_is_atom(a) && term_is_atom(b)) return brc_term_atom_compare(a, b);
        if (!term_is_tuple(a) || !term_is_tuple(b)) return compare(a, b, mode);
        const Term *x = term_box(a), *y = term_box(b);
        size_t n = BRC_HEADER_WORDS(x[0]), i = 1;
        if (x[0] != y[0]) return ORDER(x[0], y[0]);
        while (i <= n && x[i] == y[i])
            i++;
        if (i > n) return 0;
        if (i < n && (term_is_pointer(x[i]) || term_is_pointer(y[i]))) return compare(a, b, mode);
        a = x[i], b = y[i];
    }
}

int brc_term_compare(Term a, Term b) {
    if (term_is_float(a) && term_is_float(b)) return ORDER(term_float(a), term_float(b));
    return order(a, b, 0);
}

int brc_term_compare_exact(Term a, Term b) {
    return order(a, b, RANGE_EXACT);
}
