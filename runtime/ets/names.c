/* names.c: the directory of named tables.
 *
 * It is an open hash table of entries, one for each name ever used; readers take no lock, for
 * entries stay for ever and hold a pointer that is changed as one word. Directories that became too
 * small stay, too: someone may be reading them. */
#include "base/panic.h"
#include "ets/table.h"
#include <stdlib.h>

typedef struct NameEntry {
    Term name;
    _Atomic(Ets *) table; /* NULL: none has it now */
} NameEntry;
typedef struct Names {
    size_t mask;
    _Atomic(NameEntry *) entry[];
} Names;

static _Atomic(Names *) names; /* the release of a store pairs with the acquire in find_name */
static BrcLock names_lock;
static size_t names_used; /* under names_lock */

static _Atomic(NameEntry *) *find_name(Names *n, Term name, NameEntry **found) {
    for (size_t i = (name >> 4 ^ name >> 24) & n->mask;; i = (i + 1) & n->mask) {
        NameEntry *e = atomic_load_explicit(&n->entry[i], memory_order_acquire);
        *found = e;
        if (e == NULL || e->name == name) return &n->entry[i];
    }
}

static Names *names_new(size_t entries) {
    Names *n = calloc(1, sizeof *n + entries * sizeof n->entry[0]);
    if (!n) brc_base_panic("out of memory (names of tables)");
    n->mask = entries - 1;
    return n;
}

static void names_grow_locked(void) {
    Names *old = atomic_load_explicit(&names, memory_order_relaxed);
    Names *n = names_new(old ? 2 * (old->mask + 1) : 64);
    for (size_t i = 0; old && i <= old->mask; i++) {
        NameEntry *e = atomic_load_explicit(&old->entry[i], memory_order_relaxed), *none;
        if (e) atomic_store_explicit(find_name(n, e->name, &none), e, memory_order_relaxed);
    }
    atomic_store_explicit(&names, n, memory_order_release);
}

static NameEntry *name_entry_locked(Term name) {
    Names *n = atomic_load_explicit(&names, memory_order_relaxed);
    if (n == NULL || 2 * names_used > n->mask) {
        names_grow_locked();
        n = atomic_load_explicit(&names, memory_order_relaxed);
    }
    NameEntry *e;
    _Atomic(NameEntry *) *at = find_name(n, name, &e);
    if (e) return e;
    e = malloc(sizeof *e);
    if (!e) brc_base_panic("out of memory (names of tables)");
    e->name = name;
    atomic_init(&e->table, NULL);
    atomic_store_explicit(at, e, memory_order_release);
    names_used++;
    return e;
}

Ets *brc_ets_named(Term name) {
    Names *n = atomic_load_explicit(&names, memory_order_acquire);
    NameEntry *e;
    if (n == NULL) return NULL;
    find_name(n, name, &e);
    /* acquire: what was written to the table before it was named */
    return e ? atomic_load_explicit(&e->table, memory_order_acquire) : NULL;
}

bool brc_ets_take_name(Ets *t, Term name) {
    brc_base_lock(&names_lock);
    NameEntry *e = name_entry_locked(name);
    bool free_ = atomic_load_explicit(&e->table, memory_order_relaxed) == NULL;
    if (free_) {
        atomic_store_explicit(&t->name, name, memory_order_relaxed);
        atomic_store_explicit(&e->table, t, memory_order_release);
    }
    brc_base_unlock(&names_lock);
    return free_;
}

void brc_ets_drop_name(Term name) {
    brc_base_lock(&names_lock);
    atomic_store_explicit(&name_entry_locked(name)->table, NULL, memory_order_release);
    brc_base_unlock(&names_lock);
}

bool brc_ets_rename(Ets *t, Term name) {
    Term old = atomic_load_explicit(&t->name, memory_order_relaxed);
    if (!t->named) {
        atomic_store_explicit(&t->name, name, memory_order_relaxed);
        return true;
    }
    if (!brc_ets_take_name(t, name)) return false;
    brc_ets_drop_name(old);
    return true;
}
