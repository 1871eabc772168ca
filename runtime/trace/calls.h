/* calls.h: tracing of calls: which functions there are, what is wanted of each, and what happens
 * when one is entered by a process that is stepped (code/step.h). */
#pragma once
#include "abi/traced.h"
#include "base/rwlock.h"
#include "ets/ms.h"
#include "sig/tracing.h"

enum CallKind { /* of what trace_pattern/3 sets */
                BRC_CALLS_GLOBAL = 1,
                BRC_CALLS_LOCAL = 2,
                BRC_CALLS_META = 4,
                BRC_CALLS_COUNT = 8,
                BRC_CALLS_TIME = 16,
                BRC_CALLS_EVERYBODY = BRC_CALLS_META | BRC_CALLS_COUNT, /* whether traced or not */
};

typedef struct CallTime { /* of one process in one function */
    struct CallTime *next;
    Term pid;
    uint64_t calls, ns;
} CallTime;

/* What is wanted of one function. Never freed. Specifications and times are under brc_calls_lock;
 * GLOBAL excludes all others. */
typedef struct CallBreak {
    _Atomic(uint32_t) kinds;
    _Atomic(uint32_t) paused; /* COUNT, TIME */
    _Atomic(uint64_t) count;
    Ms *ms, *meta_ms; /* NULL: without one */
    Term meta_tracer;
    CallTime *times;
} CallBreak;
extern BrcRwLock brc_calls_lock;

/* ---- functions.c ---- */
typedef struct CallSet { /* the functions of the program, by address */
    const TracedFn **at;
    size_t n;
    const TracedFn **bifs; /* those that are built-ins, by address of their Bif */
    size_t bif_count;
    CallBreak *_Atomic *breaks; /* by the same index; NULL: nothing was ever wanted */
} CallSet;
const CallSet *brc_calls_all(void); /* any thread */
/* The index of the function that begins there, or -1. */
int64_t brc_calls_find(const CallSet *s, Code *code);
int64_t brc_calls_find_bif(const CallSet *s, const Bif *b);
CallBreak *brc_calls_break(const CallSet *s, size_t i); /* made where there is none */
void brc_calls_drop_ms(Ms **at);

/* ---- step.c ---- */
/* The process is stepped if anything wants it, from now on. For its owner. */
void brc_calls_update(Proc *p);
ProcSteps *brc_calls_steps(ProcRest *r); /* made where there is none */
/* One function more (or less) wants calls of every process. */
void brc_calls_everybody(int64_t change);

/* ---- enter.c: p, whose registers and stack are stored, enters function i ---- */
void brc_calls_enter(Proc *p, const CallSet *s, size_t i, CallBreak *b, bool global);
typedef struct CallPending { /* what is to be told when the function is left */
    size_t i;
    uint32_t what; /* enum CallFrame; 0: nothing */
    Term meta_tracer;
    int64_t before;
} CallPending;
/* The same of a call with these arguments, without its frame. */
CallPending brc_calls_tell(Proc *p, const CallSet *s, size_t i, CallBreak *b, bool global,
                           const Term *args);

/* ---- bif.c ---- */
void brc_calls_undef(Proc *p); /* brc_code_undef_raised */

/* ---- leave.c ---- */
enum CallFrame { /* what is to be told when the function is left */
                 BRC_FRAME_RETURN = 1,
                 BRC_FRAME_EXCEPTION = 2,
                 BRC_FRAME_RETURN_TO = 4,
                 BRC_FRAME_META_RETURN = 8,
                 BRC_FRAME_META_EXCEPTION = 16,
                 BRC_FRAME_TIME = 32,
};
/* before: of TIME, the function that time went to. place: of a built-in, what it returns to. */
void brc_calls_push_frame(Proc *p, size_t i, uint32_t what, Term meta_tracer, int64_t before,
                          const Loc *place);
/* A built-in that is called in place gives a value, or raises what p says; `to`: what is gone
 * back to, or NULL. */
void brc_calls_tell_left(Proc *p, const CallPending *c, bool raised, Term value, const Loc *to);
/* The place of the built-in's call that is being told, or NULL. */
extern _Thread_local const Loc *brc_calls_place;
/* The function that p's innermost frame belongs to, frames of tracing apart, or NULL. */
const Loc *brc_calls_caller(const Proc *p);

/* ---- time.c ---- */
/* Time goes to function i (-1: none) from now on; what it went to before. called: it is entered. */
int64_t brc_calls_time(Proc *p, const CallSet *s, int64_t i, bool called);
void brc_calls_forget_times(CallBreak *b);
/* brc_sig_calls_turn */
void brc_calls_turn(Proc *p, bool begins);

/* ---- spec.c ---- */
typedef struct CallSaid { /* what a specification says */
    bool matches;
    Term message; /* BRC_NONE: none; it lies on q */
    uint32_t flags;
} CallSaid;
void brc_calls_act(MsRun *run, Proc *p); /* forms do what they say, to p */
/* p calls with args, a list on q. Takes brc_calls_lock. */
CallSaid brc_calls_ask(Proc *p, Proc *q, Ms *const *ms, Term args);
