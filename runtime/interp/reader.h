/* reader.h: bytes of a .beam file, each read within bounds. A read beyond the end, or a value that
 * cannot be, marks the reader as failed and gives 0: whoever loops over what it reads looks at
 * `failed`, and the rest need only look at the end. */
#pragma once
#include "term/term.h"

typedef struct Bytes {
    const uint8_t *at, *end;
    bool failed;
} Bytes;

static inline size_t bytes_left(const Bytes *b) {
    return (size_t)(b->end - b->at);
}
uint8_t brc_interp_read8(Bytes *b);
uint32_t brc_interp_read32(Bytes *b);
const uint8_t *brc_interp_take(Bytes *b, size_t n); /* NULL where there are fewer */

/* An operand as the Code chunk has it: three bits of kind, then a number. */
enum CompactTag {
    COMPACT_U = 0, /* a plain number */
    COMPACT_I,     /* an integer, with its sign */
    COMPACT_A,     /* index of an atom, 0: [] */
    COMPACT_X,
    COMPACT_Y,
    COMPACT_F, /* a label, 0: none */
    COMPACT_H, /* a character */
    COMPACT_Z, /* extended: a list, a float register, ... */
};
enum CompactExtended {
    EXTENDED_LIST = 1,
    EXTENDED_FLOAT,
    EXTENDED_ALLOC,
    EXTENDED_LITERAL,
    EXTENDED_TYPED
};

typedef struct Compact {
    enum CompactTag tag;
    enum CompactExtended extended; /* of COMPACT_Z */
    uint64_t value;                /* COMPACT_I: two's complement. Saturated where it is larger */
    const uint8_t *big;            /* COMPACT_I beyond 64 bits: its bytes, highest first */
    size_t big_size;
} Compact;
Compact brc_interp_read_compact(Bytes *b);
/* A plain number of at most `most`. */
uint32_t brc_interp_read_number(Bytes *b, uint32_t most);
