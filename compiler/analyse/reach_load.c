/* reach_load.c: what a program that loads code at run time keeps for that code. */
#include "analyse/reach_state.h"

/* What loaded code may call and nobody can foresee: the built-ins of these modules. */
static bool is_general(const char *module) {
    static const char *const names[] = {"atomics",       "binary", "erlang",          "erts_debug",
                                        "erts_internal", "ets",    "lists",           "maps",
                                        "math",          "os",     "persistent_term", "re",
                                        "string",        "unicode"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], module)) return true;
    return false;
}

/* Does a function, with all that it calls in plain words, stay within the modules that are there?
 */
enum Within { WITHIN_UNKNOWN = 0, WITHIN_YES, WITHIN_NO };

static bool stays_within(Reach *r, ReachModule *m, size_t i);

static bool call_stays_within(Reach *r, const char *module, const char *name, uint32_t arity) {
    if (bifs_find(module, name, arity)) return true;
    ReachModule *m = map_get(r->state->modules, module, strlen(module));
    int64_t f = m && m != &reach_absent ? reach_find_function(m->beam, name, arity) : -1;
    return f >= 0 && m->reached && stays_within(r, m, (size_t)f);
}

static bool label_stays_within(Reach *r, ReachModule *m, uint64_t label) {
    for (size_t i = 0; i < m->beam->functions.count; i++)
        if (m->beam->functions.at[i].entry == label) return stays_within(r, m, i);
    return false;
}

static bool op_stays_within(Reach *r, ReachModule *m, const Op *op) {
    const BeamFile *f = m->beam;
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only: return label_stays_within(r, m, op->args[1].u);
    case OP_make_fun3: return label_stays_within(r, m, f->funs.at[op->args[0].u].label);
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only: {
        const BeamImport *to = &f->imports.at[op->args[1].u];
        return call_stays_within(r, f->atoms[to->module], f->atoms[to->name], to->arity);
    }
    default: return true;
    }
}

/* One that is being looked at counts as staying. */
static bool stays_within(Reach *r, ReachModule *m, size_t i) {
    const BeamFunction *fn = &m->beam->functions.at[i];
    if (m->functions[i]) return true;
    if (!m->within) m->within = mem_alloc(m->beam->functions.count + 1);
    if (m->within[i]) return m->within[i] == WITHIN_YES;
    m->within[i] = WITHIN_YES;
    bool stays = !bifs_is_stub(m->beam, fn) || bifs_of_stub(m->beam, fn);
    for (size_t k = 0; stays && k < fn->count; k++)
        stays = op_stays_within(r, m, &fn->ops[k]);
    if (!stays) m->within[i] = WITHIN_NO;
    return stays;
}

/* All of the program's own; of others those that bring in no further module. */
static void keep_exports(Reach *r, ReachModule *m) {
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        const char *name = m->beam->atoms[e->name];
        int64_t f = reach_find_function(m->beam, name, e->arity);
        if (f < 0 || bifs_of_stub(m->beam, &m->beam->functions.at[f])) continue;
        if (!m->is_own && !stays_within(r, m, (size_t)f)) continue;
        if (bifs_find(m->name, name, e->arity)) /* one that OTP's own code ends */
            reach_mfa(r, m->name, name, e->arity);
        else
            reach_function(r, m, (size_t)f);
    }
}

/* Built-ins of later releases are not those of this one's module. */
static bool is_of_release(Reach *r, const BifRow *b) {
    const ReachModule *m = reach_module_of(r, b->module);
    return !m || reach_find_function(m->beam, b->name, b->arity) >= 0;
}

/* The program's own code asks for it: what inets reaches of dbg is no reason. */
static bool wants_tracing(const Reach *r) {
    static const char *const names[] = {"dbg",   "trace_pattern", "ttb",
                                        "fprof", "eprof",         "cprof",
                                        "et",    "enable_trace",  "observer_backend"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (reach_mentions(r, names[i], true) ||
            map_get(r->state->own_calls, names[i], strlen(names[i])))
            return true;
    return false;
}

/* Not counting what is kept for loaded code only. */
static void note_tracing(Reach *r) {
    if (r->loads_code) return;
    bool reached = reach_is_reached(r, "erlang:trace_pattern/2") ||
                   reach_is_reached(r, "erlang:trace_pattern/3");
    r->traces_calls = (reached && wants_tracing(r)) || (reach_mentions(r, "save_calls", true) &&
                                                        reach_mentions(r, "last_calls", true));
}

/* Where the program loads code, exports of the modules that it has come by then are kept, and
 * general built-ins. */
bool reach_widen(Reach *r) {
    note_tracing(r);
    const BifRow *prepares = bifs_find("erlang", "prepare_loading", 2);
    const BifRow *loads = bifs_find("erlang", "load_module", 2);
    if (r->loads_code || (!map_get(r->state->bifs, (const char *)&prepares, sizeof prepares) &&
                          !map_get(r->state->bifs, (const char *)&loads, sizeof loads)))
        return false;
    r->loads_code = true;
    for (const BifRow *b = bifs_all(); b->module; b++)
        if (is_general(b->module) && is_of_release(r, b))
            reach_mfa(r, b->module, b->name, b->arity);
    reach_keep_module(r, "brc_loader");
    r->state->by_own = false;
    r->state->matching = true; /* nobody calls them in plain words */
    for (size_t i = 0, n = r->modules.count; i < n; i++)
        keep_exports(r, r->modules.at[i]);
    r->state->matching = false;
    return true;
}
