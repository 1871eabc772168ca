/* data.h: parts of the interpreter's instructions that are functions of their own. */
#pragma once
#include "interp/bits.h"

/* n keys and values put into a map; BRC_NONE: the error is set. */
Term brc_interp_put_map(Proc *p, Term map, const Word *at, size_t n, bool exact,
                        const uintptr_t bases[3]);
/* A built-in called with the arguments in x. */
Term brc_interp_bif(Proc *p, const Bif *b, const Term *x);
