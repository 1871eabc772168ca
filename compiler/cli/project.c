/* project.c: what the inputs of a build are. A Gleam project is built here by `gleam`; what rebar3
 * and mix make is taken as it lies; .erl files are compiled by erlc into a temporary folder. */
#include "cli/project.h"
#include "cli/built.h"
#include "cli/natives.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void project_add_modules(Names *out, const char *ebin) {
    Names names = {0};
    files_list(ebin, &names);
    for (size_t i = 0; i < names.count; i++)
        if (files_has_suffix(names.at[i], ".beam")) vec_push(out, files_join(ebin, names.at[i]));
}

static bool has_beams(const char *folder) {
    Names modules = {0};
    project_add_modules(&modules, folder);
    return modules.count > 0;
}

void project_run_tool(Argv *argv, const char *folder, const char *what) {
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
    project_run_tool(&argv, folder, mem_format("building the Gleam project %s", folder));
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
            project_add_modules(&p->modules, ebin);
        else if (files_is_folder(ebin))
            vec_push(&p->folders, (const char *)ebin);
    }
    if (p->modules.count == 0)
        diag_fatal("%s/%s/ebin holds no modules: is there a src/%s.gleam?", built, name, name);
    p->name = name;
    if (tests) p->main_module = mem_format("%s_test", name);
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
    project_run_tool(&argv, NULL, "erlc");
    project_add_modules(&p->modules, out);
    if (p->modules.count == 0) diag_fatal("erlc made no module of %s", sources->at[0]);
}

/* ---- inputs of any kind ---- */

static void open_folder(Project *p, const char *folder, const Toolchain *tools, const Options *o) {
    bool tests = o->command == CMD_TEST;
    natives_find(folder, &p->natives);
    if (files_exists(files_join(folder, "gleam.toml")))
        open_gleam(p, folder, tools, tests);
    else if (files_exists(files_join(folder, "rebar.config")))
        built_rebar(p, folder, tests, o->config != NULL);
    else if (files_exists(files_join(folder, "mix.exs")))
        built_mix(p, folder, o->config != NULL);
    else if (has_beams(folder))
        project_add_modules(&p->modules, folder);
    else
        diag_fatal("%s has no gleam.toml, rebar.config or mix.exs and holds no .beam files: "
                   "name a project, .beam or .erl files",
                   folder);
}

static void open_input(Project *p, const char *input, const Toolchain *tools, const Options *o,
                       Names *sources) {
    if (files_is_folder(input))
        open_folder(p, input, tools, o);
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
    for (size_t i = 0; i < options->inputs.count; i++)
        open_input(p, options->inputs.at[i], tools, options, &sources);
    if (options->inputs.count == 0) open_input(p, ".", tools, options, &sources);
    if (sources.count > 0) compile_sources(p, &sources);
    for (size_t i = 0; i < options->pa.count; i++) {
        if (!files_is_folder(options->pa.at[i]))
            diag_fatal("--pa %s: no such folder", options->pa.at[i]);
        vec_push(&p->folders, options->pa.at[i]);
    }
    return p;
}
