/* binpart.h: the {Position, Length} of a part, as binary_part and module binary read it. */
#pragma once
#include "term/term.h"

/* Bytes from..from+n of `size`; a negative length counts backwards. false: not within. */
bool brc_bif_bin_range(Term pos, Term len, uint64_t size, uint64_t *from, uint64_t *n);
