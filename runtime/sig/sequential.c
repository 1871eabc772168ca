/* sequential.c: see sequential.h. */
#include "sig/sequential.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "abi/bif.h"
#include "term/cmp.h"
#include <stdlib.h>

static _Atomic(Term) tracer = AM(false);

/* ---- tokens ---- */

static const struct {
    Term name;
    uint32_t flag;
} names[] = {
    {AM(send), BRC_SEQ_SEND},
    {AM(receive), BRC_SEQ_RECEIVE},
    {AM(print), BRC_SEQ_PRINT},
    {AM(timestamp), BRC_SEQ_TIMESTAMP},
    {AM(strict_monotonic_timestamp), BRC_SEQ_STRICT},
    {AM(monotonic_timestamp), BRC_SEQ_MONOTONIC},
};
enum { NAMES = sizeof names / sizeof *names };

static uint32_t flag_of(Term item) {
    for (int i = 0; i < NAMES; i++)
        if (names[i].name == item) return names[i].flag;
    return 0;
}

void brc_sig_seq_free(SeqToken *t) {
    if (!t) return;
    brc_ctx_frag_free(t->label);
    free(t);
}

static SeqToken *token_new(Term label) {
    SeqToken *t = calloc(1, sizeof *t);
    if (!t) brc_base_panic("out of memory (sequential tracing)");
    t->label = brc_sig_new_kept(label);
    return t;
}

static SeqToken *token_copy(const SeqToken *from) {
    SeqToken *t = token_new(from->label->term);
    Frag *label = t->label;
    *t = *from;
    t->label = label;
    return t;
}

static SeqToken *token_of(const ProcRest *r) {
    return r->trace ? r->trace->token : NULL;
}

static const SeqHooks hooks = {brc_sig_seq_send, brc_sig_seq_received, brc_sig_seq_spawned,
                               brc_sig_seq_free, brc_sig_seq_term,     brc_sig_seq_exiting};

static void give(ProcRest *r, SeqToken *t) {
    if (!t && !r->trace) return;
    atomic_store(&brc_sig_seq, &hooks);
    if (!r->trace) r->trace = calloc(1, sizeof *r->trace);
    if (!r->trace) brc_base_panic("out of memory (sequential tracing)");
    brc_sig_seq_free(r->trace->token);
    r->trace->token = t;
    r->trace->flags =
        t ? r->trace->flags | BRC_TRACE_SEQ : r->trace->flags & ~(uint32_t)BRC_TRACE_SEQ;
    if (r->trace->flags == 0 && r->trace->seq_last == 0 && r->trace->seq_clock == 0) {
        free(r->trace);
        r->trace = NULL;
    }
}

/* ---- what is told ---- */

static uint32_t stamp_flags(const SeqToken *t) {
    return (t->flags & BRC_SEQ_TIMESTAMP ? BRC_TRACE_TIMESTAMP : 0) |
           (t->flags & BRC_SEQ_STRICT ? BRC_TRACE_STRICT : 0) |
           (t->flags & BRC_SEQ_MONOTONIC ? BRC_TRACE_MONOTONIC : 0);
}

/* {seq_trace, Label, {What, {Last, Serial}, From, To, Message}} [, time stamp] */
static void tell(const SeqToken *t, Term what, Term to, Term message) {
    Term whom = atomic_load(&tracer);
    if (!term_is_local_pid(whom) || whom == to || whom == t->from) return;
    /* to: an identifier, an alias or [] */
    Frag *stamp = brc_sig_time_stamp(stamp_flags(t));
    size_t words = 5 + 6 + 3 + 4 + brc_heap_message_words(t->label->term) +
                   brc_heap_message_words(message) + brc_heap_message_words(to);
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, words);
    Term *at = f->data, *inner = at + 5, *pair = inner + 6;
    f->used = 5 + 6 + 3;
    size_t arity = stamp ? 4 : 3;
    if (!stamp) inner = at + 4, pair = inner + 6, f->used = 4 + 6 + 3;
    inner[1] = what;
    inner[2] = term_tuple2(pair, BRC_SMALL(t->last), BRC_SMALL(t->serial));
    inner[3] = t->from;
    at[1] = AM(seq_trace);
    at[2] = brc_sig_copy_into(f, t->label->term);
    inner[4] = brc_sig_copy_into(f, to);
    inner[5] = brc_sig_copy_into(f, message);
    at[3] = term_tuple_begin(inner, 5);
    if (stamp) at[4] = brc_sig_copy_into(f, stamp->term);
    f->term = term_tuple_begin(at, arity);
    if (stamp) brc_ctx_frag_free(stamp);
    if (!brc_sig_push_mt(whom, f)) atomic_store(&tracer, AM(false));
}

/* The token with the number of what the process does now. */
static SeqToken *advance(ProcRest *r) {
    SeqToken *t = token_of(r);
    t->serial = ++r->trace->seq_clock;
    t->last = r->trace->seq_last;
    t->from = r->pid;
    return t;
}

/* ---- messages ---- */

static Term process_of(Term dest) {
    if (term_is_tuple_of(dest, 2) && term_tuple_elements(dest)[1] == AM(nonode_nohost))
        dest = term_tuple_elements(dest)[0];
    if (term_is_atom(dest)) dest = brc_proc_whereis(dest);
    if (term_is_kind(dest, BRC_REF)) return brc_sig_alias_owner(brc_proc_ref_key(dest));
    return term_is_local_pid(dest) ? dest : BRC_NONE;
}

bool brc_sig_seq_send(Proc *p, Term dest, Term msg) {
    Term to = process_of(dest);
    if (to == BRC_NONE) return false;
    SeqToken *t = advance(p->rest);
    if (t->flags & BRC_SEQ_SEND) tell(t, AM(send), term_is_kind(dest, BRC_REF) ? dest : to, msg);
    Frag *f = brc_sig_new_message(msg);
    sig_meta(f)->from = (Term)token_copy(t);
    if (term_is_kind(dest, BRC_REF)) {
        sig_meta(f)->kind = BRC_SIG_ALIAS_MESSAGE;
        sig_meta(f)->key = brc_proc_ref_key(dest);
    }
    brc_sig_push_mt(to, f);
    return true;
}

void brc_sig_seq_received(Proc *p, Frag *m) {
    ProcRest *r = p->rest;
    SeqToken *t = seq_token_of(sig_meta(m));
    if (!t && sig_meta(m)->from != BRC_NONE) return; /* of the runtime itself */
    sig_meta(m)->from = BRC_NONE;
    if (!t && !token_of(r)) return;
    give(r, t);
    if (!t) return;
    r->trace->seq_last = t->serial;
    if (r->trace->seq_clock < t->serial) r->trace->seq_clock = t->serial;
    if (t->flags & BRC_SEQ_RECEIVE) tell(t, AM(receive), r->pid, m->term);
}

void brc_sig_seq_exiting(ProcRest *r, Term to, Term reason) {
    Term at[4], message = term_tuple3(at, AM(EXIT), r->pid, reason);
    SeqToken *t = advance(r);
    if (t->flags & BRC_SEQ_SEND) tell(t, AM(send), to, message);
}

void brc_sig_seq_spawned(ProcRest *parent, ProcRest *child) {
    SeqToken *t = advance(parent);
    give(child, token_copy(t));
    child->trace->seq_last = t->serial;
    child->trace->seq_clock = t->serial;
}

/* ---- looking and setting ---- */

Term brc_sig_seq_term(Proc *p, const ProcRest *r) {
    const SeqToken *s = token_of(r);
    if (!s) return BRC_NIL;
    Term *t = brc_ctx_alloc(p, 6);
    t[1] = BRC_SMALL(s->flags), t[2] = brc_heap_copy_to_proc(p, s->label->term);
    t[3] = BRC_SMALL(s->serial), t[4] = s->from, t[5] = BRC_SMALL(s->last);
    return term_tuple_begin(t, 5);
}

static Term serial_pair(Proc *p, const SeqToken *t) {
    return term_tuple2(brc_ctx_alloc(p, 3), BRC_SMALL(t->last), BRC_SMALL(t->serial));
}

static Term value_of(Proc *p, const SeqToken *t, Term item) {
    uint32_t flag = flag_of(item);
    if (flag) return term_bool(t->flags & flag);
    if (item == AM(label)) return brc_heap_copy_to_proc(p, t->label->term);
    return item == AM(serial) ? serial_pair(p, t) : BRC_NONE;
}

Term brc_sig_seq_get(Proc *p, const ProcRest *r, Term item) {
    const SeqToken *t = token_of(r);
    if (!flag_of(item) && item != AM(label) && item != AM(serial)) return BRC_NONE;
    if (!t && !flag_of(item)) return BRC_NIL;
    Term value = t ? value_of(p, t, item) : AM(false);
    return term_tuple2(brc_ctx_alloc(p, 3), item, value);
}

static bool serial_of(Term t, int64_t *last, int64_t *serial) {
    if (!term_is_tuple_of(t, 2)) return false;
    const Term *e = term_tuple_elements(t);
    if (!term_is_small(e[0]) || !term_is_small(e[1])) return false;
    *last = term_small(e[0]);
    *serial = term_small(e[1]);
    return true;
}

Term brc_sig_seq_set(Proc *p, ProcRest *r, Term item, Term value) {
    uint32_t flag = flag_of(item), stamps = BRC_SEQ_TIMESTAMP | BRC_SEQ_STRICT | BRC_SEQ_MONOTONIC;
    int64_t last = 0, serial = 0;
    if (item == AM(sequential_trace_token) && value == BRC_NIL) {
        Term old = brc_sig_seq_term(p, r);
        give(r, NULL);
        return old;
    }
    bool known =
        flag ? value == AM(true) || value == AM(false)
             : item == AM(label) || (item == AM(serial) && serial_of(value, &last, &serial));
    if (!known) return BRC_NONE;
    if (!token_of(r)) {
        SeqToken *t = token_new(BRC_SMALL(0));
        t->from = r->pid;
        give(r, t);
        t->last = r->trace->seq_last;
    }
    SeqToken *t = token_of(r);
    Term old = value_of(p, t, item);
    if (flag) {
        if (flag & stamps && value == AM(true)) t->flags &= ~stamps;
        t->flags = value == AM(true) ? t->flags | flag : t->flags & ~flag;
    } else if (item == AM(label)) {
        brc_ctx_frag_free(t->label);
        t->label = brc_sig_new_kept(value);
    } else {
        t->last = r->trace->seq_last = last;
        t->serial = r->trace->seq_clock = serial;
    }
    return old;
}

/* ---- the tracer ---- */

Term brc_sig_seq_tracer(void) {
    Term t = atomic_load(&tracer);
    return term_is_local_pid(t) && !brc_proc_is_alive(t) ? AM(false) : t;
}

Term brc_sig_seq_set_tracer(Term to) {
    bool alive = (term_is_local_pid(to) || term_is_local_port(to)) && brc_proc_is_alive(to);
    if (to != AM(false) && !alive) return BRC_NONE;
    Term old = brc_sig_seq_tracer();
    atomic_store(&tracer, to);
    return old;
}

static Term forget(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    if (!p || !p->rest->trace) return BRC_NIL;
    p->rest->trace->seq_last = p->rest->trace->seq_clock = 0;
    give(p->rest, NULL);
    return BRC_NIL;
}

void brc_sig_seq_reset(Proc *p) {
    uint32_t at = 0;
    for (Term pid; (pid = brc_proc_next(&at)) != BRC_NONE;) {
        if (pid == proc_pid(p))
            forget(p, pid, BRC_NIL);
        else if (term_is_local_pid(pid))
            brc_sig_tell(proc_pid(p), pid, forget, BRC_NIL);
    }
}

/* ---- built-ins ---- */

Term brc_bif_erlang_seq_trace_2(Proc *p, Term item, Term value) {
    Term old = brc_sig_seq_set(p, p->rest, item, value);
    return old == BRC_NONE ? brc_ctx_badarg(p) : old;
}

Term brc_bif_erlang_seq_trace_info_1(Proc *p, Term item) {
    Term value = brc_sig_seq_get(p, p->rest, item);
    return value == BRC_NONE ? brc_ctx_badarg(p) : value;
}

static Term print(Proc *p, Term info) {
    SeqToken *t = token_of(p->rest);
    if (!(t->flags & BRC_SEQ_PRINT)) return AM(false);
    tell(advance(p->rest), AM(print), BRC_NIL, info);
    return AM(true);
}

Term brc_bif_erlang_seq_trace_print_1(Proc *p, Term info) {
    return token_of(p->rest) ? print(p, info) : AM(false);
}

Term brc_bif_erlang_seq_trace_print_2(Proc *p, Term label, Term info) {
    const SeqToken *t = token_of(p->rest);
    if (!t || !brc_term_eq(t->label->term, label)) return AM(false);
    return print(p, info);
}
