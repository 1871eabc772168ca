/* direct.c: receives and sends that have nothing to wait for, answered without a message. OTP's own
 * functions of the same names (prim_inet:recv/2,3 and send/3) go on where these cannot: where the
 * port is busy elsewhere, nothing has come yet, an argument is wrong, or somebody traces. */
#include "abi/bif.h"
#include "code/enter.h"
#include "ctx/fail.h"
#include "net/socket.h"
#include "sig/tracing.h"

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

static Term receive_now(Proc *p, Term port, uint32_t n) {
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
        if (s->receiving == &w) s->receiving = NULL;
    }
    p->reds -= before - taken->reds + COST;
    brc_io_port_release(taken, &t);
    return w.result;
}

static Term receive_or(Proc *p, Term port, Term length, Term time, Code *otherwise, uint32_t n) {
    bool small =
        term_is_small(length) && term_small(length) >= 0 && term_small(length) < (int64_t)MOST_HERE;
    Term result = BRC_NONE;
    if (small && (time == AM(infinity) || term_is_small(time)))
        result = receive_now(p, port, (uint32_t)term_small(length));
    if (result != BRC_NONE) return result;
    p->x[0] = port, p->x[1] = length, p->x[2] = time;
    return brc_ctx_trap(p, otherwise, n);
}

Term brc_bif_prim_inet_recv_2(Proc *p, Term port, Term length) {
    return receive_or(p, port, length, AM(infinity), recv_2, 2);
}

Term brc_bif_prim_inet_recv_3(Proc *p, Term port, Term length, Term time) {
    return receive_or(p, port, length, time, recv_3, 3);
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
