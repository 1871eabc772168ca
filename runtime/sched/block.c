/* block.c: system_flag(multi_scheduling, block): one thread runs processes until all that asked for
 * it have asked for the end of it, or have ended. Where the dirty pools are meant, too, that thread
 * makes their calls itself; those under way at that moment are not waited for. */
#include "sched/sched.h"
#include "base/hooks.h"
#include "sched/dirty.h"
#include "sig/signal.h"

#define NORMAL_ONLY UINT64_C(1)
#define ALL         (UINT64_C(1) << 32)

/* pid -> how often of each, in halves of the number; under the lock */
static IdMap blockers;
static BrcLock lock;
static _Atomic(uint32_t) any; /* how many there are: the end of others takes no lock */

/* What the others look at; whether anybody blocks. */
static bool note_locked(void) {
    uint32_t at = 0, n = 0;
    bool pools = false;
    for (const IdCell *c; (c = brc_proc_idmap_next(&blockers, &at)) != NULL; n++)
        pools |= c->value >= ALL;
    atomic_store(&any, n);
    brc_sched_dirty_block(pools);
    return n > 0;
}

static void give_up(Proc *p, Term reason) {
    (void)reason;
    if (atomic_load(&any) == 0) return;
    brc_base_lock(&lock);
    bool was = brc_proc_idmap_remove(&blockers, p->rest->pid, NULL);
    bool single = note_locked();
    brc_base_unlock(&lock);
    if (was && !single) brc_sched_set_single(false);
}

static Term state_locked(void) {
    uint32_t at = 0;
    uint64_t sum = 0;
    if (brc_sched_threads() == 1) return AM(disabled);
    for (const IdCell *c; (c = brc_proc_idmap_next(&blockers, &at)) != NULL;)
        sum |= c->value;
    return sum >= ALL ? AM(blocked) : sum ? AM(blocked_normal) : AM(enabled);
}

Term brc_sched_multi_scheduling(void) {
    brc_base_lock(&lock);
    Term state = state_locked();
    brc_base_unlock(&lock);
    return state;
}

Term brc_sched_set_multi_scheduling(Proc *p, Term value) {
    BRC_KEEPS(start);
    bool block = value == AM(block) || value == AM(block_normal);
    if (!block && value != AM(unblock) && value != AM(unblock_normal)) return BRC_NONE;
    uint64_t one = value == AM(block) || value == AM(unblock) ? ALL : NORMAL_ONLY;
    brc_base_lock(&lock);
    uint64_t *found = brc_proc_idmap_get(&blockers, p->rest->pid), times = found ? *found : 0;
    if (block)
        brc_proc_idmap_put(&blockers, p->rest->pid, times + one);
    else if ((one == ALL ? times >= ALL : (uint32_t)times > 0) && (*found -= one) == 0)
        brc_proc_idmap_remove(&blockers, p->rest->pid, NULL);
    bool single = note_locked();
    Term state = state_locked();
    brc_base_unlock(&lock);
    brc_sched_set_single(single);
    return state;
}

Term brc_sched_blockers(Proc *p) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    brc_base_lock(&lock);
    for (const IdCell *c; (c = brc_proc_idmap_next(&blockers, &at)) != NULL;)
        list = term_cons(brc_ctx_alloc(p, 2), c->key, list);
    brc_base_unlock(&lock);
    return list;
}

__attribute__((used)) static void start(void) {
    BRC_STARTS(start);
    brc_sig_on_end(give_up);
}
