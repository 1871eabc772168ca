/* bif_persistent.c: persistent_term: terms that every process reads without copying.
 *
 * Keys and values are copied to the literal area, so a read is a look in a table and nothing else.
 * Readers take no lock: the table is an open hash table of pointers to entries that never change;
 * a writer (one at a time, under the lock) puts another entry in the slot, or, when the table
 * fills up, another table in its place. Old tables, and terms replaced or erased, stay: someone may
 * still be reading them. All of it lies in the literal area, whose memory comes zeroed. */
#include "abi/bif.h"
#include "base/lock.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "heap/heap.h"
#include "term/cmp.h"
#include "term/hash.h"
#include "term/int.h"
#include "term/litarea.h"
#include "term/map.h"

typedef struct Entry {
    Term key, value; /* value BRC_NONE: erased */
    uint32_t hash;
    uint64_t words; /* copied for this entry */
} Entry;

typedef struct Table {
    size_t mask;
    _Atomic(const Entry *) slot[];
} Table;

static _Atomic(Table *) table; /* the release of a store pairs with the acquire of find */
static BrcLock lock;
/* Under the lock: */
static size_t slots_used, live, live_words;
static Term *literal_offheap; /* what literals refer to outside; never swept */

static Table *table_new(size_t slots) {
    Table *t = (Table *)brc_term_literal_alloc(1 + slots);
    t->mask = slots - 1;
    return t;
}

/* The slot of key, or the empty one where it belongs. */
static _Atomic(const Entry *) *find(Table *t, Term key, uint32_t hash, const Entry **found) {
    for (size_t i = hash & t->mask;; i = (i + 1) & t->mask) {
        const Entry *e = atomic_load_explicit(&t->slot[i], memory_order_acquire);
        *found = e;
        if (e == NULL || (e->hash == hash && brc_term_eq(e->key, key))) return &t->slot[i];
    }
}

static Term look_up(Term key) {
    Table *t = atomic_load_explicit(&table, memory_order_acquire);
    const Entry *e;
    if (t == NULL) return BRC_NONE;
    find(t, key, brc_term_map_hash(key, 0), &e);
    return e ? e->value : BRC_NONE;
}

static void grow_locked(void) {
    Table *old = atomic_load_explicit(&table, memory_order_relaxed);
    Table *t = table_new(old ? 2 * (old->mask + 1) : 64);
    slots_used = 0;
    for (size_t i = 0; old && i <= old->mask; i++) {
        const Entry *e = atomic_load_explicit(&old->slot[i], memory_order_relaxed), *none;
        if (e == NULL || e->value == BRC_NONE) continue;
        atomic_store_explicit(find(t, e->key, e->hash, &none), e, memory_order_relaxed);
        slots_used++;
    }
    atomic_store_explicit(&table, t, memory_order_release);
}

static Term to_literal_locked(Term t, uint64_t *words) {
    size_t n = brc_heap_size_words(t);
    if (n == 0) return t;
    Term *at = brc_term_literal_alloc(n);
    *words += n;
    return brc_heap_copy(t, &at, &literal_offheap);
}

static void store_locked(_Atomic(const Entry *) *slot, const Entry *old, Term key, uint32_t hash,
                         Term value) {
    Entry *e = (Entry *)brc_term_literal_alloc(sizeof *e / sizeof(Term));
    *e = (Entry){.key = old ? old->key : BRC_NONE, .value = BRC_NONE, .hash = hash};
    if (old == NULL) {
        e->key = to_literal_locked(key, &e->words);
        slots_used++;
    } else if (old->value != BRC_NONE) {
        live--;
        live_words -= old->words;
    }
    if (value != BRC_NONE) {
        e->value = to_literal_locked(value, &e->words);
        live++;
        live_words += e->words;
    }
    atomic_store_explicit(slot, e, memory_order_release);
}

enum Put { PUT_ANY, PUT_NEW };

static bool put(Term key, Term value, enum Put how) {
    uint32_t hash = brc_term_map_hash(key, 0);
    const Entry *old;
    bool ok = true;
    brc_base_lock(&lock);
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    if (t == NULL || 4 * slots_used >= 3 * (t->mask + 1)) grow_locked();
    _Atomic(const Entry *) *slot =
        find(atomic_load_explicit(&table, memory_order_relaxed), key, hash, &old);
    bool there = old && old->value != BRC_NONE;
    if (!there || !brc_term_eq(old->value, value)) {
        ok = !there || how == PUT_ANY;
        if (ok) store_locked(slot, old, key, hash, value);
    }
    brc_base_unlock(&lock);
    return ok;
}

Term brc_bif_persistent_term_put_2(Proc *p, Term key, Term value) {
    (void)p;
    put(key, value, PUT_ANY);
    return AM(ok);
}

Term brc_bif_persistent_term_put_new_2(Proc *p, Term key, Term value) {
    return put(key, value, PUT_NEW) ? AM(ok) : brc_ctx_badarg(p);
}

Term brc_bif_persistent_term_get_1(Proc *p, Term key) {
    Term value = look_up(key);
    return value != BRC_NONE ? value : brc_ctx_badarg(p);
}

Term brc_bif_persistent_term_get_2(Proc *p, Term key, Term otherwise) {
    (void)p;
    Term value = look_up(key);
    return value != BRC_NONE ? value : otherwise;
}

Term brc_bif_persistent_term_erase_1(Proc *p, Term key) {
    (void)p;
    const Entry *old = NULL;
    brc_base_lock(&lock);
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    if (t) {
        _Atomic(const Entry *) *slot = find(t, key, brc_term_map_hash(key, 0), &old);
        if (old && old->value == BRC_NONE) old = NULL;
        if (old) store_locked(slot, old, key, old->hash, BRC_NONE);
    }
    brc_base_unlock(&lock);
    return term_bool(old != NULL);
}

Term brc_bif_persistent_term_get_0(Proc *p) {
    Table *t = atomic_load_explicit(&table, memory_order_acquire);
    Term list = BRC_NIL;
    for (size_t i = 0; t && i <= t->mask; i++) {
        const Entry *e = atomic_load_explicit(&t->slot[i], memory_order_acquire);
        if (e == NULL || e->value == BRC_NONE) continue;
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, e->key, e->value), list);
    }
    return list;
}

Term brc_bif_persistent_term_info_0(Proc *p) {
    brc_base_lock(&lock);
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    size_t count = live, bytes = live_words * sizeof(Term) + live * sizeof(Entry);
    if (t) bytes += sizeof *t + (t->mask + 1) * sizeof t->slot[0];
    brc_base_unlock(&lock);
    Term pairs[] = {AM(count), BRC_SMALL(count), AM(memory), BRC_SMALL(bytes)};
    return brc_term_map_from_pairs(p, pairs, 2);
}
