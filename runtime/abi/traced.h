/* traced.h: the functions of a program that can trace calls (it reaches erlang:trace_pattern, or
 * names save_calls and last_calls), and how their code tells local calls. Such a program's modules
 * are written with two tests more: before a call of a function that the module exports, and around
 * what of a function is repeated at its calls. A traced process has no reductions left, so that
 * each function entry leaves for brc_code_yield (code/step.h), which no other program's code
 * notices. */
#pragma once
#include <stdbool.h>
#include "abi/layout.h"

/* In Proc.flags, where no reductions are left: the function entered next is called by its own
 * module. */
#define BRC_PROC_LOCAL_CALL 16u
/* What the built-in that has just been called gives is to be told. */
#define BRC_PROC_BIF_TRACED 32u

typedef struct TracedFn { /* in no order; ends with a row without code */
    Code *code;
    Term module, name;
    uint32_t arity;
    bool exported;
    const Bif *bif; /* a built-in's, else NULL */
} TracedFn;
/* To a name that is 0 in other programs. */
extern const TracedFn brc_program_functions[] __attribute__((weak));
/* Around a built-in's call, where no reductions are left before and BIF_TRACED is set after:
 * `place` is the call's. */
void brc_calls_bif(Proc *p, const Bif *b, const Term *args, const Loc *place);
void brc_calls_bif_done(Proc *p, Term result);
void brc_calls_start(void); /* called before main, in such programs */
