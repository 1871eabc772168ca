/* bif_fun.c: built-ins about funs: fun_info/2, fun_info_mfa/1, make_fun/3. */
#include "abi/bif.h"
#include "base/hooks.h"
#include "code/funs.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "term/bits.h"

static Term environment(Proc *p, Term fun) {
    const Term *box = term_box(fun);
    size_t n = BRC_HEADER_WORDS(box[0]) - 1;
    Term list = BRC_NIL, *at = brc_ctx_alloc(p, 2 * n);
    for (; n > 0; n--, at += 2)
        list = term_cons(at, box[n + 1], list);
    return list;
}

/* What only local funs have; BRC_NONE: no such item. A fun does not know its maker: `pid` is the
 * process that asks. */
static Term local_item(Proc *p, const FunEntry *e, Term item) {
    switch (item) {
    case AM(pid): return brc_hook_self ? brc_hook_self(p) : AM(undefined);
    case AM(new_index): return BRC_SMALL(e->index);
    case AM(new_uniq): return brc_term_bin_new(p, e->uniq, sizeof e->uniq);
    case AM(index): return e->old_index;
    case AM(uniq): return BRC_SMALL(e->old_uniq);
    case AM(refc): return BRC_SMALL(2); /* not counted: the least that stock shows */
    default: return BRC_NONE;
    }
}

static Term fun_item(Proc *p, Term fun, Term item) {
    const FunEntry *e = term_fun_entry(fun);
    bool local = e->index >= 0;
    switch (item) {
    case AM(type): return local ? AM(local) : AM(external);
    case AM(module): return e->module;
    case AM(name): return e->name;
    case AM(arity): return BRC_SMALL(e->arity);
    case AM(env): return environment(p, fun);
    default: break;
    }
    static const FunEntry none;
    if (local) return local_item(p, e, item);
    if (item == AM(pid)) return AM(undefined);
    if (item == AM(new_uniq)) return AM(undefined);
    return local_item(p, &none, item) == BRC_NONE ? BRC_NONE : AM(undefined);
}

Term brc_bif_erlang_fun_info_2(Proc *p, Term fun, Term item) {
    if (!term_is_fun(fun)) return brc_ctx_badarg(p);
    Term value = fun_item(p, fun, item);
    if (value == BRC_NONE) return brc_ctx_badarg(p);
    return term_tuple2(brc_ctx_alloc(p, 3), item, value);
}

Term brc_bif_erlang_fun_info_mfa_1(Proc *p, Term fun) {
    if (!term_is_fun(fun)) return brc_ctx_badarg(p);
    const FunEntry *e = term_fun_entry(fun);
    return term_tuple3(brc_ctx_alloc(p, 4), e->module, e->name, BRC_SMALL(e->arity));
}

Term brc_bif_erlang_make_fun_3(Proc *p, Term module, Term name, Term arity) {
    if (!term_is_atom(module) || !term_is_atom(name) || !term_is_small(arity) ||
        arity > BRC_SMALL(BRC_MAX_ARITY))
        return brc_ctx_badarg(p);
    return brc_code_external_fun(p, module, name, (uint32_t)term_small(arity));
}
