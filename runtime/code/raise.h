/* raise.h: how control leaves the straight path: errors, traps, yields. All are Code, entered by a
 * tail call from generated code. */
#pragma once
#include "abi/layout.h"

/* A built-in returned BRC_NONE. p->fbif, p->loc and, in x0.., its arguments tell which call failed;
 * p->fail tells why: an error gets the built-in as its first frame, a trap or wait goes on in
 * p->trap (returning through sp[0]). */
Code brc_code_bif_fail;
/* p->fclass, p->freason, p->ftrace are set (ftrace is no raw trace: take one from the stack here,
 * starting with p->loc; see ctx/fail.h for what it may say about it): goes to the innermost
 * handler, or ends the process. The word at sp must be the continuation of a call in progress, or
 * no continuation: a frame's own sp[0], stale between its calls, is skipped or cleared before. */
Code brc_code_raise;
/* error:x0, trace starting at p->loc. */
Code brc_code_error;
/* error:{x0, x1}, trace starting at p->loc. */
Code brc_code_error2;
/* function_clause: the arguments are in the X registers; p->loc->fn says of what. */
Code brc_code_function_clause;
/* undef: as function_clause; p->loc->fn is the missing function itself. */
Code brc_code_undef;
/* Saves x0..x5 (p->live says how many X count; the rest are in p->x) and gives up the processor;
 * p->resume says where to go on. */
Code brc_code_yield;
/* Bottom of every process's stack: the process ends normally. */
Code brc_code_process_end;
/* For the three below, p->loc is the place of the call where it is a tail call (the stack does not
 * tell it), else NULL.
 * apply: x0 module, x1 function, x2 argument list; tail-calls what they name. */
Code brc_code_apply;
/* apply with n = p->live arguments in X registers, module in X[n], function in X[n+1]. */
Code brc_code_apply_n;
/* call of a fun with n = p->live arguments in X registers, fun in X[n]: the slow path (external
 * funs, badfun, badarity). */
Code brc_code_call_fun;

/* From C into Code: `code` with p->hp, p->sp, p->reds and p->x[0..5] in registers. Returns when the
 * process gives up the processor: p->fail is BRC_FAIL_NO after a yield, BRC_FAIL_WAIT after
 * brc_ctx_wait; p->resume and p->live are set, all live X registers are in p->x. */
void brc_code_run(Proc *p, Code *code);

/* A handler is entered with sp at its catch word, x0 class, x1 reason, x2 the raw trace.
 * The value of `catch Expr` for what was raised: {'EXIT', ...} or the thrown term. */
Term brc_code_catch_value(Proc *p, Term class_, Term reason, Term trace);
/* A raw trace as the list that erlang:raise and handlers show. Anything else is given back. */
Term brc_code_build_stacktrace(Proc *p, Term trace);
/* raw_raise of class x0, reason x1, raw trace x2. Sets the failure; BRC_NONE, or, where the class
 * is none of the three, badarg (an atom). */
Term brc_code_raw_raise(Proc *p, Term class_, Term reason, Term trace);
/* The exported function, or NULL. Any thread. */
Code *brc_code_find_export(Term module, Term name, uint32_t arity);
