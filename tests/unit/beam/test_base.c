/* test_base.c: the vectors, maps and texts that everything in the compiler is made of. */
#include "base/mem.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(base, vector_keeps_what_is_pushed) {
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        vec_push(&v, i * 3);
    cr_assert_eq(v.count, 1000);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(v.at[i], i * 3);
}

Test(base, text_grows_and_stays_terminated) {
    Text t = {0};
    for (int i = 0; i < 300; i++)
        text_add(&t, "%d,", i);
    text_put(&t, "a\0b", 3);
    text_str(&t, "!");
    cr_assert_eq(memcmp(t.at, "0,1,2,3,", 8), 0);
    cr_assert_eq(memcmp(t.at + t.count - 4, "a\0b!", 5), 0);
    Text longer = {0};
    text_add(&longer, "%0*d", 5000, 7);
    cr_assert_eq(longer.count, 5000);
    cr_assert_eq(longer.at[4999], '7');
    cr_assert_eq(strlen(longer.at), 5000);
}

static void collect(const char *key, size_t len, void *value, void *arg) {
    text_put(arg, key, len);
    text_add(arg, "=%s;", (const char *)value);
}

Test(base, map_finds_replaces_and_keeps_order) {
    Map *m = map_new();
    cr_assert_null(map_get(m, "x", 1));
    map_set(m, "x", 1, "one");
    map_set(m, "a\0b", 3, "two");
    map_set(m, "", 0, "none");
    map_set(m, "x", 1, "other");
    cr_assert_eq(map_count(m), 3);
    cr_assert_str_eq(map_get(m, "a\0b", 3), "two");
    cr_assert_null(map_get(m, "a\0c", 3));
    Text t = {0};
    map_each(m, collect, &t);
    cr_assert_eq(t.count, 6 + 1 + 3 + 1 + 4 + 6 + 1);
    cr_assert_eq(memcmp(t.at, "x=other;a\0b=two;=none;", t.count), 0);
}

Test(base, map_of_many) {
    Map *m = map_new();
    char key[16];
    for (intptr_t i = 1; i <= 20000; i++) {
        map_set(m, key, (size_t)snprintf(key, sizeof key, "k%d", (int)i), (void *)i);
    }
    cr_assert_eq(map_count(m), 20000);
    for (intptr_t i = 1; i <= 20000; i++) {
        size_t len = (size_t)snprintf(key, sizeof key, "k%d", (int)i);
        cr_assert_eq(map_get(m, key, len), (void *)i);
    }
}

Test(base, formatted_and_copied) {
    cr_assert_str_eq(mem_format("%s/%d", "f", 3), "f/3");
    char *copy = mem_copy_text("abcdef", 3);
    cr_assert_str_eq(copy, "abc");
}
