/* control.c: ancillary data: #{level, type, data, value} on the way in, the same without `value`,
 * or without `data`, on the way out. */
#include "sock/sock.h"
#include "term/bits.h"
#include <linux/types.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <time.h>

/* ---- in ---- */

static Term timestamp(ErlNifEnv *env, const void *data, size_t size) {
    struct timeval v;
    if (size < sizeof v) return BRC_NONE;
    memcpy(&v, data, sizeof v);
    Term m = sock_put(env, enif_make_new_map(env), "sec", enif_make_int64(env, v.tv_sec));
    return sock_put(env, m, "usec", enif_make_int64(env, v.tv_usec));
}
static Term number(ErlNifEnv *env, const void *data, size_t size) {
    int n;
    if (size < sizeof n) return BRC_NONE;
    memcpy(&n, data, sizeof n);
    return enif_make_int(env, n);
}
static Term tos(ErlNifEnv *env, const void *data, size_t size) {
    if (size < 1) return BRC_NONE;
    int n = *(const uint8_t *)data;
    return brc_sock_int_atom(env, brc_sock_name_of(brc_sock_tos, n), n);
}
static Term packet_info(ErlNifEnv *env, const void *data, size_t size) {
    struct in_pktinfo i;
    if (size < sizeof i) return BRC_NONE;
    memcpy(&i, data, sizeof i);
    Term m = sock_put(env, enif_make_new_map(env), "ifindex", enif_make_int(env, i.ipi_ifindex));
    m = sock_put(env, m, "spec_dst", brc_sock_ip4(env, &i.ipi_spec_dst));
    return sock_put(env, m, "addr", brc_sock_ip4(env, &i.ipi_addr));
}
static Term packet_info6(ErlNifEnv *env, const void *data, size_t size) {
    struct in6_pktinfo i;
    if (size < sizeof i) return BRC_NONE;
    memcpy(&i, data, sizeof i);
    Term m =
        sock_put(env, enif_make_new_map(env), "ifindex", enif_make_int(env, (int)i.ipi6_ifindex));
    return sock_put(env, m, "addr", brc_sock_ip6(env, &i.ipi6_addr));
}
static Term address(ErlNifEnv *env, const void *data, size_t size) {
    SockAddress a;
    if (size > sizeof a) return BRC_NONE;
    memset(&a, 0, sizeof a);
    memcpy(&a, data, size);
    return brc_sock_address(env, &a, (socklen_t)size);
}
static Term rights(ErlNifEnv *env, const void *data, size_t size) {
    Term list = enif_make_list(env, 0);
    for (size_t i = size / sizeof(int); i > 0; i--) {
        int fd;
        memcpy(&fd, (const uint8_t *)data + (i - 1) * sizeof fd, sizeof fd);
        list = enif_make_list_cell(env, enif_make_int(env, fd), list);
    }
    return list;
}

/* An error that came by ICMP, or from this machine. */
static Term failure(ErlNifEnv *env, const void *data, size_t size) {
    static const SockName origins[] = {{"none", SO_EE_ORIGIN_NONE},
                                       {"local", SO_EE_ORIGIN_LOCAL},
                                       {"icmp", SO_EE_ORIGIN_ICMP},
                                       {"icmp6", SO_EE_ORIGIN_ICMP6},
                                       {NULL, 0}};
    static const SockName types4[] = {{"dest_unreach", 3}, {"time_exceeded", 11}, {NULL, 0}};
    static const SockName types6[] = {
        {"dest_unreach", 1}, {"packet_toobig", 2}, {"time_exceeded", 3}, {NULL, 0}};
    static const SockName codes4[] = {{"net_unreach", 0}, {"host_unreach", 1}, {"port_unreach", 3},
                                      {"frag_needed", 4}, {"net_unknown", 6},  {"host_unknown", 7},
                                      {NULL, 0}};
    static const SockName codes6[] = {
        {"noroute", 0},      {"adm_prohibited", 1}, {"not_neighbour", 2}, {"addr_unreach", 3},
        {"port_unreach", 4}, {"policy_fail", 5},    {"reject_route", 6},  {NULL, 0}};
    struct sock_extended_err e;
    if (size < sizeof e) return BRC_NONE;
    memcpy(&e, data, sizeof e);
    bool six = e.ee_origin == SO_EE_ORIGIN_ICMP6, icmp = six || e.ee_origin == SO_EE_ORIGIN_ICMP;
    const char *type = icmp ? brc_sock_name_of(six ? types6 : types4, e.ee_type) : NULL;
    const char *code = type && !strcmp(type, "dest_unreach")
                           ? brc_sock_name_of(six ? codes6 : codes4, e.ee_code)
                           : NULL;
    const char *origin = brc_sock_name_of(origins, e.ee_origin);
    Term m = sock_put(env, enif_make_new_map(env), "error", brc_io_posix_name((int)e.ee_errno));
    m = sock_put(env, m, "origin", brc_sock_int_atom(env, origin, e.ee_origin));
    m = sock_put(env, m, "type", brc_sock_int_atom(env, type, e.ee_type));
    m = sock_put(env, m, "code", brc_sock_int_atom(env, code, e.ee_code));
    m = sock_put(env, m, "info", enif_make_uint(env, e.ee_info));
    m = sock_put(env, m, "data", enif_make_uint(env, e.ee_data));
    Term offender = address(env, (const uint8_t *)data + sizeof e, size - sizeof e);
    return sock_put(env, m, "offender", offender == BRC_NONE ? AM(undefined) : offender);
}

static const struct {
    int level, type;
    const char *name;
    Term (*value)(ErlNifEnv *env, const void *data, size_t size);
} types[] = {
    {SOL_SOCKET, SO_TIMESTAMP, "timestamp", timestamp},
    {SOL_SOCKET, SCM_RIGHTS, "rights", rights},
    {SOL_SOCKET, SCM_CREDENTIALS, "credentials", NULL},
    {IPPROTO_IP, IP_TOS, "tos", tos},
    {IPPROTO_IP, IP_TTL, "ttl", number},
    {IPPROTO_IP, IP_PKTINFO, "pktinfo", packet_info},
    {IPPROTO_IP, IP_ORIGDSTADDR, "origdstaddr", address},
    {IPPROTO_IP, IP_RECVERR, "recverr", failure},
    {IPPROTO_IPV6, IPV6_PKTINFO, "pktinfo", packet_info6},
    {IPPROTO_IPV6, IPV6_HOPLIMIT, "hoplimit", number},
    {IPPROTO_IPV6, IPV6_TCLASS, "tclass", number},
    {IPPROTO_IPV6, IPV6_RECVERR, "recverr", failure},
};
enum { TYPES = sizeof types / sizeof *types };

Term brc_sock_control(ErlNifEnv *env, struct msghdr *m) {
    Term list = enif_make_list(env, 0), out;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        size_t size = c->cmsg_len - CMSG_LEN(0);
        const char *name = NULL;
        Term value = BRC_NONE, t = enif_make_new_map(env);
        for (int i = 0; i < TYPES; i++)
            if (types[i].level == c->cmsg_level && types[i].type == c->cmsg_type) {
                name = types[i].name;
                if (types[i].value) value = types[i].value(env, CMSG_DATA(c), size);
            }
        t = sock_put(env, t, "level",
                     c->cmsg_level == SOL_SOCKET ? SOCK_A("socket")
                                                 : enif_make_int(env, c->cmsg_level));
        t = sock_put(env, t, "type", brc_sock_int_atom(env, name, c->cmsg_type));
        t = sock_put(env, t, "data", brc_term_bin_new(env->p, CMSG_DATA(c), size));
        if (value != BRC_NONE) t = sock_put(env, t, "value", value);
        list = enif_make_list_cell(env, t, list);
    }
    return enif_make_reverse_list(env, list, &out) ? out : list;
}

Term brc_sock_flags(ErlNifEnv *env, int flags) {
    Term list = enif_make_list(env, 0);
    flags &= ~MSG_CMSG_CLOEXEC;
    for (const SockName *f = brc_sock_flag_names; f->name; f++)
        if (f->number && flags & f->number) {
            list = enif_make_list_cell(env, SOCK_A(f->name), list);
            flags &= ~f->number;
        }
    return flags ? enif_make_list_cell(env, enif_make_int(env, flags), list) : list;
}

/* ---- out ---- */

/* A value as the kernel wants it; how many bytes, 0: none. */
static size_t native_value(ErlNifEnv *env, int level, int type, Term value, uint8_t to[static 8]) {
    int n = term_is_small(value)                    ? (int)term_small(value)
            : value == AM(true)                     ? 1
            : value == AM(false)                    ? 0
            : level == IPPROTO_IP && type == IP_TOS ? brc_sock_number_of(env, brc_sock_tos, value)
                                                    : -1;
    bool known = (level == IPPROTO_IP && (type == IP_TOS || type == IP_TTL)) ||
                 (level == IPPROTO_IPV6 && (type == IPV6_HOPLIMIT || type == IPV6_TCLASS));
    if (!known || n < 0) return 0;
    memcpy(to, &n, sizeof n);
    return sizeof n;
}

static int type_of(ErlNifEnv *env, int level, Term type) {
    if (term_is_small(type)) return (int)term_small(type);
    for (int i = 0; i < TYPES; i++)
        if (types[i].level == level && type == SOCK_A(types[i].name)) return types[i].type;
    return -1;
}

bool brc_sock_read_control(ErlNifEnv *env, const Sock *s, Term list, uint8_t *to, size_t room,
                           size_t *size) {
    (void)s;
    for (*size = 0; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        if (!enif_is_map(env, t)) return false;
        Term l = sock_get(env, t, "level"), data = sock_get(env, t, "data"),
             value = sock_get(env, t, "value");
        int level = l == SOCK_A("socket") ? SOL_SOCKET : term_is_small(l) ? (int)term_small(l) : -1;
        int type = level < 0 ? -1 : type_of(env, level, sock_get(env, t, "type"));
        uint8_t native[8];
        ErlNifBinary b = {.data = native};
        if (type < 0) return false;
        if (data == BRC_NONE || !enif_inspect_binary(env, data, &b)) {
            Term v = value != BRC_NONE ? value : data;
            if (v == BRC_NONE || (b.size = native_value(env, level, type, v, native)) == 0)
                return false;
            b.data = native;
        }
        if (CMSG_SPACE(b.size) > room - *size) return false;
        struct cmsghdr *c = (struct cmsghdr *)(to + *size);
        c->cmsg_level = level, c->cmsg_type = type, c->cmsg_len = CMSG_LEN(b.size);
        memcpy(CMSG_DATA(c), b.data, b.size);
        *size += CMSG_SPACE(b.size);
    }
    return term_is_nil(list);
}
