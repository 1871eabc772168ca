/* reach.c: see reach.h. A worklist of functions; each is scanned once (reach_scan.c) for what it
 * calls, makes and mentions. What computed calls may mean (reach_match.c) grows with what is
 * mentioned, so both are repeated until nothing new comes. */
#include "analyse/reach_state.h"

#include "ir/natives.h"

ReachModule reach_absent;

Reach *reach_new(BeamFile *(*find)(const char *module, void *arg),
                 bool (*is_own)(const char *module, void *arg), void *arg) {
    Reach *r = mem_new(Reach);
    ReachState *s = r->state = mem_new(ReachState);
    s->find = find;
    s->is_own = is_own;
    s->arg = arg;
    s->modules = map_new();
    s->folders = map_new();
    s->apps = map_new();
    s->own_apps = map_new();
    s->own_calls = map_new();
    s->plain = map_new();
    s->atoms = map_new();
    s->patterns = map_new();
    s->pairs_seen = map_new();
    s->missing = map_new();
    s->bifs = map_new();
    s->closed = map_new();
    s->untraced = map_new();
    s->small = map_new();
    return r;
}

/* "APP" of ".../APP-VERSION/ebin/MODULE.beam" or ".../APP/ebin/MODULE.beam". */
static const char *app_of(const BeamFile *beam) {
    const char *folder = reach_folder_of(beam), *last = strrchr(folder, '/');
    if (!last || strcmp(last, "/ebin") != 0) return "";
    const char *start = last;
    while (start > folder && start[-1] != '/')
        start--;
    size_t len = (size_t)(last - start);
    return mem_copy_text(start, memchr(start, '-', len) ? strcspn(start, "-") : len);
}

uintptr_t reach_app_bit(Reach *r, const char *app) {
    Map *apps = r->state->apps;
    uintptr_t bit = (uintptr_t)map_get(apps, app, strlen(app));
    if (bit) return bit;
    size_t first = (size_t)__builtin_ctz(REACH_BY_APPS), bits = sizeof bit * 8 - first;
    bit = (uintptr_t)1 << (first + map_count(apps) % bits);
    map_set(apps, app, strlen(app), (void *)bit);
    return bit;
}

static ReachFolder *find_folder(ReachState *s, const BeamFile *beam) {
    const char *path = reach_folder_of(beam);
    ReachFolder *folder = map_get(s->folders, path, strlen(path));
    if (!folder) map_set(s->folders, path, strlen(path), folder = mem_new(ReachFolder));
    return folder;
}

static int32_t *find_exports(const BeamFile *f) {
    int32_t *found = mem_alloc_atomic((f->exports.count + 1) * sizeof *found);
    for (size_t i = 0; i < f->exports.count; i++) {
        found[i] = -1;
        for (size_t k = 0; k < f->functions.count && found[i] < 0; k++)
            if (f->functions.at[k].entry == f->exports.at[i].label) found[i] = (int32_t)k;
    }
    return found;
}

ReachModule *reach_module_of(Reach *r, const char *name) {
    ReachState *s = r->state;
    size_t len = strlen(name);
    ReachModule *m = map_get(s->modules, name, len);
    if (m) return m == &reach_absent ? NULL : m;
    BeamFile *beam = s->find(name, s->arg);
    if (!beam) {
        map_set(s->modules, name, len, &reach_absent);
        return NULL;
    }
    m = mem_new(ReachModule);
    m->name = beam->module;
    m->is_own = s->is_own && s->is_own(m->name, s->arg);
    m->beam = beam;
    m->app = app_of(beam);
    m->folder = find_folder(s, beam);
    m->group_called = map_get(s->plain, name, len);
    m->is_closed = map_get(s->closed, name, len) != NULL;
    m->exports = find_exports(beam);
    m->functions = mem_alloc(beam->functions.count + 1);
    m->by = mem_array(ReachBy, beam->functions.count + 1);
    map_set(s->modules, name, len, m);
    return m;
}

int64_t reach_find_function(const BeamFile *f, const char *name, uint32_t arity) {
    for (size_t i = 0; i < f->functions.count; i++)
        if (f->functions.at[i].arity == arity && !strcmp(f->atoms[f->functions.at[i].name], name))
            return (int64_t)i;
    return -1;
}

const char *reach_folder_of(const BeamFile *beam) {
    const char *slash = strrchr(beam->path, '/');
    return mem_copy_text(beam->path, slash ? (size_t)(slash - beam->path) : 0);
}

static void reach_explanations(Reach *r);
static void reach_on_load(Reach *r, ReachModule *m);

void reach_function(Reach *r, ReachModule *m, size_t i) {
    if (!r->state->matching && r->state->by_own)
        map_set(r->state->own_apps, m->app, strlen(m->app), (void *)1);
    if (m->functions[i] || reach_is_late(r, m, i)) return;
    m->functions[i] = 1;
    m->by[i] = r->state->by;
    m->by[i].computed = r->state->matching;
    if (!r->state->matching && !m->is_called) {
        m->folder->called = true;
        if (m->group_called) *m->group_called = true;
        m->is_called = true;
    }
    if (!m->reached++) {
        m->order = (uint32_t)r->modules.count;
        m->first = i;
        vec_push(&r->modules, m);
        if (reach_explains(m->name)) reach_explanations(r);
        reach_on_load(r, m);
        int64_t undefined = reach_find_function(m->beam, "$handle_undefined_function", 2);
        if (undefined >= 0) reach_function(r, m, (size_t)undefined); /* what the runtime calls */
    }
    vec_push(&r->state->work, ((Work){m, i}));
}

void reach_note_missing(Reach *r, const char *module, const char *name, uint32_t arity, bool stub) {
    ReachState *s = r->state;
    char *key = mem_format("%s:%s/%u", module, name, arity);
    if (map_get(s->missing, key, strlen(key))) return;
    map_set(s->missing, key, strlen(key), (void *)1);
    ReachMissing miss = {module, name, arity, s->by, stub};
    vec_push(&r->missing, miss);
}

/* Modules that call what error_info names: of errors that the runtime raises it names these, of
 * others what the program says. */
bool reach_explains(const char *module) {
    return !strcmp(module, "erl_error") || !strcmp(module, "Elixir.ErlangError");
}

static void reach_explanations(Reach *r) {
    static const char *const explaining[][2] = {{"erl_erts_errors", "format_error"},
                                                {"erl_erts_errors", "format_bs_fail"},
                                                {"erl_stdlib_errors", "format_error"},
                                                {"erl_kernel_errors", "format_error"}};
    for (size_t i = 0; i < sizeof explaining / sizeof *explaining; i++) {
        ReachModule *m = reach_module_of(r, explaining[i][0]);
        int64_t f = m ? reach_find_function(m->beam, explaining[i][1], 2) : -1;
        if (f >= 0) reach_function(r, m, (size_t)f);
    }
}

/* The first call of such a module calls that function. */
static void reach_on_load(Reach *r, ReachModule *m) {
    const Natives *n = natives_of(m->beam);
    if (!n || n->on_load < 0) return;
    reach_function(r, m, (size_t)n->on_load);
    reach_mfa(r, "brc_nif", "enter", 3);
}

/* A function that is a module's own, whatever built-in has its name. */
static void reach_own(Reach *r, const char *module, const char *name, uint32_t arity) {
    ReachModule *m = reach_module_of(r, module);
    int64_t i = m ? reach_find_function(m->beam, name, arity) : -1;
    if (i < 0 || !beam_is_exported(m->beam, &m->beam->functions.at[i]))
        reach_note_missing(r, module, name, arity, false);
    else
        reach_function(r, m, (size_t)i);
}

/* Erlang functions that built-ins leave part of their work to. */
static void reach_helpers(Reach *r, const char *module, const char *name, uint32_t arity) {
    static const struct {
        const char *module, *name;
        uint32_t arity;
        const char *helper;
        uint32_t helper_arity;
    } helpers[] = {
        {"unicode", "characters_to_binary", 2, "characters_to_binary_int", 2},
        {"unicode", "characters_to_list", 2, "characters_to_list_int", 2},
        {"re", "compile", 2, "ucompile", 2},
        {"re", "run", 2, "urun", 3},
        {"re", "run", 3, "urun", 3},
        {"re", "run", 3, "grun", 3},
        {"re", "internal_run", 4, "urun", 3},
        {"re", "internal_run", 4, "grun", 3},
        /* what these begin is OTP's to end */
        {"prim_inet", "recv", 2, "recv", 2},
        {"prim_inet", "recv", 3, "recv", 3},
        {"prim_inet", "send", 3, "send", 3},
    };
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (helpers[i].arity == arity && !strcmp(helpers[i].name, name) &&
            !strcmp(helpers[i].module, module))
            reach_own(r, module, helpers[i].helper, helpers[i].helper_arity);
}

void reach_mfa(Reach *r, const char *module, const char *name, uint32_t arity) {
    const BifRow *bif = bifs_find(module, name, arity);
    if (bif) {
        if (map_get(r->state->bifs, (const char *)&bif, sizeof bif)) return;
        map_set(r->state->bifs, (const char *)&bif, sizeof bif, (void *)1);
        vec_push(&r->bifs, bif);
        reach_helpers(r, module, name, arity);
        return;
    }
    reach_own(r, module, name, arity);
}

void reach_offer(Reach *r, const char *module) {
    vec_push(&r->state->offered, module);
}

void reach_by_program(Reach *r) {
    r->state->by_own = true;
}

void reach_root(Reach *r, const char *module, const char *function, uint32_t arity) {
    reach_mfa(r, module, function, arity);
}

/* Names, separated by spaces, as keys of `value`. */
static void put_names(Map *m, const char *names, void *value) {
    while (*names) {
        size_t len = strcspn(names, " \t");
        if (len) map_set(m, names, len, value);
        names += len + (names[len] != 0);
    }
}

void reach_plain(Reach *r, const char *modules) {
    put_names(r->state->plain, modules, mem_new(bool));
}

void reach_closed(Reach *r, const char *modules) {
    put_names(r->state->closed, modules, (void *)1);
}

void reach_untraced(Reach *r, const char *applications) {
    put_names(r->state->untraced, applications, (void *)1);
}

void reach_small(Reach *r, const char *names) {
    put_names(r->state->small, names, (void *)1);
}

bool reach_is_small(const Reach *r, const ReachModule *m) {
    const Map *small = r->state->small;
    return map_get(small, m->app, strlen(m->app)) || map_get(small, m->name, strlen(m->name));
}

void reach_case(Reach *r, ReachCase c) {
    vec_push(&r->state->cases, c);
}

const Atom *reach_atom(const Reach *r, const char *name) {
    return map_get(r->state->atoms, name, strlen(name));
}

void reach_mention(Reach *r, const char *name, uintptr_t by) {
    ReachState *s = r->state;
    Atom *atom = map_get(s->atoms, name, strlen(name));
    if (!atom) {
        atom = mem_new(Atom);
        atom->name = name;
        map_set(s->atoms, name, strlen(name), atom);
        vec_push(&s->mentioned, atom);
    }
    atom->by |= by;
}

void reach_named(Reach *r) {
    ReachState *s = r->state;
    while (s->looked_up < s->mentioned.count) {
        Atom *atom = s->mentioned.at[s->looked_up++];
        atom->module = reach_module_of(r, atom->name);
        if (atom->module) vec_push(&s->named, atom);
    }
}

bool reach_mentions(const Reach *r, const char *atom, bool by_program) {
    const Atom *mentioned = reach_atom(r, atom);
    uintptr_t by = mentioned ? mentioned->by : 0;
    if (!by_program) return by != 0;
    if (by & REACH_BY_ITSELF && map_get(r->state->own_apps, atom, strlen(atom))) return true;
    return (by & REACH_BY_PROGRAM) != 0;
}

void reach_keep_module(Reach *r, const char *module) {
    ReachModule *m = reach_module_of(r, module);
    if (!m) return;
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        reach_mfa(r, module, m->beam->atoms[e->name], e->arity);
    }
}

/* "M:F/A" */
bool reach_is_reached(const Reach *r, const char *mfa) {
    const char *colon = strchr(mfa, ':'), *slash = strrchr(mfa, '/');
    const char *module = mem_copy_text(mfa, (size_t)(colon - mfa));
    const char *name = mem_copy_text(colon + 1, (size_t)(slash - colon - 1));
    uint32_t arity = (uint32_t)strtoul(slash + 1, NULL, 10);
    const BifRow *bif = bifs_find(module, name, arity);
    if (bif) return map_get(r->state->bifs, (const char *)&bif, sizeof bif) != NULL;
    const ReachModule *m = map_get(r->state->modules, module, strlen(module));
    if (!m || m == &reach_absent) return false;
    int64_t i = reach_find_function(m->beam, name, arity);
    return i >= 0 && m->functions[i];
}

bool reach_holds(const Reach *r, const char *when, bool by_program) {
    return strchr(when, ':') ? reach_is_reached(r, when) : reach_mentions(r, when, by_program);
}

static bool case_holds(const Reach *r, const ReachCase *c) {
    if (c->with && !reach_mentions(r, c->with, false)) return false;
    return reach_holds(r, c->when, c->by_program);
}

static void take_case(Reach *r, const ReachCase *c) {
    if (c->whole) {
        reach_keep_module(r, c->module);
        return;
    }
    if (!c->function) {
        reach_mention(r, c->module, REACH_BY_LIBRARY | (c->by_library ? 0 : REACH_BY_PROGRAM));
        return;
    }
    ReachModule *m = c->optional ? reach_module_of(r, c->module) : NULL;
    if (c->optional && (!m || reach_find_function(m->beam, c->function, c->arity) < 0)) return;
    reach_mfa(r, c->module, c->function, c->arity);
}

/* Whether one holds that did not before. */
static bool take_cases(Reach *r) {
    ReachState *s = r->state;
    bool more = false;
    if (!s->holds) s->holds = mem_alloc(s->cases.count + 1);
    for (size_t i = 0; i < s->cases.count; i++) {
        if (s->holds[i] || !case_holds(r, &s->cases.at[i])) continue;
        s->holds[i] = more = true;
        s->by = (ReachBy){.function = s->cases.at[i].when};
        s->by_own = false;
        take_case(r, &s->cases.at[i]);
    }
    return more;
}

static void list_servers(Reach *r) {
    ReachState *s = r->state;
    for (size_t i = 0; i < s->cases.count; i++)
        if (s->cases.at[i].starts && s->holds[i]) vec_push(&r->servers, s->cases.at[i]);
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(ReachModule *const *)a)->name, (*(ReachModule *const *)b)->name);
}

void reach_solve(Reach *r) {
    ReachState *s = r->state;
    bool more;
    do {
        while (s->work.count) {
            Work w = s->work.at[--s->work.count];
            reach_scan(r, w.module, w.function);
        }
        reach_match(r);
        more = take_cases(r);
        if (reach_take_late(r)) more = true;
        if (!more && !s->work.count) more = reach_widen(r);
    } while (more || s->work.count);
    list_servers(r);
    reach_leave_out(r);
    qsort(r->modules.at, r->modules.count, sizeof(ReachModule *), by_name);
}
