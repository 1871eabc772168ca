/* output.c: what goes out on a connection. A send writes at once where nothing waits; what the
 * kernel does not take is copied to a queue. From the high watermark on the sender's reply waits
 * until the queue has sunk to the low one, and others' sends wait behind it. */
#include "net/socket.h"
#include "net/gather.h"
#include "base/panic.h"
#include "io/file.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include "term/atom.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <unistd.h>

static size_t queued(const Socket *s) {
    return s->q->out.end - s->q->out.first;
}

static void tell_empty(Socket *s) {
    for (uint32_t i = 0; i < s->watcher_count; i++) {
        Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, 3);
        f->used = 3;
        f->term = term_tuple2(f->data, AM(empty_out_q), s->q->id);
        brc_sig_push_mt(s->watchers[i], f);
    }
    s->watcher_count = 0;
}

static void drop_queue(Socket *s) {
    free(s->q->out.at);
    s->q->out = (PortBytes){0};
    tell_empty(s);
}

/* ---- failing ---- */

static void unbusy(Socket *s, Term result, bool error) {
    if (!(s->state & NET_BUSY)) return;
    s->state &= ~(uint32_t)NET_BUSY;
    if (s->send_limit.timer.heap) brc_proc_timer_disarm(&s->send_limit.timer);
    if (error)
        brc_net_reply_error(s, s->sender, result);
    else
        brc_net_reply(s, s->sender, result);
    s->sender = BRC_NONE;
}

/* The connection is over, seen by a write. caller: whose send it was, or BRC_NONE. */
static void failed(Proc *p, Socket *s, int error, Term caller, PortTurn *t) {
    if (error == EPIPE && !s->shut_write) error = ECONNRESET; /* it was, before */
    bool show = error == ECONNRESET && s->show_reset;
    Term reason = show ? brc_io_posix_name(error) : AM(closed);
    drop_queue(s);
    brc_net_file_end(s);
    if (s->state & NET_BUSY) {
        caller = s->sender;
        s->state &= ~(uint32_t)NET_BUSY;
        if (s->send_limit.timer.heap) brc_proc_timer_disarm(&s->send_limit.timer);
    }
    if (s->active != NET_PASSIVE) {
        if (show) brc_net_tell3(s, AM(tcp_error), reason);
        brc_net_tell_closed(s);
        if (caller != BRC_NONE) brc_net_reply_error(s, caller, reason);
        if (s->exit_on_close)
            brc_net_over(t, AM(normal));
        else
            brc_net_close(p, s);
        return;
    }
    while (s->receiving)
        brc_net_answer_error(s, &s->receiving, AM(closed));
    brc_net_close(p, s);
    s->told_reset = show;
    if (caller != BRC_NONE)
        brc_net_reply_error(s, caller, reason);
    else
        s->say_closed_send = true;
    s->say_closed_recv = true;
}

/* ---- writing ---- */

static void wrote(Proc *p, size_t n) {
    brc_sched_bytes_out += n;
    brc_ctx_charge(p, n / 256);
}

/* Bytes taken by the kernel; 0: none now; -1: failed, which has been dealt with. */
static ssize_t write_out(Proc *p, Socket *s, struct iovec *iov, size_t count, Term caller,
                         PortTurn *t) {
    struct msghdr m = {.msg_iov = iov, .msg_iovlen = count};
    if (!brc_net_may(p, BRC_SCHED_WRITE)) return 0;
    for (;;) {
        ssize_t n = count == 1 ? send(s->q->in_fd, iov->iov_base, iov->iov_len, MSG_NOSIGNAL)
                               : sendmsg(s->q->in_fd, &m, MSG_NOSIGNAL);
        if (n >= 0) {
            brc_net_still(p, BRC_SCHED_WRITE);
            wrote(p, (size_t)n);
            return n;
        }
        if (errno == EINTR) continue;
        if (errno == EAGAIN) {
            brc_net_cannot(p, s);
            return 0;
        }
        failed(p, s, errno, caller, t);
        return -1;
    }
}

static void all_sent(Socket *s) {
    drop_queue(s);
    if (!s->shutting) return;
    s->shutting = false;
    s->shut_write = true;
    shutdown(s->q->in_fd, s->shut_how);
}

void brc_net_send_go_on(Proc *p, Socket *s, PortTurn *t) {
    PortBytes *b = &s->q->out;
    if (s->file && s->file_begun) brc_net_file_go_on(p, s, t);
    while (b->first < b->end && !(s->file && s->file_begun)) {
        struct iovec iov = {b->at + b->first, b->end - b->first};
        ssize_t n = write_out(p, s, &iov, 1, BRC_NONE, t);
        if (n < 0) return;
        if (n == 0) break;
        b->first += (size_t)n;
    }
    if (queued(s) <= s->low) unbusy(s, AM(ok), false);
    if (queued(s) == 0 && s->file && !s->file_begun) {
        s->file_begun = true;
        brc_net_file_go_on(p, s, t);
    }
    if (queued(s) == 0 && b->at && !s->file) all_sent(s);
    if (s->q->owner == BRC_NONE && queued(s) == 0) brc_net_over(t, AM(normal));
}

void brc_net_send_late(Proc *p, Socket *s) {
    if (!(s->state & NET_BUSY) || !atomic_load(&s->send_limit.late)) return;
    unbusy(s, AM(timeout), true);
    if (!s->send_timeout_close) return;
    drop_queue(s);
    while (s->receiving)
        brc_net_answer_error(s, &s->receiving, AM(closed));
    brc_net_close(p, s); /* who is active hears of it when it asks to be again */
}

/* ---- sending ---- */

/* The head of a packet of n bytes, of which it may have only the low ones; how long it is. */
static int head_of(const Socket *s, size_t n, uint8_t *head) {
    int size = s->packet == BRC_PACKET_1   ? 1
               : s->packet == BRC_PACKET_2 ? 2
               : s->packet == BRC_PACKET_4 ? 4
                                           : 0;
    for (int i = 0; i < size; i++)
        head[i] = (uint8_t)(n >> (8 * (size - 1 - i)));
    return size;
}

/* All but the first `skip` bytes. */
static void put_rest(Socket *s, const NetGather *g, size_t skip) {
    for (size_t i = 0; i < g->count; i++) {
        size_t n = g->iov[i].iov_len;
        size_t skipped = skip < n ? skip : n;
        skip -= skipped;
        brc_io_port_put(&s->q->out, (uint8_t *)g->iov[i].iov_base + skipped, n - skipped);
    }
}

static void make_busy(Proc *p, Socket *s, Term caller) {
    s->state |= NET_BUSY;
    s->sender = caller;
    s->send_limit.port = proc_pid(p);
    atomic_store(&s->send_limit.late, false);
    brc_net_wait_limit(&s->send_limit, s->send_timeout);
}

static void send_gathered(Proc *p, Socket *s, NetGather *g, Term from, PortTurn *t) {
    size_t before = queued(s);
    brc_net_count(&s->sent, g->total, false);
    if (before > 0 || s->file) {
        put_rest(s, g, 0);
        if (before + g->total >= s->high && !(s->state & NET_BUSY)) {
            make_busy(p, s, from);
            return;
        }
    } else {
        ssize_t n = 0;
        if (!s->delay_send) n = write_out(p, s, g->iov, g->count, from, t);
        if (n < 0) return;
        if ((size_t)n < g->total) put_rest(s, g, (size_t)n);
        if (s->delay_send) t->again = true;
    }
    brc_net_reply(s, from, AM(ok));
}

static void not_connected(Socket *s, Term from) {
    if (s->say_closed_send) {
        s->say_closed_send = false;
        brc_net_reply_error(s, from, s->told_reset ? brc_io_posix_name(ECONNRESET) : AM(closed));
    } else {
        brc_net_reply_error(s, from, brc_io_posix_name(ENOTCONN));
    }
}

Term brc_net_send(Proc *p, Port *q, Term from, Term data, Term how, PortTurn *t) {
    Socket *s = net_socket(q);
    bool busy = (s->state & NET_BUSY) && how != AM(force);
    if (busy) return how == AM(nosuspend) ? AM(false) : BRC_NONE;
    NetGather *g = brc_net_gather(data);
    if (!g) return AM(badarg);
    if (!(s->state & NET_CONNECTED)) {
        not_connected(s, from);
        return AM(true);
    }
    if (s->shutting || s->shut_write) {
        failed(p, s, EPIPE, from, t);
        return AM(true);
    }
    uint8_t head[4];
    int n = head_of(s, g->total, head);
    q->out_total += g->total;
    brc_net_gather_head(g, head, (size_t)n);
    send_gathered(p, s, g, from, t);
    return AM(true);
}

/* ---- other requests ---- */

void brc_net_shutdown(Socket *s, NetBytes *b, NetReply *r) {
    if (!(s->state & NET_CONNECTED)) {
        brc_net_fail(r, ENOTCONN);
        return;
    }
    int how = net_left(b) ? b->at[0] : 0;
    if (how != SHUT_RD && queued(s) > 0) {
        s->shutting = true;
        s->shut_how = how;
        return;
    }
    if (how != SHUT_RD) s->shut_write = true;
    if (shutdown(s->q->in_fd, how) < 0) brc_net_fail(r, errno);
}

void brc_net_subscribe(Socket *s, Term caller, NetBytes *b, NetReply *r) {
    for (; b->at < b->end; b->at++) {
        if (*b->at != 1) {
            brc_net_fail(r, EINVAL);
            return;
        }
        uint8_t what = 1;
        brc_net_put(r, &what, 1);
        brc_net_put_u32(r, (uint32_t)queued(s));
        if (queued(s) == 0) continue;
        s->watchers = realloc(s->watchers, (s->watcher_count + 1) * sizeof *s->watchers);
        BRC_CHECK(s->watchers != NULL);
        s->watchers[s->watcher_count++] = caller;
    }
}

/* ---- the end ---- */

void brc_net_send_rest(Proc *p, Socket *s) {
    struct linger l = {0};
    socklen_t size = sizeof l;
    getsockopt(s->q->in_fd, SOL_SOCKET, SO_LINGER, &l, &size);
    if (l.l_onoff && l.l_linger == 0) return;
    Port *q = brc_io_port_new(s->q->kind);
    Socket *heir = net_socket(q);
    if (s->follower) brc_sched_unfollow_fd(s->follower, s->q->in_fd);
    s->follower = NULL;
    heir->family = s->family;
    heir->type = s->type;
    heir->state = NET_OPEN | NET_BOUND | NET_CONNECTED;
    heir->shutting = s->shutting;
    heir->shut_how = s->shut_how;
    q->in_fd = s->q->in_fd;
    q->out = s->q->out;
    s->q->in_fd = -1;
    s->q->out = (PortBytes){0};
    if (brc_io_port_start_for(p->rest->sched, q, BRC_NONE) == BRC_NONE) brc_io_port_free(q);
}

void brc_net_output_free(Socket *s) {
    free(s->watchers);
}
