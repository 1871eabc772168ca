/* doctor.c: the command doctor: what this machine has and lacks for building, a line each. */
#include "cli/built.h"
#include "cli/commands.h"
#include "ffi/clang.h"
#include "drive/cache.h"
#include "drive/otp.h"
#include "drive/spawn.h"
#include "drive/toolchain.h"
#include "base/diag.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define OLDEST_CLANG 19

typedef enum State { OK, ABSENT, MISSING } State; /* absent: some programs only need it */

typedef struct Finding {
    const char *what;
    State state;
    const char *text; /* where it is, or what to do */
} Finding;

static const char *const words[][2] = {
    [OK] = {"ok", "ok     "}, [ABSENT] = {"absent", "absent "}, [MISSING] = {"missing", "MISSING"}};
static VEC(Finding) findings;

static void have(const char *what, const char *where) {
    vec_push(&findings, ((Finding){what, OK, where}));
}

static void lack(const char *what, const char *advice, bool needed) {
    vec_push(&findings, ((Finding){what, needed ? MISSING : ABSENT, advice}));
}

/* ---- programs ---- */

/* The first line that a program prints of its version; NULL: it does not run. */
static const char *ask_version(const char *path) {
    Argv argv = {0};
    vec_push(&argv, path);
    vec_push(&argv, "--version");
    char *output;
    if (spawn_run(&argv, NULL, &output) != 0) return NULL;
    return mem_copy_text(output, strcspn(output, "\n"));
}

static void have_program(const char *what, const char *path) {
    const char *version = ask_version(path);
    have(what, version ? mem_format("%s (%s)", path, version) : path);
}

static void check_clang(const Toolchain *t) {
    if (!t->clang) {
        lack("clang-19", "install Debian's clang-19, or run tools/setup", true);
        return;
    }
    const char *version = ask_version(t->clang);
    const char *number = version ? strstr(version, "version ") : NULL;
    if (!version)
        lack("clang-19", mem_format("%s does not run: install Debian's clang-19", t->clang), true);
    else if (number && strtol(number + strlen("version "), NULL, 10) < OLDEST_CLANG)
        lack("clang-19",
             mem_format("%s is older (%s): unset BEAMRC_CLANG, or name a clang from 19 on",
                        t->clang, version),
             true);
    else
        have("clang-19", mem_format("%s (%s)", t->clang, version));
}

static void check_lld(const Toolchain *t) {
    if (t->lld)
        have_program("ld.lld-19", t->lld);
    else
        lack("ld.lld-19", "install Debian's lld-19, or run tools/setup", true);
    if (clang_is_there())
        have("libclang-19", "reads native/*.c");
    else
        lack("libclang-19", "needed for native/*.c only: install Debian's libclang1-19", false);
}

static void check_otp(const Options *o) {
    char *error = NULL;
    Otp *otp = otp_find(o->otp, &error);
    if (otp)
        have("OTP", mem_format("%s in %s", otp_version(otp), otp->root));
    else
        lack("OTP", error, true);
    const char *erlc = spawn_find("erlc");
    if (erlc)
        have("erlc", erlc);
    else
        lack("erlc", "needed for .erl files only: install Debian's erlang-base", false);
}

static void check_gleam(const Toolchain *t) {
    const char *gleam = spawn_find("gleam");
    if (!gleam && t->gleam && files_exists(t->gleam) && ask_version(t->gleam)) gleam = t->gleam;
    if (gleam)
        have_program("gleam", gleam);
    else
        lack(
            "gleam",
            "needed for Gleam projects only: install gleam (https://gleam.run), or run tools/setup "
            "in beamrc's sources",
            false);
}

static void check_elixir(void) {
    Names folders = {0};
    built_elixir_folders(&folders);
    if (folders.count)
        have("elixir", folders.at[0]);
    else
        lack("elixir", "needed for mix projects only: install Debian's elixir", false);
}

/* ---- beamrc's own parts ---- */

static void check_parts(const Toolchain *t) {
    static const char again[] = "build or install beamrc again";
    for (size_t i = 0; toolchain_variants[i]; i++) {
        const char *variant = toolchain_variants[i];
        char *what = mem_format("runtime %s", variant), *archive = toolchain_archive(t, variant);
        bool release = i == 0;
        if (archive && files_exists(archive))
            have(what, archive);
        else
            lack(what, release ? again : "for tests only: meson compile -C build variants",
                 release);
    }
    if (t->include && files_exists(files_join(t->include, "code/gen.h")))
        have("headers", t->include);
    else
        lack("headers", again, true);
    if (t->lib && files_exists(files_join(t->lib, "brc_boot.beam")))
        have("modules", t->lib);
    else
        lack("modules", again, true);
    if (t->objects && files_is_folder(t->objects)) have("compiled OTP", t->objects);
}

/* ---- libraries ---- */

static const char *find_library(const Toolchain *t, const char *name) {
    char *output;
    Argv argv = {0};
    if (!t->clang) return NULL;
    vec_push(&argv, t->clang);
    vec_push(&argv, mem_format("-print-file-name=%s", name));
    if (spawn_run(&argv, NULL, &output) != 0) return NULL;
    output[strcspn(output, "\n")] = 0;
    return strchr(output, '/') ? files_real(output) : NULL;
}

static void check_libraries(const Toolchain *t) {
    for (const Library *l = toolchain_libraries; t->clang && l->name; l++) {
        const char *name = mem_format("lib%s.a", l->name), *found = find_library(t, name);
        if (found)
            have(name, found);
        else
            lack(name, mem_format("install Debian's %s", l->package), true);
    }
}

static void check_targets(Toolchain *t) {
    const char *own = t->target;
    for (size_t i = 0; toolchain_targets[i]; i++) {
        t->target = toolchain_targets[i];
        if (strcmp(t->target, toolchain_host) == 0) continue;
        const char *what = mem_format("for %s", t->target), *lacking = toolchain_cross_lacks(t);
        if (lacking)
            lack(what, mem_format("needed for --target only: %s", lacking), false);
        else
            have(what, toolchain_archive(t, "release"));
    }
    t->target = own;
}

static void check_cache(const Options *o) {
    const char *folder = cache_folder();
    int result = folder ? files_make_folders(folder) : -ENOENT;
    if (result == 0 && access(folder, W_OK | X_OK) < 0) result = -errno;
    if (result < 0) {
        lack("cache",
             folder ? mem_format("cannot write %s (%s): set BEAMRC_CACHE, or use --no-cache",
                                 folder, strerror(-result))
                    : "no place for it: set HOME or BEAMRC_CACHE, or use --no-cache",
             true);
        return;
    }
    Quota q = cache_quota(folder, o->cache_limit);
    have("cache", mem_format("%s, %s of %s", folder, quota_text(quota_used_bytes(&q)),
                             quota_text(q.limit_bytes)));
}

/* ---- the answer ---- */

static void print_json(bool ok) {
    Json j = diag_json(ok);
    json_string_of(&j, "version", BEAMRC_VERSION);
    json_key(&j, "checks");
    json_begin(&j, '[');
    for (size_t i = 0; i < findings.count; i++) {
        const Finding *f = &findings.at[i];
        json_begin(&j, '{');
        json_string_of(&j, "name", f->what);
        json_string_of(&j, "status", words[f->state][0]);
        json_string_of(&j, f->state == OK ? "detail" : "advice", f->text);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    diag_print(&j);
}

static void print_lines(int missing) {
    for (size_t i = 0; i < findings.count; i++) {
        const Finding *f = &findings.at[i];
        printf("%s  %-17s %s\n", words[f->state][1], f->what, f->text);
    }
    if (missing)
        printf("%d missing: beamrc cannot build before that is mended\n", missing);
    else
        puts("all there");
}

int command_doctor(const Options *o) {
    Toolchain *t = toolchain_find();
    check_clang(t);
    check_lld(t);
    check_otp(o);
    check_gleam(t);
    check_elixir();
    check_parts(t);
    check_libraries(t);
    check_targets(t);
    check_cache(o);
    int missing = 0;
    for (size_t i = 0; i < findings.count; i++)
        missing += findings.at[i].state == MISSING;
    if (o->json)
        print_json(missing == 0);
    else
        print_lines(missing);
    return missing > 0;
}
