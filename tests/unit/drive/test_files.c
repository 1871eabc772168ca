/* test_files.c: paths, whole-or-nothing writing, listing, temporary folders. */
#include "drive/files.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

Test(files, joins) {
    cr_assert_str_eq(files_join("a", "b"), "a/b");
    cr_assert_str_eq(files_join("a/", "b"), "a/b");
    cr_assert_str_eq(files_join("a", "/b"), "/b");
    cr_assert_str_eq(files_join(".", "b"), "b");
    cr_assert_str_eq(files_join("/", "b"), "/b");
}

Test(files, takes_paths_apart) {
    cr_assert_str_eq(files_base("a/b.beam"), "b.beam");
    cr_assert_str_eq(files_base("b"), "b");
    cr_assert_str_eq(files_stem("x/gleam@list.beam"), "gleam@list");
    cr_assert_str_eq(files_stem("Elixir.Enum.beam"), "Elixir.Enum");
    cr_assert_str_eq(files_stem("noext"), "noext");
    cr_assert_str_eq(files_folder("a/b/c"), "a/b");
    cr_assert_str_eq(files_folder("/c"), "/");
    cr_assert_str_eq(files_folder("c"), ".");
    cr_assert(files_has_suffix("a.beam", ".beam"));
    cr_assert_not(files_has_suffix(".beam", ".beam"));
    cr_assert_not(files_has_suffix("a.erl", ".beam"));
}

Test(files, writes_whole_and_reads_back) {
    char *folder = files_temp_folder();
    char *path = files_join(folder, "x");
    cr_assert_eq(files_write(path, "abc\0def", 7, 0644), 0);
    uint8_t *bytes;
    size_t size;
    cr_assert_eq(files_read(path, &bytes, &size), 0);
    cr_assert_eq(size, 7);
    cr_assert_arr_eq(bytes, "abc\0def", 8);
    Names names = {0};
    files_list(folder, &names);
    cr_assert_eq(names.count, 1, "no part of a file is left");
}

Test(files, failures_are_errno) {
    uint8_t *bytes;
    size_t size;
    cr_assert_eq(files_read("/nonexistent/x", &bytes, &size), -ENOENT);
    cr_assert_eq(files_read("/", &bytes, &size), -EISDIR);
    cr_assert_eq(files_write("/nonexistent/x", "", 0, 0644), -ENOENT);
    char *folder = files_temp_folder();
    char *path = files_join(folder, "f");
    cr_assert_eq(files_write(path, "", 0, 0644), 0);
    cr_assert_eq(files_make_folders(files_join(path, "g")), -ENOTDIR);
}

Test(files, reads_what_has_no_size) {
    uint8_t *bytes;
    size_t size;
    cr_assert_eq(files_read("/proc/self/maps", &bytes, &size), 0);
    cr_assert_gt(size, 100);
    cr_assert_eq(bytes[size], 0);
}

Test(files, lists_sorted_and_removes_trees) {
    char *folder = files_temp_folder();
    char *deep = files_join(folder, "a/b/c");
    cr_assert_eq(files_make_folders(deep), 0);
    cr_assert_eq(files_make_folders(deep), 0, "again is no error");
    const char *const some[] = {"z", "m", ".hidden", "b"};
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(files_write(files_join(deep, some[i]), "", 0, 0644), 0);
    Names names = {0};
    files_list(deep, &names);
    cr_assert_eq(names.count, 3);
    cr_assert_str_eq(names.at[0], "b");
    cr_assert_str_eq(names.at[2], "z");
    files_remove_tree(files_join(folder, "a"));
    cr_assert_not(files_exists(files_join(folder, "a")));
}
