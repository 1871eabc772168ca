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

static int run(const Toolchain *tools, const CFile *file, const char *how, const char *object,
               char **output) {
    Argv argv = {0};
    vec_push(&argv, tools->clang);
    vec_push(&argv, how);
    if (!strcmp(how, "-E") && !file->debug) vec_push(&argv, "-P"); /* no places, which may move */
    add_flags(tools, file, &argv);
    vec_push(&argv, mem_format("-I%s", tools->nif_include));
    vec_push(&argv, mem_format("-I%s", files_folder(file->path)));
    vec_push(&argv, file->path);
    vec_push(&argv, "-o");
    vec_push(&argv, object);
    diag_note("%s", spawn_command_line(&argv));
    int status = spawn_run(&argv, NULL, output);
    if (status < 0) diag_fatal("cannot run %s: %s", tools->clang, strerror(-status));
    return status;
}

/* NULL: it cannot be preprocessed. */
static char *key_of(const Toolchain *tools, const CFile *file) {
    Argv flags = {0};
    add_flags(tools, file, &flags);
    char *text = files_join(files_temp_folder(), "preprocessed.i"), *messages;
    uint8_t *bytes;
    size_t size;
    if (run(tools, file, "-E", text, &messages) || files_read(text, &bytes, &size)) return NULL;
    Hash *h = hash_new();
    hash_text(h, "C");
    hash_text(h, toolchain_id(tools));
    hash_text(h, spawn_command_line(&flags));
    hash_bytes(h, bytes, size);
    return hash_hex(h);
}

char *cfile_compile(const Toolchain *tools, const Cache *cache, const CFile *file) {
    char *key = key_of(tools, file), *messages;
    char *object = cache_object(cache, key ? key : "none");
    if (key && cache_has_object(object)) return object;
    char *part = cache_part(object);
    int status = run(tools, file, "-c", part, &messages);
    if (*messages) fputs(messages, stderr);
    if (status != 0) {
        remove(part);
        diag_fatal("%s: clang does not compile it", file->called);
    }
    int result = cache_put(part, object);
    if (result < 0) diag_fatal("cannot write %s: %s", object, strerror(-result));
    return object;
}
