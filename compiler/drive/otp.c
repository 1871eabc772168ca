/* otp.c: the Erlang/OTP whose libraries a program uses, and the finding of modules by name. OTP is
 * found without starting it: `erl` in PATH is a link or script in its own tree. */
#include "drive/otp.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <stdlib.h>
#include <string.h>

#define OLDEST_RELEASE 25

struct Finder {
    Map *paths;   /* module name to path */
    Map *modules; /* module name to BeamFile, once read */
    Names folders;
    size_t own_folders;
    Names parts;
    Map *wholes; /* modules of parts to the paths they stand for */
};

/* ---- OTP ---- */

static bool looks_like_otp(const char *root) {
    return files_is_folder(files_join(root, "lib")) &&
           files_is_folder(files_join(root, "releases"));
}

static const char *ask_erl(const char *erl) {
    Argv argv = {0};
    const char *words[] = {erl,     "-noshell",
                           "-boot", "start_clean",
                           "-eval", "io:put_chars(code:root_dir()), erlang:halt()."};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        vec_push(&argv, words[i]);
    char *output;
    if (spawn_run(&argv, NULL, &output) != 0) return NULL;
    output[strcspn(output, "\r\n")] = 0;
    return looks_like_otp(output) ? output : NULL;
}

static const char *find_root(char **error) {
    const char *erl = spawn_find("erl");
    if (!erl) {
        *error = "erl is not in PATH: install Debian's erlang-base, or name an OTP with --otp";
        return NULL;
    }
    const char *real = files_real(erl); /* ROOT/bin/erl or ROOT/erts-V/bin/erl */
    if (real) {
        const char *root = files_folder(files_folder(real));
        if (looks_like_otp(root)) return root;
        root = files_folder(root);
        if (looks_like_otp(root)) return root;
    }
    const char *root = ask_erl(erl);
    if (!root) *error = mem_format("%s does not say where its OTP is: use --otp", erl);
    return root;
}

static void read_release(Otp *otp) {
    Names releases = {0};
    char *folder = files_join(otp->root, "releases");
    files_list(folder, &releases);
    long newest = 0;
    for (size_t i = 0; i < releases.count; i++) {
        long n = strtol(releases.at[i], NULL, 10);
        if (n > newest && files_is_folder(files_join(folder, releases.at[i]))) newest = n;
    }
    otp->release = mem_format("%ld", newest);
}

const char *otp_version(const Otp *otp) {
    uint8_t *text;
    size_t size;
    char *path = mem_format("%s/releases/%s/OTP_VERSION", otp->root, otp->release);
    if (files_read(path, &text, &size) < 0) return otp->release;
    return mem_copy_text((char *)text, strcspn((char *)text, "\r\n"));
}

static size_t app_len(const char *name) { /* "stdlib-4.2": 6 */
    const char *dash = strrchr(name, '-');
    return dash ? (size_t)(dash - name) : strlen(name);
}

/* Is there a newer version of names->at[i] beside it? */
static bool is_superseded(const Names *names, size_t i) {
    const char *name = names->at[i];
    size_t len = app_len(name);
    for (size_t k = 0; k < names->count; k++)
        if (app_len(names->at[k]) == len && strncmp(names->at[k], name, len) == 0 &&
            strverscmp(names->at[k], name) > 0)
            return true;
    return false;
}

static void add_ebins(Otp *otp) {
    Names names = {0};
    char *lib = files_join(otp->root, "lib");
    files_list(lib, &names);
    for (size_t i = 0; i < names.count; i++) {
        const char *ebin = files_join(files_join(lib, names.at[i]), "ebin");
        if (!is_superseded(&names, i) && files_is_folder(ebin)) vec_push(&otp->ebins, ebin);
    }
    names.count = 0;
    files_list(otp->root, &names);
    for (size_t i = 0; i < names.count; i++) {
        if (strncmp(names.at[i], "erts-", 5) != 0 || is_superseded(&names, i)) continue;
        const char *ebin = files_join(files_join(otp->root, names.at[i]), "ebin");
        if (files_is_folder(ebin)) vec_push(&otp->ebins, ebin);
    }
}

/* True where a folder of the given list holds the module. */
static bool has_module(const Otp *otp, const char *file) {
    for (size_t i = 0; i < otp->ebins.count; i++)
        if (files_exists(files_join(otp->ebins.at[i], file))) return true;
    return false;
}

Otp *otp_find(const char *named, char **error) {
    Otp *otp = mem_new(Otp);
    if (named) {
        otp->root = files_real(named);
        if (!otp->root || !files_is_folder(files_join(otp->root, "lib"))) {
            *error = mem_format("%s is no OTP folder: it has no lib/ (it is what code:root_dir() "
                                "gives)",
                                named);
            return NULL;
        }
    } else {
        otp->root = find_root(error);
        if (!otp->root) return NULL;
    }
    read_release(otp);
    long release = strtol(otp->release, NULL, 10);
    if (release > 0 && release < OLDEST_RELEASE) { /* 0: a folder of libraries alone */
        *error = mem_format("the OTP in %s is release %ld, and beamrc takes libraries of %d and "
                            "later: install a newer one, or name one with --otp",
                            otp->root, release, OLDEST_RELEASE);
        return NULL;
    }
    add_ebins(otp);
    if (!has_module(otp, "lists.beam") || !has_module(otp, "erlang.beam")) {
        *error = mem_format("the OTP in %s is incomplete: lists.beam or erlang.beam is missing",
                            otp->root);
        return NULL;
    }
    return otp;
}

/* ---- modules by name ---- */

Finder *finder_new(void) {
    Finder *f = mem_new(Finder);
    f->paths = map_new();
    f->modules = map_new();
    f->wholes = map_new();
    return f;
}

static void note_folder(Finder *f, const char *folder) {
    for (size_t i = 0; i < f->folders.count; i++)
        if (strcmp(f->folders.at[i], folder) == 0) return;
    vec_push(&f->folders, folder);
}

const Names *finder_folders(const Finder *f) {
    return &f->folders;
}

static void add_path(Finder *f, const char *path) {
    const char *module = files_stem(path);
    size_t len = strlen(module);
    if (!map_get(f->paths, module, len)) map_set(f->paths, module, len, mem_format("%s", path));
}

void finder_add_file(Finder *f, const char *path) {
    note_folder(f, files_folder(path));
    add_path(f, path);
}

void finder_add_folder(Finder *f, const char *folder) {
    note_folder(f, folder);
    Names names = {0};
    files_list(folder, &names);
    for (size_t i = 0; i < names.count; i++)
        if (files_has_suffix(names.at[i], ".beam")) add_path(f, files_join(folder, names.at[i]));
}

void finder_end_own(Finder *f) {
    f->own_folders = f->folders.count;
}

bool finder_owns(const Finder *f, const char *folder) {
    for (size_t i = 0; i < f->own_folders; i++)
        if (strcmp(f->folders.at[i], folder) == 0) return true;
    return false;
}

bool finder_is_own(const char *module, void *finder) {
    const Finder *f = finder;
    const char *path = module ? finder_path(f, module) : NULL;
    if (!path) return false;
    return finder_owns(f, files_folder(path));
}

const char *finder_path(const Finder *f, const char *module) {
    return map_get(f->paths, module, strlen(module));
}

void finder_add_parts(Finder *f, const char *folder) {
    Names names = {0};
    files_list(folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        const char *module = files_stem(names.at[i]), *whole = finder_path(f, module);
        if (!whole || finder_is_own(module, f)) continue;
        vec_push(&f->parts, module);
        map_set(f->wholes, module, strlen(module), mem_format("%s", whole));
        map_set(f->paths, module, strlen(module), files_join(folder, names.at[i]));
    }
}

const Names *finder_parts(const Finder *f) {
    return &f->parts;
}

void finder_whole(Finder *f, const char *module) {
    size_t len = strlen(module);
    map_set(f->paths, module, len, map_get(f->wholes, module, len));
    map_set(f->modules, module, len, NULL);
    for (size_t i = 0; i < f->parts.count; i++)
        if (!strcmp(f->parts.at[i], module)) f->parts.at[i] = f->parts.at[--f->parts.count];
}

typedef struct Visit {
    void (*visit)(const char *module, void *arg);
    void *arg;
} Visit;

static void visit_path(const char *key, size_t len, void *path, void *arg) {
    const Visit *v = arg;
    v->visit(mem_copy_text(key, len), v->arg);
}

void finder_each(const Finder *f, void (*visit)(const char *module, void *arg), void *arg) {
    map_each(f->paths, visit_path, &(Visit){visit, arg});
}

BeamFile *finder_module(const char *module, void *finder) {
    Finder *f = finder;
    size_t len = strlen(module);
    BeamFile *beam = map_get(f->modules, module, len);
    if (beam) return beam;
    const char *path = map_get(f->paths, module, len);
    if (!path) return NULL;
    char *error = NULL;
    beam = beam_read(path, &error);
    if (!beam && finder_is_own(module, finder)) diag_fatal("%s", error);
    if (!beam) {
        diag_note("left out: %s", error);
        map_set(f->paths, module, len, NULL);
        return NULL;
    }
    if (strcmp(beam->module, module) != 0)
        diag_fatal("%s: holds the module '%s', its name says '%s'", path, beam->module, module);
    map_set(f->modules, module, len, beam);
    return beam;
}
