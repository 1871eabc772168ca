/* reach_match.c: what applies may call, by what is known of them: module and function both (a plain
 * call), only the function (every mentioned module that exports it), only the module (its exports
 * of mentioned names), neither (every module and exported function whose names stand side by side
 * somewhere: in a tuple, a list or the arguments of one call, as {M, F, A} does; modules meant
 * alone; and mentioned exports of modules that are reached anyway). */
#include "analyse/behaviour.h"

typedef struct Matching {
    Reach *r;
    Pattern p;
    const char *behaviour; /* whose callbacks are meant, or NULL: anyone's */
} Matching;

/* The exports of `module` that pattern p can mean, of that name only where it is given. */
static void match_exports(Reach *r, const char *module, const char *only, const Pattern *p) {
    ReachModule *m = reach_module_of(r, module);
    if (!m || (p->own_only && !m->is_own)) return;
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        const char *name = m->beam->atoms[e->name];
        if (p->arity >= 0 && (uint32_t)p->arity != e->arity) continue;
        /* every module has it: asking does not bring a module in */
        if (!strcmp(name, "module_info") && !m->reached) continue;
        if (only ? strcmp(only, name) != 0 : !map_get(r->state->atoms, name, strlen(name)))
            continue;
        r->state->by = p->by;
        reach_mfa(r, module, name, e->arity);
    }
}

static bool is_closed(Reach *r, const char *module) {
    return map_get(r->state->closed, module, strlen(module)) && !reach_mentions(r, module, true);
}

/* A name that only OTP's own code mentions means a module to call only where something of that
 * application is called in plain words: what proc_lib says of `sasl` does not bring in sasl. */
static bool may_be_meant(Reach *r, const char *module) {
    ReachState *s = r->state;
    if (!s->is_own || reach_mentions(r, module, true)) return true;
    const bool *group = map_get(s->plain, module, strlen(module));
    if (group) return *group;
    ReachModule *m = reach_module_of(r, module);
    if (!m) return false;
    const char *folder = reach_folder_of(m->beam);
    return map_get(s->folders, folder, strlen(folder)) != NULL;
}

/* Whether a module that the program's own code names is meant by a call of which nothing else is
 * known: its own ones are; OTP's where their application is called in plain words, but for kernel
 * and stdlib, whose modules' names are everyday words. */
static bool is_meant_alone(Reach *r, const char *module) {
    ReachState *s = r->state;
    if (!s->is_own || !reach_mentions(r, module, true)) return false;
    const ReachModule *m = reach_module_of(r, module);
    if (!m || m->is_own) return m != NULL;
    const char *folder = reach_folder_of(m->beam);
    if (!map_get(s->folders, folder, strlen(folder))) return false;
    static const char *const everyday[] = {"lists", "file"};
    for (size_t i = 0; i < sizeof everyday / sizeof *everyday; i++) {
        const ReachModule *of = reach_module_of(r, everyday[i]);
        if (of && !strcmp(folder, reach_folder_of(of->beam))) return false;
    }
    return true;
}

static void match_alone(const char *key, size_t len, void *value, void *arg) {
    (void)len;
    (void)value;
    const Matching *m = arg;
    if (is_meant_alone(m->r, key)) match_exports(m->r, key, NULL, &m->p);
}

/* kernel's calls do not mean modules of stdlib of which kernel does not speak. */
static bool is_strange(Reach *r, const char *module, const Pattern *p) {
    const ReachModule *caller = p->by.module ? reach_module_of(r, p->by.module) : NULL;
    if (!caller || strcmp(caller->app, "kernel") != 0) return false;
    const ReachModule *m = reach_module_of(r, module);
    uintptr_t by = (uintptr_t)map_get(r->state->atoms, module, strlen(module));
    return m && !strcmp(m->app, "stdlib") && !(by & (REACH_BY_PROGRAM | REACH_BY_KERNEL));
}

static void match_any_module(const char *key, size_t len, void *value, void *arg) {
    (void)len;
    (void)value;
    Matching *m = arg;
    if (is_closed(m->r, key) || !may_be_meant(m->r, key) || is_strange(m->r, key, &m->p)) return;
    if (!behaviour_fits(m->r, m->behaviour, key, &m->p)) return;
    match_exports(m->r, key, m->p.function, &m->p);
}

/* The names of all modules there are can be had from `code`, and each of them can be asked. */
static void match_reached(Reach *r, const Pattern *p) {
    for (size_t k = 0; k < r->modules.count; k++)
        match_exports(r, r->modules.at[k]->name, p->function, p);
}

/* Module and function unknown: pairs; modules meant alone; and where the arity is known (Mod:Fun(A,
 * B), as behaviours call their callbacks), what reached modules export under mentioned names. */
static void match_unknown(Reach *r, const Pattern *p, const char *behaviour) {
    ReachState *s = r->state;
    for (size_t k = 0; k < s->pairs.count; k++)
        if (may_be_meant(r, s->pairs.at[k].first))
            match_exports(r, s->pairs.at[k].first, s->pairs.at[k].second, p);
    Matching m = {.r = r, .p = *p};
    map_each(s->atoms, match_alone, &m);
    if (p->arity < 0 || !(behaviour || p->by_own)) return;
    for (size_t k = 0; k < r->modules.count; k++) {
        const char *name = r->modules.at[k]->name;
        if (map_get(s->atoms, name, strlen(name)) && !is_closed(r, name) &&
            behaviour_fits(r, behaviour, name, p))
            match_exports(r, name, NULL, p);
    }
}

/* Modules of the program that it names, and their EUnit tests, whole: who asks a module for its
 * exports calls them. */
static void keep_own(const char *key, size_t len, void *value, void *arg) {
    (void)value;
    Reach *r = arg;
    const char *tests = mem_format("%.*s_tests", (int)len, key);
    if (!reach_mentions(r, key, true)) return;
    const ReachModule *m = reach_module_of(r, key);
    if (m && m->is_own) reach_keep_module(r, key);
    m = reach_module_of(r, tests);
    if (m && m->is_own) reach_keep_module(r, tests);
}

void reach_match(Reach *r) {
    ReachState *s = r->state;
    s->matching = true;
    if (s->enumerates && s->is_own) map_each(s->atoms, keep_own, r);
    for (size_t i = 0; i < s->applies.count; i++) {
        Pattern p = s->applies.at[i];
        Matching m = {.r = r, .p = p, .behaviour = behaviour_called(r, &p)};
        if (p.module)
            match_exports(r, p.module, NULL, &p);
        else if (p.function && !strcmp(p.function, "module_info"))
            match_reached(r, &p);
        else if (p.function)
            map_each(s->atoms, match_any_module, &m);
        else
            match_unknown(r, &p, m.behaviour);
    }
    s->matching = false;
}
