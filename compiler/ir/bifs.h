/* bifs.h: the built-in functions that the runtime has in C: the rows of bif.def. */
#pragma once
#include "base/mem.h"

typedef struct BifRow {
    const char *module, *name, *cname;
    uint32_t arity, flags; /* BRC_BIF_ALLOC, BRC_BIF_TRAP */
} BifRow;
/* NULL: no built-in. */
const BifRow *bifs_find(const char *module, const char *name, uint32_t arity);
