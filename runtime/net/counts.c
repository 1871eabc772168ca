/* counts.c: how much went through a socket, as inet:getstat/2 tells. */
#include "net/socket.h"
#include <math.h>

enum { /* of requests and answers */
       RECV_COUNT = 1,
       RECV_MAX,
       RECV_AVERAGE,
       RECV_DEVIATION,
       SEND_COUNT,
       SEND_MAX,
       SEND_AVERAGE,
       SEND_PENDING,
       RECV_BYTES,
       SEND_BYTES
};

/* signed_: the deviation is the mean of differences with their signs, as stock counts what comes.
 */
void brc_net_count(NetCounts *c, size_t bytes, bool signed_) {
    double n = (double)++c->packets, before = c->average;
    c->bytes += bytes;
    if (bytes > c->largest) c->largest = bytes;
    c->average = before + ((double)bytes - before) / n;
    double difference = (double)bytes - c->average;
    if (!signed_) difference = fabs(difference);
    c->deviation += (difference - c->deviation) / n;
}

static void put64(NetReply *r, uint64_t n) {
    brc_net_put_u32(r, (uint32_t)(n >> 32));
    brc_net_put_u32(r, (uint32_t)n);
}

static uint64_t value(const Socket *s, uint8_t what) {
    const NetCounts *c = what <= RECV_DEVIATION ? &s->received : &s->sent;
    switch (what) {
    case RECV_COUNT:
    case SEND_COUNT: return c->packets;
    case RECV_MAX:
    case SEND_MAX: return c->largest;
    case RECV_AVERAGE:
    case SEND_AVERAGE: return (uint64_t)c->average;
    case RECV_DEVIATION: return (uint64_t)fabs(c->deviation);
    default: return s->q->out.end - s->q->out.first;
    }
}

void brc_net_statistics(Socket *s, NetBytes *b, NetReply *r) {
    for (; b->at < b->end; b->at++) {
        uint8_t what = *b->at;
        if (what < RECV_COUNT || what > SEND_BYTES) {
            r->error = "einval";
            return;
        }
        brc_net_put(r, &what, 1);
        if (what == RECV_BYTES)
            put64(r, s->received.bytes);
        else if (what == SEND_BYTES)
            put64(r, s->sent.bytes);
        else
            brc_net_put_u32(r, (uint32_t)value(s, what));
    }
}
