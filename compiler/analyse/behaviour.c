/* behaviour.c: see behaviour.h. */
#include "analyse/behaviour.h"

#define APPLICATION "application" /* its callback modules stand in .app files */

/* Is F/A of the pattern in a list of {F, A}? */
static bool lists_callback(const Lit *list, const Pattern *p) {
    for (size_t i = 0; list->kind == LIT_CONS && i < list->count; i++) {
        const Lit *pair = list->items[i];
        if (pair->kind != LIT_TUPLE || pair->count != 2 || pair->items[0]->kind != LIT_ATOM ||
            pair->items[1]->kind != LIT_INT)
            continue;
        if ((!p->function || !strcmp(pair->items[0]->text, p->function)) &&
            (p->arity < 0 || pair->items[1]->i == p->arity))
            return true;
    }
    return false;
}

/* behaviour_info/1 gives its callbacks as a literal. */
static bool has_callback(const BeamFile *f, const Pattern *p) {
    int64_t info = reach_find_function(f, "behaviour_info", 1);
    const BeamFunction *fn = info < 0 ? NULL : &f->functions.at[info];
    for (size_t i = 0; fn && i < fn->count; i++)
        for (unsigned j = 0; j < fn->ops[i].nargs; j++) {
            const Arg *a = &fn->ops[i].args[j];
            if (a->kind == ARG_LIT && lists_callback(a->lit, p)) return true;
        }
    return false;
}

const char *behaviour_called(Reach *r, const Pattern *p) {
    const char *caller = p->by.module;
    if (!caller) return NULL;
    if (!strcmp(caller, "application_master") || !strcmp(caller, "application_starter"))
        return APPLICATION;
    const ReachModule *m = reach_module_of(r, caller);
    return m && has_callback(m->beam, p) ? m->name : NULL;
}

static bool lists_atom(const Lit *list, const char *atom) {
    for (size_t i = 0; list->kind == LIT_CONS && i < list->count; i++)
        if (list->items[i]->kind == LIT_ATOM && !strcmp(list->items[i]->text, atom)) return true;
    return false;
}

/* The value of an attribute {name, Value}, or NULL where it has another name. */
static const Lit *value_of(const Lit *pair, const char *name) {
    bool is = pair->kind == LIT_TUPLE && pair->count == 2 && pair->items[0]->kind == LIT_ATOM &&
              !strcmp(pair->items[0]->text, name);
    return is ? pair->items[1] : NULL;
}

/* The value of that attribute, or NULL. */
static const Lit *attribute(const BeamFile *f, const char *name) {
    const Lit *all = f->attributes, *value = NULL;
    for (size_t i = 0; !value && all && all->kind == LIT_CONS && i < all->count; i++)
        value = value_of(all->items[i], name);
    return value;
}

bool behaviour_calls_may(const BeamFile *f, const char *caller) {
    const Lit *callers = attribute(f, "beamrc_callers");
    return !callers || lists_atom(callers, caller);
}

bool behaviour_applies_told(const BeamFile *f) {
    return attribute(f, "beamrc_applies_told") != NULL;
}

/* Whether a module says that it has that behaviour, or any if `behaviour` is NULL. */
static bool declares(const BeamFile *f, const char *behaviour) {
    const Lit *all = f->attributes;
    for (size_t i = 0; all && all->kind == LIT_CONS && i < all->count; i++) {
        const Lit *named = value_of(all->items[i], "behaviour");
        if (!named) named = value_of(all->items[i], "behavior");
        if (named && (!behaviour || lists_atom(named, behaviour))) return true;
    }
    return false;
}

bool behaviour_fits(const char *behaviour, const ReachModule *m, const Pattern *p) {
    if (!behaviour || m->is_own || declares(m->beam, behaviour)) return true;
    return p->function && strcmp(behaviour, APPLICATION) != 0 && !declares(m->beam, NULL);
}
