/* table.c: making, finding and ending tables. */
#include "ets/table.h"
#include "base/hooks.h"
#include "io/dump.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "proc/clock.h"
#include "sched/sched.h"
#include "term/atom.h"
#include <time.h>
#include <stdlib.h>

static BrcLock all_lock;
static Ets *all_tables, *spare_tables[3]; /* under all_lock; spare ones by their shape */
static size_t table_count;

enum { FEW_PARTS = 4, MANY_PARTS = BRC_ETS_PARTS };

typedef enum Shape { ONE, FEW, MANY } Shape;

/* ---- structs ---- */
static void destroy(Magic *m) {
    Ets *t = (Ets *)m;
    Shape shape = t->part_count == 1 ? ONE : t->part_count == FEW_PARTS ? FEW : MANY;
    if (shape != ONE && !t->named) { /* was never in the directory: nobody has a way to it */
        brc_ctx_magic_free(m);
        return;
    }
    brc_base_lock(&all_lock);
    t->all_next = spare_tables[shape];
    spare_tables[shape] = t;
    brc_base_unlock(&all_lock);
}

static Ets *struct_of_parts(uint32_t count) {
    size_t head = (sizeof(Ets) + _Alignof(EtsPart) - 1) & ~(_Alignof(EtsPart) - 1);
    Ets *t = brc_ctx_magic_new(head + count * sizeof *t->parts, destroy);
    t->parts = (EtsPart *)((char *)t + head);
    t->part_count = count;
    return t;
}

static Ets *struct_new(Shape shape) {
    static const uint32_t parts[] = {1, FEW_PARTS, MANY_PARTS};
    BRC_KEEPS(show_tables);
    BRC_KEEPS(brc_ets_nodes_start);
    brc_base_lock(&all_lock);
    Ets *t = spare_tables[shape];
    if (t) spare_tables[shape] = t->all_next;
    brc_base_unlock(&all_lock);
    if (!t) return struct_of_parts(parts[shape]);
    /* What somebody may be at who had it from the directory stays: see the head of table.h. */
    atomic_fetch_add_explicit(&t->life, 1, memory_order_release); /* pairs with enter.c */
    size_t head = offsetof(Ets, kind);
    memset((char *)t + head, 0, sizeof *t - head);
    atomic_store_explicit(&t->magic.refs, 1, memory_order_relaxed);
    brc_ctx_ref_id(t->magic.id);
    return t;
}

static Shape shape_of(const Ets *like) {
    bool one = like->access == BRC_ETS_PRIVATE || brc_sched_threads() == 1;
    if (!one && like->write_concurrency && like->kind != BRC_ETS_ORDERED) return MANY;
    return !one && like->read_concurrency ? FEW : ONE;
}

Ets *brc_ets_create(Proc *p, const Ets *like, Term name) {
    Ets *t = struct_new(shape_of(like));
    t->kind = like->kind, t->named = like->named, t->compressed = like->compressed;
    t->read_concurrency = like->read_concurrency, t->write_concurrency = like->write_concurrency;
    t->decentralized = like->decentralized, t->debug_locks = like->debug_locks;
    t->keypos = like->keypos;
    t->heir = BRC_NONE, t->heir_term = BRC_NIL;
    for (uint32_t i = 0; i < t->part_count; i++) {
        t->parts[i].in_reaper = 0;
        brc_ets_store_init(&t->parts[i].store, ets_is_hash(t));
    }
    Term pid = proc_pid(p);
    atomic_store_explicit(&t->access, like->access, memory_order_relaxed);
    atomic_store_explicit(&t->owner, pid, memory_order_relaxed);
    atomic_store_explicit(&t->name, name, memory_order_relaxed);
    /* pairs with the acquire in enter.c */
    atomic_store_explicit(&t->live, 1, memory_order_release);
    if (t->named && !brc_ets_take_name(t, name)) {
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

void brc_ets_destroy(EtsAt *at, EtsLeft *left) {
    Ets *t = at->t;
    left->count = t->part_count;
    left->hash = ets_is_hash(t);
    left->marked = 0;
    atomic_store_explicit(&t->live, 0, memory_order_relaxed);
    if (t->named) brc_ets_drop_name(atomic_load_explicit(&t->name, memory_order_relaxed));
    leave_all(t);
    brc_ets_disown_locked(t, atomic_load_explicit(&t->owner, memory_order_relaxed));
    brc_ets_set_heir_locked(t, BRC_NONE, BRC_NIL);
    for (uint32_t i = 0; i < left->count; i++) {
        left->store[i] = t->parts[i].store;
        memset(&t->parts[i].store, 0, sizeof left->store[i]);
    }
    brc_ets_leave(at);
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
        brc_io_dump_number(brc_ets_count(t));
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

size_t brc_ets_table_bytes(const Ets *t) {
    size_t bytes = sizeof *t + t->part_count * sizeof *t->parts;
    for (uint32_t i = 0; i < t->part_count; i++) {
        const EtsStore *s = &t->parts[i].store;
        bytes += s->arena.bytes + (ets_is_hash(t) ? brc_ets_hash_bytes(&s->hash) : 0);
    }
    return bytes;
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
