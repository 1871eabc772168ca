/* time.c: call_time: the time between a function's entry and the next traced one's, or its end,
 * is the function's, for each process. A process's time goes on while it does not run, but for what
 * it waits. */
#include "trace/calls.h"
#include "base/panic.h"
#include "proc/clock.h"
#include <stdlib.h>

static CallTime *time_of_locked(CallBreak *b, Term pid) {
    for (CallTime *t = b->times; t; t = t->next)
        if (t->pid == pid) return t;
    CallTime *t = calloc(1, sizeof *t);
    if (!t) brc_base_panic("out of memory (call_time)");
    t->pid = pid;
    t->next = b->times;
    return b->times = t;
}

static void add(const CallSet *s, int64_t i, Term pid, uint64_t calls, uint64_t ns) {
    CallBreak *b = i < 0 ? NULL : atomic_load(&s->breaks[i]);
    if (!b) return;
    brc_base_write_lock(&brc_calls_lock);
    if (atomic_load(&b->kinds) & BRC_CALLS_TIME) {
        CallTime *t = time_of_locked(b, pid);
        t->calls += calls;
        t->ns += ns;
    }
    brc_base_write_unlock(&brc_calls_lock);
}

int64_t brc_calls_time(Proc *p, const CallSet *s, int64_t i, bool called) {
    ProcRest *r = p->rest;
    uint64_t now = brc_proc_clock_ns();
    int64_t before = r->steps->time_since ? r->steps->time_function : -1;
    add(s, before, r->pid, 0, now - r->steps->time_since);
    if (called) add(s, i, r->pid, 1, 0);
    r->steps->time_function = i;
    r->steps->time_since = i < 0 ? 0 : now;
    return before;
}

void brc_calls_turn(Proc *p, bool begins) {
    ProcRest *r = p->rest;
    if (begins) brc_calls_update(p);
    if (!r->steps || !r->steps->time_since) return;
    uint64_t now = brc_proc_clock_ns();
    if (!begins)
        add(brc_calls_all(), r->steps->time_function, r->pid, 0, now - r->steps->time_since);
    r->steps->time_since = now;
}

void brc_calls_forget_times(CallBreak *b) {
    while (b->times) {
        CallTime *next = b->times->next;
        free(b->times);
        b->times = next;
    }
}
