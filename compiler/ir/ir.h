/* ir.h: a function as basic blocks over decoded ops.
 *
 * X registers are variables of the block graph, Y registers are memory (the Erlang stack), labels
 * are blocks. A block ends where control may leave its straight line: at a jump, a return, a test's
 * fail label does not end it (it is a side exit, listed in `sides`). A call that comes back ends a
 * block too: what follows is entered from outside, with only x0 defined. */
#pragma once
#include "beam/beam.h"

typedef uint64_t RegSet[4]; /* X registers 0..255, which is what erlc uses; ir_build checks it */

typedef enum IrEntry {                /* why a block is a C function of its own */
                       IR_INSIDE = 0, /* it is not: a label in its owner */
                       IR_FUNCTION,   /* the function's entry */
                       IR_CONT,       /* after a call: x0 is the result */
                       IR_HANDLER, /* try_case: class, reason and trace in x0..x2, sp at the catch
                                      word */
                       IR_CATCH, /* catch_end: as a join, and its stub turns a raise into a value */
                       IR_RESUME, /* a receive's loop head, or what follows wait_timeout: no X
                                     register */
                       IR_JOIN,   /* reached from several owners */
} IrEntry;

typedef struct IrBlock {
    uint32_t label;        /* BEAM label, 0: none of its own */
    uint32_t first, count; /* ops of the function */
    uint32_t frame;        /* 0: unknown, 1: no stack frame on entry, 2: frame */
    int32_t next;          /* block that follows in the straight line, -1: none */
    bool next_is_cont;     /* ... after a call that returns */
    VEC(uint32_t) sides;   /* blocks of labels that ops name (tests, selects, jumps) */
    IrEntry entry;
    int32_t owner; /* the entry block whose C function holds this one; -1: not reached */
    bool clone;    /* small and final: repeated in every owner */
    RegSet live_in;
    uint64_t live_floats;
} IrBlock;

typedef struct IrFn {
    const BeamFile *beam;
    const BeamFunction *fn;
    VEC(IrBlock) blocks;
    uint32_t *line_of;       /* per op: index in beam->lines */
    int32_t *block_of_label; /* per label minus label_base; -1: none */
    uint32_t label_base, label_span;
    uint32_t entry_block;
    bool uses_floats;
} IrFn;

/* Cuts a function into blocks. Ends the program on what beam_read cannot have let through. */
IrFn *ir_build(const BeamFile *f, const BeamFunction *fn);
int32_t ir_block_of(const IrFn *ir, uint64_t label); /* -1: none */

static inline bool reg_has(const RegSet s, unsigned r) {
    return s[r >> 6] >> (r & 63) & 1;
}
static inline void reg_add(RegSet s, unsigned r) {
    s[r >> 6] |= UINT64_C(1) << (r & 63);
}
static inline void reg_drop(RegSet s, unsigned r) {
    s[r >> 6] &= ~(UINT64_C(1) << (r & 63));
}

/* What an op reads and writes among X and float registers. */
typedef struct IrUses {
    RegSet reads, writes;
    uint64_t float_reads, float_writes;
    bool kills_all; /* a call: every X register is undefined after it, but those in writes */
} IrUses;
void ir_uses(const BeamFile *f, const Op *op, IrUses *u);

bool ir_op_ends(const Op *op);    /* control never goes on to the next op */
bool ir_op_returns(const Op *op); /* a call after which control comes back to the next op */
/* Is a call_ext of this import a built-in that answers at once (no continuation)? */
bool ir_is_plain_bif(const BeamFile *f, uint64_t import);
