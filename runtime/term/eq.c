/* eq.c: =:= and ==. The words of two terms are compared pairwise; equal words need no look, and
 * what is left of an array while its element is looked at waits on a stack (term/ranges.h). A
 * list's tail is an array of one, so a long list takes no stack.
 *
 * Large maps with the same keys have tries of the same shape (term/hamt.c), so tries are
 * compared node by node. */
#include "term/cmp.h"
#include "term/cmp_parts.h"
#include "term/int_view.h"
#include "term/ranges.h"

/* Outcome of looking at two terms whose words differ. */
typedef enum Step { DIFFERENT, SAME, INSIDE } Step;

static Step inside(Range *next, const Term *a, const Term *b, size_t n, uint32_t mode) {
    *next = (Range){a, b, n, mode, NULL};
    return n > 0 ? INSIDE : SAME;
}

static bool eq_floats(Term a, Term b) {
    return term_float(a) == term_float(b);
}

static Step numbers(Term a, Term b, uint32_t mode) {
    if (mode & RANGE_EXACT || !term_is_number(a) || !term_is_number(b)) return DIFFERENT;
    return brc_term_cmp_numbers(a, b) == 0 ? SAME : DIFFERENT;
}

/* Two objects of one kind. */
static Step boxed(Ranges *s, Range *next, Term a, Term b, uint32_t mode) {
    const Term *x = term_box(a), *y = term_box(b);
    switch (BRC_HEADER_KIND(x[0])) {
    case BRC_TUPLE:
        return x[0] == y[0] ? inside(next, x + 1, y + 1, BRC_HEADER_WORDS(x[0]), mode) : DIFFERENT;
    case BRC_FLATMAP:
        if (x[0] != y[0]) return DIFFERENT;
        if (BRC_HEADER_WORDS(x[0]) > 1)
            ranges_push(s, (Range){x + 2, y + 2, BRC_HEADER_WORDS(x[0]) - 1, mode, NULL});
        return inside(next, x + 1, y + 1, 1, RANGE_EXACT);
    case BRC_HASHMAP:
        return x[1] == y[1] ? inside(next, x + 2, y + 2, 1, mode | RANGE_NODES) : DIFFERENT;
    case BRC_FUN: {
        const FunEntry *f = (const FunEntry *)x[1], *g = (const FunEntry *)y[1];
        if (brc_term_cmp_fun_entries(f, g) != 0) return DIFFERENT;
        return inside(next, x + 2, y + 2, f->index < 0 ? 0 : f->nfree, mode);
    }
    case BRC_FLOAT: return eq_floats(a, b) ? SAME : DIFFERENT;
    case BRC_BIGPOS:
    case BRC_BIGNEG:
        return x[0] == y[0] && memcmp(x + 1, y + 1, BRC_HEADER_WORDS(x[0]) * sizeof *x) == 0
                   ? SAME
                   : DIFFERENT;
    case BRC_REF: return memcmp(x + 1, y + 1, 3 * sizeof *x) == 0 ? SAME : DIFFERENT;
    case BRC_EXTERNAL:
        return x[0] == y[0] && memcmp(x + 1, y + 1, BRC_HEADER_WORDS(x[0]) * sizeof *x) == 0
                   ? SAME
                   : DIFFERENT;
    default: return DIFFERENT;
    }
}

/* Children of two nodes at the same place: leaves or nodes. */
static Step trie(Ranges *s, Range *next, Term a, Term b, uint32_t mode) {
    if (term_is_cons(a)) {
        if (!term_is_cons(b)) return DIFFERENT;
        const Term *x = term_cell(a), *y = term_cell(b);
        ranges_push(s, (Range){x + 1, y + 1, 1, mode & ~(uint32_t)RANGE_NODES, NULL});
        return inside(next, x, y, 1, RANGE_EXACT);
    }
    if (!term_is_boxed(b)) return DIFFERENT;
    const Term *x = term_box(a), *y = term_box(b);
    if (x[0] != y[0] || x[1] != y[1]) return DIFFERENT;
    return inside(next, x + 2, y + 2, BRC_HEADER_WORDS(x[0]) - 1, mode);
}

/* a and b are different words. */
static Step look(Ranges *s, Range *next, Term a, Term b, uint32_t mode) {
    if (mode & RANGE_NODES) return trie(s, next, a, b, mode);
    if (term_is_cons(a)) {
        if (!term_is_cons(b)) return DIFFERENT;
        const Term *x = term_cell(a), *y = term_cell(b);
        /* Runs along both lists as long as their heads are the same words. */
        while (x[0] == y[0]) {
            if (x[1] == y[1]) return SAME;
            if (!term_is_cons(x[1]) || !term_is_cons(y[1])) break;
            x = term_cell(x[1]), y = term_cell(y[1]);
        }
        return inside(next, x, y, 2, mode);
    }
    if (!term_is_boxed(a) || !term_is_boxed(b)) return numbers(a, b, mode);
    if (BRC_HEADER_KIND(term_header(a)) != BRC_HEADER_KIND(term_header(b))) {
        if (term_is_bitstring(a) && term_is_bitstring(b))
            return brc_term_eq_bitstrings(a, b) ? SAME : DIFFERENT;
        return numbers(a, b, mode);
    }
    if (term_is_bitstring(a)) return brc_term_eq_bitstrings(a, b) ? SAME : DIFFERENT;
    return boxed(s, next, a, b, mode);
}

static bool equal(Term a, Term b, uint32_t mode) {
    Ranges s;
    Range r = {&a, &b, 1, mode, NULL}, next = {0};
    bool same = true;
    ranges_init(&s);
    for (;;) {
        while (r.n > 0 && *r.a == *r.b)
            r.a++, r.b++, r.n--;
        if (r.n == 0) {
            if (s.used == 0) break;
            r = s.at[--s.used];
            continue;
        }
        Term x = *r.a++, y = *r.b++;
        while (--r.n > 0 && *r.a == *r.b)
            r.a++, r.b++;
        uint32_t here = r.mode;
        if (r.n > 0) ranges_push(&s, r);
        Step step = look(&s, &next, x, y, here);
        if (step == DIFFERENT) {
            same = false;
            break;
        }
        r = next;
        if (step == SAME) r.n = 0;
    }
    ranges_free(&s);
    return same;
}

/* Two whole binaries on the heap, the commonest keys: -1 where they are anything else. */
static int same_heapbins(Term a, Term b) {
    if (term_is_cons(b)) return 0;
    if (term_kind(a) != BRC_HEAPBIN || term_kind(b) != BRC_HEAPBIN) return -1;
    const Term *x = term_box(a), *y = term_box(b);
    return x[1] == y[1] && memcmp(x + 2, y + 2, x[1]) == 0;
}

/* Lists as far as their heads are the same words: strings to their ends. -1: *a and *b are where it
 * takes more. */
static int same_run(Term *a, Term *b) {
    while (term_is_cons(*a) && term_is_cons(*b)) {
        const Term *x = term_cell(*a), *y = term_cell(*b);
        if (x[0] != y[0]) return term_is_pointer(x[0]) && term_is_pointer(y[0]) ? -1 : 0;
        *a = x[1], *b = y[1];
        if (*a == *b) return 1;
    }
    return term_is_pointer(*a) && term_is_pointer(*b) ? -1 : 0;
}

/* Small tuples, by their words: 0 or 1, or -1 where more than one pair of elements takes a look.
 * With one such pair that becomes *a and *b: -2. */
static int same_tuples(Term *a, Term *b) {
    enum { MOST = 8 };
    const Term *x = term_box(*a), *y = term_box(*b);
    size_t n = BRC_HEADER_WORDS(x[0]), open = 0, at = 0;
    if (x[0] != y[0]) return 0;
    if (n > MOST) return -1;
    for (size_t i = n; i > 0; i--) {
        if (x[i] == y[i]) continue;
        if (!term_is_pointer(x[i]) || !term_is_pointer(y[i])) return 0;
        at = i, open++;
    }
    if (open != 1) return open == 0 ? 1 : -1;
    *a = x[at], *b = y[at];
    return -2;
}

static int same_quickly(Term *a, Term *b) {
    if (!term_is_pointer(*a) || !term_is_pointer(*b)) return 0;
    if (term_is_cons(*a)) return same_run(a, b);
    if (term_is_cons(*b)) return 0;
    return term_kind(*a) == BRC_TUPLE ? same_tuples(a, b) : same_heapbins(*a, *b);
}

bool brc_term_eq(Term a, Term b) {
    if (a == b) return true;
    int quick;
    do
        quick = same_quickly(&a, &b);
    while (quick == -2);
    return quick >= 0 ? quick : equal(a, b, RANGE_EXACT);
}

bool brc_term_equal(Term a, Term b) {
    if (a == b) return true;
    if (!term_is_pointer(a) && !term_is_pointer(b)) return false;
    return equal(a, b, 0);
}
