/* socket.h: sockets as ports of the drivers tcp_inet and udp_inet, which OTP's prim_inet speaks to.
 *
 * A socket's system calls never block. It tries at once; where the kernel has nothing (ready bits
 * of its slot, sched/poll.c) the operation waits in the socket until the descriptor changes. */
#pragma once
#include "bif/packet.h"
#include "io/port.h"
#include "proc/timer.h"
#include "sched/sched.h"
#include <sys/socket.h>

/* ---- prim_inet's numbers ---- */
enum SocketState { /* as getstatus/1 tells */
                   NET_OPEN = 0x01,
                   NET_BOUND = 0x02,
                   NET_CONNECTED = 0x04,
                   NET_LISTENS = 0x08,
                   NET_CONNECTING = 0x10,
                   NET_ACCEPTING = 0x20,
                   NET_BUSY = 0x80
};
enum SocketActive { NET_PASSIVE, NET_ACTIVE, NET_ONCE, NET_MULTI };
#define NET_UNKNOWN    "exbadport" /* the error of a request that is none */
#define NET_FOREVER    UINT32_MAX
#define NET_MOST_BYTES (64u << 20) /* of a packet */

struct Socket;
/* An operation that a message {inet_async, Socket, Id, Result} will answer, or that is answered
 * at once. */
typedef struct NetWait {
    Timer timer; /* not armed: no limit */
    Term port, caller;
    uint64_t monitor; /* key of the caller's, or 0 */
    uint16_t id;
    _Atomic(bool) late; /* set by the timer */
    struct NetWait *next;
    Proc *now;   /* the caller, who runs and stands by: the result goes on its heap, no message; */
    Term result; /* BRC_NONE as long as there is none. NULL: a message */
    bool parked; /* the caller is, and has to be woken beside the message (direct.c) */
} NetWait;

typedef struct NetNow { /* the same for a send */
    Proc *p;
    Term answer;
} NetNow;

typedef struct NetCounts { /* of packets, as getstat/2 tells */
    uint64_t bytes, packets, largest;
    double average, deviation;
} NetCounts;

/* All belongs to whoever runs the port. Invariants: 1. fd is q->in_fd; 2. `connecting` waits only
 * in NET_CONNECTING, `accepting` only in NET_LISTENS; 3. q->in holds bytes that came and were not
 * delivered, q->out bytes that were taken over and not sent. */
typedef struct Socket {
    Port *q;
    bool datagrams;
    int family, type, protocol; /* AF_..., SOCK_... */
    uint32_t state;             /* of SocketState */
    Sched *follower;            /* who follows the descriptor, or NULL */
    uint8_t strayed;            /* turns since one of its own thread (state.c) */
    NetWait *connecting, *accepting, *receiving;
    uint32_t wanted_bytes; /* of `receiving`; 0: a packet, or what there is */
    uint16_t last_id;
    /* -- options -- */
    enum SocketActive active;
    int16_t active_count;
    enum PacketType packet;
    PacketLimits limits;
    bool binary, to_port, exit_on_close, delay_send, send_timeout_close, show_reset, buffer_set;
    uint32_t header, buffer, high, low, msgq_high, msgq_low, send_timeout, read_packets;
    bool in_headers; /* of HTTP: after its first line */
    /* -- input -- */
    bool read_ended; /* nothing more comes */
    bool was_connected;
    bool ancillary; /* datagrams come with theirs */
    SharedBin *big; /* a long packet, of big_size bytes; big_have of them are there */
    size_t big_have, big_size;
    char *device, *netns;
    /* -- output -- */
    Term sender; /* whose reply waits while NET_BUSY */
    NetNow *now; /* of the send that goes on, whose caller stands by, or NULL */
    NetWait send_limit;
    bool shutting; /* once all is sent */
    int shut_how;
    bool shut_write;
    Term *watchers; /* of the empty queue; malloc'd */
    uint32_t watcher_count;
    struct NetFile *file; /* that is being sent */
    bool file_begun;
    /* -- what is told once -- */
    bool told_reset, told_closed, say_closed_send, say_closed_recv;
    NetCounts received, sent;
} Socket;

static inline Socket *net_socket(const Port *q) {
    return q->data;
}
static inline ProcSlot *net_slot(const Proc *p) {
    return p->rest->slot;
}

/* ---- bytes of requests and answers ---- */
typedef struct NetBytes { /* what is left to read */
    const uint8_t *at, *end;
} NetBytes;
static inline size_t net_left(const NetBytes *b) {
    return (size_t)(b->end - b->at);
}
static inline uint32_t net_u16(const uint8_t *at) {
    return (uint32_t)at[0] << 8 | at[1];
}
static inline uint32_t net_u32(const uint8_t *at) {
    return net_u16(at) << 16 | net_u16(at + 2);
}
static inline void net_put16(uint8_t *at, uint32_t n) {
    at[0] = (uint8_t)(n >> 8), at[1] = (uint8_t)n;
}
static inline void net_put32(uint8_t *at, uint32_t n) {
    net_put16(at, n >> 16), net_put16(at + 2, n & 0xFFFF);
}

/* What a request comes to. */
typedef struct NetReply {
    Proc *to;          /* on whose heap it is built */
    const char *error; /* NULL: ok, with these bytes */
    PortBytes bytes;
    Term term; /* ok with this list instead, unless BRC_NONE */
} NetReply;
void brc_net_put(NetReply *r, const void *bytes, size_t n);
void brc_net_put_u16(NetReply *r, uint32_t n);
void brc_net_put_u32(NetReply *r, uint32_t n);
void brc_net_fail(NetReply *r, int error); /* an errno */

/* ---- control.c ---- */
extern const PortKind brc_net_tcp, brc_net_udp;

/* ---- address.c ---- */
typedef union NetAddress {
    struct sockaddr any;
    struct sockaddr_storage room;
} NetAddress;
/* Reads an address as prim_inet writes them, of the socket's family. False: none. */
bool brc_net_read_address(int family, NetBytes *b, NetAddress *a, socklen_t *size);
/* At most 300 bytes at `to`; how many. */
size_t brc_net_write_address(const NetAddress *a, socklen_t size, uint8_t *to);
#define NET_ADDRESS_BYTES 300

/* ---- state.c ---- */
void brc_net_follow(Proc *p, Socket *s);     /* the descriptor's changes are told from now on */
void brc_net_close(Proc *p, Socket *s);      /* the descriptor; the port stays */
bool brc_net_may(Proc *p, unsigned event);   /* whether the kernel may be asked */
void brc_net_cannot(Proc *p, Socket *s);     /* it had nothing */
void brc_net_still(Proc *p, unsigned event); /* it may have more */

/* The port ends by itself: its links hear nothing of it, as stock has it. */
void brc_net_over(PortTurn *t, Term reason);

/* ---- wait.c ---- */
NetWait *brc_net_wait(Proc *p, Socket *s, Term caller, NetWait **list); /* at the end of the list */
void brc_net_wait_limit(NetWait *w, uint32_t ms);
/* The port gets a turn when the caller ends. */
void brc_net_wait_monitor(Proc *p, NetWait *w);
/* Takes the first out of the list and answers it: {inet_async, Port, Id, Result}. */
void brc_net_answer(Socket *s, NetWait **list, Term result);
void brc_net_answer_error(Socket *s, NetWait **list, Term reason);
void brc_net_drop_all(Socket *s); /* without a word */
void brc_net_wait_free(NetWait *w);
void brc_net_wait_tell(const NetWait *w, Frag *message);
/* The first that is late, or NULL. */
NetWait **brc_net_late(NetWait **list);

/* ---- message.c ---- */
void brc_net_tell2(Socket *s, Term tag);
void brc_net_tell_closed(Socket *s); /* once of each connection */
void brc_net_tell3(Socket *s, Term tag, Term what);
void brc_net_reply(Socket *s, Term to, Term status); /* {inet_reply, Port, Status} */
void brc_net_reply_error(Socket *s, Term to, Term reason);
size_t brc_net_data_words(const Socket *s, size_t n);
/* Bytes as the owner wants them, in f. shared, where not NULL: a reference to what holds them. */
Term brc_net_data(Frag *f, const Socket *s, const uint8_t *bytes, size_t n, SharedBin *shared);
/* One delivery of active mode is over. */
void brc_net_count_active(Socket *s, Term passive);

/* ---- connect.c ---- */
void brc_net_open(Proc *p, Socket *s, NetBytes *b, bool given, NetReply *r);
void brc_net_bind(Socket *s, NetBytes *b, NetReply *r);
void brc_net_listen(Socket *s, NetBytes *b, NetReply *r);
void brc_net_connect(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r, PortTurn *t);
void brc_net_connect_go_on(Proc *p, Socket *s);
void brc_net_accept(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r);
void brc_net_accept_go_on(Proc *p, Socket *s);
void brc_net_name(Socket *s, bool peer, NetReply *r); /* the address of an end */

/* ---- stream.c ---- */
void brc_net_receive(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r, PortTurn *t);
void brc_net_receive_go_on(Proc *p, Socket *s, PortTurn *t);
void brc_net_end_long(Socket *s); /* an unfinished long packet is bytes like others again */
void brc_net_unreceive(Proc *p, Socket *s, NetBytes *b, NetReply *r, PortTurn *t);

/* ---- direct.c ---- */
void brc_net_direct_start(void);

/* ---- output.c ---- */
Term brc_net_send(Proc *p, Port *q, Term from, Term data, Term how, PortTurn *t);
void brc_net_send_go_on(Proc *p, Socket *s, PortTurn *t);
void brc_net_send_late(Proc *p, Socket *s);
void brc_net_shutdown(Socket *s, NetBytes *b, NetReply *r);
void brc_net_subscribe(Socket *s, Term caller, NetBytes *b, NetReply *r);
/* What is not sent yet is, by a port of nobody's, after s has ended. */
void brc_net_send_rest(Proc *p, Socket *s);
void brc_net_output_free(Socket *s);

/* ---- file.c ---- */
void brc_net_send_file(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r, PortTurn *t);
void brc_net_file_go_on(Proc *p, Socket *s, PortTurn *t);
void brc_net_file_end(Socket *s); /* unfinished: the caller is told that it is closed */

/* ---- datagram.c ---- */
Term brc_net_send_to(Proc *p, Port *q, Term from, Term data, Term how, PortTurn *t);
void brc_net_receive_from(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r);
void brc_net_datagrams_go_on(Proc *p, Socket *s);

/* ---- options.c, options_get.c ---- */
void brc_net_set_options(Proc *p, Socket *s, NetBytes *b, NetReply *r, PortTurn *t);
void brc_net_get_options(Socket *s, NetBytes *b, NetReply *r);

/* ---- host.c, interfaces.c ---- */
void brc_net_host_name(NetReply *r);
void brc_net_service_by_name(NetBytes *b, NetReply *r);
void brc_net_service_by_port(NetBytes *b, NetReply *r);
void brc_net_interfaces(NetReply *r);
void brc_net_interface_names(NetReply *r);
void brc_net_interface_get(Socket *s, NetBytes *b, NetReply *r);
void brc_net_interface_set(Socket *s, NetBytes *b, NetReply *r);

/* ---- counts.c ---- */
void brc_net_count(NetCounts *c, size_t bytes, bool signed_);
void brc_net_statistics(Socket *s, NetBytes *b, NetReply *r);
