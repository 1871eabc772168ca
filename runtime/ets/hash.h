/* hash.h: tables of type set, bag and duplicate_bag: a linear hash table (Litwin, "Linear hashing:
 * a new tool for file and table addressing", VLDB 1980): it grows and shrinks by one bucket at a
 * time. Segment 0 holds the first 16 buckets, segment n the 2^(n+3) that follow.
 *
 * In a bucket, objects of one key stand together, the newest first. While the table is fixed a
 * deleted object stays in its bucket, marked. No bucket splits or merges then, nor as long as
 * marked objects are left. */
#pragma once
#include "ets/object.h"

#define BRC_ETS_SEGMENTS 31 /* a hash has 32 bits */

typedef struct EtsHash {
    size_t active;      /* buckets; >= 16 once made */
    size_t mask;        /* the least 2^n - 1 >= active - 1 */
    size_t count, dead; /* objects that live, and that are marked deleted */
    size_t *dirty;      /* buckets that have had a deleted object since the table was fixed */
    size_t dirty_count, dirty_room;
    bool all_dirty; /* all are in it, once */
    EtsObj **segment[BRC_ETS_SEGMENTS];
    EtsObj *first[16];
} EtsHash;

void brc_ets_hash_init(EtsHash *h);
/* Frees the buckets (not the objects). */
void brc_ets_hash_free(EtsHash *h);

static inline EtsObj **hash_bucket(const EtsHash *h, size_t i) {
    if (i < 16) return (EtsObj **)h->first + i;
    unsigned n = (unsigned)(63 - __builtin_clzl(i)); /* 4.. */
    return h->segment[n] + (i - ((size_t)1 << n));
}
static inline size_t hash_index(const EtsHash *h, uint32_t hash) {
    size_t i = hash & h->mask;
    return i < h->active ? i : i & (h->mask >> 1);
}
/* The link to the first object of that key (deleted ones count), or to where it would stand. */
static inline EtsObj **hash_find(const EtsHash *h, Term key, uint32_t hash, size_t keypos) {
    EtsObj **link = hash_bucket(h, hash_index(h, hash));
    while (*link && !((*link)->hash == hash && ets_same(obj_elements(*link)[keypos], key)))
        link = &(*link)->next;
    return link;
}

/* After objects came or went, where the table is not fixed. */
void brc_ets_hash_grow(EtsHash *h);
void brc_ets_hash_shrink(EtsHash *h);
/* Bucket i has an object marked deleted now. */
void brc_ets_hash_mark(EtsHash *h, size_t i);
/* Frees what is marked in up to `buckets` dirty buckets; counting
 * down *offheap for those that referred to something outside; true: there are more. Not while
 * fixed. */
bool brc_ets_hash_sweep(EtsHash *h, EtsArena *a, size_t *offheap, size_t buckets);
size_t brc_ets_hash_bytes(const EtsHash *h);
