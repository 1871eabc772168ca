/* bif_persistent.c: persistent_term: terms that every process reads without copying.
 *
 * Keys and values are copied to the literal area, so a read is a look in a table and nothing else.
 * Readers take no lock: the table is an open hash table of pointers to entries. A writer (one at a
 * time, under the lock) changes the value of an entry, takes an entry out, or puts another table in
 * place. What is replaced is retired (sig/purge.h): it stays until no process can hold it any more.
 *
 * Invariants: 1. at least half of the slots were never used or are erased, a quarter never used;
 * 2. where there are more than LEAST_SLOTS, at least a quarter is in use. */
#include "abi/bif.h"
#include "base/lock.h"
#include "base/panic.h"
#include "bif/persistent.h"
#include "ctx/fail.h"
#include "heap/sharing.h"
#include "sig/purge.h"
#include "term/cmp.h"
#include "term/hash.h"
#include "term/litarea.h"
#include "term/map.h"
#include <stdlib.h>

enum { LEAST_SLOTS = 8 };

typedef struct Kept { /* where a copy lies; block NULL: an immediate or there for good */
    Term *block, *offheap;
    size_t words;
    size_t shown; /* words, for info/0: what is there for good counts, too */
} Kept;

typedef struct Entry {
    Term key;
    _Atomic(Term) value; /* the release of a store pairs with value_of */
    uint32_t hash;
    Kept key_kept, value_kept; /* under the lock */
} Entry;

typedef struct Table {
    size_t mask;
    _Atomic(Entry *) slot[]; /* NULL: never used */
} Table;

static Entry erased;           /* stands where one was */
static _Atomic(Table *) table; /* the release of a store pairs with the acquire of find */
static BrcLock lock;
/* Under the lock: */
static size_t slots_used, live, live_words;

static Term value_of(const Entry *e) {
    return atomic_load_explicit(&e->value, memory_order_acquire);
}

/* ---- finding ---- */

/* The slot of key; where it is not there (*found NULL), the one it is to be put in. */
static _Atomic(Entry *) *find(Table *t, Term key, uint32_t hash, Entry **found) {
    _Atomic(Entry *) *free_ = NULL;
    for (size_t i = hash & t->mask;; i = (i + 1) & t->mask) {
        Entry *e = *found = atomic_load_explicit(&t->slot[i], memory_order_acquire);
        if (e == NULL) return free_ ? free_ : &t->slot[i];
        if (e == &erased) {
            if (!free_) free_ = &t->slot[i];
        } else if (e->hash == hash && brc_term_eq(e->key, key)) {
            return &t->slot[i];
        }
    }
}

static Term look_up(Term key) {
    Table *t = atomic_load_explicit(&table, memory_order_acquire);
    Entry *e;
    if (t == NULL) return BRC_NONE;
    find(t, key, brc_term_map_hash(key, 0), &e);
    return e ? value_of(e) : BRC_NONE;
}

/* ---- what is kept, and what goes ---- */

/* BRC_NONE: there is no room. */
static Term keep(Term t, Kept *k) {
    *k = (Kept){.shown = brc_heap_flat_words(t)};
    if (!term_is_pointer(t) || term_is_static(t)) return t;
    Sharing s;
    brc_heap_sharing_find(&s, t, term_static_limit());
    k->words = k->shown = s.words;
    k->block = brc_term_keep_try_alloc(s.words);
    Term copy = k->block ? brc_heap_sharing_copy(&s, t, k->block, &k->offheap) : BRC_NONE;
    brc_heap_sharing_free(&s);
    return copy;
}

static Retired *retired(Retired *list, const Kept *k, void *memory) {
    if (!k->block && !memory) return list;
    Retired *r = calloc(1, sizeof *r);
    if (!r) brc_base_panic("out of memory (persistent terms)");
    *r = (Retired){list, k->block, k->words, k->offheap, memory};
    return r;
}

/* After the lock is given up: others may have to be waited for. */
static void retire_all(Proc *p, Retired *list) {
    bool terms = false; /* processes may hold */
    if (list) brc_ctx_charge(p, 20);
    for (Retired *next; list; list = next) {
        next = list->next;
        terms = terms || list->block;
        brc_sig_retire(list, terms && !next);
    }
}

/* ---- the table ---- */

static Retired *set_size_locked(size_t slots, Retired *gone) {
    Table *old = atomic_load_explicit(&table, memory_order_relaxed);
    Table *t = calloc(1, sizeof *t + slots * sizeof t->slot[0]);
    if (!t) brc_base_panic("out of memory (persistent terms)");
    t->mask = slots - 1;
    for (size_t i = 0; old && i <= old->mask; i++) {
        Entry *e = atomic_load_explicit(&old->slot[i], memory_order_relaxed), *none;
        if (e != NULL && e != &erased)
            atomic_store_explicit(find(t, e->key, e->hash, &none), e, memory_order_relaxed);
    }
    slots_used = live;
    atomic_store_explicit(&table, t, memory_order_release);
    return old ? retired(gone, &(Kept){0}, old) : gone;
}

static size_t slots_locked(void) {
    const Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    return t ? t->mask + 1 : 0;
}

/* Room for one more. */
static Retired *grow_locked(Retired *gone) {
    size_t slots = slots_locked();
    if (2 * (live + 1) > slots) return set_size_locked(slots ? 2 * slots : LEAST_SLOTS, gone);
    return 4 * (slots_used + 1) > 3 * slots ? set_size_locked(slots, gone) : gone;
}

static Retired *shrink_locked(Retired *gone) {
    size_t slots = slots_locked(), want = slots;
    while (want > LEAST_SLOTS && 4 * live < want)
        want /= 2;
    return want < slots ? set_size_locked(want, gone) : gone;
}

/* ---- put ---- */

enum Put { PUT_ANY, PUT_NEW };
enum PutResult { PUT_OK, PUT_OTHER, PUT_FULL };

static enum PutResult replace_locked(Entry *e, Term value, Retired **gone) {
    Kept k;
    Term copy = keep(value, &k);
    if (copy == BRC_NONE) return PUT_FULL;
    *gone = retired(*gone, &e->value_kept, NULL);
    live_words += k.shown - e->value_kept.shown;
    e->value_kept = k;
    atomic_store_explicit(&e->value, copy, memory_order_release);
    return PUT_OK;
}

static enum PutResult add_locked(Term key, uint32_t hash, Term value, Retired **gone) {
    Entry *e = calloc(1, sizeof *e), *none;
    if (!e) return PUT_FULL;
    e->hash = hash;
    e->key = keep(key, &e->key_kept);
    Term copy = e->key == BRC_NONE ? BRC_NONE : keep(value, &e->value_kept);
    if (copy == BRC_NONE) {
        *gone = retired(*gone, &e->key_kept, e);
        return PUT_FULL;
    }
    atomic_init(&e->value, copy);
    *gone = grow_locked(*gone);
    _Atomic(Entry *) *slot = find(atomic_load(&table), key, hash, &none);
    slots_used += atomic_load_explicit(slot, memory_order_relaxed) == NULL;
    live++;
    live_words += e->key_kept.shown + e->value_kept.shown;
    atomic_store_explicit(slot, e, memory_order_release);
    return PUT_OK;
}

static enum PutResult put_locked(Term key, uint32_t hash, Term value, enum Put how,
                                 Retired **gone) {
    Entry *e = NULL;
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    if (t) find(t, key, hash, &e);
    if (!e) return add_locked(key, hash, value, gone);
    if (brc_term_eq(value_of(e), value)) return PUT_OK;
    return how == PUT_NEW ? PUT_OTHER : replace_locked(e, value, gone);
}

static Term put(Proc *p, Term key, Term value, enum Put how) {
    uint32_t hash = brc_term_map_hash(key, 0);
    Retired *gone = NULL;
    brc_base_lock(&lock);
    enum PutResult r = put_locked(key, hash, value, how, &gone);
    brc_base_unlock(&lock);
    retire_all(p, gone);
    return r == PUT_OK ? AM(ok) : r == PUT_OTHER ? brc_ctx_badarg(p) : brc_ctx_system_limit(p);
}

Term brc_bif_persistent_term_put_2(Proc *p, Term key, Term value) {
    return put(p, key, value, PUT_ANY);
}

Term brc_bif_persistent_term_put_new_2(Proc *p, Term key, Term value) {
    return put(p, key, value, PUT_NEW);
}

/* ---- get ---- */

Term brc_bif_persistent_term_get_1(Proc *p, Term key) {
    Term value = look_up(key);
    return value != BRC_NONE ? value : brc_ctx_badarg(p);
}

Term brc_bif_persistent_term_get_2(Proc *p, Term key, Term otherwise) {
    (void)p;
    Term value = look_up(key);
    return value != BRC_NONE ? value : otherwise;
}

Term brc_bif_persistent_term_get_0(Proc *p) {
    Table *t = atomic_load_explicit(&table, memory_order_acquire);
    Term list = BRC_NIL;
    for (size_t i = 0; t && i <= t->mask; i++) {
        const Entry *e = atomic_load_explicit(&t->slot[i], memory_order_acquire);
        if (e == NULL || e == &erased) continue;
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, e->key, value_of(e)), list);
    }
    if (t) brc_ctx_charge(p, t->mask / 32);
    return list;
}

/* ---- erase ---- */

/* Slots at the end of a run may be as if never used. */
static void clear_locked(Table *t, _Atomic(Entry *) *slot) {
    size_t i = (size_t)(slot - t->slot);
    atomic_store_explicit(slot, &erased, memory_order_release);
    if (atomic_load(&t->slot[(i + 1) & t->mask]) != NULL) return;
    for (; atomic_load(&t->slot[i]) == &erased; i = (i - 1) & t->mask, slots_used--)
        atomic_store_explicit(&t->slot[i], NULL, memory_order_release);
}

static Retired *erase_locked(Table *t, _Atomic(Entry *) *slot, Entry *e) {
    live--;
    live_words -= e->key_kept.shown + e->value_kept.shown;
    clear_locked(t, slot);
    Retired *gone = shrink_locked(NULL);
    gone = retired(gone, &e->value_kept, NULL);
    return retired(gone, &e->key_kept, e);
}

Term brc_bif_persistent_term_erase_1(Proc *p, Term key) {
    Entry *e = NULL;
    _Atomic(Entry *) *slot = NULL;
    uint32_t hash = brc_term_map_hash(key, 0);
    brc_base_lock(&lock);
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    if (t) slot = find(t, key, hash, &e);
    Retired *gone = e ? erase_locked(t, slot, e) : NULL;
    brc_base_unlock(&lock);
    retire_all(p, gone);
    return term_bool(e != NULL);
}

/* ---- info ---- */

size_t brc_bif_persistent_slots(void) {
    brc_base_lock(&lock);
    size_t n = slots_locked();
    brc_base_unlock(&lock);
    return n;
}

Term brc_bif_persistent_term_info_0(Proc *p) {
    brc_base_lock(&lock);
    size_t count = live, bytes = live_words * sizeof(Term) + live * sizeof(Entry);
    bytes += slots_locked() * sizeof(Entry *);
    brc_base_unlock(&lock);
    Term pairs[] = {AM(count), BRC_SMALL(count), AM(memory), BRC_SMALL(bytes)};
    return brc_term_map_from_pairs(p, pairs, 2);
}
