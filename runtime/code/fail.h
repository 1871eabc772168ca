/* fail.h: what the parts of code/ that raise share. Each gives the Code to go to, with its
 * arguments in p->x and p->sp set; p->hp and p->sp are stored when they are called. */
#pragma once
#include "abi/layout.h"

/* A built-in called through its own Code failed: as brc_code_bif_fail, but p->loc is not the place
 * of its call. */
Code brc_code_bif_fail_via;

/* The failure in p->fclass, freason, ftrace (raw): to its handler. */
Code *brc_code_to_handler(Proc *p);
/* The same, after taking a trace that begins at `place` (NULL: with the caller). */
Code *brc_code_raise_at(Proc *p, const Loc *place);
/* The same, beginning with a function known by name, called from `caller` (NULL: the stack says).
 */
Code *brc_code_raise_named(Proc *p, Term module, Term name, Term args, const Loc *caller);
/* A call of what is not there: its module's '$handle_undefined_function'/2, else error:undef. */
Code *brc_code_undefined(Proc *p, Term module, Term name, Term args);
/* A call of what the program's tables do not have: args are its arguments as a list, or BRC_NONE
 * where they are in the X registers only. Weak: interp/ finds what was loaded at run time. */
Code *brc_code_absent(Proc *p, Term module, Term name, uint32_t arity, Term args);
/* The Code that a catch word stands for. Weak, too. */
Code *brc_code_handler_at(Proc *p, Term word);
/* X registers 0..n-1 as a list. */
Term brc_code_arguments(Proc *p, size_t n);
