/* foreign.c: see foreign.h. A C file without marks of beamrc.h is no module: it is compiled and
 * linked where its folder has one with marks, and is somebody else's where it has none. */
#include "drive/foreign.h"
#include "base/diag.h"
#include "drive/cfile.h"
#include "drive/spawn.h"
#include "ffi/directives.h"
#include "ffi/read.h"
#include "ffi/stub.h"
#include "ffi/wrap.h"

struct ForeignFile {
    const char *path, *text;
    bool is_marked; /* with something of beamrc.h */
    FfiDirectives directives;
    Names flags;
    char *wrapper; /* path of its C, or NULL: no module */
};

/* ---- flags ---- */

static void add_words(Names *to, const char *text) {
    while (*(text += strspn(text, " \t\r\n"))) {
        size_t len = strcspn(text, " \t\r\n");
        vec_push(to, (const char *)mem_copy_text(text, len));
        text += len;
    }
}

/* What pkg-config says of a package. */
static void ask_package(const ForeignFile *f, const FfiWord *word, const char *what, Names *to) {
    const char *program = spawn_find("pkg-config");
    if (!program)
        diag_fatal("%s:%u: pkg-config is not in PATH: install Debian's pkg-config", f->path,
                   word->line);
    Argv argv = {0};
    const char *words[] = {program, "--static", what, word->text};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        vec_push(&argv, words[i]);
    char *output;
    if (spawn_run(&argv, NULL, &output) != 0)
        diag_fatal("%s:%u: pkg-config knows no package %s: install its -dev package", f->path,
                   word->line, word->text);
    add_words(to, output);
}

static void find_flags(ForeignFile *f) {
    for (size_t i = 0; i < f->directives.flags.count; i++)
        vec_push(&f->flags, f->directives.flags.at[i].text);
    for (size_t i = 0; i < f->directives.packages.count; i++)
        ask_package(f, &f->directives.packages.at[i], "--cflags", &f->flags);
}

/* ---- reading ---- */

static FfiModule *read_module(const Toolchain *tools, const ForeignFile *f) {
    Names flags = {0};
    vec_push(&flags, "-std=gnu17");
    const char *triple = toolchain_triple(tools);
    if (triple) vec_push(&flags, mem_format("--target=%s", triple));
    for (size_t i = 0; i < f->flags.count; i++)
        vec_push(&flags, f->flags.at[i]);
    vec_push(&flags, mem_format("-I%s", tools->nif_include));
    return ffi_read(f->path, f->text, flags.at, flags.count);
}

static char *write_temporary(const char *name, const char *bytes, size_t size) {
    char *folder = files_join(files_temp_folder(), "native"), *path = files_join(folder, name);
    int result = files_make_folders(folder);
    if (result == 0) result = files_write(path, bytes, size, 0600);
    if (result < 0) diag_fatal("cannot write %s: %s", path, strerror(-result));
    return path;
}

/* A name belongs to one file, a type likewise. */
static void note_module(const FfiModule *m, Map *owners) {
    char *key = mem_format("module %s", m->name);
    const char *other = map_get(owners, key, strlen(key));
    if (other) diag_fatal("%s: the module %s is in %s already", m->path, m->name, other);
    map_set(owners, key, strlen(key), (void *)(uintptr_t)m->path);
}

static void note_resources(const FfiModule *m, Map *owners) {
    for (size_t i = 0; i < m->resources.count; i++) {
        const char *name = m->resources.at[i], *other = map_get(owners, name, strlen(name));
        if (other)
            diag_fatal("%s: BRC_RESOURCE(%s, ...) is in %s already: BRC_RESOURCE_OF_OTHER(%s) uses "
                       "it",
                       m->path, name, other, name);
        map_set(owners, name, strlen(name), (void *)(uintptr_t)m->path);
    }
}

static void make_module(const Toolchain *tools, ForeignFile *f, Map *owners, Foreign *out) {
    FfiModule *m = read_module(tools, f);
    note_resources(m, owners);
    if (m->functions.count == 0) return;
    note_module(m, owners);
    const char *wrapper = wrap_module(m);
    f->wrapper = write_temporary(mem_format("%s.wrapper.c", m->name), wrapper, strlen(wrapper));
    Text beam = stub_module(m);
    vec_push(&out->modules,
             (const char *)write_temporary(mem_format("%s.beam", m->name), beam.at, beam.count));
}

static ForeignFile *open_file(const char *path) {
    ForeignFile *f = mem_new(ForeignFile);
    f->path = path;
    uint8_t *text;
    size_t size;
    int result = files_read(path, &text, &size);
    if (result < 0) diag_fatal("cannot read %s: %s", path, strerror(-result));
    f->text = (const char *)text;
    f->is_marked = strstr(f->text, "BRC_") != NULL;
    return f;
}

void foreign_read(const Toolchain *tools, const Names *paths, Foreign *out) {
    Map *owners = map_new(), *folders = map_new();
    VEC(ForeignFile *) all = {0};
    for (size_t i = 0; i < paths->count; i++) {
        ForeignFile *f = open_file(paths->at[i]);
        const char *folder = files_folder(f->path);
        if (f->is_marked) map_set(folders, folder, strlen(folder), f);
        vec_push(&all, f);
    }
    for (size_t i = 0; i < all.count; i++) {
        ForeignFile *f = all.at[i];
        const char *folder = files_folder(f->path);
        if (!map_get(folders, folder, strlen(folder))) continue;
        directives_read(f->path, f->text, &f->directives);
        find_flags(f);
        vec_push(&out->files, f);
        if (f->is_marked) make_module(tools, f, owners, out);
    }
}

/* ---- compiling ---- */

void foreign_write_c(const Foreign *all, const char *folder) {
    for (size_t i = 0; i < all->files.count; i++) {
        const char *wrapper = all->files.at[i]->wrapper;
        if (!wrapper) continue;
        char *to = files_join(folder, files_base(wrapper));
        int result = files_copy(wrapper, to, 0666);
        if (result < 0) diag_fatal("cannot write %s: %s", to, strerror(-result));
    }
}

static void wrapper_flags(const Toolchain *tools, const char *variant, Names *flags) {
    const char *always[] = {"-std=gnu17",
                            "-w",
                            "-fno-plt",
                            "-fno-strict-aliasing",
                            "-falign-functions=16",
                            "-fno-asynchronous-unwind-tables",
                            "-D_GNU_SOURCE"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        vec_push(flags, always[i]);
    vec_push(flags, mem_format("-I%s", tools->include));
    /* as the runtime's own code (runtime/meson.build): it is called with the stack as generated
     * code has it */
    if (!strcmp(tools->target, "x86_64-linux")) {
        vec_push(flags, "-mstackrealign");
        vec_push(flags, "-march=x86-64-v2");
    }
    if (!strcmp(variant, "release")) vec_push(flags, "-DNDEBUG");
    if (!strcmp(variant, "asan")) {
        const char *asan[] = {"-fno-sanitize=function", "-fno-sanitize-recover=undefined",
                              "-fno-omit-frame-pointer", "-mllvm", "-asan-stack=0"};
        for (size_t i = 0; i < sizeof asan / sizeof *asan; i++)
            vec_push(flags, asan[i]);
    }
    if (!strcmp(variant, "tsan")) {
        vec_push(flags, "-mllvm");
        vec_push(flags, "-tsan-instrument-func-entry-exit=0");
    }
}

/* ---- libraries ---- */

/* Whether clang finds NAME's library, in its own folders and those of -L. */
static bool has_library(const Toolchain *tools, const Names *flags, const char *name,
                        const char *suffix) {
    char *file = mem_format("lib%s%s", name, suffix);
    for (size_t i = 0; i < flags->count; i++)
        if (!strncmp(flags->at[i], "-L", 2) && files_exists(files_join(flags->at[i] + 2, file)))
            return true;
    if (toolchain_triple(tools) && files_exists(files_join(toolchain_archives(tools), file)))
        return true;
    Argv argv = {0};
    vec_push(&argv, tools->clang);
    const char *triple = toolchain_triple(tools);
    if (triple) vec_push(&argv, mem_format("--target=%s", triple));
    vec_push(&argv, mem_format("-print-file-name=%s", file));
    char *output;
    return spawn_run(&argv, NULL, &output) == 0 && strchr(output, '/');
}

static void add_libraries(const Toolchain *tools, const ForeignFile *f, bool dynamic,
                          Names *links) {
    for (size_t i = 0; i < f->flags.count; i++)
        if (!strncmp(f->flags.at[i], "-L", 2)) vec_push(links, f->flags.at[i]);
    for (size_t i = 0; i < f->directives.links.count; i++) {
        const FfiWord *word = &f->directives.links.at[i];
        if (!has_library(tools, &f->flags, word->text, ".a") &&
            !(dynamic && has_library(tools, &f->flags, word->text, ".so")))
            diag_fatal("%s:%u: there is no library lib%s.a: install the -dev package that has it",
                       f->path, word->line, word->text);
        vec_push(links, mem_format("-l%s", word->text));
    }
    for (size_t i = 0; i < f->directives.packages.count; i++)
        ask_package(f, &f->directives.packages.at[i], "--libs", links);
}

void foreign_compile(const Toolchain *tools, const Cache *cache, const char *variant, bool debug,
                     bool dynamic, Foreign *out) {
    Names flags = {0}, libraries = {0};
    wrapper_flags(tools, variant, &flags);
    for (size_t i = 0; i < out->files.count; i++) {
        const ForeignFile *f = out->files.at[i];
        add_libraries(tools, f, dynamic, &libraries);
        CFile user = {f->path, f->path, &f->flags, variant, debug};
        vec_push(&out->links, (const char *)cfile_compile(tools, cache, &user));
        if (!f->wrapper) continue;
        CFile wrapper = {f->wrapper, f->path, &flags, variant, false};
        vec_push(&out->links, (const char *)cfile_compile(tools, cache, &wrapper));
    }
    for (size_t i = 0; i < libraries.count; i++)
        vec_push(&out->links, libraries.at[i]);
}
