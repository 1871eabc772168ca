/* clock.h: the two clocks: monotonic, and the system's as a fixed offset from it. */
#pragma once
#include <stdint.h>

int64_t brc_proc_now_us(void);          /* as erlang:now() */
int64_t brc_proc_ordered_integer(void); /* as erlang:unique_integer([monotonic]) */
#include "term/term.h"
#include "proc/timer.h"

/* Parts of a second that a time unit stands for (native: nanoseconds); 0: no time unit. */
uint64_t brc_proc_time_unit(Term unit);
/* ns in such parts, rounded down. */
Term brc_proc_time_in(Proc *p, int64_t ns, uint64_t parts);
int64_t brc_proc_time_offset_ns(void); /* system - monotonic; the same all the time */
