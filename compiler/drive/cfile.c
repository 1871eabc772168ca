/* cfile.c: see cfile.h. */
#include "drive/cfile.h"
#include "base/diag.h"
#include "drive/hash.h"
#include "drive/spawn.h"
#include <stdio.h>

static void add_flags(const Toolchain *tools, const CFile *file, Argv *argv) {
    const char *always[] = {file->debug ? "-O0" : "-O2", "-fno-pic", "-ffunction-sections",
                            "-fdata-sections"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        vec_push(argv, always[i]);
    const char *triple = toolchain_triple(tools);
    if (triple) vec_push(argv, mem_format("--target=%s", triple));
    if (file->debug) vec_push(argv, "-g");
    if (!strcmp(file->variant, "asan")) vec_push(argv, "-fsanitize=address,undefined");
    if (!strcmp(file->variant, "tsan")) vec_push(argv, "-fsanitize=thread");
    for (size_t i = 0; i < file->flags->count; i++)
        vec_push(argv, file->flags->at[i]);
}

/* What clang writes, preprocessed text or an object, comes in *made. */
static int run(const Toolchain *tools, const CFile *file, const char *how, uint8_t **made,
               size_t *size, char **messages) {
    Argv argv = {0};
    vec_push(&argv, tools->clang);
    vec_push(&argv, how);
    if (!strcmp(how, "-E") && !file->debug) vec_push(&argv, "-P"); /* no places, which may move */
    add_flags(tools, file, &argv);
    vec_push(&argv, mem_format("-I%s", tools->nif_include));
    vec_push(&argv, mem_format("-I%s", files_folder(file->path)));
    vec_push(&argv, file->path);
    vec_push(&argv, "-o");
    vec_push(&argv, "-");
    diag_note("%s", spawn_command_line(&argv));
    int status = spawn_filter(&argv, -1, made, size, messages);
    if (status < 0) diag_fatal("cannot run %s: %s", tools->clang, strerror(-status));
    return status;
}

/* NULL: it cannot be preprocessed. */
static char *key_of(const Toolchain *tools, const CFile *file) {
    Argv flags = {0};
    add_flags(tools, file, &flags);
    uint8_t *text;
    char *messages;
    size_t size;
    if (run(tools, file, "-E", &text, &size, &messages) != 0) return NULL;
    Hash *h = hash_new();
    hash_text(h, "C");
    hash_text(h, toolchain_id(tools));
    hash_text(h, spawn_command_line(&flags));
    hash_bytes(h, text, size);
    return hash_hex(h);
}

/* The linker reads it by its name. */
static char *unpacked(const Object *object) {
    static const char *folder;
    static unsigned count;
    size_t size = cache_full_size(object);
    uint8_t *elf = mem_alloc_atomic(size + 1);
    if (size == 0 || !cache_open_object(object, elf)) return NULL;
    if (!folder) folder = files_temp_folder();
    char *path = mem_format("%s/%u.o", folder, count++);
    int result = files_write(path, elf, size, 0666);
    if (result < 0) diag_fatal("cannot write %s: %s", path, strerror(-result));
    return path;
}

char *cfile_compile(const Toolchain *tools, const Cache *cache, const CFile *file) {
    char *key = key_of(tools, file), *messages;
    uint8_t *made;
    size_t size;
    Object object;
    if (key && cache_find(cache, key, &object)) {
        char *path = unpacked(&object);
        if (path) return path;
        cache_drop(&object);
    }
    int status = run(tools, file, "-c", &made, &size, &messages);
    if (*messages) fputs(messages, stderr);
    if (status != 0) diag_fatal("%s: clang does not compile it", file->called);
    cache_keep(cache, key ? key : "none", made, size, &object);
    return unpacked(&object);
}
