/* test_image.c: the last step after linking, on an executable that clang makes here. */
#include "drive/files.h"
#include "drive/image.h"
#include "drive/spawn.h"
#include <criterion/criterion.h>
#include <elf.h>

static const char program[] = "int table[1000] = {1};\n"
                              "int triple(int n) { return 3 * n + table[n]; }\n"
                              "int main(int argc, char **argv) { return triple(argc * 2); }\n";

static char *linked_path; /* of the program, linked */
static uint8_t *linked;
static size_t linked_size;

static int run(Argv *argv) {
    char *output;
    int status = spawn_run(argv, NULL, &output);
    return status;
}

static void link_it(void) {
    char *folder = files_temp_folder();
    char *source = files_join(folder, "p.c");
    linked_path = files_join(folder, "p");
    cr_assert_eq(files_write(source, program, sizeof program - 1, 0644), 0);
    Argv argv = {0};
    const char *words[] = {"clang-19",        "-g",   "-O1", "-static",  "-no-pie",
                           "-fuse-ld=lld-19", source, "-o",  linked_path};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        vec_push(&argv, words[i]);
    cr_assert_eq(run(&argv), 0);
    cr_assert_eq(files_read(linked_path, &linked, &linked_size), 0);
}

static void check_runs(const Text *image) {
    char *path = mem_format("%s-finished", linked_path);
    cr_assert_eq(files_write(path, image->at, image->count, 0755), 0);
    Argv argv = {0};
    vec_push(&argv, path);
    cr_assert_eq(run(&argv), 6);
}

static void check_section(const Text *image, const char *expected) {
    const uint8_t *at;
    size_t len;
    cr_assert_null(image_section((uint8_t *)image->at, image->count, ".mine", &at, &len));
    cr_assert_not_null(at);
    cr_assert_eq(len, strlen(expected));
    cr_assert_arr_eq(at, expected, len);
}

Test(image, strips_and_adds, .init = link_it) {
    Text out = {0};
    cr_assert_null(image_finish(linked, linked_size, ".mine", "hello", 5, false, &out));
    cr_assert_lt(out.count, linked_size);
    check_section(&out, "hello");
    ImageSymbols none = {0};
    cr_assert_null(image_symbols((uint8_t *)out.at, out.count, &none));
    cr_assert_eq(none.count, 0);
    check_runs(&out);
}

static const ImageSymbol *find_symbol(const ImageSymbols *all, const char *name) {
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->at[i].name, name) == 0) return &all->at[i];
    return NULL;
}

Test(image, keeps_symbols, .init = link_it) {
    ImageSymbols before = {0}, after = {0};
    cr_assert_null(image_symbols(linked, linked_size, &before));
    Text out = {0};
    cr_assert_null(image_finish(linked, linked_size, ".mine", "kept", 4, true, &out));
    check_section(&out, "kept");
    cr_assert_null(image_symbols((uint8_t *)out.at, out.count, &after));
    cr_assert_eq(before.count, after.count);
    const ImageSymbol *triple = find_symbol(&after, "triple");
    cr_assert_not_null(triple);
    cr_assert(triple->is_code);
    cr_assert_gt(triple->size, 0);
    cr_assert_not(find_symbol(&after, "table")->is_code);
    check_runs(&out);
}

Test(image, finishing_twice_gives_the_same_bytes, .init = link_it) {
    Text a = {0}, b = {0};
    cr_assert_null(image_finish(linked, linked_size, ".mine", "x", 1, false, &a));
    cr_assert_null(image_finish(linked, linked_size, ".mine", "x", 1, false, &b));
    cr_assert_eq(a.count, b.count);
    cr_assert_arr_eq(a.at, b.at, a.count);
}

Test(image, damage_is_an_answer, .init = link_it) {
    uint64_t random = 88172645463325252u;
    for (int round = 0; round < 3000; round++) {
        size_t size = linked_size;
        uint8_t *copy = mem_alloc_atomic(size);
        memcpy(copy, linked, size);
        const Elf64_Ehdr *head = (const void *)linked;
        for (int i = 0; i < 4; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            size_t table = (size_t)head->e_shnum * sizeof(Elf64_Shdr);
            size_t at = random & 1 ? (random >> 8) % 1024 : head->e_shoff + (random >> 8) % table;
            copy[at] = (uint8_t)(random >> 50);
        }
        if (round % 3 == 0) size = (size_t)(random % size);
        Text out = {0};
        ImageSymbols symbols = {0};
        const uint8_t *at;
        size_t len;
        (void)image_symbols(copy, size, &symbols);
        (void)image_section(copy, size, ".text", &at, &len);
        (void)image_finish(copy, size, ".mine", "x", 1, round & 1, &out);
        if (round % 64 == 0) cr_assert(true);
    }
}

Test(image, other_files_are_refused) {
    const uint8_t *at;
    size_t len;
    cr_assert_not_null(image_section((const uint8_t *)"", 0, "x", &at, &len));
    const char text[200] = "#!/bin/sh\n";
    cr_assert_not_null(image_section((const uint8_t *)text, sizeof text, "x", &at, &len));
}
