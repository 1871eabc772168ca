/* ask.c: what a process wants to know or to have done inside another one.
 *
 * Only the owner of a process may look inside. So the question goes to it as a signal, behind all
 * that was sent before, is answered when it rests (its registers are saved then), by the thread
 * that has it, and the answer comes back as a signal; the asker is parked meanwhile. A process
 * that rests already is taken, asked, and put back, by the asker's own thread.
 *
 * Nobody holds one process while waiting for another, so two may ask each other. An answer that
 * comes too late is known by its number. */
#include "code/enter.h"
#include "code/raise.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "sig/signal.h"

static size_t copy_words(Term t) {
    return term_is_pointer(t) ? brc_heap_size_words(t) : 0;
}

static Frag *new_question(Term from, SigAnswer *answer, Term what, uint64_t number) {
    Frag *f = brc_sig_new(BRC_SIG_ASK, from, 2 + copy_words(what));
    f->data[0] = BRC_HEADER(BRC_BIGPOS, 1); /* a dead object */
    f->data[1] = (Term)answer;
    f->used = 2;
    f->term = brc_sig_copy_into(f, what);
    sig_meta(f)->key = number;
    return f;
}

static void reply(Term from, Term to, uint64_t number, Term answer) {
    if (number == 0) return;
    Frag *f = brc_sig_new(BRC_SIG_ANSWER, from, answer == BRC_NONE ? 0 : copy_words(answer));
    f->term = answer == BRC_NONE ? BRC_NONE : brc_sig_copy_into(f, answer);
    sig_meta(f)->key = number;
    brc_sig_push_mt(to, f);
}

void brc_sig_refuse_question(Frag *f) {
    const SigMeta *meta = sig_meta(f);
    SigAnswer *answer = (SigAnswer *)f->data[1];
    answer(NULL, meta->from, f->term);
    reply(BRC_NONE, meta->from, meta->key, BRC_NONE);
}

/* What only looks builds its answer apart, so that a process that sleeps does not grow by being
 * asked. The answer lies there until it is freed: q->rest is NULL where there is none. */
static Term answer_by(Proc *p, SigAnswer *answer, Term from, Term what, Proc *q, ProcRest *rest) {
    bool looks;
    q->rest = NULL;
    brc_sig_is_aside(answer, what, &looks);
    if (!looks) return answer(p, from, what);
    brc_sig_double_make(p, q, rest);
    return answer(q, from, what);
}

static void answer_done(Proc *q) {
    if (q->rest) brc_sig_double_free(q);
}

static bool is_put_off(const ProcRest *r, SigAnswer *answer, Term what) {
    return r->gc_waits &&
           (brc_sig_is_collection(answer) || brc_sig_is_collecting_task(answer, what));
}

static void take_question(ProcRest *r, Frag **at) {
    Frag *f = *at;
    *at = f->next;
    if (r->asked_end == &f->next) r->asked_end = at;
}

void brc_sig_answer_all(Proc *p) {
    ProcRest *r = p->rest;
    Proc q;
    ProcRest rest;
    if (r->asked && r->asked->next) brc_sig_order_tasks(&r->asked, &r->asked_end);
    for (Frag **at = &r->asked, *f; (f = *at) != NULL;) {
        const SigMeta *meta = sig_meta(f);
        SigAnswer *answer = (SigAnswer *)f->data[1];
        if (is_put_off(r, answer, f->term)) {
            at = &f->next;
            continue;
        }
        take_question(r, at);
        Term t = answer_by(p, answer, meta->from, f->term, &q, &rest);
        reply(r->pid, meta->from, meta->key, t);
        answer_done(&q);
        brc_ctx_frag_free(f);
    }
}

/* ---- of a process whose heap a dirty pool has ---- */

void brc_sig_answer_aside(Proc *p) {
    ProcRest *r = p->rest, rest;
    for (Frag **at = &r->asked, *f; (f = *at) != NULL;) {
        const SigMeta *meta = sig_meta(f);
        SigAnswer *answer = (SigAnswer *)f->data[1];
        bool looks;
        if (!brc_sig_is_aside(answer, f->term, &looks)) {
            at = &f->next;
            continue;
        }
        Proc q = {.rest = r};
        if (looks) brc_sig_double_make(p, &q, &rest);
        reply(r->pid, meta->from, meta->key, answer(&q, meta->from, f->term));
        if (looks) brc_sig_double_free(&q);
        take_question(r, at);
        brc_ctx_frag_free(f);
    }
}

void brc_sig_answer_arrived(ProcRest *r, Frag *f) {
    if (sig_meta(f)->key != r->question) {
        brc_ctx_frag_free(f);
        return;
    }
    r->question = 0;
    r->answer = f;
    atomic_store(&r->slot->woken, 1);
}

/* ---- asking ---- */

/* Entered with the built-in's arguments in x0.., when the answer is there. */
static CODE_FN(answered) {
    CODE_OUT();
    CODE_SAVE_X();
    ProcRest *r = p->rest;
    Frag *f = r->answer;
    if (!f) { /* woken for something that was over by then; p->live is as it was */
        p->resume = answered;
        p->fail = BRC_FAIL_WAIT;
        return;
    }
    r->answer = NULL;
    Term answer = f->term;
    if (f->used)
        brc_ctx_frag_attach(p, f);
    else
        brc_ctx_frag_free(f);
    Term result = r->answered(p, answer);
    if (result != BRC_NONE) {
        p->x[0] = result;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    CODE_GO(brc_code_bif_fail);
}

bool brc_sig_may_go_on_slow(const Proc *p, enum ProcState *rest) {
    const ProcRest *r = p->rest;
    *rest = BRC_PROC_SUSPENDED;
    if (r->suspended) return false;
    *rest = BRC_PROC_PARKED;
    return r->wait != BRC_WAIT_PARK || atomic_load(&r->slot->woken) != 0;
}

/* Back to where brc_proc_take took it from, or into a run queue. */
static void put_back(Proc *p) {
    enum ProcState rest;
    if (p->rest->exiting || p->rest->asked || sig_may_go_on(p, &rest))
        brc_proc_enqueue_next(brc_proc_sched, p);
    else
        brc_proc_rest_as(p->rest->slot, rest);
}

/* False: it does not rest. */
static bool ask_at_rest(Proc *p, Term pid, SigAnswer *answer, Term what, Term *result) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    Proc *q = slot ? brc_proc_take(slot, true) : NULL;
    if (!q) return false;
    if (is_put_off(q->rest, answer, what)) {
        put_back(q);
        return false;
    }
    *result = BRC_NONE;
    if (q->rest->pid == pid && brc_sig_fetch(q)) {
        Proc d;
        ProcRest rest;
        brc_sig_answer_all(q);
        *result = answer_by(q, answer, proc_pid(p), what, &d, &rest);
        if (*result != BRC_NONE && term_is_pointer(*result))
            *result = brc_heap_copy_to_proc(p, *result);
        answer_done(&d);
    } else {
        answer(NULL, proc_pid(p), what);
    }
    put_back(q);
    return true;
}

Term brc_sig_ask(Proc *p, Term pid, SigAnswer *answer, Term what, SigAnswered *answered_by,
                 uint32_t arity) {
    ProcRest *r = p->rest;
    Term result = BRC_NONE;
    if (ask_at_rest(p, pid, answer, what, &result)) return answered_by(p, result);
    static _Atomic(uint64_t) numbers;
    uint64_t number = atomic_fetch_add_explicit(&numbers, 1, memory_order_relaxed) + 1;
    r->answered = answered_by;
    r->question = number;
    atomic_store(&r->slot->woken, 0);
    if (!brc_sig_push_mt(pid, new_question(r->pid, answer, what, number))) {
        r->question = 0;
        answer(NULL, r->pid, what);
        return answered_by(p, BRC_NONE);
    }
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (slot) brc_proc_hoist_mt(slot, r->priority);
    return brc_ctx_wait(p, answered, arity);
}

bool brc_sig_tell(Term from, Term pid, SigAnswer *answer, Term what) {
    if (brc_sig_push_mt(pid, new_question(from, answer, what, 0))) return true;
    answer(NULL, from, what);
    return false;
}

void brc_sig_tell_urgently(Term from, Term pid, SigAnswer *answer, Term what, uint8_t priority) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (brc_sig_tell(from, pid, answer, what) && slot) brc_proc_hoist_mt(slot, priority);
}
