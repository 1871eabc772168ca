/* sysmon.h: erlang:system_monitor: a process is told of others that collect or run for long, or
 * become large. */
#pragma once
#include "sig/signal.h"

enum { BRC_SYSMON_GC = 1u, BRC_SYSMON_TURN = 2u, BRC_SYSMON_HEAP = 4u, BRC_SYSMON_BUSY = 8u };
/* What is wanted; 0 in most programs, and all that is looked at then. */
extern _Atomic(uint32_t) brc_sig_sysmon;
static inline bool sysmon_wants(uint32_t what) {
    return __builtin_expect(atomic_load_explicit(&brc_sig_sysmon, memory_order_relaxed) & what, 0);
}
/* After a collection that took so long. */
void brc_sig_sysmon_gc(Proc *p, uint64_t ns);
/* After a turn; in: where it began. p's registers are saved. */
void brc_sig_sysmon_turn(Proc *p, const Term in[3], uint64_t ns);
