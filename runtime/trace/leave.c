/* leave.c: functions that are left: a frame of ours lies on the stack between a traced function and
 * its caller.
 *
 *     sp[0]   returned + 15, to which the function returns
 *     sp[1]   a catch word, where exceptions are to be told of, or []
 *     sp[2]   index of the function     sp[3]   enum CallFrame
 *     sp[4]   the meta tracer, or []    sp[5]   the function that time went to before
 *     sp[6]   the Loc that is gone back to, or 0: the next frame tells
 *     sp[7]   the caller's sp[0] */
#include "trace/calls.h"
#include "code/enter.h"
#include "code/fail.h"
#include "code/raise.h"
#include "code/trace.h"

enum { CATCH = 1, INDEX, WHAT, META, BEFORE, PLACE, FRAME };

static Code returned, caught;

static bool is_ours(const Term *sp) {
    return sp[0] == (Term)returned + BRC_TAG_RETURN;
}

void brc_calls_push_frame(Proc *p, size_t i, uint32_t what, Term meta_tracer, int64_t before,
                          const Loc *place) {
    /* Behind a tail call: where time goes and what is returned to, the frame that is there knows.
     */
    if (is_ours(p->sp) && !place)
        what &= ~((uint32_t)term_small(p->sp[WHAT]) & (BRC_FRAME_TIME | BRC_FRAME_RETURN_TO));
    if (!what) return;
    bool catches = what & (BRC_FRAME_EXCEPTION | BRC_FRAME_META_EXCEPTION | BRC_FRAME_TIME |
                           BRC_FRAME_RETURN_TO);
    if (p->sp - p->hp < FRAME + 1) brc_heap_collect_gc(p, FRAME + 1, p->live);
    p->sp -= FRAME;
    p->sp[0] = (Term)returned + BRC_TAG_RETURN;
    p->sp[CATCH] = catches ? (Term)caught + BRC_TAG_CATCH : BRC_NIL;
    p->sp[INDEX] = BRC_SMALL(i);
    p->sp[WHAT] = BRC_SMALL(what);
    p->sp[META] = meta_tracer == BRC_NONE ? BRC_NIL : meta_tracer;
    p->sp[BEFORE] = BRC_SMALL(before);
    p->sp[PLACE] = (Term)place; /* aligned: reads as a small integer */
}

_Thread_local const Loc *brc_calls_place;

const Loc *brc_calls_caller(const Proc *p) {
    if (brc_calls_place) return brc_calls_place;
    const Term *sp = p->sp;
    while (is_ours(sp))
        sp += FRAME;
    return brc_code_frame_place(sp);
}

/* {trace, Pid, What, {M, F, A}, Value} to the tracer and to the meta tracer, as the frame says. */
static void tell(Proc *p, const Term *frame, Term what, Term value, uint32_t plain, uint32_t meta) {
    ProcRest *r = p->rest;
    const TracedFn *fn = brc_calls_all()->at[term_small(frame[INDEX])];
    uint32_t wanted = (uint32_t)term_small(frame[WHAT]);
    Term at[4], mfa = term_tuple3(at, fn->module, fn->name, BRC_SMALL(fn->arity));
    Term args[] = {mfa, value};
    if (wanted & plain && trace_is_on(r, BRC_TRACE_CALL) && !trace_is_on(r, BRC_TRACE_SILENT))
        brc_sig_trace(r, what, args, 2);
    if (wanted & meta) brc_sig_trace_to(frame[META], BRC_TRACE_TIMESTAMP, r->pid, what, args, 2);
}

static void tell_place(Proc *p, const Loc *place) {
    Term at[4], to = AM(undefined);
    if (!trace_is_on(p->rest, BRC_TRACE_RETURN_TO) || trace_is_on(p->rest, BRC_TRACE_SILENT))
        return;
    if (place)
        to = term_tuple3(at, BRC_LOC_FN(place)->module, BRC_LOC_FN(place)->name,
                         BRC_SMALL(BRC_LOC_FN(place)->arity));
    brc_sig_trace(p->rest, AM(return_to), &to, 1);
}

/* {trace, Pid, return_to, {M, F, A}}, once where several such frames follow each other. */
static void tell_return_to(Proc *p, const Term *frame) {
    const Term *next = frame + FRAME;
    if (!((uint32_t)term_small(frame[WHAT]) & BRC_FRAME_RETURN_TO)) return;
    if (frame[PLACE]) {
        tell_place(p, (const Loc *)frame[PLACE]);
        return;
    }
    for (; is_ours(next); next += FRAME)
        if ((uint32_t)term_small(next[WHAT]) & BRC_FRAME_RETURN_TO) return;
    tell_place(p, brc_code_frame_place(next));
}

/* What an exception is told as: of a throw that nobody catches, what the process ends with. */
static Term exception(Term *at, const Proc *p, const Term *stack, Term class_, Term reason) {
    bool catches = class_ != AM(throw);
    for (const Term *s = stack; s < p->stack_end && !catches; s++)
        catches = (*s & BRC_NIBBLE_MASK) == BRC_TAG_CATCH && *s != (Term)caught + BRC_TAG_CATCH;
    if (catches) return term_tuple2(at, class_, reason);
    return term_tuple2(at, AM(error), term_tuple2(at + 3, AM(nocatch), reason));
}

static void give_time_back(Proc *p, const Term *frame) {
    if ((uint32_t)term_small(frame[WHAT]) & BRC_FRAME_TIME)
        brc_calls_time(p, brc_calls_all(), term_small(frame[BEFORE]), false);
}

static CODE_FN(returned) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    give_time_back(p, sp);
    tell(p, sp, AM(return_from), x0, BRC_FRAME_RETURN, BRC_FRAME_META_RETURN);
    tell_return_to(p, sp);
    p->sp += FRAME;
    p->x[0] = x0;
    CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
}

/* The function whose handler is next, where that is none of ours. */
static void tell_handler(Proc *p, const Term *frame) {
    const Loc *place = NULL;
    if (!((uint32_t)term_small(frame[WHAT]) & BRC_FRAME_RETURN_TO)) return;
    for (const Term *s = frame + FRAME; s < p->stack_end; s++) {
        if ((*s & BRC_NIBBLE_MASK) == BRC_TAG_RETURN && brc_code_frame_place(s))
            place = brc_code_frame_place(s);
        if ((*s & BRC_NIBBLE_MASK) != BRC_TAG_CATCH) continue;
        if (*s != (Term)caught + BRC_TAG_CATCH) tell_place(p, place);
        return;
    }
}

/* x0 class, x1 reason, x2 the raw trace; sp at the catch word. */
static CODE_FN(caught) {
    CODE_OUT();
    (void)x3, (void)x4, (void)x5;
    const Term *frame = sp - CATCH;
    Term at[6], pair = exception(at, p, frame + FRAME, x0, x1);
    give_time_back(p, frame);
    tell(p, frame, AM(exception_from), pair, BRC_FRAME_EXCEPTION, BRC_FRAME_META_EXCEPTION);
    tell_handler(p, frame);
    p->sp = sp - CATCH + FRAME;
    p->fclass = x0, p->freason = x1, p->ftrace = x2;
    CODE_GO(brc_code_to_handler(p));
}

void brc_calls_tell_left(Proc *p, const CallPending *c, bool raised, Term value, const Loc *to) {
    Term meta = c->meta_tracer == BRC_NONE ? BRC_NIL : c->meta_tracer;
    const Term frame[] = {
        0, BRC_NIL, BRC_SMALL(c->i), BRC_SMALL(c->what), meta, BRC_SMALL(c->before), 0};
    give_time_back(p, frame);
    if (raised) {
        Term at[6];
        value = exception(at, p, p->sp, p->fclass, p->freason);
        tell(p, frame, AM(exception_from), value, BRC_FRAME_EXCEPTION, BRC_FRAME_META_EXCEPTION);
        if (to && c->what & BRC_FRAME_RETURN_TO) tell_place(p, to);
        return;
    }
    tell(p, frame, AM(return_from), value, BRC_FRAME_RETURN, BRC_FRAME_META_RETURN);
    if (c->what & BRC_FRAME_RETURN_TO) tell_place(p, to);
}
