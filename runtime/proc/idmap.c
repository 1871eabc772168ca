/* idmap.c: see idmap.h. Keys are process identifiers, atoms and reference numbers: their bits are
 * mixed by one multiplication, and the top bits choose the cell. */
#include "proc/idmap.h"
#include <stdlib.h>

#define FIRST_CAPACITY 2u

static uint32_t home_of(const IdMap *m, uint64_t key) {
    uint64_t h = (key ^ (key >> 32)) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(h >> 32) & (m->capacity - 1);
}

static void insert_new(IdMap *m, uint64_t key, uint64_t value) {
    uint32_t i = home_of(m, key);
    while (m->cells[i].key)
        i = (i + 1) & (m->capacity - 1);
    m->cells[i] = (IdCell){key, value};
    m->count++;
}

static void grow(IdMap *m) {
    IdMap bigger = {.capacity = m->capacity ? m->capacity * 2 : FIRST_CAPACITY};
    bigger.cells = calloc(bigger.capacity, sizeof(IdCell));
    if (!bigger.cells) abort();
    for (uint32_t i = 0; i < m->capacity; i++)
        if (m->cells[i].key) insert_new(&bigger, m->cells[i].key, m->cells[i].value);
    free(m->cells);
    *m = bigger;
}

uint64_t *brc_proc_idmap_get(const IdMap *m, uint64_t key) {
    if (!m->count) return NULL;
    for (uint32_t i = home_of(m, key); m->cells[i].key; i = (i + 1) & (m->capacity - 1))
        if (m->cells[i].key == key) return &m->cells[i].value;
    return NULL;
}

bool brc_proc_idmap_put(IdMap *m, uint64_t key, uint64_t value) {
    uint64_t *there = brc_proc_idmap_get(m, key);
    if (there) {
        *there = value;
        return false;
    }
    if ((m->count + 1) * 4 > m->capacity * 3) grow(m);
    insert_new(m, key, value);
    return true;
}

/* Closes the gap at i: moves back every later cell of the run that may lie there. */
static void close_gap(IdMap *m, uint32_t i) {
    uint32_t mask = m->capacity - 1;
    for (uint32_t j = (i + 1) & mask; m->cells[j].key; j = (j + 1) & mask) {
        uint32_t home = home_of(m, m->cells[j].key);
        if (((j - home) & mask) < ((j - i) & mask)) continue;
        m->cells[i] = m->cells[j];
        i = j;
    }
    m->cells[i].key = 0;
}

bool brc_proc_idmap_remove(IdMap *m, uint64_t key, uint64_t *value) {
    uint64_t *there = brc_proc_idmap_get(m, key);
    if (!there) return false;
    if (value) *value = *there;
    IdCell *cell = (IdCell *)(void *)((char *)there - offsetof(IdCell, value));
    close_gap(m, (uint32_t)(cell - m->cells));
    m->count--;
    if (m->count == 0 && m->capacity > 64) brc_proc_idmap_free(m);
    return true;
}

const IdCell *brc_proc_idmap_next(const IdMap *m, uint32_t *at) {
    while (*at < m->capacity) {
        const IdCell *cell = &m->cells[(*at)++];
        if (cell->key) return cell;
    }
    return NULL;
}

void brc_proc_idmap_free(IdMap *m) {
    free(m->cells);
    *m = (IdMap){0};
}
