/* interfaces.c: the machine's network interfaces and their addresses. */
#include "net/socket.h"
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

enum { IF_ADDR = 1, IF_BROADADDR, IF_DSTADDR, IF_MTU, IF_NETMASK, IF_FLAGS, IF_HWADDR };

static uint32_t flags_of(unsigned flags) {
    return (flags & IFF_UP ? 0x01u : 0) | (flags & IFF_BROADCAST ? 0x02u : 0) |
           (flags & IFF_LOOPBACK ? 0x04u : 0) | (flags & IFF_POINTOPOINT ? 0x08u : 0) |
           (flags & IFF_RUNNING ? 0x10u : 0) | (flags & IFF_MULTICAST ? 0x20u : 0);
}

static void put_byte(NetReply *r, unsigned n) {
    uint8_t byte = (uint8_t)n;
    brc_net_put(r, &byte, 1);
}

/* Family and bytes, without a port. */
static bool put_address(NetReply *r, unsigned what, const struct sockaddr *a) {
    if (!a || (a->sa_family != AF_INET && a->sa_family != AF_INET6)) return false;
    put_byte(r, what);
    put_byte(r, a->sa_family == AF_INET ? 1 : 2);
    if (a->sa_family == AF_INET)
        brc_net_put(r, &((const struct sockaddr_in *)a)->sin_addr, 4);
    else
        brc_net_put(r, &((const struct sockaddr_in6 *)a)->sin6_addr, 16);
    return true;
}

static void put_hardware(NetReply *r, const struct sockaddr *a) {
    const struct sockaddr_ll *l = (const struct sockaddr_ll *)a;
    put_byte(r, IF_HWADDR);
    brc_net_put_u16(r, l->sll_halen);
    brc_net_put(r, l->sll_addr, l->sll_halen);
}

static void put_interface(NetReply *r, const struct ifaddrs *i) {
    brc_net_put(r, i->ifa_name, strlen(i->ifa_name) + 1);
    put_byte(r, IF_FLAGS);
    brc_net_put_u32(r, flags_of(i->ifa_flags));
    if (i->ifa_addr && i->ifa_addr->sa_family == AF_PACKET) put_hardware(r, i->ifa_addr);
    if (put_address(r, IF_ADDR, i->ifa_addr)) {
        put_address(r, IF_NETMASK, i->ifa_netmask);
        if (i->ifa_flags & IFF_POINTOPOINT)
            put_address(r, IF_DSTADDR, i->ifa_dstaddr);
        else if (i->ifa_flags & IFF_BROADCAST)
            put_address(r, IF_BROADADDR, i->ifa_broadaddr);
    }
    put_byte(r, 0);
}

void brc_net_interfaces(NetReply *r) {
    struct ifaddrs *all;
    if (getifaddrs(&all) < 0) {
        brc_net_fail(r, errno);
        return;
    }
    for (const struct ifaddrs *i = all; i; i = i->ifa_next)
        put_interface(r, i);
    freeifaddrs(all);
}

void brc_net_interface_names(NetReply *r) {
    struct ifaddrs *all;
    if (getifaddrs(&all) < 0) {
        brc_net_fail(r, errno);
        return;
    }
    for (const struct ifaddrs *i = all; i; i = i->ifa_next)
        if (i->ifa_addr && i->ifa_addr->sa_family == AF_INET)
            brc_net_put(r, i->ifa_name, strlen(i->ifa_name) + 1);
    freeifaddrs(all);
}

/* ---- one of them ---- */

static bool read_name(NetBytes *b, struct ifreq *q) {
    size_t n = net_left(b) ? *b->at : 0;
    if (net_left(b) < 1 + n) return false;
    memset(q, 0, sizeof *q);
    memcpy(q->ifr_name, b->at + 1, n < sizeof q->ifr_name ? n : sizeof q->ifr_name - 1);
    b->at += 1 + n;
    return true;
}

static void get_one(const Socket *s, unsigned what, struct ifreq *q, NetReply *r) {
    static const unsigned long requests[] = {
        [IF_ADDR] = SIOCGIFADDR,    [IF_BROADADDR] = SIOCGIFBRDADDR, [IF_DSTADDR] = SIOCGIFDSTADDR,
        [IF_MTU] = SIOCGIFMTU,      [IF_NETMASK] = SIOCGIFNETMASK,   [IF_FLAGS] = SIOCGIFFLAGS,
        [IF_HWADDR] = SIOCGIFHWADDR};
    if (ioctl(s->q->in_fd, requests[what], q) < 0) return;
    if (what == IF_MTU || what == IF_FLAGS) {
        put_byte(r, what);
        brc_net_put_u32(r, what == IF_MTU ? (uint32_t)q->ifr_mtu
                                          : flags_of((unsigned short)q->ifr_flags));
    } else if (what == IF_HWADDR) {
        put_byte(r, what);
        brc_net_put_u16(r, 6);
        brc_net_put(r, q->ifr_hwaddr.sa_data, 6);
    } else {
        put_address(r, what, &q->ifr_addr);
    }
}

void brc_net_interface_get(Socket *s, NetBytes *b, NetReply *r) {
    struct ifreq q;
    if (!read_name(b, &q)) {
        brc_net_fail(r, EINVAL);
        return;
    }
    for (; b->at < b->end; b->at++) {
        if (*b->at < IF_ADDR || *b->at > IF_HWADDR) {
            brc_net_fail(r, EINVAL);
            return;
        }
        get_one(s, *b->at, &q, r);
    }
}

/* To change them is an administrator's business, with tools of its own. */
void brc_net_interface_set(Socket *s, NetBytes *b, NetReply *r) {
    (void)s, (void)b;
    brc_net_fail(r, EPERM);
}
