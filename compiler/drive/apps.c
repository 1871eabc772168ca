/* apps.c: see apps.h. A .app file is an Erlang term; what is looked for are a few pairs at its top,
 * so it is read token by token, not built. */
#include "drive/apps.h"
#include "base/diag.h"
#include <ctype.h>

#define CONTROLLER "application_controller" /* who mentions it uses applications */

/* ---- tokens ---- */

typedef struct Scan {
    const char *at;
    char *word;   /* of an atom; NULL: another token, its first character in `sign` */
    char *string; /* of a string, whose sign is " */
    char sign;    /* 0 at the end */
} Scan;

static void skip_blank(Scan *s) {
    while (isspace((unsigned char)*s->at) || *s->at == '%')
        s->at += *s->at == '%' ? strcspn(s->at, "\n") : 1;
}

/* Behind the closing quote; the text between, escapes as they are. */
static char *quoted(Scan *s) {
    char quote = *s->at++;
    const char *start = s->at;
    while (*s->at && *s->at != quote)
        s->at += *s->at == '\\' && s->at[1] ? 2 : 1;
    char *text = mem_copy_text(start, (size_t)(s->at - start));
    if (*s->at) s->at++;
    return text;
}

static void next(Scan *s) {
    skip_blank(s);
    s->word = s->string = NULL;
    s->sign = *s->at;
    if (*s->at == '\'') {
        s->word = quoted(s);
    } else if (*s->at == '"') {
        s->string = quoted(s);
    } else if (isalpha((unsigned char)*s->at) || (unsigned char)*s->at >= 0x80) {
        const char *start = s->at;
        while (isalnum((unsigned char)*s->at) || *s->at == '_' || *s->at == '@' ||
               (unsigned char)*s->at >= 0x80)
            s->at++;
        s->word = mem_copy_text(start, (size_t)(s->at - start));
    } else if (*s->at) {
        if (s->at[0] == '$' && s->at[1]) s->at += 1 + (s->at[1] == '\\' && s->at[2]);
        s->at++;
    }
}

static bool is_sign(Scan *s, char sign) {
    next(s);
    return !s->word && s->sign == sign;
}

/* Behind "{name," of a pair whose value is a list of atoms. */
static void take_names(Scan s, Names *out) {
    if (!is_sign(&s, '[')) return;
    for (next(&s); s.sign && (s.word || s.sign != ']'); next(&s))
        if (s.word) vec_push(out, s.word);
}

/* Every atom of the value that comes next. */
static void take_atoms(Scan *s, Names *out) {
    size_t depth = 0;
    do {
        next(s);
        if (s->word)
            vec_push(out, s->word);
        else if (s->sign && strchr("[{(", s->sign))
            depth++;
        else if (s->sign && strchr("]})", s->sign) && depth)
            depth--;
    } while (depth && (s->word || s->sign));
}

static void take_callback(Scan s, App *app) {
    if (!is_sign(&s, '{')) return;
    next(&s);
    if (s.word) app->callback = s.word;
}

static void take_version(Scan s, App *app) {
    next(&s);
    if (s.string) app->version = s.string;
}

/* What applications are told that way may be a module to call. */
static bool is_setting(const char *key) {
    return strcmp(key, "env") == 0 || strcmp(key, "mod") == 0 || strcmp(key, "start_phases") == 0;
}

static void read_app(App *app) {
    Scan s = {.at = (const char *)app->text};
    bool opened = false; /* the token before was { */
    for (next(&s); s.word || s.sign; next(&s)) {
        Scan value = s;
        if (opened && s.word && is_sign(&value, ',')) {
            if (strcmp(s.word, "mod") == 0) take_callback(value, app);
            if (strcmp(s.word, "vsn") == 0) take_version(value, app);
            if (strcmp(s.word, "applications") == 0 || strcmp(s.word, "included_applications") == 0)
                take_names(value, &app->needs);
            if (is_setting(s.word)) take_atoms(&value, &app->settings);
        }
        opened = !s.word && s.sign == '{';
    }
}

/* ---- finding ---- */

const App *apps_named(const Apps *apps, const char *name) {
    for (size_t i = 0; i < apps->all.count; i++)
        if (strcmp(apps->all.at[i].name, name) == 0) return &apps->all.at[i];
    return NULL;
}

bool apps_need(const Apps *apps, const char *name) {
    for (size_t i = 0; i < apps->all.count; i++) {
        const App *app = &apps->all.at[i];
        for (size_t k = 0; app->is_own && k < app->needs.count; k++)
            if (!strcmp(app->needs.at[k], name)) return true;
    }
    return false;
}

static void add_app(Apps *apps, const Finder *finder, const char *path) {
    App app = {.name = files_stem(path), .ebin = files_folder(path), .version = ""};
    app.is_own = finder_owns(finder, app.ebin);
    uint8_t *bytes;
    if (apps_named(apps, app.name) || files_read(path, &bytes, &app.size) < 0) return;
    app.text = bytes;
    read_app(&app);
    vec_push(&apps->all, app);
}

Apps *apps_find(const Finder *finder) {
    Apps *apps = mem_new(Apps);
    const Names *folders = finder_folders(finder);
    for (size_t i = 0; i < folders->count; i++) {
        Names names = {0};
        files_list(folders->at[i], &names);
        for (size_t k = 0; k < names.count; k++)
            if (files_has_suffix(names.at[k], ".app"))
                add_app(apps, finder, files_join(folders->at[i], names.at[k]));
    }
    return apps;
}

/* ---- reaching ---- */

static void reach_callback(Reach *reach, const App *app, const char *function, uint32_t arity) {
    reach_case(reach, (ReachCase){.when = app->name,
                                  .with = CONTROLLER,
                                  .by_program = true,
                                  .module = app->callback,
                                  .function = function,
                                  .arity = arity,
                                  .optional = true});
}

/* Names that a program comes by where it uses this application. */
static void reach_names(Reach *reach, const App *app, const Names *names, bool by_library) {
    for (size_t i = 0; i < names->count; i++)
        reach_case(reach, (ReachCase){.when = app->name,
                                      .with = CONTROLLER,
                                      .by_program = true,
                                      .by_library = by_library,
                                      .module = names->at[i]});
}

void apps_reach(const Apps *apps, Reach *reach) {
    for (size_t i = 0; i < apps->all.count; i++) {
        const App *app = &apps->all.at[i];
        reach_names(reach, app, &app->needs, false);
        reach_names(reach, app, &app->settings, !app->is_own);
        if (!app->callback) continue;
        reach_callback(reach, app, "start", 2);
        reach_callback(reach, app, "start_phase", 3);
        reach_callback(reach, app, "prep_stop", 1);
        reach_callback(reach, app, "stop", 1);
        reach_callback(reach, app, "config_change", 3);
    }
}

void apps_reach_config(const char *file, Reach *reach) {
    uint8_t *bytes;
    size_t size;
    Names names = {0};
    if (!file || files_read(file, &bytes, &size) < 0) return;
    Scan s = {.at = (const char *)bytes};
    take_atoms(&s, &names);
    for (size_t i = 0; i < names.count; i++)
        reach_case(reach, (ReachCase){.when = CONTROLLER, .module = names.at[i]});
}

void apps_start(const char *application, Reach *reach) {
    static const char starter[] = "brc_release:start/0";
    reach_root(reach, "brc_release", "start", 0);
    reach_case(reach, (ReachCase){.when = starter, .module = application});
    reach_case(
        reach,
        (ReachCase){.when = starter, .module = "brc_release", .function = "start", .starts = true});
}

/* ---- carrying ---- */

/* The name of its folder: as it is where it is named for the application, else NAME-VERSION. */
static const char *folder_name(const App *app) {
    const char *parent = files_base(files_folder(app->ebin));
    size_t len = strlen(app->name);
    bool is_ebin = strcmp(files_base(app->ebin), "ebin") == 0;
    if (is_ebin && strncmp(parent, app->name, len) == 0 && (!parent[len] || parent[len] == '-'))
        return parent;
    return *app->version ? mem_format("%s-%s", app->name, app->version) : app->name;
}

static bool asks_for_folders(const Reach *reach) {
    return reach_is_reached(reach, "code:priv_dir/1") ||
           reach_is_reached(reach, "code:lib_dir/1") || reach_is_reached(reach, "code:lib_dir/2");
}

void apps_carry(const Apps *apps, const Otp *otp, const Reach *reach, Carried *out) {
    bool controlled = reach_mentions(reach, CONTROLLER, false), asked = asks_for_folders(reach);
    if (reach_is_reached(reach, "brc_path:real/1"))
        carry_bytes(out, "otp-root", (const uint8_t *)otp->root, strlen(otp->root));
    if (!controlled && !asked) return;
    for (size_t i = 0; i < apps->all.count; i++) {
        const App *app = &apps->all.at[i];
        bool always = strcmp(app->name, "kernel") == 0 || strcmp(app->name, "stdlib") == 0;
        if (!always && !reach_mentions(reach, app->name, true)) continue;
        const char *folder = mem_format("lib/%s", folder_name(app));
        carry_bytes(out, mem_format("%s/ebin/%s.app", folder, app->name), app->text, app->size);
        if (asked && !files_is_below(app->ebin, otp->root))
            carry_folder(out, mem_format("%s/priv", folder),
                         files_join(files_folder(app->ebin), "priv"));
    }
}
