/* writer.h: the state of writing one module's C, shared by the files of emit/. */
#pragma once
#include "emit/emit.h"
#include "emit/names.h"
#include "ir/bifs.h"
#include "ir/ir.h"

typedef struct Head Head; /* inline.c */
typedef struct Variant {  /* raw.c: a block written for registers that are raw */
    uint32_t block;
    uint64_t raw;
} Variant;
typedef struct Stub { /* raw.c: a way to a block on which registers are boxed */
    uint64_t raw;
    const char *target;
    bool apart;
} Stub;

typedef struct Writer {
    const BeamFile *f;
    const EmitOptions *options;
    Text head; /* declarations, literals, places: before the code */
    Text code;
    Map *declared;    /* names already declared in head */
    size_t big_count; /* integers of operands that need a literal of their own */
    uint8_t *literal_done;
    /* -- of the function being written -- */
    const IrFn *ir;
    uint32_t fn_index;
    const char *symbol;
    uint32_t owner;             /* the entry block being written */
    uint32_t op_index;          /* of the op being written */
    VEC(uint32_t) lines;        /* of the function's places, by number */
    uint32_t block_end;         /* behind the last op of its block */
    uint32_t frame;             /* of the op being written: 1 none, 2 frame */
    const uint64_t *live_after; /* RegSet after the op */
    uint8_t *needed; /* per block: 1 a thunk, 2 a clone is to be written for this owner */
    uint32_t temps;
    const char *line_file;
    uint32_t line;
    /* -- floats out of their boxes, raw.c -- */
    uint64_t raw;          /* X registers n whose value is in dn, at this point */
    uint32_t float_room;   /* boxes that the last heap test has made room for */
    bool room_known;       /* other room on the heap is meant for nothing else */
    VEC(Variant) variants; /* of the owner's blocks; those up to variants_done are written */
    VEC(Stub) stubs;
    size_t variants_done, stubs_done;
    /* -- of the call being written whose function's head is repeated -- */
    Head **heads;             /* per function of the module */
    const Head *head_of_call; /* NULL: none */
    uint32_t head_id;
    const char *head_cont;
} Writer;

/* ---- operands (operand.c) ---- */
const char *w_value(Writer *w, const Arg *a);  /* C expression of a term */
const char *w_x(uint32_t n);                   /* "x3" */
const char *w_atom(Writer *w, uint32_t index); /* atom of the module's table */
const char *w_atom_text(Writer *w, const char *text, size_t len);
const char *w_target(Writer *w, const Arg *lvalue); /* C lvalue of a d operand */
bool w_const_small(const Arg *a, int64_t *n);       /* a small integer constant? */
bool w_is_immediate(const Writer *w, const Arg *a); /* equal exactly when the words are equal */
bool w_typed_small(const Writer *w, const Arg *a, int64_t *min, int64_t *max);
bool w_typed_as(const Writer *w, const Arg *a, uint32_t mask); /* by its type: nothing else */
const char *w_double(Writer *w, const Arg *a); /* C expression of a known float, or NULL */
/* The same of an integer constant too: one operand of those that make w_floats say true, a known
 * float and another or such a constant. */
const char *w_as_double(Writer *w, const Arg *a);
bool w_floats(Writer *w, const Arg *a, const Arg *b);
int w_atom_is(const Writer *w, const Arg *a, const char *text);
unsigned w_flags(const Writer *w, const Arg *a); /* field flags of bit syntax, any form */
const char *w_integer(Writer *w, int64_t n);

/* ---- literals (literal.c) ---- */
const char *w_literal(Writer *w, const Lit *lit, uint64_t index); /* index ~0: none of the table */

/* ---- functions and places (function.c) ---- */
void w_function(Writer *w, const BeamFunction *fn, uint32_t index);
const char *w_loc(Writer *w); /* "&fi3.at[17]": the op's place */
const char *w_declare_function(Writer *w, const char *module, const char *name, uint32_t arity);
const char *w_goto(Writer *w, uint64_t label);               /* C label to go to for a BEAM label */
const char *w_block_symbol(const Writer *w, uint32_t block); /* of an entry */
void w_jump_block(Writer *w, uint32_t block);                /* leave for an entry: the tail call */
void w_store_high(Writer *w, unsigned first, unsigned end);  /* x6.. to p->x */
const char *w_args(Writer *w, unsigned n);                   /* "x0, x1, U, ..." six of them */
const char *w_trace_sp(const Writer *w);                     /* where a trace begins on the stack */
void w_no_call_yet(Writer *w);
void w_raise2(Writer *w, const char *kind, const char *value); /* error:{kind, value} */
void w_badarg_unless(Writer *w, const char *ok, uint64_t fail_label);
void w_fail(Writer *w, const Arg *label, const char *raise_code); /* goto label, or raise */
/* The first ops of a block, and the way on if these are all. */
void w_block_ops(Writer *w, uint32_t block, uint32_t count);

/* ---- selections (select.c, packed.c) ---- */
/* Where many of the branches `labels` only return constants: these as a table, its name, and in
 * `packed` which they are; else NULL. */
const char *w_pack(Writer *w, const uint64_t *labels, size_t n, bool *packed);
void w_select_val(Writer *w, const Op *op);
void w_select_arity(Writer *w, const Op *op);

/* ---- floats out of their boxes (raw.c) ---- */
void w_raw_begin(Writer *w);                             /* of an owner */
const char *w_raw_double(const Writer *w, const Arg *a); /* "d5" if x5 is raw, or NULL */
uint32_t w_raw_alive(const Writer *w);                   /* raw registers live after the op */
bool w_raw_op(Writer *w, const Op *op);                  /* written here? */
void w_raw_before(Writer *w, const Op *op); /* boxes what an op reads that is written elsewhere */
void w_raw_after(Writer *w, const Op *op);
/* The label to go to for a block, `plain` being its label where nothing is raw; varies: it can be
 * written again. */
const char *w_raw_goto(Writer *w, uint32_t block, const char *plain, bool varies);
const char *w_raw_loop(Writer *w); /* likewise for the function's entry, all arguments in place */
/* Writes variants and stubs that were asked for; false: there were none. */
bool w_raw_rest(Writer *w, void (*write_block)(Writer *, uint32_t));
/* Is this tail call a jump to the entry of the C function being written? */
bool w_is_own_loop(const Writer *w, const Op *op);

/* ---- repeated heads of functions (inline.c) ---- */
/* Before a call of the module's function `callee` that comes back to `cont`: what may be answered
 * in place. False: nothing written. */
bool w_repeat_head(Writer *w, size_t callee, const char *cont);
const char *w_repeated_goto(const Writer *w, uint32_t block);

/* Room for the words of an allocation operand; what lives after the op is kept. */
void w_heap_test(Writer *w, const Arg *alloc);

/* ---- functions that may be replaced (natives.c) ---- */
void w_natives(Writer *w);                          /* the module's table, in its head */
bool w_is_native(const Writer *w, size_t function); /* is this one of them? */
void w_native_gate(Writer *w);                      /* leave for what stands in its place */

/* ---- ops (op_*.c): each writes the op and says true, or leaves it to the next ---- */
bool op_data(Writer *w, const Op *op);
bool op_arith(Writer *w, const Op *op);
bool op_test(Writer *w, const Op *op);
bool op_call(Writer *w, const Op *op);
bool op_control(Writer *w, const Op *op);
bool op_bits(Writer *w, const Op *op);
bool op_create(Writer *w, const Op *op);
bool op_record(Writer *w, const Op *op);

#define OUT(...) text_add(&w->code, __VA_ARGS__)
