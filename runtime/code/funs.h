/* funs.h: external funs made at run time. */
#pragma once
#include "term/term.h"

/* x0 fun, x1 argument list: tail-calls it. */
Code brc_code_apply_fun;
/* The entry of `fun module:name/arity`: one for each, made when first asked for. Any thread. */
const FunEntry *brc_code_external_entry(Term module, Term name, uint32_t arity);
/* The entry of a local fun that the program has not: name [], calls of it raise undef. */
const FunEntry *brc_code_unknown_entry(const FunEntry *like);
static inline bool fun_is_unknown(const FunEntry *e) {
    return e->name == BRC_NIL;
}
/* fun module:name/arity as a term. */
Term brc_code_external_fun(Proc *p, Term module, Term name, uint32_t arity);
