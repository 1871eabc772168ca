/* dict.c: the process dictionary: pairs of terms of the process's own heap in the order in which
 * their keys came, so that get() has the latest key first. The cells are roots: the collector
 * updates them in place. Beyond a few pairs an index finds them by a hash of the key, which depends
 * on what the key is, never on where it lies.
 *
 * 1. count <= used <= capacity; cells[0..used) are pairs, a key of BRC_NONE marks an erased one.
 * 2. index is NULL while capacity <= FEW; else it has 2 * capacity slots: 0, or 1 + a pair's place,
 *    each pair in the first free slot from its home on. */
#include "proc/proc.h"
#include "base/panic.h"
#include "term/cmp.h"
#include "term/hash.h"
#include <stdlib.h>

#define FEW 8 /* pairs that are looked through without an index */

static uint32_t hash_key(Term key) {
    if (!term_is_pointer(key)) {
        uint64_t h = (key ^ key >> 32) * UINT64_C(0x9e3779b97f4a7c15);
        return (uint32_t)(h >> 32);
    }
    return brc_term_map_hash(key, 0);
}

static bool same(Term a, Term b) {
    return a == b || (term_is_pointer(a) && term_is_pointer(b) && brc_term_eq(a, b));
}

static uint32_t home_of(const Dict *d, Term key) {
    return hash_key(key) & (2 * d->capacity - 1);
}

static uint32_t next_slot(const Dict *d, uint32_t slot) {
    return (slot + 1) & (2 * d->capacity - 1);
}

/* The slot of the key's pair, or the free slot where it would go. Needs an index. */
static uint32_t *slot_of(const Dict *d, Term key) {
    for (uint32_t i = home_of(d, key);; i = next_slot(d, i)) {
        uint32_t *slot = &d->index[i];
        if (!*slot || same(d->cells[2 * (size_t)(*slot - 1)], key)) return slot;
    }
}

/* The key's pair, or NULL. */
static Term *cell_of(const Dict *d, Term key) {
    if (d->index) {
        uint32_t place = *slot_of(d, key);
        return place ? d->cells + 2 * (size_t)(place - 1) : NULL;
    }
    for (Term *cell = d->cells; cell < d->cells + 2 * (size_t)d->used; cell += 2)
        if (same(cell[0], key)) return cell;
    return NULL;
}

static void append(Dict *d, Term key, Term value) {
    if (d->index) *slot_of(d, key) = d->used + 1;
    d->cells[2 * (size_t)d->used] = key;
    d->cells[2 * (size_t)d->used + 1] = value;
    d->used++;
    d->count++;
}

/* With room for a pair more: leaves erased ones out, and doubles where few are. */
static Dict *grown(Dict *d) {
    uint32_t had = d ? d->capacity : 0, count = d ? d->count : 0;
    uint32_t capacity = had && count <= had / 2 ? had : had * 2;
    Dict *fresh = calloc(1, sizeof *fresh);
    BRC_CHECK(fresh != NULL);
    fresh->capacity = capacity ? capacity : 4;
    fresh->cells = malloc(2 * sizeof(Term) * (size_t)fresh->capacity);
    if (fresh->capacity > FEW) fresh->index = calloc(2 * (size_t)fresh->capacity, sizeof(uint32_t));
    BRC_CHECK(fresh->cells != NULL && (fresh->index != NULL || fresh->capacity <= FEW));
    for (uint32_t i = 0; d && i < d->used; i++) {
        const Term *cell = d->cells + 2 * (size_t)i;
        if (cell[0] != BRC_NONE) append(fresh, cell[0], cell[1]);
    }
    brc_proc_dict_free(&d);
    return fresh;
}

Term brc_proc_dict_get(const Dict *d, Term key) {
    const Term *cell = d && d->count ? cell_of(d, key) : NULL;
    return cell ? cell[1] : BRC_NONE;
}

Term brc_proc_dict_put(Dict **at, Term key, Term value) {
    Dict *d = *at;
    Term *cell = d && d->count ? cell_of(d, key) : NULL;
    if (cell) {
        Term old = cell[1];
        cell[1] = value;
        return old;
    }
    if (!d || d->used == d->capacity) d = *at = grown(d);
    append(d, key, value);
    return BRC_NONE;
}

/* Frees the slot: those after it that could not have its place before come nearer to their homes.
 */
static void free_slot(Dict *d, uint32_t at) {
    uint32_t mask = 2 * d->capacity - 1;
    for (uint32_t j = next_slot(d, at); d->index[j]; j = next_slot(d, j)) {
        uint32_t home = home_of(d, d->cells[2 * (size_t)(d->index[j] - 1)]);
        if (((j - home) & mask) < ((j - at) & mask)) continue;
        d->index[at] = d->index[j];
        at = j;
    }
    d->index[at] = 0;
}

Term brc_proc_dict_erase(Dict *d, Term key) {
    Term *cell = d && d->count ? cell_of(d, key) : NULL;
    if (!cell) return BRC_NONE;
    Term old = cell[1];
    if (d->index) free_slot(d, (uint32_t)(slot_of(d, key) - d->index));
    cell[0] = cell[1] = BRC_NONE;
    d->count--;
    while (d->used && d->cells[2 * (size_t)(d->used - 1)] == BRC_NONE)
        d->used--;
    return old;
}

void brc_proc_dict_free(Dict **at) {
    if (!*at) return;
    free((*at)->cells);
    free((*at)->index);
    free(*at);
    *at = NULL;
}
