/* index.h: names of objects by what their C is made from, kept in the cache beside them, so that a
 * build need not write the C of a module that has not changed. */
#pragma once
#include "drive/cache.h"

typedef struct Index Index;

/* What earlier builds noted; empty where nothing can be read. */
Index *index_open(const Cache *c);
/* The object's key, or NULL. made_from: 64 hexadecimal digits, as all keys. */
const char *index_find(const Index *index, const char *made_from);
void index_add(Index *index, const char *made_from, const char *key);
/* Keeps what was added. What another build added at the same time may be lost: it is found anew. */
void index_keep(Index *index);
