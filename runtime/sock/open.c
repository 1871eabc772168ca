/* open.c: sockets from their beginning to their end: open, bind, listen, accept, connect, shutdown,
 * close, their addresses. */
#include "sock/sock.h"
#include "sched/dirty.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

/* ---- open ---- */

static int own_option(int fd, int name, int fallback) {
    int n = fallback;
    socklen_t size = sizeof n;
    getsockopt(fd, SOL_SOCKET, name, &n, &size);
    return n;
}

static Term opened(ErlNifEnv *env, int fd, int domain, int type, Term options, Sock **out) {
    Term ref;
    Sock *s = brc_sock_new(env, fd, domain, type, own_option(fd, SO_PROTOCOL, 0), &ref);
    s->debug = sock_get(env, options, "debug") == AM(true);
    Term use = sock_get(env, options, "use_registry");
    if (use != BRC_NONE) s->registered = use == AM(true);
    if (s->registered) brc_sock_register(env, s, "add");
    if (out) *out = s;
    return brc_sock_ok(env, ref);
}

/* In the network namespace that a file stands for; the thread comes back to its own. -1: errno. */
static int open_in(const ErlNifBinary *path, int domain, int type, int protocol) {
    char name[4096];
    if (path->size >= sizeof name) return errno = ENAMETOOLONG, -1;
    memcpy(name, path->data, path->size), name[path->size] = 0;
    int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC),
        other = open(name, O_RDONLY | O_CLOEXEC);
    int fd = -1, error = 0;
    if (own < 0 || other < 0 || setns(other, CLONE_NEWNET) != 0) {
        error = errno;
    } else {
        fd = socket(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
        if (fd < 0) error = errno;
        if (setns(own, CLONE_NEWNET) != 0) error = errno;
    }
    if (own >= 0) close(own);
    if (other >= 0) close(other);
    errno = error;
    return fd;
}

Term brc_bif_prim_socket_nif_open_4(Proc *p, Term domain, Term type, Term protocol, Term options) {
    ErlNifEnv *env = SOCK_ENV(p);
    int family = brc_sock_family(env, domain), kind = brc_sock_type(env, type);
    ErlNifBinary path;
    if (!enif_is_map(env, options) || !term_is_small(protocol)) return brc_ctx_badarg(p);
    if (family < 0) return brc_sock_invalid(env, "domain");
    if (kind < 0) return brc_sock_invalid(env, "type");
    Term space = sock_get(env, options, "netns");
    int number = (int)term_small(protocol);
    int fd = space != BRC_NONE && enif_inspect_binary(env, space, &path)
                 ? open_in(&path, family, kind, number)
                 : socket(family, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, number);
    return fd < 0 ? brc_sock_error(env, errno) : opened(env, fd, family, kind, options, NULL);
}

Term brc_bif_prim_socket_nif_open_2(Proc *p, Term number, Term options) {
    ErlNifEnv *env = SOCK_ENV(p);
    if (!term_is_small(number) || !enif_is_map(env, options)) return brc_ctx_badarg(p);
    int fd = (int)term_small(number), domain = own_option(fd, SO_DOMAIN, -1);
    int type = own_option(fd, SO_TYPE, -1);
    Term want = sock_get(env, options, "domain");
    if (want != BRC_NONE && (domain = brc_sock_family(env, want)) < 0)
        return brc_sock_invalid(env, "domain");
    want = sock_get(env, options, "type");
    if (want != BRC_NONE && (type = brc_sock_type(env, want)) < 0)
        return brc_sock_invalid(env, "type");
    if (domain < 0 || type < 0)
        return brc_sock_error(env, fcntl(fd, F_GETFD) < 0 ? EBADF : ENOTSOCK);
    bool dup = sock_get(env, options, "dup") != AM(false);
    if (dup && (fd = fcntl(fd, F_DUPFD_CLOEXEC, 0)) < 0) return brc_sock_error(env, errno);
    Sock *s;
    Term result = opened(env, fd, domain, type, options, &s);
    SockAddress a;
    socklen_t size = sizeof a;
    s->given = !dup;
    if (dup) s->copy_of = (int)term_small(number);
    s->connected = getpeername(fd, &a.any, &size) == 0;
    s->listening = own_option(fd, SO_ACCEPTCONN, 0) != 0;
    return result;
}

/* ---- addresses ---- */

Term brc_bif_prim_socket_nif_bind_2(Proc *p, Term ref, Term address) {
    SOCK_ENTER(p, ref);
    SockAddress a;
    socklen_t size;
    if (!brc_sock_read_address(env, address, &a, &size))
        return sock_leave(env, s, brc_sock_invalid(env, "sockaddr"));
    if (bind(s->fd, &a.any, size) != 0) return sock_leave(env, s, brc_sock_error(env, errno));
    s->bound = true;
    return sock_leave(env, s, AM(ok));
}

Term brc_bif_prim_socket_nif_bind_3(Proc *p, Term ref, Term addresses, Term action) {
    (void)addresses, (void)action;
    SOCK_ENTER(p, ref);
    return sock_leave(env, s, brc_sock_fail(env, "enotsup"));
}

static Term name_of(ErlNifEnv *env, Sock *s, int (*ask)(int, struct sockaddr *, socklen_t *)) {
    SockAddress a;
    socklen_t size = sizeof a;
    memset(&a, 0, sizeof a);
    return ask(s->fd, &a.any, &size) == 0 ? brc_sock_ok(env, brc_sock_address(env, &a, size))
                                          : brc_sock_error(env, errno);
}
static int own_name(int fd, struct sockaddr *a, socklen_t *size) {
    return getsockname(fd, a, size);
}
static int peer_name(int fd, struct sockaddr *a, socklen_t *size) {
    return getpeername(fd, a, size);
}
Term brc_bif_prim_socket_nif_sockname_1(Proc *p, Term ref) {
    SOCK_ENTER(p, ref);
    return sock_leave(env, s, name_of(env, s, own_name));
}
Term brc_bif_prim_socket_nif_peername_1(Proc *p, Term ref) {
    SOCK_ENTER(p, ref);
    return sock_leave(env, s, name_of(env, s, peer_name));
}

/* ---- connections ---- */

static Term connected(ErlNifEnv *env, Sock *s, int error) {
    brc_sock_done_locked(env, s, SOCK_WRITE);
    s->connecting = false;
    if (error) return brc_sock_error(env, error);
    s->connected = true;
    return AM(ok);
}

Term brc_bif_prim_socket_nif_connect_3(Proc *p, Term ref, Term handle, Term address) {
    SOCK_ENTER(p, ref);
    SockAddress a;
    socklen_t size;
    Term op = SOCK_A("connect");
    if (!brc_sock_read_address(env, address, &a, &size))
        return sock_leave(env, s, brc_sock_invalid(env, "sockaddr"));
    if (brc_sock_turn_locked(env, s, SOCK_WRITE, op, BRC_NIL) != SOCK_MINE)
        return sock_leave(env, s, brc_sock_fail(env, "already"));
    int error = s->connecting ? own_option(s->fd, SO_ERROR, 0) : 0;
    if (!error) error = connect(s->fd, &a.any, size) == 0 ? 0 : errno;
    if (s->connecting && error == EISCONN) error = 0;
    if (error == EINPROGRESS || error == EALREADY) {
        error = brc_sock_wait_locked(env, s, SOCK_WRITE, op, handle);
        s->connecting = error == 0;
        if (!error) return sock_leave(env, s, AM(select));
    }
    return sock_leave(env, s, connected(env, s, error));
}

Term brc_bif_prim_socket_nif_connect_1(Proc *p, Term ref) {
    SOCK_ENTER(p, ref);
    if (!s->connecting) return sock_leave(env, s, brc_sock_fail(env, "notconn"));
    return sock_leave(env, s, connected(env, s, own_option(s->fd, SO_ERROR, 0)));
}

Term brc_bif_prim_socket_nif_listen_2(Proc *p, Term ref, Term backlog) {
    SOCK_ENTER(p, ref);
    if (!term_is_small(backlog)) return sock_leave(env, s, brc_ctx_badarg(p));
    if (listen(s->fd, (int)term_small(backlog)) != 0)
        return sock_leave(env, s, brc_sock_error(env, errno));
    s->listening = true;
    return sock_leave(env, s, AM(ok));
}

static Term accepted(ErlNifEnv *env, Sock *s, int fd) {
    Term ref;
    s->counts.acc_success++;
    s->connected = true; /* as stock shows it */
    brc_sock_done_locked(env, s, SOCK_READ);
    Sock *made = brc_sock_new(env, fd, s->domain, s->type, s->protocol, &ref);
    made->read_bytes = s->read_bytes, made->read_times = s->read_times;
    made->read_control = s->read_control, made->write_control = s->write_control;
    made->debug = s->debug, made->registered = s->registered;
    if (made->registered) brc_sock_register(env, made, "add");
    return brc_sock_ok(env, ref);
}

Term brc_bif_prim_socket_nif_accept_2(Proc *p, Term ref, Term handle) {
    SOCK_ENTER(p, ref);
    Term op = SOCK_A("accept");
    if (brc_sock_turn_locked(env, s, SOCK_READ, op, handle) != SOCK_MINE)
        return sock_leave(env, s, AM(select));
    s->counts.acc_tries++;
    int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK), error = fd < 0 ? errno : 0;
    if (!error) return sock_leave(env, s, accepted(env, s, fd));
    if (error == EAGAIN || error == ECONNABORTED || error == EINTR) {
        s->counts.acc_waits++;
        error = brc_sock_wait_locked(env, s, SOCK_READ, op, handle);
        if (!error) return sock_leave(env, s, AM(select));
    }
    s->counts.acc_fails++;
    brc_sock_done_locked(env, s, SOCK_READ);
    return sock_leave(env, s, brc_sock_error(env, error));
}

Term brc_bif_prim_socket_nif_shutdown_2(Proc *p, Term ref, Term how) {
    SOCK_ENTER(p, ref);
    int what = how == SOCK_A("read")         ? SHUT_RD
               : how == SOCK_A("write")      ? SHUT_WR
               : how == SOCK_A("read_write") ? SHUT_RDWR
                                             : -1;
    if (what < 0) {
        Term which = enif_make_tuple2(env, SOCK_A("how"), how);
        return sock_leave(env, s, brc_ctx_error2(p, SOCK_A("invalid"), which));
    }
    return sock_leave(env, s, shutdown(s->fd, what) == 0 ? AM(ok) : brc_sock_error(env, errno));
}

/* ---- the end ---- */

Term brc_bif_prim_socket_nif_close_1(Proc *p, Term ref) {
    SOCK_ENTER(p, ref);
    s->closing = true;
    brc_sock_abort_locked(env, s, "closed");
    brc_sock_forget_locked(s);
    return sock_leave(env, s, AM(ok));
}

/* The descriptor; what lingers holds up this thread. */
Term brc_dirty_prim_socket_nif_finalize_close_1(Proc *p, Term ref) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    if (!s) return BRC_NONE;
    if (s->closed || !s->closing) return sock_leave(env, s, brc_sock_fail(env, "closed"));
    int fd = s->fd;
    bool told = s->registered, given = s->given;
    s->closed = true;
    s->fd = -1;
    if (s->counted) brc_sock_count(s, -1);
    s->counted = false;
    if (s->owner != BRC_NONE) enif_demonitor_process(env, s, &s->owner_monitor);
    s->owner = BRC_NONE;
    brc_base_unlock(&s->lock);
    if (told) brc_sock_register(env, s, "del");
    if (!given) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return close(fd) == 0 ? AM(ok) : brc_sock_error(env, errno);
}

/* ---- requests that are given up ---- */

Term brc_bif_prim_socket_nif_cancel_3(Proc *p, Term ref, Term op, Term handle) {
    SOCK_ENTER(p, ref);
    bool connects = op == SOCK_A("connect");
    bool reads = op == SOCK_A("accept") || op == SOCK_A("recv") || op == SOCK_A("recvfrom") ||
                 op == SOCK_A("recvmsg");
    bool writes = connects || op == SOCK_A("send") || op == SOCK_A("sendto") ||
                  op == SOCK_A("sendmsg") || op == SOCK_A("sendfile");
    if (!reads && !writes) return sock_leave(env, s, brc_ctx_badarg(p));
    return sock_leave(env, s,
                      brc_sock_cancel_locked(env, s, reads ? SOCK_READ : SOCK_WRITE, op, handle));
}
