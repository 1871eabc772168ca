/* test_shared.c: checksums, atomics, counters and persistent terms. */
#include <criterion/criterion.h>
#include <stdio.h>
#include "abi/bif.h"
#include "support/fakeproc.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/int.h"
#include "term/map.h"

static Proc *p;
static void setup(void) {
    p = fake_proc_new(4096);
}
static void teardown(void) {
    fake_proc_free(p);
}
TestSuite(checksum, .init = setup, .fini = teardown);
TestSuite(atomics, .init = setup, .fini = teardown);
TestSuite(persistent, .init = setup, .fini = teardown);

static Term n(int64_t i) {
    return BRC_SMALL(i);
}
static Term cons(Term a, Term b) {
    return term_cons(brc_ctx_alloc(p, 2), a, b);
}
static Term bin(const char *s) {
    return brc_term_bin_new(p, (const uint8_t *)s, strlen(s));
}
/* <<"hello world">> as deep iodata with an improper tail. */
static Term hello(void) {
    return cons(n('h'),
                cons(cons(bin("ell"), BRC_NIL), cons(cons(n('o'), BRC_NIL), bin(" world"))));
}

static void expect_digest(Term t, const char *hex) {
    BitsView v;
    char got[33];
    cr_assert(brc_term_bits_view(t, &v) && v.bit_size == 128);
    for (int i = 0; i < 16; i++)
        snprintf(got + 2 * i, 3, "%02x", v.data[i]);
    cr_expect_str_eq(got, hex);
}

Test(checksum, crc32_and_adler32) {
    cr_expect_eq(brc_bif_erlang_crc32_1(p, hello()), n(0x0d4a1185));
    cr_expect_eq(brc_bif_erlang_adler32_1(p, hello()), n(0x1a0b045d));
    Term a = brc_bif_erlang_crc32_1(p, bin("hello")), b = brc_bif_erlang_crc32_1(p, bin(" world"));
    cr_expect_eq(brc_bif_erlang_crc32_2(p, a, bin(" world")), n(0x0d4a1185));
    cr_expect_eq(brc_bif_erlang_crc32_combine_3(p, a, b, n(6)), n(0x0d4a1185));
    cr_expect_eq(brc_bif_erlang_crc32_1(p, BRC_NIL), n(0));
    cr_expect_eq(brc_bif_erlang_adler32_1(p, BRC_NIL), n(1));
    cr_expect_eq(brc_bif_erlang_crc32_1(p, AM(ok)), BRC_NONE);
    cr_expect_eq(brc_bif_erlang_crc32_1(p, cons(n(256), BRC_NIL)), BRC_NONE);
    cr_expect_eq(brc_bif_erlang_crc32_2(p, n(-1), BRC_NIL), BRC_NONE);
}

Test(checksum, bits_that_start_inside_a_byte) {
    uint8_t shifted[] = {0x0d, 0x0c, 0xad, 0x8d, 0x8d, 0xe0}; /* "hello" after 3 bits */
    Term whole = brc_term_bin_new(p, shifted, sizeof shifted);
    Term bits = brc_term_bits_sub(p, whole, 3, 40);
    cr_expect_eq(brc_bif_erlang_crc32_1(p, bits), brc_bif_erlang_crc32_1(p, bin("hello")));
}

Test(checksum, md5) {
    expect_digest(brc_bif_erlang_md5_1(p, BRC_NIL), "d41d8cd98f00b204e9800998ecf8427e");
    expect_digest(brc_bif_erlang_md5_1(p, hello()), "5eb63bbbe01eeed093cb22bb8f5acdc3");
    Term context = brc_bif_erlang_md5_init_0(p);
    for (int i = 0; i < 100; i++)
        context = brc_bif_erlang_md5_update_2(p, context, bin("0123456"));
    expect_digest(brc_bif_erlang_md5_final_1(p, context), "667dc7e9916ac2f1c2d127a77cddd4ea");
    cr_expect_eq(brc_bif_erlang_md5_update_2(p, bin("short"), BRC_NIL), BRC_NONE);
}

Test(atomics, signed_and_unsigned) {
    Term s = brc_bif_erts_internal_atomics_new_2(p, n(2), n(1));
    Term u = brc_bif_erts_internal_atomics_new_2(p, n(2), n(0));
    Term top = brc_term_int_from_u64(p, UINT64_MAX), most = brc_term_int_from_i64(p, INT64_MAX);
    cr_expect_eq(brc_bif_atomics_get_2(p, s, n(1)), n(0));
    cr_expect_eq(brc_bif_atomics_add_get_3(p, s, n(1), n(-5)), n(-5));
    cr_expect(brc_term_eq(brc_bif_atomics_add_get_3(p, u, n(2), n(-1)), top));
    cr_expect_eq(brc_bif_atomics_put_3(p, s, n(2), most), AM(ok));
    Term wrapped = brc_bif_atomics_add_get_3(p, s, n(2), n(1));
    cr_expect(brc_term_eq(wrapped, brc_term_int_from_i64(p, INT64_MIN)));
    cr_expect_eq(brc_bif_atomics_put_3(p, s, n(1), top), BRC_NONE);
    cr_expect_eq(brc_bif_atomics_put_3(p, u, n(1), n(-1)), BRC_NONE);
    cr_expect_eq(brc_bif_atomics_get_2(p, s, n(0)), BRC_NONE);
    cr_expect_eq(brc_bif_atomics_get_2(p, s, n(3)), BRC_NONE);
    cr_expect_eq(brc_bif_atomics_get_2(p, AM(ok), n(1)), BRC_NONE);
    cr_expect_eq(brc_bif_atomics_exchange_3(p, s, n(1), n(8)), n(-5));
    cr_expect_eq(brc_bif_atomics_compare_exchange_4(p, s, n(1), n(7), n(9)), n(8));
    cr_expect_eq(brc_bif_atomics_compare_exchange_4(p, s, n(1), n(8), n(9)), AM(ok));
    cr_expect_eq(brc_term_map_get(brc_bif_atomics_info_1(p, s), AM(size)), n(2));
    cr_expect_eq(brc_bif_erts_internal_atomics_new_2(p, n(0), n(1)), BRC_NONE);
}

Test(atomics, counters) {
    Term c = brc_bif_erts_internal_counters_new_1(p, n(20));
    for (int64_t i = 1; i <= 20; i++)
        cr_expect_eq(brc_bif_erts_internal_counters_put_3(p, c, n(i), n(i)), AM(ok));
    for (int64_t i = 1; i <= 20; i++)
        brc_bif_erts_internal_counters_add_3(p, c, n(i), n(-2 * i));
    for (int64_t i = 1; i <= 20; i++)
        cr_expect_eq(brc_bif_erts_internal_counters_get_2(p, c, n(i)), n(-i));
    cr_expect_eq(brc_bif_erts_internal_counters_get_2(p, c, n(21)), BRC_NONE);
    Term a = brc_bif_erts_internal_atomics_new_2(p, n(1), n(1));
    cr_expect_eq(brc_bif_erts_internal_counters_get_2(p, a, n(1)), BRC_NONE);
    cr_expect_eq(brc_bif_atomics_get_2(p, c, n(1)), BRC_NONE);
}

Test(persistent, put_get_erase) {
    Term key = cons(AM(ok), bin("key")), value = cons(bin("a value"), cons(n(1), BRC_NIL));
    cr_expect_eq(brc_bif_persistent_term_get_2(p, key, n(7)), n(7));
    cr_expect_eq(brc_bif_persistent_term_get_1(p, key), BRC_NONE);
    cr_expect_eq(brc_bif_persistent_term_put_2(p, key, value), AM(ok));
    Term got = brc_bif_persistent_term_get_1(p, cons(AM(ok), bin("key")));
    cr_expect(term_is_literal(got) && brc_term_eq(got, value));
    cr_expect_eq(brc_bif_persistent_term_put_new_2(p, key, n(1)), BRC_NONE);
    cr_expect_eq(brc_bif_persistent_term_put_new_2(p, key, value), AM(ok));
    cr_expect_eq(brc_bif_persistent_term_erase_1(p, key), AM(true));
    cr_expect_eq(brc_bif_persistent_term_erase_1(p, key), AM(false));
    cr_expect_eq(brc_bif_persistent_term_get_1(p, key), BRC_NONE);
}

Test(persistent, many) {
    for (int64_t i = 0; i < 5000; i++)
        brc_bif_persistent_term_put_2(p, n(i), n(i + 1));
    for (int64_t i = 0; i < 5000; i += 2)
        brc_bif_persistent_term_erase_1(p, n(i));
    for (int64_t i = 0; i < 5000; i++)
        cr_assert_eq(brc_bif_persistent_term_get_2(p, n(i), AM(nil)), i % 2 ? n(i + 1) : AM(nil));
    cr_expect_eq(brc_term_list_length(brc_bif_persistent_term_get_0(p)), 2500);
    Term info = brc_bif_persistent_term_info_0(p);
    cr_expect_eq(brc_term_map_get(info, AM(count)), n(2500));
}
