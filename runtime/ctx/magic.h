/* magic.h: making magic references (struct Magic, ctx/alloc.h): things outside the heap that a
 * reference owns a share of: atomics, counters, tables; and the numbers of all references. */
#pragma once
#include "ctx/alloc.h"

/* A zeroed block of `bytes` (a struct that begins with Magic), 64-aligned, with one reference,
 * which is the caller's, and a new identifier. destroy frees it with brc_ctx_magic_free. */
void *brc_ctx_magic_new(size_t bytes, void (*destroy)(Magic *));
void brc_ctx_magic_free(Magic *m);
/* The block of a magic reference whose destroy function is `destroy`, else NULL. */
void *brc_ctx_magic_kind(Term t, void (*destroy)(Magic *));

/* The three words of a new reference's identifier (each below 2^32, the first below 2^18), never
 * given twice. Every maker of references takes them from here. Any thread. */
void brc_ctx_ref_id(uint64_t id[3]);
