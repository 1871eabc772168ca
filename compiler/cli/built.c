/* built.c: projects that rebar3 or mix have built. */
#include "cli/built.h"
#include "drive/spawn.h"
#include "base/diag.h"
#include <stdlib.h>

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

/* Returns the folder of what was built. */
static const char *open_built(Project *p, const char *folder, const char *name,
                              const char *const *profiles, const char *how) {
    char *lib = built_libs(folder, profiles);
    if (!lib) diag_fatal("nothing is built in %s/_build: run `%s` there first", folder, how);
    Names apps = {0};
    files_list(lib, &apps);
    for (size_t i = 0; i < apps.count; i++) {
        char *ebin = files_join(files_join(lib, apps.at[i]), "ebin");
        if (!name || strcmp(apps.at[i], name) == 0) {
            /* mix: protocols that know all their implementations stand before their first form */
            project_add_modules(&p->modules, files_join(files_folder(ebin), "consolidated"));
            project_add_modules(&p->modules, ebin);
            project_add_modules(&p->modules, files_join(files_folder(ebin), "test")); /* rebar3 */
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
    return lib;
}

/* The file that {relx, [{sys_config, "FILE"}]} in rebar.config gives releases; NULL: none. */
static const char *relx_config(const char *folder) {
    static const char key[] = "{sys_config,";
    uint8_t *text;
    size_t size;
    if (files_read(files_join(folder, "rebar.config"), &text, &size) < 0) return NULL;
    for (const char *line = (const char *)text; *line;
         line += strcspn(line, "\n"), line += !!*line) {
        const char *at = strstr(line, key), *end = line + strcspn(line, "%\n");
        if (!at || at > end) continue;
        at += strlen(key);
        at += strspn(at, " \t\"");
        const char *file = files_join(folder, mem_copy_text(at, strcspn(at, "\"\n")));
        if (!files_exists(file)) return NULL;
        diag_note("the configuration is %s, as rebar.config says", file);
        return file;
    }
    return NULL;
}

void built_rebar(Project *p, const char *folder, bool tests, bool configured) {
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
    if (!configured) p->config = relx_config(folder);
}

/* config/config.exs for that environment, as a sys.config; NULL: there is none. */
static const char *mix_config(const char *folder, const char *environment) {
    static const char script[] =
        "[from, env, to] = System.argv(); {:ok, _} = Application.ensure_all_started(:mix); "
        "Mix.env(String.to_atom(env)); "
        "config = Config.Reader.read!(from, env: Mix.env(), target: :host); "
        "text = :lists.flatten(:io_lib.format('%% coding: utf-8~n~tw.~n', [config])); "
        "with {:ok, words, _} <- :erl_scan.string(text), {:ok, _} <- :erl_parse.parse_term(words) "
        "do File.write!(to, text, [:utf8]) "
        "else _ -> raise \"a function, process, port or reference cannot be kept\" end";
    char *from = files_join(folder, "config/config.exs");
    if (files_exists(files_join(folder, "config/runtime.exs")))
        diag_warn("%s/config/runtime.exs is not read when the program starts: what it sets has to "
                  "come from the program itself, or from -APPLICATION KEY VALUE",
                  folder);
    if (!files_exists(from)) return NULL;
    const char *elixir = spawn_find("elixir");
    if (!elixir)
        diag_fatal("%s is read by elixir, which is not in PATH: install it, or give --config FILE",
                   from);
    const char *to = files_join(files_temp_folder(), "sys.config");
    const char *words[] = {elixir, "-e", script, "--", from, environment, to};
    Argv argv = {0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        vec_push(&argv, words[i]);
    project_run_tool(&argv, NULL, mem_format("reading %s", from));
    return to;
}

void built_mix(Project *p, const char *folder, bool configured) {
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
    const char *lib = open_built(p, folder, name, profiles, "mix compile");
    if (!configured) p->config = mix_config(folder, files_base(files_folder(lib)));
    p->needs_elixir = true;
}

void built_elixir_folders(Names *out) {
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
