/* interfaces.c: the machine's network interfaces, for prim_net. */
#include "sock/sock.h"
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <stdlib.h>
#include "sched/dirty.h"

static Term address(ErlNifEnv *env, const struct sockaddr *a) {
    SockAddress room;
    socklen_t size = a->sa_family == AF_INET    ? sizeof(struct sockaddr_in)
                     : a->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                : sizeof *a;
    memset(&room, 0, sizeof room);
    memcpy(&room, a, size);
    return brc_sock_address(env, &room, size);
}

static Term flags_of(ErlNifEnv *env, unsigned flags) {
    static const SockName names[] = {{"multicast", IFF_MULTICAST},
                                     {"running", IFF_RUNNING},
                                     {"pointtopoint", IFF_POINTOPOINT},
                                     {"loopback", IFF_LOOPBACK},
                                     {"broadcast", IFF_BROADCAST},
                                     {"up", IFF_UP},
                                     {NULL, 0}};
    Term list = enif_make_list(env, 0);
    for (const SockName *f = names; f->name; f++)
        if (flags & (unsigned)f->number) list = enif_make_list_cell(env, SOCK_A(f->name), list);
    return list;
}

static Term one(ErlNifEnv *env, const struct ifaddrs *i) {
    Term m = sock_put(env, enif_make_new_map(env), "name",
                      enif_make_string(env, i->ifa_name, ERL_NIF_LATIN1));
    m = sock_put(env, m, "flags", flags_of(env, i->ifa_flags));
    m = sock_put(env, m, "addr", address(env, i->ifa_addr));
    if (i->ifa_netmask) m = sock_put(env, m, "netmask", address(env, i->ifa_netmask));
    if (i->ifa_flags & IFF_BROADCAST && i->ifa_broadaddr)
        m = sock_put(env, m, "broadaddr", address(env, i->ifa_broadaddr));
    else if (i->ifa_flags & IFF_POINTOPOINT && i->ifa_dstaddr)
        m = sock_put(env, m, "dstaddr", address(env, i->ifa_dstaddr));
    return m;
}

Term brc_dirty_prim_net_nif_getifaddrs_1(Proc *p, Term options) {
    ErlNifEnv *env = SOCK_ENV(p);
    struct ifaddrs *all;
    Term list = enif_make_list(env, 0), out;
    (void)options;
    if (getifaddrs(&all) != 0) return brc_sock_error(env, errno);
    for (const struct ifaddrs *i = all; i; i = i->ifa_next)
        if (i->ifa_addr &&
            (i->ifa_addr->sa_family == AF_INET || i->ifa_addr->sa_family == AF_INET6))
            list = enif_make_list_cell(env, one(env, i), list);
    freeifaddrs(all);
    return brc_sock_ok(env, enif_make_reverse_list(env, list, &out) ? out : list);
}

Term brc_bif_prim_net_nif_if_name2index_1(Proc *p, Term name) {
    ErlNifEnv *env = SOCK_ENV(p);
    char text[IF_NAMESIZE + 1];
    if (enif_get_string(env, name, text, sizeof text, ERL_NIF_LATIN1) <= 0)
        return brc_ctx_badarg(p);
    unsigned n = if_nametoindex(text);
    return n ? brc_sock_ok(env, enif_make_uint(env, n)) : brc_sock_error(env, errno);
}

Term brc_bif_prim_net_nif_if_index2name_1(Proc *p, Term index) {
    ErlNifEnv *env = SOCK_ENV(p);
    char text[IF_NAMESIZE + 1];
    if (!term_is_small(index)) return brc_ctx_badarg(p);
    if (!if_indextoname((unsigned)term_small(index), text)) return brc_sock_error(env, ENXIO);
    return brc_sock_ok(env, enif_make_string(env, text, ERL_NIF_LATIN1));
}

Term brc_bif_prim_net_nif_if_names_0(Proc *p) {
    ErlNifEnv *env = SOCK_ENV(p);
    struct if_nameindex *all = if_nameindex();
    Term list = enif_make_list(env, 0), out;
    if (!all) return brc_sock_error(env, errno);
    for (const struct if_nameindex *i = all; i->if_index; i++)
        list =
            enif_make_list_cell(env,
                                enif_make_tuple2(env, enif_make_uint(env, i->if_index),
                                                 enif_make_string(env, i->if_name, ERL_NIF_LATIN1)),
                                list);
    if_freenameindex(all);
    return brc_sock_ok(env, enif_make_reverse_list(env, list, &out) ? out : list);
}
