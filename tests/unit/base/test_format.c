/* test_format.c: formats against the C library's. */
#include "base/format.h"
#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAME(...)                                                                                  \
    do {                                                                                           \
        char theirs[200], ours[200];                                                               \
        int length_ = snprintf(theirs, sizeof theirs, __VA_ARGS__);                                \
        cr_assert_eq(brc_base_format(ours, sizeof ours, __VA_ARGS__), length_, "%s", theirs);      \
        cr_assert_str_eq(ours, theirs);                                                            \
    } while (0)

Test(format, numbers) {
    static const long values[] = {0,         1,       -1,      7,        42,      -99,
                                  123456789, INT_MIN, INT_MAX, LONG_MIN, LONG_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        long n = values[i];
        SAME("%ld|%lu|%lx|%lX|%zu|%lld", n, (unsigned long)n, n, n, (size_t)n, (long long)n);
        SAME("%d|%u|%x|%i|%o|%.3o|%5lo", (int)n, (unsigned)n, (unsigned)n, (int)n, (unsigned)n,
             (unsigned)n, n);
        SAME("%hd|%hhu|%hhd|%hu", (short)n, (unsigned char)n, (signed char)n, (unsigned short)n);
        SAME("%5d|%-5d|%05d|%.5d|%8.5d|%-8.3d|%*d", (int)n, (int)n, (int)n, (int)n, (int)n, (int)n,
             9, (int)n);
        SAME("%016lx|%0*ld|%.*ld|%.0d", n, 12, n, 3, n, (int)n);
    }
}

Test(format, texts) {
    SAME("%s|%10s|%-10s|%.2s|%.*s|%10.1s|%c|%3c|%-3c|%%", "abc", "abc", "abc", "abc", 1, "abc",
         "abc", 'x', 'y', 'z');
    SAME("%s", "");
    SAME("plain");
    SAME("%p|%#x|%#lx|%#010x|%#-10x|", (void *)0x1234, 0, 77ul, 77, 77);
}

Test(format, no_more_than_room) {
    char small[5] = "....";
    cr_assert_eq(brc_base_format(small, 4, "%s-%d", "abc", 12345), 9);
    cr_assert_str_eq(small, "abc");
    cr_assert_eq(brc_base_format(NULL, 0, "%d", 12345), 5);
}

Test(format, growing) {
    BaseText t = {0};
    for (int i = 0; i < 1000; i++)
        brc_base_text_add(&t, "%d,", i);
    brc_base_text_put("end", 3, &t);
    cr_assert_eq(t.size, 10 * 2 + 90 * 3 + 900 * 4 + 3);
    cr_assert_eq(memcmp(t.bytes, "0,1,2,", 6), 0);
    cr_assert_eq(memcmp(t.bytes + t.size - 7, "999,end", 7), 0);
    free(t.bytes);
}
