/* project.c: what the inputs of a build are. A Gleam project is built here by `gleam`; what rebar3
 * and mix make is taken as it lies; .erl files are compiled by erlc into a temporary folder. */
#include "cli/project.h"
#include "cli/natives.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static void add_modules(Names *out, const char *ebin) {
    Names names = {0};
    files_list(ebin, &names);
    for (size_t i = 0; i < names.count; i++)
        if (files_has_suffix(names.at[i], ".beam")) vec_push(out, files_join(ebin, names.at[i]));
}

static bool has_beams(const char *folder) {
    Names modules = {0};
    add_modules(&modules, folder);
    return modules.count > 0;
}

/* Runs a build tool; its output is shown where it fails, or with -v. */
static void run_tool(Argv *argv, const char *folder, const char *what) {
    char *output;
    diag_note("%s%s%s", spawn_command_line(argv), folder ? " in " : "", folder ? folder : "");
    int status = spawn_run(argv, folder, &output);
    if (status < 0) diag_fatal("cannot run %s: %s", argv->at[0], strerror(-status));
    if (status != 0 || diag_verbosity() > 0) fputs(output, stderr);
    if (status != 0) diag_fatal("%s failed", what);
}

/* ---- Gleam ---- */

/* The value of name = "..." in a gleam.toml's first section; NULL: none. */
static char *gleam_name(const char *toml) {
    for (const char *at = toml; *at && *at != '['; at += strcspn(at, "\n"), at += *at == '\n') {
        const char *c = at + strspn(at, " \t");
        if (strncmp(c, "name", 4) != 0) continue;
        c += 4;
        c += strspn(c, " \t");
        if (*c != '=') continue;
        c += 1 + strspn(c + 1, " \t");
        if (*c != '"' && *c != '\'') continue;
        char quote[] = {*c, '\n', 0};
        size_t len = strcspn(c + 1, quote);
        if (len > 0) return mem_copy_text(c + 1, len);
    }
    return NULL;
}

static void build_gleam(const char *folder, const Toolchain *tools) {
    const char *gleam = spawn_find("gleam");
    if (!gleam && tools->gleam && files_exists(tools->gleam)) gleam = tools->gleam;
    if (!gleam)
        diag_fatal("gleam is not in PATH, and it is needed to build %s: install it", folder);
    Argv argv = {0};
    vec_push(&argv, gleam);
    vec_push(&argv, "build");
    run_tool(&argv, folder, mem_format("building the Gleam project %s", folder));
}

static void open_gleam(Project *p, const char *folder, const Toolchain *tools, bool tests) {
    char *toml = files_join(folder, "gleam.toml");
    uint8_t *text;
    size_t size;
    int result = files_read(toml, &text, &size);
    if (result < 0) diag_fatal("cannot read %s: %s", toml, strerror(-result));
    char *name = gleam_name((const char *)text);
    if (!name) diag_fatal("%s has no name = \"...\": add one", toml);
    build_gleam(folder, tools);
    char *built = files_join(folder, "build/dev/erlang");
    Names packages = {0};
    files_list(built, &packages);
    for (size_t i = 0; i < packages.count; i++) {
        char *ebin = files_join(files_join(built, packages.at[i]), "ebin");
        if (strcmp(packages.at[i], name) == 0)
            add_modules(&p->modules, ebin);
        else if (files_is_folder(ebin))
            vec_push(&p->folders, (const char *)ebin);
    }
    if (p->modules.count == 0)
        diag_fatal("%s/%s/ebin holds no modules: is there a src/%s.gleam?", built, name, name);
    p->name = name;
    if (tests) p->main_module = mem_format("%s_test", name);
}

/* ---- rebar3 and mix ---- */

/* The folder of what was built, _build/PROFILE/lib; NULL: nothing. */
static char *built_libs(const char *folder, const char *const *profiles) {
    char *build = files_join(folder, "_build");
    for (size_t i = 0; profiles[i]; i++) {
        char *lib = files_join(files_join(build, profiles[i]), "lib");
        if (files_is_folder(lib)) return lib;
    }
    Names names = {0};
    files_list(build, &names);
    for (size_t i = 0; i < names.count; i++) {
        char *lib = files_join(files_join(build, names.at[i]), "lib");
        if (files_is_folder(lib)) return lib;
    }
    return NULL;
}

static void open_built(Project *p, const char *folder, const char *name,
                       const char *const *profiles, const char *how) {
    char *lib = built_libs(folder, profiles);
    if (!lib) diag_fatal("nothing is built in %s/_build: run `%s` there first", folder, how);
    Names apps = {0};
    files_list(lib, &apps);
    for (size_t i = 0; i < apps.count; i++) {
        char *ebin = files_join(files_join(lib, apps.at[i]), "ebin");
        if (!name || strcmp(apps.at[i], name) == 0) {
            /* mix: protocols that know all their implementations stand before their first form */
            add_modules(&p->modules, files_join(files_folder(ebin), "consolidated"));
            add_modules(&p->modules, ebin);
            add_modules(&p->modules, files_join(files_folder(ebin), "test")); /* rebar3 */
        } else if (files_is_folder(ebin))
            vec_push(&p->folders, (const char *)ebin);
    }
    char *checkouts = files_join(files_folder(lib), "checkouts"); /* rebar3: of _checkouts */
    apps.count = 0;
    files_list(checkouts, &apps);
    for (size_t i = 0; i < apps.count; i++) {
        const char *ebin = files_join(files_join(checkouts, apps.at[i]), "ebin");
        if (files_is_folder(ebin)) vec_push(&p->folders, ebin);
    }
    if (p->modules.count == 0)
        diag_fatal("%s holds no modules of %s: run `%s` there first", lib, name ? name : folder,
                   how);
    const char *real = files_real(folder);
    p->name = name ? name : files_base(real ? real : folder);
}

static void open_rebar(Project *p, const char *folder, bool tests) {
    static const char *const made[] = {"default", "prod", NULL}, *const tested[] = {"test", NULL};
    Names names = {0};
    files_list(files_join(folder, "src"), &names);
    const char *name = NULL; /* stays so for a folder of several applications */
    for (size_t i = 0; i < names.count; i++)
        if (files_has_suffix(names.at[i], ".app.src")) name = files_stem(files_stem(names.at[i]));
    if (tests)
        open_built(p, folder, name, tested, "rebar3 as test compile");
    else
        open_built(p, folder, name, made, "rebar3 compile");
}

static void open_mix(Project *p, const char *folder) {
    const char *env = getenv("MIX_ENV");
    const char *const profiles[] = {env && *env ? env : "dev", "dev", "prod", NULL};
    uint8_t *text;
    size_t size;
    const char *name = NULL, *at = NULL;
    if (files_read(files_join(folder, "mix.exs"), &text, &size) == 0)
        at = strstr((const char *)text, "app: :");
    if (at)
        name = mem_copy_text(at + 6, strspn(at + 6, "abcdefghijklmnopqrstuvwxyz"
                                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"));
    const char *main_module = at ? strstr((const char *)text, "main_module: ") : NULL;
    if (main_module) {
        main_module += strlen("main_module: ");
        p->main_module = mem_copy_text(main_module, strcspn(main_module, " ,]\r\n"));
    }
    open_built(p, folder, name, profiles, "mix compile");
    p->needs_elixir = true;
}

void project_elixir_folders(Names *out) {
    const char *elixir = spawn_find("elixir");
    const char *real = elixir ? files_real(elixir) : NULL;
    if (!real) return;
    char *lib = files_join(files_folder(files_folder(real)), "lib");
    Names apps = {0};
    files_list(lib, &apps);
    for (size_t i = 0; i < apps.count; i++) {
        const char *ebin = files_join(files_join(lib, apps.at[i]), "ebin");
        if (files_is_folder(ebin)) vec_push(out, ebin);
    }
}

/* ---- .erl files ---- */

/* All in one run of erlc, each seen by the next (behaviours, parse transforms). */
static void compile_sources(Project *p, const Names *sources) {
    const char *erlc = spawn_find("erlc");
    if (!erlc)
        diag_fatal("erlc is not in PATH, and .erl files need it: install Debian's erlang-base");
    const char *out = files_temp_folder();
    Argv argv = {0};
    const char *head[] = {erlc, "+debug_info", "-o", out, "-pa", out};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        vec_push(&argv, head[i]);
    for (size_t i = 0; i < sources->count; i++) {
        const char *folder = files_folder(sources->at[i]);
        vec_push(&argv, "-I");
        vec_push(&argv, folder);
        vec_push(&argv, "-I");
        vec_push(&argv, (const char *)files_join(files_join(folder, ".."), "include"));
    }
    for (size_t i = 0; i < sources->count; i++)
        vec_push(&argv, sources->at[i]);
    run_tool(&argv, NULL, "erlc");
    add_modules(&p->modules, out);
    if (p->modules.count == 0) diag_fatal("erlc made no module of %s", sources->at[0]);
}

/* ---- inputs of any kind ---- */

static void open_folder(Project *p, const char *folder, const Toolchain *tools, bool tests) {
    natives_find(folder, &p->natives);
    if (files_exists(files_join(folder, "gleam.toml")))
        open_gleam(p, folder, tools, tests);
    else if (files_exists(files_join(folder, "rebar.config")))
        open_rebar(p, folder, tests);
    else if (files_exists(files_join(folder, "mix.exs")))
        open_mix(p, folder);
    else if (has_beams(folder))
        add_modules(&p->modules, folder);
    else
        diag_fatal("%s has no gleam.toml, rebar.config or mix.exs and holds no .beam files: "
                   "name a project, .beam or .erl files",
                   folder);
}

static void open_input(Project *p, const char *input, const Toolchain *tools, bool tests,
                       Names *sources) {
    if (files_is_folder(input))
        open_folder(p, input, tools, tests);
    else if (!files_exists(input))
        diag_fatal("%s: no such file or folder", input);
    else if (files_has_suffix(input, ".beam"))
        vec_push(&p->modules, input);
    else if (files_has_suffix(input, ".erl"))
        vec_push(sources, input);
    else if (files_has_suffix(input, ".c"))
        vec_push(&p->natives, input);
    else
        diag_fatal("%s is of no kind that beamrc builds from: name a project's folder, .beam, .erl "
                   "or .c files",
                   input);
}

Project *project_open(const Options *options, const Toolchain *tools) {
    Project *p = mem_new(Project);
    Names sources = {0};
    bool tests = options->command == CMD_TEST;
    for (size_t i = 0; i < options->inputs.count; i++)
        open_input(p, options->inputs.at[i], tools, tests, &sources);
    if (options->inputs.count == 0) open_input(p, ".", tools, tests, &sources);
    if (sources.count > 0) compile_sources(p, &sources);
    for (size_t i = 0; i < options->pa.count; i++) {
        if (!files_is_folder(options->pa.at[i]))
            diag_fatal("--pa %s: no such folder", options->pa.at[i]);
        vec_push(&p->folders, options->pa.at[i]);
    }
    return p;
}
