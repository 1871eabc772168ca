/* log.c: see log.h. */
#include "trace/log.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "sig/signal.h"
#include "trace/calls.h"
#include <stdlib.h>

static void note(CallLog *l, Term module, Term name, uint32_t arity) {
    l->at[l->next].module = module;
    l->at[l->next].name = name;
    l->at[l->next].arity = arity;
    l->next = (l->next + 1) % l->room;
    if (l->n < l->room) l->n++;
}

void brc_calls_log(ProcRest *r, const TracedFn *fn) {
    note(r->steps->calls, fn->module, fn->name, fn->arity);
}

static void log_event(ProcRest *r, Term what) {
    note(r->steps->calls, BRC_NONE, what, 0);
}

/* [{M, F, A} | send | 'receive' | timeout], the oldest first */
static Term list(Proc *p, const ProcRest *r) {
    const CallLog *l = r->steps->calls;
    Term list = BRC_NIL;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t k = (l->next + 2 * l->room - 1 - i) % l->room;
        Term t = l->at[k].name;
        if (l->at[k].module != BRC_NONE)
            t = term_tuple3(brc_ctx_alloc(p, 4), l->at[k].module, t, BRC_SMALL(l->at[k].arity));
        list = term_cons(brc_ctx_alloc(p, 2), t, list);
    }
    return list;
}

static void set(Proc *p, uint32_t room) {
    ProcSteps *s = brc_calls_steps(p->rest);
    free(s->calls);
    s->calls = NULL;
    if (room) {
        s->calls = calloc(1, sizeof *s->calls + room * sizeof s->calls->at[0]);
        if (!s->calls) brc_base_panic("out of memory (save_calls)");
        s->calls->room = room;
    }
    brc_calls_update(p);
}

void brc_calls_start_log(void) {
    brc_sig_save_calls = set;
    brc_sig_saved_calls = list;
    brc_sig_log_event = log_event;
}
