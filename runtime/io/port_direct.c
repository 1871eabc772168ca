/* port_direct.c: work for a port done by the thread of whoever asks, or waits for what comes,
 * without a change of process. */
#include "io/port.h"
#include "base/hooks.h"
#include "sched/msacc.h"
#include "sched/sched.h"
#include "sig/purge.h"

#define DIRECT_COST 20 /* reductions of the caller, beside what the port counts */

static bool has_work(const ProcSlot *slot) {
    return atomic_load(&slot->inbox) || atomic_load(&slot->woken);
}

/* It goes on by itself. */
static void let_go(Proc *port) {
    atomic_store(&port->rest->slot->woken, 1);
    brc_proc_enqueue_next(brc_proc_sched, port);
}

Proc *brc_io_port_take(Term port) {
    BRC_KEEPS(offer);
    ProcSlot *slot = port == BRC_NONE ? NULL : brc_proc_slot_of(port);
    if (!slot || atomic_load(&slot->state) != BRC_PROC_PARKED || has_work(slot)) return NULL;
    uint32_t parked = BRC_PROC_PARKED;
    if (!atomic_compare_exchange_strong(&slot->state, &parked, BRC_PROC_READY)) return NULL;
    Proc *taken = slot->p; /* as in brc_proc_take */
    ProcRest *r = taken->rest;
    if (r->pid != port) { /* the slot has another owner since */
        brc_proc_rest_as(slot, BRC_PROC_PARKED);
        return NULL;
    }
    Port *q = r->port;
    /* What the caller sent before comes first. */
    if (q && q->kind && q->kind->direct && !q->kept && !r->messages && !r->exiting &&
        !has_work(slot)) {
        r->sched = brc_proc_sched;
        return taken;
    }
    let_go(taken);
    return NULL;
}

void brc_io_port_release(Proc *port, const PortTurn *t) {
    Port *q = port->rest->port;
    brc_io_port_clean(port);
    if (t->over) {
        brc_io_port_end(port, t);
        brc_proc_destroy(port);
        sig_set_message_limit(); /* the caller goes on */
    } else if (t->again || q->kind->rest(port, q)) {
        let_go(port);
    } else {
        brc_proc_rest_as(port->rest->slot, BRC_PROC_PARKED);
    }
}

Term brc_io_port_ask_direct(Proc *p, Term port, Term what, Term arg) {
    Proc *taken = brc_io_port_take(port);
    if (!taken) return BRC_NONE;
    PortTurn t = {.reason = AM(normal)};
    int64_t before = taken->reds;
    Port *q = taken->rest->port;
    Term answer = brc_io_port_asked(p, taken, q, proc_pid(p), what, arg, &t);
    p->reds -= before - taken->reds + DIRECT_COST;
    brc_io_port_release(taken, &t);
    return answer;
}

static bool act(Term port) {
    Sched *s = brc_proc_sched;
    Proc *taken = brc_io_port_take(port);
    if (!taken) return false;
    if (taken->rest->trace) { /* its turns are told of */
        brc_proc_rest_as(taken->rest->slot, BRC_PROC_PARKED);
        return false;
    }
    PortTurn t = {.reason = AM(normal)};
    msacc_enter(s, BRC_MSACC_PORT);
    taken->rest->port->kind->turn(taken, taken->rest->port, &t);
    brc_io_port_release(taken, &t);
    msacc_enter(s, BRC_MSACC_OTHER);
    return true;
}

/* Before main, in programs that have drivers. */
__attribute__((used)) static void offer(void) {
    BRC_STARTS(offer);
    brc_sched_port_act = act;
}
