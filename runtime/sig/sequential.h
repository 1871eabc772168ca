/* sequential.h: sequential tracing: a token that goes with messages from process to process. One
 * that has a token has a ProcTrace with BRC_TRACE_SEQ, so that others pay nothing. */
#pragma once
#include "sig/tracing.h"

enum SeqFlag { /* as stock's numbers */
               BRC_SEQ_SEND = 1,
               BRC_SEQ_RECEIVE = 2,
               BRC_SEQ_PRINT = 4,
               BRC_SEQ_TIMESTAMP = 8,
               BRC_SEQ_STRICT = 16,
               BRC_SEQ_MONOTONIC = 32,
};

typedef struct SeqToken { /* malloc'd; a process's or a message's */
    uint32_t flags;
    int64_t serial, last;
    Term from;
    Frag *label;
} SeqToken;

/* In SigMeta.from of a message: aligned, which no identifier is. */
static inline SeqToken *seq_token_of(const SigMeta *meta) {
    return meta->from > 4096 && (meta->from & BRC_NIBBLE_MASK) == 0 ? (SeqToken *)meta->from : NULL;
}
void brc_sig_seq_free(SeqToken *t);
/* p, which has a token, sends: false: not to a process here, nothing is done. */
bool brc_sig_seq_send(Proc *p, Term dest, Term msg);
/* p takes m out of its queue: its token is the message's from now on. */
void brc_sig_seq_received(Proc *p, Frag *m);
/* r ends, and tells the one at the other end of a link. */
void brc_sig_seq_exiting(ProcRest *r, Term to, Term reason);
/* A child of a process with a token. */
void brc_sig_seq_spawned(ProcRest *parent, ProcRest *child);
Term brc_sig_seq_term(Proc *p, const ProcRest *r); /* [] or {Flags, Label, Serial, From, Last} */
/* seq_trace(Item, Value) and seq_trace_info(Item); BRC_NONE: not valid. */
Term brc_sig_seq_set(Proc *p, ProcRest *r, Term item, Term value);
Term brc_sig_seq_get(Proc *p, const ProcRest *r, Term item);
/* system_flag(sequential_tracer, T): what it was, or BRC_NONE; `false` or a pid. */
Term brc_sig_seq_set_tracer(Term tracer);
Term brc_sig_seq_tracer(void);
void brc_sig_seq_reset(Proc *p); /* all tokens of processes go */
