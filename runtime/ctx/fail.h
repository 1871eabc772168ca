/* fail.h: how a built-in fails: fill in the process, return BRC_NONE.
 *
 * What these leave in p->ftrace says how the trace is to be taken when the failure is raised:
 * BRC_NONE: plainly; a tuple of one: {Cause}, the built-in's error_info names a cause; a tuple of
 * two: {Args, ErrorInfo}, the first frame shows these arguments (an argument list, or an atom for
 * the arity) and this error_info map (or an atom for none). The terms lie in a fragment where
 * they must be made, so that these may be called while p->hp is stale. */
#pragma once
#include "abi/layout.h"
#include "abi/atoms.h"

Term brc_ctx_raise(Proc *p, Term fclass, Term reason); /* class: error, exit or throw */
Term brc_ctx_error(Proc *p, Term reason);              /* error:reason */
Term brc_ctx_error2(Proc *p, Term tag, Term value);    /* error:{tag, value} */
Term brc_ctx_badarg(Proc *p);
Term brc_ctx_badarith(Proc *p);
Term brc_ctx_system_limit(Proc *p);
/* badarg with error_info's cause: #{cause => cause, module => ...} as erl_erts_errors reads it. */
Term brc_ctx_badarg_cause(Proc *p, Term cause);
Term brc_ctx_error_cause(Proc *p, Term reason, Term cause);
/* error:reason whose first frame shows `args` and `info`, as erlang:error/2,3 do. */
Term brc_ctx_error_args(Proc *p, Term reason, Term args, Term info);

/* Goes on in `code` with n arguments (already in p->x[0..n)). */
Term brc_ctx_trap(Proc *p, Code *code, uint32_t n);
/* Gives up the processor until woken (see sched/), then goes on as brc_ctx_trap. */
Term brc_ctx_wait(Proc *p, Code *code, uint32_t n);
/* Ends the process now: no handler sees it. */
Term brc_ctx_exit(Proc *p, Term reason);
