/* funs.h: external funs made at run time. */
#pragma once
#include "term/term.h"

/* x0 fun, x1 argument list: tail-calls it. */
Code brc_code_apply_fun;
/* The entry of `fun module:name/arity`: one for each, made when first asked for. Any thread. */
const FunEntry *brc_code_external_entry(Term module, Term name, uint32_t arity);
/* fun module:name/arity as a term. */
Term brc_code_external_fun(Proc *p, Term module, Term name, uint32_t arity);
