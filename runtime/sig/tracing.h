/* tracing.h: what a traced process tells its tracer. A process that is not traced has no
 * ProcTrace, which is all that is looked at then. */
#pragma once
#include "sig/signal.h"

enum TraceFlag {
    BRC_TRACE_SEND = 1u << 0,
    BRC_TRACE_RECEIVE = 1u << 1,
    BRC_TRACE_PROCS = 1u << 2,
    BRC_TRACE_RUNNING = 1u << 3,
    BRC_TRACE_EXITING = 1u << 4,
    BRC_TRACE_GC = 1u << 5,
    BRC_TRACE_SPAWN = 1u << 6, /* set_on_spawn, set_on_first_spawn, and so on */
    BRC_TRACE_FIRST_SPAWN = 1u << 7,
    BRC_TRACE_LINK = 1u << 8,
    BRC_TRACE_FIRST_LINK = 1u << 9,
    BRC_TRACE_TIMESTAMP = 1u << 10,
    BRC_TRACE_MONOTONIC = 1u << 11,
    BRC_TRACE_STRICT = 1u << 12,
    BRC_TRACE_CPU = 1u << 13,
    BRC_TRACE_RUNNING_PROCS = 1u << 14,
    BRC_TRACE_CALL = 1u << 15,
    BRC_TRACE_RETURN_TO = 1u << 16,
    BRC_TRACE_SILENT = 1u << 17,
    BRC_TRACE_ARITY = 1u << 18,
    /* kept and shown, without effect: */
    BRC_TRACE_PORTS = 1u << 19,
    BRC_TRACE_RUNNING_PORTS = 1u << 20,
    BRC_TRACE_SCHEDULER = 1u << 21, /* messages tell which thread it was on */
    BRC_TRACE_ALL = (1u << 22) - 1,
    BRC_TRACE_SEQ = 1u << 22, /* it has a token: sequential.h */
};
#define BRC_TRACE_OUT_IN (BRC_TRACE_RUNNING | BRC_TRACE_RUNNING_PROCS)

typedef struct ProcTrace { /* ProcRest.trace, malloc'd; the owner's */
    uint32_t flags;
    Term tracer;
    struct SeqToken *token; /* or NULL */
    int64_t seq_clock, seq_last;
} ProcTrace;

static inline bool trace_is_on(const ProcRest *r, uint32_t flags) {
    return __builtin_expect(r->trace != NULL, 0) && r->trace->flags & flags;
}

/* -- tracing.c -- */
/* {trace, Pid, What, args[0]...}, with a time stamp where wanted. A tracer that has gone ends the
 * tracing. n <= 3. */
void brc_sig_trace(ProcRest *r, Term what, const Term *args, unsigned n);
/* The same to any tracer; false: it has gone. Of pid, at once. */
bool brc_sig_trace_to(Term tracer, uint32_t flags, Term pid, Term what, const Term *args,
                      unsigned n);
void brc_sig_trace_send(ProcRest *r, Term to, Term message);
void brc_sig_trace_received(ProcRest *r, Term message);
/* Of a process that does not run now: {trace, Pid, in | out, {M, F, A}}. */
void brc_sig_trace_turn(Proc *p, Term what);
void brc_sig_trace_gc(Proc *p, bool major, size_t words_before, size_t words_after);
/* The new process `child` of `parent`, which takes over flags, before it runs. */
void brc_sig_trace_spawn(ProcRest *parent, ProcRest *child, Term args, bool linked);
void brc_sig_trace_look(ProcRest *r); /* ends it where the tracer has ended */
/* Sets the flags, adds or removes them; tracer: of added ones. False: another one traces it. */
bool brc_sig_trace_change(ProcRest *r, bool on, uint32_t flags, Term tracer);

/* A time stamp by itself, or NULL: none is wanted. */
Frag *brc_sig_time_stamp(uint32_t flags);

/* -- what sequential.c does with tokens; set before there is one -- */
typedef struct SeqHooks {
    bool (*send)(Proc *p, Term dest, Term msg);
    void (*received)(Proc *p, Frag *m);
    void (*spawned)(ProcRest *parent, ProcRest *child);
    void (*release)(struct SeqToken *t);
    Term (*term)(Proc *p, const ProcRest *r);
    void (*exiting)(ProcRest *r, Term to, Term reason);
} SeqHooks;
extern const SeqHooks *_Atomic brc_sig_seq;

/* -- tracing of calls; trace/ fills these -- */
extern _Atomic(bool) brc_sig_step_all; /* every process is to be stepped (code/step.h) */
/* For the owner: p may have to be stepped, or no more; a turn of a stepped process begins or ends.
 */
extern void (*brc_sig_calls_update)(Proc *p);
extern void (*brc_sig_calls_turn)(Proc *p, bool begins);
/* What is wanted of a function: the item's value; undefined: there is no such function. */
extern Term (*brc_sig_trace_of_function)(Proc *p, const Term *mfa, Term item);
/* process_flag(save_calls, N); process_info's last_calls; send, receive, timeout. */
extern void (*brc_sig_save_calls)(Proc *p, uint32_t n);
extern Term (*brc_sig_saved_calls)(Proc *p, const ProcRest *r);
extern void (*brc_sig_log_event)(ProcRest *r, Term what);
static inline void sig_log_event(ProcRest *r, Term what) {
    if (__builtin_expect(r->steps != NULL, 0) && r->steps->calls) brc_sig_log_event(r, what);
}

/* -- bif_trace.c -- */
extern _Atomic(int64_t) brc_sig_trace_word; /* the trace control word */
extern _Atomic(bool) brc_sig_trace_cpu;     /* cpu_timestamp: time stamps are of CPU time */
/* A list of flags; *tracer: BRC_NONE, or what it names. */
bool brc_sig_trace_flags(Term list, uint32_t *set, Term *tracer);
/* Of p itself, or of another process, soon. */
void brc_sig_trace_set(Proc *p, Term pid, bool on, uint32_t set, Term tracer);
/* Is it a question, to which no answer is wanted, that changes what is traced of a process? */
bool brc_sig_asks_tracing(Frag *f);
/* -- flags of processes to come -- */
extern _Atomic(uint32_t) brc_sig_trace_new;    /* 0: none */
extern _Atomic(Term) brc_sig_trace_new_tracer; /* written before the flags */
/* -- of trace_pattern(send | 'receive', ...); ets/bif_trace_pattern.c fills these -- */
extern _Atomic(bool) brc_sig_trace_sends, brc_sig_trace_receives; /* any at all */
/* What a match specification says of [To, Message] or [Node, Sender, Message]: BRC_NONE not to be
 * traced, true, or a term for the trace message, which lies in *frags, to be freed. NULL: none. */
extern Term (*_Atomic brc_sig_trace_filter)(ProcRest *r, bool send, Term subject, Frag **frags);
extern Term (*brc_sig_trace_spec)(Proc *p, bool send);

/* -- bif_info.c: where p, which does not run, goes on: module, function, arity -- */
void brc_sig_where(const Proc *p, Term at[3]);
/* A turn of its, an exiting one's too, begins or ends: told where that is wanted. */
void brc_sig_trace_scheduled(Proc *p, bool in);
