/* hash.c: see hash.h. */
#include "ets/hash.h"
#include "base/panic.h"
#include <stdlib.h>

enum { FIRST = 16 };

void brc_ets_hash_init(EtsHash *h) {
    memset(h, 0, sizeof *h);
    h->active = FIRST;
    h->mask = FIRST - 1;
}

void brc_ets_hash_free(EtsHash *h) {
    for (unsigned n = 4; n < BRC_ETS_SEGMENTS; n++)
        free(h->segment[n]);
    free(h->dirty);
    memset(h, 0, sizeof *h);
}

size_t brc_ets_hash_bytes(const EtsHash *h) {
    size_t bytes = h->dirty_room * sizeof *h->dirty;
    for (unsigned n = 4; n < BRC_ETS_SEGMENTS; n++)
        if (h->segment[n]) bytes += ((size_t)1 << n) * sizeof(EtsObj *);
    return bytes;
}

/* One bucket more: what belongs there leaves the bucket it shared, in the same order. */
static void split(EtsHash *h) {
    size_t new_ = h->active;
    if ((new_ & (new_ - 1)) == 0) {
        unsigned n = (unsigned)(63 - __builtin_clzl(new_));
        if (n >= BRC_ETS_SEGMENTS) return;
        if (!h->segment[n]) h->segment[n] = calloc(new_, sizeof(EtsObj *));
        if (!h->segment[n]) brc_base_panic("out of memory (a table of %zu buckets)", new_);
        h->mask = 2 * new_ - 1;
    }
    h->active++;
    size_t old = new_ & (h->mask >> 1);
    EtsObj **stay = hash_bucket(h, old), **go = hash_bucket(h, new_);
    __builtin_prefetch(*hash_bucket(h, old + 1)); /* the next one to be split */
    for (EtsObj *o = *stay; o; o = o->next) {
        if ((o->hash & h->mask) == new_) {
            *go = o;
            go = &o->next;
        } else {
            *stay = o;
            stay = &o->next;
        }
    }
    *stay = *go = NULL;
}

/* The last bucket joins the one it was split from. */
static void merge(EtsHash *h) {
    size_t last = h->active - 1;
    EtsObj **from = hash_bucket(h, last), **to = hash_bucket(h, last & (h->mask >> 1));
    while (*to)
        to = &(*to)->next;
    *to = *from;
    *from = NULL;
    h->active = last;
    if ((last & (last - 1)) == 0) h->mask = last - 1;
    /* A segment goes when the one before it is half empty, so that it does not come and go. */
    unsigned n = (unsigned)(63 - __builtin_clzl(last)) + 1;
    if (n < BRC_ETS_SEGMENTS && h->segment[n] && last <= ((size_t)3 << (n - 2))) {
        free(h->segment[n]);
        h->segment[n] = NULL;
    }
}

void brc_ets_hash_grow(EtsHash *h) {
    for (int i = 0; i < 2 && h->count > h->active; i++)
        split(h);
}

void brc_ets_hash_shrink(EtsHash *h) {
    for (int i = 0; i < 2 && h->count < h->active / 2 && h->active > FIRST; i++)
        merge(h);
}

void brc_ets_hash_mark(EtsHash *h, size_t i) {
    h->dead++;
    if (h->all_dirty || (h->dirty_count && h->dirty[h->dirty_count - 1] == i)) return;
    if (h->dirty_count == h->dirty_room) {
        h->dirty_room = h->dirty_room ? 2 * h->dirty_room : 64;
        if (h->dirty_room > h->active) h->dirty_room = h->active;
        h->dirty = realloc(h->dirty, h->dirty_room * sizeof *h->dirty);
        if (!h->dirty) brc_base_panic("out of memory (deleting in a fixed table)");
    }
    if (h->dirty_count < h->active) {
        h->dirty[h->dirty_count++] = i;
        return;
    }
    h->all_dirty = true;
    for (size_t b = 0; b < h->active; b++)
        h->dirty[b] = b;
}

static void sweep_bucket(EtsHash *h, EtsArena *a, size_t *offheap, size_t i) {
    for (EtsObj **link = hash_bucket(h, i), *o; (o = *link) != NULL;) {
        if (obj_live(o)) {
            link = &o->next;
            continue;
        }
        *link = o->next;
        h->dead--;
        if (o->offheap) --*offheap;
        brc_ets_obj_free(a, o);
    }
}

bool brc_ets_hash_sweep(EtsHash *h, EtsArena *a, size_t *offheap, size_t buckets) {
    for (; buckets > 0 && h->dirty_count; buckets--)
        sweep_bucket(h, a, offheap, h->dirty[--h->dirty_count]);
    if (h->dirty_count) return true;
    free(h->dirty);
    h->dirty = NULL;
    h->dirty_room = 0;
    h->all_dirty = false;
    return false;
}
