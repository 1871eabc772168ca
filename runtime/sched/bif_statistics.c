/* bif_statistics.c: erlang:statistics/1, memory/0,1. */
#include "abi/bif.h"
#include "base/pages.h"
#include "ctx/fail.h"
#include "proc/clock.h"
#include "sched/dirty.h"
#include "sched/msacc.h"
#include "sched/stats.h"
#include "sig/sysmon.h"
#include "sig/tracing.h"
#include "term/int.h"
#include <time.h>

static _Atomic(uint64_t) collections, words_reclaimed;
static uint64_t started_ns;

static _Thread_local uint64_t begun_ns;
static _Thread_local enum MsaccState before_gc;

/* Pools collect nothing that would be told of. */
static void account(bool begins) {
    if (!brc_proc_sched) return;
    enum MsaccState was = msacc_enter(brc_proc_sched, begins ? BRC_MSACC_GC : before_gc);
    if (begins) before_gc = was;
}

/* brc_hook_gc_begin */
static void collecting(Proc *p) {
    account(true);
    if (sysmon_wants(BRC_SYSMON_GC)) begun_ns = brc_proc_clock_ns();
    brc_sig_before_collection(p);
}

/* brc_hook_gc_done */
static void collected(Proc *p, bool major, size_t before, size_t after) {
    account(false);
    if (sysmon_wants(BRC_SYSMON_GC | BRC_SYSMON_HEAP))
        brc_sig_sysmon_gc(p, brc_proc_clock_ns() - begun_ns);
    if (trace_is_on(p->rest, BRC_TRACE_GC)) brc_sig_trace_gc(p, major, before, after);
    atomic_fetch_add_explicit(&collections, 1, memory_order_relaxed);
    if (before > after)
        atomic_fetch_add_explicit(&words_reclaimed, before - after, memory_order_relaxed);
}

void brc_sched_stats_start(void) {
    started_ns = brc_proc_clock_ns();
    brc_hook_gc_begin = collecting;
    brc_hook_gc_done = collected;
}
uint64_t brc_sched_started_ns(void) {
    return started_ns;
}

static Term pair(Proc *p, Term a, Term b) {
    return term_tuple2(brc_ctx_alloc(p, 3), a, b);
}
static Term list1(Proc *p, Term a) {
    return term_cons(brc_ctx_alloc(p, 2), a, BRC_NIL);
}

/* {Now, SinceLastAsked} */
static Term since(Proc *p, uint64_t now, uint64_t *last) {
    uint64_t before = *last;
    *last = now;
    return pair(p, brc_term_int_from_u64(p, now), brc_term_int_from_u64(p, now - before));
}

static uint64_t cpu_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* The sum over all threads of what `of` says of one. */
static uint64_t sum(uint64_t (*of)(Sched *)) {
    uint64_t n = 0;
    Sched *s;
    for (uint32_t i = 0; (s = brc_sched_at(i)) != NULL; i++)
        n += of(s);
    return n;
}
static uint64_t reductions_of(Sched *s) {
    return atomic_load_explicit(&s->reductions, memory_order_relaxed);
}
static uint64_t turns_of(Sched *s) {
    return atomic_load_explicit(&s->turns, memory_order_relaxed);
}
static uint64_t queued_of(Sched *s) {
    return atomic_load_explicit(&s->queued, memory_order_relaxed);
}
static uint64_t active_of(Sched *s) {
    return queued_of(s) + atomic_load_explicit(&s->running, memory_order_relaxed);
}

/* [N] for each scheduler, before `list`; threads that were not started yet have none. */
static Term for_each(Proc *p, uint64_t (*of)(Sched *), Term list) {
    for (uint32_t i = brc_sched_threads(); i-- > 0;) {
        Sched *s = brc_sched_at(i);
        list = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(s ? of(s) : 0), list);
    }
    return list;
}

static uint64_t reductions_now(const Proc *p) {
    return sum(reductions_of) + (uint64_t)(p->rest->turn_reds - proc_reds(p));
}

/* Without the time it sleeps now, which it counts when it wakes up: where it does in between, that
 * time counts neither way. */
static uint64_t active_ns(Sched *s, uint64_t now) {
    uint64_t since = atomic_load(&s->asleep_ns), slept = atomic_load(&s->slept_ns);
    if (since && since < now) slept += now - since;
    uint64_t begun = now - s->started_ns;
    return slept < begun ? begun - slept : 0;
}

static Term wall_time(Proc *p, uint32_t id, uint64_t active, uint64_t now, Term list) {
    Term t = term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(id), brc_term_int_from_u64(p, active),
                         brc_term_int_from_u64(p, now - started_ns));
    return term_cons(brc_ctx_alloc(p, 2), t, list);
}

static Term pool_times(Proc *p, enum DirtyPool pool, uint32_t n, uint32_t before, uint64_t now,
                       Term list) {
    for (uint32_t i = n; i-- > 0;)
        list = wall_time(p, before + i + 1, brc_sched_dirty_busy_ns(pool, i), now, list);
    return list;
}

/* [{Id, Active, Total}], in nanoseconds: of the schedulers and the pool for work, then of all. */
static Term wall_times(Proc *p, bool all) {
    uint64_t now = brc_proc_clock_ns();
    if (!atomic_load(&brc_sched_wall_time)) return AM(undefined);
    uint32_t n = brc_sched_threads(), cpu = brc_sched_dirty_cpu(), io = brc_sched_dirty_io();
    Term list = all ? pool_times(p, BRC_DIRTY_IO, io, n + cpu, now, BRC_NIL) : BRC_NIL;
    list = pool_times(p, BRC_DIRTY_CPU, cpu, n, now, list);
    for (uint32_t i = n; i-- > 0;) {
        Sched *s = brc_sched_at(i);
        list = wall_time(p, i + 1, s ? active_ns(s, now) : 0, now, list);
    }
    return list;
}
_Atomic(uint32_t) brc_sched_wall_time;

/* Calls that wait, and where `running` is set those under way. */
static uint64_t of_pool(enum DirtyPool pool, bool running) {
    return brc_sched_dirty_queued(pool) + (running ? brc_sched_dirty_running(pool) : 0);
}
/* The schedulers', then that of the pool for work, then, of all, that of the other one. */
static Term lengths(Proc *p, uint64_t (*of)(Sched *), bool running, bool all) {
    Term last = all ? list1(p, BRC_SMALL(of_pool(BRC_DIRTY_IO, running))) : BRC_NIL;
    Term cpu = BRC_SMALL(of_pool(BRC_DIRTY_CPU, running));
    return for_each(p, of, term_cons(brc_ctx_alloc(p, 2), cpu, last));
}
static Term total(uint64_t (*of)(Sched *), bool running, bool all) {
    uint64_t n = sum(of) + of_pool(BRC_DIRTY_CPU, running);
    return BRC_SMALL(all ? n + of_pool(BRC_DIRTY_IO, running) : n);
}

/* Numbers of work waiting and under way; BRC_NONE: another item. */
static Term load_item(Proc *p, Term item) {
    if (item == AM(run_queue) || item == AM(total_run_queue_lengths))
        return total(queued_of, false, false);
    if (item == AM(total_run_queue_lengths_all)) return total(queued_of, false, true);
    if (item == AM(total_active_tasks)) return total(active_of, true, false);
    if (item == AM(total_active_tasks_all)) return total(active_of, true, true);
    if (item == AM(run_queue_lengths)) return lengths(p, queued_of, false, false);
    if (item == AM(run_queue_lengths_all)) return lengths(p, queued_of, false, true);
    if (item == AM(active_tasks)) return lengths(p, active_of, true, false);
    if (item == AM(active_tasks_all)) return lengths(p, active_of, true, true);
    if (item == AM(scheduler_wall_time) || item == AM(scheduler_wall_time_all))
        return wall_times(p, item == AM(scheduler_wall_time_all));
    if (item == AM(microstate_accounting)) return brc_sched_msacc_list(p);
    return BRC_NONE;
}

Term brc_bif_erlang_statistics_1(Proc *p, Term item) {
    static uint64_t last_reductions, last_exact, last_cpu, last_wall;
    static BrcLock lock; /* guards those */
    uint64_t *last = item == AM(reductions)         ? &last_reductions
                     : item == AM(exact_reductions) ? &last_exact
                     : item == AM(runtime)          ? &last_cpu
                     : item == AM(wall_clock)       ? &last_wall
                                                    : NULL;
    if (last) {
        uint64_t now = last == &last_cpu    ? cpu_ms()
                       : last == &last_wall ? (brc_proc_clock_ns() - started_ns) / 1000000
                                            : reductions_now(p);
        brc_base_lock(&lock);
        Term t = since(p, now, last);
        brc_base_unlock(&lock);
        return t;
    }
    if (item == AM(context_switches))
        return pair(p, brc_term_int_from_u64(p, sum(turns_of)), BRC_SMALL(0));
    if (item == AM(garbage_collection))
        return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(atomic_load(&collections)),
                           BRC_SMALL(atomic_load(&words_reclaimed)), BRC_SMALL(0));
    if (item == AM(io))
        return pair(p, pair(p, AM(input), BRC_SMALL(atomic_load(&brc_sched_bytes_in))),
                    pair(p, AM(output), BRC_SMALL(atomic_load(&brc_sched_bytes_out))));
    Term t = load_item(p, item);
    return t == BRC_NONE ? brc_ctx_badarg(p) : t;
}
_Atomic(uint64_t) brc_sched_bytes_in, brc_sched_bytes_out;

/* ---- memory ---- */
extern const char __executable_start[] __attribute__((weak)), etext[] __attribute__((weak));

uint64_t (*brc_sched_ets_bytes)(void), (*brc_sched_ets_count)(void);

static uint64_t memory_of(Term type) {
    size_t blocks, kept;
    brc_base_blocks_count(&blocks, &kept);
    uint64_t binaries = brc_ctx_sharedbin_bytes();
    uint64_t code = (uint64_t)(etext - __executable_start);
    uint64_t ets = brc_sched_ets_bytes ? brc_sched_ets_bytes() : 0;
    blocks = blocks > ets ? blocks - ets : 0; /* tables take theirs from the same place */
    if (type == AM(processes) || type == AM(processes_used)) return blocks;
    if (type == AM(binary)) return binaries;
    if (type == AM(code)) return code;
    if (type == AM(atom) || type == AM(atom_used)) return 0; /* counted with the code */
    if (type == AM(ets)) return ets;
    uint64_t system = binaries + code + kept + ets;
    if (type == AM(system)) return system;
    return system + blocks; /* total */
}

static const Term types[] = {AM(total),     AM(processes), AM(processes_used), AM(system), AM(atom),
                             AM(atom_used), AM(binary),    AM(code),           AM(ets)};
#define TYPES (sizeof types / sizeof *types)

static bool is_type(Term t) {
    for (size_t i = 0; i < TYPES; i++)
        if (types[i] == t) return true;
    return false;
}

static Term memory_entry(Proc *p, Term type) {
    return pair(p, type, brc_term_int_from_u64(p, memory_of(type)));
}

Term brc_bif_erlang_memory_0(Proc *p) {
    Term list = BRC_NIL;
    for (size_t i = TYPES; i-- > 0;)
        list = term_cons(brc_ctx_alloc(p, 2), memory_entry(p, types[i]), list);
    return list;
}

Term brc_bif_erlang_memory_1(Proc *p, Term what) {
    if (is_type(what)) return brc_term_int_from_u64(p, memory_of(what));
    if (brc_term_list_length(what) < 0) return brc_ctx_badarg(p);
    Term list = BRC_NIL, *last = NULL;
    for (; term_is_cons(what); what = term_tail(what)) {
        if (!is_type(term_head(what))) return brc_ctx_badarg(p);
        Term cell = list1(p, memory_entry(p, term_head(what)));
        if (last)
            *last = cell;
        else
            list = cell;
        last = term_cell(cell) + 1;
    }
    return list;
}
