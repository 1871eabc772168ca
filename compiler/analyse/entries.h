/* entries.h: which blocks become C functions, and which of them each other block belongs to. */
#pragma once
#include "ir/ir.h"

/* Gives entry, owner and clone per block. A block that two owners reach is either small enough to
 * be repeated in both or becomes an entry itself. */
void entries_compute(IrFn *ir);
