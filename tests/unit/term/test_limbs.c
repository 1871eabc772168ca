/* test_limbs.c: long natural numbers: what was divided is multiplied back, what was printed is read
 * back, on lengths below and above the limits where the algorithms change. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "term/limbs.h"

static uint64_t state = UINT64_C(88172645463325252);

static uint64_t next(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
}

/* Plain random limbs, all ones, or long runs of zeros and ones: what carries go wrong on. */
static void fill(uint64_t *a, size_t n) {
    unsigned kind = next() % 4;
    for (size_t i = 0; i < n; i++)
        a[i] = kind == 0   ? next()
               : kind == 1 ? UINT64_MAX
               : kind == 2 ? -(next() & 1)
                           : next() * (next() % 3 == 0);
    if (a[n - 1] == 0) a[n - 1] = next() | 1;
}

static void divide_and_back(size_t an, size_t bn) {
    uint64_t *a = brc_limbs_scratch(4 * an + 8), *b = a + an, *q = b + bn, *r = q + an - bn + 1;
    fill(a, an);
    fill(b, bn);
    brc_limbs_divrem(q, r, a, an, b, bn);
    cr_assert_lt(brc_limbs_compare(r, brc_limbs_length(r, bn), b, bn), 0);
    uint64_t *back = brc_limbs_scratch(an + 1);
    brc_limbs_mul(back, q, an - bn + 1, b, bn);
    cr_assert_eq(brc_limbs_add(back, back, an + 1, r, bn), 0);
    cr_assert(back[an] == 0 && memcmp(back, a, an * sizeof *a) == 0, "%zu by %zu limbs", an, bn);
    free(back);
    free(a);
}

Test(limbs, division_undoes_multiplication) {
    for (int i = 0; i < 2000; i++) {
        size_t bn = 1 + next() % 20;
        divide_and_back(bn + next() % 20, bn);
    }
    for (int i = 0; i < 60; i++) {
        size_t bn = 100 + next() % 500;
        divide_and_back(bn + next() % 1200, bn);
    }
}

static void print_and_back(size_t n, unsigned base) {
    uint64_t *a = brc_limbs_scratch(n);
    fill(a, n);
    size_t room = brc_limbs_text_room(n, base);
    char *buf = malloc(room), *text = brc_limbs_to_text(a, n, base, buf, room);
    size_t len = (size_t)(buf + room - text);
    cr_assert(text >= buf && text[0] != '0');
    uint8_t *digits = malloc(len);
    for (size_t i = 0; i < len; i++)
        digits[i] = (uint8_t)(text[i] <= '9' ? text[i] - '0' : text[i] - 'A' + 10);
    uint64_t *back = brc_limbs_scratch(brc_limbs_value_room(len, base));
    cr_assert_eq(brc_limbs_from_digits(back, digits, len, base), n);
    cr_assert_arr_eq(back, a, n * sizeof *a, "%zu limbs, base %u", n, base);
    free(back);
    free(digits);
    free(buf);
    free(a);
}

Test(limbs, text_reads_back) {
    for (unsigned base = 2; base <= 36; base++)
        for (int i = 0; i < 20; i++)
            print_and_back(1 + next() % 60, base);
    for (int i = 0; i < 30; i++)
        print_and_back(1 + next() % 800, i % 2 ? 10 : 2 + next() % 35);
}

Test(limbs, shifts) {
    uint64_t a[3] = {UINT64_MAX, 0, 1}, r[3];
    cr_expect_eq(brc_limbs_shl(r, a, 3, 63), 0);
    cr_expect(r[0] == UINT64_C(1) << 63 && r[1] == UINT64_MAX >> 1 && r[2] == UINT64_C(1) << 63);
    brc_limbs_shr(r, a, 3, 1);
    cr_expect(r[0] == UINT64_MAX >> 1 && r[1] == UINT64_C(1) << 63 && r[2] == 0);
    cr_expect_eq(brc_limbs_bits(a, 3), 129);
    cr_expect_eq(brc_limbs_bits(a, 0), 0);
}
