/* test_cmp.c: the order of terms of different kinds, of identifiers, of very deep terms and of
 * large maps. Random terms are compared in test_against_erl.c. */
#include <criterion/criterion.h>
#include "support/fakeproc.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/map.h"

static void expect_less(Term a, Term b) {
    cr_expect_eq(brc_term_compare(a, b), -1);
    cr_expect_eq(brc_term_compare(b, a), 1);
    cr_expect_eq(brc_term_compare_exact(a, b), -1);
    cr_expect_eq(brc_term_compare_exact(b, a), 1);
    cr_expect_not(brc_term_eq(a, b) || brc_term_equal(b, a));
}

static void expect_same(Term a, Term b) {
    cr_expect_eq(brc_term_compare(a, b), 0);
    cr_expect_eq(brc_term_compare_exact(b, a), 0);
    cr_expect(brc_term_eq(a, b) && brc_term_equal(a, b));
}

static Term external(Proc *p, int kind, Term node, int64_t creation, int64_t low, int64_t high) {
    Term *at = brc_ctx_alloc(p, 6);
    at[0] = BRC_HEADER(BRC_EXTERNAL, 5);
    at[1] = BRC_SMALL(kind), at[2] = node, at[3] = BRC_SMALL(creation);
    at[4] = BRC_SMALL(low), at[5] = BRC_SMALL(high);
    return term_make_boxed(at);
}

static Term local_pid(uint64_t slot, uint64_t serial) {
    return (serial << 28 | slot) << 6 | BRC_TAG_PID;
}

static Term ref(Proc *p, Term a, Term b, Term c) {
    Term *at = brc_ctx_alloc(p, 4);
    at[0] = BRC_HEADER(BRC_REF, 3);
    at[1] = a, at[2] = b, at[3] = c;
    return term_make_boxed(at);
}

static FunEntry local_fun = {.module = AM(erlang), .arity = 1, .index = 3, .nfree = 1};
static FunEntry external_fun = {.module = AM(erlang), .name = AM(ok), .arity = 1, .index = -1};

static Term fun(Proc *p, const FunEntry *e, Term free_variable) {
    Term *at = brc_ctx_alloc(p, 3);
    size_t n = e->index < 0 ? 1 : 2;
    at[0] = BRC_HEADER(BRC_FUN, n);
    at[1] = (Term)e;
    at[2] = free_variable;
    return term_make_boxed(at);
}

Test(cmp, kinds_in_order) {
    Proc *p = fake_proc_new(4096);
    Term terms[] = {
        BRC_SMALL(5),
        AM(ok),
        ref(p, 1, 2, 3),
        ref(p, 0, 3, 3),
        fun(p, &local_fun, BRC_SMALL(1)),
        fun(p, &local_fun, BRC_SMALL(2)),
        fun(p, &external_fun, 0),
        (Term)7 << 6 | BRC_TAG_PORT,
        local_pid(9, 0),
        local_pid(1, 1),
        term_tuple2(brc_ctx_alloc(p, 3), BRC_SMALL(1), BRC_SMALL(2)),
        brc_term_map_put(p, brc_term_map_empty(), AM(ok), AM(ok)),
        BRC_NIL,
        term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(1), BRC_NIL),
        brc_term_bin_new(p, (const uint8_t *)"a", 1),
    };
    size_t n = sizeof terms / sizeof *terms;
    for (size_t i = 0; i < n; i++) {
        expect_same(terms[i], terms[i]);
        for (size_t j = i + 1; j < n; j++)
            expect_less(terms[i], terms[j]);
    }
    expect_same(ref(p, 4, 5, 6), ref(p, 4, 5, 6));
    expect_same(fun(p, &local_fun, AM(ok)), fun(p, &local_fun, AM(ok)));
    fake_proc_free(p);
}

Test(cmp, identifiers_of_other_nodes) {
    Proc *p = fake_proc_new(4096);
    Term node = brc_term_atom_intern("a@b", 3), later = brc_term_atom_intern("z@b", 3);
    expect_same(external(p, 0, node, 1, 5, 0), external(p, 0, node, 1, 5, 0));
    expect_less(external(p, 0, node, 1, 5, 0), external(p, 0, node, 2, 5, 0));
    expect_less(external(p, 0, later, 1, 5, 0), external(p, 0, node, 1, 6, 0));
    expect_less(external(p, 0, node, 1, 9, 0), external(p, 0, node, 1, 5, 1));
    expect_less(local_pid(4, 0), external(p, 0, node, 1, 5, 0));
    expect_less(external(p, 0, node, 1, 3, 0), local_pid(4, 0));
    expect_less(external(p, 1, node, 1, 6, 0), external(p, 1, later, 1, 5, 0));
    expect_less(external(p, 1, node, 1, 6, 0), (Term)1 << 6 | BRC_TAG_PORT);
    expect_less(external(p, 2, node, 1, 6, 0), ref(p, 1, 2, 3));
    expect_less(ref(p, 1, 2, 3), external(p, 2, later, 1, 6, 0));
    fake_proc_free(p);
}

/* [[[...]]] and {x, {x, ...}}: deeper than any C stack. */
static Term nested(Proc *p, int depth, bool tuples, Term innermost) {
    Term t = innermost;
    for (int i = 0; i < depth; i++) {
        t = tuples ? term_tuple2(brc_ctx_alloc(p, 3), t,
                                 term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(i), BRC_NIL))
                   : term_cons(brc_ctx_alloc(p, 2), t, BRC_NIL);
    }
    return t;
}

Test(cmp, depth) {
    Proc *p = fake_proc_new(4096);
    for (int tuples = 0; tuples < 2; tuples++) {
        Term a = nested(p, 1000000, tuples, BRC_SMALL(1)),
             b = nested(p, 1000000, tuples, BRC_SMALL(1));
        expect_same(a, b);
        expect_less(a, nested(p, 1000000, tuples, BRC_SMALL(2)));
    }
    fake_proc_free(p);
}

static Term map_of(Proc *p, int64_t n, Term value) {
    Term map = brc_term_map_empty();
    for (int64_t i = 1; i <= n; i++)
        map = brc_term_map_put(p, map, BRC_SMALL(i), value);
    return map;
}

Test(cmp, large_maps) {
    Proc *p = fake_proc_new(1 << 16);
    Term one = BRC_SMALL(1), one_float = term_make_float(brc_ctx_alloc(p, 2), 1.0);
    Term a = map_of(p, 100, one), b = map_of(p, 101, one);
    expect_less(a, b);
    expect_less(map_of(p, 32, AM(ok)), a);
    Term c = brc_term_map_remove(p, b, BRC_SMALL(101));
    expect_same(a, c);
    /* A smaller key decides before any value does. */
    Term d = brc_term_map_remove(p, b, BRC_SMALL(50));
    d = brc_term_map_put(p, d, BRC_SMALL(1), AM(ok));
    expect_less(a, d);
    /* Of values, that of the smallest key. */
    Term e = brc_term_map_put(p, brc_term_map_put(p, a, BRC_SMALL(7), BRC_SMALL(0)), BRC_SMALL(9),
                              AM(ok));
    expect_less(e, a);
    /* 1 and 1.0 are the same as values, but not as keys. */
    Term f = map_of(p, 100, one_float);
    cr_expect(brc_term_equal(a, f) && !brc_term_eq(a, f));
    cr_expect_eq(brc_term_compare(a, f), 0);
    cr_expect_eq(brc_term_compare_exact(a, f), -1);
    Term g = brc_term_map_put(p, brc_term_map_remove(p, a, one), one_float, one);
    cr_expect_not(brc_term_equal(a, g));
    cr_expect_eq(brc_term_compare(a, g), -1); /* all keys that are integers come first */
    fake_proc_free(p);
}
