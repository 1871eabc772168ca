/* table.c: making, finding, locking and ending tables; the directory of names.
 *
 * The directory is an open hash table of entries, one for each name ever used; readers take no
 * lock, for entries stay for ever and hold a pointer that is changed as one word. Directories that
 * became too small stay, too: someone may be reading them. */
#include "ets/table.h"
#include "base/hooks.h"
#include "io/dump.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "proc/clock.h"
#include "term/atom.h"
#include <time.h>
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

static BrcLock all_lock;
static Ets *all_tables, *spare_tables; /* under all_lock */
static size_t table_count;

/* ---- names ---- */
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

/* False: another table has it. */
static bool take_name(Ets *t, Term name) {
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

static void drop_name(Term name) {
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
    if (!take_name(t, name)) return false;
    drop_name(old);
    return true;
}

/* ---- structs ---- */
static void destroy(Magic *m) {
    Ets *t = (Ets *)m;
    brc_base_lock(&all_lock);
    t->all_next = spare_tables;
    spare_tables = t;
    brc_base_unlock(&all_lock);
}

static Ets *struct_new(void) {
    BRC_KEEPS(show_tables);
    BRC_KEEPS(brc_ets_nodes_start);
    brc_base_lock(&all_lock);
    Ets *t = spare_tables;
    if (t) spare_tables = t->all_next;
    brc_base_unlock(&all_lock);
    if (!t) return brc_ctx_magic_new(sizeof *t, destroy);
    /* The lock stays as it is: see the head of table.h. */
    size_t head = offsetof(Ets, kind);
    memset((char *)t + head, 0, sizeof *t - head);
    atomic_store_explicit(&t->magic.refs, 1, memory_order_relaxed);
    brc_ctx_ref_id(t->magic.id);
    return t;
}

Ets *brc_ets_create(Proc *p, const Ets *like, Term name) {
    Ets *t = struct_new();
    t->kind = like->kind, t->access = like->access, t->named = like->named;
    t->compressed = like->compressed, t->read_concurrency = like->read_concurrency;
    t->write_concurrency = like->write_concurrency, t->decentralized = like->decentralized;
    t->keypos = like->keypos;
    t->debug_locks = like->debug_locks;
    t->heir = BRC_NONE, t->heir_term = BRC_NIL;
    brc_ets_store_init(&t->store, ets_is_hash(t));
    Term pid = proc_pid(p);
    atomic_store_explicit(&t->owner, pid, memory_order_relaxed);
    atomic_store_explicit(&t->name, name, memory_order_relaxed);
    atomic_store_explicit(&t->live, 1, memory_order_relaxed);
    if (t->named && !take_name(t, name)) {
        atomic_store_explicit(&t->live, 0, memory_order_relaxed);
        brc_ctx_magic_unref(&t->magic);
        return NULL;
    }
    brc_base_lock(&all_lock);
    t->all_before = NULL;
    t->all_next = all_tables;
    if (all_tables) all_tables->all_before = t;
    all_tables = t;
    table_count++;
    brc_base_unlock(&all_lock);
    return t;
}

static void leave_all(Ets *t) {
    brc_base_lock(&all_lock);
    if (t->all_next) t->all_next->all_before = t->all_before;
    if (t->all_before)
        t->all_before->all_next = t->all_next;
    else
        all_tables = t->all_next;
    table_count--;
    brc_base_unlock(&all_lock);
}

void brc_ets_destroy(Ets *t) {
    atomic_store_explicit(&t->live, 0, memory_order_relaxed);
    if (t->named) drop_name(atomic_load_explicit(&t->name, memory_order_relaxed));
    leave_all(t);
    brc_ets_disown_locked(t, atomic_load_explicit(&t->owner, memory_order_relaxed));
    brc_ets_set_heir_locked(t, BRC_NONE, BRC_NIL);
    EtsStore store = t->store;
    memset(&t->store, 0, sizeof t->store);
    if (t->access != BRC_ETS_PRIVATE) brc_base_write_unlock(&t->lock);
    brc_ets_reap(&store, ets_is_hash(t));
    brc_ctx_magic_unref(&t->magic);
}

void brc_ets_each(void (*fn)(Ets *t, void *arg), void *arg) {
    brc_base_lock(&all_lock);
    for (Ets *t = all_tables; t; t = t->all_next)
        fn(t, arg);
    brc_base_unlock(&all_lock);
}

/* For the crash dump: of tables that change meanwhile, or whose list somebody holds for long, there
 * is what can be had. */
static void dump(void) {
    static const char *const kinds[] = {"set", "bag", "duplicate_bag", "ordered_set"};
    static const char *const accesses[] = {"public", "protected", "private"};
    struct timespec moment = {0, 10000000};
    bool locked = false;
    for (int i = 0; i < 10 && !(locked = brc_base_try_lock(&all_lock)); i++)
        nanosleep(&moment, NULL);
    if (!locked) brc_io_dump_text("=ets\nNot to be read: they are locked\n");
    for (Ets *t = locked ? all_tables : NULL; t; t = t->all_next) {
        brc_io_dump_text("=ets:");
        brc_io_dump_pid(atomic_load(&t->owner));
        brc_io_dump_text("\nName: ");
        brc_io_dump_atom(atomic_load(&t->name));
        brc_io_dump_text("\nType: ");
        brc_io_dump_text(kinds[t->kind & 3]);
        brc_io_dump_text("\nObjects: ");
        brc_io_dump_number(ets_count(t));
        brc_io_dump_text("\nProtection: ");
        brc_io_dump_text(t->access < 3 ? accesses[t->access] : "?");
        brc_io_dump_text("\n");
    }
    if (locked) brc_base_unlock(&all_lock);
}

__attribute__((used)) static void show_tables(void) {
    BRC_STARTS(show_tables);
    brc_io_dump_tables = dump;
}

size_t brc_ets_table_count(void) {
    brc_base_lock(&all_lock);
    size_t n = table_count;
    brc_base_unlock(&all_lock);
    return n;
}

size_t brc_ets_table_bytes(Ets *t) {
    size_t own = sizeof *t - sizeof t->store.hash + t->store.arena.bytes;
    if (!ets_is_hash(t)) return own + sizeof t->store.tree;
    return own + sizeof t->store.hash + brc_ets_hash_bytes(&t->store.hash);
}

static void add_bytes(Ets *t, void *sum) {
    *(size_t *)sum += brc_ets_table_bytes(t);
}
size_t brc_ets_all_bytes(void) {
    size_t sum = 0;
    brc_ets_each(add_bytes, &sum);
    return sum;
}

/* ---- finding ---- */
bool brc_ets_is_tid(Term tab) {
    return brc_ctx_magic_kind(tab, destroy) != NULL;
}

typedef struct Wanted {
    const Term *id;
    Ets *found;
} Wanted;
static void look_at(Ets *t, void *arg) {
    Wanted *w = arg;
    if (memcmp(t->magic.id, w->id, sizeof t->magic.id) == 0) w->found = t;
}

Ets *brc_ets_of_tid(Term tab) {
    Ets *t = brc_ctx_magic_kind(tab, destroy);
    if (t || !term_is_kind(tab, BRC_REF)) return t;
    Wanted w = {term_box(tab) + 1, NULL}; /* as list_to_ref/1 makes them */
    brc_ets_each(look_at, &w);
    return w.found;
}

Ets *brc_ets_find(Term tab) {
    return term_is_atom(tab) ? brc_ets_named(tab) : brc_ets_of_tid(tab);
}

Term brc_ets_tid(Proc *p, Ets *t) {
    brc_ctx_magic_ref(&t->magic);
    return brc_ctx_magic_term(p, &t->magic);
}

Term brc_ets_handle(Proc *p, Ets *t) {
    return t->named ? atomic_load_explicit(&t->name, memory_order_relaxed) : brc_ets_tid(p, t);
}

/* ---- locking ---- */
/* Private tables have no use for the lock: others only look at figures there, which change as
 * single words. */
static void lock(Ets *t, uint8_t access, enum EtsUse use) {
    if (access == BRC_ETS_PRIVATE) return;
    if (use == BRC_ETS_WRITE)
        brc_base_write_lock(&t->lock);
    else
        brc_base_read_lock(&t->lock);
}

static void unlock(Ets *t, uint8_t access, enum EtsUse use) {
    if (access == BRC_ETS_PRIVATE) return;
    if (use == BRC_ETS_WRITE)
        brc_base_write_unlock(&t->lock);
    else
        brc_base_read_unlock(&t->lock);
}

void brc_ets_leave(Ets *t, enum EtsUse use) {
    unlock(t, t->access, use);
}

void brc_ets_set_access(Ets *t, uint8_t access) {
    uint8_t old = t->access;
    t->access = access;
    unlock(t, old, BRC_ETS_WRITE);
}

static bool may(const Proc *p, const Ets *t, enum EtsUse use) {
    if (use == BRC_ETS_INFO || t->access == BRC_ETS_PUBLIC) return true;
    if (t->access == BRC_ETS_PROTECTED && use == BRC_ETS_READ) return true;
    return atomic_load_explicit(&t->owner, memory_order_relaxed) == proc_pid(p);
}

static inline bool is_live(const Ets *t) {
    return atomic_load_explicit(&t->live, memory_order_relaxed) != 0;
}

/* Locked, and still what it was taken for. */
static bool lock_if(Proc *p, Ets *t, Term name, enum EtsUse use) {
    uint8_t access = t->access;
    lock(t, access, use);
    if (is_live(t) && t->access == access && may(p, t, use) &&
        (name == BRC_NONE || atomic_load_explicit(&t->name, memory_order_relaxed) == name))
        return true;
    unlock(t, access, use);
    return false;
}

Ets *brc_ets_enter(Proc *p, Term tab, enum EtsUse use) {
    bool by_name = term_is_atom(tab);
    Ets *t = brc_ets_find(tab);
    Term cause = AM(id);
    if (t == NULL)
        cause = by_name || brc_ctx_magic_of(tab) ? AM(id) : AM(type);
    else if (is_live(t) && !may(p, t, use))
        cause = AM(access);
    else if (lock_if(p, t, by_name ? tab : BRC_NONE, use))
        return t;
    brc_ctx_badarg_cause(p, cause);
    return NULL;
}

bool brc_ets_enter_again(Proc *p, Ets *t, enum EtsUse use) {
    return is_live(t) && may(p, t, use) && lock_if(p, t, BRC_NONE, use);
}
