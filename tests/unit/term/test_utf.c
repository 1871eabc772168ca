/* test_utf.c: UTF-8: every code point there and back, every sequence of up to three bytes judged as
 * the tables of the Unicode standard (3.9, table 3-7) judge it. */
#include "../support/fakeproc.h"
#include "term/utf.h"
#include <criterion/criterion.h>

Test(utf, every_code_point) {
    for (uint32_t ch = 0; ch <= 0x110001; ch++) {
        uint8_t b[4];
        uint32_t back = 0;
        unsigned n = brc_term_utf8_put(b, ch);
        bool valid = ch < 0xD800 || (ch > 0xDFFF && ch < 0x110000);
        cr_assert_eq(brc_term_utf_valid(ch), valid);
        if (!valid) {
            cr_assert_eq(brc_term_utf8_get(b, n, &back), -1, "%x", ch);
            continue;
        }
        cr_assert_eq(n, brc_term_utf8_size(ch));
        cr_assert_eq(brc_term_utf8_get(b, n, &back), (int)n);
        cr_assert_eq(back, ch);
        for (unsigned i = 1; i < n; i++)
            cr_assert_eq(brc_term_utf8_get(b, i, &back), 0);
    }
}

/* Table 3-7 in its own words. */
static bool second_fits(unsigned a, unsigned b) {
    switch (a) {
    case 0xE0: return b >= 0xA0 && b <= 0xBF;
    case 0xED: return b >= 0x80 && b <= 0x9F;
    case 0xF0: return b >= 0x90 && b <= 0xBF;
    case 0xF4: return b >= 0x80 && b <= 0x8F;
    default: return b >= 0x80 && b <= 0xBF;
    }
}

Test(utf, every_three_bytes) {
    for (unsigned a = 0x80; a < 0x100; a++)
        for (unsigned b = 0; b < 0x100; b++)
            for (unsigned c = 0; c < 0x100; c++) {
                const uint8_t bytes[3] = {(uint8_t)a, (uint8_t)b, (uint8_t)c};
                uint32_t ch;
                int want;
                if (a < 0xC2 || a > 0xF4 || !second_fits(a, b))
                    want = -1;
                else if (a < 0xE0)
                    want = 2;
                else if (c < 0x80 || c > 0xBF)
                    want = -1;
                else
                    want = a < 0xF0 ? 3 : 0;
                cr_assert_eq(brc_term_utf8_get(bytes, 3, &ch), want, "%02x %02x %02x", a, b, c);
            }
}

Test(utf, prefixes) {
    uint8_t text[100];
    size_t chars;
    memset(text, 'a', sizeof text);
    for (size_t n = 0; n < 100; n++) {
        cr_assert_eq(brc_term_utf8_ascii_prefix(text, n), n);
        for (size_t at = 0; at < n; at++) {
            text[at] = 0x80;
            cr_assert_eq(brc_term_utf8_ascii_prefix(text, n), at);
            cr_assert_eq(brc_term_utf8_prefix(text, n, &chars), at);
            cr_assert_eq(chars, at);
            text[at] = 'a';
        }
    }
    const char *mixed = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
    cr_assert_eq(brc_term_utf8_prefix((const uint8_t *)mixed, 11, &chars), 11);
    cr_assert_eq(chars, 5);
    cr_assert_eq(brc_term_utf8_prefix((const uint8_t *)mixed, 9, &chars), 6);
    cr_assert_eq(chars, 3);
}
