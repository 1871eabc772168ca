/* bif_load.c: built-ins that load code: bytes become a prepared module (a magic reference),
 * prepared modules become current versions, current ones old, and old ones are forgotten. What is
 * compiled into the program is never replaced: it counts as sticky, unless it was deleted. */
#include "abi/bif.h"
#include "code/export.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "ctx/magic.h"
#include "interp/found.h"
#include "interp/image.h"
#include "sched/dirty.h"
#include "term/bits.h"
#include <stdlib.h>

static void destroy_prepared(Magic *m) {
    brc_ctx_magic_free(m);
}

static Term error_tuple(Proc *p, Term reason) {
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), reason);
}

/* erlang:prepare_loading(Module, Code), on a dirty thread: decoding takes long. */
Term brc_dirty_erlang_prepare_loading_2(Proc *p, Term module, Term code) {
    size_t size;
    uint8_t *copy;
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    const uint8_t *bytes = brc_term_bin_bytes(code, &size, &copy);
    if (!bytes) return brc_ctx_badarg(p);
    Image *image = brc_interp_load(bytes, size);
    free(copy);
    if (!image || image->module != module) return error_tuple(p, AM(badfile));
    brc_interp_note_natives(image);
    Prepared *prepared = brc_ctx_magic_new(sizeof *prepared, destroy_prepared);
    prepared->image = image;
    return brc_ctx_magic_term(p, &prepared->magic);
}

static bool is_sticky(Term module) {
    return brc_code_module(module) != NULL;
}
static bool has_two_versions(Term module) {
    return brc_interp_current(module) && brc_interp_old(module);
}

/* erlang:load_module(Module, Code), on a dirty thread, too. */
Term brc_dirty_erlang_load_module_2(Proc *p, Term module, Term code) {
    Term t = brc_dirty_erlang_prepare_loading_2(p, module, code);
    Prepared *prepared = t == BRC_NONE ? NULL : brc_ctx_magic_kind(t, destroy_prepared);
    if (!prepared) return t;
    if (prepared->image->on_load) return error_tuple(p, AM(on_load));
    if (is_sticky(module)) return error_tuple(p, AM(sticky_directory));
    if (!brc_interp_commit(prepared->image)) return error_tuple(p, AM(not_purged));
    prepared->image = NULL;
    return term_tuple2(brc_ctx_alloc(p, 3), AM(module), module);
}

static Prepared *prepared_of(Term t) {
    Prepared *prepared = brc_ctx_magic_kind(t, destroy_prepared);
    return prepared && prepared->image ? prepared : NULL;
}

Term brc_bif_erlang_has_prepared_code_on_load_1(Proc *p, Term t) {
    Prepared *prepared = prepared_of(t);
    return prepared ? term_bool(prepared->image->on_load != NULL) : brc_ctx_badarg(p);
}

/* brc_native:on_load(Prepared): the function to be called first, as a fun; undefined: none. */
Term brc_bif_brc_native_on_load_1(Proc *p, Term t) {
    Prepared *prepared = prepared_of(t);
    if (!prepared) return brc_ctx_badarg(p);
    if (!prepared->image->on_load) return AM(undefined);
    Term *at = brc_ctx_alloc(p, 2);
    at[0] = BRC_HEADER(BRC_FUN, 1);
    at[1] = (Term)prepared->image->on_load;
    return term_make_boxed(at);
}

/* The modules of a list of prepared ones that `wrong` is said of, as {Why, Modules}; or ok. */
static Term refuse(Proc *p, Term list, bool (*wrong)(Term module), Term why) {
    Term bad = BRC_NIL;
    for (; term_is_cons(list); list = term_tail(list)) {
        Term module = prepared_of(term_head(list))->image->module;
        if (wrong(module)) bad = term_cons(brc_ctx_alloc(p, 2), module, bad);
    }
    return bad == BRC_NIL ? AM(ok) : term_tuple2(brc_ctx_alloc(p, 3), why, bad);
}

/* erlang:finish_loading([Prepared]): ok, or {not_purged, Modules}. */
Term brc_bif_erlang_finish_loading_1(Proc *p, Term list) {
    Term rest = list;
    for (; term_is_cons(rest); rest = term_tail(rest))
        if (!prepared_of(term_head(rest))) return brc_ctx_badarg(p);
    if (!term_is_nil(rest)) return brc_ctx_badarg(p);
    Term verdict = refuse(p, list, is_sticky, AM(sticky_directory));
    if (verdict == AM(ok)) verdict = refuse(p, list, has_two_versions, AM(not_purged));
    if (verdict != AM(ok)) return verdict;
    for (rest = list; term_is_cons(rest); rest = term_tail(rest)) {
        Prepared *prepared = prepared_of(term_head(rest));
        if (!prepared) continue; /* twice in the list */
        brc_interp_commit(prepared->image);
        prepared->image = NULL;
    }
    return AM(ok);
}

Term brc_bif_erlang_delete_module_1(Proc *p, Term module) {
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    if (brc_code_module(module)) return brc_code_delete(module) ? AM(true) : brc_ctx_badarg(p);
    if (!brc_interp_current(module))
        return brc_interp_was_loaded(module) ? AM(true) : AM(undefined);
    return brc_interp_delete(module) ? AM(true) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_check_old_code_1(Proc *p, Term module) {
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    return term_bool(brc_interp_old(module) != NULL || brc_code_has_old(module));
}

Term brc_bif_erlang_purge_module_1(Proc *p, Term module) {
    if (!term_is_atom(module)) return brc_ctx_badarg(p);
    bool had_old = brc_code_forget_old(module);
    return brc_interp_purge(module) || had_old ? AM(true) : brc_ctx_badarg(p);
}

/* ---- what code/bif_module.c asks ---- */

bool brc_interp_is_loaded(Term module, Term name, uint32_t arity) {
    if (name == BRC_NONE) return brc_interp_current(module) != NULL;
    return brc_interp_find(module, name, arity) != 0;
}

typedef struct Names {
    Proc *p;
    Term list;
} Names;

static void add_name(Term module, void *arg) {
    Names *n = arg;
    n->list = term_cons(brc_ctx_alloc(n->p, 2), module, n->list);
}

Term brc_interp_loaded_modules(Proc *p, Term list) {
    Names n = {p, list};
    brc_interp_each(add_name, &n);
    return n.list;
}

static Term exports(Proc *p, const Image *image) {
    Term list = BRC_NIL;
    for (size_t i = image->export_count; i-- > 0;) {
        const ImageExport *e = &image->exports[i];
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, e->name, BRC_SMALL(e->arity)), list);
    }
    return list;
}

Term brc_interp_loaded_item(Proc *p, Term module, Term item) {
    const Image *image = brc_interp_current(module);
    if (!image) return BRC_NONE;
    switch (item) {
    case AM(module): return module;
    case AM(md5): return brc_term_bin_new(p, image->md5, sizeof image->md5);
    case AM(attributes): return image->attributes;
    case AM(compile): return image->compile;
    case AM(exports):
    case AM(functions): return exports(p, image);
    case AM(nifs): return brc_code_nifs(p, &image->natives);
    case AM(native): return AM(false);
    default: return BRC_NONE;
    }
}

/* The Erlang side looks for the file. */
Term brc_interp_load_named(Proc *p, Term module) {
    Code *load = brc_code_find_export(AM(brc_loader), AM(brc_ensure), 1);
    if (brc_interp_current(module)) return AM(true);
    if (!load) return AM(nofile);
    p->x[0] = module;
    return brc_ctx_trap(p, load, 1);
}
