/* test_cache.c: the cache of objects: where it is, what counts as an object, how files get in. */
#include "drive/cache.h"
#include "drive/archive.h"
#include "drive/files.h"
#include "drive/pack.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static Cache *open_here(void) {
    setenv("BEAMRC_CACHE", files_temp_folder(), 1);
    return cache_open(true, NULL, NULL);
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

static char *object_path(const Cache *c, const char *name) {
    return mem_format("%s/obj/%s", c->folder, name);
}

static bool is_there(const Cache *c, const char *key) {
    Object o;
    return cache_find(c, key, &o);
}

Test(cache, shipped_objects_come_first) {
    const char *shipped = files_temp_folder();
    open_here();
    Cache *c = cache_open(true, shipped, NULL);
    Object o;
    uint8_t elf[100] = "\177ELF";
    cache_keep(c, "k", elf, sizeof elf, &o);
    cr_assert(cache_find(c, "k", &o));
    cr_assert_str_eq(o.path, object_path(c, "k.zst"));
    cr_assert_eq(files_copy(o.path, files_join(shipped, "k.zst"), 0644), 0);
    cr_assert(cache_find(c, "k", &o));
    cr_assert_str_eq(o.path, files_join(shipped, "k.zst"));
    cr_assert_null(cache_open(false, shipped, NULL)->shipped);
}

Test(cache, takes_only_objects) {
    Cache *c = open_here();
    cr_assert_not(is_there(c, "k"));
    make_object(object_path(c, "k.o"), 3);
    cr_assert_not(is_there(c, "k"));
    make_object(object_path(c, "k.o"), 200);
    cr_assert(is_there(c, "k"));
    char text[200] = "no object at all";
    cr_assert_eq(files_write(object_path(c, "k.o"), text, sizeof text, 0644), 0);
    cr_assert_not(is_there(c, "k"));
    cr_assert_eq(files_write(object_path(c, "k.zst"), "", 0, 0644), 0);
    cr_assert_not(is_there(c, "k"));
}

Test(cache, what_is_kept_comes_back) {
    Cache *c = open_here();
    uint8_t elf[5000] = "\177ELF", back[5000];
    Object o, found;
    cache_keep(c, "k", elf, sizeof elf, &o);
    cr_assert(cache_find(c, "k", &found));
    cr_assert_lt(found.size, sizeof elf / 10);
    cr_assert_eq(cache_full_size(&found), sizeof elf);
    cr_assert(cache_open_object(&found, back));
    cr_assert_arr_eq(elf, back, sizeof elf);
    cr_assert_eq(unlink(found.path), 0); /* as another build may */
    cr_assert(cache_open_object(&found, back));
}

Test(cache, no_cache_keeps_in_memory) {
    Cache *c = cache_open(false, NULL, NULL);
    uint8_t elf[100] = "\177ELF", back[100];
    Object o;
    cache_keep(c, "k", elf, sizeof elf, &o);
    cr_assert_null(o.path);
    cr_assert(cache_open_object(&o, back));
    cr_assert_not(is_there(c, "k"));
}

Test(cache, a_damaged_object_is_found_out) {
    Cache *c = open_here();
    uint8_t elf[5000] = "\177ELF";
    for (size_t i = 64; i < sizeof elf; i++)
        elf[i] = (uint8_t)(i * i >> 3);
    Object kept, found;
    cache_keep(c, "k", elf, sizeof elf, &kept);
    uint8_t *bytes = mem_alloc_atomic(kept.size);
    memcpy(bytes, kept.bytes, kept.size);
    bytes[kept.size / 2] ^= 1;
    cr_assert_eq(files_write(kept.path, bytes, kept.size, 0644), 0);
    cr_assert(cache_find(c, "k", &found));
    Object *both[] = {&found, &kept};
    cr_assert_eq(archive_make(both, 2), -EBADMSG);
    cr_assert_null(found.bytes);
    cr_assert_not_null(kept.bytes);
    cr_assert_not(is_there(c, "k"));
}

static void age(const char *path, int hours) {
    time_t then = time(NULL) - (time_t)hours * 60 * 60;
    struct timespec times[2] = {{.tv_sec = then}, {.tv_sec = then}};
    cr_assert_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

Test(cache, a_hit_marks_as_used) {
    Cache *c = open_here();
    char *path = object_path(c, "k.o");
    make_object(path, 100);
    age(path, 50);
    cr_assert(is_there(c, "k"));
    struct stat st;
    cr_assert_eq(stat(path, &st), 0);
    cr_assert_lt(time(NULL) - st.st_mtime, 60);
}

/* ---- its limit ---- */

static Quota quota_here(const char *limit) {
    Cache *c = open_here();
    return cache_quota(c->folder, limit);
}

static int put(const Quota *q, const char *name, size_t size) {
    return quota_put(q, mem_format("%s/obj/%s", q->folder, name), mem_alloc(size), size, 0644);
}

static bool has(const Quota *q, const char *name) {
    return files_exists(mem_format("%s/obj/%s", q->folder, name));
}

Test(quota, least_recently_used_goes_first) {
    Quota q = quota_here("64K");
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(put(&q, mem_format("f%d", i), 16 << 10), 0);
        age(mem_format("%s/obj/f%d", q.folder, i), i == 1 ? 1 : 10 - i);
    }
    cr_assert_eq(quota_used_bytes(&q), 64 << 10);
    cr_assert_eq(put(&q, "new", 16 << 10), 0);
    cr_assert(has(&q, "new") && has(&q, "f1") && has(&q, "f2") && has(&q, "f3"));
    cr_assert_not(has(&q, "f0"));
    cr_assert_eq(put(&q, "large", 30 << 10), 0);
    cr_assert(has(&q, "large") && has(&q, "new") && has(&q, "f1"));
    cr_assert_eq(put(&q, "too large", 80 << 10), -EFBIG);
    cr_assert_leq(quota_used_bytes(&q), 64 << 10);
}

Test(quota, a_smaller_limit_and_a_lost_ledger) {
    Quota q = quota_here("64K");
    for (int i = 0; i < 4; i++)
        cr_assert_eq(put(&q, mem_format("f%d", i), 16 << 10), 0);
    cr_assert_eq(files_write(files_join(q.folder, "size"), "x", 1, 0644), 0);
    q.limit_bytes = 20 << 10;
    quota_hold(&q);
    cr_assert_eq(quota_used_bytes(&q), 16 << 10);
}

Test(quota, what_killed_writers_left_goes) {
    Quota q = quota_here("64K");
    make_object(mem_format("%s/obj/a.zst.new", q.folder), 3000);
    make_object(mem_format("%s/obj/b.o.1-1.part", q.folder), 3000);
    make_object(mem_format("%s/obj/c.o.1-1.part", q.folder), 3000);
    age(mem_format("%s/obj/c.o.1-1.part", q.folder), 48);
    cr_assert_eq(files_write(files_join(q.folder, "size"), "", 0, 0644), 0);
    quota_hold(&q);
    cr_assert(has(&q, "b.o.1-1.part"));
    cr_assert_not(has(&q, "a.zst.new") || has(&q, "c.o.1-1.part"));
}

Test(quota, sizes_in_words) {
    int64_t n;
    cr_assert(quota_parse("123", &n) && n == 123);
    cr_assert(quota_parse("5G", &n) && n == INT64_C(5) << 30);
    cr_assert(quota_parse("64kB", &n) && n == 64 << 10);
    const char *wrong[] = {"", "x", "-1", "5X", "5GBs", "99999999999T", "1.5G", " 1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_not(quota_parse(wrong[i], &n), "%s", wrong[i]);
    cr_assert_str_eq(quota_text(INT64_C(5) << 30), "5.0 GB");
    cr_assert_str_eq(quota_text(300), "300 bytes");
}
