/* sliced.c: the built-ins of sliced.def: little work is done at once, more of it in slices. */
#include "bif/sliced.h"
#include "code/slice.h"
#include "term/bits.h"
#include "term/map.h"

enum { FEW_TERMS = 400, FEW_CELLS = 1000, FEW_BYTES = 16000, FEW_PAIRS = 1000 };

static bool few_bytes(Term t) {
    if (!term_is_boxed(t)) return true;
    const Term *box = term_box(t);
    switch (BRC_HEADER_KIND(box[0])) {
    case BRC_REFBIN: return box[1] < FEW_BYTES;
    case BRC_SUBBITS: return box[3] < BRC_SMALL(8 * FEW_BYTES);
    default: return true;
    }
}

static bool few_pairs(Term t) {
    return !term_is_map(t) || brc_term_map_size(t) < FEW_PAIRS;
}

static bool few_cells(Term t) {
    for (int n = 0; term_is_cons(t); t = term_tail(t))
        if (++n > FEW_CELLS) return false;
    return true;
}

/* left: how many more terms count as few. */
static bool few_terms(Term t, int *left) {
    for (; term_is_cons(t); t = term_tail(t)) {
        if (--*left < 0 || (term_is_pointer(term_head(t)) && !few_terms(term_head(t), left)))
            return false;
    }
    if (!term_is_boxed(t)) return true;
    if (term_is_bitstring(t)) return few_bytes(t);
    if (BRC_HEADER_KIND(term_header(t)) >= BRC_KIND_RAW)
        return BRC_HEADER_WORDS(term_header(t)) < 64;
    if (!term_is_tuple(t)) return false;
    const Term *e = term_tuple_elements(t);
    for (size_t i = 0, n = term_tuple_arity(t); i < n; i++)
        if (--*left < 0 || (term_is_pointer(e[i]) && !few_terms(e[i], left))) return false;
    return true;
}

static bool quick_first_term(const Term *a) {
    int left = FEW_TERMS;
    return few_terms(a[0], &left);
}
static bool quick_second_term(const Term *a) {
    return quick_first_term(a + 1);
}
static bool quick_first_bytes(const Term *a) {
    return few_bytes(a[0]);
}
static bool quick_copies(const Term *a) {
    return few_bytes(a[0]) && term_is_small(a[1]) && a[1] < BRC_SMALL(16);
}
static bool quick_first_list(const Term *a) {
    return few_cells(a[0]);
}
static bool quick_both_lists(const Term *a) {
    return few_cells(a[0]) && few_cells(a[1]);
}
static bool quick_first_map(const Term *a) {
    return few_pairs(a[0]);
}
static bool quick_both_maps(const Term *a) {
    return few_pairs(a[0]) && few_pairs(a[1]);
}

#define PARAMS_1 Term a
#define PARAMS_2 Term a, Term b
#define PARAMS_3 Term a, Term b, Term c
#define NAMES_1  a
#define NAMES_2  a, b
#define NAMES_3  a, b, c
#define PASS_1   a[0]
#define PASS_2   a[0], a[1]
#define PASS_3   a[0], a[1], a[2]
#define SLICED(cname, n, quick)                                                                    \
    static Term work_##cname##_##n(Proc *p, const Term *a) {                                       \
        return brc_long_##cname##_##n(p, PASS_##n);                                                \
    }                                                                                              \
    Term brc_bif_##cname##_##n(Proc *p, PARAMS_##n) {                                              \
        if (quick_##quick((Term[]){NAMES_##n})) return brc_long_##cname##_##n(p, NAMES_##n);       \
        return brc_code_slice##n(p, work_##cname##_##n, NAMES_##n);                                \
    }
#include "bif/sliced.def"
