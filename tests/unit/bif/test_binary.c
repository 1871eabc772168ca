/* test_binary.c: what random calls cannot compare with stock Erlang: which bytes are shared,
 * compiled patterns, iodata and terms in pieces. */
#include <criterion/criterion.h>
#include "abi/bif.h"
#include "../support/fakeproc.h"
#include "heap/heap.h"
#include "term/bits.h"
#include "term/etf.h"

static Term text(Proc *p, const char *s) {
    return brc_term_bin_new(p, (const uint8_t *)s, strlen(s));
}
static Term cons(Proc *p, Term head, Term tail) {
    return term_cons(brc_ctx_alloc(p, 2), head, tail);
}

static uint64_t size_of(Term t) {
    BitsView v;
    cr_assert(brc_term_bits_view(t, &v));
    cr_assert_eq(v.bit_size & 7, 0);
    return v.bit_size >> 3;
}

Test(binary, compiled_patterns_are_used_again) {
    Proc *p = fake_proc_new(4000);
    Term one = brc_bif_binary_compile_pattern_1(p, text(p, "ab"));
    Term several = brc_bif_binary_compile_pattern_1(
        p, cons(p, text(p, "cd"), cons(p, text(p, "bcde"), BRC_NIL)));
    cr_assert_eq(term_tuple_elements(one)[0], AM(bm));
    cr_assert_eq(term_tuple_elements(several)[0], AM(ac));
    p->x[0] = one, p->x[1] = several;
    brc_heap_major_gc(p, 0, 2);
    brc_heap_check(p, 2);
    Term hay = text(p, "xabcdex");
    const Term *at = term_tuple_elements(brc_bif_binary_match_2(p, hay, p->x[0]));
    cr_assert(at[0] == BRC_SMALL(1) && at[1] == BRC_SMALL(2));
    at = term_tuple_elements(brc_bif_binary_match_2(p, hay, p->x[1]));
    cr_assert(at[0] == BRC_SMALL(2) && at[1] == BRC_SMALL(4)); /* leftmost, then longest */
    Term crossed = term_tuple2(brc_ctx_alloc(p, 3), AM(bm), term_tuple_elements(p->x[1])[1]);
    cr_assert_eq(brc_bif_binary_match_2(p, hay, crossed), BRC_NONE);
    fake_proc_free(p); /* drops the patterns */
}

Test(binary, many_texts_with_all_bytes) {
    Proc *p = fake_proc_new(20000);
    Term list = BRC_NIL;
    uint8_t hay[256];
    for (unsigned i = 0; i < 256; i++) {
        const uint8_t pair[2] = {(uint8_t)i, (uint8_t)(i + 1)};
        hay[i] = (uint8_t)(255 - i);
        if (i != 100) list = cons(p, brc_term_bin_new(p, pair, 2), list);
    }
    hay[200] = 100, hay[201] = 101;
    Term subject = brc_term_bin_new(p, hay, 256);
    cr_assert_eq(brc_bif_binary_match_2(p, subject, list), AM(nomatch));
    hay[202] = 102;
    const Term *at =
        term_tuple_elements(brc_bif_binary_match_2(p, brc_term_bin_new(p, hay, 256), list));
    cr_assert(at[0] == BRC_SMALL(201) && at[1] == BRC_SMALL(2));
    fake_proc_free(p);
}

Test(binary, parts_share_and_copies_do_not) {
    Proc *p = fake_proc_new(4000);
    Term large = brc_term_bin_new(p, NULL, 1000);
    Term part = brc_bif_binary_part_3(p, large, BRC_SMALL(1), BRC_SMALL(500));
    cr_assert_eq(brc_bif_binary_referenced_byte_size_1(p, part), BRC_SMALL(1000));
    Term copy = brc_bif_binary_copy_1(p, part);
    cr_assert_eq(brc_bif_binary_referenced_byte_size_1(p, copy), BRC_SMALL(500));
    Term small = brc_bif_binary_part_3(p, large, BRC_SMALL(1), BRC_SMALL(5));
    cr_assert_eq(brc_bif_binary_referenced_byte_size_1(p, small), BRC_SMALL(5));
    cr_assert_eq(brc_bif_erlang_iolist_to_binary_1(p, large), large);
    fake_proc_free(p);
}

Test(binary, iodata_in_pieces) {
    Proc *p = fake_proc_new(4000);
    Term large = brc_term_bin_new(p, NULL, 1000), small = text(p, "abc");
    Term list = cons(p, BRC_SMALL(1), cons(p, large, cons(p, small, cons(p, small, BRC_NIL))));
    Term v = brc_bif_erlang_iolist_to_iovec_1(p, list);
    cr_assert_eq(brc_term_list_length(v), 3);
    cr_assert_eq(size_of(term_head(v)), 256); /* filled up from the large one */
    v = term_tail(v);
    cr_assert_eq(size_of(term_head(v)), 745);
    cr_assert_eq(size_of(term_head(term_tail(v))), 6);
    cr_assert_eq(brc_bif_erlang_iolist_to_iovec_1(p, BRC_NIL), BRC_NIL);
    cr_assert_eq(brc_bif_erlang_iolist_to_iovec_1(p, text(p, "")), BRC_NIL);
    cr_assert_eq(brc_bif_erlang_iolist_to_iovec_1(p, AM(ok)), BRC_NONE);
    brc_heap_check(p, 0);
    fake_proc_free(p);
}

Test(binary, terms_in_pieces) {
    Proc *p = fake_proc_new(4000);
    Term large = brc_term_bin_new(p, NULL, 500);
    Term odd = brc_term_bits_sub(p, brc_term_bin_new(p, NULL, 101), 0, 803);
    Term t = cons(p, brc_term_bin_new(p, NULL, 64), cons(p, large, cons(p, odd, BRC_NIL)));
    Term v = brc_bif_erlang_term_to_iovec_1(p, t);
    static const uint64_t sizes[] = {80, 500, 6, 100, 2};
    for (size_t i = 0; i < 5; i++, v = term_tail(v))
        cr_assert_eq(size_of(term_head(v)), sizes[i]);
    cr_assert_eq(v, BRC_NIL);
    Term all = brc_bif_erlang_iolist_to_binary_1(p, brc_bif_erlang_term_to_iovec_1(p, t));
    cr_assert_eq(size_of(all), size_of(brc_bif_erlang_term_to_binary_1(p, t)));
    cr_assert_eq(term_head(brc_bif_erlang_term_to_iovec_1(p, BRC_NIL)) != BRC_NONE, true);
    brc_heap_check(p, 0);
    fake_proc_free(p);
}

Test(binary, options_are_checked) {
    Proc *p = fake_proc_new(4000);
    Term foo = cons(p, AM(ok), BRC_NIL);
    cr_assert_eq(brc_bif_erlang_term_to_binary_2(p, BRC_NIL, foo), BRC_NONE);
    cr_assert_eq(brc_bif_erlang_external_size_2(p, BRC_NIL, foo), BRC_NONE);
    cr_assert_eq(brc_bif_erlang_binary_to_term_2(p, text(p, "\203j"), foo), BRC_NONE);
    cr_assert_eq(term_tuple_elements(p->ftrace)[0], AM(badopt));
    cr_assert_eq(brc_bif_erlang_binary_to_term_2(p, text(p, "\203j"), BRC_NIL), BRC_NIL);
    fake_proc_free(p);
}
