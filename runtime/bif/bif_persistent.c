/* bif_persistent.c: persistent_term: terms that every process reads without copying.
 *
 * Keys and values are copied to the literal area, so a read is a look in a table and nothing else.
 * Readers take no lock: the table is an open hash table of pointers to entries, one for each key
 * ever used; a writer (one at a time, under the lock) changes the value of an entry, or, when the
 * table fills up, puts another table in its place. Old tables, and terms replaced or erased, stay:
 * someone may still be reading them. So an entry keeps what was erased, and takes the same value
 * anew from there. All of it lies in the literal area, whose memory comes zeroed; when that is
 * full, what would need more fails with system_limit. */
#include "abi/bif.h"
#include "base/lock.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "heap/heap.h"
#include "term/etf.h"
#include "term/cmp.h"
#include "term/hash.h"
#include "term/int.h"
#include "term/litarea.h"
#include "term/map.h"

typedef struct Entry {
    Term key;
    _Atomic(Term) value; /* BRC_NONE: erased. The release of a store pairs with value_of */
    uint32_t hash;
    uint64_t words; /* under the lock: copied for this entry's key and value */
    uint64_t key_words;
    Term kept; /* under the lock: what the value was before it was erased */
} Entry;

typedef struct Table {
    size_t mask;
    _Atomic(Entry *) slot[];
} Table;

static _Atomic(Table *) table; /* the release of a store pairs with the acquire of find */
static BrcLock lock;
/* Under the lock: */
static size_t slots_used, live, live_words;
static Term *literal_offheap; /* what literals refer to outside; never swept */

static Term value_of(const Entry *e) {
    return atomic_load_explicit(&e->value, memory_order_acquire);
}

static Table *table_new(size_t slots) {
    Table *t = (Table *)brc_term_literal_try_alloc(1 + slots);
    if (t == NULL) return NULL;
    t->mask = slots - 1;
    return t;
}

/* The slot of key, or the empty one where it belongs. */
static _Atomic(Entry *) *find(Table *t, Term key, uint32_t hash, Entry **found) {
    for (size_t i = hash & t->mask;; i = (i + 1) & t->mask) {
        Entry *e = atomic_load_explicit(&t->slot[i], memory_order_acquire);
        *found = e;
        if (e == NULL || (e->hash == hash && brc_term_eq(e->key, key))) return &t->slot[i];
    }
}

static Term look_up(Term key) {
    Table *t = atomic_load_explicit(&table, memory_order_acquire);
    Entry *e;
    if (t == NULL) return BRC_NONE;
    find(t, key, brc_term_map_hash(key, 0), &e);
    return e ? value_of(e) : BRC_NONE;
}

/* False: there is no room. Erased keys stay: their entries may be put to use again. */
static bool grow_locked(void) {
    Table *old = atomic_load_explicit(&table, memory_order_relaxed);
    Table *t = table_new(old ? 2 * (old->mask + 1) : 64);
    if (t == NULL) return false;
    for (size_t i = 0; old && i <= old->mask; i++) {
        Entry *e = atomic_load_explicit(&old->slot[i], memory_order_relaxed), *none;
        if (e != NULL)
            atomic_store_explicit(find(t, e->key, e->hash, &none), e, memory_order_relaxed);
    }
    atomic_store_explicit(&table, t, memory_order_release);
    return true;
}

static Term to_literal_locked(Term t, uint64_t *words) {
    size_t n = brc_heap_size_words(t);
    if (n == 0) return t;
    Term *at = brc_term_literal_try_alloc(n);
    if (at == NULL) return BRC_NONE;
    *words += n;
    return brc_heap_copy(t, &at, &literal_offheap);
}

/* The same in every bit? =:= holds for 0.0 and -0.0, too. */
static bool identical(Term a, Term b) {
    if (!brc_term_eq(a, b)) return false;
    if (!term_is_pointer(a)) return true;
    SharedBin *x = brc_term_etf_encode(a, 0, BRC_NIL, NULL);
    SharedBin *y = brc_term_etf_encode(b, 0, BRC_NIL, NULL);
    bool same =
        x && y && x->size_bytes == y->size_bytes && memcmp(x->data, y->data, x->size_bytes) == 0;
    if (x) brc_ctx_sharedbin_unref(x);
    if (y) brc_ctx_sharedbin_unref(y);
    return same;
}

/* An entry for a new key, not yet in the table; NULL: there is no room. */
static Entry *entry_new_locked(Term key, uint32_t hash) {
    Entry *e = (Entry *)brc_term_literal_try_alloc((sizeof *e + 7) / sizeof(Term));
    if (e == NULL) return NULL;
    e->hash = hash;
    atomic_init(&e->value, BRC_NONE);
    e->kept = BRC_NONE;
    e->key = to_literal_locked(key, &e->key_words);
    return e->key == BRC_NONE ? NULL : e;
}

static bool set_value_locked(Entry *e, Term value) {
    Term now = e->kept != BRC_NONE && identical(e->kept, value) ? e->kept : BRC_NONE;
    uint64_t words = now != BRC_NONE ? brc_heap_flat_words(now) : 0;
    if (now == BRC_NONE) now = to_literal_locked(value, &words);
    if (now == BRC_NONE) return false;
    if (value_of(e) == BRC_NONE)
        live++;
    else
        live_words -= e->words;
    e->words = e->key_words + words;
    live_words += e->words;
    e->kept = BRC_NONE;
    atomic_store_explicit(&e->value, now, memory_order_release);
    return true;
}

enum Put { PUT_ANY, PUT_NEW };
enum PutResult { PUT_OK, PUT_OTHER, PUT_FULL };

static enum PutResult put_locked(Term key, uint32_t hash, Term value, enum Put how) {
    Entry *e;
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    if ((t == NULL || 4 * slots_used >= 3 * (t->mask + 1)) && !grow_locked()) return PUT_FULL;
    t = atomic_load_explicit(&table, memory_order_relaxed);
    _Atomic(Entry *) *slot = find(t, key, hash, &e);
    if (e && value_of(e) != BRC_NONE) {
        if (brc_term_eq(value_of(e), value)) return PUT_OK;
        if (how == PUT_NEW) return PUT_OTHER;
    }
    if (e) return set_value_locked(e, value) ? PUT_OK : PUT_FULL;
    e = entry_new_locked(key, hash);
    if (e == NULL || !set_value_locked(e, value)) return PUT_FULL;
    slots_used++;
    atomic_store_explicit(slot, e, memory_order_release);
    return PUT_OK;
}

static Term put(Proc *p, Term key, Term value, enum Put how) {
    uint32_t hash = brc_term_map_hash(key, 0);
    brc_base_lock(&lock);
    enum PutResult r = put_locked(key, hash, value, how);
    brc_base_unlock(&lock);
    return r == PUT_OK ? AM(ok) : r == PUT_OTHER ? brc_ctx_badarg(p) : brc_ctx_system_limit(p);
}

Term brc_bif_persistent_term_put_2(Proc *p, Term key, Term value) {
    return put(p, key, value, PUT_ANY);
}

Term brc_bif_persistent_term_put_new_2(Proc *p, Term key, Term value) {
    return put(p, key, value, PUT_NEW);
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
    Entry *e = NULL;
    brc_base_lock(&lock);
    Table *t = atomic_load_explicit(&table, memory_order_relaxed);
    if (t) find(t, key, brc_term_map_hash(key, 0), &e);
    bool there = e && value_of(e) != BRC_NONE;
    if (there) {
        e->kept = value_of(e);
        live--;
        live_words -= e->words;
        atomic_store_explicit(&e->value, BRC_NONE, memory_order_release);
    }
    brc_base_unlock(&lock);
    return term_bool(there);
}

Term brc_bif_persistent_term_get_0(Proc *p) {
    Table *t = atomic_load_explicit(&table, memory_order_acquire);
    Term list = BRC_NIL;
    for (size_t i = 0; t && i <= t->mask; i++) {
        const Entry *e = atomic_load_explicit(&t->slot[i], memory_order_acquire);
        Term value = e ? value_of(e) : BRC_NONE;
        if (value == BRC_NONE) continue;
        Term *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, e->key, value), list);
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
