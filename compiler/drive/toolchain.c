/* toolchain.c: where the parts of the compiler and the programs it drives are. A beamrc in its
 * build folder has `beamrc.paths` beside it, lines of name=path; an installed one has everything in
 * ../lib/beamrc. */
#include "drive/toolchain.h"
#include "drive/files.h"
#include "drive/hash.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <stdlib.h>
#include <sys/stat.h>

#if defined(__x86_64__)
const char toolchain_host[] = "x86_64-linux";
#else
const char toolchain_host[] = "aarch64-linux";
#endif

const char *const toolchain_targets[] = {"x86_64-linux", "aarch64-linux", NULL};
const Library toolchain_libraries[] = {{"c", "libc6-dev"},
                                       {"pcre2-8", "libpcre2-dev"},
                                       {"tommath", "libtommath-dev"},
                                       {"crypto", "libssl-dev"},
                                       {"zstd", "libzstd-dev"},
                                       {"z", "zlib1g-dev"},
                                       {NULL, NULL}};

const char *const toolchain_variants[] = {"release", "debug", "stress", "asan", "tsan", NULL};

static void set_path(Toolchain *t, const char *name, const char *value) {
    if (strcmp(name, "archives") == 0)
        t->archives = value;
    else if (strcmp(name, "include") == 0)
        t->include = value;
    else if (strcmp(name, "nif_include") == 0)
        t->nif_include = value;
    else if (strcmp(name, "lib") == 0)
        t->lib = value;
    else if (strcmp(name, "roots") == 0)
        t->roots = value;
    else if (strcmp(name, "gleam") == 0)
        t->gleam = value;
}

static void read_paths(Toolchain *t, const char *text) {
    while (*text) {
        size_t len = strcspn(text, "\n");
        char *line = mem_copy_text(text, len);
        char *equals = strchr(line, '=');
        if (equals) {
            *equals = 0;
            set_path(t, line, equals + 1);
        }
        text += len + (text[len] != 0);
    }
}

static const char *find_llvm_tool(const char *env, const char *name) {
    const char *named = getenv(env);
    if (named && *named) return spawn_find(named);
    char *found = spawn_find(mem_format("%s-19", name));
    if (found) return found;
    char *debian = mem_format("/usr/lib/llvm-19/bin/%s", name);
    return files_is_executable(debian) ? debian : NULL;
}

Toolchain *toolchain_find(void) {
    Toolchain *t = mem_new(Toolchain);
    t->target = toolchain_host;
    const char *self = files_real("/proc/self/exe");
    if (!self) diag_fatal("cannot find this program's own file: /proc is not mounted");
    const char *folder = files_folder(self);
    char *paths = files_join(folder, "beamrc.paths");
    uint8_t *text;
    size_t size;
    if (files_read(paths, &text, &size) == 0) {
        t->where = paths;
        read_paths(t, (const char *)text);
    } else {
        char *parts = files_join(files_folder(folder), "lib/beamrc");
        t->where = parts;
        t->archives = parts;
        t->include = files_join(parts, "include");
        t->nif_include = files_join(parts, "include/erl_nif");
        t->lib = files_join(parts, "lib");
        t->roots = files_join(parts, "roots.txt");
        t->gleam = files_join(parts, "gleam");
        t->objects = files_join(parts, "objects");
    }
    t->clang = find_llvm_tool("BEAMRC_CLANG", "clang");
    t->lld = find_llvm_tool("BEAMRC_LLD", "ld.lld");
    return t;
}

static bool is_cross(const Toolchain *t) {
    return strcmp(t->target, toolchain_host) != 0;
}

const char *toolchain_triple(const Toolchain *t) {
    return is_cross(t) ? mem_format("%s-gnu", t->target) : NULL;
}

char *toolchain_archives(const Toolchain *t) {
    if (!t->archives) return NULL;
    return is_cross(t) ? files_join(t->archives, t->target) : mem_format("%s", t->archives);
}

char *toolchain_archive(const Toolchain *t, const char *variant) {
    if (!t->archives) return NULL;
    const char *name =
        strcmp(variant, "release") == 0 ? "libbeamrc.a" : mem_format("libbeamrc-%s.a", variant);
    return files_join(toolchain_archives(t), name);
}

/* From Debian: its C library and what clang takes from gcc. */
char *toolchain_cross_lacks(const Toolchain *t) {
    const char *triple = toolchain_triple(t);
    const char *debian = strncmp(t->target, "aarch64", 7) == 0 ? "arm64" : "amd64";
    if (!files_exists(mem_format("/usr/%s/lib/crt1.o", triple)))
        return mem_format("its C library is not here: install Debian's libc6-dev-%s-cross", debian);
    if (!files_is_folder(mem_format("/usr/lib/gcc-cross/%s", triple)))
        return mem_format("gcc's library for it is not here: install Debian's "
                          "libgcc-12-dev-%s-cross",
                          debian);
    char *archive = toolchain_archive(t, "release");
    if (archive && !files_exists(archive))
        return mem_format("the runtime for it is not there (%s): run `tools/target %s` in beamrc's "
                          "sources",
                          archive, t->target);
    return NULL;
}

void toolchain_require(const Toolchain *t, const char *variant) {
    if (!t->clang)
        diag_fatal("clang-19 is not in PATH: install Debian's clang-19 (or run tools/setup)");
    if (!t->lld)
        diag_fatal("ld.lld-19 is not in PATH: install Debian's lld-19 (or run tools/setup)");
    if (!t->archives || !t->include || !t->lib)
        diag_fatal("%s does not say where the runtime is: build beamrc again", t->where);
    char *archive = toolchain_archive(t, variant);
    char *lacking = is_cross(t) ? toolchain_cross_lacks(t) : NULL;
    if (lacking) diag_fatal("--target %s: %s", t->target, lacking);
    if (!files_exists(archive))
        diag_fatal("the runtime %s is not there: run `meson compile -C build%s`", archive,
                   strcmp(variant, "release") == 0 ? "" : " variants");
    char *header = files_join(t->include, "code/gen.h");
    if (!files_exists(header))
        diag_fatal("the runtime's headers are not in %s: install beamrc again", t->include);
}

/* A header of generated C and all that it includes. bif.def and the atoms that only the runtime
 * names are left out: what a module takes from them stands in the module's own C. */
static void hash_header(Hash *h, const Toolchain *t, const char *name, Map *seen) {
    uint8_t *bytes;
    size_t size;
    if (map_get(seen, name, strlen(name)) || strcmp(name, "abi/bif.def") == 0) return;
    map_set(seen, name, strlen(name), (void *)1);
    if (files_read(files_join(t->include, name), &bytes, &size) < 0) return;
    static const char include[] = "#include \"", fence[] = "/* Generated C and its headers";
    char *text = mem_copy_text((const char *)bytes, size), *end = strstr(text, fence);
    if (end && strcmp(name, "abi/atom.def") == 0) *end = 0;
    hash_text(h, name);
    hash_text(h, text);
    const char *at = text;
    while ((at = strstr(at, include))) {
        at += sizeof include - 1;
        size_t len = strcspn(at, "\"\n");
        hash_header(h, t, mem_copy_text(at, len), seen);
    }
}

char *toolchain_id(const Toolchain *t) {
    Hash *h = hash_new();
    Map *seen = map_new();
    hash_header(h, t, "code/gen.h", seen);
    hash_header(h, t, "abi/program.h", seen);
    struct stat st;
    if (t->clang && stat(t->clang, &st) == 0) {
        hash_bytes(h, &st.st_size, sizeof st.st_size);
        hash_bytes(h, &st.st_mtim.tv_sec, sizeof st.st_mtim.tv_sec);
    }
    return hash_hex(h);
}

char *toolchain_own_id(void) {
    uint8_t *bytes;
    size_t size;
    int result = files_read("/proc/self/exe", &bytes, &size);
    if (result < 0) diag_fatal("cannot read beamrc's own executable: %s", strerror(-result));
    Hash *h = hash_new();
    hash_bytes(h, bytes, size);
    return hash_hex(h);
}
