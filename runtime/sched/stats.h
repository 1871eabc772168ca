/* stats.h: counters that statistics/1 and memory/0 show. */
#pragma once
#include <stdatomic.h>
#include <stdint.h>
#include "term/term.h"

void brc_sched_stats_start(void);
/* report.c: system_info's items that are texts for people to read, or BRC_NONE. */
Term brc_sched_report(Proc *p, Term item);
uint64_t brc_sched_started_ns(void);
extern _Atomic(uint64_t) brc_sched_bytes_in, brc_sched_bytes_out; /* of standard input and output */
extern _Atomic(uint32_t) brc_sched_wall_time; /* erlang:system_flag(scheduler_wall_time, true) */
extern uint64_t (*brc_sched_ets_bytes)(void); /* ets/ fills it */
extern uint64_t (*brc_sched_ets_count)(void);
