/* port_data.c: bytes of ports: queued, and cut into what their owners are sent. */
#include "base/panic.h"
#include "io/port.h"
#include "sig/signal.h"
#include "term/bits.h"
#include <stdlib.h>

void brc_io_port_put(PortBytes *b, const uint8_t *bytes, size_t n) {
    if (b->first == b->end) b->first = b->end = 0;
    if (b->room - b->end < n && b->first > 0) {
        memmove(b->at, b->at + b->first, b->end - b->first);
        b->end -= b->first;
        b->first = 0;
    }
    if (b->room - b->end < n) {
        b->room = 2 * (b->end + n);
        b->at = realloc(b->at, b->room);
        BRC_CHECK(b->at != NULL);
    }
    if (n) memcpy(b->at + b->end, bytes, n);
    b->end += n;
}

void brc_io_port_tell(Proc *p, Port *q, Term what) {
    brc_sig_send_from_runtime(q->owner, term_tuple2(brc_ctx_alloc(p, 3), q->id, what));
}

Term brc_io_port_text(Proc *p, const Port *q, const uint8_t *bytes, size_t n) {
    if (q->binary) return brc_term_bin_new(p, bytes, n);
    Term *cell = brc_ctx_alloc(p, 2 * n) + 2 * n, list = BRC_NIL;
    while (n-- > 0)
        list = term_cons(cell -= 2, BRC_SMALL(bytes[n]), list);
    return list;
}

static void tell_data(Proc *p, Port *q, Term data) {
    brc_io_port_tell(p, q, term_tuple2(brc_ctx_alloc(p, 3), AM(data), data));
}

static void tell_line(Proc *p, Port *q, Term kind, size_t n) {
    Term line = brc_io_port_text(p, q, q->in.at + q->in.first, n);
    tell_data(p, q, term_tuple2(brc_ctx_alloc(p, 3), kind, line));
}

/* Lines end with a line feed, or with a carriage return and a line feed. What the input ends with
 * comes after the child's status, as stock has it. */
static void deliver_lines(Proc *p, Port *q) {
    PortBytes *b = &q->in;
    while (b->first < b->end) {
        size_t n = b->end - b->first, most = q->unit + 2;
        const uint8_t *from = b->at + b->first, *feed = memchr(from, '\n', n < most ? n : most);
        size_t line = feed ? (size_t)(feed - from) : n;
        if (feed && feed > from && feed[-1] == '\r') line--;
        bool is_long = line > q->unit && (n > q->unit + 1 || from[q->unit] != '\r');
        if (feed && line <= q->unit) {
            tell_line(p, q, AM(eol), line);
            b->first += (size_t)(feed - from) + 1;
        } else if (is_long || (q->in_ended && !q->wants_status)) {
            size_t part = n < q->unit ? n : q->unit;
            tell_line(p, q, AM(noeol), part);
            b->first += part;
        } else {
            return;
        }
    }
}

static void deliver_packets(Proc *p, Port *q) {
    PortBytes *b = &q->in;
    while (b->end - b->first >= q->unit) {
        size_t n = 0;
        for (uint32_t i = 0; i < q->unit; i++)
            n = n << 8 | b->at[b->first + i];
        if (b->end - b->first - q->unit < n) return;
        tell_data(p, q, brc_io_port_text(p, q, b->at + b->first + q->unit, n));
        b->first += q->unit + n;
    }
}

void brc_io_port_deliver(Proc *p, Port *q) {
    PortBytes *b = &q->in;
    if (b->first == b->end) return;
    switch (q->framing) {
    case BRC_PORT_LINE: deliver_lines(p, q); return;
    case BRC_PORT_PACKET: deliver_packets(p, q); return;
    case BRC_PORT_STREAM:
        tell_data(p, q, brc_io_port_text(p, q, b->at + b->first, b->end - b->first));
        b->first = b->end;
    }
}
