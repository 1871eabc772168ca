/* pages.h: blocks of memory for heaps and fragments. Always above 4 GB, 16-aligned, not zeroed. */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* At least `bytes`; *room is what there is in fact (a multiple of 16). Out of memory ends the
 * program. Any thread. */
void *brc_base_block_alloc(size_t bytes, size_t *room);
/* room: what brc_base_block_alloc said. touched: how many of its bytes, from the start, were used:
 * the rest has no memory behind it yet, or else that is given back. Any thread. */
void brc_base_block_free(void *block, size_t room, size_t touched);
/* Gives the end of a block back where that is worth it; what is left has at least `bytes`.
 * Returns the new room. */
size_t brc_base_block_shrink(void *block, size_t room, size_t bytes);
/* Hands this thread's spare blocks to the others: before a thread ends. */
void brc_base_blocks_flush(void);
/* Bytes now handed out, and bytes kept for reuse (both approximate while threads run). */
void brc_base_blocks_count(size_t *used, size_t *kept);
