/* reap.c: what tables leave behind is freed by whoever ended them, in slices (ctx/slice.h): who
 * leaves much behind has fewer turns for leaving more, and nobody else waits for it. What a walk
 * over a fixed table has only marked goes between the turns of processes. */
#include "ets/table.h"
#include "base/hooks.h"
#include "base/panic.h"
#include "code/slice.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include <stdlib.h>

enum {
    FEW_BYTES = 32 * 1024,
    FEW_MARKED = 1000,
    STEP_OBJECTS = 256,
    STEP_BUCKETS = 2000,
    /* what they count, about */
    OBJECT_NS = 100,
    MARKED_NS = 25,
    BUCKET_NS = 50,
    BYTES_PER_NS = 2,
};

typedef struct Job {
    struct Job *next;
    Ets *table; /* a part of it is to be swept; holds a reference */
    EtsPart *part;
} Job;

static BrcLock lock;
static Job *first, **last = &first; /* under the lock */

void brc_ets_store_init(EtsStore *s, bool hash) {
    BRC_KEEPS(start);
    memset(s, 0, sizeof *s);
    if (hash) brc_ets_hash_init(&s->hash);
}

/* ---- stores ---- */
static void free_chain(EtsStore *s, EtsObj *o) {
    for (EtsObj *next; o; o = next) {
        next = o->next;
        brc_ets_obj_free(&s->arena, o);
    }
}

/* What objects refer to outside has to be let go one by one; their memory goes as a whole. */
static void let_go_hash(EtsStore *s) {
    for (size_t i = 0; i < s->hash.active; i++) {
        free_chain(s, *hash_bucket(&s->hash, i));
        brc_ctx_pause(OBJECT_NS);
    }
}
static void let_go_tree(EtsStore *s) {
    while (brc_ets_tree_dismantle(&s->tree, &s->arena, STEP_OBJECTS))
        brc_ctx_pause(STEP_OBJECTS * OBJECT_NS);
}

void brc_ets_store_free(EtsStore *s, bool hash) {
    if (s->offheap) hash ? let_go_hash(s) : let_go_tree(s);
    for (size_t bytes; (bytes = brc_ets_arena_shrink(&s->arena)) > 0;)
        brc_ctx_pause(bytes / BYTES_PER_NS);
    if (hash) brc_ets_hash_free(&s->hash);
    memset(s, 0, sizeof *s);
}

void brc_ets_left_free(EtsLeft *left) {
    brc_ctx_pause(left->marked * MARKED_NS);
    for (uint32_t i = 0; i < left->count; i++)
        brc_ets_store_free(&left->store[i], left->hash);
}

static bool is_little(const EtsLeft *left) {
    size_t bytes = 0;
    for (uint32_t i = 0; i < left->count; i++)
        bytes += left->store[i].arena.bytes;
    return bytes <= FEW_BYTES && left->marked <= FEW_MARKED;
}

static Term free_left(Proc *p, const Term *args) {
    (void)p;
    EtsLeft *left = (EtsLeft *)args[0];
    brc_ets_left_free(left);
    free(left);
    return args[1];
}

Term brc_ets_left_free_for(Proc *p, EtsLeft *left, Term result) {
    if (is_little(left)) {
        brc_ets_left_free(left);
        return result;
    }
    EtsLeft *kept = malloc(sizeof *kept);
    if (!kept) brc_base_panic("out of memory (freeing a table)");
    memcpy(kept, left, sizeof *kept);
    return brc_code_slice2(p, free_left, (Term)kept, result);
}

/* ---- a table that is fixed no more ---- */
static uint64_t count_tables(void) {
    return brc_ets_table_count();
}
static uint64_t all_bytes(void) {
    return brc_ets_all_bytes();
}

/* Frees what is marked deleted in some buckets; true: there are more. */
static bool sweep_locked(EtsPart *part) {
    EtsStore *s = &part->store;
    return brc_ets_hash_sweep(&s->hash, &s->arena, &s->offheap, STEP_BUCKETS);
}
static bool is_due(const Ets *t) {
    return atomic_load_explicit(&t->live, memory_order_relaxed) && !ets_is_fixed(t);
}

bool brc_ets_sweep(Ets *t) {
    bool more = false;
    for (uint32_t i = 0; ets_is_hash(t) && i < t->part_count; i++) {
        EtsPart *part = &t->parts[i];
        brc_base_write_lock(&part->lock);
        if (is_due(t) && part->store.hash.dead) more |= sweep_locked(part);
        brc_base_write_unlock(&part->lock);
    }
    brc_ctx_pause(STEP_BUCKETS * BUCKET_NS);
    return more;
}

static Term sweep_all(Proc *p, const Term *args) {
    (void)p;
    Ets *t = (Ets *)args[0];
    while (brc_ets_sweep(t)) {
    }
    brc_ctx_magic_unref(&t->magic);
    return args[1];
}

Term brc_ets_sweep_for(Proc *p, Ets *t, Term result) {
    if (brc_ets_sweep(t)) return brc_code_slice2(p, sweep_all, (Term)t, result);
    brc_ctx_magic_unref(&t->magic);
    return result;
}

/* ---- in the background ---- */
static bool sweep(Job *j) {
    Ets *t = j->table;
    bool more = false;
    brc_base_write_lock(&j->part->lock);
    /* One that has become private is swept by its owner. */
    if (is_due(t) && atomic_load_explicit(&t->access, memory_order_relaxed) != BRC_ETS_PRIVATE)
        more = sweep_locked(j->part);
    if (!more) j->part->in_reaper = 0;
    brc_base_write_unlock(&j->part->lock);
    if (!more) brc_ctx_magic_unref(&t->magic);
    return more;
}

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

static void add(Ets *t, EtsPart *part) {
    Job *j = malloc(sizeof *j);
    if (!j) brc_base_panic("out of memory (sweeping a table)");
    j->table = t;
    j->part = part;
    enqueue(j);
    atomic_fetch_add_explicit(&brc_sched_chores, 1, memory_order_relaxed);
}

static void chore(void) {
    Job *j = dequeue(); /* NULL: another thread is at it */
    if (!j) return;
    if (sweep(j)) {
        enqueue(j);
        return;
    }
    free(j);
    atomic_fetch_sub_explicit(&brc_sched_chores, 1, memory_order_relaxed);
}

/* A part of a table that was fixed: at once, if that is not much. */
static void sweep_part_soon(Ets *t, EtsPart *part) {
    brc_base_write_lock(&part->lock);
    bool due = part->store.hash.dead && !part->in_reaper;
    if (due && !ets_is_fixed(t) && part->store.hash.dirty_count < STEP_BUCKETS / 8) {
        sweep_locked(part);
        due = false;
    }
    if (due) part->in_reaper = 1;
    brc_base_write_unlock(&part->lock);
    if (!due) return;
    brc_ctx_magic_ref(&t->magic);
    add(t, part);
}

void brc_ets_sweep_soon(Ets *t) {
    if (!ets_is_hash(t) || !atomic_load_explicit(&t->live, memory_order_relaxed)) return;
    if (atomic_load_explicit(&t->access, memory_order_relaxed) == BRC_ETS_PRIVATE) {
        const Proc *p = brc_proc_sched ? brc_proc_sched->current : NULL;
        if (p && proc_pid(p) == atomic_load_explicit(&t->owner, memory_order_relaxed))
            sweep_locked(&t->parts[0]);
        return;
    }
    for (uint32_t i = 0; i < t->part_count; i++)
        sweep_part_soon(t, &t->parts[i]);
}

__attribute__((used)) static void start(void) {
    BRC_STARTS(start);
    brc_sched_chore = chore;
    brc_sched_ets_bytes = all_bytes;
    brc_sched_ets_count = count_tables;
}
