/* iowalk.h: the bytes of iodata, a run at a time, without gathering them. */
#pragma once
#include "term/term.h"

typedef void IoBytes(void *state, const uint8_t *bytes, size_t n);
/* Calls each for every run of bytes in order; *total counts them. False: no iodata (what came
 * before the fault has been passed on already). */
bool brc_bif_io_walk(Term t, IoBytes *each, void *state, size_t *total);
