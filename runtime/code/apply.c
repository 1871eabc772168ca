/* apply.c: calls whose target is known only at run time: apply of module and function, calls of
 * funs that the fast path in generated code does not take.
 *
 * Each Code here stores its X registers in the process, finds out in C where to go, and loads them
 * again on the way. p->loc tells the caller's place where the stack does not (tail calls). */
#include "code/raise.h"
#include "code/enter.h"
#include "code/export.h"
#include "code/fail.h"
#include "code/funs.h"
#include "code/trace.h"
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"

enum { X_COUNT = 1024 }; /* X registers of a scheduler */

/* error/1 and its like show the caller's place; all else is entered without one. */
static Code *go_to(Proc *p, Term module, Term name, uint32_t arity, Term args) {
    const Export *e = brc_code_export(module, name, arity);
    return e ? e->code : brc_code_absent(p, module, name, arity, args);
}

static Code *bad_apply(Proc *p, Term reason, Term module, Term name, Term args) {
    Term *at = brc_ctx_alloc(p, 6);
    Term list = term_cons(at, args, BRC_NIL);
    list = term_cons(at + 2, name, list);
    list = term_cons(at + 4, module, list);
    brc_ctx_error(p, reason);
    return brc_code_raise_named(p, AM(erlang), AM(apply), list, brc_code_place(p->loc));
}

/* The three elements of an argument list of apply/3, or false. */
static bool three(Term args, Term out[3]) {
    for (int i = 0; i < 3; i++, args = term_tail(args)) {
        if (!term_is_cons(args)) return false;
        out[i] = term_head(args);
    }
    return term_is_nil(args);
}

/* Spreads an argument list over the X registers; how many, -1: no proper list, -2: too many. */
static int spread(Proc *p, Term args) {
    int n = 0;
    for (; term_is_cons(args); args = term_tail(args)) {
        if (n == X_COUNT - 1) return -2;
        p->x[n++] = term_head(args);
    }
    return term_is_nil(args) ? n : -1;
}

static Code *apply(Proc *p, Term module, Term name, Term args) {
    Term inner[3];
    while (module == AM(erlang) && name == AM(apply) && three(args, inner))
        module = inner[0], name = inner[1], args = inner[2];
    if (!term_is_atom(name) || !term_is_atom(module))
        return bad_apply(p, AM(badarg), module, name, args);
    int n = spread(p, args);
    if (n < 0) return bad_apply(p, n == -1 ? AM(badarg) : AM(system_limit), module, name, args);
    return go_to(p, module, name, (uint32_t)n, args);
}

CODE_FN(brc_code_apply) {
    CODE_OUT();
    (void)x3, (void)x4, (void)x5;
    CODE_GO(apply(p, x0, x1, x2));
}

static Code *apply_n(Proc *p) {
    uint32_t n = p->live;
    Term module = p->x[n], name = p->x[n + 1];
    if (!term_is_atom(name) || !term_is_atom(module))
        return bad_apply(p, AM(badarg), module, name, brc_code_arguments(p, n));
    if (n == 3 && module == AM(erlang) && name == AM(apply))
        return apply(p, p->x[0], p->x[1], p->x[2]);
    return go_to(p, module, name, n, BRC_NONE);
}

CODE_FN(brc_code_apply_n) {
    CODE_OUT();
    CODE_SAVE_X();
    CODE_GO(apply_n(p));
}

/* ---- funs ---- */

static Code *error2_at(Proc *p, Term tag, Term value, const Loc *place) {
    brc_ctx_error2(p, tag, value);
    return brc_code_raise_at(p, place);
}

/* n arguments in X registers, the fun in X[n]. args: them as a list, or BRC_NONE. */
static Code *call_fun(Proc *p, uint32_t n, Term args, const Loc *place) {
    Term fun = p->x[n];
    if (!term_is_fun(fun)) return error2_at(p, AM(badfun), fun, place);
    const FunEntry *e = term_fun_entry(fun);
    if (e->arity != n) {
        if (args == BRC_NONE) args = brc_code_arguments(p, n);
        Term pair = term_tuple2(brc_ctx_alloc(p, 3), fun, args);
        return error2_at(p, AM(badarity), pair, place);
    }
    p->loc = &brc_code_via_code;
    if (e->index >= 0 && !fun_is_unknown(e)) return e->code;
    if (e->index >= 0)
        return brc_code_undefined(p, fun, BRC_NIL,
                                  args == BRC_NONE ? brc_code_arguments(p, n) : args);
    return go_to(p, e->module, e->name, n, args);
}

CODE_FN(brc_code_call_fun) {
    CODE_OUT();
    CODE_SAVE_X();
    CODE_GO(call_fun(p, p->live, BRC_NONE, brc_code_place(p->loc)));
}

/* Where a failing apply/2 stands: at its call, which OTP shows twice where the stack shows it too;
 * in erlang:apply/2 itself where that was called through its Code. */
static const Loc *place_of_apply2(const Proc *p) {
    static const FnPlace own = BRC_FN_PLACE(AM(erlang), AM(apply), 2, 1);
    if (p->loc == &brc_code_via_code) return &own.at;
    return p->loc ? p->loc : brc_code_return_place(p->sp[0]);
}

static Code *apply_fun(Proc *p, Term fun, Term args) {
    int n = spread(p, args);
    if (n < 0) {
        Term *at = brc_ctx_alloc(p, 4);
        Term list = term_cons(at + 2, fun, term_cons(at, args, BRC_NIL));
        brc_ctx_error(p, n == -1 ? AM(badarg) : AM(system_limit));
        return brc_code_raise_named(p, AM(erlang), AM(apply), list, brc_code_place(p->loc));
    }
    p->x[n] = fun;
    return call_fun(p, (uint32_t)n, args, place_of_apply2(p));
}

/* x0 fun, x1 argument list. */
CODE_FN(brc_code_apply_fun) {
    CODE_OUT();
    (void)x2, (void)x3, (void)x4, (void)x5;
    CODE_GO(apply_fun(p, x0, x1));
}

Term brc_bif_erlang_apply_2(Proc *p, Term fun, Term args) {
    p->x[0] = fun;
    p->x[1] = args;
    return brc_ctx_trap(p, brc_code_apply_fun, 2);
}

Term brc_bif_erlang_apply_3(Proc *p, Term module, Term name, Term args) {
    p->x[0] = module;
    p->x[1] = name;
    p->x[2] = args;
    return brc_ctx_trap(p, brc_code_apply, 3);
}
