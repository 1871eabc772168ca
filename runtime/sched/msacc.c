/* msacc.c: see msacc.h. Each thread adds to its own row; others read it, and turn accounting on and
 * off, so that a moment's time may be told of the state before or after. */
#include "sched/msacc.h"
#include "base/panic.h"
#include "proc/clock.h"
#include "sched/dirty.h"
#include "term/map.h"
#include <stdlib.h>

typedef struct Row {
    _Atomic(uint64_t) ns[BRC_MSACC_STATES], since; /* of the state it is in */
    _Atomic(uint32_t) state;
} Row;

_Atomic(bool) brc_sched_msacc_on;
static Row *_Atomic rows; /* one per scheduler, once it was turned on */
static uint64_t total_ns; /* it was on for, but for the time since on_ns; under the lock */
static uint64_t on_ns;
static BrcLock lock; /* guards turning it on and off */

static void add(Row *r, uint64_t now) {
    uint64_t since = atomic_exchange_explicit(&r->since, now, memory_order_relaxed);
    uint32_t state = atomic_load_explicit(&r->state, memory_order_relaxed);
    if (now > since) atomic_fetch_add_explicit(&r->ns[state], now - since, memory_order_relaxed);
}

enum MsaccState brc_sched_msacc_change(const Sched *s, enum MsaccState to) {
    Row *r = &atomic_load_explicit(&rows, memory_order_acquire)[s->id - 1];
    enum MsaccState from = (enum MsaccState)atomic_load_explicit(&r->state, memory_order_relaxed);
    add(r, brc_proc_clock_ns());
    atomic_store_explicit(&r->state, to, memory_order_relaxed);
    return from;
}

static void prepare_locked(void) {
    if (atomic_load(&rows)) return;
    Row *new_ = calloc(brc_sched_threads(), sizeof *new_);
    if (!new_) brc_base_panic("out of memory (microstate accounting)");
    for (uint32_t i = 0; i < brc_sched_threads(); i++)
        atomic_store(&new_[i].state, BRC_MSACC_SLEEP);
    atomic_store_explicit(&rows, new_, memory_order_release);
}

static void turn_locked(const Proc *p, bool on, uint64_t now) {
    Row *all = atomic_load(&rows);
    for (uint32_t i = 0; all && i < brc_sched_threads(); i++)
        if (on)
            atomic_store(&all[i].since, now);
        else
            add(&all[i], now);
    if (on) atomic_store(&all[p->rest->sched->id - 1].state, BRC_MSACC_EMULATOR);
    if (!on) total_ns += now - on_ns;
    on_ns = now;
    atomic_store(&brc_sched_msacc_on, on);
}

static void reset_locked(uint64_t now) {
    Row *all = atomic_load(&rows);
    for (uint32_t i = 0; all && i < brc_sched_threads(); i++) {
        for (int k = 0; k < BRC_MSACC_STATES; k++)
            atomic_store(&all[i].ns[k], 0);
        atomic_store(&all[i].since, now);
    }
    total_ns = 0;
    on_ns = now;
}

Term brc_sched_msacc_set(Proc *p, Term value) {
    uint64_t now = brc_proc_clock_ns();
    bool was = atomic_load(&brc_sched_msacc_on);
    if (value != AM(true) && value != AM(false) && value != AM(reset)) return BRC_NONE;
    brc_base_lock(&lock);
    if (value == AM(true)) prepare_locked();
    if (value == AM(reset))
        reset_locked(now);
    else if (was != (value == AM(true)))
        turn_locked(p, !was, now);
    brc_base_unlock(&lock);
    return term_bool(was);
}

/* ---- showing ---- */

static Term row_map(Proc *p, Term type, uint32_t id, const uint64_t ns[BRC_MSACC_STATES]) {
    static const Term names[] = {AM(aux),   AM(check_io), AM(emulator), AM(gc),
                                 AM(other), AM(port),     AM(sleep)};
    Term pairs[2 * BRC_MSACC_STATES];
    for (int i = 0; i < BRC_MSACC_STATES; i++) {
        pairs[2 * i] = names[i];
        pairs[2 * i + 1] = BRC_SMALL(ns[i]);
    }
    Term counters = brc_term_map_from_pairs(p, pairs, BRC_MSACC_STATES);
    Term row[] = {AM(counters), counters, AM(id), BRC_SMALL(id), AM(type), type};
    return brc_term_map_from_pairs(p, row, 3);
}

/* Threads whose time is not told apart, before the list: they sleep. */
static Term sleepers(Proc *p, Term type, uint32_t first, uint32_t n, uint64_t ns, Term list) {
    uint64_t all[BRC_MSACC_STATES] = {[BRC_MSACC_SLEEP] = ns};
    for (uint32_t i = first; i < first + n; i++)
        list = term_cons(brc_ctx_alloc(p, 2), row_map(p, type, i, all), list);
    return list;
}

Term brc_sched_msacc_list(Proc *p) {
    uint64_t now = brc_proc_clock_ns(), ns[BRC_MSACC_STATES];
    bool on = atomic_load(&brc_sched_msacc_on);
    Row *all = atomic_load(&rows);
    uint64_t total = total_ns + (on ? now - on_ns : 0);
    Term list = sleepers(p, AM(dirty_cpu_scheduler), 1, brc_sched_dirty_cpu(), total, BRC_NIL);
    list = sleepers(p, AM(dirty_io_scheduler), 1, brc_sched_dirty_io(), total, list);
    for (uint32_t i = brc_sched_threads(); i-- > 0;) {
        for (int k = 0; k < BRC_MSACC_STATES; k++)
            ns[k] = all ? atomic_load(&all[i].ns[k]) : 0;
        if (all && on) ns[atomic_load(&all[i].state)] += now - atomic_load(&all[i].since);
        list = term_cons(brc_ctx_alloc(p, 2), row_map(p, AM(scheduler), i + 1, ns), list);
    }
    return list;
}
