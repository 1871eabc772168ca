/* test_bs_build.c: fields put into bitstrings, against the model and against matching; appending in
 * place; the reasons of failures. */
#include "../support/fakeproc.h"
#include "bits_model.h"
#include "heap/heap.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/int.h"
#include "term/map.h"
#include <criterion/criterion.h>
#include <stdio.h>

static unsigned built_bit(Term t, uint64_t at) {
    BitsView v;
    brc_term_bits_view(t, &v);
    return model_bit(v.data, v.bit_offset + at);
}

/* Bit i of n's endless two's complement. */
static unsigned integer_bit(Term n, uint64_t i) {
    if (term_is_small(n)) return (unsigned)(term_small(n) >> (i > 63 ? 63 : i)) & 1;
    const uint64_t *limbs = term_box(n) + 1;
    uint64_t count = BRC_HEADER_WORDS(term_header(n));
    bool negative = term_kind(n) == BRC_BIGNEG, below = false;
    unsigned bit = i < 64 * count ? limbs[i >> 6] >> (i & 63) & 1 : 0;
    for (uint64_t j = 0; j < i && j < 64 * count; j++)
        below |= limbs[j >> 6] >> (j & 63) & 1;
    return negative ? (below ? !bit : bit) : bit;
}

static Term random_integer(Proc *p) {
    uint64_t limbs[3] = {model_random(), model_random(), model_random()};
    size_t n = model_below(4);
    if (n != 0 && model_below(3) == 0) limbs[0] = 0;
    if (n != 0 && model_below(3) == 0) limbs[n - 1] >>= model_below(64);
    return brc_term_int_from_limbs(p, limbs, n, model_below(2));
}

Test(bs_build, integers) {
    static const unsigned flags[] = {0, BRC_BS_LITTLE, BRC_BS_NATIVE, BRC_BS_SIGNED};
    for (uint64_t n = 0; n <= 260; n++)
        for (uint64_t at = 0; at < 16; at++) {
            Proc *p = fake_proc_new(4000);
            Term v = random_integer(p);
            unsigned f = flags[model_below(4)];
            cr_assert(brc_bs_begin(p, at + n + 3));
            cr_assert(brc_bs_put_integer(p, BRC_SMALL(-1), at, 0));
            cr_assert(brc_bs_put_integer(p, v, n, f));
            cr_assert(brc_bs_put_integer(p, BRC_SMALL(5), 3, 0));
            Term t = brc_bs_end(p);
            BitsView view;
            cr_assert(brc_term_bits_view(t, &view));
            cr_assert_eq(view.bit_size, at + n + 3);
            for (uint64_t i = 0; i < at; i++)
                cr_assert_eq(built_bit(t, i), 1);
            for (uint64_t i = 0; i < n; i++)
                cr_assert_eq(built_bit(t, at + model_place(i, n, f == 2 || f == 16)),
                             integer_bit(v, i), "bit %lu of %lu at %lu, flags %u", i, n, at, f);
            cr_assert(built_bit(t, at + n) && !built_bit(t, at + n + 1) &&
                      built_bit(t, at + n + 2));
            brc_heap_check(p, 0);
            fake_proc_free(p);
        }
}

static void check_float(double d, unsigned bits, const char *hex) {
    Proc *p = fake_proc_new(1000);
    char got[17] = "";
    cr_assert(brc_bs_begin(p, bits));
    cr_assert(brc_bs_put_float(p, term_make_float(brc_ctx_alloc(p, 2), d), bits, 0));
    BitsView v;
    brc_term_bits_view(brc_bs_end(p), &v);
    for (unsigned i = 0; i < bits / 8; i++)
        sprintf(got + 2 * i, "%02X", v.data[i]);
    cr_assert_str_eq(got, hex, "%g in %u bits", d, bits);
    fake_proc_free(p);
}

Test(bs_build, floats_as_otp_25_writes_them) {
    check_float(1.5, 64, "3FF8000000000000");
    check_float(1.0e300, 32, "7F800000");
    check_float(1.0e300, 16, "7C00");
    check_float(-65520.0, 16, "FC00");
    check_float(65519.99, 16, "7BFF");
    check_float(6.0e-8, 16, "0001");
    check_float(1.0 + 1.0 / 2048 + 1.0e-12, 16, "3C01"); /* one rounding, not two */
    check_float(1.0 + 1.0 / 2048, 16, "3C00");
    check_float(0x1.ff8p-15, 16, "03FF");
    check_float(0x1.ffcp-15, 16, "0400");
    check_float(-0.0, 16, "8000");
}

Test(bs_build, half_floats_come_back) {
    Proc *p = fake_proc_new(100000);
    for (unsigned h = 0; h < 0x10000; h++) {
        if ((h & 0x7C00) == 0x7C00) continue;
        cr_assert(brc_bs_begin(p, 16));
        cr_assert(brc_bs_put_integer(p, BRC_SMALL(h), 16, 0));
        Term f = brc_bs_get_float(p, brc_bs_start_match(p, brc_bs_end(p)), 16, 0);
        cr_assert(brc_bs_begin(p, 16));
        cr_assert(brc_bs_put_float(p, f, 16, 0));
        Term back = brc_bs_get_integer(p, brc_bs_start_match(p, brc_bs_end(p)), 16, 0);
        cr_assert_eq(back, BRC_SMALL(h));
        p->hp = p->heap;
    }
    fake_proc_free(p);
}

Test(bs_build, characters) {
    Proc *p = fake_proc_new(1000);
    cr_assert_eq(brc_bs_utf8_bits(BRC_SMALL(0x7F)), 8);
    cr_assert_eq(brc_bs_utf8_bits(BRC_SMALL(0x80)), 16);
    cr_assert_eq(brc_bs_utf8_bits(BRC_SMALL(0x800)), 24);
    cr_assert_eq(brc_bs_utf8_bits(BRC_SMALL(0x10000)), 32);
    cr_assert_eq(brc_bs_utf8_bits(BRC_SMALL(0xD800)), -1);
    cr_assert_eq(brc_bs_utf16_bits(BRC_SMALL(0xFFFF)), 16);
    cr_assert_eq(brc_bs_utf16_bits(BRC_SMALL(0x110000)), -1);
    cr_assert(brc_bs_begin(p, 32 + 32 + 32 + 4));
    cr_assert(brc_bs_put_integer(p, BRC_SMALL(0), 4, 0));
    cr_assert(brc_bs_put_utf8(p, BRC_SMALL(0x1F600)));
    cr_assert(brc_bs_put_utf16(p, BRC_SMALL(0x1F600), BRC_BS_LITTLE));
    cr_assert(brc_bs_put_utf32(p, BRC_SMALL(0x1F600), 0));
    cr_assert_not(brc_bs_put_utf8(p, BRC_SMALL(-1)));
    cr_assert_not(brc_bs_put_utf16(p, AM(ok), 0));
    cr_assert_not(brc_bs_put_utf32(p, BRC_SMALL(0xDFFF), 0));
    Term c = brc_bs_start_match(p, brc_bs_end(p));
    cr_assert_eq(brc_bs_get_integer(p, c, 4, 0), BRC_SMALL(0));
    cr_assert_eq(brc_bs_get_utf8(p, c), BRC_SMALL(0x1F600));
    cr_assert_eq(brc_bs_get_utf16(p, c, BRC_BS_LITTLE), BRC_SMALL(0x1F600));
    cr_assert_eq(brc_bs_get_utf32(p, c, 0), BRC_SMALL(0x1F600));
    fake_proc_free(p);
}

/* ---- appending ---- */

static Term append_byte(Proc *p, Term bin, unsigned byte) {
    cr_assert(brc_bs_begin_append(p, bin, 8, 1, false));
    cr_assert(brc_bs_put_integer(p, BRC_SMALL(byte), 8, 0));
    return brc_bs_end(p);
}

static void check_counting(Term bin, uint64_t n) {
    BitsView v;
    cr_assert(brc_term_bits_view(bin, &v));
    cr_assert_eq(v.bit_size, 8 * n);
    for (uint64_t i = 0; i < n; i++)
        cr_assert_eq(v.data[v.bit_offset / 8 + i], (uint8_t)i);
}

static SharedBin *shared_of(Term bin) {
    BitsView v;
    brc_term_bits_view(bin, &v);
    return (SharedBin *)term_box(v.original)[3];
}

Test(bs_build, appending_is_in_place_and_linear) {
    Proc *p = fake_proc_new(1000000);
    Term t = brc_term_bin_new(p, NULL, 0);
    unsigned moves = 0;
    SharedBin *last = NULL;
    for (unsigned i = 0; i < 100000; i++) {
        t = append_byte(p, t, i);
        if (i >= 64 && shared_of(t) != last) last = shared_of(t), moves++;
    }
    check_counting(t, 100000);
    cr_assert_lt(moves, 20);
    fake_proc_free(p);
}

Test(bs_build, only_the_newest_window_grows) {
    Proc *p = fake_proc_new(10000);
    Term t = brc_term_bin_new(p, NULL, 0);
    for (unsigned i = 0; i < 100; i++)
        t = append_byte(p, t, i);
    Term a = append_byte(p, t, 100), b = append_byte(p, t, 200);
    check_counting(a, 101);
    check_counting(t, 100);
    BitsView v;
    brc_term_bits_view(b, &v);
    cr_assert_eq(v.data[100], 200);
    cr_assert_neq(shared_of(a), shared_of(b));
    brc_heap_check(p, 0);
    fake_proc_free(p);
}

Test(bs_build, what_is_matched_or_shared_does_not_grow) {
    Proc *p = fake_proc_new(10000);
    Term t = brc_term_bin_new(p, NULL, 0);
    for (unsigned i = 0; i < 100; i++)
        t = append_byte(p, t, i);
    Term c = brc_bs_start_match(p, t);
    const uint8_t *data = (const uint8_t *)term_box(c)[2];
    for (unsigned i = 100; i < 1000; i++)
        t = append_byte(p, t, i);
    check_counting(t, 1000);
    for (unsigned i = 0; i < 100; i++)
        cr_assert_eq(data[i], i);
    Frag *f = brc_heap_copy_to_frag(t);
    SharedBin *before = shared_of(t);
    Term more = append_byte(p, t, 1000);
    cr_assert_neq(shared_of(more), before);
    check_counting(f->term, 1000);
    brc_ctx_frag_free(f);
    check_counting(append_byte(p, more, 1001), 1002);
    fake_proc_free(p);
}

Test(bs_build, odd_bits_are_appended_within_a_byte) {
    Proc *p = fake_proc_new(100000);
    Term t = brc_term_bin_new(p, NULL, 0);
    for (unsigned i = 0; i < 3000; i++) {
        cr_assert(brc_bs_begin_append(p, t, 3, 1, false));
        cr_assert(brc_bs_put_integer(p, BRC_SMALL(i), 3, 0));
        t = brc_bs_end(p);
    }
    Term c = brc_bs_start_match(p, t);
    for (unsigned i = 0; i < 3000; i++)
        cr_assert_eq(brc_bs_get_integer(p, c, 3, 0), BRC_SMALL(i & 7));
    cr_assert_not(brc_bs_begin_append(p, brc_term_bits_sub(p, t, 0, 9), 8, 8, false));
    cr_assert_not(brc_bs_begin_append(p, AM(ok), 8, 1, false));
    fake_proc_free(p);
}

Test(bs_build, comprehensions) {
    Proc *p = fake_proc_new(10000);
    Term t = brc_bs_init_writable(p, BRC_SMALL(16));
    for (unsigned i = 0; i < 5000; i++) {
        cr_assert(brc_bs_begin_append(p, t, 8, 1, true));
        cr_assert(brc_bs_put_integer(p, BRC_SMALL(i), 8, 0));
        cr_assert_eq(brc_bs_end(p), t);
        if (i % 1000 == 0) {
            p->x[0] = t;
            p = brc_heap_collect_gc(p, 5000, 1);
            t = p->x[0];
        }
    }
    check_counting(t, 5000);
    brc_heap_check(p, 0);
    fake_proc_free(p);
}

/* ---- failures ---- */

static void check_why(enum BsSegmentType type, Term value, Term size, uint64_t unit, Term type_name,
                      Term what, Term shown, bool too_large) {
    Proc *p = fake_proc_new(1000);
    BsSegment s = {type, 3, value, size, unit};
    bool limit;
    Term info = brc_bs_fail_info(p, &s, &limit);
    cr_assert_eq(brc_term_map_size(info), 3);
    cr_assert_eq(brc_term_map_get(info, AM(module)), AM(erl_erts_errors));
    cr_assert_eq(brc_term_map_get(info, AM(function)), AM(format_bs_fail));
    Term cause = brc_term_map_get(info, AM(cause));
    cr_assert(term_is_tuple_of(cause, 4));
    const Term *e = term_tuple_elements(cause);
    cr_assert_eq(e[0], BRC_SMALL(3));
    cr_assert_eq(e[1], type_name);
    cr_assert_eq(e[2], what);
    cr_assert_eq(e[3], shown);
    cr_assert_eq(limit, too_large);
    fake_proc_free(p);
}

Test(bs_build, reasons) {
    Proc *p = fake_proc_new(1000);
    Term big = brc_term_int_from_u64(p, UINT64_MAX);
    uint64_t limbs[40] = {[39] = 1};
    Term huge = brc_term_int_from_limbs(p, limbs, 40, false);
    Term odd = brc_term_bits_new(p, (const uint8_t *)"a", 0, 3);
    Term one = BRC_SMALL(1);
    check_why(BRC_BS_INTEGER, AM(ok), one, 1, AM(integer), AM(type), AM(ok), false);
    check_why(BRC_BS_INTEGER, one, BRC_SMALL(-1), 1, AM(integer), AM(size), BRC_SMALL(-1), false);
    check_why(BRC_BS_INTEGER, one, AM(ok), 1, AM(integer), AM(size), AM(ok), false);
    check_why(BRC_BS_INTEGER, one, big, 1, AM(integer), AM(size), big, true);
    check_why(BRC_BS_INTEGER, one, BRC_SMALL(BRC_SMALL_MAX), 256, AM(integer), AM(size),
              BRC_SMALL(BRC_SMALL_MAX), true);
    check_why(BRC_BS_FLOAT, AM(ok), BRC_SMALL(8), 1, AM(float), AM(invalid), BRC_SMALL(8), false);
    check_why(BRC_BS_FLOAT, AM(ok), BRC_SMALL(64), 1, AM(float), AM(type), AM(ok), false);
    check_why(BRC_BS_FLOAT, huge, BRC_SMALL(64), 1, AM(float), AM(no_float), huge, false);
    check_why(BRC_BS_BINARY, AM(ok), AM(all), 8, AM(binary), AM(type), AM(ok), false);
    check_why(BRC_BS_BINARY, odd, AM(all), 8, AM(binary), AM(unit), odd, false);
    check_why(BRC_BS_BINARY, odd, BRC_SMALL(2), 8, AM(binary), AM(short), odd, false);
    check_why(BRC_BS_APPEND, odd, AM(all), 8, AM(binary), AM(unit), odd, false);
    check_why(BRC_BS_APPEND, one, AM(all), 8, AM(binary), AM(type), one, false);
    check_why(BRC_BS_UTF8, BRC_SMALL(0xD800), BRC_NONE, 0, AM(utf8), AM(type), BRC_SMALL(0xD800),
              false);
    check_why(BRC_BS_UTF32, one, BRC_NONE, 0, AM(utf32), AM(type), one, false);
    cr_assert_not(brc_bs_begin(p, UINT64_C(1) << 62));
    cr_assert_eq(p->freason, AM(system_limit));
    fake_proc_free(p);
}
