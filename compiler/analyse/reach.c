/* reach.c: see reach.h. A worklist of functions; each is scanned once for what it calls, makes and
 * mentions.
 *
 * Applies are matched by what is known of them: module and function both (a plain call), only the
 * function (every mentioned module that exports it), only the module (its exports of mentioned
 * names), neither (every module and exported function whose names stand side by side somewhere: in
 * a tuple, a list or the arguments of one call, as {M, F, A} does; and mentioned exports of modules
 * that are reached anyway). What is mentioned grows, so this is repeated until nothing new comes.
 */
#include "analyse/reach.h"

#include <stdlib.h>

#include "base/diag.h"
#include "ir/bifs.h"

typedef struct Work {
    ReachModule *module;
    size_t function;
} Work;

typedef struct Pair { /* two atoms side by side: perhaps a module and its function */
    const char *first, *second;
} Pair;

typedef struct Pattern { /* an apply; NULL or -1: not known */
    const char *module, *function;
    int arity;
} Pattern;

typedef struct ReachState {
    BeamFile *(*find)(const char *module, void *arg);
    bool (*is_own)(const char *module, void *arg);
    void *arg;
    Map *modules;  /* name to ReachModule, or to `absent` */
    Map *atoms;    /* mentioned anywhere */
    Map *patterns; /* seen, by their text */
    Map *missing, *bifs;
    Map *folders; /* of the modules that are called in plain words */
    Map *plain;   /* modules of reach_plain */
    bool matching;
    VEC(Work) work;
    VEC(Pair) pairs;
    Map *pairs_seen;
    VEC(Pattern) applies;
    VEC(ReachCase) cases;                /* in order */
    bool *holds;                         /* for each */
    const char *by_module, *by_function; /* being scanned */
    uint32_t by_arity;
    bool by_own; /* of the program's own modules */
} ReachState;

static ReachModule absent;

enum { BY_LIBRARY = 1, BY_PROGRAM = 2 }; /* who mentions an atom */

Reach *reach_new(BeamFile *(*find)(const char *module, void *arg),
                 bool (*is_own)(const char *module, void *arg), void *arg) {
    Reach *r = mem_new(Reach);
    ReachState *s = r->state = mem_new(ReachState);
    s->find = find;
    s->is_own = is_own;
    s->arg = arg;
    s->modules = map_new();
    s->folders = map_new();
    s->plain = map_new();
    s->atoms = map_new();
    s->patterns = map_new();
    s->pairs_seen = map_new();
    s->missing = map_new();
    s->bifs = map_new();
    return r;
}

static ReachModule *module_of(Reach *r, const char *name) {
    ReachState *s = r->state;
    size_t len = strlen(name);
    ReachModule *m = map_get(s->modules, name, len);
    if (m) return m == &absent ? NULL : m;
    BeamFile *beam = s->find(name, s->arg);
    if (!beam) {
        map_set(s->modules, name, len, &absent);
        return NULL;
    }
    m = mem_new(ReachModule);
    m->name = beam->module;
    m->is_own = s->is_own && s->is_own(m->name, s->arg);
    m->beam = beam;
    m->functions = mem_alloc(beam->functions.count + 1);
    map_set(s->modules, name, len, m);
    return m;
}

static int64_t find_function(const BeamFile *f, const char *name, uint32_t arity) {
    for (size_t i = 0; i < f->functions.count; i++)
        if (f->functions.at[i].arity == arity && !strcmp(f->atoms[f->functions.at[i].name], name))
            return (int64_t)i;
    return -1;
}

static const char *folder_of(const BeamFile *beam) {
    const char *slash = strrchr(beam->path, '/');
    return mem_copy_text(beam->path, slash ? (size_t)(slash - beam->path) : 0);
}

static void reach_explanations(Reach *r);

static void reach_function(Reach *r, ReachModule *m, size_t i) {
    if (m->functions[i]) return;
    m->functions[i] = 1;
    if (!r->state->matching && !m->is_called) {
        const char *folder = folder_of(m->beam);
        map_set(r->state->folders, folder, strlen(folder), (void *)1);
        m->is_called = true;
    }
    if (!m->reached++) {
        m->order = (uint32_t)r->modules.count;
        m->by_module = r->state->by_module;
        m->by_function = r->state->by_function;
        vec_push(&r->modules, m);
        if (!strcmp(m->beam->module, "erl_error")) reach_explanations(r);
        int64_t undefined = find_function(m->beam, "$handle_undefined_function", 2);
        if (undefined >= 0) reach_function(r, m, (size_t)undefined); /* what the runtime calls */
    }
    vec_push(&r->state->work, ((Work){m, i}));
}

static void note_missing(Reach *r, const char *module, const char *name, uint32_t arity,
                         bool stub) {
    ReachState *s = r->state;
    char *key = mem_format("%s:%s/%u", module, name, arity);
    if (map_get(s->missing, key, strlen(key))) return;
    map_set(s->missing, key, strlen(key), (void *)1);
    ReachMissing miss = {module, name, arity, s->by_module, s->by_function, s->by_arity, stub};
    vec_push(&r->missing, miss);
}

static void reach_mfa(Reach *r, const char *module, const char *name, uint32_t arity);

/* What erl_error calls by names that only the emulator, here the runtime, knows: error_info's. */
static void reach_explanations(Reach *r) {
    static const char *const explaining[][2] = {{"erl_erts_errors", "format_error"},
                                                {"erl_erts_errors", "format_bs_fail"},
                                                {"erl_stdlib_errors", "format_error"},
                                                {"erl_kernel_errors", "format_error"}};
    for (size_t i = 0; i < sizeof explaining / sizeof *explaining; i++) {
        ReachModule *m = module_of(r, explaining[i][0]);
        int64_t f = m ? find_function(m->beam, explaining[i][1], 2) : -1;
        if (f >= 0) reach_function(r, m, (size_t)f);
    }
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
    };
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (helpers[i].arity == arity && !strcmp(helpers[i].name, name) &&
            !strcmp(helpers[i].module, module))
            reach_mfa(r, module, helpers[i].helper, helpers[i].helper_arity);
}

static void reach_mfa(Reach *r, const char *module, const char *name, uint32_t arity) {
    const BifRow *bif = bifs_find(module, name, arity);
    if (bif) {
        if (map_get(r->state->bifs, (const char *)&bif, sizeof bif)) return;
        map_set(r->state->bifs, (const char *)&bif, sizeof bif, (void *)1);
        vec_push(&r->bifs, bif);
        reach_helpers(r, module, name, arity);
        return;
    }
    ReachModule *m = module_of(r, module);
    int64_t i = m ? find_function(m->beam, name, arity) : -1;
    if (i < 0)
        note_missing(r, module, name, arity, false);
    else
        reach_function(r, m, (size_t)i);
}

void reach_root(Reach *r, const char *module, const char *function, uint32_t arity) {
    reach_mfa(r, module, function, arity);
}

void reach_plain(Reach *r, const char *module) {
    map_set(r->state->plain, module, strlen(module), (void *)1);
}

void reach_case(Reach *r, ReachCase c) {
    vec_push(&r->state->cases, c);
}

bool reach_mentions(const Reach *r, const char *atom, bool by_program) {
    uintptr_t by = (uintptr_t)map_get(r->state->atoms, atom, strlen(atom));
    return by_program ? (by & BY_PROGRAM) != 0 : by != 0;
}

void reach_keep_module(Reach *r, const char *module) {
    ReachModule *m = module_of(r, module);
    if (!m) return;
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        reach_mfa(r, module, m->beam->atoms[e->name], e->arity);
    }
}

/* ---- scanning one function ---- */

static void mention(Reach *r, const char *atom) {
    ReachState *s = r->state;
    uintptr_t by = s->by_own ? BY_PROGRAM : BY_LIBRARY;
    uintptr_t before = (uintptr_t)map_get(s->atoms, atom, strlen(atom));
    if ((before | by) != before) map_set(s->atoms, atom, strlen(atom), (void *)(before | by));
}

static void add_pair(Reach *r, const char *first, const char *second) {
    ReachState *s = r->state;
    char *key = mem_format("%s %s", first, second);
    if (map_get(s->pairs_seen, key, strlen(key))) return;
    map_set(s->pairs_seen, key, strlen(key), (void *)1);
    vec_push(&s->pairs, ((Pair){first, second}));
}

static void scan_literal(Reach *r, const Lit *l) {
    if (l->kind == LIT_ATOM) mention(r, l->text);
    if (l->kind == LIT_EXPORT) {
        reach_mfa(r, l->items[0]->text, l->items[1]->text, (uint32_t)l->items[2]->i);
        return;
    }
    for (size_t i = 0; l->items && i < l->count; i++) {
        scan_literal(r, l->items[i]);
        if (i && l->items[i]->kind == LIT_ATOM && l->items[i - 1]->kind == LIT_ATOM)
            add_pair(r, l->items[i - 1]->text, l->items[i]->text);
    }
}

/* The atom that an operand is, or NULL. */
static const char *atom_of(const BeamFile *f, const Arg *a) {
    if (a->kind == ARG_ATOM) return f->atoms[a->u];
    return a->kind == ARG_LIT && a->lit->kind == LIT_ATOM ? a->lit->text : NULL;
}

static void scan_arg(Reach *r, const BeamFile *f, const Arg *a) {
    if (a->kind == ARG_ATOM) mention(r, f->atoms[a->u]);
    if (a->kind == ARG_LIT) scan_literal(r, a->lit);
    if (a->kind != ARG_LIST) return;
    for (size_t i = 0; i < a->count; i++) {
        scan_arg(r, f, &a->items[i]);
        const char *first = i ? atom_of(f, &a->items[i - 1]) : NULL;
        const char *second = atom_of(f, &a->items[i]);
        if (first && second) add_pair(r, first, second);
    }
}

/* The atom last moved into X[reg] before op `at`, in the straight line; NULL: not known. */
static const char *atom_in(const BeamFile *f, const BeamFunction *fn, size_t at, uint64_t reg) {
    for (size_t i = at; i-- > 0;) {
        const Op *op = &fn->ops[i];
        if (op->code == OP_label || op->code == OP_call || op->code == OP_call_ext ||
            op->code == OP_apply || op->code == OP_call_fun || op->code == OP_call_fun2)
            return NULL;
        for (unsigned j = 0; j < op->nargs; j++) {
            if (op->args[j].kind != ARG_X || op->args[j].u != reg) continue;
            if (op->code == OP_move && j == 1)
                return op->args[0].kind == ARG_ATOM ? f->atoms[op->args[0].u] : NULL;
            if (beam_op_info(op->code)->operands[j] == 'd' ||
                beam_op_info(op->code)->operands[j] == 'w')
                return NULL;
        }
    }
    return NULL;
}

/* The atoms in neighbouring argument registers of a call. */
static void scan_arguments(Reach *r, const BeamFile *f, const BeamFunction *fn, size_t at,
                           uint64_t arity) {
    const char *before = NULL;
    for (uint64_t i = 0; i < arity; i++) {
        const char *atom = atom_in(f, fn, at, i);
        if (before && atom) add_pair(r, before, atom);
        before = atom;
    }
}

static bool only_compares(unsigned code) {
    switch (code) {
    case OP_func_info:
    case OP_is_eq_exact:
    case OP_is_ne_exact:
    case OP_is_eq:
    case OP_is_ne:
    case OP_select_val:
    case OP_is_tagged_tuple:
    case OP_bs_create_bin:
    case OP_bs_match:
    case OP_bs_get_binary2:
    case OP_bs_get_integer2:
    case OP_bs_skip_bits2:
    case OP_update_record: return true;
    default: return false;
    }
}

static void reach_label(Reach *r, ReachModule *m, uint64_t label) {
    for (size_t i = 0; i < m->beam->functions.count; i++)
        if (m->beam->functions.at[i].entry == label) {
            reach_function(r, m, i);
            return;
        }
}

static void add_pattern(Reach *r, const char *module, const char *function, int arity) {
    if (module && function && arity >= 0) {
        reach_mfa(r, module, function, (uint32_t)arity);
        return;
    }
    ReachState *s = r->state;
    char *key = mem_format("%s:%s/%d", module ? module : "*", function ? function : "*", arity);
    if (map_get(s->patterns, key, strlen(key))) return;
    map_set(s->patterns, key, strlen(key), (void *)1);
    vec_push(&s->applies, ((Pattern){module, function, arity}));
}

/* Elements of the list last moved into X[reg], or -1: how many arguments an apply passes. */
static int length_in(const BeamFunction *fn, size_t at, uint64_t reg) {
    for (size_t i = at; i-- > 0;) {
        const Op *op = &fn->ops[i];
        if (op->code == OP_label || op->code == OP_call || op->code == OP_call_ext) return -1;
        if (op->code != OP_move || op->args[1].kind != ARG_X || op->args[1].u != reg) continue;
        const Arg *a = &op->args[0];
        if (a->kind == ARG_NIL) return 0;
        if (a->kind != ARG_LIT || a->lit->kind != LIT_CONS) return -1;
        bool proper = a->lit->items[a->lit->count - 1]->kind == LIT_NIL;
        return proper ? (int)a->lit->count - 1 : -1;
    }
    return -1;
}

/* Built-ins that call a module and function given as values: which argument the module is. */
static int applies_from(const char *module, const char *name, uint32_t arity) {
    if (strcmp(module, "erlang") != 0) return -1;
    if (!strcmp(name, "apply") && arity == 3) return 0;
    if (!strcmp(name, "hibernate") && arity == 3) return 0;
    if (!strcmp(name, "make_fun") && arity == 3) return 0;
    if (!strncmp(name, "spawn", 5)) {
        if (arity == 3 || (arity == 4 && !strcmp(name, "spawn_opt"))) return 0;
        if (arity == 4 || arity == 5) return 1;
    }
    return -1;
}

static void scan_call(Reach *r, const BeamFile *f, const BeamFunction *fn, size_t at) {
    const BeamImport *m = &f->imports.at[fn->ops[at].args[1].u];
    const char *module = f->atoms[m->module], *name = f->atoms[m->name];
    reach_mfa(r, module, name, m->arity);
    int first = applies_from(module, name, m->arity);
    if (first < 0) return;
    int arity = length_in(fn, at, (uint64_t)first + 2);
    add_pattern(r, atom_in(f, fn, at, (uint64_t)first), atom_in(f, fn, at, (uint64_t)first + 1),
                arity);
}

static void scan_op(Reach *r, ReachModule *m, const BeamFunction *fn, size_t at) {
    const BeamFile *f = m->beam;
    const Op *op = &fn->ops[at];
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only:
        scan_arguments(r, f, fn, at, op->args[0].u);
        reach_label(r, m, op->args[1].u);
        return;
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only:
        scan_arguments(r, f, fn, at, f->imports.at[op->args[1].u].arity);
        scan_call(r, f, fn, at);
        return;
    case OP_make_fun3:
        reach_label(r, m, f->funs.at[op->args[0].u].label);
        scan_arg(r, f, &op->args[2]);
        return;
    case OP_apply:
    case OP_apply_last: {
        uint64_t n = op->args[0].u;
        add_pattern(r, atom_in(f, fn, at, n), atom_in(f, fn, at, n + 1), (int)n);
        return;
    }
    default: break;
    }
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        bool compared = a->kind == ARG_LIST ? op->code == OP_select_val
                                            : a->kind != ARG_LIT && only_compares(op->code);
        if (!compared) scan_arg(r, f, a);
    }
}

static void scan_function(Reach *r, ReachModule *m, size_t i) {
    const BeamFunction *fn = &m->beam->functions.at[i];
    ReachState *s = r->state;
    const char *name = m->beam->atoms[fn->name];
    if (bifs_of_stub(m->beam, fn)) {
        reach_mfa(r, m->name, name, fn->arity);
        return;
    }
    if (bifs_is_stub(m->beam, fn)) note_missing(r, m->name, name, fn->arity, true);
    s->by_module = m->name;
    s->by_own = m->is_own;
    s->by_function = name;
    s->by_arity = fn->arity;
    for (size_t k = 0; k < fn->count; k++)
        scan_op(r, m, fn, k);
}

/* ---- applies ---- */

typedef struct Matching {
    Reach *r;
    Pattern p;
} Matching;

/* The exports of `module` that pattern p can mean, of that name only where it is given. */
static void match_exports(Reach *r, const char *module, const char *only, const Pattern *p) {
    ReachModule *m = module_of(r, module);
    if (!m) return;
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        const char *name = m->beam->atoms[e->name];
        if (p->arity >= 0 && (uint32_t)p->arity != e->arity) continue;
        /* every module has it: asking does not bring a module in */
        if (!strcmp(name, "module_info") && !m->reached) continue;
        if (only ? strcmp(only, name) != 0 : !map_get(r->state->atoms, name, strlen(name)))
            continue;
        r->state->by_module = module;
        r->state->by_function = name;
        r->state->by_arity = e->arity;
        reach_mfa(r, module, name, e->arity);
    }
}

/* A name that only OTP's own code mentions means a module to call only where something of that
 * application is called in plain words: what proc_lib says of `sasl` does not bring in sasl. */
static bool may_be_meant(Reach *r, const char *module) {
    ReachState *s = r->state;
    if (!s->is_own || reach_mentions(r, module, true)) return true;
    if (map_get(s->plain, module, strlen(module))) return false;
    ReachModule *m = module_of(r, module);
    if (!m) return false;
    const char *folder = folder_of(m->beam);
    return map_get(s->folders, folder, strlen(folder)) != NULL;
}

static void match_any_module(const char *key, size_t len, void *value, void *arg) {
    (void)len;
    (void)value;
    Matching *m = arg;
    if (!may_be_meant(m->r, key)) return;
    match_exports(m->r, key, m->p.function, &m->p);
}

/* The names of all modules there are can be had from `code`, and each of them can be asked. */
static void match_reached(Reach *r, const Pattern *p) {
    for (size_t k = 0; k < r->modules.count; k++)
        match_exports(r, r->modules.at[k]->name, p->function, p);
}

/* Module and function unknown: pairs; and where the arity is known (Mod:Fun(A, B), as behaviours
 * call their callbacks), what reached modules export under mentioned names. */
static void match_unknown(Reach *r, const Pattern *p) {
    ReachState *s = r->state;
    for (size_t k = 0; k < s->pairs.count; k++)
        if (may_be_meant(r, s->pairs.at[k].first))
            match_exports(r, s->pairs.at[k].first, s->pairs.at[k].second, p);
    for (size_t k = 0; p->arity >= 0 && k < r->modules.count; k++) {
        const char *name = r->modules.at[k]->name;
        if (map_get(s->atoms, name, strlen(name))) match_exports(r, name, NULL, p);
    }
}

static void match_applies(Reach *r) {
    ReachState *s = r->state;
    s->matching = true;
    for (size_t i = 0; i < s->applies.count; i++) {
        Pattern p = s->applies.at[i];
        Matching m = {.r = r, .p = p};
        if (p.module)
            match_exports(r, p.module, NULL, &p);
        else if (p.function && !strcmp(p.function, "module_info"))
            match_reached(r, &p);
        else if (p.function)
            map_each(s->atoms, match_any_module, &m);
        else
            match_unknown(r, &p);
    }
    s->matching = false;
}

/* "M:F/A" */
static bool is_reached(const Reach *r, const char *mfa) {
    const char *colon = strchr(mfa, ':'), *slash = strrchr(mfa, '/');
    const char *module = mem_copy_text(mfa, (size_t)(colon - mfa));
    const char *name = mem_copy_text(colon + 1, (size_t)(slash - colon - 1));
    const ReachModule *m = map_get(r->state->modules, module, strlen(module));
    if (!m || m == &absent) return false;
    int64_t i = find_function(m->beam, name, (uint32_t)strtoul(slash + 1, NULL, 10));
    return i >= 0 && m->functions[i];
}

static bool case_holds(const Reach *r, const ReachCase *c) {
    bool function = strchr(c->when, ':') != NULL;
    if (c->with && !reach_mentions(r, c->with, false)) return false;
    return function ? is_reached(r, c->when) : reach_mentions(r, c->when, c->by_program);
}

static void take_case(Reach *r, const ReachCase *c) {
    if (c->by_end) return; /* again and again: modules may still come */
    if (c->whole) {
        reach_keep_module(r, c->module);
        return;
    }
    if (!c->function) {
        map_set(r->state->atoms, c->module, strlen(c->module), (void *)(BY_LIBRARY | BY_PROGRAM));
        return;
    }
    ReachModule *m = c->optional ? module_of(r, c->module) : NULL;
    if (c->optional && (!m || find_function(m->beam, c->function, c->arity) < 0)) return;
    reach_mfa(r, c->module, c->function, c->arity);
}

static bool reach_named(Reach *r, ReachModule *m, const ReachCase *c) {
    bool more = false;
    size_t n = strlen(c->function);
    for (size_t i = 0; i < m->beam->exports.count; i++) {
        const BeamExport *e = &m->beam->exports.at[i];
        const char *name = m->beam->atoms[e->name];
        size_t len = strlen(name);
        if (e->arity != c->arity || len < n || strcmp(name + len - n, c->function) != 0) continue;
        int64_t f = find_function(m->beam, name, e->arity);
        if (f < 0 || m->functions[f]) continue;
        reach_function(r, m, (size_t)f);
        more = true;
    }
    return more;
}

/* Tests: a module's own, and those of the module named like it with _tests behind. */
static bool take_by_end(Reach *r, const ReachCase *c) {
    bool more = false;
    for (size_t i = 0; i < r->modules.count; i++) {
        ReachModule *m = r->modules.at[i];
        if (!m->is_own) continue;
        ReachModule *beside = module_of(r, mem_format("%s_tests", m->name));
        more |= reach_named(r, m, c);
        if (beside) more |= reach_named(r, beside, c);
    }
    return more;
}

/* Whether one holds that did not before. */
static bool take_cases(Reach *r) {
    ReachState *s = r->state;
    bool more = false;
    if (!s->holds) s->holds = mem_alloc(s->cases.count + 1);
    for (size_t i = 0; i < s->cases.count; i++) {
        if (s->holds[i] && s->cases.at[i].by_end) more |= take_by_end(r, &s->cases.at[i]);
        if (s->holds[i] || !case_holds(r, &s->cases.at[i])) continue;
        s->holds[i] = more = true;
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
            scan_function(r, w.module, w.function);
        }
        match_applies(r);
        more = take_cases(r);
    } while (more || s->work.count);
    list_servers(r);
    qsort(r->modules.at, r->modules.count, sizeof(ReachModule *), by_name);
}
