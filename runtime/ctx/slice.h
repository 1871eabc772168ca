/* slice.h: long work in C, done in slices.
 *
 * A built-in that may take long runs on a stack of its own. Its loops say now and then how much
 * they did (brc_ctx_pause); when that comes to about a millisecond, the stack is left as it is and
 * the processor given up, until the process's next turn. In between the process takes no signals
 * and is not collected (BRC_PROC_IN_SLICE), so nothing that the C code holds moves or goes away,
 * and it always comes to its end. Outside of a slice brc_ctx_pause does nothing.
 *
 * No lock may be held at a pause, and what is thread-local is another's after it. */
#pragma once
#include "abi/layout.h"
#include <stdbool.h>

/* Bit of Proc.flags beside BRC_PROC_GC_SOON. Read by other threads only while they own p. */
#define BRC_PROC_IN_SLICE 2u

enum { BRC_SLICE_ARGS = 3 };
typedef Term SliceWork(Proc *p, const Term *args); /* fails as a built-in does */
typedef struct Slice Slice;

/* Begins work in a slice; at most BRC_SLICE_ARGS arguments. *unfinished is NULL where it came to
 * its end at once: then its result is returned. Within a slice the work is done directly. */
Term brc_ctx_slice_begin(Proc *p, SliceWork *work, const Term *args, unsigned n,
                         Slice **unfinished);
/* Goes on. True: it came to its end, *result is what it gave; brc_ctx_slice_end is due. */
bool brc_ctx_slice_go_on(Slice *s, Term *result);
void brc_ctx_slice_end(Slice *s);
const Term *brc_ctx_slice_args(const Slice *s);
/* Where a failure is said to have been: the trapping built-in and place. */
void brc_ctx_slice_note(Slice *s, const Bif *bif, const Loc *loc);
void brc_ctx_slice_noted(const Slice *s, const Bif **bif, const Loc **loc);

extern _Thread_local int64_t brc_ctx_slice_left; /* nanoseconds, about; <= 0 outside of slices */
void brc_ctx_slice_leave(void);
/* About so many nanoseconds of work were done. */
static inline void brc_ctx_pause(size_t ns) {
    brc_ctx_slice_left -= (int64_t)ns;
    if (__builtin_expect(brc_ctx_slice_left <= 0, 0)) brc_ctx_slice_leave();
}
/* The same for one of many short steps that `steps` counts: only each 64th looks. */
static inline void brc_ctx_pause_step(unsigned *steps, size_t ns) {
    if ((++*steps & 63) == 0) brc_ctx_pause(64 * ns);
}
