/* transfer.c: bytes out and in: send, sendto, sendmsg; recv, recvfrom, recvmsg; sendfile. Each call
 * is one try of the kernel. */
#include "sock/sock.h"
#include "term/bits.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

/* ---- out ---- */

static Term number(ErlNifEnv *env, const char *tag, size_t n) {
    return enif_make_tuple2(env, SOCK_A(tag), enif_make_uint64(env, n));
}

/* What comes of n bytes written of `size`, or -1 and errno. */
static Term written(ErlNifEnv *env, Sock *s, Term op, Term handle, ssize_t n, size_t size) {
    s->counts.write_tries++;
    if (n >= 0) {
        s->counts.write_pkg++;
        s->counts.write_byte += (size_t)n;
        if ((size_t)n > s->counts.write_pkg_max) s->counts.write_pkg_max = (size_t)n;
        if ((size_t)n == size) {
            brc_sock_done_locked(env, s, SOCK_WRITE);
            return AM(ok);
        }
        if (s->type != SOCK_STREAM) {
            brc_sock_done_locked(env, s, SOCK_WRITE);
            return number(env, "ok", (size_t)n);
        }
    }
    int error = n < 0 ? errno : EAGAIN;
    if (error == EAGAIN || error == EINTR) {
        s->counts.write_waits++;
        error = brc_sock_wait_locked(env, s, SOCK_WRITE, op, handle);
        if (!error) return n > 0 ? number(env, "select", (size_t)n) : AM(select);
    }
    s->counts.write_fails++;
    brc_sock_done_locked(env, s, SOCK_WRITE);
    return brc_sock_error(env, error);
}

static bool flags_of(Term t, int *flags) {
    if (!term_is_small(t)) return false;
    *flags = (int)term_small(t) | MSG_NOSIGNAL | MSG_DONTWAIT;
    return true;
}

Term brc_bif_prim_socket_nif_send_4(Proc *p, Term ref, Term bin, Term how, Term handle) {
    SOCK_ENTER(p, ref);
    ErlNifBinary b;
    int flags;
    Term op = AM(send);
    if (!flags_of(how, &flags) || !enif_inspect_binary(env, bin, &b))
        return sock_leave(env, s, brc_ctx_badarg(p));
    enum SockTurn turn = brc_sock_turn_locked(env, s, SOCK_WRITE, op, handle);
    if (turn != SOCK_MINE) return sock_leave(env, s, brc_sock_later(env, turn));
    return sock_leave(env, s,
                      written(env, s, op, handle, send(s->fd, b.data, b.size, flags), b.size));
}

Term brc_bif_prim_socket_nif_sendto_5(Proc *p, Term ref, Term bin, Term to, Term how, Term handle) {
    SOCK_ENTER(p, ref);
    ErlNifBinary b;
    SockAddress a;
    socklen_t size;
    int flags;
    Term op = SOCK_A("sendto");
    if (!flags_of(how, &flags) || !enif_inspect_binary(env, bin, &b))
        return sock_leave(env, s, brc_ctx_badarg(p));
    if (!brc_sock_read_address(env, to, &a, &size))
        return sock_leave(env, s, brc_sock_invalid(env, "sockaddr"));
    enum SockTurn turn = brc_sock_turn_locked(env, s, SOCK_WRITE, op, handle);
    if (turn != SOCK_MINE) return sock_leave(env, s, brc_sock_later(env, turn));
    ssize_t n = sendto(s->fd, b.data, b.size, flags, &a.any, size);
    return sock_leave(env, s, written(env, s, op, handle, n, b.size));
}

/* The binaries of a list: how many, at most IOV_MAX; -1: it is none. */
static int gather(ErlNifEnv *env, Term list, struct iovec *v, size_t *bytes, bool *more) {
    int n = 0;
    *bytes = 0, *more = false;
    for (; term_is_cons(list); list = term_tail(list)) {
        ErlNifBinary b;
        if (!enif_inspect_binary(env, term_head(list), &b)) return -1;
        if (n == IOV_MAX) {
            *more = true;
            continue;
        }
        v[n++] = (struct iovec){b.data, b.size};
        *bytes += b.size;
    }
    return term_is_nil(list) ? n : -1;
}

Term brc_bif_prim_socket_nif_sendmsg_5(Proc *p, Term ref, Term message, Term how, Term handle,
                                       Term list) {
    SOCK_ENTER(p, ref);
    struct iovec v[IOV_MAX];
    SockAddress a;
    socklen_t size = 0;
    size_t bytes, control = 0;
    bool more;
    int flags;
    Term op = SOCK_A("sendmsg"), to = sock_get(env, message, "addr"),
         c = sock_get(env, message, "ctrl");
    if (!flags_of(how, &flags) || !enif_is_map(env, message))
        return sock_leave(env, s, brc_ctx_badarg(p));
    int n = gather(env, list, v, &bytes, &more);
    if (n < 0) return sock_leave(env, s, brc_sock_invalid(env, "iov"));
    if (more && s->type != SOCK_STREAM) return sock_leave(env, s, brc_sock_invalid(env, "iov"));
    if (to != BRC_NONE && !brc_sock_read_address(env, to, &a, &size))
        return sock_leave(env, s, brc_sock_invalid(env, "addr"));
    uint8_t *room = calloc(1, s->write_control + 1);
    if (c != BRC_NONE && !brc_sock_read_control(env, s, c, room, s->write_control, &control)) {
        free(room);
        return sock_leave(env, s, brc_sock_invalid(env, "ctrl"));
    }
    enum SockTurn turn = brc_sock_turn_locked(env, s, SOCK_WRITE, op, handle);
    Term result = brc_sock_later(env, turn);
    if (turn == SOCK_MINE) {
        struct msghdr m = {.msg_name = size ? &a : NULL,
                           .msg_namelen = size,
                           .msg_iov = v,
                           .msg_iovlen = (size_t)n,
                           .msg_control = control ? room : NULL,
                           .msg_controllen = control};
        ssize_t out = sendmsg(s->fd, &m, flags);
        if (more && out == (ssize_t)bytes) { /* the rest is another call's */
            s->counts.write_tries++, s->counts.write_byte += bytes;
            result = number(env, "iov", bytes);
        } else {
            result = written(env, s, op, handle, out, bytes);
        }
    }
    free(room);
    return sock_leave(env, s, result);
}

/* ---- in ---- */

enum { SMALL_READ = 65536 };
static _Thread_local uint8_t *small_buffer;

static size_t wanted(Term length, const Sock *s) {
    size_t n = (size_t)term_small(length);
    return n ? n : s->read_bytes;
}

typedef struct Room {
    SharedBin *own; /* NULL: the thread's buffer */
    uint8_t *at;
} Room;
static Room room_for(size_t n) {
    if (n > SMALL_READ) {
        SharedBin *b = brc_ctx_sharedbin_new(n, n);
        return (Room){b, b->data};
    }
    if (!small_buffer && !(small_buffer = malloc(SMALL_READ))) abort();
    return (Room){NULL, small_buffer};
}
static Term binary_of(ErlNifEnv *env, Room r, ssize_t n) {
    if (!r.own) return brc_term_bin_new(env->p, r.at, n > 0 ? (size_t)n : 0);
    if (n > SMALL_READ / 2) return brc_nif_window(env->p, r.own, r.at, (size_t)n);
    Term t = brc_term_bin_new(env->p, r.at, n > 0 ? (size_t)n : 0);
    brc_ctx_sharedbin_unref(r.own);
    return t;
}
static void drop(Room r) {
    if (r.own) brc_ctx_sharedbin_unref(r.own);
}

static void count_read(Sock *s, ssize_t n) {
    s->counts.read_pkg++;
    s->counts.read_byte += (size_t)n;
}

/* Nothing was there (errno): the caller waits, or it is an error. */
static Term nothing(ErlNifEnv *env, Sock *s, Term op, Term handle) {
    int error = errno;
    s->reads = 0;
    if (error == EAGAIN || error == EINTR) {
        if (term_is_atom(handle)) {
            brc_sock_done_locked(env, s, SOCK_READ);
            return AM(ok);
        }
        error = brc_sock_wait_locked(env, s, SOCK_READ, op, handle);
        if (!error) return AM(select);
    }
    s->counts.read_fails++;
    brc_sock_done_locked(env, s, SOCK_READ);
    return brc_sock_error(env, error);
}

/* BRC_NONE: go on. */
static Term begin_read(ErlNifEnv *env, Sock *s, Term length, Term how, Term op, Term handle,
                       int *flags) {
    if (!term_is_small(length) || term_small(length) < 0 || !term_is_small(how))
        return brc_ctx_badarg(env->p), AM(badarg);
    *flags = (int)term_small(how) | MSG_DONTWAIT;
    enum SockTurn turn = brc_sock_turn_locked(env, s, SOCK_READ, op, handle);
    if (turn != SOCK_MINE) return brc_sock_later(env, turn);
    s->counts.read_tries++;
    return BRC_NONE;
}
static Term refused(Term t) {
    return t == AM(badarg) ? BRC_NONE : t;
}

Term brc_bif_prim_socket_nif_recv_4(Proc *p, Term ref, Term length, Term how, Term handle) {
    SOCK_ENTER(p, ref);
    int flags;
    Term op = SOCK_A("recv"), early = begin_read(env, s, length, how, op, handle, &flags);
    if (early != BRC_NONE) return sock_leave(env, s, refused(early));
    size_t size = wanted(length, s);
    Room r = room_for(size);
    ssize_t n = recv(s->fd, r.at, size, flags);
    bool streams = s->type == SOCK_STREAM, all = term_small(length) == 0;
    if (n < 0) {
        int error = errno;
        drop(r);
        errno = error;
        return sock_leave(env, s, nothing(env, s, op, handle));
    }
    if (n == 0 && streams) {
        drop(r);
        s->counts.read_fails++;
        brc_sock_done_locked(env, s, SOCK_READ);
        return sock_leave(env, s, brc_sock_fail(env, "closed"));
    }
    count_read(s, n);
    if ((uint64_t)n > s->counts.read_pkg_max) s->counts.read_pkg_max = (uint64_t)n;
    Term bin = binary_of(env, r, n);
    if (streams && !all && (size_t)n < size && !term_is_atom(handle) && !(flags & MSG_PEEK)) {
        int error = brc_sock_wait_locked(env, s, SOCK_READ, op, handle);
        if (!error) return sock_leave(env, s, enif_make_tuple2(env, AM(select), bin));
    }
    brc_sock_done_locked(env, s, SOCK_READ);
    bool more =
        streams && all && (size_t)n == size && (s->read_times == 0 || ++s->reads < s->read_times);
    if (!more) s->reads = 0;
    return sock_leave(env, s,
                      more ? enif_make_tuple2(env, SOCK_A("more"), bin) : brc_sock_ok(env, bin));
}

static Term source(ErlNifEnv *env, const SockAddress *a, socklen_t size) {
    return brc_sock_address(env, a, size);
}

Term brc_bif_prim_socket_nif_recvfrom_4(Proc *p, Term ref, Term length, Term how, Term handle) {
    SOCK_ENTER(p, ref);
    int flags;
    Term op = SOCK_A("recvfrom"), early = begin_read(env, s, length, how, op, handle, &flags);
    if (early != BRC_NONE) return sock_leave(env, s, refused(early));
    size_t size = wanted(length, s);
    Room r = room_for(size);
    SockAddress a;
    socklen_t asize = sizeof a;
    memset(&a, 0, sizeof a);
    ssize_t n = recvfrom(s->fd, r.at, size, flags, &a.any, &asize);
    if (n < 0) {
        int error = errno;
        drop(r);
        errno = error;
        return sock_leave(env, s, nothing(env, s, op, handle));
    }
    count_read(s, n);
    brc_sock_done_locked(env, s, SOCK_READ);
    Term bin = binary_of(env, r, n);
    return sock_leave(env, s, brc_sock_ok(env, enif_make_tuple2(env, source(env, &a, asize), bin)));
}

static Term message_of(ErlNifEnv *env, Sock *s, struct msghdr *m, Room r, ssize_t n) {
    Term t = enif_make_new_map(env), bin = binary_of(env, r, n);
    if (m->msg_namelen > 0 && s->type != SOCK_STREAM)
        t = sock_put(env, t, "addr", source(env, m->msg_name, m->msg_namelen));
    t = sock_put(env, t, "iov", enif_make_list1(env, bin));
    t = sock_put(env, t, "ctrl", brc_sock_control(env, m));
    return sock_put(env, t, "flags", brc_sock_flags(env, m->msg_flags));
}

Term brc_bif_prim_socket_nif_recvmsg_5(Proc *p, Term ref, Term length, Term control, Term how,
                                       Term handle) {
    SOCK_ENTER(p, ref);
    int flags;
    if (!term_is_small(control) || term_small(control) < 0)
        return sock_leave(env, s, brc_ctx_badarg(p));
    Term op = SOCK_A("recvmsg"), early = begin_read(env, s, length, how, op, handle, &flags);
    if (early != BRC_NONE) return sock_leave(env, s, refused(early));
    size_t size = wanted(length, s), csize = (size_t)term_small(control);
    if (!csize) csize = s->read_control;
    Room r = room_for(size);
    uint8_t *c = calloc(1, csize);
    SockAddress a;
    memset(&a, 0, sizeof a);
    struct iovec v = {r.at, size};
    struct msghdr m = {.msg_name = &a,
                       .msg_namelen = sizeof a,
                       .msg_iov = &v,
                       .msg_iovlen = 1,
                       .msg_control = c,
                       .msg_controllen = csize};
    ssize_t n = c ? recvmsg(s->fd, &m, flags | MSG_CMSG_CLOEXEC) : -1;
    Term result;
    if (n < 0) {
        int error = errno;
        drop(r);
        errno = error;
        result = nothing(env, s, op, handle);
    } else if (n == 0 && s->type == SOCK_STREAM) {
        drop(r);
        s->counts.read_fails++;
        brc_sock_done_locked(env, s, SOCK_READ);
        result = brc_sock_fail(env, "closed");
    } else {
        count_read(s, n);
        brc_sock_done_locked(env, s, SOCK_READ);
        result = brc_sock_ok(env, message_of(env, s, &m, r, n));
    }
    free(c);
    return sock_leave(env, s, result);
}
