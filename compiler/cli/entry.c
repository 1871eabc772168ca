/* entry.c: which function a program starts with: F/1, called with the arguments as strings, before
 * F/0; F is main unless --main says else. */
#include "cli/entry.h"
#include "base/diag.h"
#include <ctype.h>
#include <stdlib.h>

#define APPLICATION_ENTRY "brc_release" /* lib/brc_release.erl: runs while its application does */

#define EUNIT_ENTRY "brc_test" /* lib/brc_test.erl: runs EUnit's tests */

/* The arity with which the module exports the function: 1 before 0, -1: neither. */
static int entry_arity(const BeamFile *f, const char *function) {
    int best = -1;
    for (size_t i = 0; i < f->exports.count; i++) {
        const BeamExport *e = &f->exports.at[i];
        if (e->arity <= 1 && (int)e->arity > best && strcmp(f->atoms[e->name], function) == 0)
            best = (int)e->arity;
    }
    return best;
}

/* The module as the finder knows it: Gleam's a/b is a@b, Elixir's A.B is Elixir.A.B. */
static const char *resolve_module(const Finder *finder, const char *name) {
    if (finder_path(finder, name)) return name;
    if (isupper((unsigned char)name[0])) {
        char *elixir = mem_format("Elixir.%s", name);
        if (finder_path(finder, elixir)) return elixir;
    }
    char *gleam = mem_format("%s", name);
    for (char *c = gleam; *c; c++)
        if (*c == '/') *c = '@';
    return finder_path(finder, gleam) ? gleam : NULL;
}

static Entry named_entry(const char *main, Finder *finder) {
    const char *colon = strrchr(main, ':');
    const char *name = colon ? mem_copy_text(main, (size_t)(colon - main)) : main;
    const char *function = colon ? colon + 1 : "main";
    if (!*name || !*function) diag_fatal("--main takes M or M:F, not '%s'", main);
    const char *module = resolve_module(finder, name);
    if (!module) diag_fatal("--main names the module '%s', which is not among the inputs", name);
    int arity = entry_arity(finder_module(module, finder), function);
    if (arity < 0)
        diag_fatal("the module %s exports neither %s/1 nor %s/0: name another entry with --main "
                   "M:F",
                   module, function, function);
    return (Entry){module, function, (uint32_t)arity, NULL};
}

static void add_candidate(Text *list, const char *module) {
    text_add(list, "%s%s", list->count ? ", " : "", module);
}

/* The only module among the inputs that has a main. */
static Entry only_entry(const Project *project, Finder *finder) {
    Entry found = {0};
    Text candidates = {0};
    size_t count = 0;
    for (size_t i = 0; i < project->modules.count; i++) {
        const char *module = files_stem(project->modules.at[i]);
        int arity = entry_arity(finder_module(module, finder), "main");
        if (arity < 0) continue;
        if (count++ < 8) add_candidate(&candidates, module);
        found = (Entry){module, "main", (uint32_t)arity, NULL};
    }
    if (count == 1) return found;
    if (count > 1)
        diag_fatal("more than one module has a main: choose with --main M (of %s%s)", candidates.at,
                   count > 8 ? ", ..." : "");
    if (project->modules.count == 1)
        diag_fatal("the module %s exports neither main/1 nor main/0: name the function to start "
                   "with by --main %s:F",
                   files_stem(project->modules.at[0]), files_stem(project->modules.at[0]));
    diag_fatal("no module among the inputs exports main/1 or main/0: name the function to start "
               "with by --main M:F");
}

static Entry main_entry(const Options *options, const Project *project, Finder *finder,
                        const App *app) {
    if (options->main) return named_entry(options->main, finder);
    if (project->main_module) return named_entry(project->main_module, finder);
    if (options->command == CMD_TEST) return (Entry){EUNIT_ENTRY, "main", 0, NULL};
    if (project->name) {
        const char *module = resolve_module(finder, project->name);
        int arity = module ? entry_arity(finder_module(module, finder), "main") : -1;
        if (arity >= 0) return (Entry){module, "main", (uint32_t)arity, NULL};
    }
    if (app && app->callback) return (Entry){APPLICATION_ENTRY, "main", 0, NULL};
    return only_entry(project, finder);
}

/* mix starts the application before an escript's main; rebar3 does not. */
Entry entry_choose(const Options *options, const Project *project, Finder *finder,
                   const Apps *apps) {
    const App *app = project->name ? apps_named(apps, project->name) : NULL;
    Entry entry = main_entry(options, project, finder, app);
    bool starts = project->needs_elixir || strcmp(entry.module, APPLICATION_ENTRY) == 0;
    if (app && starts) entry.application = app->name;
    return entry;
}

static Keep parse_keep(const char *text) {
    char *copy = mem_format("%s", text);
    char *colon = strchr(copy, ':'), *slash = strrchr(copy, '/');
    if (colon && colon > copy && strcmp(colon, ":_") == 0) {
        *colon = 0;
        return (Keep){copy, NULL, 0};
    }
    char *end = "?";
    unsigned long arity = slash ? strtoul(slash + 1, &end, 10) : 0;
    if (!colon || colon == copy || !slash || slash < colon + 2 || !slash[1] || *end || arity > 255)
        diag_fatal("--keep takes M:F/A or M:_ (all of a module's exports), not '%s'", text);
    *colon = *slash = 0;
    return (Keep){copy, colon + 1, (uint32_t)arity};
}

Keep *entry_keeps(const Options *options, const Project *project, size_t *count) {
    size_t own = options->command == CMD_TEST ? project->modules.count : 0;
    Keep *keeps = mem_array(Keep, options->keep.count + own + 1);
    *count = options->keep.count + own;
    for (size_t i = 0; i < own; i++)
        keeps[i] = (Keep){files_stem(project->modules.at[i]), NULL, 0};
    for (size_t i = own; i < *count; i++)
        keeps[i] = parse_keep(options->keep.at[i - own]);
    return keeps;
}
