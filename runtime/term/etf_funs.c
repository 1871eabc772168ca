/* etf_funs.c: the local funs that left the program in external form. Their entries are static, so
 * the table only points at them; it is as large as the program has such funs. */
#include <stdlib.h>
#include "base/lock.h"
#include "term/etf.h"

static struct {
    BrcLock lock; /* guards all below */
    const FunEntry **slots;
    size_t count, room; /* room: a power of two, at least twice count */
} table;

static bool same_fun(const FunEntry *a, const FunEntry *b) {
    return a->module == b->module && a->index == b->index && a->arity == b->arity &&
           a->nfree == b->nfree && a->old_uniq == b->old_uniq &&
           memcmp(a->uniq, b->uniq, sizeof a->uniq) == 0;
}

static const FunEntry **find_locked(const FunEntry *like) {
    uint64_t h;
    memcpy(&h, like->uniq, sizeof h);
    h = (h ^ (uint64_t)(uint32_t)like->index) * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t at = (size_t)(h >> 32);; at++) {
        const FunEntry **slot = &table.slots[at & (table.room - 1)];
        if (*slot == NULL || same_fun(*slot, like)) return slot;
    }
}

static void grow_locked(void) {
    const FunEntry **old = table.slots;
    size_t old_room = table.room;
    table.room = old_room ? 2 * old_room : 32;
    table.slots = calloc(table.room, sizeof *table.slots);
    if (table.slots == NULL) abort();
    for (size_t i = 0; i < old_room; i++)
        if (old[i] != NULL) *find_locked(old[i]) = old[i];
    free(old);
}

const FunEntry *brc_term_etf_note_fun(const FunEntry *e) {
    brc_base_lock(&table.lock);
    if (2 * (table.count + 1) > table.room) grow_locked();
    const FunEntry **slot = find_locked(e);
    if (*slot == NULL) *slot = e, table.count++;
    e = *slot;
    brc_base_unlock(&table.lock);
    return e;
}

const FunEntry *brc_term_etf_noted_fun(const FunEntry *like) {
    const FunEntry *found = NULL;
    brc_base_lock(&table.lock);
    if (table.count != 0) found = *find_locked(like);
    brc_base_unlock(&table.lock);
    return found;
}
