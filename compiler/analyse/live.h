/* live.h: which registers a block needs. */
#pragma once
#include "ir/ir.h"

/* Needs nothing. Gives live_in and live_floats per block. */
void live_compute(IrFn *ir);
/* The registers live after each op of block b: after[i] for op b->first + i. */
void live_in_block(const IrFn *ir, uint32_t block, RegSet *after);
