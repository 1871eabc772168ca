/* options_get.c: options of sockets, told. What a socket does not have is left out. */
#include "net/options.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>

static void put(NetReply *r, uint8_t what, uint32_t n) {
    brc_net_put(r, &what, 1);
    brc_net_put_u32(r, n);
}

static bool own_value(const Socket *s, uint8_t what, uint32_t *n) {
    switch (what) {
    case OPT_BUFFER: *n = s->buffer; return true;
    case OPT_HEADER: *n = s->header; return true;
    case OPT_PACKET: *n = brc_net_packet_codes[s->packet]; return true;
    case OPT_MODE: *n = s->binary; return true;
    case OPT_DELIVER: *n = !s->to_port; return true;
    case OPT_EXIT_ON_CLOSE: *n = s->exit_on_close; return true;
    case OPT_MSGQ_HIGH: *n = s->msgq_high; return true;
    case OPT_MSGQ_LOW: *n = s->msgq_low; return true;
    case OPT_PACKET_SIZE: *n = s->limits.packet_size; return true;
    case OPT_DEBUG: *n = 0; return true;
    case OPT_READ_PACKETS: *n = s->read_packets; return s->datagrams;
    case OPT_HIGH: *n = s->high; return !s->datagrams;
    case OPT_LOW: *n = s->low; return !s->datagrams;
    case OPT_SEND_TIMEOUT: *n = s->send_timeout; return !s->datagrams;
    case OPT_SEND_TIMEOUT_CLOSE: *n = s->send_timeout_close; return !s->datagrams;
    case OPT_DELAY_SEND: *n = s->delay_send; return !s->datagrams;
    case OPT_SHOW_RESET: *n = s->show_reset; return !s->datagrams;
    default: return false;
    }
}

static bool kernel_value(const Socket *s, uint8_t what, uint32_t *n) {
    const NetKernelOption *o = brc_net_kernel_option(s, what);
    int value = 0;
    socklen_t size = sizeof value;
    if (!o || (o->streams && s->datagrams)) return false;
    if (getsockopt(s->q->in_fd, o->level, o->name, &value, &size) < 0) return false;
    *n = size == 1 ? *(uint8_t *)&value : (uint32_t)value;
    return true;
}

static void put_active(const Socket *s, NetReply *r) {
    put(r, OPT_ACTIVE, s->active);
    if (s->active == NET_MULTI) brc_net_put_u16(r, (uint16_t)s->active_count);
}

static void put_linger(const Socket *s, NetReply *r) {
    struct linger l;
    socklen_t size = sizeof l;
    if (getsockopt(s->q->in_fd, SOL_SOCKET, SO_LINGER, &l, &size) < 0) return;
    put(r, OPT_LINGER, l.l_onoff != 0);
    brc_net_put_u32(r, (uint32_t)l.l_linger);
}

static void put_multicast_if(const Socket *s, NetReply *r) {
    bool six = s->family == AF_INET6;
    uint32_t value = 0;
    socklen_t size = sizeof value;
    if (getsockopt(s->q->in_fd, six ? IPPROTO_IPV6 : IPPROTO_IP,
                   six ? IPV6_MULTICAST_IF : IP_MULTICAST_IF, &value, &size) < 0)
        return;
    put(r, OPT_MULTICAST_IF, six ? value : ntohl(value));
    brc_net_put_u32(r, six ? 2 : 1);
}

static void put_bytes(NetReply *r, uint8_t what, const void *bytes, size_t n) {
    put(r, what, (uint32_t)n);
    brc_net_put(r, bytes, n);
}

static void put_device(const Socket *s, NetReply *r) {
    char name[64];
    socklen_t size = sizeof name;
    if (getsockopt(s->q->in_fd, SOL_SOCKET, SO_BINDTODEVICE, name, &size) < 0) return;
    put_bytes(r, OPT_DEVICE, name, strnlen(name, size));
}

/* What came with the last bytes: options with their values. */
static void put_packet_options(const Socket *s, NetReply *r) {
    bool six = s->family == AF_INET6;
    uint8_t room[1024] __attribute__((aligned(16)));
    socklen_t size = sizeof room;
    NetReply inner = {0};
    if (s->datagrams || getsockopt(s->q->in_fd, six ? IPPROTO_IPV6 : IPPROTO_IP,
                                   six ? IPV6_2292PKTOPTIONS : IP_PKTOPTIONS, room, &size) < 0)
        return;
    struct msghdr m = {.msg_control = room, .msg_controllen = size};
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
        int value = 0;
        size_t n = c->cmsg_len - CMSG_LEN(0);
        memcpy(&value, CMSG_DATA(c), n < sizeof value ? n : sizeof value);
        if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TOS)
            put(&inner, OPT_TOS, (uint32_t)value);
        else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL)
            put(&inner, OPT_TTL, (uint32_t)value);
        else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_TCLASS)
            put(&inner, OPT_TCLASS, (uint32_t)value);
    }
    put_bytes(r, OPT_PKTOPTIONS, inner.bytes.at, inner.bytes.end);
    free(inner.bytes.at);
}

/* False: the request is not well-formed, or too large. */
static bool put_raw(const Socket *s, NetBytes *b, NetReply *r) {
    if (net_left(b) < 13) return false;
    uint32_t level = net_u32(b->at), name = net_u32(b->at + 4), n = net_u32(b->at + 9);
    bool has_value = b->at[8] == 1;
    b->at += 13;
    if (n > 1u << 16 || (has_value && net_left(b) < n)) return false;
    uint8_t *value = calloc(1, n + 1);
    socklen_t size = n;
    if (!value) return false;
    if (has_value) {
        memcpy(value, b->at, n);
        b->at += n;
    }
    bool ok = getsockopt(s->q->in_fd, (int)level, (int)name, value, &size) == 0;
    if (ok) {
        put(r, OPT_RAW, level);
        brc_net_put_u32(r, name);
        brc_net_put_u32(r, size);
        brc_net_put(r, value, size);
    }
    free(value);
    return true;
}

static bool get_one(const Socket *s, uint8_t what, NetBytes *b, NetReply *r) {
    uint32_t n;
    switch (what) {
    case OPT_ACTIVE: put_active(s, r); return true;
    case OPT_LINGER: put_linger(s, r); return true;
    case OPT_MULTICAST_IF: put_multicast_if(s, r); return true;
    case OPT_DEVICE: put_device(s, r); return true;
    case OPT_RAW: return put_raw(s, b, r);
    case OPT_NETNS:
        if (s->netns) put_bytes(r, what, s->netns, strlen(s->netns));
        return true;
    case OPT_PKTOPTIONS: put_packet_options(s, r); return true;
    default:
        if (own_value(s, what, &n) || kernel_value(s, what, &n)) put(r, what, n);
        return what != OPT_LINE_DELIMITER && what != OPT_ADD_MEMBERSHIP &&
               what != OPT_DROP_MEMBERSHIP && what <= OPT_DEBUG;
    }
}

void brc_net_get_options(Socket *s, NetBytes *b, NetReply *r) {
    while (b->at < b->end) {
        uint8_t what = *b->at++;
        if (!get_one(s, what, b, r)) {
            brc_net_fail(r, EINVAL);
            return;
        }
    }
}
