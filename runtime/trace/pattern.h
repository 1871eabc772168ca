/* pattern.h: trace_pattern/3 of functions. */
#pragma once
#include <stdbool.h>
#include "abi/layout.h"

/* mfa: three elements, valid; list: a match specification, true, false, restart or pause. Gives how
 * many functions there are, or BRC_NONE, having failed. */
Term brc_calls_set_pattern(Proc *p, const Term *mfa, Term list, Term flags);
/* Arguments of calls, of messages: heads of clauses are lists or variables. */
bool brc_calls_heads_are_lists(Term list);
