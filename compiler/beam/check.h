/* check.h: that ops and tables fit each other, so that later rooms index without testing. */
#pragma once
#include "beam/chunk.h"

/* Needs everything read. Exports, local functions and funs name entry labels of functions of their
 * name and arity; no function is there twice. */
void check_tables(Load *l);
/* Every operand is what op.def says and in its bounds; what op.def cannot say is in check.c. */
void check_code(Load *l);
