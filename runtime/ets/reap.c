/* reap.c: what tables leave behind is freed a little at a time, between the turns of processes: a
 * table of a million objects stalls nobody. */
#include "ets/table.h"
#include "base/hooks.h"
#include "base/panic.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include <stdlib.h>

enum {
    FEW_BYTES = 32 * 1024,
    SLICE_OBJECTS = 2000,
    SLICE_BLOCKS = 8,
    SLICE_BUCKETS = 2000,
    SLICE_BYTES = 64 * 1024,
    FEW_JOBS = 16,
};

typedef struct Job {
    struct Job *next;
    Ets *table; /* a part of it is to be swept, with a reference; NULL: the store is to be freed */
    EtsPart *part;
    EtsStore store;
    size_t bucket; /* the next one */
    bool hash;
} Job;

static BrcLock lock;
static Job *first, **last = &first;   /* under the lock */
static _Atomic(uint32_t) stores_left; /* jobs that are stores */

void brc_ets_store_init(EtsStore *s, bool hash) {
    BRC_KEEPS(start);
    memset(s, 0, sizeof *s);
    if (hash) brc_ets_hash_init(&s->hash);
}

/* ---- a store ---- */
static void free_chain(EtsStore *s, EtsObj *o) {
    for (EtsObj *next; o; o = next) {
        next = o->next;
        brc_ets_obj_free(&s->arena, o);
    }
}

/* What objects refer to outside has to be let go one by one; their memory goes as a whole. */
static bool let_go(Job *j, size_t most) {
    if (j->store.offheap == 0) return false;
    if (!j->hash) return brc_ets_tree_dismantle(&j->store.tree, &j->store.arena, most);
    EtsHash *h = &j->store.hash;
    for (; j->bucket < h->active && most > 0; most--)
        free_chain(&j->store, *hash_bucket(h, j->bucket++));
    return j->bucket < h->active;
}

static bool free_store(Job *j, size_t objects, size_t blocks) {
    if (let_go(j, objects)) return true;
    j->store.offheap = 0;
    if (brc_ets_arena_shrink(&j->store.arena, blocks)) return true;
    if (j->hash) brc_ets_hash_free(&j->store.hash);
    return false;
}

/* ---- a table that is fixed no more ---- */
static uint64_t count_tables(void) {
    return brc_ets_table_count();
}
static uint64_t all_bytes(void) {
    return brc_ets_all_bytes();
}

/* Frees what is marked deleted in that many buckets; true: there are more. */
static bool sweep_part(EtsPart *part, size_t buckets) {
    EtsStore *s = &part->store;
    return brc_ets_hash_sweep(&s->hash, &s->arena, &s->offheap, buckets);
}

static bool sweep(Job *j) {
    Ets *t = j->table;
    bool more = false;
    brc_base_write_lock(&j->part->lock);
    /* One that has become private is swept by its owner. */
    if (atomic_load_explicit(&t->live, memory_order_relaxed) && !ets_is_fixed(t) &&
        atomic_load_explicit(&t->access, memory_order_relaxed) != BRC_ETS_PRIVATE)
        more = sweep_part(j->part, SLICE_BUCKETS);
    if (!more) j->part->in_reaper = 0;
    brc_base_write_unlock(&j->part->lock);
    if (!more) brc_ctx_magic_unref(&t->magic);
    return more;
}

/* ---- the queue ---- */
static void enqueue(Job *j) {
    j->next = NULL;
    brc_base_lock(&lock);
    *last = j;
    last = &j->next;
    brc_base_unlock(&lock);
}

static Job *dequeue(void) {
    brc_base_lock(&lock);
    Job *j = first;
    if (j) first = j->next;
    if (!first) last = &first;
    brc_base_unlock(&lock);
    return j;
}

static void add(const Job *like) {
    Job *j = malloc(sizeof *j);
    if (!j) brc_base_panic("out of memory (freeing a table)");
    *j = *like;
    enqueue(j);
    atomic_fetch_add_explicit(&brc_sched_chores, 1, memory_order_relaxed);
}

/* False: there is more to do. */
static bool step(Job *j) {
    if (j->table ? sweep(j) : free_store(j, SLICE_OBJECTS, SLICE_BLOCKS)) return false;
    if (!j->table) atomic_fetch_sub_explicit(&stores_left, 1, memory_order_relaxed);
    free(j);
    atomic_fetch_sub_explicit(&brc_sched_chores, 1, memory_order_relaxed);
    return true;
}

static void chore(void) {
    Job *j = dequeue(); /* NULL: another thread is at it */
    if (j && !step(j)) enqueue(j);
}

/* Who leaves tables behind faster than they are freed between turns frees more than it leaves.
 * Those that are to be swept are passed by: their locks are not for here. */
static void pay(size_t bytes) {
    for (size_t slices = 2 + 2 * bytes / SLICE_BYTES; slices > 0; slices--) {
        Job *j = dequeue();
        if (!j) return;
        if (j->table || !step(j)) enqueue(j);
    }
}

static void leave(const Job *j) {
    size_t bytes = j->store.arena.bytes;
    add(j);
    if (atomic_fetch_add_explicit(&stores_left, 1, memory_order_relaxed) >= FEW_JOBS) pay(bytes);
}

void brc_ets_reap(EtsStore *s, bool hash) {
    Job j = {.store = *s, .hash = hash};
    if (s->arena.bytes <= FEW_BYTES)
        while (free_store(&j, SIZE_MAX, SIZE_MAX)) {
        }
    else
        leave(&j);
    memset(s, 0, sizeof *s);
}

/* A part of a table that was fixed: at once, if that is not much. */
static void reap_part(Ets *t, EtsPart *part) {
    brc_base_write_lock(&part->lock);
    bool due = part->store.hash.dead && !part->in_reaper;
    if (due && !ets_is_fixed(t) && part->store.hash.dirty_count < SLICE_BUCKETS / 8) {
        sweep_part(part, SLICE_BUCKETS);
        due = false;
    }
    if (due) part->in_reaper = 1;
    brc_base_write_unlock(&part->lock);
    if (!due) return;
    brc_ctx_magic_ref(&t->magic);
    add(&(Job){.table = t, .part = part});
}

void brc_ets_reap_dead(Ets *t) {
    if (!ets_is_hash(t) || !atomic_load_explicit(&t->live, memory_order_relaxed)) return;
    if (atomic_load_explicit(&t->access, memory_order_relaxed) == BRC_ETS_PRIVATE) {
        const Proc *p = brc_proc_sched ? brc_proc_sched->current : NULL;
        if (p && proc_pid(p) == atomic_load_explicit(&t->owner, memory_order_relaxed))
            sweep_part(&t->parts[0], SLICE_BUCKETS);
        return;
    }
    for (uint32_t i = 0; i < t->part_count; i++)
        reap_part(t, &t->parts[i]);
}

__attribute__((used)) static void start(void) {
    BRC_STARTS(start);
    brc_sched_chore = chore;
    brc_sched_ets_bytes = all_bytes;
    brc_sched_ets_count = count_tables;
}
