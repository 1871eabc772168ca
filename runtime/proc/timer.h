/* timer.h: a scheduler's timers: a heap of four children each, ordered by time, then by age.
 *
 * A timer lies within what owns it (a process, a send_after); the heap holds pointers, each timer
 * its place, so taking one out costs no search. Any thread may take one out. A million of them cost
 * 24 bytes each here. */
#pragma once
#include "base/lock.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct TimerHeap;
typedef struct Timer {
    struct TimerHeap *heap; /* where it was armed last */
    uint64_t at_ns;         /* brc_proc_clock_ns */
    uint64_t age;           /* counts up: of two with the same time the older goes first */
    uint32_t place;         /* in the heap, from 1; 0: not armed */
    uint32_t kind;
    void (*fire)(struct Timer *t);
} Timer;

typedef struct TimerEntry {
    uint64_t at_ns;
    Timer *timer;
} TimerEntry;

typedef struct TimerHeap { /* entries[0] is not used */
    BrcLock lock;          /* guards all, and `place` of its timers; held while one fires */
    TimerEntry *entries;
    uint32_t count, capacity;
    uint64_t ages;
} TimerHeap;

void brc_proc_timer_arm(TimerHeap *h, Timer *t, uint64_t at_ns); /* t is not armed */
/* Armed or not, or never yet. It does not fire any more after that. Any thread. */
void brc_proc_timer_disarm(Timer *t);
uint64_t brc_proc_timer_next_ns(TimerHeap *h); /* UINT64_MAX: none */
/* Fires all that are due, under the lock: `fire` may wake processes and send, not arm or disarm.
 * How many. */
size_t brc_proc_timer_run(TimerHeap *h, uint64_t now_ns);

uint64_t brc_proc_clock_ns(void); /* monotonic */
