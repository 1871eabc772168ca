/* sched.h: the loop that gives processes the processor, and sleeps when there is nothing to do. */
#pragma once
#include "proc/proc.h"

#ifdef BRC_STRESS
#define BRC_TURN_REDUCTIONS 1
#else
#define BRC_TURN_REDUCTIONS 4000
#endif

extern Sched brc_sched_first;

/* Prepares s for the calling thread and fills the runtime's hooks. */
void brc_sched_start(Sched *s);
/* Runs processes until brc_sched_stop; never where nobody calls that. */
void brc_sched_run(Sched *s);
void brc_sched_stop(Sched *s);
/* Makes a descriptor by which other threads wake s. Before they are started. */
void brc_sched_allow_threads(Sched *s);

/* Wakes the parked process `pid` once, when fd is ready; at once for files that are always ready.
 */
enum { BRC_SCHED_READ = 1, BRC_SCHED_WRITE = 2 };
void brc_sched_watch_fd(Sched *s, int fd, unsigned events, Term pid);
/* Before a watched descriptor is closed: nobody is woken any more. armed: its event has not come. */
void brc_sched_unwatch_fd(Sched *s, int fd, bool armed);
/* Called when nothing is left to run (idle) and every few milliseconds of work: writes out what
 * is buffered. */
extern void (*brc_sched_flush)(bool idle, uint64_t now_ns);
/* Called after each sleep and as often as brc_sched_flush: acts on what a signal handler noted. */
extern void (*brc_sched_interrupt)(void);

/* poll.c */
/* Waits at most wait_ns (UINT64_MAX: for ever) for descriptors and other threads. */
void brc_sched_poll(Sched *s, uint64_t wait_ns);

/* A major collection of a process that does not run now. */
void brc_sched_collect(Proc *p);
