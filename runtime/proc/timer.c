/* timer.c: see timer.h. */
#include "proc/timer.h"
#include "base/panic.h"
#include <stdlib.h>
#include <time.h>

#define CHILDREN 4u

uint64_t brc_proc_clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

static bool before(const TimerEntry *a, const TimerEntry *b) {
    if (a->at_ns != b->at_ns) return a->at_ns < b->at_ns;
    return a->timer->age < b->timer->age;
}

static void put(TimerHeap *h, uint32_t i, TimerEntry e) {
    h->entries[i] = e;
    e.timer->place = i;
}

/* Children of i (from 1): CHILDREN * (i - 1) + 2 and the next ones. */
static void sift_up(TimerHeap *h, uint32_t i, TimerEntry e) {
    while (i > 1) {
        uint32_t parent = (i - 2) / CHILDREN + 1;
        if (!before(&e, &h->entries[parent])) break;
        put(h, i, h->entries[parent]);
        i = parent;
    }
    put(h, i, e);
}

static void sift_down(TimerHeap *h, uint32_t i, TimerEntry e) {
    for (;;) {
        uint64_t first = (uint64_t)CHILDREN * (i - 1) + 2;
        if (first > h->count) break;
        uint32_t best = (uint32_t)first;
        for (uint32_t c = best + 1; c < first + CHILDREN && c <= h->count; c++)
            if (before(&h->entries[c], &h->entries[best])) best = c;
        if (!before(&h->entries[best], &e)) break;
        put(h, i, h->entries[best]);
        i = best;
    }
    put(h, i, e);
}

static void arm_locked(TimerHeap *h, Timer *t, uint64_t at_ns) {
    if (h->count + 1 >= h->capacity) {
        h->capacity = h->capacity ? h->capacity * 2 : 16;
        h->entries = realloc(h->entries, h->capacity * sizeof *h->entries);
        BRC_CHECK(h->entries != NULL);
    }
    t->heap = h;
    t->at_ns = at_ns;
    t->age = ++h->ages;
    sift_up(h, ++h->count, (TimerEntry){at_ns, t});
}

void brc_proc_timer_arm(TimerHeap *h, Timer *t, uint64_t at_ns) {
    brc_base_lock(&h->lock);
    arm_locked(h, t, at_ns);
    brc_base_unlock(&h->lock);
}

static void disarm_locked(TimerHeap *h, Timer *t) {
    uint32_t i = t->place;
    if (i == 0) return;
    t->place = 0;
    TimerEntry last = h->entries[h->count--];
    if (last.timer == t) return;
    if (i > 1 && before(&last, &h->entries[(i - 2) / CHILDREN + 1]))
        sift_up(h, i, last);
    else
        sift_down(h, i, last);
}

void brc_proc_timer_disarm(Timer *t) {
    TimerHeap *h = t->heap;
    if (!h) return;
    brc_base_lock(&h->lock);
    disarm_locked(h, t);
    brc_base_unlock(&h->lock);
}

uint64_t brc_proc_timer_next_ns(TimerHeap *h) {
    brc_base_lock(&h->lock);
    uint64_t at_ns = h->count ? h->entries[1].at_ns : UINT64_MAX;
    brc_base_unlock(&h->lock);
    return at_ns;
}

size_t brc_proc_timer_run(TimerHeap *h, uint64_t now_ns) {
    size_t fired = 0;
    brc_base_lock(&h->lock);
    while (h->count && h->entries[1].at_ns <= now_ns) {
        Timer *t = h->entries[1].timer;
        disarm_locked(h, t);
        t->fire(t);
        fired++;
    }
    brc_base_unlock(&h->lock);
    return fired;
}
