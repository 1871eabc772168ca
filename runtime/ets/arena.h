/* arena.h: memory of one table: cells in size classes, cut from blocks that all go at once. Used
 * under the table's lock. All lie above BRC_LITERAL_LIMIT, as terms in them must. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define BRC_ETS_CLASSES 48

typedef struct EtsChunk { /* at the start of each block */
    struct EtsChunk *next, *before;
    size_t room, spare; /* cells are 16-aligned */
} EtsChunk;

/* Invariants: 1. at <= end, both in the first of chunks; 2. a cell above the largest class is the
 * only one of its block, which is in `large`. */
typedef struct EtsArena {
    EtsChunk *chunks, *large;
    char *at, *end;
    size_t bytes;      /* of cells in use */
    size_t next_bytes; /* how large the next block shall be */
    void *free_[BRC_ETS_CLASSES];
} EtsArena;

void *brc_ets_cell_new(EtsArena *a, size_t bytes);
void brc_ets_cell_free(EtsArena *a, void *cell, size_t bytes); /* bytes: as when made */
/* Gives a block back: how many bytes it had, 0: there is none. */
size_t brc_ets_arena_shrink(EtsArena *a);
/* No cell is in use any more: all blocks go. */
void brc_ets_arena_reset(EtsArena *a);
