/* fail.c: see fail.h. Nothing here jumps: a failure is a value that travels back to the code that
 * called the built-in, and that goes to code/raise.c with it. */
#include "ctx/fail.h"
#include "ctx/alloc.h"

Term brc_ctx_raise(Proc *p, Term fclass, Term reason) {
    p->fail = BRC_FAIL_RAISE;
    p->fclass = fclass;
    p->freason = reason;
    p->ftrace = BRC_NONE;
    return BRC_NONE;
}

Term brc_ctx_error(Proc *p, Term reason) {
    return brc_ctx_raise(p, AM(error), reason);
}

static Term tuple_apart(Proc *p, size_t n, Term a, Term b) {
    Term *at = brc_ctx_alloc_apart(p, n + 1);
    at[0] = BRC_HEADER(BRC_TUPLE, n);
    at[1] = a;
    if (n == 2) at[2] = b;
    return (Term)at + BRC_TAG_BOXED;
}

Term brc_ctx_error2(Proc *p, Term tag, Term value) {
    return brc_ctx_error(p, tuple_apart(p, 2, tag, value));
}

Term brc_ctx_badarg(Proc *p) {
    return brc_ctx_error(p, AM(badarg));
}
Term brc_ctx_badarith(Proc *p) {
    return brc_ctx_error(p, AM(badarith));
}
Term brc_ctx_system_limit(Proc *p) {
    return brc_ctx_error(p, AM(system_limit));
}

Term brc_ctx_error_cause(Proc *p, Term reason, Term cause) {
    brc_ctx_error(p, reason);
    p->ftrace = tuple_apart(p, 1, cause, BRC_NIL);
    return BRC_NONE;
}

Term brc_ctx_badarg_cause(Proc *p, Term cause) {
    return brc_ctx_error_cause(p, AM(badarg), cause);
}

Term brc_ctx_error_args(Proc *p, Term reason, Term args, Term info) {
    brc_ctx_error(p, reason);
    p->ftrace = tuple_apart(p, 2, args, info);
    return BRC_NONE;
}

static Term go_on(Proc *p, enum BrcFail why, Code *code, uint32_t n) {
    p->fail = why;
    p->trap = code;
    p->trap_live = n;
    return BRC_NONE;
}

Term brc_ctx_trap(Proc *p, Code *code, uint32_t n) {
    return go_on(p, BRC_FAIL_TRAP, code, n);
}
Term brc_ctx_wait(Proc *p, Code *code, uint32_t n) {
    return go_on(p, BRC_FAIL_WAIT, code, n);
}

Term brc_ctx_exit(Proc *p, Term reason) {
    p->fail = BRC_FAIL_EXIT;
    p->fclass = AM(exit);
    p->freason = reason;
    p->ftrace = BRC_NONE;
    return BRC_NONE;
}
