/* test_packed.c: constants kept as bytes become the terms they stand for, once. */
#include "abi/atoms.h"
#include "abi/packed.h"
#include "term/cmp.h"
#include "term/term.h"
#include <criterion/criterion.h>

/* {300, [a, 1 | b], {}} and 5 and [] */
static const uint8_t bytes[] = {
    3 << 2 | PACKED_TUPLE, (300 << 2 & 0x7F) | 0x80, 300 << 2 >> 7,        2 << 2 | PACKED_LIST,
    0 << 2 | PACKED_WORD,  1 << 2 | PACKED_SMALL,    1 << 2 | PACKED_WORD, 0 << 2 | PACKED_TUPLE,
    5 << 2 | PACKED_SMALL, 2 << 2 | PACKED_WORD};
static const uint32_t at[] = {0, 8, 9};
static const Term words[] = {AM(true), AM(false), BRC_NIL};
static _Atomic(Term) made[3];
static const Packed packed = {bytes, at, words, made};

Test(packed, terms) {
    Term t = brc_code_packed(&packed, 0);
    cr_assert(t < BRC_LITERAL_LIMIT, "a literal");
    cr_assert_eq(term_tuple_arity(t), 3);
    const Term *e = term_tuple_elements(t);
    cr_assert_eq(e[0], BRC_SMALL(300));
    cr_assert_eq(term_head(e[1]), AM(true));
    cr_assert_eq(term_head(term_tail(e[1])), BRC_SMALL(1));
    cr_assert_eq(term_tail(term_tail(e[1])), AM(false));
    cr_assert_eq(term_tuple_arity(e[2]), 0);
    cr_assert_eq(brc_code_packed(&packed, 0), t, "made once");
}

Test(packed, immediates) {
    cr_assert_eq(brc_code_packed(&packed, 1), BRC_SMALL(5));
    cr_assert_eq(brc_code_packed(&packed, 2), BRC_NIL);
}
