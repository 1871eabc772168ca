/* reach_scan.c: one function's calls, atoms, and applies with what is known of them. */
#include "analyse/behaviour.h"
#include "analyse/flow.h"
#include "analyse/reach_state.h"

#include "ir/natives.h"

/* A library that speaks of itself (mnesia:start() starts `mnesia`) does so for the program that
 * calls it. */
static void mention(Reach *r, const char *atom) {
    ReachState *s = r->state;
    if (r->loads_code) return; /* what is kept for loaded code is followed by plain calls only */
    uintptr_t by = s->by_app_bit;
    if (s->by_own)
        by |= REACH_BY_PROGRAM;
    else if (!strcmp(s->by_app, atom))
        by |= REACH_BY_ITSELF;
    reach_mention(r, atom, by);
}

static void add_pair(Reach *r, const char *first, const char *second) {
    ReachState *s = r->state;
    if (r->loads_code) return;
    char *key = mem_format("%s %s", first, second);
    if (map_get(s->pairs_seen, key, strlen(key))) return;
    map_set(s->pairs_seen, key, strlen(key), (void *)1);
    vec_push(&s->pairs, ((Pair){first, second}));
}

/* [otp, sasl] and its like: whose log events are meant, not modules or applications. */
static bool is_log_domain(const Lit *l) {
    return l->kind == LIT_CONS && l->items[0]->kind == LIT_ATOM &&
           !strcmp(l->items[0]->text, "otp");
}

static bool is_atom(const Lit *l, const char *text) {
    return l->kind == LIT_ATOM && !strcmp(l->text, text);
}

/* {'.', Meta, [Module, name]}, Elixir's words for a call, is a program's text: nothing calls it as
 * it stands. */
static bool is_quoted_call(const Lit *l) {
    return l->kind == LIT_TUPLE && l->count == 3 && is_atom(l->items[0], ".");
}

static void scan_literal(Reach *r, const Lit *l);

static void scan_items(Reach *r, const Lit *l, bool paired) {
    for (size_t i = 0; l->items && i < l->count; i++) {
        scan_literal(r, l->items[i]);
        if (paired && i && l->items[i]->kind == LIT_ATOM && l->items[i - 1]->kind == LIT_ATOM)
            add_pair(r, l->items[i - 1]->text, l->items[i]->text);
    }
}

static void scan_literal(Reach *r, const Lit *l) {
    if (is_log_domain(l)) return;
    if (l->kind == LIT_ATOM) mention(r, l->text);
    if (l->kind == LIT_EXPORT) {
        reach_mfa(r, l->items[0]->text, l->items[1]->text, (uint32_t)l->items[2]->i);
        return;
    }
    if (is_quoted_call(l)) {
        scan_literal(r, l->items[1]);
        scan_items(r, l->items[2], false);
        return;
    }
    scan_items(r, l, true);
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
    const char *head = a->count == 3 ? atom_of(f, &a->items[0]) : NULL;
    bool quoted = head && !strcmp(head, ".") && a->items[2].kind == ARG_LIT; /* is_quoted_call */
    for (size_t i = 0; i < a->count; i++) {
        if (quoted && i == 2)
            scan_items(r, a->items[2].lit, false);
        else
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

static bool is_reg(const Arg *a) {
    return a->kind == ARG_X || a->kind == ARG_Y;
}

static bool may_be_list(const Arg *a) {
    return is_reg(a) || a->kind == ARG_NIL || (a->kind == ARG_LIT && a->lit->kind == LIT_CONS);
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

static bool is_of_exports(const char *item) {
    static const char *const items[] = {"exports", "functions", "macros"};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        if (!strcmp(item, items[i])) return true;
    return false;
}

/* What Elixir's modules say of themselves: the names of all their functions, which nobody who asks
 * a module that is not known asks for (note_enumeration). */
static bool is_info(const char *name, uint64_t arity) {
    return arity == 1 && !strcmp(name, "__info__");
}

static bool is_information(const char *name, uint64_t arity) {
    return is_info(name, arity) || (arity < 2 && !strcmp(name, "module_info"));
}

/* M:module_info() or M:module_info(exports), in plain words: who asks one of the program's own
 * modules for its exports calls them. */
static void scan_module_info(Reach *r, const ReachModule *m, const char *name, uint64_t arity,
                             const char *item) {
    if (!m->is_own || !is_information(name, arity)) return;
    if (!arity || !item || is_of_exports(item)) reach_keep_module(r, m->name);
}

/* The same of a module that is known at run time only. Libraries of the languages ask in order to
 * tell what there is (a shell, the hint of an error), and call none. */
static void note_enumeration(Reach *r, uint64_t arity, const char *item) {
    static const char *const tell[] = {"kernel", "stdlib", "elixir"};
    ReachState *s = r->state;
    if (arity != 1 || !item || !is_of_exports(item) || s->enumerates.module) return;
    for (size_t i = 0; i < sizeof tell / sizeof *tell; i++)
        if (!strcmp(s->by_app, tell[i])) return;
    s->enumerates = s->by;
}

static const BeamFunction *reach_label(Reach *r, ReachModule *m, uint64_t label) {
    for (size_t i = 0; i < m->beam->functions.count; i++)
        if (m->beam->functions.at[i].entry == label) {
            reach_function(r, m, i);
            return &m->beam->functions.at[i];
        }
    return NULL;
}

static void add_pattern(Reach *r, const char *module, const char *function, int arity) {
    if (module && function && arity >= 0) {
        reach_mfa(r, module, function, (uint32_t)arity);
        return;
    }
    ReachState *s = r->state;
    if (r->loads_code) return;
    bool explains = !module && !function && s->by.module && reach_explains(s->by.module);
    if (explains) add_pattern(r, NULL, "format_error", arity);
    bool own_only = explains && s->is_own;
    char *key = mem_format("%s:%s/%d%s%s%s", module ? module : "*", function ? function : "*",
                           arity, own_only ? " own" : "", s->by_own ? "" : " ",
                           s->by_own || module ? "" : s->by.module);
    if (map_get(s->patterns, key, strlen(key))) return;
    map_set(s->patterns, key, strlen(key), (void *)1);
    vec_push(&s->applies, ((Pattern){module, function, arity, s->by, s->by_own, own_only}));
}

/* {Module, start, []} with a module that is known in its own module: a function that others call.
 */
static void scan_tuple(Reach *r, const BeamFile *f, size_t function, size_t at) {
    const Arg *list = &f->functions.at[function].ops[at].args[1];
    const char *name = list->count == 3 ? atom_of(f, &list->items[1]) : NULL;
    if (!name || !is_reg(&list->items[0]) || !may_be_list(&list->items[2])) return;
    Flow modules = flow_into_operand(f, function, at, &list->items[0]);
    for (size_t i = 0; !modules.unknown && i < modules.atoms.count; i++)
        add_pair(r, modules.atoms.at[i], name);
    /* of others' code this is worth it for children of supervisors only */
    if (modules.unknown && (r->state->by_own || !strcmp(name, "start_link")))
        add_pattern(r, NULL, name, -1);
}

/* Computed calls of what X[reg] holds before op `at`, a module, and the next register, a function.
 */
static void add_patterns(Reach *r, const BeamFile *f, size_t function, size_t at, uint64_t reg,
                         int arity) {
    if (behaviour_applies_told(f)) return;
    Flow modules = flow_into(f, function, at, reg), names = flow_into(f, function, at, reg + 1);
    size_t m = 0;
    do {
        const char *module = modules.unknown ? NULL : modules.atoms.at[m];
        size_t n = 0;
        do
            add_pattern(r, module, names.unknown ? NULL : names.atoms.at[n], arity);
        while (!names.unknown && ++n < names.atoms.count);
    } while (!modules.unknown && ++m < modules.atoms.count);
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

/* Functions of `code` that do nothing without the loader: where the program's own code calls one,
 * or an application such as syntax_tools, it has it. What kernel and stdlib call is reached by
 * nearly every program, and never meant. */
static bool loads_code(Reach *r, const char *name) {
    static const char *const names[] = {
        "add_path",     "add_patha",   "add_pathsa",      "add_paths",      "add_pathsz",
        "add_pathz",    "atomic_load", "load_abs",        "load_binary",    "load_file",
        "replace_path", "set_path",    "prepare_loading", "get_object_code"};
    static const char *const never[] = {"", "kernel", "stdlib", "erts"};
    const ReachState *s = r->state;
    for (size_t i = 0; !s->by_own && i < sizeof never / sizeof *never; i++)
        if (!strncmp(s->by_app, never[i], strlen(never[i]) + 1)) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name)) return true;
    return false;
}

static bool makes_atoms(const char *module, const char *name) {
    static const char *const makers[][2] = {{"erlang", "list_to_atom"},
                                            {"erlang", "list_to_existing_atom"},
                                            {"erlang", "binary_to_atom"},
                                            {"erlang", "binary_to_existing_atom"},
                                            {"file", "consult"},
                                            {"Elixir.List", "to_atom"},
                                            {"Elixir.List", "to_existing_atom"},
                                            {"Elixir.Module", "concat"},
                                            {"Elixir.Module", "safe_concat"},
                                            {"Elixir.String", "to_atom"},
                                            {"Elixir.String", "to_existing_atom"}};
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (!strcmp(makers[i][0], module) && !strcmp(makers[i][1], name)) return true;
    return false;
}

static void scan_call(Reach *r, const ReachModule *caller, const BeamFunction *fn, size_t at) {
    const BeamFile *f = caller->beam;
    const BeamImport *m = &f->imports.at[fn->ops[at].args[1].u];
    const char *module = f->atoms[m->module], *name = f->atoms[m->name];
    reach_mfa(r, module, name, m->arity);
    ReachModule *called = map_get(r->state->modules, module, strlen(module));
    if (called && called != &reach_absent) {
        if (!behaviour_calls_may(called->beam, f->module)) called->has_strangers = true;
        scan_module_info(r, called, name, m->arity, atom_in(f, fn, at, 0));
    }
    const char *app = r->state->by_app;
    if (r->state->by_own && !map_get(r->state->untraced, app, strlen(app))) {
        map_set(r->state->own_calls, module, strlen(module), (void *)1);
        map_set(r->state->own_calls, name, strlen(name), (void *)1);
    }
    if (caller->is_own && makes_atoms(module, name)) caller->folder->makes_atoms = true;
    if (!strcmp(module, "code") && loads_code(r, name)) reach_mfa(r, "brc_loader", "brc_load", 1);
    int first = applies_from(module, name, m->arity);
    if (first < 0) return;
    int arity = length_in(fn, at, (uint64_t)first + 2);
    add_patterns(r, f, (size_t)(fn - f->functions.at), at, (uint64_t)first, arity);
}

static void scan_local(Reach *r, ReachModule *m, const BeamFunction *fn, size_t at) {
    const BeamFunction *called = reach_label(r, m, fn->ops[at].args[1].u);
    if (!called) return;
    const char *name = m->beam->atoms[called->name];
    scan_module_info(r, m, name, called->arity, atom_in(m->beam, fn, at, 0));
}

static void scan_op(Reach *r, ReachModule *m, const BeamFunction *fn, size_t at) {
    const BeamFile *f = m->beam;
    const Op *op = &fn->ops[at];
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only:
        scan_arguments(r, f, fn, at, op->args[0].u);
        scan_local(r, m, fn, at);
        return;
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only:
        scan_arguments(r, f, fn, at, f->imports.at[op->args[1].u].arity);
        scan_call(r, m, fn, at);
        return;
    case OP_make_fun3:
        reach_label(r, m, f->funs.at[op->args[0].u].label);
        scan_arg(r, f, &op->args[2]);
        return;
    case OP_apply:
    case OP_apply_last: {
        uint64_t n = op->args[0].u;
        const char *module = atom_in(f, fn, at, n), *function = atom_in(f, fn, at, n + 1);
        const char *item = n == 1 ? atom_in(f, fn, at, 0) : NULL;
        add_patterns(r, f, (size_t)(fn - f->functions.at), at, n, (int)n);
        if (!module && function && is_information(function, n)) note_enumeration(r, n, item);
        return;
    }
    case OP_put_tuple2: scan_tuple(r, f, (size_t)(fn - f->functions.at), at); break;
    default: break;
    }
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        bool compared = a->kind == ARG_LIST ? op->code == OP_select_val
                                            : a->kind != ARG_LIT && only_compares(op->code);
        if (!compared) scan_arg(r, f, a);
    }
}

void reach_scan(Reach *r, ReachModule *m, size_t i) {
    const BeamFunction *fn = &m->beam->functions.at[i];
    ReachState *s = r->state;
    const char *name = m->beam->atoms[fn->name];
    s->by = m->by[i];
    if (bifs_of_stub(m->beam, fn)) {
        reach_mfa(r, m->name, name, fn->arity);
        return;
    }
    if (m->by[i].computed && is_info(name, fn->arity)) return;
    const Natives *natives = r->takes_nifs ? natives_of(m->beam) : NULL;
    if (bifs_is_stub(m->beam, fn) && !(natives && natives->kinds[i] & NATIVE_NIF))
        reach_note_missing(r, m->name, name, fn->arity, true);
    s->by = (ReachBy){.module = m->name, .function = name, .arity = fn->arity};
    s->by_own = m->is_own;
    s->by_app = m->app;
    s->by_app_bit = reach_app_bit(r, m->app);
    for (size_t k = 0; k < fn->count; k++)
        scan_op(r, m, fn, k);
}
