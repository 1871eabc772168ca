/* bifs.h: the built-in functions that the runtime has in C: the rows of bif.def. */
#pragma once
#include "beam/beam.h"

typedef struct BifRow {
    const char *module, *name, *cname;
    uint32_t arity, flags; /* BRC_BIF_ALLOC, BRC_BIF_TRAP */
    const char *pool;      /* whose threads call it (sched/dirty.h), or NULL */
    bool is_foreign;       /* a C function of the program's own (ffi/) */
} BifRow;
/* NULL: no built-in. */
const BifRow *bifs_find(const char *module, const char *name, uint32_t arity);
/* From now on a foreign function is one, too. */
void bifs_add(const BifRow *row);
const BifRow *bifs_all(void); /* bif.def's rows; the last one's module is NULL */
/* Does nothing but raise erlang:nif_error: native code is meant to take its place. */
bool bifs_is_stub(const BeamFile *f, const BeamFunction *fn);
/* The built-in that takes a stub's place, or NULL: no stub, or none there. */
const BifRow *bifs_of_stub(const BeamFile *f, const BeamFunction *fn);
