/* ioctl.c: what is asked of interfaces, by name or number, through any socket. */
#include "sock/sock.h"
#include "term/bits.h"
#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/ioctl.h>

static bool read_name(ErlNifEnv *env, Term t, struct ifreq *r) {
    ErlNifBinary b;
    if (!enif_inspect_iolist_as_binary(env, t, &b) || b.size >= IFNAMSIZ) return false;
    memcpy(r->ifr_name, b.data, b.size);
    return true;
}
static Term text(ErlNifEnv *env, const char *s) {
    return enif_make_string(env, s, ERL_NIF_LATIN1);
}
static Term address(ErlNifEnv *env, const struct sockaddr *a) {
    SockAddress room;
    memset(&room, 0, sizeof room);
    memcpy(&room, a, sizeof *a);
    return brc_sock_address(env, &room, sizeof *a);
}

/* The lowest bit first. */
static Term flags_term(ErlNifEnv *env, int flags) {
    Term list = enif_make_list(env, 0);
    for (int bit = 1 << 30; bit; bit >>= 1) {
        if (!(flags & bit)) continue;
        const char *name = brc_sock_name_of(brc_sock_interface_flags, bit);
        list = enif_make_list_cell(env, brc_sock_int_atom(env, name, bit), list);
    }
    return list;
}

static Term map_term(ErlNifEnv *env, const struct ifmap *i) {
    Term m =
        sock_put(env, enif_make_new_map(env), "mem_start", enif_make_uint64(env, i->mem_start));
    m = sock_put(env, m, "mem_end", enif_make_uint64(env, i->mem_end));
    m = sock_put(env, m, "base_addr", enif_make_uint64(env, i->base_addr));
    m = sock_put(env, m, "irq", enif_make_int(env, i->irq));
    m = sock_put(env, m, "dma", enif_make_int(env, i->dma));
    return sock_put(env, m, "port", enif_make_int(env, i->port));
}

static Term all(ErlNifEnv *env, Sock *s) {
    struct ifconf c = {.ifc_buf = NULL};
    Term list = enif_make_list(env, 0);
    if (ioctl(s->fd, SIOCGIFCONF, &c) != 0) return brc_sock_error(env, errno);
    c.ifc_buf = calloc(1, (size_t)c.ifc_len + 1);
    if (!c.ifc_buf || ioctl(s->fd, SIOCGIFCONF, &c) != 0) c.ifc_len = 0;
    for (int i = c.ifc_len / (int)sizeof(struct ifreq) - 1; i >= 0; i--) {
        Term m = sock_put(env, enif_make_new_map(env), "name", text(env, c.ifc_req[i].ifr_name));
        m = sock_put(env, m, "addr", address(env, &c.ifc_req[i].ifr_addr));
        list = enif_make_list_cell(env, m, list);
    }
    free(c.ifc_buf);
    return brc_sock_ok(env, list);
}

Term brc_bif_prim_socket_nif_ioctl_2(Proc *p, Term ref, Term request) {
    SOCK_ENTER(p, ref);
    return sock_leave(
        env, s, request == BRC_SMALL(SIOCGIFCONF) ? all(env, s) : brc_sock_fail(env, "enotsup"));
}

/* Its family is a kind of hardware. */
static Term hardware(ErlNifEnv *env, const struct sockaddr *a) {
    static const SockName kinds[] = {{"netrom", ARPHRD_NETROM},
                                     {"ether", ARPHRD_ETHER},
                                     {"ieee802", ARPHRD_IEEE802},
                                     {"dlci", ARPHRD_DLCI},
                                     {"frelay", ARPHRD_FRAD},
                                     {"ieee1394", ARPHRD_IEEE1394},
                                     {"infiniband", ARPHRD_INFINIBAND},
                                     {"tunnel", ARPHRD_TUNNEL},
                                     {"tunnel6", ARPHRD_TUNNEL6},
                                     {"loopback", ARPHRD_LOOPBACK},
                                     {"localtlk", ARPHRD_LOCALTLK},
                                     {"none", ARPHRD_NONE},
                                     {NULL, 0}};
    Term family = brc_sock_int_atom(env, brc_sock_name_of(kinds, a->sa_family), a->sa_family);
    Term bytes = brc_term_bin_new(env->p, (const uint8_t *)a->sa_data, sizeof a->sa_data);
    return sock_put(env, sock_put(env, enif_make_new_map(env), "family", family), "addr", bytes);
}

static Term got(ErlNifEnv *env, int request, struct ifreq *r) {
    switch (request) {
    case SIOCGIFNAME: return text(env, r->ifr_name);
    case SIOCGIFINDEX: return enif_make_int(env, r->ifr_ifindex);
    case SIOCGIFMTU: return enif_make_int(env, r->ifr_mtu);
    case SIOCGIFTXQLEN: return enif_make_int(env, r->ifr_qlen);
    case SIOCGIFFLAGS: return flags_term(env, (uint16_t)r->ifr_flags);
    case SIOCGIFMAP: return map_term(env, &r->ifr_map);
    case SIOCGIFHWADDR: return hardware(env, &r->ifr_hwaddr);
    default: return address(env, &r->ifr_addr);
    }
}

Term brc_bif_prim_socket_nif_ioctl_3(Proc *p, Term ref, Term request, Term what) {
    SOCK_ENTER(p, ref);
    struct ifreq r;
    int number = term_is_small(request) ? (int)term_small(request) : 0;
    memset(&r, 0, sizeof r);
    switch (number) {
    case SIOCGIFNAME:
        if (!term_is_small(what)) return sock_leave(env, s, brc_ctx_badarg(p));
        r.ifr_ifindex = (int)term_small(what);
        break;
    case SIOCGIFINDEX:
    case SIOCGIFADDR:
    case SIOCGIFDSTADDR:
    case SIOCGIFBRDADDR:
    case SIOCGIFNETMASK:
    case SIOCGIFHWADDR:
    case SIOCGIFMTU:
    case SIOCGIFTXQLEN:
    case SIOCGIFFLAGS:
    case SIOCGIFMAP:
        if (!read_name(env, what, &r)) return sock_leave(env, s, brc_ctx_badarg(p));
        break;
    default: return sock_leave(env, s, brc_sock_fail(env, "enotsup"));
    }
    if (ioctl(s->fd, (unsigned long)number, &r) != 0)
        return sock_leave(env, s, brc_sock_error(env, errno));
    return sock_leave(env, s, brc_sock_ok(env, got(env, number, &r)));
}

/* Flags are a map of what is to be set and cleared. */
static bool change_flags(ErlNifEnv *env, Sock *s, Term map, struct ifreq *r) {
    ErlNifMapIterator it;
    Term key, value;
    if (!enif_is_map(env, map) || ioctl(s->fd, SIOCGIFFLAGS, r) != 0) return false;
    if (!enif_map_iterator_create(env, map, &it, ERL_NIF_MAP_ITERATOR_FIRST)) return false;
    for (; enif_map_iterator_get_pair(env, &it, &key, &value); enif_map_iterator_next(env, &it))
        if (term_is_small(key))
            r->ifr_flags = (short)(value == AM(true) ? r->ifr_flags | (int)term_small(key)
                                                     : r->ifr_flags & ~(int)term_small(key));
    enif_map_iterator_destroy(env, &it);
    return true;
}

Term brc_bif_prim_socket_nif_ioctl_4(Proc *p, Term ref, Term request, Term name, Term value) {
    SOCK_ENTER(p, ref);
    struct ifreq r;
    SockAddress a;
    socklen_t size;
    bool good = false;
    int number = term_is_small(request) ? (int)term_small(request) : 0;
    memset(&r, 0, sizeof r);
    if (!read_name(env, name, &r)) return sock_leave(env, s, brc_ctx_badarg(p));
    switch (number) {
    case SIOCSIFADDR:
    case SIOCSIFDSTADDR:
    case SIOCSIFBRDADDR:
        good = brc_sock_read_address(env, value, &a, &size);
        if (good) memcpy(&r.ifr_addr, &a, sizeof r.ifr_addr);
        break;
    case SIOCSIFMTU:
    case SIOCSIFTXQLEN:
        good = term_is_small(value);
        if (good) r.ifr_mtu = (int)term_small(value);
        break;
    case SIOCSIFFLAGS: good = change_flags(env, s, value, &r); break;
    default: return sock_leave(env, s, brc_sock_fail(env, "enotsup"));
    }
    if (!good) return sock_leave(env, s, brc_ctx_badarg(p));
    return sock_leave(
        env, s, ioctl(s->fd, (unsigned long)number, &r) == 0 ? AM(ok) : brc_sock_error(env, errno));
}
