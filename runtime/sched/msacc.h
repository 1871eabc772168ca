/* msacc.h: microstate accounting: what each scheduler's time goes into, while somebody wants to
 * know (system_flag(microstate_accounting, true)). Else each change of state is one test. */
#pragma once
#include "sched/sched.h"

enum MsaccState {
    BRC_MSACC_AUX = 0,
    BRC_MSACC_CHECK_IO,
    BRC_MSACC_EMULATOR,
    BRC_MSACC_GC,
    BRC_MSACC_OTHER,
    BRC_MSACC_PORT,
    BRC_MSACC_SLEEP,
    BRC_MSACC_STATES
};

extern _Atomic(bool) brc_sched_msacc_on;
enum MsaccState brc_sched_msacc_change(const Sched *s, enum MsaccState to);

/* From here on the calling thread, s's, is in that state; in which one it was. */
static inline enum MsaccState msacc_enter(const Sched *s, enum MsaccState to) {
    if (__builtin_expect(!atomic_load_explicit(&brc_sched_msacc_on, memory_order_relaxed), 1))
        return BRC_MSACC_OTHER;
    return brc_sched_msacc_change(s, to);
}

/* true, false or reset: the old setting; BRC_NONE: not valid. */
Term brc_sched_msacc_set(Proc *p, Term value);
/* [#{counters => #{State => Ns}, id => Id, type => Type}] */
Term brc_sched_msacc_list(Proc *p);
