/* control.c: what prim_inet asks of sockets by port_control/3: a number and bytes, answered by a
 * list that begins with 1 (ok, bytes follow) or 0 (the name of an error follows). */
#include "abi/bif.h"
#include "base/hooks.h"
#include "base/panic.h"
#include "bif/iowalk.h"
#include "io/file.h"
#include "net/socket.h"
#include "sig/signal.h"
#include "term/atom.h"
#include <errno.h>
#include <stdlib.h>

#define FIRST_REQUEST 0x03F1A300 /* added to all numbers */
enum Request {
    REQ_OPEN = 1,
    REQ_CONNECT = 3,
    REQ_PEER = 4,
    REQ_NAME = 5,
    REQ_BIND = 6,
    REQ_SETOPTS = 7,
    REQ_GETOPTS = 8,
    REQ_GETSTAT = 11,
    REQ_HOST_NAME = 12,
    REQ_FDOPEN = 13,
    REQ_GETFD = 14,
    REQ_GETTYPE = 15,
    REQ_GETSTATUS = 16,
    REQ_SERVICE_BY_NAME = 17,
    REQ_SERVICE_BY_PORT = 18,
    REQ_SETNAME = 19,
    REQ_SETPEER = 20,
    REQ_INTERFACE_NAMES = 21,
    REQ_INTERFACE_GET = 22,
    REQ_INTERFACE_SET = 23,
    REQ_SUBSCRIBE = 24,
    REQ_INTERFACES = 25,
    REQ_ACCEPT = 26,
    REQ_LISTEN = 27,
    REQ_IGNOREFD = 28,
    REQ_OWN_NAMES = 29,
    REQ_PEER_NAMES = 30,
    REQ_RECV = 42,
    REQ_UNRECV = 43,
    REQ_SHUTDOWN = 44,
    REQ_SENDFILE = 45,
    REQ_RECV_FROM = 60,
};

/* ---- replies ---- */

void brc_net_put(NetReply *r, const void *bytes, size_t n) {
    brc_io_port_put(&r->bytes, bytes, n);
}
void brc_net_put_u16(NetReply *r, uint32_t n) {
    uint8_t b[2];
    net_put16(b, n);
    brc_net_put(r, b, 2);
}
void brc_net_put_u32(NetReply *r, uint32_t n) {
    uint8_t b[4];
    net_put32(b, n);
    brc_net_put(r, b, 4);
}

void brc_net_fail(NetReply *r, int error) {
    size_t n;
    r->error = brc_term_atom_text(brc_io_posix_name(error), &n);
}

static Term finish(NetReply *r) {
    const uint8_t *at = r->error ? (const uint8_t *)r->error : r->bytes.at;
    size_t n = r->error ? strlen(r->error) : r->bytes.end;
    Term *cell = brc_ctx_alloc(r->to, 2 * (n + 1)) + 2 * (n + 1), list = BRC_NIL;
    while (n-- > 0)
        list = term_cons(cell -= 2, BRC_SMALL(at[n]), list);
    free(r->bytes.at);
    return term_cons(cell - 2, BRC_SMALL(r->error ? 0 : 1), list);
}

/* ---- requests ---- */

static void get_type(const Socket *s, NetReply *r) {
    brc_net_put_u32(r, s->family == AF_INET ? 1 : s->family == AF_INET6 ? 2 : 5);
    brc_net_put_u32(r, s->type == SOCK_STREAM ? 1 : s->type == SOCK_DGRAM ? 2 : 3);
}

static void of_streams(Proc *p, Socket *s, Term from, uint32_t what, NetBytes *b, NetReply *r,
                       PortTurn *t) {
    switch (what) {
    case REQ_LISTEN: brc_net_listen(s, b, r); return;
    case REQ_ACCEPT: brc_net_accept(p, s, from, b, r); return;
    case REQ_RECV: brc_net_receive(p, s, from, b, r, t); return;
    case REQ_UNRECV: brc_net_unreceive(p, s, b, r, t); return;
    case REQ_SHUTDOWN: brc_net_shutdown(s, b, r); return;
    case REQ_SENDFILE: brc_net_send_file(p, s, from, b, r, t); return;
    default: r->error = NET_UNKNOWN; return;
    }
}

static void of_all(Proc *p, Socket *s, Term from, uint32_t what, NetBytes *b, NetReply *r,
                   PortTurn *t) {
    switch (what) {
    case REQ_OPEN:
    case REQ_FDOPEN: brc_net_open(p, s, b, what == REQ_FDOPEN, r); return;
    case REQ_CONNECT: brc_net_connect(p, s, from, b, r, t); return;
    case REQ_PEER_NAMES:
        if (!(s->state & NET_OPEN)) break;
        brc_net_name(s, true, r);
        return;
    case REQ_PEER: brc_net_name(s, true, r); return;
    case REQ_NAME:
    case REQ_OWN_NAMES: brc_net_name(s, false, r); return;
    case REQ_BIND: brc_net_bind(s, b, r); return;
    case REQ_SETOPTS: brc_net_set_options(p, s, b, r, t); return;
    case REQ_GETOPTS: brc_net_get_options(s, b, r); return;
    case REQ_GETSTAT: brc_net_statistics(s, b, r); return;
    case REQ_HOST_NAME: brc_net_host_name(r); return;
    case REQ_GETFD:
        if (s->state & NET_OPEN)
            brc_net_put_u32(r, (uint32_t)s->q->in_fd);
        else
            brc_net_fail(r, EINVAL);
        return;
    case REQ_GETTYPE: get_type(s, r); return;
    case REQ_GETSTATUS: brc_net_put_u32(r, s->state & ~(uint32_t)NET_BOUND); return;
    case REQ_SERVICE_BY_NAME: brc_net_service_by_name(b, r); return;
    case REQ_SERVICE_BY_PORT: brc_net_service_by_port(b, r); return;
    case REQ_INTERFACES: brc_net_interfaces(r); return;
    case REQ_INTERFACE_NAMES: brc_net_interface_names(r); return;
    case REQ_INTERFACE_GET:
        if (!(s->state & NET_OPEN)) break;
        brc_net_interface_get(s, b, r);
        return;
    case REQ_INTERFACE_SET: brc_net_interface_set(s, b, r); return;
    case REQ_SUBSCRIBE: brc_net_subscribe(s, from, b, r); return;
    case REQ_IGNOREFD: return;
    case REQ_RECV_FROM:
        if (s->datagrams) {
            brc_net_receive_from(p, s, from, b, r);
            return;
        }
        break;
    default:
        if (s->datagrams) break;
        of_streams(p, s, from, what, b, r, t);
        return;
    }
    r->error = NET_UNKNOWN;
}

static void ignore(void *state, const uint8_t *bytes, size_t n) {
    (void)state, (void)bytes, (void)n;
}

static void gather(void *state, const uint8_t *bytes, size_t n) {
    brc_io_port_put(state, bytes, n);
}

/* request: {Number, Iodata} */
static Term control(Proc *to, Proc *p, Port *q, Term from, Term request, PortTurn *t) {
    static _Thread_local PortBytes gathered;
    const Term *e = term_tuple_elements(request);
    size_t total;
    gathered.first = gathered.end = 0;
    if (!brc_bif_io_walk(e[1], gather, &gathered, &total)) return AM(badarg);
    NetReply r = {.to = to, .term = BRC_NONE};
    static const uint8_t none[1];
    NetBytes b = {none, none};
    if (total) b = (NetBytes){gathered.at, gathered.at + gathered.end};
    of_all(p, net_socket(q), from, (uint32_t)(term_small(e[0]) - FIRST_REQUEST), &b, &r, t);
    return finish(&r);
}

Term brc_bif_erts_internal_port_control_3(Proc *p, Term port, Term operation, Term data) {
    BRC_KEEPS(add);
    if (term_is_atom(port)) port = brc_proc_whereis(port);
    if (port == BRC_NONE || !term_is_local_port(port) || !term_is_small(operation) ||
        term_small(operation) < 0 || term_small(operation) > UINT32_MAX)
        return AM(badarg);
    Term tuple[3], request = term_tuple2(tuple, operation, data);
    Term answer = brc_io_port_ask_direct(p, port, AM(control), request);
    if (answer != BRC_NONE) return answer;
    uint64_t key;
    size_t total;
    if (!brc_proc_slot_of(port) || !brc_bif_io_walk(data, ignore, NULL, &total)) return AM(badarg);
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &key);
    return brc_sig_send_port(port, proc_pid(p), key, AM(control), request) ? ref : AM(badarg);
}

/* ---- the drivers ---- */

static void set_up(Port *q, bool datagrams) {
    Socket *s = calloc(1, sizeof *s);
    BRC_CHECK(s != NULL);
    q->data = s;
    s->q = q;
    s->datagrams = datagrams;
    s->exit_on_close = true;
    s->buffer = 1460; /* inet_udp asks for more */
    s->high = s->msgq_high = 8192;
    s->low = s->msgq_low = 4096;
    s->send_timeout = NET_FOREVER;
    s->read_packets = 5;
    s->sender = BRC_NONE;
    s->limits.delimiter = '\n';
}

static void set_up_stream(Port *q) {
    set_up(q, false);
}
static void set_up_datagrams(Port *q) {
    set_up(q, true);
}

static void stream_turn(Proc *p, Port *q, PortTurn *t) {
    Socket *s = net_socket(q);
    brc_net_connect_go_on(p, s);
    if (s->state & NET_LISTENS) brc_net_accept_go_on(p, s);
    if (!(s->state & NET_CONNECTED)) return;
    brc_net_send_go_on(p, s, t);
    if (!t->over) brc_net_receive_go_on(p, s, t);
    if (!t->over) brc_net_send_late(p, s);
}

static void datagram_turn(Proc *p, Port *q, PortTurn *t) {
    (void)t;
    brc_net_datagrams_go_on(p, net_socket(q));
}

/* What the socket waits for. seq_cst: set before the look; pairs with sched/poll.c. */
static bool rest(Proc *p, Port *q) {
    const Socket *s = net_socket(q);
    unsigned wanted = 0;
    if (s->connecting) wanted |= BRC_SCHED_WRITE;
    if (s->accepting) wanted |= BRC_SCHED_READ;
    if ((s->state & NET_CONNECTED) || s->datagrams) {
        if (s->receiving || s->active != NET_PASSIVE) wanted |= BRC_SCHED_READ;
        if (q->out.first < q->out.end || s->file) wanted |= BRC_SCHED_WRITE;
    }
    if (s->read_ended) wanted &= ~(unsigned)BRC_SCHED_READ;
    ProcSlot *slot = net_slot(p);
    if (wanted && q->in_fd < 0) wanted = 0;
    /* The one that waits for it does the reading, or brings the port's turn along. */
    Term reader = wanted == BRC_SCHED_READ && s->receiving ? s->receiving->caller : 0;
    if (reader && s->receiving->parked) wanted |= BRC_SCHED_PARKED;
    if (atomic_load_explicit(&slot->peer, memory_order_relaxed) != reader)
        atomic_store_explicit(&slot->peer, reader, memory_order_relaxed);
    if (atomic_load(&slot->wanted) != wanted) atomic_store(&slot->wanted, wanted);
    return (atomic_load(&slot->ready) & wanted) != 0;
}

/* Pending operations hear of the end. */
static void close_socket(Proc *p, Port *q) {
    Socket *s = net_socket(q);
    while (s->connecting)
        brc_net_answer_error(s, &s->connecting, AM(closed));
    while (s->accepting)
        brc_net_answer_error(s, &s->accepting, AM(closed));
    while (s->receiving)
        brc_net_answer_error(s, &s->receiving, AM(closed));
    brc_net_file_end(s);
    if (s->send_limit.timer.heap) brc_proc_timer_disarm(&s->send_limit.timer);
    if (s->q->out.first < s->q->out.end && (s->state & NET_CONNECTED)) brc_net_send_rest(p, s);
    if (q->in_fd >= 0) brc_net_close(p, s);
}

static void free_socket(Port *q) {
    Socket *s = net_socket(q);
    brc_net_drop_all(s);
    brc_net_output_free(s);
    if (s->big) brc_ctx_sharedbin_unref(s->big);
    free(s->device);
    free(s->netns);
    free(s);
}

const PortKind brc_net_tcp = {.name = "tcp_inet",
                              .direct = true,
                              .open = set_up_stream,
                              .command = brc_net_send,
                              .control = control,
                              .turn = stream_turn,
                              .rest = rest,
                              .close = close_socket,
                              .free = free_socket};
const PortKind brc_net_udp = {.name = "udp_inet",
                              .direct = true,
                              .open = set_up_datagrams,
                              .command = brc_net_send_to,
                              .control = control,
                              .turn = datagram_turn,
                              .rest = rest,
                              .close = close_socket,
                              .free = free_socket};

/* Before main, in programs that reach port_control/3. */
__attribute__((used)) static void add(void) {
    BRC_STARTS(add);
    brc_net_direct_start();
    brc_io_port_add_kind(&brc_net_tcp);
    brc_io_port_add_kind(&brc_net_udp);
}
