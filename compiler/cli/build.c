/* build.c: the commands build, run and check: inputs → entry → what it reaches → objects → link. */
#include "cli/built.h"
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/entry.h"
#include "cli/progress.h"
#include "drive/elixir.h"
#include "drive/foreign.h"
#include "drive/link.h"
#include "drive/nifs.h"
#include "base/diag.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Build { /* what the three commands share */
    const Options *options;
    Toolchain *tools;
    Project *project;
    Otp *otp;
    Entry entry;
    Reach *reach;
    Nifs nifs;
    Foreign foreign;
    Extras extras;
} Build;

static bool has_elixir_module(const Project *p) {
    for (size_t i = 0; i < p->modules.count; i++)
        if (elixir_is_module(files_base(p->modules.at[i]))) return true;
    return false;
}

static void add_foreign(const Build *b, Finder *finder) {
    for (size_t i = 0; i < b->foreign.modules.count; i++) {
        const char *path = b->foreign.modules.at[i], *name = files_stem(path);
        const char *other = finder_path(finder, name);
        for (size_t k = 0; !other && k < b->otp->ebins.count; k++) {
            const char *library = files_join(b->otp->ebins.at[k], files_base(path));
            if (files_exists(library)) other = library;
        }
        if (other)
            diag_fatal("native/%s.c would be the module %s, which is there already (%s): name it "
                       "otherwise",
                       name, name, other);
        finder_add_file(finder, path);
    }
}

/* Of Elixir's applications a mix project has, as its releases do, mix only where it asks for it. */
static void add_elixir(const Build *b, Finder *finder, bool wants_mix) {
    Names folders = {0};
    if (b->project->needs_elixir || has_elixir_module(b->project)) built_elixir_folders(&folders);
    for (size_t i = 0; i < folders.count; i++) {
        const char *application = files_base(files_folder(folders.at[i]));
        if (wants_mix || strcmp(application, "mix") != 0) finder_add_folder(finder, folders.at[i]);
    }
}

static Finder *make_finder(const Build *b) {
    Finder *finder = finder_new();
    for (size_t i = 0; i < b->project->modules.count; i++)
        finder_add_file(finder, b->project->modules.at[i]);
    for (size_t i = 0; i < b->project->folders.count; i++)
        finder_add_folder(finder, b->project->folders.at[i]);
    add_foreign(b, finder);
    finder_end_own(finder);
    bool wants_mix = !b->project->needs_elixir || apps_need(apps_find(finder), "mix");
    finder_add_folder(finder, b->tools->lib);
    for (size_t i = 0; i < b->otp->ebins.count; i++)
        finder_add_folder(finder, b->otp->ebins.at[i]);
    add_elixir(b, finder, wants_mix);
    finder_add_parts(finder, files_join(b->tools->lib, "part"));
    return finder;
}

/* The names of the modules whose tests are run. */
static void carry_tests(Build *b) {
    Text names = {0};
    for (size_t i = 0; i < b->project->modules.count; i++)
        text_add(&names, "%s\n", files_stem(b->project->modules.at[i]));
    carry_bytes(&b->extras.carried, "tests", (const uint8_t *)names.at, names.count);
}

/* The applications' configuration: a file, or NULL. */
static const char *config_of(const Build *b) {
    return b->options->config ? b->options->config : b->project->config;
}

static void carry_all(Build *b, const Apps *apps) {
    const Options *o = b->options;
    const char *config = config_of(b);
    if (config) carry_file(&b->extras.carried, "sys.config", config); /* lib/init.erl asks for it */
    for (size_t i = 0; i < o->embed.count; i++) {
        const char *real = files_real(o->embed.at[i]);
        if (!real || !files_is_folder(real))
            diag_fatal("--embed %s: no such folder", o->embed.at[i]);
        carry_folder(&b->extras.carried, files_base(real), real);
    }
    const char *application = b->entry.application;
    if (application) /* lib/brc_release.erl asks for it */
        carry_bytes(&b->extras.carried, "application", (const uint8_t *)application,
                    strlen(application));
    if (o->command == CMD_TEST) carry_tests(b);
    apps_carry(apps, b->otp, b->reach, &b->extras.carried);
    carry_sort(&b->extras.carried);
}

static size_t count_reached(const Build *b) {
    size_t count = 0;
    for (size_t i = 0; i < b->reach->modules.count; i++)
        count += b->reach->modules.at[i]->reached;
    return count;
}

static Build *open_build(const Options *o) {
    Build *b = mem_new(Build);
    b->options = o;
    b->tools = toolchain_find();
    if (o->target) b->tools->target = o->target;
    b->project = project_open(o, b->tools);
    toolchain_require(b->tools, o->variant);
    char *error = NULL;
    b->otp = otp_find(o->otp, &error);
    if (!b->otp) diag_fatal("%s", error);
    foreign_read(b->tools, &b->project->natives, &b->foreign);
    Finder *finder = make_finder(b);
    Apps *apps = apps_find(finder);
    b->entry = entry_choose(o, b->project, finder, apps);
    size_t keep_count;
    Keep *keeps = entry_keeps(o, b->project, &keep_count);
    PlanAsked asked = {.entry = &b->entry,
                       .keep = keeps,
                       .keep_count = keep_count,
                       .roots = b->tools->roots,
                       .apps = apps,
                       .config = config_of(b),
                       .takes_nifs = o->dynamic || o->nif.count > 0};
    b->reach = plan_reach(finder, &asked);
    carry_all(b, apps);
    diag_note("entry %s:%s/%u, OTP %s in %s, %zu functions in %zu modules", b->entry.module,
              b->entry.function, b->entry.arity, b->otp->release, b->otp->root, count_reached(b),
              b->reach->modules.count);
    return b;
}

int command_check(const Options *o) {
    return check_print(o, open_build(o)->reach);
}

/* ---- building ---- */

static void take_natives(Build *b, const Cache *cache) {
    const Options *o = b->options;
    foreign_compile(b->tools, cache, o->variant, o->debug, o->dynamic, &b->foreign);
    nifs_prepare(b->tools, cache, &o->nif, o->variant, o->debug, &b->nifs);
    for (size_t i = 0; i < b->nifs.names.count; i++)
        vec_push(&b->extras.nifs, b->nifs.names.at[i]);
    b->extras.dynamic = o->dynamic;
}

static unsigned jobs(const Build *b) {
    return b->options->jobs ? b->options->jobs : pool_processors();
}

static Plan *compile(Build *b, const Cache *cache) {
    const Options *o = b->options;
    take_natives(b, cache);
    int optimise = o->optimise < 0 ? 2 : o->optimise;
    ClangFlags flags = {.optimise = optimise, .optimise_own = optimise, .debug = o->debug};
    if (o->debug && o->optimise < 0) flags.optimise_own = 0; /* every register at every line */
    flags.triple = toolchain_triple(b->tools);
    flags.aligns_stack_to_8 = strcmp(b->tools->target, "x86_64-linux") == 0;
    Plan *plan = plan_make(b->tools, b->otp, cache, &flags, b->reach, &b->entry, &b->extras);
    if (o->emit_c) {
        plan_write_c(plan, o->emit_c);
        foreign_write_c(&b->foreign, o->emit_c);
    }
    Progress *progress = progress_new();
    size_t missing = plan_missing(plan);
    plan_compile(plan, jobs(b), progress_show, progress);
    progress_end(progress);
    diag_note("compiled %zu of %zu objects in %.1f s", missing, plan->units.count,
              progress_seconds(progress));
    return plan;
}

static void link_to(const Build *b, Plan *plan, const char *output) {
    Text about = {0};
    text_add(&about, "beamrc %s\notp %s\nmain %s:%s/%u\n", BEAMRC_VERSION, b->otp->release,
             b->entry.module, b->entry.function, b->entry.arity);
    for (size_t i = 0; i < b->extras.carried.count; i++)
        text_add(&about, "embedded %s\n", b->extras.carried.at[i].name);
    LinkOptions options = {.variant = b->options->variant,
                           .objects = plan_archive(plan, jobs(b)),
                           .debug = b->options->debug,
                           .about = about.at,
                           .nifs = b->nifs.files,
                           .foreign = b->foreign.links,
                           .dynamic = b->options->dynamic};
    link_program(plan, &options, output);
}

static const char *default_output(const Build *b) {
    const char *name = b->project->name ? b->project->name : b->entry.module;
    if (elixir_is_module(name)) name += strlen(ELIXIR);
    return mem_format("./%s", name);
}

/* Before the long work, not after it. */
static void check_output(const char *output) {
    if (files_is_folder(output))
        diag_fatal("cannot write %s: it is a folder (name another file with -o)", output);
    const char *folder = files_folder(output);
    if (!files_is_folder(folder) || access(folder, W_OK | X_OK) < 0)
        diag_fatal("cannot write %s: %s", output,
                   files_is_folder(folder) ? strerror(errno) : "no such folder");
}

static void print_built(const Build *b, const Plan *plan, const char *output) {
    struct stat st;
    Json j = diag_json(true);
    json_string_of(&j, "output", output);
    if (stat(output, &st) == 0) json_number_of(&j, "bytes", (uint64_t)st.st_size);
    json_string_of(&j, "target", b->tools->target);
    json_string_of(&j, "otp", b->otp->release);
    json_string_of(&j, "entry",
                   mem_format("%s:%s/%u", b->entry.module, b->entry.function, b->entry.arity));
    json_number_of(&j, "modules", b->reach->modules.count);
    json_number_of(&j, "functions", count_reached(b));
    json_number_of(&j, "compiled", plan->compiled);
    diag_print(&j);
}

static Cache *open_cache(const Build *b) {
    return cache_open(!b->options->no_cache, b->tools->objects, b->options->cache_limit);
}

int command_build(const Options *o) {
    Build *b = open_build(o);
    const char *output = o->output ? o->output : default_output(b);
    check_output(output);
    Cache *cache = open_cache(b);
    Plan *plan = compile(b, cache);
    check_warn(b->reach);
    link_to(b, plan, output);
    if (o->json) print_built(b, plan, output);
    diag_note("wrote %s", output);
    return 0;
}

static _Noreturn void become(const char *program, const Names *args) {
    Names argv = {0};
    vec_push(&argv, program);
    for (size_t i = 0; i < args->count; i++)
        vec_push(&argv, args->at[i]);
    vec_push(&argv, NULL);
    int fd = open(program, O_RDONLY | O_CLOEXEC); /* it may be a temporary one */
    files_remove_now();
    signal(SIGXFSZ, SIG_DFL);
    execv(program, (char *const *)(uintptr_t)argv.at);
    if (errno == ENOENT && fd >= 0) fexecve(fd, (char *const *)(uintptr_t)argv.at, environ);
    diag_fatal("cannot run %s: %s", program, strerror(errno));
}

/* Builds the program in the cache, where it is not yet there. */
static const char *build_cached(const Options *o) {
    Build *b = open_build(o);
    Cache *cache = open_cache(b);
    Plan *plan = compile(b, cache);
    const char *key = plan_key(plan, o->variant), *program = cache_program(cache, key);
    bool fresh = o->nif.count || b->foreign.files.count || o->dynamic;
    if (!fresh && files_is_executable(program)) return program;
    check_warn(b->reach);
    const char *linked = files_join(files_temp_folder(), "program");
    link_to(b, plan, linked);
    return cache_put_program(cache, linked, key);
}

int command_run(const Options *o) {
    become(build_cached(o), &o->args);
}

int command_test(const Options *o) {
    const char *program = build_cached(o);
    const char *folder = o->inputs.count == 1 ? o->inputs.at[0] : ".";
    if (files_is_folder(folder) && chdir(folder) < 0)
        diag_fatal("cannot enter the folder %s: %s", folder, strerror(errno));
    become(program, &o->args);
}
