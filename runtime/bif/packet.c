/* packet.c: where packets end. Most have a head of known size that tells the size of the rest. */
#include "bif/packet.h"
#include <string.h>

enum PacketType brc_bif_packet_type(Term t) {
    switch (t) {
    case BRC_SMALL(0):
    case AM(raw): return BRC_PACKET_RAW;
    case BRC_SMALL(1): return BRC_PACKET_1;
    case BRC_SMALL(2): return BRC_PACKET_2;
    case BRC_SMALL(4): return BRC_PACKET_4;
    case AM(asn1): return BRC_PACKET_ASN1;
    case AM(sunrm): return BRC_PACKET_SUNRM;
    case AM(cdr): return BRC_PACKET_CDR;
    case AM(fcgi): return BRC_PACKET_FCGI;
    case AM(line): return BRC_PACKET_LINE;
    case AM(tpkt): return BRC_PACKET_TPKT;
    case AM(http): return BRC_PACKET_HTTP;
    case AM(http_bin): return BRC_PACKET_HTTP_BIN;
    case AM(httph): return BRC_PACKET_HTTPH;
    case AM(httph_bin): return BRC_PACKET_HTTPH_BIN;
    case AM(ssl_tls): return BRC_PACKET_SSL_TLS;
    default: return BRC_PACKET_NONE;
    }
}

/* ---- numbers in heads ---- */

static uint32_t big_endian(const uint8_t *b, unsigned n) {
    uint32_t v = 0;
    for (unsigned i = 0; i < n; i++)
        v = v << 8 | b[i];
    return v;
}

/* Head and body together; -1 where they are too large or the body is negative. */
static int64_t whole(int64_t head, int64_t body, const PacketLimits *l) {
    if (body < 0 || (l->packet_size != 0 && body > (int64_t)l->packet_size)) return -1;
    return head + body > INT32_MAX ? -1 : head + body;
}

static int64_t counted(const uint8_t *b, size_t n, unsigned head, const PacketLimits *l) {
    return n < head ? 0 : whole(head, big_endian(b, head), l);
}

static int64_t asn1(const uint8_t *b, size_t n, const PacketLimits *l) {
    size_t at = 1;
    if (n < 2) return 0;
    if ((b[0] & 0x1F) == 0x1F) { /* a tag of several bytes */
        while (at < n && (b[at] & 0x80) != 0)
            at++;
        if (n - at < 2) return 0;
        at++;
    }
    unsigned length = b[at] & 0x7F;
    if ((b[at++] & 0x80) == 0) return whole((int64_t)at, length, l);
    if (n - at < length) return 0;
    if (length > 4) return -1;
    return whole((int64_t)(at + length), big_endian(b + at, length), l);
}

static int64_t cdr(const uint8_t *b, size_t n, const PacketLimits *l) {
    if (n < 12) return 0;
    if (memcmp(b, "GIOP", 4) != 0) return -1;
    uint32_t size = big_endian(b + 8, 4);
    if ((b[6] & 1) != 0) size = __builtin_bswap32(size);
    return whole(12, size, l);
}

static int64_t fcgi(const uint8_t *b, size_t n, const PacketLimits *l) {
    if (n < 8) return 0;
    return b[0] != 1 ? -1 : whole(8, big_endian(b + 4, 2) + b[6], l);
}

static int64_t tpkt(const uint8_t *b, size_t n, const PacketLimits *l) {
    if (n < 4) return 0;
    return b[0] != 3 ? -1 : whole(4, (int64_t)big_endian(b + 2, 2) - 4, l);
}

/* A record, or the hello of SSL 2. */
static bool is_ssl2(const uint8_t *b) {
    return (b[0] & 0x80) != 0 && b[2] == 1;
}

static int64_t ssl_tls(const uint8_t *b, size_t n, const PacketLimits *l) {
    if (n < 5) return 0;
    if (is_ssl2(b)) return whole(5, (int64_t)(big_endian(b, 2) & 0x7FFF) - 3, l);
    return whole(5, big_endian(b + 3, 2), l);
}

/* ---- lines ---- */

static int64_t line(const uint8_t *b, size_t n, const PacketLimits *l) {
    const uint8_t *end = n == 0 ? NULL : memchr(b, l->delimiter, n);
    size_t len = end == NULL ? n : (size_t)(end - b) + 1;
    if (l->packet_size != 0 && len > l->packet_size) return -1;
    if (l->line_length != 0 && (end == NULL ? len >= l->line_length : len > l->line_length))
        return l->line_length;
    return end == NULL ? 0 : (int64_t)len;
}

/* To the end of the line; a header goes on where the next line begins with a blank, so the byte
 * after it must be there. */
static int64_t http_line(const uint8_t *b, size_t n, bool header, const PacketLimits *l) {
    size_t limit = l->packet_size != 0 ? l->packet_size : l->line_length, from = 0;
    if ((n == 1 && b[0] == '\n') || (n == 2 && b[0] == '\r' && b[1] == '\n')) return (int64_t)n;
    for (;;) {
        const uint8_t *end = from == n ? NULL : memchr(b + from, '\n', n - from);
        if (end == NULL) return limit != 0 && n >= limit ? -1 : 0;
        size_t len = (size_t)(end - b) + 1;
        bool goes_on = header && len > 2 && len < n && (b[len] == ' ' || b[len] == '\t');
        if (!goes_on) {
            if (limit != 0 && len > limit) return -1;
            return header && len == n ? 0 : (int64_t)len;
        }
        from = len;
    }
}

int64_t brc_bif_packet_length(enum PacketType type, const uint8_t *b, size_t n,
                              const PacketLimits *l) {
    switch (type) {
    case BRC_PACKET_RAW: return (int64_t)n;
    case BRC_PACKET_1: return counted(b, n, 1, l);
    case BRC_PACKET_2: return counted(b, n, 2, l);
    case BRC_PACKET_4: return counted(b, n, 4, l);
    case BRC_PACKET_SUNRM: return n < 4 ? 0 : whole(4, big_endian(b, 4) & 0x7FFFFFFF, l);
    case BRC_PACKET_ASN1: return asn1(b, n, l);
    case BRC_PACKET_CDR: return cdr(b, n, l);
    case BRC_PACKET_FCGI: return fcgi(b, n, l);
    case BRC_PACKET_LINE: return line(b, n, l);
    case BRC_PACKET_TPKT: return tpkt(b, n, l);
    case BRC_PACKET_HTTP:
    case BRC_PACKET_HTTP_BIN: return http_line(b, n, false, l);
    case BRC_PACKET_HTTPH:
    case BRC_PACKET_HTTPH_BIN: return http_line(b, n, true, l);
    case BRC_PACKET_SSL_TLS: return ssl_tls(b, n, l);
    default: return -1;
    }
}

void brc_bif_packet_body(enum PacketType type, const uint8_t **b, size_t *n) {
    size_t head = type == BRC_PACKET_1   ? 1
                  : type == BRC_PACKET_2 ? 2
                  : type == BRC_PACKET_4 ? 4
                                         : 0;
    if (type == BRC_PACKET_FCGI) *n -= (*b)[6]; /* padding */
    *b += head;
    *n -= head;
}
