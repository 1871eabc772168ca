/* test_etf.c: external terms to literals, their printing, and what is refused. */
#include "beam/etf.h"
#include "beam/print.h"
#include "build.h"

#include <criterion/criterion.h>

static Lit *read_term(const void *bytes, size_t size, char **error) {
    ReadFail *fail = mem_new(ReadFail);
    fail->path = "t";
    uint8_t *copy = mem_alloc_atomic(size ? size : 1);
    memcpy(copy, bytes, size);
    Reader r = {fail, "LitT", copy, size, 0};
    *error = NULL;
    if (setjmp(fail->out)) {
        *error = fail->message;
        return NULL;
    }
    return etf_read(&r);
}

static void prints(const void *bytes, size_t size, const char *wanted) {
    char *error;
    Lit *l = read_term(bytes, size, &error);
    cr_assert_not_null(l, "%s", error);
    Text t = {0};
    print_lit(&t, l);
    cr_assert_str_eq(t.at, wanted);
}

static void refused(const void *bytes, size_t size, const char *wanted) {
    char *error;
    cr_assert_null(read_term(bytes, size, &error));
    cr_assert(strstr(error, wanted), "%s", error);
}

#define TERM(s) (s), sizeof(s) - 1

Test(etf, numbers) {
    prints(TERM("a\377"), "255");
    prints(TERM("b\377\377\377\377"), "-1");
    prints(TERM("b\200\0\0\0"), "-2147483648");
    prints(TERM("n\1\1\5"), "-5");
    prints(TERM("n\10\0\377\377\377\377\377\377\377\177"), "9223372036854775807");
    prints(TERM("n\10\1\0\0\0\0\0\0\0\200"), "-9223372036854775808");
    prints(TERM("n\10\0\0\0\0\0\0\0\0\200"), "9223372036854775808");
    prints(TERM("n\11\1\0\0\0\0\0\0\0\0\1"), "-18446744073709551616");
    prints(TERM("o\0\0\0\3\0\0\0\1"), "65536");
    prints(TERM("n\15\0\0\0\0\240\312\27\162\155\256\17\36\103\1"),
           "100000000000000000000000000000");
    prints(TERM("F\77\370\0\0\0\0\0\0"), "1.5");
    prints(TERM("F\200\0\0\0\0\0\0\0"), "-0.0");
    prints(TERM("F\104\200\360\317\6\115\325\222"), "1.0e22");
    prints(TERM("F\77\271\231\231\231\231\231\232"), "0.1");
    prints(TERM("F\0\0\0\0\0\0\0\1"), "5.0e-324");
    prints(TERM("c1.50000000000000000000e+00\0\0\0\0\0"), "1.5");
}

Test(etf, atoms_and_binaries) {
    prints(TERM("w\2ok"), "ok");
    prints(TERM("d\0\1\344"), "'ä'");
    prints(TERM("s\3end"), "'end'");
    prints(TERM("v\0\5a b'c"), "'a b\\'c'");
    prints(TERM("m\0\0\0\2hi"), "<<\"hi\">>");
    prints(TERM("m\0\0\0\0"), "<<>>");
    prints(TERM("M\0\0\0\2\3\1\377"), "<<1,7:3>>");
}

Test(etf, containers) {
    prints(TERM("j"), "[]");
    prints(TERM("k\0\2hi"), "\"hi\"");
    prints(TERM("k\0\2\1\2"), "[1,2]");
    prints(TERM("k\0\0"), "[]");
    prints(TERM("l\0\0\0\1a\1a\2"), "[1|2]");
    prints(TERM("l\0\0\0\0w\1x"), "x");
    prints(TERM("h\2w\1aj"), "{a,[]}");
    prints(TERM("i\0\0\0\0"), "{}");
    prints(TERM("t\0\0\0\1w\1ka\1"), "#{k => 1}");
    prints(TERM("qw\5listsw\3mapa\2"), "fun lists:map/2");
}

Test(etf, tails_go_on_in_the_same_node) {
    char *error;
    Lit *l = read_term(TERM("l\0\0\0\1a\1l\0\0\0\1a\2k\0\2\3\4"), &error);
    cr_assert_eq(l->kind, LIT_CONS);
    cr_assert_eq(l->count, 5);
    cr_assert_eq(l->items[3]->i, 4);
    cr_assert_eq(l->items[4]->kind, LIT_NIL);
}

Test(etf, refusals) {
    refused(TERM(""), "ends too early");
    refused(TERM("b\0\0"), "ends too early");
    refused(TERM("i\377\377\377\377j"), "cannot fit");
    refused(TERM("l\377\377\377\377j"), "cannot fit");
    refused(TERM("t\377\377\377\377j"), "cannot fit");
    refused(TERM("m\377\377\377\377j"), "ends too early");
    refused(TERM("F\177\360\0\0\0\0\0\0"), "not finite");
    refused(TERM("cnan\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "not finite");
    refused(TERM("w\1\377"), "not UTF-8");
    refused(TERM("w\3\355\240\200"), "not UTF-8");
    refused(TERM("M\0\0\0\1\11\377"), "bits in the last");
    refused(TERM("n\1\2\1"), "sign");
    refused(TERM("Xw\1a\0\0\0\1\0\0\0\2\0\0\0\3"), "external tag 88");
    refused(TERM("qw\1aa\1a\1"), "M:F/A");
    refused(TERM("t\0\0\0\2w\1ka\1w\1ka\2"), "a key twice");
    refused(TERM("t\0\0\0\2h\1k\0\1xa\1h\1l\0\0\0\1axja\2"), "a key twice");
}

Test(etf, deep_nesting_is_refused_not_followed) {
    Bytes b = {0};
    for (int i = 0; i < 2000; i++)
        put_raw(&b, "h\1", 2);
    put_u8(&b, 'j');
    refused(b.at, b.count, "deeper");
    b.count = 0;
    for (int i = 0; i < 900; i++)
        put_raw(&b, "h\1", 2);
    put_u8(&b, 'j');
    char *error;
    cr_assert_not_null(read_term(b.at, b.count, &error));
}

Test(etf, equal_terms_have_equal_hashes) {
    char *error;
    Lit *a = read_term(TERM("t\0\0\0\2w\1ka\1w\1ll\0\0\0\1a\3j"), &error);
    Lit *b = read_term(TERM("t\0\0\0\2w\1lk\0\1\3w\1kb\0\0\0\1"), &error);
    Lit *c = read_term(TERM("t\0\0\0\2w\1lk\0\1\4w\1kb\0\0\0\1"), &error);
    cr_assert(lit_equal(a, b));
    cr_assert_eq(a->hash, b->hash);
    cr_assert(!lit_equal(a, c));
}

Test(etf, integers_of_bytes) {
    const uint8_t minus[] = {0xFF, 0, 0, 0, 0, 0, 0, 0, 0};
    Lit *l = etf_integer_bytes(minus, sizeof minus);
    cr_assert_eq(l->kind, LIT_BIG);
    cr_assert(l->negative);
    cr_assert_eq(l->count, 2);
    cr_assert_eq(l->limbs[0], 0);
    cr_assert_eq(l->limbs[1], 1);
    const uint8_t least[] = {0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0};
    l = etf_integer_bytes(least, sizeof least);
    cr_assert_eq(l->kind, LIT_INT);
    cr_assert_eq(l->i, INT64_MIN);
}
