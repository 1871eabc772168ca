/* nifs.c: see nifs.h. A library's init function is told by its name, which ERL_NIF_INIT makes: of a
 * C file compiled here NAME is the file's, of objects and archives what they were compiled with. */
#include "drive/nifs.h"
#include "drive/cfile.h"
#include "drive/image.h"
#include "base/diag.h"
#include <ctype.h>
#include <stdlib.h>

#define INIT "_nif_init"

/* ---- C files ---- */

/* The file's name as part of a C identifier. */
static char *library_name(const char *path) {
    char *name = files_stem(path);
    for (char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c)) *c = '_';
    return isdigit((unsigned char)*name) ? mem_format("_%s", name) : name;
}

static const char *compile(const Toolchain *tools, const Cache *cache, const char *path,
                           const char *variant, bool debug) {
    Names flags = {0};
    vec_push(&flags, mem_format("-DSTATIC_ERLANG_NIF_LIBNAME=%s", library_name(path)));
    CFile file = {path, mem_format("--nif %s", path), &flags, variant, debug};
    return cfile_compile(tools, cache, &file);
}

/* ---- objects and archives ---- */

static bool is_known(const Names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->at[i], name)) return true;
    return false;
}

/* The libraries that an object defines. Whether it could be read. */
static bool note_object(const uint8_t *bytes, size_t size, const char *path, Nifs *out) {
    ImageSymbols symbols = {0};
    uint8_t *copy = mem_alloc_atomic(size + 1); /* aligned, which a part of an archive is not */
    memcpy(copy, bytes, size);
    if (image_symbols(copy, size, &symbols)) return false;
    for (size_t i = 0; i < symbols.count; i++) {
        const char *name = symbols.at[i].name;
        if (!symbols.at[i].is_code) continue;
        if (!strcmp(name, "nif_init"))
            diag_fatal("--nif %s: it is compiled for a shared object: compile it with "
                       "-DSTATIC_ERLANG_NIF, or give its C file",
                       path);
        if (!files_has_suffix(name, INIT)) continue;
        char *library = mem_copy_text(name, strlen(name) - strlen(INIT));
        if (*library && !is_known(&out->names, library)) vec_push(&out->names, library);
    }
    return true;
}

enum { MEMBER_HEAD = 60, MEMBER_SIZE = 48 };

static bool note_archive(const uint8_t *bytes, size_t size, const char *path, Nifs *out) {
    static const char magic[] = "!<arch>\n";
    size_t at = sizeof magic - 1;
    if (size < at || memcmp(bytes, magic, at) != 0) return false;
    while (size - at >= MEMBER_HEAD) {
        const char *head = (const char *)bytes + at;
        unsigned long long len = strtoull(mem_copy_text(head + MEMBER_SIZE, 10), NULL, 10);
        at += MEMBER_HEAD;
        if (len > size - at) return false;
        bool is_object = head[0] != '/' || isdigit((unsigned char)head[1]); /* or a long name */
        if (is_object && !note_object(bytes + at, len, path, out)) return false;
        at += len + (len & 1);
        if (at > size) break;
    }
    return true;
}

static void add_file(const char *path, const char *given, Nifs *out) {
    uint8_t *bytes;
    size_t size;
    int result = files_read(path, &bytes, &size);
    if (result < 0) diag_fatal("--nif %s: %s", given, strerror(-result));
    bool archive = files_has_suffix(path, ".a");
    if (!(archive ? note_archive : note_object)(bytes, size, given, out))
        diag_fatal("--nif %s: it is no %s for this machine", given,
                   archive ? "static library" : "object file");
    vec_push(&out->files, path);
}

void nifs_prepare(const Toolchain *tools, const Cache *cache, const Names *given,
                  const char *variant, bool debug, Nifs *out) {
    for (size_t i = 0; i < given->count; i++) {
        const char *path = given->at[i];
        bool is_c = files_has_suffix(path, ".c");
        if (!files_exists(path)) diag_fatal("--nif %s: no such file", path);
        if (files_has_suffix(path, ".so"))
            diag_fatal("--nif %s: a shared object is loaded at run time: build with --dynamic",
                       path);
        if (!is_c && !files_has_suffix(path, ".o") && !files_has_suffix(path, ".a"))
            diag_fatal("--nif %s: it takes .c, .o and .a files", path);
        add_file(is_c ? compile(tools, cache, path, variant, debug) : path, path, out);
    }
    if (given->count && !out->names.count)
        diag_fatal("--nif %s: it has no function NAME_nif_init: ERL_NIF_INIT of erl_nif.h makes it",
                   given->at[0]);
}
