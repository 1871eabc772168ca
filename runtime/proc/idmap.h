/* idmap.h: a hash map from one non-zero word to another, for links, monitors, names and timers.
 *
 * Open addressing with linear probing; an empty map owns no memory, deletion shifts back, so there
 * are no tombstones. Not for threads: each map has an owner. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

typedef struct IdCell {
    uint64_t key; /* 0: free */
    uint64_t value;
} IdCell;

/* Invariants: 1. capacity is 0 or a power of two; 2. count <= 3/4 capacity. */
typedef struct IdMap {
    IdCell *cells;
    uint32_t capacity;
    uint32_t count;
} IdMap;

/* The place of the value, or NULL. Good until the next put or remove. */
uint64_t *brc_proc_idmap_get(const IdMap *m, uint64_t key);
/* Adds or replaces; true where the key is new. */
bool brc_proc_idmap_put(IdMap *m, uint64_t key, uint64_t value);
/* Takes the key out; its value goes to *value (where not NULL). False: no such key. */
bool brc_proc_idmap_remove(IdMap *m, uint64_t key, uint64_t *value);
/* The next cell at or after *at, or NULL. Start with *at = 0; no put or remove between. */
const IdCell *brc_proc_idmap_next(const IdMap *m, uint32_t *at);
void brc_proc_idmap_free(IdMap *m);
