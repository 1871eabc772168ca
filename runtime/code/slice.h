/* slice.h: built-ins that do their work in slices (ctx/slice.h). */
#pragma once
#include "ctx/slice.h"

/* The result of the work, or BRC_NONE: it failed, or it goes on in later turns. For built-ins with
 * the flag TRAP, as their last act. */
Term brc_code_slice1(Proc *p, SliceWork *work, Term a);
Term brc_code_slice2(Proc *p, SliceWork *work, Term a, Term b);
Term brc_code_slice3(Proc *p, SliceWork *work, Term a, Term b, Term c);
