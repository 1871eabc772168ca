/* receive.c: the message queue as a running process sees it. `position` is the link to the message
 * that a receive looks at now; a receive that took one, or timed out, puts it back to the first. */
#include "sig/message.h"
#include "sig/signal.h"
#include "sig/tracing.h"
#include "sig/tracing.h"
#include "base/panic.h"
#include "ctx/fail.h"

Frag *brc_sig_unlink(ProcRest *r, Frag **link) {
    Frag *m = *link;
    *link = m->next;
    if (r->messages_end == &m->next) r->messages_end = link;
    if (r->position == &m->next) r->position = link;
    if (r->markers) brc_sig_markers_moved(r, &m->next, link);
    if (sig_meta(m)->kind == BRC_SIG_ON_HEAP) r->heap_messages--;
    r->message_count--;
    m->next = NULL;
    return m;
}

void brc_sig_free_messages(ProcRest *r) {
    for (Frag *m = r->messages, *next; m; m = next) {
        next = m->next;
        brc_ctx_frag_free(m);
    }
    r->messages = NULL;
    r->messages_end = r->position = &r->messages;
    r->message_count = r->heap_messages = 0;
}

__attribute__((noinline)) static Term peek_new(Proc *p, ProcRest *r) {
    if (!sig_fetch(p)) {
        p->reds = 0; /* killed: ends when it waits or calls */
        return BRC_NONE;
    }
    if (!*r->position) return BRC_NONE;
    r->peeked = 1;
    return (*r->position)->term;
}

Term brc_sig_peek(Proc *p) {
    ProcRest *r = p->rest;
    Frag *m = *r->position;
    if (!m) return peek_new(p, r);
    r->peeked = 1;
    return m->term;
}

void brc_sig_skip(Proc *p) {
    ProcRest *r = p->rest;
    r->position = &(*r->position)->next;
    r->peeked = 0;
}

static void forget_timer(ProcRest *r) {
    if (r->timer_state == BRC_TIMER_IDLE) return;
    brc_proc_timer_disarm(&r->timer);
    if (r->timer_state == BRC_TIMER_FIRED) atomic_store(&r->slot->woken, 0);
    r->timer_state = BRC_TIMER_IDLE;
}

void brc_sig_remove(Proc *p) {
    ProcRest *r = p->rest;
    Frag *m = brc_sig_unlink(r, r->position);
    if (__builtin_expect(r->trace != NULL || (sig_meta(m)->from & BRC_NIBBLE_MASK) == 0, 0) &&
        brc_sig_seq)
        brc_sig_seq->received(p, m);
    sig_log_event(r, AM(receive));
    if (m->used)
        brc_ctx_frag_attach(p, m);
    else
        brc_ctx_frag_free(m);
    r->position = &r->messages;
    r->peeked = 0;
    forget_timer(r);
}

static void receive_timer_fired(Timer *t) {
    ProcRest *r = (ProcRest *)((char *)t - offsetof(ProcRest, timer));
    r->timer_state = BRC_TIMER_FIRED;
    atomic_store(&r->slot->woken, 1); /* pairs with entry_of in sched/loop.c */
    brc_proc_make_ready_mt(r->slot, false);
}

void brc_sig_timeout_done(Proc *p) {
    ProcRest *r = p->rest;
    r->position = &r->messages;
    r->peeked = 0;
    forget_timer(r);
    sig_log_event(r, AM(timeout));
    if (trace_is_on(r, BRC_TRACE_RECEIVE)) brc_sig_trace_received(r, AM(timeout));
}

int brc_sig_timeout_arm(Proc *p, Term timeout) {
    ProcRest *r = p->rest;
    if (r->exiting) return 1; /* it ends where it would wait */
    if (r->timer_state != BRC_TIMER_IDLE) return r->timer_state == BRC_TIMER_ARMED;
    if (timeout == AM(infinity)) return 1;
    if (timeout == BRC_SMALL(0)) return 0;
    if (!term_is_small(timeout) || term_small(timeout) < 0 || term_small(timeout) > UINT32_MAX) {
        brc_sig_timeout_done(p);
        brc_ctx_error(p, AM(timeout_value));
        return -1;
    }
    r->timer.fire = receive_timer_fired;
    r->timer_state = BRC_TIMER_ARMED;
    brc_proc_timer_arm(&r->sched->timers, &r->timer,
                       brc_proc_clock_ns() + (uint64_t)term_small(timeout) * 1000000u);
    return 1;
}

/* The loop makes the state WAITING public: until then nobody else may run the process. Where there
 * is a message at the position, this receive has no clauses (timer:sleep): it looks at none, and
 * what is there already is no reason to go on. */
__attribute__((preserve_none)) void brc_sig_wait(BRC_CODE_ARGS) {
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    ProcRest *r = p->rest;
    p->hp = hp;
    p->sp = sp;
    p->reds = reds;
    p->live = 0;
    r->timeout = p->trap;
    if (*r->position) r->position = r->messages_end;
    r->sched->turn = BRC_TURN_RECEIVE;
}
