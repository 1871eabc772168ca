/* raise.c: from a failure to its handler.
 *
 * A handler is a catch word on the stack; the innermost is the first one above sp, as frames grow
 * down. It is entered with sp at its catch word and knows how far from its frame's start that is.
 * Nothing collects between the failure and the handler: terms made on the way lie in the heap
 * block or in fragments. Without a handler the process ends: a throw becomes {nocatch, Term}, an
 * error takes its trace along. */
#include "code/raise.h"
#include "code/enter.h"
#include "code/fail.h"
#include "code/step.h"
#include "code/support.h"
#include "code/trace.h"
#include "base/hooks.h"
#include "base/panic.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "heap/heap.h"

static Term *innermost_catch(const Proc *p) {
    for (Term *s = p->sp; s < p->stack_end; s++)
        if ((*s & BRC_NIBBLE_MASK) == BRC_TAG_CATCH) return s;
    return NULL;
}

Code *(*brc_code_step)(Proc *p);
void (*brc_code_undef_raised)(Proc *p);

static Code *end_process(Proc *p, Term class_, Term reason) {
    p->fclass = class_;
    p->freason = reason;
    p->ftrace = BRC_NIL;
    p->x[0] = reason;
    p->x[1] = class_;
    if (!brc_hook_process_died) brc_base_panic("a process ended before the scheduler was there");
    return brc_hook_process_died;
}

static Code *uncaught(Proc *p) {
    Term reason = p->freason, trace = p->ftrace;
    if (p->fclass == AM(exit)) return end_process(p, AM(exit), reason);
    if (p->fclass == AM(throw)) reason = term_tuple2(brc_ctx_alloc(p, 3), AM(nocatch), reason);
    Term list = brc_code_build_stacktrace(p, trace);
    return end_process(p, AM(error), term_tuple2(brc_ctx_alloc(p, 3), reason, list));
}

__attribute__((weak)) Code *brc_code_handler_at(Proc *p, Term word) {
    (void)p;
    return (Code *)(word - BRC_TAG_CATCH);
}

Code *brc_code_to_handler(Proc *p) {
    p->fail = BRC_FAIL_NO;
    Term *at = innermost_catch(p);
    if (!at) return uncaught(p);
    p->sp = at;
    p->x[0] = p->fclass;
    p->x[1] = p->freason;
    p->x[2] = p->ftrace;
    return brc_code_handler_at(p, *at);
}

/* ---- taking the trace ---- */

/* What ctx/fail.h left in p->ftrace for the trace to be taken: see there. */
static void note_hints(const Proc *p, TraceFirst *f, Term *cause) {
    Term hint = p->ftrace;
    if (!term_is_tuple(hint)) return;
    const Term *e = term_tuple_elements(hint);
    if (term_tuple_arity(hint) == 1) {
        *cause = e[0];
    } else if (term_tuple_arity(hint) == 2) {
        f->args = e[0];
        f->info = term_is_map(e[1]) ? e[1] : BRC_NONE;
    }
}

Code *brc_code_raise_at(Proc *p, const Loc *place) {
    if (!brc_code_trace_is_raw(p->ftrace)) {
        Term cause;
        TraceFirst f = {
            .kind = BRC_TRACE_PLACE, .place = place, .args = AM(true), .info = BRC_NONE};
        note_hints(p, &f, &cause);
        p->ftrace = brc_code_trace_take(p, p->fclass, &f);
    }
    return brc_code_to_handler(p);
}

Term brc_code_arguments(Proc *p, size_t n) {
    Term list = BRC_NIL, *at = brc_ctx_alloc(p, 2 * n);
    for (size_t i = n; i-- > 0; at += 2)
        list = term_cons(at, p->x[i], list);
    return list;
}

/* The module whose format_error/2 explains failures of a module's built-ins, or BRC_NONE. */
static Term explaining_module(Term module) {
    static const Term by_erts[] = {AM(erlang), AM(atomics), AM(counters), AM(erts_internal),
                                   AM(persistent_term)};
    static const Term by_stdlib[] = {AM(binary), AM(ets), AM(lists),  AM(maps),
                                     AM(math),   AM(re),  AM(unicode)};
    for (size_t i = 0; i < sizeof by_erts / sizeof *by_erts; i++)
        if (module == by_erts[i]) return AM(erl_erts_errors);
    for (size_t i = 0; i < sizeof by_stdlib / sizeof *by_stdlib; i++)
        if (module == by_stdlib[i]) return AM(erl_stdlib_errors);
    return module == AM(os) ? AM(erl_kernel_errors) : BRC_NONE;
}

/* #{module => Module}, or #{cause => Cause, module => Module}. */
static Term error_info(Proc *p, Term module, Term cause) {
    static const Term key[] __attribute__((aligned(16))) = {BRC_HEADER(BRC_TUPLE, 1), AM(module)};
    static const Term keys[]
        __attribute__((aligned(16))) = {BRC_HEADER(BRC_TUPLE, 2), AM(cause), AM(module)};
    bool short_ = cause == BRC_NONE;
    Term *at = brc_ctx_alloc(p, 4 - (size_t)short_), *v = at + 2;
    at[0] = BRC_HEADER(BRC_FLATMAP, 3 - (size_t)short_);
    at[1] = term_make_boxed(short_ ? key : keys);
    if (!short_) *v++ = cause;
    *v = module;
    return term_make_boxed(at);
}

Code *brc_code_raise_named(Proc *p, Term module, Term name, Term args, const Loc *caller) {
    Term cause = BRC_NONE, explains = explaining_module(module);
    TraceFirst f = {.kind = BRC_TRACE_NAMED,
                    .place = caller,
                    .module = module,
                    .name = name,
                    .args = args,
                    .info = BRC_NONE};
    TraceFirst hinted = f;
    note_hints(p, &hinted, &cause);
    if (explains != BRC_NONE) f.info = error_info(p, explains, cause);
    p->ftrace = brc_code_trace_take(p, p->fclass, &f);
    return brc_code_to_handler(p);
}

/* error/1,2,3, exit/1 and throw/1 are no frames themselves. */
static bool is_raiser(const Bif *b) {
    if (b->module != AM(erlang)) return false;
    return (b->name == AM(error) && b->arity >= 1 && b->arity <= 3) ||
           ((b->name == AM(exit) || b->name == AM(throw)) && b->arity == 1);
}

static Code *raise_of_bif(Proc *p) {
    const Bif *b = p->fbif;
    const Loc *place = brc_code_place(p->loc);
    if (brc_code_trace_is_raw(p->ftrace)) return brc_code_to_handler(p);
    if (!b || is_raiser(b)) return brc_code_raise_at(p, place);
    return brc_code_raise_named(p, b->module, b->name, brc_code_arguments(p, b->arity), place);
}

/* ---- the Code ---- */

CODE_FN(brc_code_raise) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    CODE_GO(brc_code_raise_at(p, brc_code_place(p->loc)));
}

CODE_FN(brc_code_error) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    brc_ctx_error(p, x0);
    CODE_GO(brc_code_raise_at(p, brc_code_place(p->loc)));
}

CODE_FN(brc_code_error2) {
    CODE_OUT();
    (void)x2, (void)x3, (void)x4, (void)x5;
    brc_ctx_error2(p, x0, x1);
    CODE_GO(brc_code_raise_at(p, brc_code_place(p->loc)));
}

static Code *no_clause(Proc *p) {
    brc_ctx_error_args(p, AM(function_clause), brc_code_arguments(p, BRC_LOC_FN(p->loc)->arity),
                       BRC_NIL);
    return brc_code_raise_at(p, p->loc);
}

CODE_FN(brc_code_function_clause) {
    CODE_OUT();
    CODE_SAVE_X();
    CODE_GO(no_clause(p));
}

Code *brc_code_undefined(Proc *p, Term module, Term name, Term args) {
    Code *handler = brc_code_find_export(module, AM(handle_undefined_function), 2);
    if (handler) {
        p->x[0] = name;
        p->x[1] = args;
        return handler;
    }
    TraceFirst f = {
        .kind = BRC_TRACE_NAMED, .module = module, .name = name, .args = args, .info = BRC_NONE};
    brc_ctx_error(p, AM(undef));
    if (__builtin_expect(p->flags & BRC_PROC_STEPPED, 0)) brc_code_undef_raised(p);
    p->ftrace = brc_code_trace_take(p, AM(error), &f);
    return brc_code_to_handler(p);
}

__attribute__((weak)) Code *brc_code_absent(Proc *p, Term module, Term name, uint32_t arity,
                                            Term args) {
    if (args == BRC_NONE) args = brc_code_arguments(p, arity);
    return brc_code_undefined(p, module, name, args);
}

static Code *missing(Proc *p) {
    const FnInfo *fn = BRC_LOC_FN(p->loc);
    return brc_code_absent(p, fn->module, fn->name, fn->arity, BRC_NONE);
}

CODE_FN(brc_code_undef) {
    CODE_OUT();
    CODE_SAVE_X();
    CODE_GO(missing(p));
}

/* Where a built-in that returned BRC_NONE goes on; NULL: the processor is given up. */
static Code *after_bif(Proc *p) {
    switch (p->fail) {
    case BRC_FAIL_RAISE: return raise_of_bif(p);
    case BRC_FAIL_TRAP: p->fail = BRC_FAIL_NO; return p->trap;
    case BRC_FAIL_EXIT: p->fail = BRC_FAIL_NO; return end_process(p, AM(exit), p->freason);
    case BRC_FAIL_WAIT:
        p->resume = p->trap;
        p->live = p->trap_live;
        if (p->flags & BRC_PROC_GC_SOON) brc_heap_collect_gc(p, 0, p->live);
        return NULL;
    default: brc_base_panic("a built-in failed without saying why");
    }
}

CODE_FN(brc_code_bif_fail) {
    CODE_OUT();
    if (p->fail == BRC_FAIL_RAISE) CODE_SAVE_X(); /* else p->x holds the next one's arguments */
    Code *next = after_bif(p);
    if (next) CODE_GO(next);
}

CODE_FN(brc_code_bif_fail_via) {
    if (!p->fbif || !is_raiser(p->fbif)) p->loc = &brc_code_via_code;
    CODE_JUMP(brc_code_bif_fail, x0, x1, x2, x3, x4, x5);
}

CODE_FN(brc_code_yield) {
    CODE_OUT();
    CODE_SAVE_X();
    p->fail = BRC_FAIL_NO;
    if (__builtin_expect(p->flags & BRC_PROC_STEPPED, 0)) {
        Code *next = brc_code_step(p);
        if (next) CODE_GO(next);
        return;
    }
    if (!(p->flags & BRC_PROC_GC_SOON)) return;
    brc_heap_collect_gc(p, 0, p->live);
    HeapOpts *o = brc_heap_opts(p);
    p->reds = o->reds_kept; /* the turn ended only for the collection: it goes on */
    o->reds_kept = 0;
    if (p->reds > 0) CODE_GO(p->resume);
}

CODE_FN(brc_code_process_end) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    CODE_GO(end_process(p, AM(exit), AM(normal)));
}

/* No local in memory, no instrumentation: Code preserves no register, and clang 19 forgets that
 * for the one that a realigned frame with dynamic parts is addressed by. */
__attribute__((noinline, no_sanitize("address", "undefined", "thread"))) void
brc_code_run(Proc *p, Code *code) {
    const Term *x = p->x;
    code(p, p->hp, p->sp, p->reds, x[0], x[1], x[2], x[3], x[4], x[5]);
}

/* ---- raising again ---- */

Term brc_code_raw_raise(Proc *p, Term class_, Term reason, Term trace) {
    if (class_ != AM(error) && class_ != AM(exit) && class_ != AM(throw)) return AM(badarg);
    if (brc_code_trace_is_raw(trace))
        term_tuple_elements(trace)[BRC_TRACE_CLASS] = class_; /* `raise` looks there */
    else
        trace = brc_code_trace_raised(p, class_, BRC_NIL);
    brc_ctx_raise(p, class_, reason);
    p->ftrace = trace;
    return BRC_NONE;
}

void brc_code_reraise(Proc *p, Term trace, Term reason) {
    Term class_ = AM(error);
    if (brc_code_trace_is_raw(trace)) class_ = term_tuple_elements(trace)[BRC_TRACE_CLASS];
    brc_code_raw_raise(p, class_, reason, trace);
}
