/* runq.c: run queues: first in, first out, one for each of the priorities max and high, one for
 * normal and low together, in which a process of low priority lets LOW_SKIPS turns go by.
 *
 * A process that the running one wakes goes next on the same thread, before the queue, for its
 * message is in this processor's cache; NEXT_MOST times in a row, then the queue has its turn. That
 * place is the thread's own; the queues have a lock, for other threads take from them. */
#include "proc/proc.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOW_SKIPS 7
#define NEXT_MOST 16u

_Thread_local Sched *brc_proc_sched;
Sched *(*brc_proc_online_sched)(uint32_t id);
Sched *(*brc_proc_sched_at)(uint32_t i);
_Atomic(uint32_t) brc_proc_urgent;

static uint8_t priority_of(const ProcRest *r) {
    /* pairs with brc_proc_hoist_mt, which looks into the queues after having set it */
    uint32_t urgent = atomic_load(&r->slot->urgent);
    return urgent > r->priority ? (uint8_t)urgent : r->priority;
}

static RunQueue *queue_at(Sched *s, uint8_t priority) {
    if (priority == BRC_PRIORITY_MAX) return &s->queues[0];
    return &s->queues[priority == BRC_PRIORITY_HIGH ? 1 : 2];
}

static void count_locked_as(Sched *s, const ProcRest *r, uint32_t change) {
    _Atomic(uint32_t) *n = &s->waiting[r->queued_as];
    if (r->bound) return;
    atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + change,
                          memory_order_relaxed);
    if (r->queued_as >= BRC_PRIORITY_HIGH)
        atomic_fetch_add_explicit(&brc_proc_urgent, change, memory_order_relaxed);
}

static void append(RunQueue *q, Proc *p) {
    p->rest->queue_next = NULL;
    if (q->last)
        q->last->rest->queue_next = p;
    else
        q->first = p;
    q->last = p;
    q->count++;
    q->bound += p->rest->bound != 0;
}

static void append_to_locked(Sched *s, Proc *p) {
    ProcRest *r = p->rest;
    r->queued_as = priority_of(r);
    append(queue_at(s, r->queued_as), p);
    count_locked_as(s, r, 1);
}

static Proc *take_first(RunQueue *q) {
    Proc *p = q->first;
    q->first = p->rest->queue_next;
    if (!q->first) q->last = NULL;
    q->count--;
    q->bound -= p->rest->bound != 0;
    return p;
}

static void count_locked(Sched *s) {
    uint32_t n = s->queues[0].count + s->queues[1].count + s->queues[2].count;
    uint32_t bound = s->queues[0].bound + s->queues[1].bound + s->queues[2].bound;
    atomic_store(&s->queued, n); /* seq_cst, both: see sched/threads.c */
    atomic_store(&s->loose, n - bound);
}

static Sched *home_of(Sched *s, const ProcRest *r) {
    Sched *home = r->bound && r->bound != s->id ? brc_proc_online_sched(r->bound) : NULL;
    return home ? home : s;
}

void brc_proc_enqueue(Sched *s, Proc *p) {
    ProcRest *r = p->rest;
    s = home_of(s, r);
    r->low_skips = r->priority == BRC_PRIORITY_LOW ? LOW_SKIPS : 0;
    brc_base_lock(&s->lock);
    append_to_locked(s, p);
    count_locked(s);
    brc_base_unlock(&s->lock);
    if (s != brc_proc_sched) brc_proc_rouse(s);
}

static void take_after(RunQueue *q, Proc *before, Proc *at) {
    if (before)
        before->rest->queue_next = at->rest->queue_next;
    else
        q->first = at->rest->queue_next;
    if (q->last == at) q->last = before;
    q->count--;
    q->bound -= at->rest->bound != 0;
}

void brc_proc_enqueue_first(Sched *s, Proc *p) {
    ProcRest *r = p->rest;
    s = home_of(s, r);
    brc_base_lock(&s->lock);
    r->queued_as = priority_of(r);
    RunQueue *q = queue_at(s, r->queued_as);
    r->queue_next = q->first;
    q->first = p;
    if (!q->last) q->last = p;
    q->count++;
    q->bound += r->bound != 0;
    count_locked_as(s, r, 1);
    count_locked(s);
    brc_base_unlock(&s->lock);
    if (s != brc_proc_sched) brc_proc_rouse(s);
}

/* Takes p out of q, if it is there. */
static bool take_out(RunQueue *q, const Proc *p) {
    Proc *before = NULL, *at = q->first;
    while (at && at != p)
        before = at, at = at->rest->queue_next;
    if (at) take_after(q, before, at);
    return at != NULL;
}

static bool hoist_in(Sched *s, Proc *p, uint32_t from) {
    bool found = false;
    brc_base_lock(&s->lock);
    for (uint32_t i = from; i < 3 && !found; i++) {
        if (!(found = take_out(&s->queues[i], p))) continue;
        count_locked_as(s, p->rest, UINT32_MAX);
        append_to_locked(s, p);
    }
    brc_base_unlock(&s->lock);
    return found;
}

void brc_proc_hoist_mt(ProcSlot *slot, uint8_t priority) {
    if (priority <= BRC_PRIORITY_NORMAL || atomic_load(&slot->urgent) >= priority) return;
    atomic_store(&slot->urgent, priority);
    if (atomic_load(&slot->state) != BRC_PROC_READY) return;
    Proc *p = slot->p; /* only compared, unless found in a queue */
    for (uint32_t i = 0; brc_proc_sched_at(i) != NULL; i++)
        if (hoist_in(brc_proc_sched_at(i), p, priority == BRC_PRIORITY_MAX ? 1 : 2)) return;
}

void brc_proc_enqueue_next(Sched *s, Proc *p) {
    const ProcRest *r = p->rest;
    if (s->next || r->priority != BRC_PRIORITY_NORMAL || !s->current || r->bound)
        brc_proc_enqueue(s, p);
    else
        s->next = p;
}

static Proc *choose_locked(Sched *s) {
    for (int i = 0; i < 2; i++)
        if (s->queues[i].first) return take_first(&s->queues[i]);
    RunQueue *q = &s->queues[2];
    /* Where only low ones are left, the skips run out and one of them is taken. */
    while (q->first) {
        Proc *p = take_first(q);
        if (p->rest->low_skips == 0 || q->count == 0) return p;
        p->rest->low_skips--;
        append(q, p);
    }
    return NULL;
}

static Proc *first_locked(Sched *s) {
    Proc *p = choose_locked(s);
    if (p) count_locked_as(s, p->rest, UINT32_MAX);
    return p;
}

static Proc *from_queues(Sched *s) {
    if (atomic_load_explicit(&s->queued, memory_order_relaxed) == 0) return NULL;
    if (atomic_load_explicit(&brc_proc_urgent, memory_order_relaxed)) brc_proc_fetch_urgent(s);
    brc_base_lock(&s->lock);
    Proc *p = first_locked(s);
    count_locked(s);
    brc_base_unlock(&s->lock);
    if (!p) return NULL;
    _Atomic(uint32_t) *served = &s->served[p->rest->queued_as];
    atomic_store_explicit(served, atomic_load_explicit(served, memory_order_relaxed) + 1,
                          memory_order_relaxed);
    return p;
}

Proc *brc_proc_dequeue(Sched *s) {
    Proc *p = s->next;
    if (p && s->next_streak < NEXT_MOST) {
        s->next_streak++;
        s->next = NULL;
        return p;
    }
    s->next_streak = 0;
    if (p) { /* behind those that wait */
        s->next = NULL;
        brc_proc_enqueue(s, p);
    }
    return from_queues(s);
}

Proc *brc_proc_steal(Sched *s, Sched *from) {
    Proc *first = NULL;
    RunQueue taken = {0};
    if (atomic_load(&from->loose) == 0) return NULL;
    brc_base_lock(&from->lock);
    uint32_t n = atomic_load_explicit(&from->queued, memory_order_relaxed);
    if (n > 1 || (n == 1 && atomic_load(&from->running))) {
        for (n = (n + 1) / 2; n > 0; n--) {
            Proc *p = first_locked(from);
            if (p->rest->bound) /* not to be had: behind the others */
                append_to_locked(from, p);
            else if (first)
                append(&taken, p);
            else
                first = p;
        }
        count_locked(from);
    }
    brc_base_unlock(&from->lock);
    while (taken.first)
        brc_proc_enqueue(s, take_first(&taken));
    return first;
}

#define MOVE_MOST 4096u /* looked at under the lock */

void brc_proc_move(Sched *s, Sched *from, uint8_t priority, uint32_t n) {
    RunQueue taken = {0}, *q = queue_at(from, priority);
    brc_base_lock(&from->lock);
    Proc *before = NULL, *at = q->first, *next;
    for (uint32_t seen = 0; at && taken.count < n && seen < MOVE_MOST; at = next, seen++) {
        next = at->rest->queue_next;
        if (at->rest->queued_as != priority || at->rest->bound) {
            before = at;
            continue;
        }
        take_after(q, before, at);
        count_locked_as(from, at->rest, UINT32_MAX);
        append(&taken, at);
    }
    count_locked(from);
    brc_base_unlock(&from->lock);
    if (!taken.first) return;
    brc_base_lock(&s->lock);
    while (taken.first) /* what they have skipped counts here, too */
        append_to_locked(s, take_first(&taken));
    count_locked(s);
    brc_base_unlock(&s->lock);
}

bool brc_proc_rouse(Sched *s) {
    uint32_t was = atomic_exchange(&s->sleeping, BRC_SCHED_AWAKE); /* pairs with sched/poll.c */
    if (was == BRC_SCHED_IN_FUTEX)
        syscall(SYS_futex, &s->sleeping, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    uint64_t one = 1;
    if (was == BRC_SCHED_IN_POLL) (void)!write(s->wake_fd, &one, sizeof one);
    return was != BRC_SCHED_AWAKE;
}

Proc *brc_proc_take(ProcSlot *slot, bool parked) {
    /* Mostly it runs or is queued: a look is enough, for what made us come happened before, and
     * brc_proc_rest_as looks for that after it has changed the state. */
    uint32_t was = atomic_load(&slot->state);
    if (was == BRC_PROC_READY) return NULL;
    was = BRC_PROC_WAITING;
    if (!atomic_compare_exchange_strong(&slot->state, &was, BRC_PROC_READY)) {
        if (!parked || (was != BRC_PROC_PARKED && was != BRC_PROC_SUSPENDED)) return NULL;
        if (!atomic_compare_exchange_strong(&slot->state, &was, BRC_PROC_READY)) return NULL;
    }
    return slot->p; /* READY by our hand and queued nowhere: it cannot end before we queue it */
}

bool brc_proc_make_ready_mt(ProcSlot *slot, bool parked) {
    Proc *p = brc_proc_take(slot, parked);
    uint32_t dirty = BRC_PROC_DIRTY;
    if (!p && parked && atomic_compare_exchange_strong(&slot->state, &dirty, BRC_PROC_READY))
        p = slot->p;
    if (!p) return false;
    if (brc_proc_sched)
        brc_proc_enqueue_next(brc_proc_sched, p);
    else
        brc_proc_enqueue(p->rest->sched, p);
    return true;
}

void brc_proc_wake_mt(Term pid) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (!slot) return;
    atomic_store(&slot->woken, 1); /* pairs with the exchange in sched/loop.c */
    brc_proc_make_ready_mt(slot, true);
}

/* Whoever pushed before the new state was seen did not queue the process, and then the inbox is
 * not empty here; a timer that fired or a wake-up has set `woken` then. After the store another
 * thread may have the process. */
void brc_proc_rest_as(ProcSlot *slot, enum ProcState state) {
    atomic_store(&slot->state, state); /* seq_cst, as the push and brc_proc_take are */
    bool wakes = state == BRC_PROC_WAITING || state == BRC_PROC_PARKED;
    if (atomic_load(&slot->inbox) || (wakes && atomic_load(&slot->woken)))
        brc_proc_make_ready_mt(slot, true);
}
