/* reach_why.c: why a function is in a program: the calls that lead to it, back to a root. */
#include "analyse/reach.h"

#include <stdlib.h>

static const ReachModule *module_named(const Reach *r, const char *name) {
    for (size_t i = 0; i < r->modules.count; i++)
        if (strcmp(r->modules.at[i]->name, name) == 0) return r->modules.at[i];
    return NULL;
}

/* Index in m's functions; -1: not reached. */
static int64_t reached(const ReachModule *m, const char *name, uint32_t arity) {
    const BeamFile *f = m->beam;
    for (size_t i = 0; i < f->functions.count; i++)
        if (m->functions[i] && f->functions.at[i].arity == arity &&
            strcmp(f->atoms[f->functions.at[i].name], name) == 0)
            return (int64_t)i;
    return -1;
}

char *reach_by_text(const ReachBy *by) {
    if (!by->module && !by->function)
        return mem_format("which the program starts with or is told to keep");
    if (!by->module) return mem_format("which goes with %s", by->function);
    const char *how = by->computed ? "which may be meant by a computed call in" : "called by";
    return mem_format("%s %s:%s/%u", how, by->module, by->function, by->arity);
}

static void add_chain(const Reach *r, const ReachModule *m, int64_t i, Text *out) {
    for (size_t left = 1000; left > 0; left--) {
        const BeamFunction *fn = &m->beam->functions.at[i];
        const ReachBy *by = &m->by[i];
        text_add(out, "%s:%s/%u, %s\n", m->name, m->beam->atoms[fn->name], fn->arity,
                 reach_by_text(by));
        if (!by->module) return;
        m = module_named(r, by->module);
        i = m ? reached(m, by->function, by->arity) : -1;
        if (i < 0) return; /* a built-in */
    }
}

char *reach_why(const Reach *r, const char *what) {
    const char *colon = strchr(what, ':'), *slash = strrchr(what, '/');
    bool whole = !colon || !slash || slash < colon;
    const char *name = whole ? what : mem_copy_text(what, (size_t)(colon - what));
    const ReachModule *m = module_named(r, name);
    if (!m) return NULL;
    int64_t i;
    if (whole) {
        i = (int64_t)m->first;
    } else {
        const char *function = mem_copy_text(colon + 1, (size_t)(slash - colon - 1));
        i = reached(m, function, (uint32_t)strtoul(slash + 1, NULL, 10));
    }
    if (i < 0) return NULL;
    Text out = {0};
    add_chain(r, m, i, &out);
    return out.at;
}
