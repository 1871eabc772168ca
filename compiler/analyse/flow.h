/* flow.h: which atoms a register may hold, followed backwards through moves, jumps and the calls of
 * functions that only their own module calls. */
#pragma once
#include "beam/beam.h"

typedef struct Flow {
    bool unknown; /* something else too, or atoms that come from elsewhere */
    VEC(const char *) atoms;
} Flow;

/* Of X[reg] before op `at` of the function of that index. */
Flow flow_into(const BeamFile *f, size_t function, size_t at, uint64_t reg);
/* Of an operand of that op. */
Flow flow_into_operand(const BeamFile *f, size_t function, size_t at, const Arg *a);
