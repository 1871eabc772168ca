/* runq.c: run queues: first in, first out, one for each of the priorities max and high, one for
 * normal and low together, in which a process of low priority lets LOW_SKIPS turns go by. */
#include "proc/proc.h"

#include <unistd.h>

#define LOW_SKIPS 7

_Thread_local Sched *brc_proc_sched;

static RunQueue *queue_of(Sched *s, const ProcRest *r) {
    if (r->priority == BRC_PRIORITY_MAX) return &s->queues[0];
    if (r->priority == BRC_PRIORITY_HIGH) return &s->queues[1];
    return &s->queues[2];
}

static void append(RunQueue *q, Proc *p) {
    p->rest->queue_next = NULL;
    if (q->last)
        q->last->rest->queue_next = p;
    else
        q->first = p;
    q->last = p;
    q->count++;
}

static Proc *take_first(RunQueue *q) {
    Proc *p = q->first;
    q->first = p->rest->queue_next;
    if (!q->first) q->last = NULL;
    q->count--;
    return p;
}

void brc_proc_enqueue(Proc *p) {
    ProcRest *r = p->rest;
    r->low_skips = r->priority == BRC_PRIORITY_LOW ? LOW_SKIPS : 0;
    append(queue_of(r->sched, r), p);
}

Proc *brc_proc_dequeue(Sched *s) {
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

uint32_t brc_proc_queued(const Sched *s) {
    return s->queues[0].count + s->queues[1].count + s->queues[2].count;
}

static void hand_over(Sched *s, ProcSlot *slot) {
    ProcSlot *first = atomic_load_explicit(&s->remote, memory_order_relaxed);
    do
        slot->ready_next = first;
    while (!atomic_compare_exchange_weak(&s->remote, &first, slot)); /* pairs with take_remote */
    if (!atomic_exchange(&s->sleeping, 0)) return;
    uint64_t one = 1;
    ssize_t done = write(s->wake_fd, &one, sizeof one);
    (void)done; /* fails only where the counter is full, and then it wakes anyway */
}

void brc_proc_take_remote(Sched *s) {
    if (!atomic_load_explicit(&s->remote, memory_order_relaxed)) return;
    ProcSlot *newest = atomic_exchange(&s->remote, NULL), *oldest = NULL;
    while (newest) {
        ProcSlot *next = newest->ready_next;
        newest->ready_next = oldest;
        oldest = newest;
        newest = next;
    }
    for (; oldest; oldest = oldest->ready_next)
        brc_proc_enqueue(oldest->p);
}

bool brc_proc_make_ready_mt(ProcSlot *slot, bool parked) {
    uint32_t was = BRC_PROC_WAITING;
    if (!atomic_compare_exchange_strong(&slot->state, &was, BRC_PROC_READY)) {
        if (!parked || was != BRC_PROC_PARKED) return false;
        if (!atomic_compare_exchange_strong(&slot->state, &was, BRC_PROC_READY)) return false;
    }
    /* READY by our hand and queued nowhere: it cannot end before we queue it. */
    Sched *s = slot->p->rest->sched;
    if (s == brc_proc_sched)
        brc_proc_enqueue(slot->p);
    else
        hand_over(s, slot);
    return true;
}

void brc_proc_wake_mt(ProcSlot *slot) {
    if (!slot->p) return;
    atomic_store(&slot->p->rest->woken, 1); /* pairs with the exchange in sched/loop.c */
    brc_proc_make_ready_mt(slot, true);
}
