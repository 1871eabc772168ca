/* step.h: processes that stop at each function entry, for tracing of calls and for what a process
 * keeps of its last calls. Such a process has no reductions left in p->reds, ever: what is left of
 * its turn is in ProcRest.steps, and each entry leaves for brc_code_yield, which asks here. */
#pragma once
#include "abi/layout.h"

/* Bit of Proc.flags. */
#define BRC_PROC_STEPPED 8u

/* p->resume is the function entered, its arguments are in p->x: where to go on, or NULL: the turn
 * is over. Filled by trace/ before any process is stepped. */
extern Code *(*brc_code_step)(Proc *p);
/* A stepped process has called what is not there: stock's error_handler calls error(undef) then. */
extern void (*brc_code_undef_raised)(Proc *p);
