/* loop.c: one turn after another.
 *
 * A process is entered at p->resume with the X registers it had when it left; it comes back by a
 * plain return, having left word of why in Sched.turn (or p->fail, for built-ins that wait). What
 * other threads may see of it changes last, in brc_proc_rest_as or brc_proc_enqueue: from then on
 * it may run elsewhere. */
#include "sched/sched.h"
#include "abi/traced.h"
#include "base/panic.h"
#include "code/raise.h"
#include "ctx/slice.h"
#include "heap/settle.h"
#include "sched/dirty.h"
#include "sched/msacc.h"
#include "sched/stats.h"
#include "sig/purge.h"
#include "sig/signal.h"
#include "sig/sysmon.h"
#include "sig/tracing.h"
#include "term/hash.h"
#include <stdlib.h>

#define CHECK_EVERY 10000u /* reductions of work between looks at the clock */
#define TURN_COST   100u   /* what a turn costs beside its reductions */
#define SLIM_BUSY   4u     /* processes settled at each such look, */
#define SLIM_IDLE   32u    /* and before each look for work without any */

Sched brc_sched_first;
void (*brc_sched_flush)(bool idle, uint64_t now_ns);
void (*brc_sched_interrupt)(void);
_Atomic(uint32_t) brc_sched_chores;
void (*brc_sched_chore)(void);

/* Only its own thread adds. */
static void count(_Atomic(uint64_t) *n, uint64_t more) {
    atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + more,
                          memory_order_relaxed);
}

/* ---- X registers ---- */
void brc_sched_load_registers(Proc *p) {
    ProcRest *r = p->rest;
    uint32_t n = r->saved_live;
    for (uint32_t i = 0; i < n && i < BRC_REG_ARGS; i++)
        p->x[i] = r->saved_x[i]; /* others are dead: whoever ran before has left his there */
    if (n <= BRC_REG_ARGS) return;
    memcpy(p->x + BRC_REG_ARGS, r->saved_more, (n - BRC_REG_ARGS) * sizeof(Term));
    free(r->saved_more);
    r->saved_more = NULL;
}

void brc_sched_save_registers(Proc *p, uint32_t n) {
    ProcRest *r = p->rest;
    r->saved_live = n;
    for (uint32_t i = 0; i < n && i < BRC_REG_ARGS; i++)
        r->saved_x[i] = p->x[i];
    if (n <= BRC_REG_ARGS) return;
    size_t bytes = (n - BRC_REG_ARGS) * sizeof(Term);
    r->saved_more = malloc(bytes);
    BRC_CHECK(r->saved_more != NULL);
    memcpy(r->saved_more, p->x + BRC_REG_ARGS, bytes);
}

/* ---- turns that are timed (system_monitor) ---- */
static _Thread_local uint64_t turn_began, turn_ns; /* turn_ns: 0 where it is not */
static _Thread_local Term turn_in[3];

static void note_begin(const Proc *p) {
    brc_sig_where(p, turn_in);
    turn_began = brc_proc_clock_ns();
}

/* ---- the end of a turn ---- */
static void finish(Proc *p) {
    if (!p->rest->dirty || brc_sched_dirty_give_up(p)) brc_proc_destroy(p);
}

static void collect_if_due(Proc *p, uint32_t live) {
    if (p->flags & BRC_PROC_GC_SOON) brc_heap_collect_gc(p, 0, live);
}

/* p's registers are saved. It rests, or is queued where it need not. */
static void rest(Proc *p) {
    enum ProcState state;
    if (turn_ns) brc_sig_sysmon_turn(p, turn_in, turn_ns);
    if (p->rest->trace) brc_sig_trace_scheduled(p, false);
    if (p->rest->asked) brc_sig_answer_all(p);
    if (!sig_may_go_on(p, &state))
        brc_proc_rest_as(p->rest->slot, state);
    else if (p->rest->dirty)
        brc_sched_dirty_send(p);
    else
        brc_proc_enqueue(p->rest->sched, p);
}

/* In a slice: it goes on soon, whatever waits for it. */
static void pause(Sched *s, Proc *p) {
    brc_sched_save_registers(p, p->live);
    if (p->rest->trace) brc_sig_trace_scheduled(p, false);
    brc_proc_enqueue(s, p);
}

/* A signal ends it. */
static void end(Sched *s, Proc *p) {
    if (brc_sig_end(p, p->rest->exit_reason->term))
        finish(p);
    else
        pause(s, p);
}

static void end_wait(Proc *p, ProcRest *r, uint8_t wait, uint32_t live) {
    collect_if_due(p, live);
    brc_sched_save_registers(p, live);
    r->wait = wait;
    if (wait != BRC_WAIT_DIRTY && !r->port && !r->heap.block_borrowed &&
        !atomic_load_explicit(&r->slot->is_noted, memory_order_relaxed))
        brc_sched_slim_later(p);
    rest(p);
}

/* ---- processes that stop at each function entry ---- */
static void begin_steps(Proc *p) {
    p->flags &= ~BRC_PROC_STEPPED;
    brc_sig_calls_turn(p, true);
}

static void end_steps(Proc *p) {
    p->reds = p->rest->steps->reds + (p->reds < 0 ? p->reds : 0);
    brc_sig_calls_turn(p, false);
}

static void end_turn(Sched *s, Proc *p) {
    ProcRest *r = p->rest;
    if (p->flags & BRC_PROC_STEPPED) end_steps(p);
    int64_t used = BRC_TURN_REDUCTIONS - p->reds;
    if (used < 1) used = 1;
    r->reductions += (uint64_t)used;
    count(&s->reductions, (uint64_t)used);
    count(&s->turns, 1);
    s->since_check += (uint32_t)used + TURN_COST;
    if (s->turn == BRC_TURN_EXIT) {
        finish(p);
    } else if (p->flags & BRC_PROC_IN_SLICE) {
        pause(s, p);
    } else if (r->exiting) { /* a signal taken in during the turn */
        end(s, p);
    } else if (s->turn == BRC_TURN_RECEIVE) {
        end_wait(p, r, BRC_WAIT_RECEIVE, 0);
    } else if (s->turn == BRC_TURN_HIBERNATE) {
        brc_heap_hibernate_gc(p, p->live);
        end_wait(p, r, BRC_WAIT_RECEIVE, p->live);
    } else if (p->fail == BRC_FAIL_WAIT) {
        end_wait(p, r, r->dirty ? BRC_WAIT_DIRTY : BRC_WAIT_PARK, p->live);
    } else {
        collect_if_due(p, p->live);
        brc_sched_save_registers(p, p->live);
        rest(p);
    }
}

/* ---- the beginning ---- */
/* Where to go on, or NULL: it still has to wait, and rests again. */
static Code *entry_of(Proc *p, ProcRest *r) {
    enum ProcState state;
    _Atomic(uint32_t) *woken = &r->slot->woken;
    if (p->flags & BRC_PROC_IN_SLICE) return p->resume;
    if (r->asked) brc_sig_answer_all(p);
    /* Before the look at the timer: one that fires after it is seen by brc_proc_rest_as. */
    if (r->wait == BRC_WAIT_RECEIVE && atomic_load(woken)) atomic_store(woken, 0);
    if (!sig_may_go_on(p, &state)) {
        brc_proc_rest_as(r->slot, state);
        return NULL;
    }
    if (r->dirty) {
        brc_sched_dirty_send(p);
        return NULL;
    }
    if (r->wait == BRC_WAIT_PARK) atomic_store(woken, 0);
    bool timeout = r->wait == BRC_WAIT_RECEIVE && !*r->position && r->timeout;
    return timeout ? r->timeout : p->resume;
}

/* Of a process that a dirty pool has: its signals are taken in, and those that end it end it. */
static void take_signals(Proc *p) {
    ProcRest *r = p->rest;
    if (!sig_fetch(p)) {
        end(r->sched, p);
        return;
    }
    if (r->asked) brc_sig_answer_aside(p);
    brc_sched_dirty_rest(p);
}

/* Somebody of high priority waits for p, of less, to answer: it does only that, and stays the first
 * of those that are as it is. */
static void answer_urgently(Sched *s, Proc *p) {
    if (p->rest->asked) brc_sig_answer_all(p);
    s->since_check += TURN_COST;
    brc_proc_enqueue_first(s, p);
}

/* What comes of it is in the process's inbox then. */
static void let_peer_act(Sched *s, ProcSlot *slot) {
    Term port = atomic_load_explicit(&slot->peer, memory_order_relaxed);
    atomic_store_explicit(&slot->peer, 0, memory_order_relaxed);
    s->since_check += TURN_COST;
    if (!brc_sched_port_act(port)) brc_proc_wake_mt(port);
}

static void run_turn(Sched *s, Proc *p) {
    ProcRest *r = p->rest;
    r->sched = s;
    sig_set_message_limit();
    if (atomic_load_explicit(&r->slot->peer, memory_order_relaxed) && !r->port)
        let_peer_act(s, r->slot);
    if (r->dirty && brc_sched_dirty_is_out(r->dirty)) {
        take_signals(p);
        return;
    }
    if (r->dirty && brc_sched_dirty_done(r->dirty)) brc_sched_dirty_take_result(p);
    /* Before the signals are taken in: one that comes later sets it again. */
    bool hoisted = false;
    if (atomic_load_explicit(&r->slot->urgent, memory_order_relaxed))
        hoisted = atomic_exchange(&r->slot->urgent, 0) > r->priority;
    p->x = s->x;
    if (!(p->flags & BRC_PROC_IN_SLICE) && !sig_fetch(p)) {
        end(s, p);
        return;
    }
    if (hoisted && !r->dirty && !(p->flags & BRC_PROC_IN_SLICE)) {
        answer_urgently(s, p);
        return;
    }
    Code *code = entry_of(p, r);
    if (!code) return;
    r->wait = BRC_WAIT_NO;
    brc_sched_load_registers(p);
    r->saved_live = 0;
    s->turn = BRC_TURN_YIELD;
    s->current = p;
    if (r->trace) brc_sig_trace_scheduled(p, true);
    bool timed = sysmon_wants(BRC_SYSMON_TURN);
    if (timed) note_begin(p);
    p->fail = BRC_FAIL_NO;
    p->reds = r->turn_reds = BRC_TURN_REDUCTIONS;
    if (p->flags & BRC_PROC_STEPPED ||
        atomic_load_explicit(&brc_sig_step_all, memory_order_relaxed))
        begin_steps(p);
    else
        p->flags &= ~BRC_PROC_LOCAL_CALL;
    r->heap.turn_gcs = 0;
    sig_set_message_limit(); /* it may have answered since */
    brc_term_hash_forget();
    msacc_enter(s, r->port ? BRC_MSACC_PORT : BRC_MSACC_EMULATOR);
    brc_code_run(p, code);
    msacc_enter(s, BRC_MSACC_OTHER);
    s->current = NULL;
    if (timed) turn_ns = brc_proc_clock_ns() - turn_began;
    end_turn(s, p);
    turn_ns = 0;
}

/* ---- between turns ---- */
static void check(Sched *s) {
    s->since_check = 0;
    uint64_t now = brc_proc_clock_ns();
    msacc_enter(s, BRC_MSACC_AUX);
    brc_proc_timer_run(&s->timers, now);
    msacc_enter(s, BRC_MSACC_CHECK_IO);
    if (atomic_load_explicit(&s->watched, memory_order_relaxed)) brc_sched_poll(s);
    msacc_enter(s, BRC_MSACC_OTHER);
    if (brc_sched_flush) brc_sched_flush(false, now);
    if (brc_sched_interrupt) brc_sched_interrupt();
    brc_sched_slim(SLIM_BUSY);
    if (brc_sched_may_run(s)) brc_proc_balance(s, now);
    brc_sched_grow(s);
}

/* Looks for work, else sleeps until the next timer, a descriptor or another thread. */
static Proc *idle(Sched *s) {
    if (brc_sched_flush) brc_sched_flush(true, 0);
    brc_sched_dirty_await(s);
    uint64_t next = brc_proc_timer_next_ns(&s->timers), now = 0;
    if (next != UINT64_MAX) {
        now = brc_proc_clock_ns();
        msacc_enter(s, BRC_MSACC_AUX);
        brc_proc_timer_run(&s->timers, now);
        msacc_enter(s, BRC_MSACC_OTHER);
        next = brc_proc_timer_next_ns(&s->timers);
    }
    if (brc_proc_queued(s)) return NULL;
    Proc *p = brc_sched_find_work(s);
    if (p) return p;
    uint64_t slim_ns = brc_sched_slim(SLIM_IDLE);
    if (slim_ns < next) next = slim_ns;
    now = brc_proc_clock_ns();
    atomic_store_explicit(&s->asleep_ns, now, memory_order_relaxed);
    msacc_enter(s, BRC_MSACC_SLEEP);
    brc_sched_sleep(s, next == UINT64_MAX ? UINT64_MAX : next > now ? next - now : 0);
    atomic_store_explicit(&s->asleep_ns, 0, memory_order_relaxed);
    msacc_enter(s, BRC_MSACC_OTHER);
    count(&s->slept_ns, brc_proc_clock_ns() - now);
    if (brc_sched_interrupt) brc_sched_interrupt();
    return NULL;
}

void brc_sched_run(Sched *s) {
    s->started_ns = brc_proc_clock_ns();
    while (!s->stop) {
        bool chores = atomic_load_explicit(&brc_sched_chores, memory_order_relaxed) != 0;
        Proc *p = NULL;
        if (brc_sched_may_run(s))
            p = brc_proc_dequeue(s);
        else
            brc_sched_leave(s);
        if (chores) {
            msacc_enter(s, BRC_MSACC_AUX);
            brc_sched_chore();
            msacc_enter(s, BRC_MSACC_OTHER);
        }
        if (!p && (chores || !(p = idle(s)))) continue;
        atomic_store_explicit(&s->running, 1, memory_order_relaxed);
        brc_sched_share(s);
        run_turn(s, p);
        atomic_store_explicit(&s->running, 0, memory_order_relaxed);
        if (s->since_check >= CHECK_EVERY) check(s);
    }
}

void brc_sched_stop(Sched *s) {
    s->stop = true;
}

void brc_sched_start(Sched *s) {
    s->wake_fd = s->poll_fd = -1;
    s->id = 1;
    brc_proc_sched = s;
    brc_proc_online_sched = brc_sched_online_at;
    brc_proc_sched_at = brc_sched_at;
    brc_hook_gc_roots = brc_sig_visit_roots;
    brc_hook_process_died = brc_sig_process_died;
    brc_hook_max_heap = brc_sig_max_heap;
    brc_sig_collect = brc_sched_collect;
    brc_sig_schedulers = brc_sched_threads;
    brc_sched_stats_start();
}

static void collect(Proc *p, void (*collector)(Proc *p, uint32_t live)) {
    ProcRest *r = p->rest;
    if (p->flags & BRC_PROC_IN_SLICE) return;
    Term x[BRC_REG_ARGS + BRC_MAX_ARITY + 1], *running = p->x;
    uint32_t n = r->saved_live;
    BRC_CHECK(n <= sizeof x / sizeof x[0]);
    p->x = x;
    brc_sched_load_registers(p);
    collector(p, n);
    brc_sched_save_registers(p, n);
    p->x = running;
}

static void collect_major(Proc *p, uint32_t live) {
    brc_heap_major_gc(p, 0, live);
}
static void collect_minor(Proc *p, uint32_t live) {
    brc_heap_collect_gc(p, 0, live);
}
void brc_sched_collect(Proc *p, bool major) {
    collect(p, major ? collect_major : collect_minor);
}

void brc_sched_settle(Proc *p) {
    collect(p, brc_heap_hibernate_gc);
    Term *home = (Term *)(p->rest + 1);
    brc_heap_move_stack(p, home,
                        (size_t)((Term *)((char *)p + p->rest->block_room) - home) & ~(size_t)1);
}
