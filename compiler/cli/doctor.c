/* doctor.c: the command doctor: what this machine has and lacks for building, a line each. */
#include "cli/commands.h"
#include "ffi/clang.h"
#include "drive/cache.h"
#include "drive/otp.h"
#include "drive/spawn.h"
#include "drive/toolchain.h"
#include <stdio.h>
#include <unistd.h>

static int lacking; /* things that building cannot do without */

static void have(const char *what, const char *where) {
    printf("ok       %-16s %s\n", what, where);
}

static void lack(const char *what, const char *advice, bool needed) {
    printf("%s  %-16s %s\n", needed ? "MISSING" : "absent ", what, advice);
    lacking += needed;
}

/* First line of what a program prints of its version, or just its path. */
static const char *version_of(const char *path, const char *flag) {
    Argv argv = {0};
    vec_push(&argv, path);
    vec_push(&argv, flag);
    char *output;
    if (spawn_run(&argv, NULL, &output) != 0) return path;
    return mem_format("%s (%s)", path, mem_copy_text(output, strcspn(output, "\n")));
}

static void check_tool(const char *what, const char *path, const char *advice) {
    if (path)
        have(what, version_of(path, "--version"));
    else
        lack(what, advice, true);
}

static void check_otp(const Options *o) {
    char *error = NULL;
    Otp *otp = otp_find(o->otp, &error);
    if (otp)
        have("OTP", mem_format("%s in %s", otp->release, otp->root));
    else
        lack("OTP", error, true);
    const char *erlc = spawn_find("erlc");
    if (erlc)
        have("erlc", erlc);
    else
        lack("erlc", "needed for .erl files: install Debian's erlang-base", false);
}

static void check_gleam(const Toolchain *t) {
    const char *gleam = spawn_find("gleam");
    if (gleam) {
        have("gleam", version_of(gleam, "--version"));
        return;
    }
    if (!t->gleam || !files_exists(t->gleam)) {
        lack("gleam", "needed for Gleam projects only", false);
        return;
    }
    Argv argv = {0};
    vec_push(&argv, t->gleam);
    vec_push(&argv, "--version");
    char *output;
    if (spawn_run(&argv, NULL, &output) == 0)
        have("gleam",
             mem_format("%s (%s)", t->gleam, mem_copy_text(output, strcspn(output, "\n"))));
    else
        lack("gleam", "needed for Gleam projects only: run tools/setup", false);
}

static void check_parts(const Toolchain *t) {
    for (size_t i = 0; toolchain_variants[i]; i++) {
        const char *variant = toolchain_variants[i];
        bool release = i == 0;
        char *what = mem_format("runtime %s", variant);
        char *archive = toolchain_archive(t, variant);
        if (archive && files_exists(archive))
            have(what, archive);
        else
            lack(what,
                 release ? "build or install beamrc again"
                         : "for tests only: meson compile -C build variants",
                 release);
    }
    char *header = t->include ? files_join(t->include, "code/gen.h") : NULL;
    if (header && files_exists(header))
        have("headers", t->include);
    else
        lack("headers", "build or install beamrc again", true);
    char *boot = t->lib ? files_join(t->lib, "brc_boot.beam") : NULL;
    if (boot && files_exists(boot))
        have("modules", t->lib);
    else
        lack("modules", "build or install beamrc again", true);
}

static void check_libraries(void) {
    static const char *const libraries[][2] = {
        {"libpcre2-8.a", "libpcre2-dev"}, {"libtommath.a", "libtommath-dev"},
        {"libcrypto.a", "libssl-dev"},    {"libzstd.a", "libzstd-dev"},
        {"libz.a", "zlib1g-dev"},         {"libc.a", "libc6-dev"},
    };
    static const char *const folders[] = {"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
                                          "/usr/lib", "/usr/lib64", "/usr/local/lib"};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        const char *found = NULL;
        for (size_t k = 0; k < sizeof folders / sizeof *folders && !found; k++) {
            char *path = files_join(folders[k], libraries[i][0]);
            if (files_exists(path)) found = path;
        }
        if (found)
            have(libraries[i][0], found);
        else
            lack(libraries[i][0], mem_format("install Debian's %s", libraries[i][1]), true);
    }
}

static void check_cache(void) {
    const char *folder = cache_folder();
    int result = folder ? files_make_folders(folder) : -1;
    if (result == 0 && access(folder, W_OK | X_OK) == 0)
        have("cache", folder);
    else
        lack("cache",
             mem_format("cannot write %s: set BEAMRC_CACHE, or use --no-cache",
                        folder ? folder : "it: no HOME"),
             true);
}

int command_doctor(const Options *o) {
    const Toolchain *t = toolchain_find();
    check_tool("clang-19", t->clang, "install Debian's clang-19, or run tools/setup");
    check_tool("ld.lld-19", t->lld, "install Debian's lld-19, or run tools/setup");
    check_otp(o);
    check_gleam(t);
    if (clang_is_there())
        have("libclang-19", "reads native/*.c");
    else
        lack("libclang-19", "needed for native/*.c only: install Debian's libclang1-19", false);
    check_parts(t);
    check_libraries();
    check_cache();
    if (lacking)
        printf("%d missing\n", lacking);
    else
        puts("all there");
    return lacking > 0;
}
