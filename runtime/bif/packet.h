/* packet.h: the packet formats of erlang:decode_packet/3 and of sockets' {packet, Type}: where a
 * packet ends, what of it is body, and HTTP lines and TLS records as terms. */
#pragma once
#include "term/term.h"

enum PacketType {
    BRC_PACKET_RAW,
    BRC_PACKET_1,
    BRC_PACKET_2,
    BRC_PACKET_4,
    BRC_PACKET_ASN1,
    BRC_PACKET_SUNRM,
    BRC_PACKET_CDR,
    BRC_PACKET_FCGI,
    BRC_PACKET_LINE,
    BRC_PACKET_TPKT,
    BRC_PACKET_HTTP, /* a request or status line */
    BRC_PACKET_HTTP_BIN,
    BRC_PACKET_HTTPH, /* a header line */
    BRC_PACKET_HTTPH_BIN,
    BRC_PACKET_SSL_TLS,
    BRC_PACKET_NONE, /* no such type */
};

typedef struct PacketLimits {
    uint32_t packet_size; /* longer ones are invalid; 0: any */
    uint32_t line_length; /* longer lines are cut; 0: none */
    uint8_t delimiter;    /* of lines */
} PacketLimits;

/* The type that a term names (raw, 0, 1, line, http...). */
enum PacketType brc_bif_packet_type(Term t);
/* Bytes of the packet that begins the n bytes at b, perhaps more than there are; 0: not known yet;
 * -1: invalid. */
int64_t brc_bif_packet_length(enum PacketType type, const uint8_t *b, size_t n,
                              const PacketLimits *limits);
/* Narrows a whole packet to its body. */
void brc_bif_packet_body(enum PacketType type, const uint8_t **b, size_t *n);
/* A whole packet as the term that it stands for; BRC_NONE for types whose packets are but bytes. */
Term brc_bif_packet_term(Proc *p, enum PacketType type, const uint8_t *b, size_t n);
