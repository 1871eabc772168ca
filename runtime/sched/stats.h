/* stats.h: counters that statistics/1 and memory/0 show. */
#pragma once
#include <stdint.h>

void brc_sched_stats_start(void);
uint64_t brc_sched_started_ns(void);
extern uint64_t brc_sched_bytes_in, brc_sched_bytes_out; /* of standard input and output */
/* ets/ fills these. */
extern uint64_t (*brc_sched_ets_bytes)(void);
extern uint64_t (*brc_sched_ets_count)(void);
