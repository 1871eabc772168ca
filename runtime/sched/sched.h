/* sched.h: threads that give processes the processor, and sleep when there is nothing to do. */
#pragma once
#include "proc/proc.h"

#ifdef BRC_STRESS
#define BRC_TURN_REDUCTIONS 1
#else
#define BRC_TURN_REDUCTIONS 4000
#endif
#define BRC_SCHED_MOST 1024u /* as stock */

extern Sched brc_sched_first;

/* -- loop.c -- */
/* Prepares s for the calling thread and fills the runtime's hooks. */
void brc_sched_start(Sched *s);
/* Runs processes until brc_sched_stop; never where nobody calls that. */
void brc_sched_run(Sched *s);
void brc_sched_stop(Sched *s);
/* Called when nothing is left to run (idle) and every few milliseconds of work: writes out what
 * is buffered. */
extern void (*brc_sched_flush)(bool idle, uint64_t now_ns);
/* Called after each sleep and as often as brc_sched_flush: acts on what a signal handler noted. */
extern void (*brc_sched_interrupt)(void);
/* From and to where they are kept while p does not run. */
void brc_sched_load_registers(Proc *p);
void brc_sched_save_registers(Proc *p, uint32_t n);
/* A collection of a process that does not run now. */
void brc_sched_collect(Proc *p, bool major);
/* What one that waits does not need goes: the least memory for what lives. */
void brc_sched_settle(Proc *p);
/* Work for the background: how many pieces wait, and a function that does a little of it, called
 * between turns and before sleep while there is any. */
extern _Atomic(uint32_t) brc_sched_chores;
extern void (*brc_sched_chore)(void);

/* -- slim.c -- */
/* The process, which is about to wait, may be settled if it waits for long. */
void brc_sched_slim_later(Proc *p);
/* Settles some that have; when there is more of that to do, UINT64_MAX: not as it is. */
uint64_t brc_sched_slim(unsigned most);

/* -- threads.c -- */
/* How many threads there may be (1 to BRC_SCHED_MOST), and how many of them may run. */
void brc_sched_set_threads(uint32_t schedulers, uint32_t online);
/* One thread runs processes, whatever number is online, or all may again. */
void brc_sched_set_single(bool one);
/* How many may run processes now: all online, or one. */
extern _Atomic(uint32_t) brc_sched_active_most;
static inline uint32_t brc_sched_active(void) {
    return atomic_load(&brc_sched_active_most); /* seq_cst: read after `sleeping` is set */
}
uint32_t brc_sched_threads(void);
uint32_t brc_sched_online(void);
/* Those of this machine that the program may use: its affinity and its cgroup's quota. */
uint32_t brc_sched_processors(void);
/* Whether that is another number than at the start, or when this was asked last. */
bool brc_sched_processors_changed(void);
/* The i-th thread, from 0, or NULL: not started (yet). */
Sched *brc_sched_at(uint32_t i);
/* brc_proc_online_sched */
Sched *brc_sched_online_at(uint32_t id);
/* Whether s is one of those online; */
static inline bool brc_sched_may_run(const Sched *s) {
    return s->id <= brc_sched_active();
}
/* if not, what it has queued goes to the first. */
void brc_sched_leave(Sched *s);
/* Called by each thread at its start, or NULL. */
extern void (*brc_sched_thread_begins)(void);
/* A thread of our own, which signals do not reach. */
bool brc_sched_start_thread(void *(*run)(void *), void *arg);
/* Between turns: starts a thread where there is work for one and it may be. */
void brc_sched_grow(Sched *s);
/* Before a turn: wakes a thread that sleeps, where one could take something from s. */
void brc_sched_share(Sched *s);
/* What another thread has queued, or NULL. */
Proc *brc_sched_find_work(Sched *s);
/* Whether there is something to take, for a thread that is about to sleep. */
bool brc_sched_work_elsewhere(Sched *s);
void brc_sched_fell_asleep(void);
void brc_sched_woke_up(void);

/* -- block.c: enabled, blocked or disabled; the flag (BRC_NONE: not valid); [Pid] -- */
Term brc_sched_multi_scheduling(void);
Term brc_sched_set_multi_scheduling(Proc *p, Term value);
Term brc_sched_blockers(Proc *p);

/* -- poll.c -- */
/* Makes the descriptor by which a sleep in the kernel's poll is ended. */
void brc_sched_prepare_wake(Sched *s);
/* s is the calling thread's, where a descriptor begins to be watched.
 *
 * Wakes the parked process `pid` once, when fd is ready; at once for files that are always ready.
 */
enum {
    BRC_SCHED_READ = 1,
    BRC_SCHED_WRITE = 2,
    BRC_SCHED_HANGUP = 4,
    BRC_SCHED_PARKED = 8 /* in `wanted` only: the port's peer is, and does the work itself */
};
void brc_sched_watch_fd(Sched *s, int fd, unsigned events, Term pid);
/* Before a descriptor is given up that s watches or watched: its event comes no more. */
void brc_sched_unwatch_fd(Sched *s, int fd);
/* From now on each change of fd, which becomes readable, writable or hangs up, is added to the
 * `ready` of the port's slot, and the port acts where it is in `wanted`; until unfollowed. */
void brc_sched_follow_fd(Sched *s, int fd, Term port);
void brc_sched_unfollow_fd(Sched *s, int fd);
void brc_sched_take_fd(int fd);             /* whoever follows it: before another port does */
void brc_sched_forget_fd(Sched *s, int fd); /* the same, where it is closed next */
/* Before another thread watches or follows what s does. */
void brc_sched_leave_fd(Sched *s, int fd);
/* Looks at the descriptors. */
void brc_sched_poll(Sched *s);
/* Waits at most wait_ns (UINT64_MAX: for ever) for descriptors and other threads. */
void brc_sched_sleep(Sched *s, uint64_t wait_ns);
/* Before the program's end: descriptors are closed when it has ended. */
void brc_sched_stop_polling(void);

/* What waits for descriptors, where it is not epoll. */
typedef struct Poller {
    void (*watch)(Sched *s, int fd, unsigned events, Term pid);
    void (*follow)(Sched *s, int fd, Term port);
    void (*forget)(Sched *s, int fd); /* when this returns, fd is its caller's alone */
    void (*wait)(Sched *s, uint64_t wait_ns);
    void (*end)(void);
} Poller;
extern const Poller *brc_sched_poller;
/* Lets a port act on the calling thread; false: it has to be woken. Filled by io/. */
extern bool (*brc_sched_port_act)(Term port);
/* The events, as epoll has them, of a port that follows. */
void brc_sched_fd_changed(Term port, uint32_t events);

/* -- ringpoll.c: kept by programs with ports -- */
void brc_sched_offer_ring(void);
/* Makes rings what waits, where the kernel has them; NULL: not in this program. At the start. */
extern void (*brc_sched_choose_ring)(void);

/* -- checkio.c: the same -- */
void brc_sched_offer_check_io(void);
extern Term (*brc_sched_check_io)(Proc *p);
