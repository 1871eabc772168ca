/* test_bs_match.c: fields taken out of bitstrings: integers of sizes 0..130 at offsets 0..15,
 * signed and not, both ends first, against the model; floats; characters; parts; contexts. */
#include "../support/fakeproc.h"
#include "bits_model.h"
#include "heap/heap.h"
#include "term/bits.h"
#include "term/int.h"
#include "term/utf.h"
#include <criterion/criterion.h>

static const unsigned signs[] = {0, BRC_BS_SIGNED};
static const unsigned ends[] = {0, BRC_BS_LITTLE, BRC_BS_NATIVE};

static Term context_at(Proc *p, const uint8_t *bytes, size_t size, uint64_t skip) {
    Term bin = brc_term_bin_new(p, bytes, size);
    Term window = brc_term_bits_sub(p, bin, skip, 8 * size - skip);
    return brc_bs_start_match(p, window);
}

/* The field's value as the runtime's own integers see it: limbs of its magnitude. */
static Term model_integer(Proc *p, const uint8_t *b, uint64_t at, uint64_t n, unsigned flags) {
    uint64_t limbs[3] = {0};
    bool little = (flags & (BRC_BS_LITTLE | BRC_BS_NATIVE)) != 0;
    bool negative =
        n != 0 && (flags & BRC_BS_SIGNED) != 0 && model_bit(b, at + model_place(n - 1, n, little));
    bool carry = negative;
    for (uint64_t i = 0; i < n; i++) { /* negative: the magnitude is not(value) + 1 */
        unsigned bit = model_bit(b, at + model_place(i, n, little));
        if (negative) {
            unsigned sum = !bit + carry;
            bit = sum & 1;
            carry = sum > 1;
        }
        limbs[i >> 6] |= (uint64_t)bit << (i & 63);
    }
    if (negative && carry) limbs[n >> 6] |= UINT64_C(1) << (n & 63);
    return brc_term_int_from_limbs(p, limbs, 3, negative);
}

Test(bs_match, integers) {
    uint8_t bytes[24];
    for (uint64_t n = 0; n <= 130; n++)
        for (uint64_t at = 0; at < 16; at++) {
            Proc *p = fake_proc_new(4000);
            model_fill(bytes, sizeof bytes);
            if (model_below(4) == 0) memset(bytes, model_below(2) ? 0xFF : 0, sizeof bytes);
            for (unsigned s = 0; s < 2; s++)
                for (unsigned e = 0; e < 3; e++) {
                    unsigned flags = signs[s] | ends[e];
                    Term c = context_at(p, bytes, sizeof bytes, at), start = term_box(c)[3];
                    Term got = brc_bs_get_integer(p, c, n, flags);
                    Term want = model_integer(p, bytes, at, n, flags);
                    cr_assert(brc_term_int_compare(got, want) == 0, "%lu bits at %lu, flags %u", n,
                              at, flags);
                    cr_assert_eq(term_is_small(got), term_is_small(want));
                    cr_assert_eq(term_box(c)[3] - start, BRC_SMALL(n));
                }
            brc_heap_check(p, 0);
            fake_proc_free(p);
        }
}

Test(bs_match, too_few_bits_leave_the_context) {
    Proc *p = fake_proc_new(1000);
    uint8_t bytes[3] = {1, 2, 3};
    Term c = context_at(p, bytes, 3, 0);
    cr_assert_eq(brc_bs_get_integer(p, c, 25, 0), BRC_NONE);
    cr_assert_eq(brc_bs_get_binary(p, c, 25), BRC_NONE);
    cr_assert_eq(brc_bs_get_float(p, c, 32, 0), BRC_NONE);
    cr_assert_eq(brc_bs_get_utf32(p, c, 0), BRC_NONE);
    cr_assert_eq(brc_bs_get_integer(p, c, UINT64_MAX, 0), BRC_NONE);
    cr_assert_eq(brc_bs_get_integer(p, c, 24, 0), BRC_SMALL(0x010203));
    cr_assert_eq(brc_bs_get_integer(p, c, 0, 0), BRC_SMALL(0));
    cr_assert_eq(p->fail, BRC_FAIL_NO);
    fake_proc_free(p);
}

Test(bs_match, floats) {
    Proc *p = fake_proc_new(1000);
    const uint8_t bytes[] = {0x3F, 0xF8, 0,    0,    0, 0, 0, 0, /* 1.5, 64 bits */
                             0x00, 0x00, 0xC0, 0xBF,             /* -1.5, 32 bits, little */
                             0x7B, 0xFF, 0x00, 0x01,             /* 65504.0, 2^-24, 16 bits */
                             0x80, 0x00,                         /* -0.0 */
                             0x7C, 0x00};                        /* infinity */
    Term c = context_at(p, bytes, sizeof bytes, 0);
    cr_assert_eq(term_float(brc_bs_get_float(p, c, 64, 0)), 1.5);
    cr_assert_eq(term_float(brc_bs_get_float(p, c, 32, BRC_BS_LITTLE)), -1.5);
    cr_assert_eq(term_float(brc_bs_get_float(p, c, 16, 0)), 65504.0);
    cr_assert_eq(term_float(brc_bs_get_float(p, c, 16, 0)), 0x1p-24);
    double zero = term_float(brc_bs_get_float(p, c, 16, 0));
    cr_assert(zero == 0.0 && __builtin_signbit(zero));
    cr_assert_eq(brc_bs_get_float(p, c, 16, 0), BRC_NONE);
    cr_assert_eq(brc_bs_get_float(p, c, 8, 0), BRC_NONE);
    cr_assert_eq(term_float(brc_bs_get_float(p, c, 0, 0)), 0.0);
    fake_proc_free(p);
}

Test(bs_match, all_characters) {
    for (uint32_t ch = 0; ch <= 0x110000; ch++) {
        Proc p_room, *p = &p_room; /* nothing is allocated */
        bool valid = ch < 0xD800 || (ch > 0xDFFF && ch < 0x110000);
        struct {
            Term ctx[5];
            uint8_t b[8];
        } o __attribute__((aligned(16))) = {{BRC_HEADER(BRC_MATCHCTX, 4)}, {0}};
        o.ctx[2] = (Term)o.b;
        o.ctx[4] = BRC_SMALL(32);
        Term c = term_make_boxed(o.ctx);
        o.b[0] = (uint8_t)(ch >> 24), o.b[1] = (uint8_t)(ch >> 16), o.b[2] = (uint8_t)(ch >> 8);
        o.b[3] = (uint8_t)ch;
        cr_assert_eq(brc_bs_get_utf32(p, c, 0), valid ? BRC_SMALL(ch) : BRC_NONE);
        /* UTF-8 with the bits put in regardless of validity */
        o.ctx[3] = BRC_SMALL(0);
        unsigned n = brc_term_utf8_put(o.b, ch);
        o.ctx[4] = BRC_SMALL(8 * n);
        cr_assert_eq(brc_bs_get_utf8(p, c), valid ? BRC_SMALL(ch) : BRC_NONE, "%x", ch);
        if (!valid) continue;
        cr_assert_eq(o.ctx[3], o.ctx[4]);
        o.ctx[3] = BRC_SMALL(0);
        o.ctx[4] -= BRC_SMALL(8);
        cr_assert_eq(brc_bs_get_utf8(p, c), BRC_NONE); /* cut */
    }
}

Test(bs_match, utf16_pairs) {
    Proc *p = fake_proc_new(1000);
    const uint8_t good[] = {0xD8, 0x3D, 0xDE, 0x00, 0x41, 0x00, 0xDC, 0x00, 0, 0};
    Term c = context_at(p, good, sizeof good, 0);
    cr_assert_eq(brc_bs_get_utf16(p, c, 0), BRC_SMALL(0x1F600));
    cr_assert_eq(brc_bs_get_utf16(p, c, BRC_BS_LITTLE), BRC_SMALL('A'));
    cr_assert_eq(brc_bs_get_utf16(p, c, 0), BRC_NONE); /* a low half alone */
    const uint8_t cut[] = {0xD8, 0x3D};
    cr_assert_eq(brc_bs_get_utf16(p, context_at(p, cut, 2, 0), 0), BRC_NONE);
    const uint8_t twice[] = {0xD8, 0x3D, 0xD8, 0x3D};
    cr_assert_eq(brc_bs_get_utf16(p, context_at(p, twice, 4, 0), 0), BRC_NONE);
    fake_proc_free(p);
}

Test(bs_match, parts_and_contexts) {
    Proc *p = fake_proc_new(4000);
    uint8_t bytes[100];
    model_fill(bytes, sizeof bytes);
    Term c = context_at(p, bytes, sizeof bytes, 0);
    cr_assert_eq(brc_bs_start_match(p, c), c);
    cr_assert_eq(brc_bs_start_match(p, AM(ok)), BRC_NONE);
    cr_assert_eq(term_kind(brc_bs_get_binary(p, c, 16)), BRC_HEAPBIN);
    Term large = brc_bs_get_binary(p, c, 70 * 8);
    cr_assert_eq(term_kind(large), BRC_SUBBITS);
    BitsView v;
    brc_term_bits_view(brc_bs_get_tail(p, c), &v);
    cr_assert_eq(v.bit_size, 28 * 8);
    brc_term_bits_view(brc_bs_context_to_binary(p, c), &v);
    cr_assert_eq(v.bit_size, 28 * 8);
    cr_assert_eq(brc_bs_context_to_binary(p, AM(ok)), AM(ok));
    p->x[0] = c;
    p->x[1] = large;
    brc_heap_major_gc(p, 0, 2);
    cr_assert_eq(brc_bs_get_integer(p, p->x[0], 8, 0), BRC_SMALL(bytes[72]));
    fake_proc_free(p);
}

Test(bs_match, a_context_on_a_small_binary_survives_a_collection) {
    Proc *p = fake_proc_new(4000);
    uint8_t bytes[10];
    model_fill(bytes, sizeof bytes);
    p->x[0] = context_at(p, bytes, sizeof bytes, 0);
    for (int i = 0; i < 10; i++) {
        cr_assert_eq(brc_bs_get_integer(p, p->x[0], 8, 0), BRC_SMALL(bytes[i]));
        if (i % 2)
            brc_heap_major_gc(p, 0, 1);
        else
            p = brc_heap_collect_gc(p, 4000, 1);
    }
    fake_proc_free(p);
}

Test(bs_match, sizes) {
    Proc *p = fake_proc_new(1000);
    uint64_t bits;
    cr_assert(brc_bs_size(BRC_SMALL(5), 8, &bits));
    cr_assert_eq(bits, 40);
    cr_assert_not(brc_bs_size(BRC_SMALL(-1), 8, &bits));
    cr_assert_not(brc_bs_size(AM(ok), 8, &bits));
    cr_assert_not(brc_bs_size(BRC_SMALL(BRC_SMALL_MAX), 8, &bits));
    cr_assert_not(brc_bs_size(brc_term_int_from_u64(p, UINT64_MAX), 1, &bits));
    fake_proc_free(p);
}
