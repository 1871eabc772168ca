/* dirty.c: the pools; see dirty.h.
 *
 * A process in state DIRTY has nobody that runs it: a signal puts it into a run queue, where a
 * scheduler takes in what came and lets it rest again. The pool's thread, when done, says so under
 * the pool's lock and then makes the process ready, unless a scheduler has it at that moment: that
 * one looks under the lock before it lets the process rest, and so sees it. */
#include "sched/dirty.h"
#include "base/panic.h"
#include "code/enter.h"
#include "proc/clock.h"
#include "sched/stats.h"
#include "code/raise.h"
#include "ctx/fail.h"
#include "term/hash.h"
#include <pthread.h>
#include <stdlib.h>

#define IO_THREADS        10u /* as stock */
#define NORMAL_BEFORE_LOW 8u
#define SPIN_NS           20000u /* what most calls take: to sleep and be woken takes as long */

_Thread_local enum DirtyPool brc_sched_pool;
void (*brc_sched_dirty_ended)(Proc *p);

/* One for each call under way, the first that is free: what a thread of a fixed number would be
 * busy with. Only while scheduler_wall_time is on. */
typedef struct Seat {
    uint64_t busy_ns, since_ns; /* since_ns 0: free; under the lock */
} Seat;

typedef struct Pool {
    pthread_mutex_t lock; /* guards all but the numbers below */
    pthread_cond_t more;
    DirtyCall *first, *last;
    uint32_t threads, idle; /* idle: asleep */
    uint32_t normals;       /* calls of normal priority since one of low was taken */
    bool spinning;          /* a thread looks at `queued` all the time: nobody is to be woken */
    _Atomic(uint32_t) queued, running, most; /* written under the lock */
    enum DirtyPool which;
    Seat *seats; /* BRC_SCHED_MOST */
} Pool;

static Seat seats[2][BRC_SCHED_MOST];

static Pool pools[] = {
    {PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP, PTHREAD_COND_INITIALIZER, .which = BRC_DIRTY_CPU,
     .most = 1, .seats = seats[0]},
    {PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP, PTHREAD_COND_INITIALIZER, .which = BRC_DIRTY_IO,
     .most = IO_THREADS, .seats = seats[1]},
};
static Pool *pool_of(enum DirtyPool which) {
    return &pools[which == BRC_DIRTY_IO];
}

/* ---- short waits ---- */

static void pause_cpu(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Until *n is not 0, for a moment. */
static void spin(_Atomic(uint32_t) *n) {
    uint64_t end = brc_proc_clock_ns() + SPIN_NS;
    do
        for (int i = 0; i < 8; i++) {
            if (atomic_load_explicit(n, memory_order_relaxed)) return;
            pause_cpu();
        }
    while (brc_proc_clock_ns() < end);
}

static _Thread_local bool sent; /* a call, since the last wait for one */

void brc_sched_dirty_await(Sched *s) {
    if (sent) spin(&s->queued);
    sent = false;
}

/* ---- on a scheduler: before ---- */

/* Never entered: there is a result first, or the process has ended. */
static CODE_FN(in_call) {
    (void)p, (void)hp, (void)sp, (void)reds, (void)x0, (void)x1, (void)x2, (void)x3, (void)x4;
    (void)x5;
    brc_base_panic("a process went on during its dirty call");
}

static DirtyCall *begin_call(Proc *p, enum DirtyPool pool, void *fn, uint32_t arity) {
    ProcRest *r = p->rest;
    BRC_CHECK(brc_sched_pool == BRC_DIRTY_NONE && !r->dirty);
    DirtyCall *c = calloc(1, sizeof *c);
    if (!c) brc_base_panic("out of memory (a dirty call)");
    c->p = p;
    c->fn = fn;
    c->arity = arity;
    c->pool = pool;
    r->dirty = c;
    return c;
}

Term brc_sched_dirty_call(Proc *p, enum DirtyPool pool, void *fn, uint32_t arity) {
    begin_call(p, pool, fn, arity);
    return brc_ctx_wait(p, in_call, arity);
}

Term brc_sched_dirty_call_plain(Proc *p, enum DirtyPool pool, Term (*fn)(Proc *), uint32_t arity) {
    begin_call(p, pool, (void *)fn, arity)->plain = true;
    return brc_ctx_wait(p, in_call, arity);
}

static void append_locked(Pool *q, DirtyCall *c) {
    c->previous = q->last;
    c->next = NULL;
    if (q->last)
        q->last->next = c;
    else
        q->first = c;
    q->last = c;
    atomic_fetch_add(&q->queued, 1);
}

static void remove_locked(Pool *q, DirtyCall *c) {
    if (c->previous)
        c->previous->next = c->next;
    else
        q->first = c->next;
    if (c->next)
        c->next->previous = c->previous;
    else
        q->last = c->previous;
    atomic_fetch_sub(&q->queued, 1);
}

static void *serve(void *arg);

/* True: one that waits is to be woken, after the unlock. Where no thread can be had, those that are
 * there get to it, or the next call tries again. */
static bool find_thread_locked(Pool *q) {
    if (q->spinning && atomic_load(&q->queued) == 1) return false;
    if (q->idle < atomic_load(&q->queued) && q->threads < atomic_load(&q->most)) {
        q->threads++;
        if (!brc_sched_start_thread(serve, q) && --q->threads == 0)
            brc_base_panic("no thread for a dirty pool can be started");
    }
    return q->idle > 0;
}

static void run_call(DirtyCall *c);
static _Atomic(bool) blocked;

void brc_sched_dirty_block(bool on) {
    atomic_store(&blocked, on);
}
bool brc_sched_dirty_blocked(void) {
    return atomic_load(&blocked);
}

static void call_here(Proc *p, DirtyCall *c) {
    Term *x = p->x;
    brc_sched_pool = c->pool;
    run_call(c);
    brc_sched_pool = BRC_DIRTY_NONE;
    p->x = x;
    atomic_store(&c->phase, BRC_DIRTY_DONE);
    brc_proc_enqueue(p->rest->sched, p);
}

/* Once it rests, the process may be anybody's; with the pool's thread only after the unlock. */
void brc_sched_dirty_send(Proc *p) {
    ProcSlot *slot = p->rest->slot;
    DirtyCall *c = p->rest->dirty;
    Pool *q = pool_of(c->pool);
    if (atomic_load_explicit(&blocked, memory_order_relaxed)) {
        call_here(p, c);
        return;
    }
    sent = true;
    pthread_mutex_lock(&q->lock);
    atomic_store(&c->phase, BRC_DIRTY_QUEUED);
    append_locked(q, c);
    brc_proc_rest_as(slot, BRC_PROC_DIRTY);
    bool wake = find_thread_locked(q);
    pthread_mutex_unlock(&q->lock);
    if (wake) pthread_cond_signal(&q->more);
}

void brc_sched_dirty_rest(Proc *p) {
    ProcSlot *slot = p->rest->slot;
    DirtyCall *c = p->rest->dirty;
    Pool *q = pool_of(c->pool);
    pthread_mutex_lock(&q->lock);
    if (atomic_load(&c->phase) == BRC_DIRTY_DONE)
        brc_proc_enqueue(p->rest->sched, p);
    else
        brc_proc_rest_as(slot, BRC_PROC_DIRTY);
    pthread_mutex_unlock(&q->lock);
}

/* ---- on a scheduler: after ---- */

/* With GC_SOON, which the call may have left, the collection comes at the next function entry. */
static void collect_if_due(Proc *p) {
    if (!(p->flags & BRC_PROC_GC_SOON)) return;
    p->rest->heap.reds_kept = p->reds;
    p->reds = 0;
}

static CODE_FN(after_success) {
    CODE_OUT();
    CODE_SAVE_X();
    collect_if_due(p);
    CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
}

/* Behind the arguments are the reason and what ctx/fail.h left for the trace. */
static CODE_FN(after_failure) {
    CODE_OUT();
    CODE_SAVE_X();
    uint32_t n = p->fbif->arity;
    p->freason = p->x[n];
    p->ftrace = p->x[n + 1];
    p->fail = BRC_FAIL_RAISE;
    collect_if_due(p);
    CODE_GO(brc_code_bif_fail);
}

/* The reason and what ctx/fail.h left for the trace go behind the arguments. */
static void keep_failure(Proc *p, uint32_t arity) {
    ProcRest *r = p->rest;
    const Term after[] = {p->freason, p->ftrace};
    r->saved_live = arity + 2;
    if (r->saved_live > BRC_REG_ARGS) {
        r->saved_more = realloc(r->saved_more, (r->saved_live - BRC_REG_ARGS) * sizeof(Term));
        BRC_CHECK(r->saved_more != NULL);
    }
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t at = arity + i;
        if (at < BRC_REG_ARGS)
            r->saved_x[at] = after[i];
        else
            r->saved_more[at - BRC_REG_ARGS] = after[i];
    }
}

void brc_sched_dirty_take_result(Proc *p) {
    ProcRest *r = p->rest;
    DirtyCall *c = r->dirty;
    if (c->result != BRC_NONE) {
        r->saved_x[0] = c->result;
        r->saved_live = 1;
        p->resume = after_success;
    } else if (p->fail == BRC_FAIL_TRAP) {
        r->saved_live = p->trap_live;
        p->resume = p->trap;
    } else {
        BRC_CHECK(c->arity == p->fbif->arity);
        keep_failure(p, c->arity);
        p->resume = after_failure;
    }
    r->dirty = NULL;
    r->wait = BRC_WAIT_NO;
    free(c);
}

bool brc_sched_dirty_give_up(Proc *p) {
    DirtyCall *c = p->rest->dirty;
    Pool *q = pool_of(c->pool);
    pthread_mutex_lock(&q->lock);
    bool out = atomic_load(&c->phase) == BRC_DIRTY_RUNNING;
    if (atomic_load(&c->phase) == BRC_DIRTY_QUEUED) remove_locked(q, c);
    if (out) atomic_store(&c->phase, BRC_DIRTY_GIVEN_UP);
    pthread_mutex_unlock(&q->lock);
    if (out) return false;
    free(c);
    if (brc_sched_dirty_ended) brc_sched_dirty_ended(p);
    return true;
}

/* ---- on a thread of a pool ---- */

static Term call(DirtyCall *c, Proc *p) {
    const Term *x = p->x;
    if (c->plain) return ((Term(*)(Proc *))c->fn)(p);
    switch (c->arity) {
    case 0: return ((Term(*)(Proc *))c->fn)(p);
    case 1: return ((Term(*)(Proc *, Term))c->fn)(p, x[0]);
    case 2: return ((Term(*)(Proc *, Term, Term))c->fn)(p, x[0], x[1]);
    case 3: return ((Term(*)(Proc *, Term, Term, Term))c->fn)(p, x[0], x[1], x[2]);
    case 4: return ((Term(*)(Proc *, Term, Term, Term, Term))c->fn)(p, x[0], x[1], x[2], x[3]);
    case 5:
        return ((Term(*)(Proc *, Term, Term, Term, Term, Term))c->fn)(p, x[0], x[1], x[2], x[3],
                                                                      x[4]);
    case 6:
        return ((Term(*)(Proc *, Term, Term, Term, Term, Term, Term))c->fn)(p, x[0], x[1], x[2],
                                                                            x[3], x[4], x[5]);
    default: brc_base_panic("a dirty built-in of more than six arguments");
    }
}

static void load_registers(const ProcRest *r, Term *x, uint32_t n) {
    memcpy(x, r->saved_x, sizeof r->saved_x);
    if (n > BRC_REG_ARGS)
        memcpy(x + BRC_REG_ARGS, r->saved_more, (n - BRC_REG_ARGS) * sizeof(Term));
}

static void save_registers(ProcRest *r, const Term *x, uint32_t n) {
    memcpy(r->saved_x, x, sizeof r->saved_x);
    if (n <= BRC_REG_ARGS) return;
    r->saved_more = realloc(r->saved_more, (n - BRC_REG_ARGS) * sizeof(Term));
    BRC_CHECK(r->saved_more != NULL);
    memcpy(r->saved_more, x + BRC_REG_ARGS, (n - BRC_REG_ARGS) * sizeof(Term));
}

static void run_call(DirtyCall *c) {
    Term x[1024];
    Proc *p = c->p;
    brc_term_hash_forget();
    load_registers(p->rest, x, c->arity);
    p->x = x;
    p->fail = BRC_FAIL_NO;
    p->reds = BRC_TURN_REDUCTIONS;
    c->result = call(c, p);
    bool traps = c->result == BRC_NONE && c->plain && p->fail == BRC_FAIL_TRAP;
    if (traps) save_registers(p->rest, x, p->trap_live);
    p->x = NULL;
    BRC_CHECK(c->result != BRC_NONE || traps || p->fail == BRC_FAIL_RAISE);
}

/* True: the process has ended meanwhile, and is the caller's. */
static bool done_locked(DirtyCall *c) {
    if (atomic_load(&c->phase) == BRC_DIRTY_GIVEN_UP) return true;
    atomic_store(&c->phase, BRC_DIRTY_DONE);
    return false;
}

static void spin_unlocked(Pool *q) {
    q->spinning = true;
    pthread_mutex_unlock(&q->lock);
    spin(&q->queued);
    pthread_mutex_lock(&q->lock);
    q->spinning = false;
}

static Seat *sit_locked(Pool *q) {
    if (!atomic_load_explicit(&brc_sched_wall_time, memory_order_relaxed)) return NULL;
    Seat *s = q->seats;
    while (s + 1 < q->seats + BRC_SCHED_MOST && s->since_ns)
        s++;
    s->since_ns = brc_proc_clock_ns();
    return s;
}

static void rise_locked(Seat *s) {
    if (!s) return;
    s->busy_ns += brc_proc_clock_ns() - s->since_ns;
    s->since_ns = 0;
}

uint64_t brc_sched_dirty_busy_ns(enum DirtyPool pool, uint32_t i) {
    Pool *q = pool_of(pool);
    pthread_mutex_lock(&q->lock);
    const Seat *s = &q->seats[i];
    uint64_t busy = s->busy_ns + (s->since_ns ? brc_proc_clock_ns() - s->since_ns : 0);
    pthread_mutex_unlock(&q->lock);
    return busy;
}

/* The first of the highest priority; where NORMAL_BEFORE_LOW normal ones went, one of low. */
static DirtyCall *choose_locked(Pool *q) {
    DirtyCall *first[BRC_PRIORITY_MAX + 1] = {NULL};
    for (DirtyCall *c = q->last; c; c = c->previous)
        first[c->p->rest->priority] = c;
    for (int i = BRC_PRIORITY_MAX; i > BRC_PRIORITY_NORMAL; i--)
        if (first[i]) return first[i];
    DirtyCall *normal = first[BRC_PRIORITY_NORMAL], *low = first[BRC_PRIORITY_LOW];
    if (normal && (!low || q->normals++ < NORMAL_BEFORE_LOW)) return normal;
    q->normals = 0;
    return low;
}

static DirtyCall *next_locked(Pool *q) {
    if (!q->first && !q->spinning) spin_unlocked(q);
    while (!q->first || atomic_load(&q->running) >= atomic_load(&q->most)) {
        q->idle++;
        pthread_cond_wait(&q->more, &q->lock);
        q->idle--;
    }
    DirtyCall *c = q->first->next ? choose_locked(q) : q->first;
    remove_locked(q, c);
    atomic_store(&c->phase, BRC_DIRTY_RUNNING);
    atomic_fetch_add(&q->running, 1);
    return c;
}

static void *serve(void *arg) {
    Pool *q = arg;
    brc_sched_pool = q->which;
    if (brc_sched_thread_begins) brc_sched_thread_begins();
    pthread_mutex_lock(&q->lock);
    for (;;) {
        DirtyCall *c = next_locked(q);
        Proc *p = c->p;
        ProcSlot *slot = p->rest->slot;
        Seat *seat = sit_locked(q);
        pthread_mutex_unlock(&q->lock);
        run_call(c);
        pthread_mutex_lock(&q->lock);
        atomic_fetch_sub(&q->running, 1);
        rise_locked(seat);
        bool mine = done_locked(c);
        pthread_mutex_unlock(&q->lock);
        if (mine) {
            free(c);
            if (brc_sched_dirty_ended) brc_sched_dirty_ended(p);
            brc_proc_destroy(p);
        } else {
            brc_proc_make_ready_mt(slot, true); /* pairs with brc_sched_dirty_rest */
        }
        pthread_mutex_lock(&q->lock);
    }
}

/* ---- sizes ---- */

static _Atomic(uint32_t) cpu_threads;

static void set_most(Pool *q, uint32_t n) {
    pthread_mutex_lock(&q->lock);
    atomic_store(&q->most, n);
    if (q->idle) pthread_cond_broadcast(&q->more);
    pthread_mutex_unlock(&q->lock);
}

void brc_sched_set_dirty_online(uint32_t cpu_online) {
    set_most(pool_of(BRC_DIRTY_CPU), cpu_online);
}

void brc_sched_set_dirty(uint32_t cpu, uint32_t cpu_online, uint32_t io) {
    uint32_t all = brc_sched_threads(), online = brc_sched_online();
    if (cpu == 0 || cpu > all) cpu = all;
    if (cpu_online == 0 || cpu_online > online) cpu_online = online;
    if (cpu_online > cpu) cpu_online = cpu;
    atomic_store(&cpu_threads, cpu);
    set_most(pool_of(BRC_DIRTY_CPU), cpu_online);
    set_most(pool_of(BRC_DIRTY_IO), io ? io : IO_THREADS);
}
uint32_t brc_sched_dirty_cpu(void) {
    return atomic_load(&cpu_threads);
}
uint32_t brc_sched_dirty_cpu_online(void) {
    return atomic_load(&pool_of(BRC_DIRTY_CPU)->most);
}
uint32_t brc_sched_dirty_io(void) {
    return atomic_load(&pool_of(BRC_DIRTY_IO)->most);
}
uint32_t brc_sched_dirty_queued(enum DirtyPool pool) {
    return atomic_load(&pool_of(pool)->queued);
}
uint32_t brc_sched_dirty_running(enum DirtyPool pool) {
    return atomic_load(&pool_of(pool)->running);
}
