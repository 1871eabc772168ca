/* test_cache.c: the cache of objects: where it is, what counts as an object, how files get in. */
#include "drive/cache.h"
#include "drive/files.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static Cache *open_here(void) {
    setenv("BEAMRC_CACHE", files_temp_folder(), 1);
    return cache_open(true, NULL);
}

static void make_object(const char *path, size_t size) {
    char *bytes = mem_alloc_atomic(size);
    memset(bytes, 0, size);
    memcpy(bytes, "\177ELF", size < 4 ? size : 4);
    cr_assert_eq(files_write(path, bytes, size, 0644), 0);
}

Test(cache, folder_by_environment) {
    setenv("BEAMRC_CACHE", "/x/y", 1);
    cr_assert_str_eq(cache_folder(), "/x/y");
    unsetenv("BEAMRC_CACHE");
    setenv("XDG_CACHE_HOME", "/xdg", 1);
    cr_assert_str_eq(cache_folder(), "/xdg/beamrc");
    setenv("XDG_CACHE_HOME", "relative", 1);
    setenv("HOME", "/home/me", 1);
    cr_assert_str_eq(cache_folder(), "/home/me/.cache/beamrc");
    unsetenv("HOME");
    cr_assert_null(cache_folder());
}

Test(cache, shipped_objects_come_first) {
    const char *shipped = files_temp_folder();
    open_here();
    Cache *c = cache_open(true, shipped);
    char *own = cache_object(c, "k");
    make_object(files_join(shipped, "k.o"), 100);
    cr_assert_str_eq(cache_object(c, "k"), files_join(shipped, "k.o"));
    make_object(files_join(shipped, "k.o"), 10);
    cr_assert_str_eq(cache_object(c, "k"), own);
    cr_assert_null(cache_open(false, shipped)->shipped);
}

Test(cache, takes_only_whole_objects) {
    Cache *c = open_here();
    char *path = cache_object(c, "k");
    cr_assert_not(cache_has_object(path));
    make_object(path, 3);
    cr_assert_not(cache_has_object(path));
    make_object(path, 200);
    cr_assert(cache_has_object(path));
    char text[200] = "no object at all";
    cr_assert_eq(files_write(path, text, sizeof text, 0644), 0);
    cr_assert_not(cache_has_object(path));
}

Test(cache, parts_have_names_of_their_own) {
    Cache *c = open_here();
    char *path = cache_object(c, "k");
    char *a = cache_part(path), *b = cache_part(path);
    cr_assert_str_neq(a, b);
    make_object(a, 100);
    cr_assert_eq(cache_put(a, path), 0);
    cr_assert(cache_has_object(path));
    cr_assert_not(files_exists(a));
    cr_assert_lt(cache_put(b, path), 0, "a part that is not there is an error");
}

static void age(const char *path, int days) {
    time_t then = time(NULL) - (time_t)days * 24 * 60 * 60;
    struct timespec times[2] = {{.tv_sec = then}, {.tv_sec = then}};
    cr_assert_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

Test(cache, tidying_takes_old_parts_and_keeps_a_small_cache) {
    Cache *c = open_here();
    char *old_part = mem_format("%s.1-1.part", cache_object(c, "a"));
    char *new_part = mem_format("%s.1-2.part", cache_object(c, "a"));
    char *old_object = cache_object(c, "b");
    make_object(old_part, 10);
    make_object(new_part, 10);
    make_object(old_object, 100);
    age(old_part, 2);
    age(old_object, 100);
    cache_tidy(c);
    cr_assert_not(files_exists(old_part));
    cr_assert(files_exists(new_part));
    cr_assert(files_exists(old_object));
}

Test(cache, a_hit_marks_as_used) {
    Cache *c = open_here();
    char *path = cache_object(c, "k");
    make_object(path, 100);
    age(path, 50);
    cr_assert(cache_has_object(path));
    struct stat st;
    cr_assert_eq(stat(path, &st), 0);
    cr_assert_lt(time(NULL) - st.st_mtime, 60);
}
