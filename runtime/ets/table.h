/* table.h: a table beside its objects: what it is, who owns it, how it is found, locked, fixed.
 *
 * Found by its identifier (a magic reference, which keeps the struct alive) or by its name: through
 * a directory whose entries point to structs that are never given back to the system, only used
 * again for other tables. So whoever has one from the directory locks it first and then looks
 * whether it still is the table of that name.
 *
 * Locks: a table's objects lie in parts, each with a lock: hash tables that are to be read or
 * written by many at a time have several, chosen by the key's hash, others one. What concerns
 * one key locks its part, for reading or writing; what concerns the table (its end, its name, its
 * protection) or several objects at once locks all it needs, in the order of their numbers, for
 * writing; so whoever holds any part sees a table that stays. An ordered table is one tree; where
 * it is read by many at a time, further parts are no more than locks, of which a reader takes one.
 * Private tables are used by their owner alone and are not locked. What the owner's relations touch
 * (owner, heir, the lists) is under the stripe of the owner's pid (owner.c). Order: parts, stripe,
 * fix_lock, directory. */
#pragma once
#include "base/lock.h"
#include "base/rwlock.h"
#include "ctx/magic.h"
#include "ets/hash.h"
#include "ets/tree.h"
#include "proc/proc.h"

enum EtsKind { BRC_ETS_SET, BRC_ETS_BAG, BRC_ETS_DUPLICATE_BAG, BRC_ETS_ORDERED };
enum EtsAccess { BRC_ETS_PUBLIC, BRC_ETS_PROTECTED, BRC_ETS_PRIVATE };
enum EtsUse { BRC_ETS_READ, BRC_ETS_WRITE, BRC_ETS_INFO };

/* Objects, which may change hands as a whole. */
typedef struct EtsStore {
    EtsArena arena;
    union {
        EtsHash hash;
        EtsTree tree;
    };
    size_t offheap; /* objects that refer to something outside */
} EtsStore;

typedef struct EtsPart {
    _Alignas(64) BrcRwLock lock; /* not reset when used again */
    uint32_t in_reaper;          /* waits there for its deleted objects to be swept */
    EtsStore store;
} EtsPart;

enum { BRC_ETS_PARTS = 16 }; /* at most */

/* What is left of the parts of a table, to be freed by who ended it. */
typedef struct EtsLeft {
    EtsStore store[BRC_ETS_PARTS];
    uint32_t count;
    bool hash;
    size_t marked; /* objects that stay as long as the table is fixed */
} EtsLeft;

typedef struct EtsFix { /* safe_fixtable of one process on one table */
    struct EtsFix *next_of_table, *next_of_process;
    struct Ets *table; /* holds a reference */
    Term pid;
    uint32_t count;
} EtsFix;

/* Invariants: 1. live <=> in all_tables and in its owner's list; 2. named => the directory's entry
 * of `name` points here; 3. fixed == sum of fixes' counts + walks under way. */
typedef struct Ets {
    Magic magic;
    EtsPart *parts;         /* behind the struct; they stay when it is used again */
    uint32_t part_count;    /* a power of two */
    _Atomic(uint32_t) life; /* counts the tables that the struct has been */
    /* set when made (access: also under the locks) */
    uint8_t kind, named, compressed, read_concurrency, write_concurrency, decentralized;
    _Atomic(uint8_t) access;
    uint32_t debug_locks; /* what {write_concurrency, {debug_hash_fixed_number_of_locks, N}} says */
    uint64_t keypos;      /* from 0 */
    /* under the locks (and, for writing, the owner's stripe) */
    _Atomic(Term) name, owner;
    _Atomic(uint32_t) live;
    _Atomic(uint32_t) fixed;
    /* under fix_lock */
    BrcLock fix_lock;
    EtsFix *fixes;
    uint64_t fix_time; /* monotonic, native units */
    Term fix_stamp[3];
    /* under the owner's stripe */
    struct Ets *owned_next, *owned_before;
    Term heir;          /* a pid, or BRC_NONE */
    uint32_t heir_life; /* of its slot: the pid may come to be another's */
    Frag *heir_data;    /* or NULL: heir_term is an immediate or a literal */
    Term heir_term;
    /* under the lock of all tables */
    struct Ets *all_next, *all_before;
} Ets;

static inline bool ets_is_hash(const Ets *t) {
    return t->kind != BRC_ETS_ORDERED;
}
static inline size_t part_objects(const Ets *t, const EtsPart *part) {
    return ets_is_hash(t) ? part->store.hash.count : part->store.tree.count;
}
static inline Term ets_key(const Ets *t, const EtsObj *o) {
    return obj_elements(o)[t->keypos];
}
static inline bool ets_is_fixed(const Ets *t) {
    return atomic_load_explicit(&t->fixed, memory_order_relaxed) != 0;
}

/* ---- enter.c: finding and locking ---- */
/* A table that a process is about to use or uses, and where in it. */
typedef struct EtsAt {
    Ets *t;
    Term name;     /* by which it was found, or BRC_NONE */
    uint32_t life; /* as it was found */
    enum EtsUse use;
    uint8_t access;  /* as it was locked */
    uint64_t locked; /* bit i: part i */
    /* the part and hash of the key that the use concerns */
    uint32_t hash;
    EtsPart *part;
} EtsAt;

/* The table that `tab` means, if p may use it so: found, not locked. False: the failure is set. */
bool brc_ets_aim(Proc *p, Term tab, enum EtsUse use, EtsAt *at);
/* A table found before (a walk that goes on). No failure is set. */
bool brc_ets_aim_again(const Proc *p, Ets *t, enum EtsUse use, EtsAt *at);
/* Locks the parts of a table aimed at. False: it is not there (or not p's to use) any more, and the
 * failure is set. */
bool brc_ets_lock_parts(Proc *p, EtsAt *at, uint64_t parts);
bool brc_ets_try_parts(const Proc *p, EtsAt *at, uint64_t parts); /* no failure is set */
bool brc_ets_lock_part(Proc *p, EtsAt *at, uint32_t i);           /* `part` is that one then */
void brc_ets_leave(EtsAt *at);
/* Both at once: all of the table; or what a key is in. */
bool brc_ets_enter(Proc *p, Term tab, enum EtsUse use, EtsAt *at);
bool brc_ets_enter_key(Proc *p, Term tab, Term key, enum EtsUse use, EtsAt *at);
/* Leaves a table entered as a whole for writing with another protection. */
void brc_ets_set_access(EtsAt *at, uint8_t access);
static inline uint64_t ets_all_parts(const Ets *t) {
    return UINT64_MAX >> (64 - t->part_count);
}
static inline uint32_t ets_part_index(const Ets *t, uint32_t hash) {
    return hash >> 26 & (t->part_count - 1);
}
/* From now on (one of) the parts locked is used for this key. */
static inline void ets_turn_to(EtsAt *at, Term key) {
    at->hash = ets_is_hash(at->t) ? ets_hash(key) : 0;
    at->part = &at->t->parts[ets_part_index(at->t, at->hash)];
}

/* ---- table.c ---- */
/* The table of a name or an identifier, not locked, or NULL. It may be gone at any moment, unless
 * `tab` is a reference that the caller holds. */
Ets *brc_ets_find(Term tab);
bool brc_ets_is_tid(Term tab);
Ets *brc_ets_of_tid(Term tab); /* NULL: no reference of a table (which may be gone) */
/* What programs call it: its name or its identifier, on p's heap. */
Term brc_ets_handle(Proc *p, Ets *t);
Term brc_ets_tid(Proc *p, Ets *t);

/* A new table of p's, of the kind and with the options that `like` has; NULL: the name is taken. */
Ets *brc_ets_create(Proc *p, const Ets *like, Term name);
/* It is no more: unnamed, not to be found; its objects are *left. The caller has entered all of it
 * for writing, which ends, and holds the owner's stripe. */
void brc_ets_destroy(EtsAt *at, EtsLeft *left);
/* ---- names.c ---- */
Ets *brc_ets_named(Term name);
bool brc_ets_take_name(Ets *t, Term name); /* false: another table has it */
void brc_ets_drop_name(Term name);
/* Entered as a whole for writing. False: taken. */
bool brc_ets_rename(Ets *t, Term name);
/* Calls fn for each table there is, all of them staying meanwhile. */
void brc_ets_each(void (*fn)(Ets *t, void *arg), void *arg);
/* nodes.c: takes part in counting the nodes of identifiers (proc/nodes.h). */
void brc_ets_nodes_start(void);
size_t brc_ets_table_count(void);
size_t brc_ets_table_bytes(const Ets *t);
size_t brc_ets_all_bytes(void);
/* The owner's stripe. */
void brc_ets_stripe_lock(Term pid);
void brc_ets_stripe_unlock(Term pid);

/* ---- owner.c ---- */
void brc_ets_own_locked(Ets *t, Term pid);    /* puts it in pid's list */
void brc_ets_disown_locked(Ets *t, Term pid); /* takes it out */
bool brc_ets_is_there(Term pid);              /* a process that is not on its way out */
/* False: the process is not there. Locks both stripes itself. */
bool brc_ets_give(Ets *t, Term to);
void brc_ets_transfer_message(Ets *t, Term to, Term from, Term data);
void brc_ets_set_heir_locked(Ets *t, Term heir, Term data);
/* One more, or one less, safe_fixtable of pid's. */
void brc_ets_fix(Ets *t, Term pid);
void brc_ets_unfix(Ets *t, Term pid); /* a sweep is due */
void brc_ets_drop_fixes(Ets *t);      /* of a table that is gone; the caller has a reference */
/* A walk's own. The last to unfix has deleted objects swept. Not under the lock. */
void brc_ets_hold(Ets *t);
void brc_ets_unhold(Ets *t);

/* ---- reap.c: freeing ---- */
void brc_ets_store_init(EtsStore *s, bool hash);
void brc_ets_store_free(EtsStore *s, bool hash); /* all that is in it, with pauses */
void brc_ets_left_free(EtsLeft *left);           /* the same of all of them */
/* As the last act of a built-in (TRAP), whose result is given: at once where that is not much, else
 * in slices. */
Term brc_ets_left_free_for(Proc *p, EtsLeft *left, Term result);
Term brc_ets_sweep_for(Proc *p, Ets *t, Term result); /* takes over a reference */
/* Sweeps deleted objects of a table that is fixed no more: some, true: there are more; all, between
 * the turns of processes. */
bool brc_ets_sweep(Ets *t);
void brc_ets_sweep_soon(Ets *t);

/* ---- content.c: objects, whatever the kind of table; in the part that is turned to ---- */
/* Puts a copy of tuple in. */
void brc_ets_insert(EtsAt *at, Term tuple);
/* The first object of that key (the newest; of a bag, the others follow), or NULL. */
EtsObj *brc_ets_lookup(const EtsAt *at, Term key);
/* The next of the same key in a bag, or NULL. */
EtsObj *brc_ets_same_key(const Ets *t, EtsObj *o);
/* All objects of all parts go: those of a fixed hash table are marked, others are *left. */
void brc_ets_clear(EtsAt *at, EtsLeft *left);
size_t brc_ets_delete_key(EtsAt *at, Term key); /* how many it had */
bool brc_ets_delete_object(EtsAt *at, Term tuple);
void brc_ets_object_free(EtsPart *part, EtsObj *o);
/* A bucket's object dies. */
void brc_ets_kill(const Ets *t, EtsPart *part, EtsObj **link, size_t bucket);
/* Puts a new object in place of one of a set with the same key. */
void brc_ets_replace(EtsAt *at, EtsObj *old, Term tuple);
/* After objects have gone from a hash table. */
void brc_ets_settle(const Ets *t, EtsPart *part);
size_t brc_ets_count(const Ets *t); /* all entered */
