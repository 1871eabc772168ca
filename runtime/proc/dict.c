/* dict.c: the process dictionary: pairs of terms of the process's own heap, found by hashing the
 * key. The cells are roots: the collector updates them in place. Hashes depend on what the key is,
 * never on where it lies. */
#include "proc/proc.h"
#include "base/panic.h"
#include "term/cmp.h"
#include "term/hash.h"
#include <stdlib.h>

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

/* The pair of the key, or the free pair where it would go. capacity > 0. */
static Term *cell_of(const Dict *d, Term key) {
    uint32_t mask = d->capacity - 1;
    for (uint32_t i = hash_key(key) & mask;; i = (i + 1) & mask) {
        Term *cell = d->cells + 2 * (size_t)i;
        if (cell[0] == BRC_NONE || same(cell[0], key)) return cell;
    }
}

static void grow(Dict *d) {
    Dict bigger = {.capacity = d->capacity ? d->capacity * 2 : 4, .count = d->count};
    bigger.cells = malloc(2 * sizeof(Term) * (size_t)bigger.capacity);
    BRC_CHECK(bigger.cells != NULL);
    for (size_t i = 0; i < 2 * (size_t)bigger.capacity; i++)
        bigger.cells[i] = BRC_NONE;
    for (size_t i = 0; i < 2 * (size_t)d->capacity; i += 2) {
        if (d->cells[i] == BRC_NONE) continue;
        Term *cell = cell_of(&bigger, d->cells[i]);
        cell[0] = d->cells[i];
        cell[1] = d->cells[i + 1];
    }
    free(d->cells);
    *d = bigger;
}

Term brc_proc_dict_get(const Dict *d, Term key) {
    if (!d->count) return BRC_NONE;
    const Term *cell = cell_of(d, key);
    return cell[0] == BRC_NONE ? BRC_NONE : cell[1];
}

Term brc_proc_dict_put(Dict *d, Term key, Term value) {
    if ((d->count + 1) * 4 > d->capacity * 3) grow(d);
    Term *cell = cell_of(d, key);
    Term old = cell[0] == BRC_NONE ? BRC_NONE : cell[1];
    if (cell[0] == BRC_NONE) {
        cell[0] = key;
        d->count++;
    }
    cell[1] = value;
    return old;
}

Term brc_proc_dict_erase(Dict *d, Term key) {
    if (!d->count) return BRC_NONE;
    Term *cell = cell_of(d, key);
    if (cell[0] == BRC_NONE) return BRC_NONE;
    Term old = cell[1];
    uint32_t mask = d->capacity - 1, i = (uint32_t)(cell - d->cells) / 2;
    for (uint32_t j = (i + 1) & mask; d->cells[2 * (size_t)j] != BRC_NONE; j = (j + 1) & mask) {
        uint32_t home = hash_key(d->cells[2 * (size_t)j]) & mask;
        if (((j - home) & mask) < ((j - i) & mask)) continue;
        d->cells[2 * (size_t)i] = d->cells[2 * (size_t)j];
        d->cells[2 * (size_t)i + 1] = d->cells[2 * (size_t)j + 1];
        i = j;
    }
    d->cells[2 * (size_t)i] = d->cells[2 * (size_t)i + 1] = BRC_NONE;
    d->count--;
    return old;
}

void brc_proc_dict_free(Dict *d) {
    free(d->cells);
    *d = (Dict){0};
}
