/* compact.h: the compact term encoding: operands in code, atoms' lengths, lines, records. */
#pragma once
#include "beam/chunk.h"

/* The tags of the encoding's low three bits. */
enum { COMPACT_U, COMPACT_I, COMPACT_A, COMPACT_X, COMPACT_Y, COMPACT_F, COMPACT_H, COMPACT_Z };

/* Args come from blocks, as there are millions of them. */
typedef struct ArgPool {
    Arg *at;
    size_t left;
} ArgPool;
Arg *compact_args(ArgPool *pool, size_t count);

/* One operand. Atoms, literals, types and registers are checked against their tables and bounds,
 * labels against label_count, so atoms, literals and types must have been read. */
void compact_read(Load *l, Reader *r, ArgPool *pool, Arg *out);
/* A number with its tag, which must be below COMPACT_Z; fails beyond 64 bits. */
uint64_t compact_number(Reader *r, unsigned *tag);
/* A number with the tag u and at most `most`. */
uint32_t compact_unsigned(Reader *r, uint32_t most, const char *what);
