/* test_bits.c: bitstring objects, runs of bits copied and compared, and single fields, against the
 * model. */
#include "../support/fakeproc.h"
#include "bits_model.h"
#include "heap/heap.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include <criterion/criterion.h>

Test(bits, fields_read_and_written) {
    uint8_t b[24], c[24];
    for (unsigned n = 1; n <= 64; n++)
        for (unsigned at = 0; at < 16; at++)
            for (int round = 0; round < 4; round++) {
                model_fill(b, sizeof b);
                memcpy(c, b, sizeof b);
                uint64_t v = 0;
                for (unsigned i = 0; i < n; i++)
                    v = v << 1 | model_bit(b, at + i);
                cr_assert_eq(brc_bits_read(b, at, n), v, "%u bits at %u", n, at);
                uint64_t w = model_random();
                brc_bits_write(b, at, w, n);
                for (unsigned i = 0; i < n; i++)
                    model_set(c, at + i, w >> (n - 1 - i) & 1);
                cr_assert_arr_eq(b, c, sizeof b, "%u bits written at %u", n, at);
            }
}

Test(bits, little_endian_there_and_back) {
    for (unsigned n = 1; n <= 64; n++)
        for (int round = 0; round < 8; round++) {
            uint64_t v = model_random() & brc_bits_mask(n), placed = 0;
            for (unsigned i = 0; i < n; i++)
                placed |= (v >> i & 1) << (n - 1 - model_place(i, n, true));
            cr_assert_eq(brc_bits_to_little(v, n), placed);
            cr_assert_eq(brc_bits_from_little(placed, n), v);
        }
}

Test(bits, copies_of_every_alignment) {
    uint8_t from[64], to[64], model[64];
    for (uint64_t n = 0; n < 200; n++)
        for (unsigned a = 0; a < 9; a++)
            for (unsigned b = 0; b < 9; b++) {
                model_fill(from, sizeof from);
                model_fill(to, sizeof to);
                memcpy(model, to, sizeof to);
                brc_term_bits_copy(to, b, from, a, n);
                for (uint64_t i = 0; i < n; i++)
                    model_set(model, b + i, model_bit(from, a + i));
                cr_assert_arr_eq(to, model, sizeof to, "%lu bits from %u to %u", n, a, b);
            }
}

Test(bits, compare_orders_by_bits_then_size) {
    for (int round = 0; round < 20000; round++) {
        uint8_t x[40], y[40];
        model_fill(x, sizeof x);
        uint64_t xo = model_below(9), yo = model_below(9), n = model_below(200);
        for (uint64_t i = 0; i < n; i++)
            model_set(y, yo + i, model_bit(x, xo + i));
        BitsView a = {x, xo, n, BRC_NIL}, b = {y, yo, n, BRC_NIL};
        int want = 0;
        if (n != 0 && model_below(2)) {
            uint64_t at = model_below(n);
            unsigned bit = model_bit(y, yo + at);
            model_set(y, yo + at, !bit);
            want = bit ? 1 : -1;
        } else if (n != 0 && model_below(2)) {
            b.bit_size = model_below(n);
            want = 1;
        }
        cr_assert_eq(brc_term_bits_compare(&a, &b), want);
        cr_assert_eq(brc_term_bits_compare(&b, &a), -want);
    }
}

Test(bits, shapes) {
    Proc *p = fake_proc_new(4000);
    uint8_t bytes[200];
    model_fill(bytes, sizeof bytes);
    Term small = brc_term_bin_new(p, bytes, 64), large = brc_term_bin_new(p, bytes, 65);
    cr_assert_eq(term_kind(small), BRC_HEAPBIN);
    cr_assert_eq(term_kind(large), BRC_REFBIN);
    cr_assert_eq(brc_term_bits_sub(p, large, 0, 65 * 8), large);
    cr_assert_eq(term_kind(brc_term_bits_sub(p, large, 3, 64 * 8)), BRC_HEAPBIN);
    Term window = brc_term_bits_sub(p, large, 3, 64 * 8 + 1);
    cr_assert_eq(term_kind(window), BRC_SUBBITS);
    cr_assert_eq(term_box(window)[1], large);
    Term inner = brc_term_bits_sub(p, window, 2, 9); /* a window on a window is on what is below */
    BitsView v;
    cr_assert(brc_term_bits_view(inner, &v));
    cr_assert_eq(v.original, large);
    cr_assert_eq(v.bit_offset, 5);
    cr_assert_eq(v.bit_size, 9);
    cr_assert_not(brc_term_bits_view(AM(ok), &v));
    Term empty = brc_term_bin_new(p, NULL, 0);
    cr_assert(brc_term_bits_view(empty, &v));
    cr_assert_eq(v.bit_size, 0);
    brc_heap_check(p, 0);
    fake_proc_free(p);
}

Test(bits, bytes_of_binaries) {
    Proc *p = fake_proc_new(4000);
    uint8_t bytes[100], *tmp;
    size_t size;
    model_fill(bytes, sizeof bytes);
    Term large = brc_term_bin_new(p, bytes, 100);
    const uint8_t *b = brc_term_bin_bytes(brc_term_bits_sub(p, large, 8, 99 * 8), &size, &tmp);
    cr_assert_eq(size, 99);
    cr_assert_null(tmp);
    cr_assert_arr_eq(b, bytes + 1, 99);
    b = brc_term_bin_bytes(brc_term_bits_sub(p, large, 4, 99 * 8), &size, &tmp);
    cr_assert_eq(b, tmp);
    for (uint64_t i = 0; i < 99 * 8; i++)
        cr_assert_eq(model_bit(b, i), model_bit(bytes, i + 4));
    free(tmp);
    cr_assert_null(brc_term_bin_bytes(brc_term_bits_sub(p, large, 4, 9), &size, &tmp));
    cr_assert_null(brc_term_bin_bytes(BRC_SMALL(1), &size, &tmp));
    fake_proc_free(p);
}
