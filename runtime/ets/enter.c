/* enter.c: from what a program calls a table to a table that is locked, all of it or a part. */
#include "ctx/fail.h"
#include "ets/table.h"

static bool may(const Proc *p, const Ets *t, uint8_t access, enum EtsUse use) {
    if (use == BRC_ETS_INFO || access == BRC_ETS_PUBLIC) return true;
    if (access == BRC_ETS_PROTECTED && use == BRC_ETS_READ) return true;
    return atomic_load_explicit(&t->owner, memory_order_relaxed) == proc_pid(p);
}

static inline bool is_live(const Ets *t) {
    /* acquire: what the table was made as; pairs with the release in brc_ets_create */
    return atomic_load_explicit(&t->live, memory_order_acquire) != 0;
}
/* To be read before `live`: acquire, pairs with the release in struct_new, so that the end of a
 * life is seen by whom sees the next one. */
static inline uint32_t life_of(const Ets *t) {
    return atomic_load_explicit(&t->life, memory_order_acquire);
}
static inline uint8_t access_of(const Ets *t) {
    return atomic_load_explicit(&t->access, memory_order_relaxed);
}

bool brc_ets_aim(Proc *p, Term tab, enum EtsUse use, EtsAt *at) {
    bool by_name = term_is_atom(tab);
    Ets *t = brc_ets_find(tab);
    Term cause = AM(id);
    if (t == NULL) {
        cause = by_name || brc_ctx_magic_of(tab) ? AM(id) : AM(type);
    } else {
        *at = (EtsAt){.t = t, .name = by_name ? tab : BRC_NONE, .life = life_of(t), .use = use};
        if (is_live(t) && may(p, t, access_of(t), use)) return true;
        if (is_live(t)) cause = AM(access);
    }
    brc_ctx_badarg_cause(p, cause);
    return false;
}

bool brc_ets_aim_again(const Proc *p, Ets *t, enum EtsUse use, EtsAt *at) {
    *at = (EtsAt){.t = t, .name = BRC_NONE, .life = life_of(t), .use = use};
    return is_live(t) && may(p, t, access_of(t), use);
}

/* ---- locks ---- */
/* Private tables have no use for locks: others only look at figures there, which change as single
 * words. */
static void lock(const EtsAt *at) {
    if (at->access == BRC_ETS_PRIVATE) return;
    for (uint64_t left = at->locked; left; left &= left - 1) {
        BrcRwLock *l = &at->t->parts[__builtin_ctzll(left)].lock;
        if (at->use == BRC_ETS_WRITE)
            brc_base_write_lock(l);
        else
            brc_base_read_lock(l);
    }
}

void brc_ets_leave(EtsAt *at) {
    uint64_t left = at->access == BRC_ETS_PRIVATE ? 0 : at->locked;
    for (; left; left &= left - 1) {
        BrcRwLock *l = &at->t->parts[__builtin_ctzll(left)].lock;
        if (at->use == BRC_ETS_WRITE)
            brc_base_write_unlock(l);
        else
            brc_base_read_unlock(l);
    }
    at->locked = 0;
}

void brc_ets_set_access(EtsAt *at, uint8_t access) {
    atomic_store_explicit(&at->t->access, access, memory_order_relaxed);
    brc_ets_leave(at);
}

/* Still what it was aimed at? */
static bool is_same(const Proc *p, const EtsAt *at) {
    const Ets *t = at->t;
    if (!is_live(t) || life_of(t) != at->life || access_of(t) != at->access) return false;
    if (!may(p, t, at->access, at->use)) return false;
    return at->name == BRC_NONE || atomic_load_explicit(&t->name, memory_order_relaxed) == at->name;
}

bool brc_ets_try_parts(const Proc *p, EtsAt *at, uint64_t parts) {
    at->access = access_of(at->t);
    at->locked = parts;
    lock(at);
    if (__builtin_expect(is_same(p, at), 1)) return true;
    brc_ets_leave(at);
    return false;
}

bool brc_ets_lock_parts(Proc *p, EtsAt *at, uint64_t parts) {
    if (brc_ets_try_parts(p, at, parts)) return true;
    brc_ctx_badarg_cause(p, AM(id));
    return false;
}

/* The parts of an ordered table are locks alone: a reader takes that of its thread. */
static bool lock_ordered(Proc *p, EtsAt *at) {
    uint32_t n = at->t->part_count, thread = brc_proc_sched ? brc_proc_sched->id : 0;
    bool all = at->use == BRC_ETS_WRITE || n == 1;
    at->part = at->t->parts;
    return brc_ets_lock_parts(p, at,
                              all ? ets_all_parts(at->t) : UINT64_C(1) << (thread & (n - 1)));
}

bool brc_ets_lock_part(Proc *p, EtsAt *at, uint32_t i) {
    if (!ets_is_hash(at->t)) return lock_ordered(p, at);
    at->part = &at->t->parts[i];
    return brc_ets_lock_parts(p, at, UINT64_C(1) << i);
}

bool brc_ets_enter(Proc *p, Term tab, enum EtsUse use, EtsAt *at) {
    if (!brc_ets_aim(p, tab, use, at)) return false;
    at->part = at->t->parts;
    return brc_ets_lock_parts(p, at, ets_all_parts(at->t));
}

bool brc_ets_enter_key(Proc *p, Term tab, Term key, enum EtsUse use, EtsAt *at) {
    if (!brc_ets_aim(p, tab, use, at)) return false;
    ets_turn_to(at, key);
    return brc_ets_lock_part(p, at, ets_part_index(at->t, at->hash));
}
