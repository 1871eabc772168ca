/* test_otp.c: finding OTP and modules by name. */
#include "drive/otp.h"
#include <criterion/criterion.h>

static void touch(const char *folder, const char *name) {
    cr_assert_eq(files_make_folders(folder), 0);
    cr_assert_eq(files_write(files_join(folder, name), "", 0, 0644), 0);
}

static char *fake_otp(void) {
    char *root = files_temp_folder();
    touch(files_join(root, "lib/stdlib-4.2/ebin"), "lists.beam");
    touch(files_join(root, "lib/stdlib-4.10/ebin"), "lists.beam");
    touch(files_join(root, "lib/kernel-8/ebin"), "code.beam");
    touch(files_join(root, "erts-13.1/ebin"), "erlang.beam");
    cr_assert_eq(files_make_folders(files_join(root, "releases/25")), 0);
    return root;
}

Test(otp, reads_a_folder) {
    char *error = NULL, *root = fake_otp();
    Otp *otp = otp_find(root, &error);
    cr_assert_not_null(otp, "%s", error);
    cr_assert_str_eq(otp->release, "25");
    cr_assert_eq(otp->ebins.count, 3, "the older stdlib is passed over");
    Finder *f = finder_new();
    for (size_t i = 0; i < otp->ebins.count; i++)
        finder_add_folder(f, otp->ebins.at[i]);
    cr_assert(files_has_suffix(finder_path(f, "lists"), "stdlib-4.10/ebin/lists.beam"));
    cr_assert_not_null(finder_path(f, "erlang"));
    cr_assert_null(finder_path(f, "nothing"));
}

Test(otp, refuses_what_is_none) {
    char *error = NULL;
    cr_assert_null(otp_find("/nonexistent", &error));
    cr_assert_not_null(strstr(error, "/nonexistent"));
    error = NULL;
    cr_assert_null(otp_find("/usr", &error));
    cr_assert_not_null(error);
}

Test(otp, finds_the_installed_one) {
    char *error = NULL;
    Otp *otp = otp_find(NULL, &error);
    cr_assert_not_null(otp, "%s", error);
    cr_assert_str_neq(otp->release, "0");
    cr_assert_gt(otp->ebins.count, 2);
}

Test(finder, earlier_wins) {
    char *a = files_temp_folder(), *b = files_temp_folder();
    touch(a, "m.beam");
    touch(b, "m.beam");
    touch(b, "n.beam");
    Finder *f = finder_new();
    finder_add_folder(f, a);
    finder_add_folder(f, b);
    cr_assert_str_eq(finder_path(f, "m"), files_join(a, "m.beam"));
    cr_assert_str_eq(finder_path(f, "n"), files_join(b, "n.beam"));
    cr_assert_null(finder_module("absent", f));
}
