/* stream.c: what comes in on a connection: read, cut into packets, delivered.
 *
 * Idle sockets have no buffer: each thread reads into one of its own, and packets are cut out of it
 * at once; only what is left of an unfinished one is copied to the socket. A packet that is known
 * to be long is read to where it stays. */
#include "net/socket.h"
#include "io/file.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include "term/atom.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define ROOM     ((size_t)64 << 10) /* of a thread's buffer */
#define READS    8                  /* of that size in one turn */
#define BIG      ((size_t)8 << 10)  /* a packet from this size on is read to its place */
#define MOST_BIG ((size_t)1 << 20)  /* room made for a packet before its bytes are there */

static _Thread_local SharedBin *spare; /* sole owner, unless a message has taken parts of it */

static SharedBin *buffer(void) {
    if (spare && atomic_load_explicit(&spare->refs, memory_order_acquire) > 1) {
        brc_ctx_sharedbin_unref(spare);
        spare = NULL;
    }
    if (!spare) spare = brc_ctx_sharedbin_new(ROOM, ROOM);
    return spare;
}

/* The receive that gets what comes; NULL: the owner does, even where one waits yet. */
static NetWait *taker(const Socket *s) {
    return s->active == NET_PASSIVE ? s->receiving : NULL;
}

static bool wants(const Socket *s) {
    return s->receiving || s->active != NET_PASSIVE;
}

static bool is_http(const Socket *s) {
    return s->packet >= BRC_PACKET_HTTP && s->packet <= BRC_PACKET_HTTPH_BIN;
}

/* The type of the packet that comes next. */
static enum PacketType next_type(const Socket *s) {
    if (!s->in_headers) return s->packet;
    return s->packet == BRC_PACKET_HTTP       ? BRC_PACKET_HTTPH
           : s->packet == BRC_PACKET_HTTP_BIN ? BRC_PACKET_HTTPH_BIN
                                              : s->packet;
}

/* ---- delivering ---- */

static void send_data(Socket *s, const uint8_t *bytes, size_t n, SharedBin *shared) {
    size_t data_words = brc_net_data_words(s, n);
    NetWait *w = taker(s);
    if (w && w->now) {
        Frag *f = brc_ctx_frag_new(3 + data_words);
        f->used = 3;
        w->result = term_tuple2(f->data, AM(ok), brc_net_data(f, s, bytes, n, shared));
        brc_ctx_frag_attach(w->now, f);
        return;
    }
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, 8 + data_words);
    Term *at = f->data;
    f->used = w ? 8 : s->to_port ? 6 : 4;
    Term data = brc_net_data(f, s, bytes, n, shared);
    if (w) {
        at[1] = AM(inet_async);
        at[2] = s->q->id;
        at[3] = BRC_SMALL(w->id);
        at[4] = term_tuple2(at + 5, AM(ok), data);
        f->term = term_tuple_begin(at, 4);
    } else if (s->to_port) {
        f->term = term_tuple2(at, s->q->id, term_tuple2(at + 3, AM(data), data));
    } else {
        f->term = term_tuple3(at, AM(tcp), s->q->id, data);
    }
    if (w)
        brc_net_wait_tell(w, f);
    else
        brc_sig_push_mt(s->q->owner, f);
}

static void send_term(Proc *p, Socket *s, Term packet) {
    NetWait *w = taker(s);
    Term m;
    if (!is_http(s)) term_tuple_elements(packet)[1] = s->q->id; /* of a TLS record */
    if (w && w->now) {
        w->result = term_tuple2(brc_ctx_alloc(p, 3), AM(ok), packet);
        return;
    }
    if (w) {
        Term *at = brc_ctx_alloc(p, 8);
        at[1] = AM(inet_async);
        at[2] = s->q->id;
        at[3] = BRC_SMALL(w->id);
        at[4] = term_tuple2(at + 5, AM(ok), packet);
        m = term_tuple_begin(at, 4);
    } else {
        m = is_http(s) ? term_tuple3(brc_ctx_alloc(p, 4), AM(http), s->q->id, packet) : packet;
    }
    if (w)
        brc_net_wait_tell(w, brc_sig_new_message(m));
    else
        brc_sig_send_message(s->q->owner, m);
}

static void after_http(Socket *s, Term packet) {
    if (packet == AM(http_eoh))
        s->in_headers = false;
    else if (term_is_tuple(packet) && (term_tuple_elements(packet)[0] == AM(http_request) ||
                                       term_tuple_elements(packet)[0] == AM(http_response)))
        s->in_headers = true;
}

/* The receive that waited has had its answer. */
static void received(Socket *s) {
    NetWait *w = taker(s);
    if (!w) {
        brc_net_count_active(s, AM(tcp_passive));
        return;
    }
    s->receiving = w->next;
    if (w->timer.heap) brc_proc_timer_disarm(&w->timer);
    brc_net_wait_free(w);
}

static void deliver(Proc *p, Socket *s, const uint8_t *bytes, size_t n, SharedBin *shared) {
    enum PacketType type = next_type(s);
    brc_net_count(&s->received, n, true);
    const NetWait *w = taker(s);
    if (w && w->now) p = w->now; /* built where it goes */
    Term packet = brc_bif_packet_term(p, type, bytes, n);
    if (packet != BRC_NONE) {
        send_term(p, s, packet);
        after_http(s, packet);
    } else {
        brc_bif_packet_body(type, &bytes, &n);
        send_data(s, bytes, n, shared);
    }
    received(s);
}

/* ---- the end ---- */

/* `reason`: closed, or the name of an error. What waits for output is told as well. */
static void ended(Proc *p, Socket *s, Term reason, PortTurn *t) {
    s->q->in.first = s->q->in.end = 0;
    if (s->state & NET_BUSY) {
        s->state &= ~(uint32_t)NET_BUSY;
        brc_net_reply_error(s, s->sender, AM(closed));
        s->sender = BRC_NONE;
    }
    if (s->exit_on_close) s->q->out.first = s->q->out.end = 0;
    if (s->active != NET_PASSIVE) {
        if (reason != AM(closed)) brc_net_tell3(s, AM(tcp_error), reason);
        brc_net_tell_closed(s);
        if (s->exit_on_close) {
            brc_net_over(t, reason == AM(closed) ? AM(normal) : reason);
            return;
        }
    } else if (s->exit_on_close) {
        brc_net_close(p, s);
    }
    s->say_closed_send = reason == AM(closed);
    s->read_ended = true;
    while (s->receiving)
        brc_net_answer_error(s, &s->receiving, reason);
}

static void failed(Proc *p, Socket *s, int error, PortTurn *t) {
    bool quiet = error == ECONNRESET && !s->show_reset;
    ended(p, s, quiet ? AM(closed) : brc_io_posix_name(error), t);
}

/* ---- cutting ---- */

/* Bytes of the next packet in the n at b, perhaps more than n; 0: not known; -1: invalid. */
static int64_t length_of(const Socket *s, const uint8_t *b, size_t n) {
    if (s->packet == BRC_PACKET_RAW) {
        if (taker(s) && s->wanted_bytes) return s->wanted_bytes;
        return s->buffer_set && n > s->buffer ? (int64_t)s->buffer : (int64_t)n;
    }
    PacketLimits limits = s->limits;
    limits.line_length = s->buffer;
    return brc_bif_packet_length(next_type(s), b, n, &limits);
}

/* Delivers what is whole of the n bytes at b, while it is wanted; how many bytes that were. *more:
 * of how many bytes the packet behind them is, or 0. */
static size_t cut(Proc *p, Socket *s, const uint8_t *b, size_t n, SharedBin *shared, size_t *more,
                  PortTurn *t) {
    size_t at = 0;
    *more = 0;
    while (at < n && wants(s) && !t->over) {
        int64_t size = length_of(s, b + at, n - at);
        if (size < 0) {
            failed(p, s, EMSGSIZE, t);
            return n;
        }
        if (size == 0 || (size_t)size > n - at) {
            *more = (size_t)size;
            break;
        }
        /* A message may share the buffer where it takes a good part of it. */
        deliver(p, s, b + at, (size_t)size, shared && (size_t)size >= ROOM / 4 ? shared : NULL);
        at += (size_t)size;
    }
    return at;
}

static void begin_big(Socket *s, size_t size, const uint8_t *b, size_t n) {
    s->big = brc_ctx_sharedbin_new(size, size);
    s->big_size = size;
    s->big_have = n;
    if (n) memcpy(s->big->data, b, n);
}

static void cut_from_queue(Proc *p, Socket *s, PortTurn *t) {
    PortBytes *in = &s->q->in;
    size_t more, n = cut(p, s, in->at + in->first, in->end - in->first, NULL, &more, t);
    if (in->first < in->end) in->first += n;
    if (t->over || s->big || more < BIG || more > MOST_BIG) return;
    begin_big(s, more, in->at + in->first, in->end - in->first);
    in->first = in->end = 0;
}

/* ---- reading ---- */

void brc_net_end_long(Socket *s) {
    if (!s->big) return;
    brc_io_port_put(&s->q->in, s->big->data, s->big_have);
    brc_ctx_sharedbin_unref(s->big);
    s->big = NULL;
}

static void took(Proc *p, size_t n) {
    brc_sched_bytes_in += n;
    brc_ctx_charge(p, n / 256);
}

/* False: nothing more to be had now. */
static bool got(Proc *p, Socket *s, ssize_t n, size_t asked, PortTurn *t) {
    if (n > 0) {
        bool hangup = atomic_load(&net_slot(p)->ready) & BRC_SCHED_HANGUP;
        if ((size_t)n == asked || hangup)
            brc_net_still(p, BRC_SCHED_READ);
        else
            brc_net_cannot(p, s);
        took(p, (size_t)n);
        return true;
    }
    if (n < 0 && errno == EINTR) {
        brc_net_still(p, BRC_SCHED_READ);
        return true;
    }
    if (n < 0 && errno == EAGAIN) {
        brc_net_cannot(p, s);
        return false;
    }
    if (n == 0)
        ended(p, s, AM(closed), t);
    else
        failed(p, s, errno, t);
    return false;
}

static bool read_big(Proc *p, Socket *s, PortTurn *t) {
    size_t asked = s->big_size - s->big_have;
    ssize_t n = recv(s->q->in_fd, s->big->data + s->big_have, asked, 0);
    if (!got(p, s, n, asked, t)) return false;
    if (n > 0) s->big_have += (size_t)n;
    if (s->big_have < s->big_size) return true;
    SharedBin *big = s->big;
    s->big = NULL;
    deliver(p, s, big->data, s->big_size, big);
    brc_ctx_sharedbin_unref(big);
    return true;
}

/* Of a passive raw socket no more is read than was asked for. */
static size_t most(const Socket *s) {
    const PortBytes *in = &s->q->in;
    if (s->packet != BRC_PACKET_RAW) return ROOM;
    if (taker(s) && s->wanted_bytes) {
        size_t n = s->wanted_bytes - (in->end - in->first);
        return n < ROOM ? n : ROOM;
    }
    return s->buffer_set && s->buffer < ROOM ? s->buffer : ROOM;
}

static bool read_some(Proc *p, Socket *s, PortTurn *t) {
    PortBytes *in = &s->q->in;
    SharedBin *b = buffer();
    size_t asked = most(s), more;
    ssize_t n = recv(s->q->in_fd, b->data, asked, 0);
    if (!got(p, s, n, asked, t)) return false;
    if (n < 0) return true;
    if (in->first < in->end) {
        brc_io_port_put(in, b->data, (size_t)n);
        cut_from_queue(p, s, t);
        return true;
    }
    size_t done = cut(p, s, b->data, (size_t)n, b, &more, t);
    if (t->over) return false;
    size_t left = (size_t)n - done;
    if (more >= BIG && more <= MOST_BIG)
        begin_big(s, more, b->data + done, left);
    else if (left)
        brc_io_port_put(in, b->data + done, left);
    return true;
}

void brc_net_receive_go_on(Proc *p, Socket *s, PortTurn *t) {
    PortBytes *in = &s->q->in;
    if (wants(s) && !s->big && in->first < in->end) cut_from_queue(p, s, t);
    if (taker(s) && s->wanted_bytes >= BIG && s->wanted_bytes <= MOST_BIG && !s->big &&
        s->packet == BRC_PACKET_RAW && in->first == in->end)
        begin_big(s, s->wanted_bytes, NULL, 0);
    bool untold = s->read_ended && s->active != NET_PASSIVE && !s->told_closed;
    if (untold && !t->over && in->first == in->end) ended(p, s, AM(closed), t);
    for (int i = 0; wants(s) && !t->over && !s->read_ended; i++) {
        if (i == READS) {
            t->again = true;
            break;
        }
        if (s->q->in_fd < 0 || !brc_net_may(p, BRC_SCHED_READ)) break;
        if (!(s->big ? read_big(p, s, t) : read_some(p, s, t))) break;
    }
    if (t->over) return;
    if (s->receiving && s->read_ended) {
        if (s->exit_on_close) brc_net_close(p, s);
        brc_net_answer_error(s, &s->receiving, AM(closed));
    }
    if (brc_net_late(&s->receiving)) {
        brc_net_end_long(s);
        brc_net_answer_error(s, &s->receiving, AM(timeout));
    }
    if (in->first == in->end && in->at) { /* idle sockets have no buffer */
        free(in->at);
        *in = (PortBytes){0};
    }
}

/* ---- asked for ---- */

static void not_connected(Socket *s, NetReply *r) {
    if (!s->say_closed_recv) {
        brc_net_fail(r, ENOTCONN);
        return;
    }
    s->say_closed_recv = false;
    r->error = s->told_reset ? "econnreset" : "closed";
}

void brc_net_receive(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r, PortTurn *t) {
    if (!(s->state & NET_CONNECTED)) {
        not_connected(s, r);
        return;
    }
    bool well = s->active == NET_PASSIVE && net_left(b) == 8;
    uint32_t limit = well ? net_u32(b->at) : 0, n = well ? net_u32(b->at + 4) : 0;
    if (!well || (n > 0 && s->packet != BRC_PACKET_RAW)) {
        brc_net_fail(r, EINVAL);
        return;
    }
    if (n > NET_MOST_BYTES) {
        brc_net_fail(r, ENOMEM);
        return;
    }
    if (s->receiving) {
        brc_net_fail(r, EALREADY);
        return;
    }
    NetWait *w = brc_net_wait(p, s, caller, &s->receiving);
    brc_net_put_u16(r, w->id);
    s->wanted_bytes = n;
    brc_net_receive_go_on(p, s, t);
    if (s->receiving != w || t->over) return;
    if (limit == 0) {
        brc_net_end_long(s);
        brc_net_answer_error(s, &s->receiving, AM(timeout));
    } else {
        brc_net_wait_limit(w, limit);
    }
}

void brc_net_unreceive(Proc *p, Socket *s, NetBytes *b, NetReply *r, PortTurn *t) {
    if (!(s->state & NET_CONNECTED)) {
        brc_net_fail(r, ENOTCONN);
        return;
    }
    PortBytes *in = &s->q->in, front = {0};
    brc_net_end_long(s);
    brc_io_port_put(&front, b->at, net_left(b));
    if (in->first < in->end) brc_io_port_put(&front, in->at + in->first, in->end - in->first);
    free(in->at);
    *in = front;
    if (s->active != NET_PASSIVE) brc_net_receive_go_on(p, s, t);
}
