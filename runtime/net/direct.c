/* direct.c: receives and sends done by the process that asks, which takes the port meanwhile,
 * without messages. OTP's own functions of the same names (prim_inet:recv/2,3 and send/3) go on
 * where these cannot: where the port is busy elsewhere, an argument is wrong, or somebody traces.
 *
 * A receive for which nothing has come parks the process, and the socket's next change wakes it
 * instead of the port (`peer` in the port's slot). Whatever else ends that receive (a close, its
 * time, the port's own turn) is told by the message that OTP's function would wait for, and a
 * wake-up. */
#include "abi/bif.h"
#include "code/enter.h"
#include "code/trace.h"
#include "ctx/fail.h"
#include "net/socket.h"
#include "sig/message.h"
#include "sig/signal.h"
#include "sig/tracing.h"
#include <stdlib.h>

#define COST      20         /* reductions, beside what the port counts */
#define MOST_HERE (8u << 10) /* longer ones are read to where they stay, and mostly wait for it */

extern Code recv_2 __asm__("prim_inet$recv$2") __attribute__((weak));
extern Code recv_3 __asm__("prim_inet$recv$3") __attribute__((weak));
extern Code send_3 __asm__("prim_inet$send$3") __attribute__((weak));

static Socket *take(Proc *p, Term port, Proc **taken) {
    if (!term_is_local_port(port) || p->rest->trace || p->flags & BRC_PROC_STEPPED) return NULL;
    *taken = brc_io_port_take(port);
    if (!*taken) return NULL;
    Port *q = (*taken)->rest->port;
    if (q->kind == &brc_net_tcp) return net_socket(q);
    const PortTurn none = {0};
    brc_io_port_release(*taken, &none);
    return NULL;
}

/* ---- receiving ---- */

static bool may_receive(const Socket *s, uint32_t n) {
    return (s->state & NET_CONNECTED) && s->active == NET_PASSIVE && !s->receiving &&
           !s->read_ended && (n == 0 || s->packet == BRC_PACKET_RAW);
}

static CODE_FN(receive_on);

static void park(Proc *p, Term port, uint32_t id) {
    p->x[0] = port;
    p->x[1] = BRC_SMALL(id);
}

/* The result, or BRC_NONE: it waits as *id (not 0), or is OTP's to do. */
static Term receive_now(Proc *p, Term port, uint32_t n, uint32_t limit, uint32_t *id) {
    Proc *taken;
    Socket *s = take(p, port, &taken);
    if (!s) return BRC_NONE;
    PortTurn t = {.reason = AM(normal)};
    NetWait w = {.port = port, .caller = proc_pid(p), .now = p, .result = BRC_NONE};
    int64_t before = taken->reds;
    if (may_receive(s, n)) {
        s->receiving = &w;
        s->wanted_bytes = n;
        brc_net_receive_go_on(taken, s, &t);
        if (s->receiving == &w) {
            s->receiving = NULL;
            NetWait *later = brc_net_wait(taken, s, w.caller, &s->receiving);
            later->parked = true;
            brc_net_wait_limit(later, limit);
            *id = 0x10000u | later->id;
        }
    }
    p->reds -= before - taken->reds + COST;
    brc_io_port_release(taken, &t);
    return w.result;
}

/* The same for one that waits. False: it does no more, or the port is not to be had. */
static bool try_again(Proc *p, Term port, uint32_t id, Term *result) {
    Proc *taken = brc_io_port_take(port);
    if (!taken) return false;
    Socket *s = net_socket(taken->rest->port);
    NetWait *w = s->receiving;
    PortTurn t = {.reason = AM(normal)};
    int64_t before = taken->reds;
    bool waits = w && w->parked && w->caller == proc_pid(p) && (0x10000u | w->id) == id;
    if (waits) {
        w->now = p;
        w->result = BRC_NONE;
        brc_net_receive_go_on(taken, s, &t);
        *result = w->result;
        if (*result == BRC_NONE)
            w->now = NULL;
        else
            free(w);
    }
    p->reds -= before - taken->reds + COST;
    brc_io_port_release(taken, &t);
    return waits;
}

static Term message_of(Proc *p, Term port, uint32_t id) {
    ProcRest *r = p->rest;
    for (Term m; (m = brc_sig_peek(p)) != BRC_NONE; brc_sig_skip(p)) {
        const Term *e = term_is_tuple_of(m, 4) ? term_tuple_elements(m) : NULL;
        if (!e || e[0] != AM(inet_async) || e[1] != port || e[2] != BRC_SMALL(id & 0xFFFF))
            continue;
        brc_sig_remove(p);
        return e[3];
    }
    r->position = &r->messages;
    r->peeked = 0;
    return BRC_NONE;
}

/* Entered with the port and the number of the receive when it may be over. */
static CODE_FN(receive_on) {
    CODE_OUT();
    (void)x2, (void)x3, (void)x4, (void)x5;
    uint32_t id = (uint32_t)term_small(x1);
    Term result = BRC_NONE;
    if (!try_again(p, x0, id, &result)) {
        bool gone = !brc_proc_slot_of(x0); /* before the look: it has told all then */
        result = message_of(p, x0, id);
        if (result == BRC_NONE && gone && !p->rest->exiting)
            result = term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(closed));
    }
    if (result != BRC_NONE) {
        p->x[0] = result;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    park(p, x0, id);
    p->resume = receive_on;
    p->live = 2;
    p->fail = BRC_FAIL_WAIT;
}

/* Milliseconds; 0: nothing that is waited for here. */
static uint32_t limit_of(Term time) {
    if (time == AM(infinity)) return NET_FOREVER;
    bool well = term_is_small(time) && term_small(time) > 0 && term_small(time) < NET_FOREVER;
    return well ? (uint32_t)term_small(time) : 0;
}

static Term receive_or(Proc *p, Term port, Term length, Term time, Code *otherwise, uint32_t n) {
    uint32_t limit = limit_of(time), id = 0;
    bool here = term_is_small(length) && term_small(length) >= 0 &&
                term_small(length) < (int64_t)MOST_HERE && limit;
    Term result = here ? receive_now(p, port, (uint32_t)term_small(length), limit, &id) : BRC_NONE;
    if (result != BRC_NONE) return result;
    if (id) {
        park(p, port, id);
        return brc_ctx_wait(p, receive_on, 2);
    }
    p->x[0] = port, p->x[1] = length, p->x[2] = time;
    return brc_ctx_trap(p, otherwise, n);
}

Term brc_bif_prim_inet_recv_2(Proc *p, Term port, Term length) {
    return receive_or(p, port, length, AM(infinity), recv_2, 2);
}

Term brc_bif_prim_inet_recv_3(Proc *p, Term port, Term length, Term time) {
    return receive_or(p, port, length, time, recv_3, 3);
}

/* ---- of those that wait ---- */

/* It is where OTP's function would wait. */
static const Loc *place(const Proc *p) {
    static const FnPlace recv0 = BRC_FN_PLACE(AM(prim_inet), AM(recv0), 3, 0);
    return p->resume == receive_on ? &recv0.at : NULL;
}

/* What comes is the port's to take again. */
static void ended(Proc *p, Term reason) {
    (void)reason;
    if (p->rest->wait == BRC_WAIT_PARK && p->resume == receive_on)
        brc_proc_wake_mt(p->rest->saved_x[0]);
}

void brc_net_direct_start(void) {
    brc_code_own_place = place;
    brc_sig_on_end(ended);
}

/* ---- sending ---- */

/* Whether a send is sure to be answered at once. */
static bool may_send(const Socket *s) {
    return (s->state & NET_CONNECTED) && !(s->state & NET_BUSY) && !s->file && !s->delay_send &&
           s->q->out.first == s->q->out.end;
}

static Term send_now(Proc *p, Term port, Term data) {
    Proc *taken;
    Socket *s = take(p, port, &taken);
    if (!s) return BRC_NONE;
    PortTurn t = {.reason = AM(normal)};
    int64_t before = taken->reds;
    NetNow now = {p, BRC_NONE};
    if (may_send(s)) {
        s->now = &now;
        brc_net_send(taken, s->q, proc_pid(p), data, AM(command), &t);
        s->now = NULL;
    }
    p->reds -= before - taken->reds + COST;
    brc_io_port_release(taken, &t);
    return now.answer;
}

Term brc_bif_prim_inet_send_3(Proc *p, Term port, Term data, Term options) {
    Term answer = options == BRC_NIL ? send_now(p, port, data) : BRC_NONE;
    if (answer != BRC_NONE) return answer;
    p->x[0] = port, p->x[1] = data, p->x[2] = options;
    return brc_ctx_trap(p, send_3, 3);
}
