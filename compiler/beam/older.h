/* older.h: what compilers of OTP 22 to 24 wrote, in the instructions of OTP 25. */
#pragma once
#include "beam/chunk.h"

typedef VEC(Op) OpVec;

/* Is op one of theirs? */
bool older_is(const Op *op);
/* Adds what stands for ops[i] to `out`; gives the index of the first op after it. Fails at one that
 * does not stand where their compilers put it. */
size_t older_translate(Load *l, const Op *ops, size_t count, size_t i, OpVec *out);
/* Their scratch register, x1022, to the last of those that are compiled. */
void older_scratch(Op *op);
