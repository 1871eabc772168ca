/* test_hash.c: the cache's hash: SHA-256 of sizes and parts. */
#include "drive/hash.h"
#include <criterion/criterion.h>

static char *of(const char *a, const char *b) {
    Hash *h = hash_new();
    hash_text(h, a);
    hash_text(h, b);
    return hash_hex(h);
}

Test(hash, empty_is_sha256_of_nothing) {
    cr_assert_str_eq(hash_hex(hash_new()),
                     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

Test(hash, same_parts_same_key) {
    cr_assert_str_eq(of("ab", "c"), of("ab", "c"));
}

Test(hash, parts_are_kept_apart) {
    cr_assert_str_neq(of("ab", "c"), of("a", "bc"));
    cr_assert_str_neq(of("", "x"), of("x", ""));
}
