/* packed.h: constants that selections return, as bytes (compiler/emit/packed.c writes them). */
#pragma once
#include "abi/layout.h"

enum { PACKED_SMALL, PACKED_TUPLE, PACKED_LIST, PACKED_WORD };
#define PACKED_MOST ((INT64_C(1) << 56) - 1) /* the largest number */

typedef struct Packed {
    const uint8_t *bytes;
    const uint32_t *at;  /* where each constant begins */
    const Term *words;   /* that the bytes refer to */
    _Atomic(Term) *made; /* each constant once it was asked for; 0 before */
} Packed;

/* The i-th constant, a literal. */
Term brc_code_packed(const Packed *k, unsigned i);
