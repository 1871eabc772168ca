/* bif_module.c: built-ins about what code there is. A program holds what its roots reach: a
 * function that nothing reaches is not there, for function_exported/3 as for a call. */
#include "abi/bif.h"
#include "base/panic.h"
#include "code/export.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/atom.h"
#include "term/bits.h"
#include <stdlib.h>

/* An arity argument: small, or what OTP takes for one too large for any function. */
static bool is_arity(Term t) {
    return term_is_small(t) && term_small(t) >= 0;
}

static const Export *find(Term module, Term name, Term arity) {
    return arity > BRC_SMALL(BRC_MAX_ARITY)
               ? NULL
               : brc_code_export(module, name, (uint32_t)term_small(arity));
}

Term brc_bif_erlang_function_exported_3(Proc *p, Term module, Term name, Term arity) {
    if (!term_is_atom(module) || !term_is_atom(name) || !term_is_small(arity))
        return brc_ctx_badarg(p);
    return term_bool(is_arity(arity) && find(module, name, arity));
}

Term brc_bif_erlang_is_builtin_3(Proc *p, Term module, Term name, Term arity) {
    if (!term_is_atom(module) || !term_is_atom(name) || !is_arity(arity)) return brc_ctx_badarg(p);
    const Export *e = find(module, name, arity);
    return term_bool(e && e->is_bif);
}

Term brc_bif_erlang_module_loaded_1(Proc *p, Term module) {
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    return term_bool(brc_code_module(module) != NULL);
}

Term brc_bif_erlang_loaded_0(Proc *p) {
    Term list = BRC_NIL;
    for (size_t n = brc_program.module_count; n > 0; n--)
        list = term_cons(brc_ctx_alloc(p, 2), brc_program.modules[n - 1].name, list);
    return list;
}

static bool is_module_info(const Export *e) {
    size_t n;
    const char *name = brc_term_atom_text(e->name, &n);
    return strcmp(name, "module_info") == 0;
}

static int by_place(const void *a, const void *b) {
    const Export *e = *(const Export *const *)a, *f = *(const Export *const *)b;
    bool last = is_module_info(e), f_last = is_module_info(f);
    if (last != f_last) return last ? 1 : -1;
    if (last) return e->arity < f->arity ? -1 : 1;
    return ((uintptr_t)e->code > (uintptr_t)f->code) - ((uintptr_t)e->code < (uintptr_t)f->code);
}

/* In the order of their code, which is the source's: eunit runs tests in it. */
static Term functions(Proc *p, Term module) {
    size_t n;
    const Export *e = brc_code_module_exports(module, &n), **sorted = malloc((n + 1) * sizeof e);
    Term list = BRC_NIL, *at = brc_ctx_alloc(p, 5 * n);
    BRC_CHECK(sorted != NULL);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &e[i];
    qsort(sorted, n, sizeof *sorted, by_place);
    for (; n > 0; n--, at += 5) {
        Term pair = term_tuple2(at, sorted[n - 1]->name, BRC_SMALL(sorted[n - 1]->arity));
        list = term_cons(at + 3, pair, list);
    }
    free(sorted);
    return list;
}

static Term module_item(Proc *p, const ModuleInfo *m, Term item) {
    switch (item) {
    case AM(module): return m->name;
    case AM(md5): return brc_term_bin_new(p, m->md5, sizeof m->md5);
    case AM(attributes): return m->attributes;
    case AM(compile): return m->compile;
    case AM(exports):
    case AM(functions): return functions(p, m->name);
    case AM(nifs): return BRC_NIL;
    case AM(native): return AM(false);
    default: return BRC_NONE;
    }
}

Term brc_bif_erlang_get_module_info_2(Proc *p, Term module, Term item) {
    const ModuleInfo *m = term_is_atom(module) ? brc_code_module(module) : NULL;
    Term value = m ? module_item(p, m, item) : BRC_NONE;
    return value == BRC_NONE ? brc_ctx_badarg(p) : value;
}

Term brc_bif_erlang_get_module_info_1(Proc *p, Term module) {
    static const Term items[] = {AM(md5), AM(compile), AM(attributes), AM(exports), AM(module)};
    const ModuleInfo *m = term_is_atom(module) ? brc_code_module(module) : NULL;
    if (!m) return brc_ctx_badarg(p);
    Term list = BRC_NIL;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        Term value = module_item(p, m, items[i]);
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, items[i], value), list);
    }
    return list;
}
