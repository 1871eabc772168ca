/* bif_module.c: built-ins about what code there is. A program holds what its roots reach: a
 * function that nothing reaches is not there, for function_exported/3 as for a call. */
#include "abi/bif.h"
#include "abi/natives.h"
#include "code/builtins.h"
#include "base/panic.h"
#include "code/export.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/etf.h"
#include <stdlib.h>

/* An arity argument: small, or what OTP takes for one too large for any function. */
static bool is_arity(Term t) {
    return term_is_small(t) && term_small(t) >= 0;
}

__attribute__((weak)) bool brc_code_is_loaded(Term module, Term name, uint32_t arity) {
    (void)module, (void)name, (void)arity;
    return false;
}
__attribute__((weak)) Term brc_code_loaded_modules(Proc *p, Term list) {
    (void)p;
    return list;
}
__attribute__((weak)) Term brc_code_loaded_item(Proc *p, Term module, Term item) {
    (void)p, (void)module, (void)item;
    return BRC_NONE;
}

__attribute__((weak)) Term brc_code_load(Proc *p, Term module) {
    (void)p, (void)module;
    return AM(nofile);
}

static const Export *find(Term module, Term name, Term arity) {
    return arity > BRC_SMALL(BRC_MAX_ARITY)
               ? NULL
               : brc_code_export(module, name, (uint32_t)term_small(arity));
}

Term brc_bif_erlang_function_exported_3(Proc *p, Term module, Term name, Term arity) {
    if (!term_is_atom(module) || !term_is_atom(name) || !term_is_small(arity))
        return brc_ctx_badarg(p);
    if (!is_arity(arity)) return AM(false);
    return term_bool(find(module, name, arity) ||
                     brc_code_is_loaded(module, name, (uint32_t)term_small(arity)));
}

Term brc_bif_erlang_is_builtin_3(Proc *p, Term module, Term name, Term arity) {
    if (!term_is_atom(module) || !term_is_atom(name) || !is_arity(arity)) return brc_ctx_badarg(p);
    /* What the code generator makes itself. */
    bool made = module == AM(erlang) &&
                ((name == AM(apply) && (arity == BRC_SMALL(2) || arity == BRC_SMALL(3))) ||
                 (name == AM(yield) && arity == BRC_SMALL(0)));
    if (made || arity > BRC_SMALL(BRC_MAX_ARITY)) return term_bool(made);
    return term_bool(brc_code_is_builtin(module, name, (uint32_t)term_small(arity)));
}

Term brc_bif_erlang_module_loaded_1(Proc *p, Term module) {
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    return term_bool(brc_code_module(module) || brc_code_is_loaded(module, BRC_NONE, 0));
}

/* brc_native:is_sticky(Module): is it compiled into the program? */
Term brc_bif_brc_native_is_sticky_1(Proc *p, Term module) {
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    return term_bool(brc_code_module(module) != NULL);
}

/* brc_native:restore(Module): whether it is of the program and had been deleted. */
Term brc_bif_brc_native_restore_1(Proc *p, Term module) {
    (void)p;
    return term_bool(brc_code_restore(module));
}

/* brc_native:ensure_loaded(Module): true, or why not. */
Term brc_bif_brc_native_ensure_loaded_1(Proc *p, Term module) {
    return brc_code_module(module) ? AM(true) : brc_code_load(p, module);
}

Term brc_bif_erlang_loaded_0(Proc *p) {
    Term list = brc_code_loaded_modules(p, BRC_NIL);
    for (size_t n = brc_program.module_count; n > 0; n--) {
        Term name = brc_program.modules[n - 1].name;
        if (brc_code_module(name) || brc_code_has_old(name))
            list = term_cons(brc_ctx_alloc(p, 2), name, list);
    }
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

Term brc_code_nifs(Proc *p, const NativeModule *m) {
    Term list = BRC_NIL;
    for (size_t i = 0; i < m->count; i++) {
        const NativeRow *row = &m->rows[i];
        if (!row->function || !atomic_load_explicit(&row->gate, memory_order_acquire)) continue;
        Term *at = brc_ctx_alloc(p, 5);
        Term pair = term_tuple2(at, row->bif.name, BRC_SMALL(row->bif.arity));
        list = term_cons(at + 3, pair, list);
    }
    return list;
}

static Term nifs(Proc *p, Term module) {
    for (const NativeModule *m = brc_program_natives; m && m->name; m++)
        if (m->name == module) return brc_code_nifs(p, m);
    return BRC_NIL;
}

/* What a module says of itself is carried in the external format: few programs ask. */
static Term told(Proc *p, Term chunk) {
    BitsView v;
    if (!brc_term_bits_view(chunk, &v)) return chunk;
    return brc_term_etf_decode_plain(p, v.data, v.bit_size / 8, NULL);
}

static Term module_item(Proc *p, Term name, Term item) {
    const ModuleInfo *m = term_is_atom(name) ? brc_code_module(name) : NULL;
    if (!m) return term_is_atom(name) ? brc_code_loaded_item(p, name, item) : BRC_NONE;
    switch (item) {
    case AM(module): return m->name;
    case AM(md5): return brc_term_bin_new(p, m->md5, sizeof m->md5);
    case AM(attributes): return told(p, m->attributes);
    case AM(compile): return told(p, m->compile);
    case AM(exports):
    case AM(functions): return functions(p, m->name);
    case AM(nifs): return nifs(p, m->name);
    case AM(native): return AM(false);
    default: return BRC_NONE;
    }
}

Term brc_bif_erlang_get_module_info_2(Proc *p, Term module, Term item) {
    Term value = module_item(p, module, item);
    return value == BRC_NONE ? brc_ctx_badarg(p) : value;
}

Term brc_bif_erlang_get_module_info_1(Proc *p, Term module) {
    static const Term items[] = {AM(md5), AM(compile), AM(attributes), AM(exports), AM(module)};
    if (module_item(p, module, AM(module)) == BRC_NONE) return brc_ctx_badarg(p);
    Term list = BRC_NIL;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        Term value = module_item(p, module, items[i]);
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, items[i], value), list);
    }
    return list;
}
