/* reach_match.c: what applies may call, by what is known of them: module and function both (a plain
 * call), only the function (every mentioned module that exports it), only the module (its exports
 * of mentioned names), neither (every module and exported function whose names stand side by side
 * somewhere: in a tuple, a list or the arguments of one call, as {M, F, A} does; modules meant
 * alone; and mentioned exports of modules that are reached anyway). Where the program's own code
 * makes atoms of text, its calls may mean what nobody mentions. */
#include "analyse/behaviour.h"

static const ReachModule *caller_of(Reach *r, const Pattern *p) {
    return p->by.module ? reach_module_of(r, p->by.module) : NULL;
}

/* Where the names that p calls may be made of text: the folder whose code does. */
static const ReachFolder *text_of(Reach *r, const Pattern *p) {
    const ReachModule *caller = p->by_own ? caller_of(r, p) : NULL;
    return caller && caller->folder->makes_atoms ? caller->folder : NULL;
}

/* Macros of the program's own are for Elixir's compiler. */
static bool is_macro_of(Reach *r, const ReachModule *m, const char *name, const Pattern *p) {
    if (!m->is_own || strncmp(name, "MACRO-", 6) != 0) return false;
    const ReachModule *caller = caller_of(r, p);
    return caller && strcmp(caller->app, "elixir") != 0;
}

/* The exports of m that pattern p can mean, of that name only where it is given. */
static void match_exports(Reach *r, ReachModule *m, const char *only, const Pattern *p) {
    if (p->own_only && !m->is_own) return;
    const ReachFolder *text = m->is_own && !only ? text_of(r, p) : NULL;
    bool made = text && (p->module || text == m->folder);
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        int32_t function = m->exports[i];
        if (function >= 0 && m->functions[function]) continue;
        if (p->arity >= 0 && (uint32_t)p->arity != e->arity) continue;
        const char *name = m->beam->atoms[e->name];
        if (only && strcmp(only, name) != 0) continue;
        if (!only && !made && !reach_atom(r, name)) continue;
        if (is_macro_of(r, m, name, p)) continue;
        /* every module has it: asking does not bring a module in */
        if (!m->reached && !strcmp(name, "module_info")) continue;
        r->state->by = p->by;
        reach_mfa(r, m->name, name, e->arity);
    }
}

static bool is_by_program(const Reach *r, const ReachModule *m) {
    return reach_mentions(r, m->name, true);
}

static bool is_closed(const Reach *r, const ReachModule *m) {
    return m->is_closed && !is_by_program(r, m);
}

/* A name that only OTP's own code mentions means a module to call only where something of that
 * application is called in plain words: what proc_lib says of `sasl` does not bring in sasl. */
static bool may_be_meant(const Reach *r, const ReachModule *m) {
    if (!r->state->is_own || is_by_program(r, m)) return true;
    return m->group_called ? *m->group_called : m->folder->called;
}

/* kernel and stdlib: their modules' names are everyday words. */
static bool is_everyday(const ReachModule *m) {
    return !strcmp(m->app, "kernel") || !strcmp(m->app, "stdlib");
}

/* Whether a module that the program's own code names is meant by a call of which nothing else is
 * known: its own ones are; OTP's where their application is called in plain words. */
static bool is_meant_alone(const Reach *r, const ReachModule *m) {
    if (!r->state->is_own || !is_by_program(r, m)) return false;
    return m->is_own || (m->folder->called && !is_everyday(m));
}

/* An application's calls do not mean modules of stdlib of which neither it nor the program speaks.
 */
static bool is_strange(Reach *r, const Atom *named, const Pattern *p) {
    if (strcmp(named->module->app, "stdlib") != 0) return false;
    const ReachModule *caller = caller_of(r, p);
    if (!caller || caller->is_own || !strcmp(caller->app, "stdlib")) return false;
    return !(named->by & (REACH_BY_PROGRAM | reach_app_bit(r, caller->app)));
}

static void match_any_module(Reach *r, const Pattern *p, const char *behaviour) {
    for (size_t i = 0; i < r->state->named.count; i++) {
        const Atom *named = r->state->named.at[i];
        ReachModule *m = named->module;
        if (!is_closed(r, m) && may_be_meant(r, m) && !is_strange(r, named, p) &&
            behaviour_fits(behaviour, m, p))
            match_exports(r, m, p->function, p);
    }
}

/* A module whose name may be made of text: of the same folder, and mentioned where the function is
 * not known either and the folder is an application's. */
static void match_made(Reach *r, const Pattern *p) {
    const ReachFolder *text = text_of(r, p);
    for (size_t i = 0; text && i < r->state->offered.count; i++) {
        ReachModule *m = reach_module_of(r, r->state->offered.at[i]);
        if (m && m->folder == text && (p->function || !*m->app || is_by_program(r, m)))
            match_exports(r, m, p->function, p);
    }
}

/* The names of all modules there are can be had from `code`, and each of them can be asked. */
static void match_reached(Reach *r, const Pattern *p) {
    for (size_t k = 0; k < r->modules.count; k++)
        match_exports(r, r->modules.at[k], p->function, p);
}

/* Module and function unknown: pairs; modules meant alone; and where the arity is known (Mod:Fun(A,
 * B)), what reached modules export under mentioned names: of a behaviour's call those that have its
 * callbacks, of the program's own call those that it speaks of. */
static void match_unknown(Reach *r, const Pattern *p, const char *behaviour) {
    ReachState *s = r->state;
    for (size_t k = 0; k < s->pairs.count; k++) {
        ReachModule *m = reach_module_of(r, s->pairs.at[k].first);
        if (m && may_be_meant(r, m)) match_exports(r, m, s->pairs.at[k].second, p);
    }
    for (size_t k = 0; k < s->named.count; k++)
        if (is_meant_alone(r, s->named.at[k]->module))
            match_exports(r, s->named.at[k]->module, NULL, p);
    if (p->arity < 0 || !(behaviour || p->by_own)) return;
    for (size_t k = 0; k < r->modules.count; k++) {
        ReachModule *m = r->modules.at[k];
        if (reach_mentions(r, m->name, !behaviour) && !is_closed(r, m) &&
            behaviour_fits(behaviour, m, p))
            match_exports(r, m, NULL, p);
    }
}

/* Modules of the program that it names, and their EUnit tests, whole: who asks a module for its
 * exports calls them. */
static void keep_own(Reach *r, const Atom *atom) {
    if (!reach_mentions(r, atom->name, true)) return;
    r->state->by = r->state->enumerates;
    if (atom->module && atom->module->is_own) reach_keep_module(r, atom->name);
    const ReachModule *tests = reach_module_of(r, mem_format("%s_tests", atom->name));
    if (tests && tests->is_own) reach_keep_module(r, tests->name);
}

void reach_match(Reach *r) {
    ReachState *s = r->state;
    s->matching = true;
    reach_named(r);
    if (s->enumerates.module && s->is_own)
        for (size_t i = 0; i < s->mentioned.count; i++)
            keep_own(r, s->mentioned.at[i]);
    for (size_t i = 0; i < s->applies.count; i++) {
        Pattern p = s->applies.at[i];
        const char *behaviour = behaviour_called(r, &p);
        if (p.module) {
            ReachModule *m = reach_module_of(r, p.module);
            if (m) match_exports(r, m, NULL, &p);
        } else if (p.function && !strcmp(p.function, "module_info")) {
            match_reached(r, &p);
        } else if (p.function) {
            match_any_module(r, &p, behaviour);
        } else {
            match_unknown(r, &p, behaviour);
        }
        if (!p.module) match_made(r, &p);
    }
    s->matching = false;
}
