/* enter.c: what a function's entry tells, and to whom. Messages are built beside the process: this
 * is in the middle of its work. */
#include "trace/calls.h"
#include "sig/signal.h"
#include "term/bits.h"

typedef struct Entry {
    Proc *p;
    Proc q; /* where terms are built: all of them in fragments */
    const TracedFn *fn;
    const Term *x;      /* the arguments */
    Term args, none[2]; /* args: BRC_NONE until they are wanted as a list */
    uint32_t what;      /* enum CallFrame */
    Term meta_tracer;
} Entry;

/* What is left of a binary that is being matched. */
static Term argument(Entry *e, uint32_t i) {
    Term t = e->x[i];
    if (!term_is_kind(t, BRC_MATCHCTX)) return t;
    return brc_bs_get_tail(&e->q, t);
}

static Term args_of(Entry *e) {
    if (e->args != BRC_NONE) return e->args;
    Term list = BRC_NIL;
    for (uint32_t i = e->fn->arity; i-- > 0;) {
        Term t = argument(e, i);
        list = term_cons(brc_ctx_alloc(&e->q, 2), t, list);
    }
    return e->args = list;
}

/* {M, F, Args | Arity} */
static Term mfa_of(Entry *e, bool arity) {
    Term last = arity ? BRC_SMALL(e->fn->arity) : args_of(e);
    return term_tuple3(brc_ctx_alloc(&e->q, 4), e->fn->module, e->fn->name, last);
}

static CallSaid ask(Entry *e, Ms *const *ms) {
    return brc_calls_ask(e->p, &e->q, ms, *ms ? args_of(e) : BRC_NIL);
}

static uint32_t frame_of(uint32_t flags, uint32_t returns, uint32_t exceptions) {
    if (flags & MS_EXCEPTION_TRACE) return returns | exceptions;
    return flags & MS_RETURN_TRACE ? returns : 0;
}

static void enter_meta(Entry *e, CallBreak *b) {
    Term tracer = b->meta_tracer;
    if (!term_is_local_pid(tracer) || tracer == e->p->pid) return;
    CallSaid said = ask(e, &b->meta_ms);
    if (!said.matches) return;
    Term args[] = {mfa_of(e, false), said.message};
    unsigned n = said.message == BRC_NONE ? 1 : 2;
    if (said.message != AM(false) &&
        !brc_sig_trace_to(tracer, BRC_TRACE_TIMESTAMP, e->p->rest->pid, AM(call), args, n))
        b->meta_tracer = BRC_NIL; /* it has ended */
    e->what |= frame_of(said.flags, BRC_FRAME_META_RETURN, BRC_FRAME_META_EXCEPTION);
    e->meta_tracer = tracer;
}

static void enter_plain(Entry *e, CallBreak *b, bool local) {
    ProcRest *r = e->p->rest;
    Term tracer = r->trace->tracer;
    uint32_t flags = r->trace->flags;
    CallSaid said = ask(e, &b->ms);
    if (!said.matches) return;
    if (r->trace) flags = r->trace->flags; /* else it has ended the tracing: this is told still */
    if (said.message != AM(false) && !(flags & BRC_TRACE_SILENT)) {
        Term args[] = {mfa_of(e, flags & BRC_TRACE_ARITY), said.message};
        brc_sig_trace_to(tracer, flags, r->pid, AM(call), args, said.message == BRC_NONE ? 1 : 2);
    }
    e->what |= frame_of(said.flags, BRC_FRAME_RETURN, BRC_FRAME_EXCEPTION);
    if (local && trace_is_on(r, BRC_TRACE_RETURN_TO)) e->what |= BRC_FRAME_RETURN_TO;
}

CallPending brc_calls_tell(Proc *p, const CallSet *s, size_t i, CallBreak *b, bool global,
                           const Term *args) {
    uint32_t kinds = atomic_load(&b->kinds), paused = atomic_load(&b->paused);
    int64_t before = -1;
    Entry e = {.p = p, .fn = s->at[i], .x = args, .args = BRC_NONE, .meta_tracer = BRC_NONE};
    e.q = (Proc){.pid = p->pid,
                 .rest = p->rest,
                 .hp = e.none,
                 .sp = e.none,
                 .heap = e.none,
                 .stack_end = e.none};
    if (kinds & ~paused & BRC_CALLS_COUNT) atomic_fetch_add(&b->count, 1);
    if (kinds & ~paused & BRC_CALLS_TIME && trace_is_on(p->rest, BRC_TRACE_CALL)) {
        before = brc_calls_time(p, s, (int64_t)i, true);
        e.what |= BRC_FRAME_TIME;
    }
    if (trace_is_on(p->rest, BRC_TRACE_CALL) &&
        (kinds & BRC_CALLS_LOCAL || (kinds & BRC_CALLS_GLOBAL && global)))
        enter_plain(&e, b, kinds & BRC_CALLS_LOCAL);
    if (kinds & BRC_CALLS_META) enter_meta(&e, b);
    if (e.q.frags) e.q.frags->offheap = e.q.offheap; /* goes with them */
    for (Frag *f = e.q.frags, *next; f; f = next) {
        next = f->next;
        brc_ctx_frag_free(f);
    }
    return (CallPending){i, e.what, e.meta_tracer, before};
}

void brc_calls_enter(Proc *p, const CallSet *s, size_t i, CallBreak *b, bool global) {
    CallPending c = brc_calls_tell(p, s, i, b, global, p->x);
    if (c.what) brc_calls_push_frame(p, i, c.what, c.meta_tracer, c.before, NULL);
}
