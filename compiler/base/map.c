/* map.c: byte keys to pointers: open addressing over an array of entries kept in the order of
 * first insertion.
 *
 * Invariants: 1. slots hold entry number + 1, 0 for empty; their count is a power of two.
 *             2. fewer than 3/4 of the slots are used, so every search ends. */
#include "base/mem.h"

typedef struct Entry {
    const char *key;
    void *value;
    size_t len;
    uint64_t hash;
} Entry;

struct Map {
    VEC(Entry) entries;
    uint32_t *slots;
    size_t slot_count;
};

static uint64_t hash_bytes(const char *key, size_t len) {
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)key[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

static void fill_slots(Map *m, size_t slot_count) {
    m->slots = mem_alloc_atomic(slot_count * sizeof *m->slots);
    memset(m->slots, 0, slot_count * sizeof *m->slots);
    m->slot_count = slot_count;
    for (size_t i = 0; i < m->entries.count; i++) {
        size_t at = m->entries.at[i].hash & (slot_count - 1);
        while (m->slots[at])
            at = (at + 1) & (slot_count - 1);
        m->slots[at] = (uint32_t)(i + 1);
    }
}

/* The slot of the key, or the empty one where it would go. */
static size_t find(const Map *m, const char *key, size_t len, uint64_t hash) {
    size_t at = hash & (m->slot_count - 1);
    for (; m->slots[at]; at = (at + 1) & (m->slot_count - 1)) {
        const Entry *e = &m->entries.at[m->slots[at] - 1];
        if (e->hash == hash && e->len == len && (len == 0 || memcmp(e->key, key, len) == 0)) break;
    }
    return at;
}

Map *map_new(void) {
    Map *m = mem_new(Map);
    fill_slots(m, 16);
    return m;
}

void map_set(Map *m, const char *key, size_t len, void *value) {
    uint64_t hash = hash_bytes(key, len);
    size_t at = find(m, key, len, hash);
    if (m->slots[at]) {
        m->entries.at[m->slots[at] - 1].value = value;
        return;
    }
    Entry e = {mem_copy_text(key, len), value, len, hash};
    vec_push(&m->entries, e);
    m->slots[at] = (uint32_t)m->entries.count;
    if (m->entries.count * 4 >= m->slot_count * 3) fill_slots(m, m->slot_count * 2);
}

void *map_get(const Map *m, const char *key, size_t len) {
    size_t at = find(m, key, len, hash_bytes(key, len));
    return m->slots[at] ? m->entries.at[m->slots[at] - 1].value : NULL;
}

size_t map_count(const Map *m) {
    return m->entries.count;
}

void map_each(const Map *m, void (*visit)(const char *key, size_t len, void *value, void *arg),
              void *arg) {
    for (size_t i = 0; i < m->entries.count; i++) {
        Entry e = m->entries.at[i];
        visit(e.key, e.len, e.value, arg);
    }
}
