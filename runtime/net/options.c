/* options.c: options of sockets, set. A request is a run of numbers of options, each with its
 * value; the first that is not valid ends it. */
#include "net/options.h"
#include "io/file.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>

const uint8_t brc_net_packet_codes[15] = {
    [BRC_PACKET_RAW] = 0,      [BRC_PACKET_1] = 1,         [BRC_PACKET_2] = 2,
    [BRC_PACKET_4] = 3,        [BRC_PACKET_ASN1] = 4,      [BRC_PACKET_SUNRM] = 5,
    [BRC_PACKET_CDR] = 6,      [BRC_PACKET_FCGI] = 7,      [BRC_PACKET_LINE] = 8,
    [BRC_PACKET_TPKT] = 9,     [BRC_PACKET_HTTP] = 10,     [BRC_PACKET_HTTPH] = 11,
    [BRC_PACKET_SSL_TLS] = 12, [BRC_PACKET_HTTP_BIN] = 13, [BRC_PACKET_HTTPH_BIN] = 14,
};

const NetKernelOption *brc_net_kernel_option(const Socket *s, uint8_t what) {
    static const NetKernelOption all[] = {
        [OPT_REUSEADDR] = {SOL_SOCKET, SO_REUSEADDR, false, false, false},
        [OPT_KEEPALIVE] = {SOL_SOCKET, SO_KEEPALIVE, false, false, false},
        [OPT_DONTROUTE] = {SOL_SOCKET, SO_DONTROUTE, false, false, false},
        [OPT_BROADCAST] = {SOL_SOCKET, SO_BROADCAST, false, false, false},
        [OPT_SNDBUF] = {SOL_SOCKET, SO_SNDBUF, false, false, false},
        [OPT_RCVBUF] = {SOL_SOCKET, SO_RCVBUF, false, false, false},
        [OPT_PRIORITY] = {SOL_SOCKET, SO_PRIORITY, true, false, false},
        [OPT_TOS] = {IPPROTO_IP, IP_TOS, true, false, false},
        [OPT_NODELAY] = {IPPROTO_TCP, TCP_NODELAY, false, true, false},
        [OPT_MULTICAST_TTL] = {IPPROTO_IP, IP_MULTICAST_TTL, false, false, false},
        [OPT_MULTICAST_LOOP] = {IPPROTO_IP, IP_MULTICAST_LOOP, false, false, false},
        [OPT_V6ONLY] = {IPPROTO_IPV6, IPV6_V6ONLY, true, false, false},
        [OPT_TCLASS] = {IPPROTO_IPV6, IPV6_TCLASS, true, false, false},
        [OPT_RECVTOS] = {IPPROTO_IP, IP_RECVTOS, true, false, false},
        [OPT_RECVTCLASS] = {IPPROTO_IPV6, IPV6_RECVTCLASS, true, false, false},
        [OPT_TTL] = {IPPROTO_IP, IP_TTL, true, false, false},
        [OPT_RECVTTL] = {IPPROTO_IP, IP_RECVTTL, true, false, false},
        [OPT_NOPUSH] = {IPPROTO_TCP, TCP_CORK, false, true, false},
    };
    static const NetKernelOption hops = {IPPROTO_IPV6, IPV6_MULTICAST_HOPS, false, false, false};
    static const NetKernelOption loop = {IPPROTO_IPV6, IPV6_MULTICAST_LOOP, false, false, false};
    if (s->family == AF_INET6 && what == OPT_MULTICAST_TTL) return &hops;
    if (s->family == AF_INET6 && what == OPT_MULTICAST_LOOP) return &loop;
    bool known = what < sizeof all / sizeof *all && (all[what].level || all[what].name);
    return known ? &all[what] : NULL;
}

/* ---- reading values ---- */

static bool take(NetBytes *b, size_t n, const uint8_t **at) {
    if (net_left(b) < n) return false;
    *at = b->at;
    b->at += n;
    return true;
}

static bool number(NetBytes *b, uint32_t *n) {
    const uint8_t *at;
    if (!take(b, 4, &at)) return false;
    *n = net_u32(at);
    return true;
}

static bool text(NetBytes *b, char **to) {
    uint32_t n;
    const uint8_t *at;
    if (!number(b, &n) || !take(b, n, &at) || memchr(at, 0, n)) return false;
    free(*to);
    *to = strndup((const char *)at, n);
    return true;
}

/* ---- the socket's own ---- */

static bool set_packet(Socket *s, uint32_t code) {
    for (unsigned type = 0; type < sizeof brc_net_packet_codes; type++)
        if (brc_net_packet_codes[type] == code) {
            brc_net_end_long(s);
            s->packet = (enum PacketType)type;
            return true;
        }
    return false;
}

static bool set_active(Socket *s, uint32_t mode, NetBytes *b) {
    if (mode != NET_MULTI) {
        s->active = (enum SocketActive)mode;
        s->active_count = 0;
        return mode <= NET_ONCE;
    }
    const uint8_t *at;
    if (!take(b, 2, &at)) return false;
    int32_t count = s->active_count + (int16_t)net_u16(at);
    if (count > INT16_MAX || count < INT16_MIN) return false;
    s->active_count = (int16_t)(count < 0 ? 0 : count);
    s->active = NET_MULTI;
    if (s->active_count > 0) return true;
    s->active = NET_PASSIVE;
    brc_net_tell2(s, s->datagrams ? AM(udp_passive) : AM(tcp_passive));
    return true;
}

/* False: not valid. *known: whether it is one of these. */
static bool set_own(Socket *s, uint8_t what, uint32_t n, NetBytes *b, bool *known) {
    *known = true;
    switch (what) {
    case OPT_BUFFER:
        s->buffer = (int32_t)n < 1 ? 1 : n;
        s->buffer_set = true;
        return true;
    case OPT_HEADER: s->header = n; return true;
    case OPT_ACTIVE: return set_active(s, n, b);
    case OPT_PACKET: return set_packet(s, n);
    case OPT_MODE: s->binary = n != 0; return n <= 1;
    case OPT_DELIVER: s->to_port = n == 0; return n <= 1;
    case OPT_EXIT_ON_CLOSE: s->exit_on_close = n != 0; return true;
    case OPT_HIGH:
        s->high = n;
        if (s->low > n) s->low = n;
        return true;
    case OPT_LOW:
        s->low = n;
        if (s->high < n) s->high = n;
        return true;
    case OPT_MSGQ_HIGH: s->msgq_high = n; return (int32_t)n >= 1;
    case OPT_MSGQ_LOW: s->msgq_low = n; return (int32_t)n >= 1;
    case OPT_SEND_TIMEOUT: s->send_timeout = n; return true;
    case OPT_SEND_TIMEOUT_CLOSE: s->send_timeout_close = n != 0; return true;
    case OPT_DELAY_SEND: s->delay_send = n != 0; return true;
    case OPT_PACKET_SIZE: s->limits.packet_size = n; return true;
    case OPT_READ_PACKETS:
        if (!s->datagrams) return true;
        if (n > 0) s->read_packets = n;
        return n > 0;
    case OPT_SHOW_RESET: s->show_reset = n != 0; return true;
    case OPT_LINE_DELIMITER: s->limits.delimiter = (uint8_t)n; return true;
    case OPT_DEBUG: return true;
    default: *known = false; return false;
    }
}

/* ---- the kernel's ---- */

static bool set(const Socket *s, int level, int name, const void *value, size_t size) {
    return setsockopt(s->q->in_fd, level, name, value, (socklen_t)size) == 0;
}

#define DATAGRAM_MOST (64u << 10) /* of a buffer that grows with the kernel's */

/* Linux takes the priority from the type of service; one that was asked for stays. */
static bool set_service(const Socket *s, const NetKernelOption *o, int value) {
    int priority = 0;
    socklen_t size = sizeof priority;
    bool known = getsockopt(s->q->in_fd, SOL_SOCKET, SO_PRIORITY, &priority, &size) == 0;
    if (!set(s, o->level, o->name, &value, sizeof value)) return false;
    if (known) set(s, SOL_SOCKET, SO_PRIORITY, &priority, sizeof priority);
    return true;
}

static bool set_number(Socket *s, uint8_t what, uint32_t n) {
    const NetKernelOption *o = brc_net_kernel_option(s, what);
    if (!o) return false;
    if (o->streams && s->datagrams) return true;
    int value = (int)n;
    bool done = what == OPT_TOS ? set_service(s, o, value)
                                : set(s, o->level, o->name, &value, sizeof value);
    if (what == OPT_RECVTOS || what == OPT_RECVTCLASS || what == OPT_RECVTTL)
        s->ancillary = done && n != 0;
    if (s->datagrams && n > DATAGRAM_MOST) n = DATAGRAM_MOST;
    if (what == OPT_RCVBUF && !s->buffer_set && n > s->buffer) s->buffer = n;
    return done || !o->matters;
}

static bool set_linger(Socket *s, uint32_t on, NetBytes *b) {
    uint32_t seconds;
    if (!number(b, &seconds)) return false;
    struct linger l = {(int)on, (int)seconds};
    set(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);
    return true;
}

static bool set_raw(Socket *s, uint32_t level, NetBytes *b) {
    uint32_t name, size;
    const uint8_t *at;
    if (!number(b, &name) || !number(b, &size) || !take(b, size, &at)) return false;
    set(s, (int)level, (int)name, at, size);
    return true;
}

static bool set_multicast_if(Socket *s, uint32_t n) {
    if (s->family == AF_INET6) {
        set(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, &n, sizeof n);
    } else {
        uint32_t address = htonl(n);
        set(s, IPPROTO_IP, IP_MULTICAST_IF, &address, sizeof address);
    }
    return true;
}

static bool set_membership(Socket *s, uint8_t what, uint32_t family, NetBytes *b) {
    uint32_t index;
    const uint8_t *at;
    bool adds = what == OPT_ADD_MEMBERSHIP;
    if (!number(b, &index)) return false;
    if (family == 1) {
        struct ip_mreqn m = {.imr_ifindex = (int)index};
        if (!take(b, 8, &at)) return false;
        memcpy(&m.imr_multiaddr, at, 4);
        memcpy(&m.imr_address, at + 4, 4);
        set(s, IPPROTO_IP, adds ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &m, sizeof m);
        return true;
    }
    struct ipv6_mreq m = {.ipv6mr_interface = index};
    if (!take(b, 16, &at)) return false;
    memcpy(&m.ipv6mr_multiaddr, at, 16);
    set(s, IPPROTO_IPV6, adds ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP, &m, sizeof m);
    return true;
}

static bool set_device(Socket *s, NetBytes *b) {
    if (!text(b, &s->device)) return false;
    return s->q->in_fd < 0 || set(s, SOL_SOCKET, SO_BINDTODEVICE, s->device, strlen(s->device));
}

static bool set_one(Socket *s, uint8_t what, NetBytes *b) {
    uint32_t n;
    bool known;
    if (what == OPT_DEVICE) return set_device(s, b);
    if (what == OPT_NETNS) return text(b, &s->netns);
    if (!number(b, &n)) return false;
    bool ok = set_own(s, what, n, b, &known);
    if (known) return ok;
    switch (what) {
    case OPT_LINGER: return set_linger(s, n, b);
    case OPT_RAW: return set_raw(s, n, b);
    case OPT_MULTICAST_IF: return set_multicast_if(s, n);
    case OPT_ADD_MEMBERSHIP:
    case OPT_DROP_MEMBERSHIP: return set_membership(s, what, n, b);
    default: return set_number(s, what, n);
    }
}

/* A connection that is over, and that wants to be told of it after all. */
static void activate_closed(Socket *s, PortTurn *t) {
    if (s->told_reset) brc_net_tell3(s, AM(tcp_error), brc_io_posix_name(ECONNRESET));
    brc_net_tell_closed(s);
    s->active = NET_PASSIVE;
    if (s->exit_on_close) brc_net_over(t, AM(normal));
}

void brc_net_set_options(Proc *p, Socket *s, NetBytes *b, NetReply *r, PortTurn *t) {
    enum SocketActive before = s->active;
    while (b->at < b->end) {
        uint8_t what = *b->at++;
        if (!set_one(s, what, b)) {
            brc_net_fail(r, EINVAL);
            return;
        }
    }
    if (s->active == NET_PASSIVE || (before != NET_PASSIVE && s->q->in.first == s->q->in.end))
        return;
    if (s->datagrams)
        t->again = s->state & NET_OPEN;
    else if (s->state & NET_CONNECTED)
        brc_net_receive_go_on(p, s, t);
    else if (!(s->state & NET_OPEN) && s->was_connected)
        activate_closed(s, t);
}
