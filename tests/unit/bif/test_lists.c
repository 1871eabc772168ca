/* test_lists.c: the built-ins on lists and tuples. */
#include <criterion/criterion.h>
#include "abi/bif.h"
#include "bif/sliced.h"
#include "support/fakeproc.h"
#include "term/cmp.h"
#include "term/term.h"

static Proc *p;
static void setup(void) {
    p = fake_proc_new(4096);
}
static void teardown(void) {
    fake_proc_free(p);
}
TestSuite(lists, .init = setup, .fini = teardown);
TestSuite(tuples, .init = setup, .fini = teardown);

static Term n(int64_t i) {
    return BRC_SMALL(i);
}
static Term cons(Term a, Term b) {
    return term_cons(brc_ctx_alloc(p, 2), a, b);
}
static Term flt(double d) {
    return term_make_float(brc_ctx_alloc(p, 2), d);
}
static Term pair(Term a, Term b) {
    return term_tuple2(brc_ctx_alloc(p, 3), a, b);
}
/* from, from + step, ... to */
static Term seq(int64_t from, int64_t to, int64_t step, Term tail) {
    Term list = tail;
    for (int64_t i = from + (to - from) / step * step; (i - from) * step >= 0; i -= step)
        list = cons(n(i), list);
    return list;
}

#define expect_badarg(call)                                                                        \
    do {                                                                                           \
        p->freason = BRC_NIL;                                                                      \
        cr_expect_eq((call), BRC_NONE);                                                            \
        cr_expect_eq(p->freason, AM(badarg));                                                      \
    } while (0)

Test(lists, length_and_reverse) {
    cr_expect_eq(brc_bif_erlang_length_1(p, seq(1, 1000, 1, BRC_NIL)), n(1000));
    cr_expect_eq(brc_bif_erlang_length_1(p, BRC_NIL), n(0));
    expect_badarg(brc_bif_erlang_length_1(p, seq(1, 3, 1, AM(ok))));
    expect_badarg(brc_bif_erlang_length_1(p, AM(ok)));
    Term r = brc_bif_lists_reverse_2(p, seq(1, 1000, 1, BRC_NIL), AM(ok));
    cr_expect(brc_term_eq(r, seq(1000, 1, -1, AM(ok))));
    expect_badarg(brc_bif_lists_reverse_2(p, seq(1, 3, 1, AM(ok)), BRC_NIL));
}

Test(lists, append) {
    cr_expect_eq(brc_bif_erlang_append_2(p, BRC_NIL, AM(ok)), AM(ok));
    Term l = brc_bif_erlang_append_2(p, seq(1, 3, 1, BRC_NIL), seq(4, 6, 1, AM(ok)));
    cr_expect(brc_term_eq(l, seq(1, 6, 1, AM(ok))));
    expect_badarg(brc_bif_erlang_append_2(p, cons(n(1), n(2)), BRC_NIL));
    expect_badarg(brc_bif_erlang_append_2(p, AM(ok), BRC_NIL));
}

Test(lists, subtract_takes_each_once) {
    Term a = cons(n(1), cons(flt(1.0), seq(2, 5, 1, cons(n(1), BRC_NIL))));
    Term b = cons(flt(1.0), cons(n(1), cons(n(9), cons(n(4), BRC_NIL))));
    Term want = cons(n(2), cons(n(3), cons(n(5), cons(n(1), BRC_NIL))));
    cr_expect(brc_term_eq(brc_bif_erlang_subtract_2(p, a, b), want));
    cr_expect_eq(brc_bif_erlang_subtract_2(p, a, BRC_NIL), a);
    cr_expect_eq(brc_bif_erlang_subtract_2(p, a, a), BRC_NIL);
    expect_badarg(brc_bif_erlang_subtract_2(p, BRC_NIL, cons(n(1), n(2))));
    expect_badarg(brc_bif_erlang_subtract_2(p, cons(n(1), n(2)), BRC_NIL));
}

Test(lists, subtract_long) {
    Term twice = brc_long_erlang_append_2(p, seq(1, 20000, 1, BRC_NIL), seq(1, 20000, 1, BRC_NIL));
    Term even = seq(2, 20000, 2, BRC_NIL);
    Term left = brc_long_erlang_subtract_2(p, twice, even);
    cr_expect_eq(brc_bif_erlang_length_1(p, left), n(30000));
    left = brc_long_erlang_subtract_2(p, left, even);
    left = brc_long_erlang_subtract_2(p, left, even);
    cr_expect_eq(brc_bif_erlang_length_1(p, left), n(20000));
    cr_expect_eq(brc_long_erlang_subtract_2(p, seq(1, 20000, 1, BRC_NIL), twice), BRC_NIL);
}

Test(lists, member_is_exact) {
    Term l = cons(n(1), cons(pair(n(1), n(2)), cons(n(3), AM(ok))));
    cr_expect_eq(brc_bif_lists_member_2(p, n(1), l), AM(true));
    cr_expect_eq(brc_bif_lists_member_2(p, pair(n(1), n(2)), l), AM(true));
    expect_badarg(brc_bif_lists_member_2(p, flt(1.0), l));
    cr_expect_eq(brc_bif_lists_member_2(p, flt(1.0), seq(1, 9, 1, BRC_NIL)), AM(false));
}

Test(lists, key_functions_compare_with_equal) {
    Term t = pair(flt(1.0), AM(ok));
    Term l = cons(AM(ok), cons(term_tuple_begin(brc_ctx_alloc(p, 1), 0), cons(t, BRC_NIL)));
    cr_expect_eq(brc_bif_lists_keyfind_3(p, n(1), n(1), l), t);
    cr_expect_eq(brc_bif_lists_keymember_3(p, AM(ok), n(2), l), AM(true));
    cr_expect_eq(brc_bif_lists_keyfind_3(p, AM(ok), n(3), l), AM(false));
    Term s = brc_bif_lists_keysearch_3(p, flt(1.0), n(1), l);
    cr_expect(term_is_tuple_of(s, 2) && term_tuple_elements(s)[1] == t);
    expect_badarg(brc_bif_lists_keyfind_3(p, n(1), n(0), l));
    expect_badarg(brc_bif_lists_keyfind_3(p, n(1), AM(ok), l));
    expect_badarg(brc_bif_lists_keymember_3(p, n(7), n(1), cons(t, AM(ok))));
}

Test(lists, long_work_is_charged) {
    Term l = seq(1, 100000, 1, BRC_NIL);
    int64_t before = p->reds;
    brc_bif_lists_member_2(p, AM(ok), l);
    cr_expect_lt(p->reds, before - 1000);
}

Test(tuples, reading_and_changing) {
    Term t = brc_bif_erlang_list_to_tuple_1(p, seq(1, 4, 1, BRC_NIL));
    cr_expect_eq(brc_bif_erlang_tuple_size_1(p, t), n(4));
    cr_expect_eq(brc_bif_erlang_size_1(p, t), n(4));
    cr_expect_eq(brc_bif_erlang_element_2(p, n(4), t), n(4));
    expect_badarg(brc_bif_erlang_element_2(p, n(0), t));
    expect_badarg(brc_bif_erlang_element_2(p, n(5), t));
    expect_badarg(brc_bif_erlang_element_2(p, n(1), AM(ok)));
    Term u = brc_bif_erlang_setelement_3(p, n(2), t, AM(ok));
    cr_expect_eq(brc_bif_erlang_element_2(p, n(2), u), AM(ok));
    cr_expect_eq(brc_bif_erlang_element_2(p, n(2), t), n(2));
    cr_expect(brc_term_eq(brc_bif_erlang_tuple_to_list_1(p, t), seq(1, 4, 1, BRC_NIL)));
    expect_badarg(brc_bif_erlang_list_to_tuple_1(p, cons(n(1), n(2))));
}

Test(tuples, inserting_and_deleting) {
    Term t = pair(n(1), n(2));
    Term a = brc_bif_erlang_append_element_2(p, t, n(3));
    cr_expect(brc_term_eq(brc_bif_erlang_tuple_to_list_1(p, a), seq(1, 3, 1, BRC_NIL)));
    Term b = brc_bif_erlang_insert_element_3(p, n(1), t, n(0));
    cr_expect(brc_term_eq(brc_bif_erlang_tuple_to_list_1(p, b), seq(0, 2, 1, BRC_NIL)));
    cr_expect(brc_term_eq(brc_bif_erlang_insert_element_3(p, n(3), t, n(3)), a));
    expect_badarg(brc_bif_erlang_insert_element_3(p, n(4), t, n(3)));
    cr_expect(brc_term_eq(brc_bif_erlang_delete_element_2(p, n(3), a), t));
    expect_badarg(brc_bif_erlang_delete_element_2(p, n(4), a));
}

Test(tuples, making) {
    Term list = cons(pair(n(1), AM(ok)), cons(pair(n(3), n(5)), cons(pair(n(1), n(6)), BRC_NIL)));
    Term t = brc_bif_erlang_make_tuple_3(p, n(3), AM(nil), list);
    const Term *e = term_tuple_elements(t);
    cr_expect(e[0] == n(6) && e[1] == AM(nil) && e[2] == n(5));
    cr_expect(term_is_tuple_of(brc_bif_erlang_make_tuple_2(p, n(0), n(1)), 0));
    expect_badarg(brc_bif_erlang_make_tuple_2(p, n(-1), n(1)));
    expect_badarg(brc_bif_erlang_make_tuple_2(p, n(1 << 24), n(1)));
    expect_badarg(brc_bif_erlang_make_tuple_3(p, n(2), n(1), list));
    expect_badarg(brc_bif_erlang_make_tuple_3(p, n(3), n(1), AM(ok)));
}
