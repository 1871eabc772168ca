/* stats.h: counters that statistics/1 and memory/0 show. */
#pragma once
#include <stdatomic.h>
#include <stdint.h>
#include "term/term.h"

void brc_sched_stats_start(void);
uint64_t brc_sched_started_ns(void);
extern _Atomic(uint64_t) brc_sched_bytes_in, brc_sched_bytes_out; /* of standard input and output */
extern _Atomic(uint32_t) brc_sched_wall_time; /* erlang:system_flag(scheduler_wall_time, true) */
/* Who is told of crashes: a local pid, logger for the process of that name, or undefined. Relaxed:
 * it is one word, and crashes and changes in different processes are in no order. */
extern _Atomic(Term) brc_sched_system_logger;
extern uint64_t (*brc_sched_ets_bytes)(void); /* ets/ fills it */
extern uint64_t (*brc_sched_ets_count)(void);
