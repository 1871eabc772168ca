/* datagram.c: datagrams in and out. */
#include "net/socket.h"
#include "base/panic.h"
#include "io/file.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include "bif/iowalk.h"
#include "term/bits.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/un.h>

/* ---- out: an address, four bytes of length and so much of ancillary data, then the data ---- */

/* Ancillary data: numbers of options with their values, as control messages. */
static bool ancillary(NetBytes *b, struct msghdr *m, uint8_t *room, size_t room_bytes) {
    m->msg_control = room;
    m->msg_controllen = room_bytes;
    struct cmsghdr *c = CMSG_FIRSTHDR(m);
    size_t used = 0;
    for (; net_left(b) >= 5; b->at += 5) {
        int value = (int)net_u32(b->at + 1);
        if (!c) return false;
        c->cmsg_level = *b->at == 41 ? IPPROTO_IPV6 : IPPROTO_IP;
        c->cmsg_type = *b->at == 9 ? IP_TOS : *b->at == 41 ? IPV6_TCLASS : IP_TTL;
        if (*b->at != 9 && *b->at != 41 && *b->at != 46) return false;
        c->cmsg_len = CMSG_LEN(sizeof value);
        memcpy(CMSG_DATA(c), &value, sizeof value);
        used += CMSG_SPACE(sizeof value);
        c = CMSG_NXTHDR(m, c);
    }
    m->msg_controllen = used;
    if (used == 0) m->msg_control = NULL;
    return net_left(b) == 0;
}

static void gather(void *state, const uint8_t *bytes, size_t n) {
    brc_io_port_put(state, bytes, n);
}

static int send_to(Socket *s, NetBytes *b, size_t *sent) {
    NetAddress a;
    socklen_t size = 0;
    uint8_t room[256] __attribute__((aligned(16)));
    struct msghdr m = {0};
    bool none = (s->state & NET_CONNECTED) || (net_left(b) && b->at[0] == 0);
    /* A connected socket's is of no importance, but stands there. */
    if (!brc_net_read_address(s->family, b, &a, &size)) return EINVAL;
    if (net_left(b) < 4 || net_u32(b->at) > net_left(b) - 4) return EINVAL;
    NetBytes anc = {b->at + 4, b->at + 4 + net_u32(b->at)};
    b->at = anc.end;
    if (!ancillary(&anc, &m, room, sizeof room)) return EINVAL;
    struct iovec iov = {(void *)(uintptr_t)b->at, net_left(b)};
    m.msg_iov = &iov;
    m.msg_iovlen = 1;
    if (!none) {
        m.msg_name = &a;
        m.msg_namelen = size;
    }
    *sent = net_left(b);
    for (;;) {
        if (sendmsg(s->q->in_fd, &m, MSG_NOSIGNAL) >= 0) return 0;
        if (errno != EINTR) return errno;
    }
}

Term brc_net_send_to(Proc *p, Port *q, Term from, Term data, Term how, PortTurn *t) {
    static _Thread_local PortBytes gathered;
    Socket *s = net_socket(q);
    size_t total, sent = 0;
    (void)how, (void)t;
    gathered.first = gathered.end = 0;
    if (!brc_bif_io_walk(data, gather, &gathered, &total)) return AM(badarg);
    NetBytes b = {gathered.at, gathered.at + gathered.end};
    int error = s->state & NET_OPEN ? send_to(s, &b, &sent) : EINVAL;
    if (error) {
        brc_net_reply_error(s, from, brc_io_posix_name(error));
    } else {
        brc_net_count(&s->sent, sent, false);
        q->out_total += total;
        brc_sched_bytes_out += sent;
        brc_net_reply(s, from, AM(ok));
    }
    brc_ctx_charge(p, total / 256);
    return AM(true);
}

/* ---- in ---- */

static _Thread_local struct {
    uint8_t *at;
    size_t room;
} in;

static void make_room(size_t n) {
    if (in.room >= n) return;
    free(in.at);
    in.at = malloc(n);
    BRC_CHECK(in.at != NULL);
    in.room = n;
}

typedef struct Came {
    NetAddress from;
    socklen_t from_size;
    size_t n;
    Term ancillary; /* BRC_NONE: none is wanted */
} Came;

static Term ancillary_of(Proc *p, struct msghdr *m) {
    Term list = BRC_NIL;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        Term tag = c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TOS          ? AM(tos)
                   : c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL        ? AM(ttl)
                   : c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_TCLASS ? AM(tclass)
                                                                                  : BRC_NONE;
        if (tag == BRC_NONE) continue;
        int value = 0;
        size_t n = c->cmsg_len - CMSG_LEN(0);
        memcpy(&value, CMSG_DATA(c), n < sizeof value ? n : sizeof value);
        Term pair = term_tuple2(brc_ctx_alloc(p, 3), tag, BRC_SMALL(value));
        list = term_cons(brc_ctx_alloc(p, 2), pair, list);
    }
    return list;
}

/* 0, or an errno. */
static int receive(Proc *p, Socket *s, Came *c) {
    uint8_t control[256] __attribute__((aligned(16)));
    make_room(s->buffer);
    struct iovec iov = {in.at, s->buffer};
    struct msghdr m = {.msg_name = &c->from,
                       .msg_namelen = sizeof c->from,
                       .msg_iov = &iov,
                       .msg_iovlen = 1,
                       .msg_control = control,
                       .msg_controllen = sizeof control};
    memset(&c->from, 0, sizeof c->from.any);
    ssize_t n = recvmsg(s->q->in_fd, &m, 0);
    if (n < 0) return errno;
    c->n = (size_t)n;
    c->from_size = m.msg_namelen;
    c->ancillary = s->ancillary ? ancillary_of(p, &m) : BRC_NONE;
    brc_net_count(&s->received, c->n, true);
    brc_sched_bytes_in += c->n;
    return 0;
}

/* ---- delivering ---- */

static Term data_on(Proc *p, const Socket *s, const uint8_t *bytes, size_t n) {
    size_t list = !s->binary || n < s->header ? n : s->header;
    bool whole = s->binary && list == s->header;
    Term data = whole ? brc_term_bin_new(p, bytes + list, n - list) : BRC_NIL;
    Term *cell = brc_ctx_alloc(p, 2 * list) + 2 * list;
    while (list-- > 0)
        data = term_cons(cell -= 2, BRC_SMALL(bytes[list]), data);
    return data;
}

/* {{ok, [Family, Port, Address... | Data]}} to recvfrom; with ancillary data a pair. */
static void answer(Proc *p, Socket *s, const Came *c) {
    uint8_t address[NET_ADDRESS_BYTES];
    size_t n = brc_net_write_address(&c->from, c->from_size, address);
    Term data = data_on(p, s, in.at, c->n);
    while (n-- > 0)
        data = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(address[n]), data);
    if (c->ancillary != BRC_NONE) data = term_tuple2(brc_ctx_alloc(p, 3), data, c->ancillary);
    NetWait *w = s->receiving;
    Term *at = brc_ctx_alloc(p, 8);
    at[1] = AM(inet_async);
    at[2] = s->q->id;
    at[3] = BRC_SMALL(w->id);
    at[4] = term_tuple2(at + 5, AM(ok), data);
    brc_sig_send_message(w->caller, term_tuple_begin(at, 4));
    s->receiving = w->next;
    if (w->timer.heap) brc_proc_timer_disarm(&w->timer);
    free(w);
}

/* The address and the port as programs see them. */
static void name_of(Proc *p, const Came *c, Term *address, Term *port) {
    *port = BRC_SMALL(0);
    if (c->from_size >= sizeof(sa_family_t) && c->from.any.sa_family == AF_INET) {
        const struct sockaddr_in *a = (const struct sockaddr_in *)&c->from;
        const uint8_t *b = (const uint8_t *)&a->sin_addr;
        Term *at = brc_ctx_alloc(p, 5);
        for (int i = 0; i < 4; i++)
            at[1 + i] = BRC_SMALL(b[i]);
        *address = term_tuple_begin(at, 4);
        *port = BRC_SMALL(ntohs(a->sin_port));
    } else if (c->from_size >= sizeof(sa_family_t) && c->from.any.sa_family == AF_INET6) {
        const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)&c->from;
        const uint8_t *b = (const uint8_t *)&a->sin6_addr;
        Term *at = brc_ctx_alloc(p, 9);
        for (int i = 0; i < 8; i++)
            at[1 + i] = BRC_SMALL(net_u16(b + 2 * i));
        *address = term_tuple_begin(at, 8);
        *port = BRC_SMALL(ntohs(a->sin6_port));
    } else if (c->from_size >= sizeof(sa_family_t) && c->from.any.sa_family == AF_UNIX) {
        uint8_t bytes[NET_ADDRESS_BYTES];
        brc_net_write_address(&c->from, c->from_size, bytes);
        Term path = brc_term_bin_new(p, bytes + 2, bytes[1]);
        *address = term_tuple2(brc_ctx_alloc(p, 3), AM(local), path);
    } else {
        *address = term_tuple2(brc_ctx_alloc(p, 3), AM(unspec), brc_term_bin_new(p, NULL, 0));
    }
}

static void tell(Proc *p, Socket *s, const Came *c) {
    Term address, port;
    if (s->to_port) { /* the address in bytes before the data */
        uint8_t bytes[NET_ADDRESS_BYTES];
        size_t n = brc_net_write_address(&c->from, c->from_size, bytes);
        Term data = data_on(p, s, in.at, c->n);
        while (n-- > 0)
            data = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(bytes[n]), data);
        brc_io_port_tell(p, s->q, term_tuple2(brc_ctx_alloc(p, 3), AM(data), data));
        return;
    }
    name_of(p, c, &address, &port);
    bool anc = c->ancillary != BRC_NONE;
    Term *at = brc_ctx_alloc(p, 7);
    at[1] = AM(udp);
    at[2] = s->q->id;
    at[3] = address;
    at[4] = port;
    if (anc) at[5] = c->ancillary;
    at[anc ? 6 : 5] = data_on(p, s, in.at, c->n);
    brc_sig_send_message(s->q->owner, term_tuple_begin(at, anc ? 6 : 5));
}

/* Errors that came back for a datagram that was sent are told, where anybody listens. */
static void failed(Socket *s, int error) {
    if (s->receiving)
        brc_net_answer_error(s, &s->receiving, brc_io_posix_name(error));
    else
        brc_net_tell3(s, AM(udp_error), brc_io_posix_name(error));
}

void brc_net_datagrams_go_on(Proc *p, Socket *s) {
    brc_net_connect_go_on(p, s);
    for (uint32_t i = 0; (s->state & NET_OPEN) && (s->receiving || s->active != NET_PASSIVE); i++) {
        Came c;
        if (i == (s->read_packets ? s->read_packets : 1) || !brc_net_may(p, BRC_SCHED_READ)) break;
        int error = receive(p, s, &c);
        if (error == EAGAIN) {
            brc_net_cannot(p, s);
            break;
        }
        brc_net_still(p, BRC_SCHED_READ);
        if (error == EINTR) continue;
        if (error) {
            failed(s, error);
        } else if (s->receiving) {
            answer(p, s, &c);
        } else {
            tell(p, s, &c);
            brc_net_count_active(s, AM(udp_passive));
        }
        brc_ctx_charge(p, 100);
    }
    if (brc_net_late(&s->receiving)) brc_net_answer_error(s, &s->receiving, AM(timeout));
}

void brc_net_receive_from(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r) {
    if (!(s->state & NET_OPEN)) {
        r->error = "exbadport";
        return;
    }
    if (!(s->state & NET_BOUND) && s->family != AF_UNIX) {
        r->error = "exbadseq";
        return;
    }
    if (s->active != NET_PASSIVE || net_left(b) != 8) {
        brc_net_fail(r, EINVAL);
        return;
    }
    if (s->receiving) {
        brc_net_fail(r, EALREADY);
        return;
    }
    uint32_t limit = net_u32(b->at);
    NetWait *w = brc_net_wait(p, s, caller, &s->receiving);
    brc_net_put_u16(r, w->id);
    brc_net_datagrams_go_on(p, s);
    if (s->receiving != w) return;
    if (limit == 0)
        brc_net_answer_error(s, &s->receiving, AM(timeout));
    else
        brc_net_wait_limit(w, limit);
}
