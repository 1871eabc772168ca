/* block.c: system_flag(multi_scheduling, block): one thread runs processes until all that asked for
 * it have asked for the end of it, or have ended. */
#include "sched/sched.h"
#include "sched/stats.h"
#include "sig/signal.h"

/* pid -> how often; under the lock */
static IdMap blockers;
static BrcLock lock;
static _Atomic(uint32_t) any; /* how many there are: the end of others takes no lock */

static uint32_t count_locked(void) {
    uint32_t at = 0, n = 0;
    while (brc_proc_idmap_next(&blockers, &at))
        n++;
    return n;
}

static void give_up(Proc *p, Term reason) {
    (void)reason;
    if (atomic_load(&any) == 0) return;
    brc_base_lock(&lock);
    bool was = brc_proc_idmap_remove(&blockers, p->rest->pid, NULL);
    bool last = was && count_locked() == 0;
    atomic_store(&any, count_locked());
    brc_base_unlock(&lock);
    if (last) brc_sched_set_single(false);
}

static Term state_locked(void) {
    if (brc_sched_threads() == 1) return AM(disabled);
    return count_locked() ? AM(blocked) : AM(enabled);
}

Term brc_sched_multi_scheduling(void) {
    brc_base_lock(&lock);
    Term state = state_locked();
    brc_base_unlock(&lock);
    return state;
}

Term brc_sched_set_multi_scheduling(Proc *p, Term value) {
    bool block = value == AM(block) || value == AM(block_normal);
    if (!block && value != AM(unblock) && value != AM(unblock_normal)) return BRC_NONE;
    brc_base_lock(&lock);
    uint64_t *times = brc_proc_idmap_get(&blockers, p->rest->pid);
    if (block)
        brc_proc_idmap_put(&blockers, p->rest->pid, times ? *times + 1 : 1);
    else if (times && --*times == 0)
        brc_proc_idmap_remove(&blockers, p->rest->pid, NULL);
    bool single = count_locked() > 0;
    atomic_store(&any, count_locked());
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

__attribute__((constructor)) static void start(void) {
    brc_sig_on_end(give_up);
}
