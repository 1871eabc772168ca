/* dirty.h: built-ins that block or run for long, on threads beside the schedulers.
 *
 * There are two pools, one for work (as many threads as schedulers) and one for what blocks. While
 * a thread of one has a process's call, it alone has that process's heap and X registers; the
 * schedulers keep the rest: signals are taken in, and a process that one of them ends is over at
 * once, though its memory stays until the call returns.
 *
 *     NEW --sent--> QUEUED --> RUNNING --> DONE --> goes on in a run queue
 *                     |           |
 *                  taken out   GIVEN_UP --> destroyed by the pool's thread */
#pragma once
#include "abi/bif.h"
#include "sched/sched.h"

enum DirtyPool { BRC_DIRTY_NONE = 0, BRC_DIRTY_CPU, BRC_DIRTY_IO };
enum DirtyPhase {
    BRC_DIRTY_NEW = 0,
    BRC_DIRTY_QUEUED,
    BRC_DIRTY_RUNNING,
    BRC_DIRTY_DONE,    /* the scheduler frees the call */
    BRC_DIRTY_GIVEN_UP /* the pool's thread frees the call and the process */
};

typedef struct DirtyCall {
    Proc *p;
    void *fn; /* Term (*)(Proc *, Term...) with `arity` terms; plain: without */
    uint32_t arity;
    bool plain;
    enum DirtyPool pool;
    _Atomic(uint32_t) phase;           /* enum DirtyPhase */
    struct DirtyCall *next, *previous; /* under the pool's lock, while QUEUED */
    Term result;                       /* from DONE on; BRC_NONE: p->freason says why */
} DirtyCall;

/* For a built-in whose `arity` arguments are in p->x, and that failed without having begun: fn
 * (itself, or another one) is called with them by a thread of that pool; what it says is the
 * built-in's result. There fn may fail, not trap. Gives BRC_NONE. */
Term brc_sched_dirty_call(Proc *p, enum DirtyPool pool, void *fn, uint32_t arity);
/* The same, where fn finds its arguments, of any number, in p->x, and may trap. */
Term brc_sched_dirty_call_plain(Proc *p, enum DirtyPool pool, Term (*fn)(Proc *), uint32_t arity);
/* The pool that this thread belongs to. */
extern _Thread_local enum DirtyPool brc_sched_pool;
/* Called on any thread when a process that ended during a call is about to be destroyed. */
extern void (*brc_sched_dirty_ended)(Proc *p);

/* -- for loop.c -- */
static inline bool brc_sched_dirty_is_out(DirtyCall *c) {
    uint32_t phase = atomic_load(&c->phase);
    return phase == BRC_DIRTY_QUEUED || phase == BRC_DIRTY_RUNNING;
}
static inline bool brc_sched_dirty_done(DirtyCall *c) {
    return atomic_load(&c->phase) == BRC_DIRTY_DONE;
}
/* The call is done: its result becomes what p goes on with. */
void brc_sched_dirty_take_result(Proc *p);
/* The owner hands p over; from here on it is DIRTY. */
void brc_sched_dirty_send(Proc *p);
/* The owner of p has taken its signals. */
void brc_sched_dirty_rest(Proc *p);
/* For a scheduler with nothing to do: waits a moment for the call that it has sent. */
void brc_sched_dirty_await(Sched *s);
/* p has ended. True: nothing runs on it any more, the caller destroys it. */
bool brc_sched_dirty_give_up(Proc *p);

/* While blocked, the schedulers make the calls themselves. */
void brc_sched_dirty_block(bool on);
bool brc_sched_dirty_blocked(void);

/* -- sizes -- */
/* 0: as many as there are schedulers (online); of io: the usual number. */
void brc_sched_set_dirty(uint32_t cpu, uint32_t cpu_online, uint32_t io);
void brc_sched_set_dirty_online(uint32_t cpu_online);
uint32_t brc_sched_dirty_cpu(void);
uint32_t brc_sched_dirty_cpu_online(void);
uint32_t brc_sched_dirty_io(void);
/* Calls that wait for a thread, and those under way. */
/* How long the i-th of the calls that were under way at a time has been busy in all. */
uint64_t brc_sched_dirty_busy_ns(enum DirtyPool pool, uint32_t i);
uint32_t brc_sched_dirty_queued(enum DirtyPool pool);
uint32_t brc_sched_dirty_running(enum DirtyPool pool);

/* What generated code calls of bif.def's rows with DIRTY_IO or DIRTY_CPU: hands the call over to
 * its pool. A program has those that it names. */
#define BRC_DIRTY_PARAMS_0
#define BRC_DIRTY_PARAMS_1 , Term a
#define BRC_DIRTY_PARAMS_2 BRC_DIRTY_PARAMS_1, Term b
#define BRC_DIRTY_PARAMS_3 BRC_DIRTY_PARAMS_2, Term c
#define BRC_DIRTY_PARAMS_4 BRC_DIRTY_PARAMS_3, Term d
#define BRC_DIRTY_PARAMS_5 BRC_DIRTY_PARAMS_4, Term e
#define BRC_DIRTY_PARAMS_6 BRC_DIRTY_PARAMS_5, Term f
#define BRC_DIRTY_STORE_0
#define BRC_DIRTY_STORE_1 p->x[0] = a;
#define BRC_DIRTY_STORE_2 BRC_DIRTY_STORE_1 p->x[1] = b;
#define BRC_DIRTY_STORE_3 BRC_DIRTY_STORE_2 p->x[2] = c;
#define BRC_DIRTY_STORE_4 BRC_DIRTY_STORE_3 p->x[3] = d;
#define BRC_DIRTY_STORE_5 BRC_DIRTY_STORE_4 p->x[4] = e;
#define BRC_DIRTY_STORE_6 BRC_DIRTY_STORE_5 p->x[5] = f;
#define BRC_DIRTY_SEND(cname, n, pool)                                                             \
    Term brc_bif_##cname##_##n(Proc *p BRC_DIRTY_PARAMS_##n) {                                     \
        BRC_DIRTY_STORE_##n return brc_sched_dirty_call(p, pool, (void *)brc_dirty_##cname##_##n,  \
                                                        n);                                        \
    }

/* Prototypes of the functions that those rows stand for. */
#define BRC_DIRTY_ROW_0(n, cname)
#define BRC_DIRTY_ROW_ALLOC(n, cname)
#define BRC_DIRTY_ROW_TRAP(n, cname)
#define BRC_DIRTY_ROW_DIRTY_IO(n, cname)  Term brc_dirty_##cname##_##n(Proc *p BRC_BIF_PARAMS_##n);
#define BRC_DIRTY_ROW_DIRTY_CPU(n, cname) BRC_DIRTY_ROW_DIRTY_IO(n, cname)
#define BIF(mod, name, n, cname, flags)   BRC_DIRTY_ROW_##flags(n, cname)
#include "abi/bif.def"
#undef BIF
