/* slim.c: processes that wait for long, in a receive or parked, have no more heap than what lives
 * on it takes.
 *
 * A process that begins to wait with a heap block of its own is noted by its thread, which later
 * collects those that have not run for LONG_NS: their stack goes back to the process's first block,
 * what lives to a block of its size. A thread does that when it has nothing else to do, and a
 * little of it between turns, for a block that is free early is one less to be asked for. Nothing
 * is left to be done after that, so a program at rest has no timers for it. */
#include "sched/sched.h"
#include "base/panic.h"
#include "sig/purge.h"
#include <stdlib.h>

#ifdef BRC_STRESS
#define LONG_NS UINT64_C(1000000)
#else
#define LONG_NS UINT64_C(100000000)
#endif
#define MOST_WORDS ((size_t)16 << 10) /* larger ones would make others wait for too long */

typedef struct Sleeper {
    Term pid;
    uint64_t since_ns, reductions; /* when it was noted, and what it had used by then */
} Sleeper;

static _Thread_local struct { /* in the order of their times */
    Sleeper *at;
    size_t first, end, room;
} sleepers;

static void note(Term pid, uint64_t reductions, uint64_t now_ns) {
    if (sleepers.end == sleepers.room) {
        size_t n = sleepers.end - sleepers.first;
        if (n > 0) memmove(sleepers.at, sleepers.at + sleepers.first, n * sizeof(Sleeper));
        sleepers.first = 0, sleepers.end = n;
        if (n * 2 >= sleepers.room) {
            sleepers.room = sleepers.room ? sleepers.room * 2 : 64;
            sleepers.at = realloc(sleepers.at, sleepers.room * sizeof(Sleeper));
            BRC_CHECK(sleepers.at != NULL);
        }
    }
    sleepers.at[sleepers.end++] = (Sleeper){pid, now_ns, reductions};
}

void brc_sched_slim_later(Proc *p) {
    ProcRest *r = p->rest;
    atomic_store_explicit(&r->slot->is_noted, 1, memory_order_relaxed);
    note(r->pid, r->reductions, brc_proc_clock_ns());
}

/* p is in our hands. */
static void slim(Proc *p, const Sleeper *s, uint64_t now_ns) {
    ProcRest *r = p->rest;
    if (r->reductions != s->reductions) {
        note(s->pid, r->reductions, now_ns);
        return;
    }
    atomic_store_explicit(&r->slot->is_noted, 0, memory_order_relaxed);
    if (r->trace || r->exiting || brc_heap_total_words(p) > MOST_WORDS) return;
    sig_set_message_limit();
    brc_sched_settle(p);
}

static void look_at(const Sleeper *s, uint64_t now_ns) {
    ProcSlot *slot = brc_proc_slot_of(s->pid);
    if (!slot) return;
    Proc *p = brc_proc_take(slot, atomic_load(&slot->state) == BRC_PROC_PARKED);
    if (!p) { /* it runs, or rests otherwise: it will be noted again */
        atomic_store_explicit(&slot->is_noted, 0, memory_order_relaxed);
        return;
    }
    if (p->rest->pid == s->pid) slim(p, s, now_ns);
    brc_proc_rest_as(slot, p->rest->wait == BRC_WAIT_PARK ? BRC_PROC_PARKED : BRC_PROC_WAITING);
}

uint64_t brc_sched_slim(unsigned most) {
    if (sleepers.first == sleepers.end) return UINT64_MAX;
    uint64_t now = brc_proc_clock_ns();
    for (; most > 0 && sleepers.first < sleepers.end; most--) {
        Sleeper s = sleepers.at[sleepers.first];
        if (s.since_ns + LONG_NS > now) return s.since_ns + LONG_NS;
        sleepers.first++;
        look_at(&s, now);
    }
    if (sleepers.first < sleepers.end) return now;
    free(sleepers.at);
    memset(&sleepers, 0, sizeof sleepers);
    return UINT64_MAX;
}
