/* connect.c: how sockets come about: opening, binding, connecting, listening and accepting. */
#include "net/socket.h"
#include "io/file.h"
#include "base/panic.h"
#include "sig/signal.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- opening ---- */

static int family_of(uint8_t code) {
    static const int families[] = {-1, AF_INET, AF_INET6, -1, -1, AF_UNIX};
    return code < sizeof families / sizeof *families ? families[code] : -1;
}

static int type_of(uint8_t code) {
    return code == 1 ? SOCK_STREAM : code == 2 ? SOCK_DGRAM : code == 3 ? SOCK_SEQPACKET : -1;
}

static void begin(Proc *p, Socket *s, int fd, uint32_t state) {
    s->q->in_fd = fd;
    s->state = state;
    atomic_store(&net_slot(p)->ready, BRC_SCHED_READ | BRC_SCHED_WRITE);
}

static void take_given(Proc *p, Socket *s, NetBytes *b, NetReply *r) {
    NetAddress a;
    socklen_t size = sizeof a;
    int type;
    socklen_t type_size = sizeof type;
    if (net_left(b) < 4) {
        brc_net_fail(r, EINVAL);
        return;
    }
    int fd = (int)net_u32(b->at);
    bool bound = net_left(b) < 8 || net_u32(b->at + 4) != 0;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_size) < 0) {
        brc_net_fail(r, errno);
        return;
    }
    memset(&a, 0, sizeof a);
    if (type != s->type || getsockname(fd, &a.any, &size) < 0 || a.any.sa_family != s->family) {
        brc_net_fail(r, EINVAL);
        return;
    }
    size = sizeof a;
    brc_sched_take_fd(fd); /* where two sockets have it, the later one hears of it */
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    bool has_peer = getpeername(fd, &a.any, &size) == 0;
    begin(p, s, fd, NET_OPEN | (bound ? NET_BOUND : 0) | (has_peer ? NET_CONNECTED : 0));
    int listens = 0;
    socklen_t listens_size = sizeof listens;
    if (!getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &listens_size) && listens)
        s->state |= NET_LISTENS;
}

/* In the network namespace that a file stands for; the thread comes back to its own. -1: errno. */
static int open_in(const char *file, int family, int type) {
    int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    int other = own < 0 ? -1 : open(file, O_RDONLY | O_CLOEXEC), fd = -1;
    if (other >= 0 && setns(other, CLONE_NEWNET) == 0) {
        fd = socket(family, type, 0);
        int error = errno;
        BRC_CHECK(setns(own, CLONE_NEWNET) == 0);
        errno = error;
    }
    int error = errno;
    if (own >= 0) close(own);
    if (other >= 0) close(other);
    errno = error;
    return fd;
}

void brc_net_open(Proc *p, Socket *s, NetBytes *b, bool given, NetReply *r) {
    if (s->state) {
        r->error = "exbadseq";
        return;
    }
    int family = net_left(b) < 2 ? -1 : family_of(b->at[0]);
    int type = net_left(b) < 2 ? -1 : type_of(b->at[1]);
    if (family < 0 || type < 0 || (type == SOCK_DGRAM) != s->datagrams) {
        brc_net_fail(r, EINVAL);
        return;
    }
    b->at += 2;
    s->family = family;
    s->type = type;
    if (given) {
        take_given(p, s, b, r);
        return;
    }
    type |= SOCK_NONBLOCK | SOCK_CLOEXEC;
    int fd = s->netns ? open_in(s->netns, family, type) : socket(family, type, 0);
    if (fd < 0)
        brc_net_fail(r, errno);
    else
        begin(p, s, fd, NET_OPEN);
    if (fd >= 0 && s->device &&
        setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, s->device, (socklen_t)strlen(s->device)) < 0) {
        brc_net_fail(r, errno);
        brc_net_close(p, s);
    }
}

/* ---- names ---- */

static uint32_t port_of(int fd) {
    NetAddress a;
    socklen_t size = sizeof a;
    memset(&a, 0, sizeof a);
    if (getsockname(fd, &a.any, &size) < 0) return 0;
    if (a.any.sa_family != AF_INET && a.any.sa_family != AF_INET6) return 0;
    return ntohs(((struct sockaddr_in *)&a)->sin_port); /* at the same place in both */
}

void brc_net_bind(Socket *s, NetBytes *b, NetReply *r) {
    NetAddress a;
    socklen_t size;
    if (!(s->state & NET_OPEN)) {
        r->error = "exbadport";
        return;
    }
    if (!brc_net_read_address(s->family, b, &a, &size)) {
        brc_net_fail(r, EINVAL);
        return;
    }
    if (bind(s->q->in_fd, &a.any, size) < 0) {
        brc_net_fail(r, errno);
        return;
    }
    s->state |= NET_BOUND;
    brc_net_put_u16(r, port_of(s->q->in_fd));
}

void brc_net_name(Socket *s, bool peer, NetReply *r) {
    NetAddress a;
    socklen_t size = sizeof a;
    memset(&a, 0, sizeof a);
    if (peer && !(s->state & NET_CONNECTED)) {
        brc_net_fail(r, ENOTCONN);
        return;
    }
    int result =
        peer ? getpeername(s->q->in_fd, &a.any, &size) : getsockname(s->q->in_fd, &a.any, &size);
    if (result < 0) {
        brc_net_fail(r, errno);
        return;
    }
    uint8_t bytes[NET_ADDRESS_BYTES];
    brc_net_put(r, bytes, brc_net_write_address(&a, size, bytes));
}

/* ---- connecting ---- */

static void connected(Socket *s) {
    s->state = (s->state & ~(uint32_t)NET_CONNECTING) | NET_CONNECTED;
    if (!s->datagrams) s->state &= ~(uint32_t)NET_BOUND;
    s->was_connected = true;
    brc_net_answer(s, &s->connecting, AM(ok));
}

void brc_net_connect(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r, PortTurn *t) {
    NetAddress a;
    socklen_t size;
    if (!(s->state & NET_OPEN)) {
        r->error = "exbadport";
        return;
    }
    if (!s->datagrams && (s->state & (NET_CONNECTED | NET_CONNECTING))) {
        if (s->state & NET_CONNECTED)
            brc_net_fail(r, EISCONN);
        else
            r->error = "exbadseq";
        return;
    }
    uint32_t limit = net_left(b) < 4 ? 0 : net_u32(b->at);
    b->at += net_left(b) < 4 ? net_left(b) : 4;
    if (!brc_net_read_address(s->family, b, &a, &size)) {
        brc_net_fail(r, EINVAL);
        return;
    }
    if (s->datagrams && (s->state & NET_CONNECTED)) /* else the source stays what it was */
        connect(s->q->in_fd, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr));
    if (connect(s->q->in_fd, &a.any, size) < 0 && errno != EINPROGRESS) {
        brc_net_fail(r, errno);
        return;
    }
    NetWait *w = brc_net_wait(p, s, caller, &s->connecting);
    brc_net_put_u16(r, w->id);
    NetAddress peer;
    socklen_t peer_size = sizeof peer;
    if (s->datagrams || getpeername(s->q->in_fd, &peer.any, &peer_size) == 0) {
        connected(s);
        t->again = !s->datagrams && s->active != NET_PASSIVE;
        return;
    }
    s->state |= NET_CONNECTING;
    brc_net_wait_limit(w, limit);
    brc_net_may(p, BRC_SCHED_READ | BRC_SCHED_WRITE);
    brc_net_follow(p, s);
}

void brc_net_connect_go_on(Proc *p, Socket *s) {
    if (!s->connecting) return;
    if (brc_net_may(p, BRC_SCHED_WRITE)) {
        int error = 0;
        socklen_t size = sizeof error;
        NetAddress peer;
        socklen_t peer_size = sizeof peer;
        if (getsockopt(s->q->in_fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0) error = errno;
        if (!error && getpeername(s->q->in_fd, &peer.any, &peer_size) < 0) return; /* not yet */
        if (error) {
            s->state &= ~(uint32_t)NET_CONNECTING;
            brc_net_answer_error(s, &s->connecting, brc_io_posix_name(error));
        } else {
            brc_net_still(p, BRC_SCHED_WRITE | BRC_SCHED_READ);
            connected(s);
        }
    } else if (brc_net_late(&s->connecting)) {
        brc_net_close(p, s);
        brc_net_answer_error(s, &s->connecting, AM(timeout));
    }
}

/* ---- listening ---- */

void brc_net_listen(Socket *s, NetBytes *b, NetReply *r) {
    if (!(s->state & NET_OPEN)) {
        r->error = "exbadport";
        return;
    }
    int backlog = net_left(b) < 2 ? 5 : (int)net_u16(b->at);
    if (listen(s->q->in_fd, backlog) < 0)
        brc_net_fail(r, errno);
    else
        s->state = NET_OPEN | NET_LISTENS;
}

/* A socket as s is, of its owner. */
static Term accepted(Proc *p, const Socket *s, int fd, Term owner) {
    Port *q = brc_io_port_new(s->q->kind);
    Socket *n = net_socket(q);
    Port *own = n->q;
    *n = (Socket){.q = own,
                  .family = s->family,
                  .type = s->type,
                  .state = NET_OPEN | NET_CONNECTED,
                  .was_connected = true,
                  .packet = s->packet,
                  .limits = s->limits,
                  .binary = s->binary,
                  .to_port = s->to_port,
                  .exit_on_close = s->exit_on_close,
                  .delay_send = s->delay_send,
                  .send_timeout = s->send_timeout,
                  .send_timeout_close = s->send_timeout_close,
                  .show_reset = s->show_reset,
                  .buffer_set = s->buffer_set,
                  .header = s->header,
                  .buffer = s->buffer,
                  .high = s->high,
                  .low = s->low,
                  .msgq_high = s->msgq_high,
                  .msgq_low = s->msgq_low,
                  .read_packets = s->read_packets};
    q->in_fd = fd;
    Term port = brc_io_port_start_for(p->rest->sched, q, owner);
    if (port == BRC_NONE) brc_io_port_free(q);
    return port;
}

static void update_state(Socket *s) {
    if (s->accepting)
        s->state |= NET_ACCEPTING;
    else
        s->state &= ~(uint32_t)NET_ACCEPTING;
}

/* The first that waits is answered. */
static void answered(Proc *p, NetWait **list) {
    if ((*list)->monitor) brc_sig_demonitor(p, (*list)->monitor);
}

static void answer(Proc *p, Socket *s, NetWait **list, Term port) {
    answered(p, list);
    brc_net_answer(s, list, port);
}

static void answer_error(Proc *p, Socket *s, NetWait **list, Term reason) {
    answered(p, list);
    brc_net_answer_error(s, list, reason);
}

static void drop_dead(Proc *p, Socket *s) {
    for (NetWait **w = &s->accepting; *w;)
        if (brc_proc_is_alive((*w)->caller))
            w = &(*w)->next;
        else
            answer_error(p, s, w, AM(closed));
}

void brc_net_accept_go_on(Proc *p, Socket *s) {
    drop_dead(p, s);
    while (s->accepting && brc_net_may(p, BRC_SCHED_READ)) {
        int fd = accept4(s->q->in_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        int error = fd < 0 ? errno : 0;
        if (error == EAGAIN) {
            brc_net_cannot(p, s);
            break;
        }
        brc_net_still(p, BRC_SCHED_READ);
        if (error == EINTR || error == ECONNABORTED) continue;
        Term port = error ? BRC_NONE : accepted(p, s, fd, s->accepting->caller);
        if (port != BRC_NONE)
            answer(p, s, &s->accepting, port);
        else
            answer_error(p, s, &s->accepting, error ? brc_io_posix_name(error) : AM(system_limit));
    }
    for (NetWait **w; (w = brc_net_late(&s->accepting)) != NULL;)
        answer_error(p, s, w, AM(timeout));
    update_state(s);
}

void brc_net_accept(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r) {
    if (!(s->state & NET_LISTENS) || net_left(b) < 4) {
        brc_net_fail(r, EINVAL);
        return;
    }
    uint32_t limit = net_u32(b->at);
    NetWait *w = brc_net_wait(p, s, caller, &s->accepting);
    brc_net_put_u16(r, w->id);
    bool alone = s->accepting == w;
    if (alone) brc_net_accept_go_on(p, s);
    NetWait *last = s->accepting;
    while (last && last->next)
        last = last->next;
    if (last && (!alone || last == w)) {
        if (limit == 0)
            atomic_store(&last->late, true);
        else
            brc_net_wait_limit(last, limit);
        if (limit == 0)
            brc_net_accept_go_on(p, s);
        else
            brc_net_wait_monitor(p, last);
    }
    update_state(s);
}
