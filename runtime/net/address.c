/* address.c: addresses as prim_inet writes and reads them: a byte for the family, the port, the
 * address; of local ones the length and the bytes of the path. */
#include "net/socket.h"
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

enum { AS_UNSPEC, AS_INET, AS_INET6, AS_ANY, AS_LOOPBACK, AS_LOCAL, AS_UNKNOWN };

static const uint8_t *take(NetBytes *b, size_t n) {
    if (net_left(b) < n) return NULL;
    b->at += n;
    return b->at - n;
}

static bool read4(NetBytes *b, NetAddress *a, socklen_t *size) {
    const uint8_t *at = take(b, 6);
    struct sockaddr_in *in = (struct sockaddr_in *)a;
    if (!at) return false;
    in->sin_family = AF_INET;
    memcpy(&in->sin_port, at, 2);
    memcpy(&in->sin_addr, at + 2, 4);
    *size = sizeof *in;
    return true;
}

static bool read6(NetBytes *b, NetAddress *a, socklen_t *size) {
    const uint8_t *at = take(b, 18);
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)a;
    if (!at) return false;
    in->sin6_family = AF_INET6;
    memcpy(&in->sin6_port, at, 2);
    memcpy(&in->sin6_addr, at + 2, 16);
    const uint8_t *rest = take(b, 8);
    if (rest) {
        in->sin6_flowinfo = net_u32(rest);
        in->sin6_scope_id = net_u32(rest + 4);
    }
    *size = sizeof *in;
    return true;
}

static bool read_special(int family, bool any, NetBytes *b, NetAddress *a, socklen_t *size) {
    const uint8_t *at = take(b, 2);
    if (!at) return false;
    if (family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *)a;
        in->sin_family = AF_INET;
        memcpy(&in->sin_port, at, 2);
        in->sin_addr.s_addr = htonl(any ? INADDR_ANY : INADDR_LOOPBACK);
        *size = sizeof *in;
    } else if (family == AF_INET6) {
        struct sockaddr_in6 *in = (struct sockaddr_in6 *)a;
        in->sin6_family = AF_INET6;
        memcpy(&in->sin6_port, at, 2);
        in->sin6_addr = any ? in6addr_any : in6addr_loopback;
        *size = sizeof *in;
    }
    return family == AF_INET || family == AF_INET6;
}

static bool read_local(NetBytes *b, NetAddress *a, socklen_t *size) {
    const uint8_t *length = take(b, 1), *path = length ? take(b, *length) : NULL;
    struct sockaddr_un *un = (struct sockaddr_un *)a;
    if (!path || *length > sizeof un->sun_path) return false;
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, path, *length);
    /* A path ends with a zero; a name without one (it begins with a zero) is exactly that long. */
    bool is_path = *length == 0 || path[0] != 0;
    *size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + *length);
    if (is_path && *length > 0 && *length < sizeof un->sun_path) (*size)++;
    return true;
}

bool brc_net_read_address(int family, NetBytes *b, NetAddress *a, socklen_t *size) {
    const uint8_t *kind = take(b, 1);
    memset(a, 0, sizeof *a);
    if (!kind) return false;
    switch (*kind) {
    case AS_INET: return family == AF_INET && read4(b, a, size);
    case AS_INET6: return family == AF_INET6 && read6(b, a, size);
    case AS_ANY:
    case AS_LOOPBACK: return read_special(family, *kind == AS_ANY, b, a, size);
    case AS_LOCAL: return family == AF_UNIX && read_local(b, a, size);
    default: return false;
    }
}

static size_t write_local(const NetAddress *a, socklen_t size, uint8_t *to) {
    const struct sockaddr_un *un = (const struct sockaddr_un *)a;
    size_t head = offsetof(struct sockaddr_un, sun_path), n = size > head ? size - head : 0;
    if (n > 0 && un->sun_path[0] != 0) n = strnlen(un->sun_path, n);
    to[0] = AS_LOCAL;
    to[1] = (uint8_t)n;
    memcpy(to + 2, un->sun_path, n);
    return 2 + n;
}

size_t brc_net_write_address(const NetAddress *a, socklen_t size, uint8_t *to) {
    if (size < sizeof a->any.sa_family) {
        to[0] = AS_UNSPEC;
        return 1;
    }
    switch (a->any.sa_family) {
    case AF_INET: {
        const struct sockaddr_in *in = (const struct sockaddr_in *)a;
        to[0] = AS_INET;
        memcpy(to + 1, &in->sin_port, 2);
        memcpy(to + 3, &in->sin_addr, 4);
        return 7;
    }
    case AF_INET6: {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)a;
        to[0] = AS_INET6;
        memcpy(to + 1, &in->sin6_port, 2);
        memcpy(to + 3, &in->sin6_addr, 16);
        return 19;
    }
    case AF_UNIX: return write_local(a, size, to);
    case AF_UNSPEC: to[0] = AS_UNSPEC; return 1;
    default: to[0] = AS_UNKNOWN; return 1;
    }
}
