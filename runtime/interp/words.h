/* words.h: writing words: operands, and the addresses that are known only at the end. */
#pragma once
#include "interp/load.h"

enum {
#define I(name) I_##name,
#include "interp/iop.def"
#undef I
    I_COUNT
};

void brc_interp_put(Load *l, Word w);
void brc_interp_put_op(Load *l, unsigned instruction);
void brc_interp_put_address(Load *l, const void *at); /* below 4 GB */
void brc_interp_put_label(Load *l, const Arg *a);     /* 0 where it is none */
void brc_interp_put_term(Load *l, Term t);
void brc_interp_put_raw(Load *l, uint64_t u);   /* a constant that is no term */
void brc_interp_put_arg(Load *l, const Arg *a); /* what is read or written there */
void brc_interp_put_loc(Load *l, const Op *op); /* where the instruction stands */
void brc_interp_put_label_here(Load *l, uint64_t label);
/* The words and constants where they stay, all addresses filled in. NULL: a label is nowhere. */
Word *brc_interp_place(Load *l);

/* call_words.c: calls, and built-ins in guards. False: another instruction. next: what follows;
 * *skip: how many of those are done with, too. */
bool brc_interp_put_call(Load *l, const Op *op, const Op *next, uint32_t *skip);
/* bit_words.c: binaries. */
bool brc_interp_put_bits(Load *l, const Op *op);

/* run.c: the addresses of the instructions' places. */
const Word *brc_interp_places(void);
