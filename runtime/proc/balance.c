/* balance.c: threads that all have work share it by priority.
 *
 * A thread without work takes some from others (runq.c). That alone leaves those of low priority
 * alone on one thread while all normal ones crowd another; and those behind a process of high
 * priority that never waits would never run. So each thread looks at the others now and then, and
 * takes half of what they have more than itself, of each priority; of those that are never served,
 * all. A thread that has work of high priority takes none of less. What has high priority does not
 * wait for that: no thread begins a turn of less while some waits. */
#include "proc/proc.h"

#define EVERY_NS 10000000u

static uint32_t waiting(Sched *s, int priority) {
    return atomic_load_explicit(&s->waiting[priority], memory_order_relaxed);
}

/* Since the last look none was taken of that priority; normal and low take turns. */
static void note_stuck(Sched *s) {
    uint32_t stuck = 0, served[4];
    for (int i = 0; i < 4; i++)
        served[i] = atomic_load_explicit(&s->served[i], memory_order_relaxed);
    bool turns = served[BRC_PRIORITY_NORMAL] != s->served_before[BRC_PRIORITY_NORMAL] ||
                 served[BRC_PRIORITY_LOW] != s->served_before[BRC_PRIORITY_LOW];
    if (!turns) stuck = 1u << BRC_PRIORITY_NORMAL | 1u << BRC_PRIORITY_LOW;
    if (served[BRC_PRIORITY_HIGH] == s->served_before[BRC_PRIORITY_HIGH])
        stuck |= 1u << BRC_PRIORITY_HIGH;
    for (int i = 0; i < 4; i++)
        s->served_before[i] = served[i];
    atomic_store_explicit(&s->stuck, stuck, memory_order_relaxed);
}

static uint32_t share(Sched *s, Sched *other, int priority) {
    uint32_t mine = waiting(s, priority), theirs = waiting(other, priority);
    if (atomic_load_explicit(&other->stuck, memory_order_relaxed) >> priority & 1) return theirs;
    return theirs > mine + 1 ? (theirs - mine) / 2 : 0;
}

static void balance_with(Sched *s, Sched *other) {
    for (int i = BRC_PRIORITY_MAX; i >= BRC_PRIORITY_LOW; i--) {
        uint32_t n = share(s, other, i);
        if (n) brc_proc_move(s, other, (uint8_t)i, n);
        if (i >= BRC_PRIORITY_HIGH && waiting(s, i)) return;
    }
}

void brc_proc_balance(Sched *s, uint64_t now_ns) {
    if (now_ns - s->balanced_ns < EVERY_NS) return;
    s->balanced_ns = now_ns;
    note_stuck(s);
    Sched *other;
    for (uint32_t i = 0; (other = brc_proc_sched_at(i)) != NULL; i++)
        if (other != s) balance_with(s, other);
}

void brc_proc_fetch_urgent(Sched *s) {
    Sched *other;
    if (waiting(s, BRC_PRIORITY_MAX) || waiting(s, BRC_PRIORITY_HIGH)) return;
    for (int i = BRC_PRIORITY_MAX; i >= BRC_PRIORITY_HIGH; i--)
        for (uint32_t at = 0; (other = brc_proc_sched_at(at)) != NULL; at++) {
            if (other == s || waiting(other, i) == 0) continue;
            brc_proc_move(s, other, (uint8_t)i, 1);
            return;
        }
}
