/* address.c: addresses as maps: #{family => inet, addr => {127,0,0,1}, port => 80} and the like,
 * whose defaults prim_socket has put in; domains and types by name. */
#include "sock/sock.h"
#include <netinet/in.h>
#include <stddef.h>
#include <sys/un.h>

static bool small_in(Term t, int64_t most, int64_t *out) {
    return term_is_small(t) && (*out = term_small(t)) >= 0 && *out <= most;
}
static bool is(ErlNifEnv *env, Term t, const char *name) {
    return t == SOCK_A(name);
}

/* ---- domains and types ---- */

static const SockName families[] = {
    {"inet", AF_INET}, {"inet6", AF_INET6},   {"local", AF_UNIX}, {"unspec", AF_UNSPEC},
    {"implink", -2},   {"packet", AF_PACKET}, {NULL, 0}};
static const SockName kinds[] = {
    {"stream", SOCK_STREAM}, {"dgram", SOCK_DGRAM},         {"raw", SOCK_RAW},
    {"rdm", SOCK_RDM},       {"seqpacket", SOCK_SEQPACKET}, {NULL, 0}};

int brc_sock_family(ErlNifEnv *env, Term t) {
    int n = term_is_small(t) ? (int)term_small(t) : brc_sock_number_of(env, families, t);
    return n < 0 ? -1 : n;
}
Term brc_sock_family_term(ErlNifEnv *env, int family) {
    return brc_sock_int_atom(env, brc_sock_name_of(families, family), family);
}
int brc_sock_type(ErlNifEnv *env, Term t) {
    return term_is_small(t) ? (int)term_small(t) : brc_sock_number_of(env, kinds, t);
}
Term brc_sock_type_term(ErlNifEnv *env, int type) {
    return brc_sock_int_atom(env, brc_sock_name_of(kinds, type), type);
}

/* ---- IP addresses ---- */

bool brc_sock_read_ip4(ErlNifEnv *env, Term t, void *to) {
    uint8_t bytes[4];
    in_addr_t named = is(env, t, "any")         ? INADDR_ANY
                      : is(env, t, "loopback")  ? INADDR_LOOPBACK
                      : is(env, t, "broadcast") ? INADDR_BROADCAST
                                                : 1;
    if (named != 1) {
        named = htonl(named);
        memcpy(to, &named, 4);
        return true;
    }
    if (!term_is_tuple_of(t, 4)) return false;
    for (int i = 0; i < 4; i++) {
        int64_t n;
        if (!small_in(term_tuple_elements(t)[i], 255, &n)) return false;
        bytes[i] = (uint8_t)n;
    }
    memcpy(to, bytes, 4);
    return true;
}

bool brc_sock_read_ip6(ErlNifEnv *env, Term t, void *to) {
    uint8_t bytes[16] = {0};
    if (is(env, t, "loopback")) bytes[15] = 1;
    if (is(env, t, "any") || is(env, t, "loopback")) return memcpy(to, bytes, 16), true;
    if (!term_is_tuple_of(t, 8)) return false;
    for (int i = 0; i < 8; i++) {
        int64_t n;
        if (!small_in(term_tuple_elements(t)[i], 65535, &n)) return false;
        bytes[2 * i] = (uint8_t)(n >> 8), bytes[2 * i + 1] = (uint8_t)n;
    }
    memcpy(to, bytes, 16);
    return true;
}

Term brc_sock_ip4(ErlNifEnv *env, const void *from) {
    const uint8_t *b = from;
    Term parts[4];
    for (int i = 0; i < 4; i++)
        parts[i] = BRC_SMALL(b[i]);
    return enif_make_tuple_from_array(env, parts, 4);
}
Term brc_sock_ip6(ErlNifEnv *env, const void *from) {
    const uint8_t *b = from;
    Term parts[8];
    for (int i = 0; i < 8; i++)
        parts[i] = BRC_SMALL(b[2 * i] << 8 | b[2 * i + 1]);
    return enif_make_tuple_from_array(env, parts, 8);
}

/* ---- maps ---- */

static bool read_inet(ErlNifEnv *env, Term map, struct sockaddr_in *a) {
    int64_t port;
    if (!small_in(sock_get(env, map, "port"), 65535, &port)) return false;
    a->sin_family = AF_INET;
    a->sin_port = htons((uint16_t)port);
    return brc_sock_read_ip4(env, sock_get(env, map, "addr"), &a->sin_addr);
}

static bool read_inet6(ErlNifEnv *env, Term map, struct sockaddr_in6 *a) {
    int64_t port, flow, scope;
    if (!small_in(sock_get(env, map, "port"), 65535, &port) ||
        !small_in(sock_get(env, map, "flowinfo"), UINT32_MAX, &flow) ||
        !small_in(sock_get(env, map, "scope_id"), UINT32_MAX, &scope))
        return false;
    a->sin6_family = AF_INET6;
    a->sin6_port = htons((uint16_t)port);
    a->sin6_flowinfo = htonl((uint32_t)flow);
    a->sin6_scope_id = (uint32_t)scope;
    return brc_sock_read_ip6(env, sock_get(env, map, "addr"), &a->sin6_addr);
}

/* Bytes behind the family: a path, or what the program says. */
static bool read_bytes(ErlNifEnv *env, Term bin, int family, bool path, SockAddress *a,
                       socklen_t *size) {
    ErlNifBinary b;
    size_t room = path ? sizeof(struct sockaddr_un) : sizeof *a;
    const size_t head = offsetof(struct sockaddr, sa_data);
    if (!enif_inspect_binary(env, bin, &b) || b.size > room - head) return false;
    a->any.sa_family = (sa_family_t)family;
    memcpy(a->bytes + head, b.data, b.size);
    *size = (socklen_t)(head + b.size);
    /* a path ends with a zero, unless it is abstract, empty or as long as can be */
    if (path && b.size > 0 && b.data[0] != 0 && head + b.size < room) ++*size;
    return true;
}

bool brc_sock_read_address(ErlNifEnv *env, Term map, SockAddress *a, socklen_t *size) {
    memset(a, 0, sizeof *a);
    if (!enif_is_map(env, map)) return false;
    Term family = sock_get(env, map, "family");
    if (is(env, family, "inet"))
        return *size = sizeof(struct sockaddr_in), read_inet(env, map, (struct sockaddr_in *)a);
    if (is(env, family, "inet6"))
        return *size = sizeof(struct sockaddr_in6), read_inet6(env, map, (struct sockaddr_in6 *)a);
    if (is(env, family, "local"))
        return read_bytes(env, sock_get(env, map, "path"), AF_UNIX, true, a, size);
    int64_t number = 0;
    if (!is(env, family, "unspec") && !small_in(family, 65535, &number)) return false;
    return read_bytes(env, sock_get(env, map, "addr"), (int)number, false, a, size);
}

static Term local(ErlNifEnv *env, const SockAddress *a, socklen_t size) {
    const size_t head = offsetof(struct sockaddr_un, sun_path);
    const uint8_t *path = a->bytes + head;
    size_t n = size > head ? size - head : 0;
    if (n > 0 && path[0] != 0) n = strnlen((const char *)path, n);
    Term m = sock_put(env, enif_make_new_map(env), "family", SOCK_A("local"));
    return sock_put(env, m, "path", brc_term_bin_new(env->p, path, n));
}

Term brc_sock_address(ErlNifEnv *env, const SockAddress *a, socklen_t size) {
    Term m = enif_make_new_map(env);
    const struct sockaddr_in *in = (const void *)a;
    const struct sockaddr_in6 *in6 = (const void *)a;
    const size_t head = offsetof(struct sockaddr, sa_data);
    int family = size >= head ? a->any.sa_family : AF_UNSPEC;
    if (family == AF_UNIX) return local(env, a, size);
    if (family == AF_INET && size >= sizeof *in) {
        m = sock_put(env, m, "family", SOCK_A("inet"));
        m = sock_put(env, m, "port", BRC_SMALL(ntohs(in->sin_port)));
        return sock_put(env, m, "addr", brc_sock_ip4(env, &in->sin_addr));
    }
    if (family == AF_INET6 && size >= sizeof *in6) {
        m = sock_put(env, m, "family", SOCK_A("inet6"));
        m = sock_put(env, m, "port", BRC_SMALL(ntohs(in6->sin6_port)));
        m = sock_put(env, m, "flowinfo", BRC_SMALL(ntohl(in6->sin6_flowinfo)));
        m = sock_put(env, m, "scope_id", BRC_SMALL(in6->sin6_scope_id));
        return sock_put(env, m, "addr", brc_sock_ip6(env, &in6->sin6_addr));
    }
    m = sock_put(env, m, "family", brc_sock_family_term(env, family));
    return sock_put(env, m, "addr",
                    brc_term_bin_new(env->p, a->bytes + head, size > head ? size - head : 0));
}
