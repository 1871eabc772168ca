/* test_md5.c: the vectors of RFC 1321, at once and byte by byte, and lengths around a block. */
#include "beam/md5.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void check(const char *text, const char *wanted) {
    size_t steps[] = {1, 3, 64, 1000};
    for (int s = 0; s < 4; s++) {
        Md5 m;
        md5_start(&m);
        size_t len = strlen(text);
        for (size_t at = 0; at < len; at += steps[s]) {
            md5_put(&m, text + at, len - at < steps[s] ? len - at : steps[s]);
        }
        uint8_t digest[16];
        char hex[33];
        md5_finish(&m, digest);
        for (int i = 0; i < 16; i++)
            snprintf(hex + 2 * i, 3, "%02x", digest[i]);
        cr_assert_str_eq(hex, wanted);
    }
}

Test(md5, rfc_1321) {
    check("", "d41d8cd98f00b204e9800998ecf8427e");
    check("a", "0cc175b9c0f1b6a831c399e269772661");
    check("abc", "900150983cd24fb0d6963f7d28e17f72");
    check("message digest", "f96b697d7cb7938d525a2f31aaf161d0");
    check("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b");
    check("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
          "d174ab98d277d9f5a5611c2c9f419d9f");
    check("12345678901234567890123456789012345678901234567890123456789012345678901234567890",
          "57edf4a22be3c955ac49da2e2107b67a");
}

/* Figures from erlang:md5(lists:duplicate(N, $x)). */
Test(md5, around_a_block) {
    char text[66];
    memset(text, 'x', sizeof text);
    text[55] = 0;
    check(text, "04364420e25c512fd958a70738aa8f72");
    text[55] = 'x';
    text[56] = 0;
    check(text, "668a72d5ba17f08e62dabcafad6db14b");
    text[56] = 'x';
    text[63] = 0;
    check(text, "7dc2ca208106a2f703567bdff99d8981");
    text[63] = 'x';
    text[64] = 0;
    check(text, "c1bb4f81d892b2d57947682aeb252456");
    text[64] = 'x';
    text[65] = 0;
    check(text, "1bc932052302d074bdec39795fe00cf6");
}
