/* bits.h: what the words of bs_match and bs_create_bin mean, and who runs them. */
#pragma once
#include "interp/image.h"
#include "term/bits.h"

enum BitGet { GET_INTEGER, GET_FLOAT, GET_BINARY, GET_ALL };
/* bs_match's commands and the words behind each. Sizes are constants of 64 bits. */
enum BitCommand {
    MATCH_AT_LEAST, /* size, unit */
    MATCH_EXACTLY,  /* size */
    MATCH_SKIP,     /* size */
    MATCH_TAIL,     /* to */
    MATCH_EQUAL,    /* size, value */
    MATCH_INTEGER,  /* size, flags, to */
    MATCH_BINARY,   /* size, flags, to */
};
enum { SEGMENT_STRING = 16, SEGMENT_PRIVATE = 17 }; /* beside enum BsSegmentType */
enum { SEGMENT_WORDS = 6 };                         /* type, number, unit, flags, value, size */

/* The place that an operand names. */
static inline Term *word_place(const uintptr_t bases[3], Word w) {
    return (Term *)(bases[w & 3] + w);
}

/* The commands in at[0..n); false: no match. */
bool brc_interp_bs_match(Proc *p, Term ctx, const Word *at, size_t n, const uintptr_t bases[3]);
/* A field of a match context, or BRC_NONE. kind: enum BitGet. */
Term brc_interp_bs_get(Proc *p, Term ctx, unsigned kind, unsigned flags, uint64_t bits);
/* A binary of n segments. BRC_NONE: it cannot be built; the error is set where raises. */
Term brc_interp_bs_create(Proc *p, const Word *at, size_t n, const uintptr_t bases[3], bool raises);
