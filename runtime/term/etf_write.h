/* etf_write.h: bytes of the external format put out, and the terms without parts; shared by
 * etf_encode.c and etf_write.c only. Bytes go to a SharedBin that grows; for counting they go round
 * in a small scratch area. */
#pragma once
#include "term/etf.h"

typedef struct EtfWriter {
    uint8_t *at, *end;
    SharedBin *bin;     /* NULL: counting */
    uint64_t elsewhere; /* bytes counted or left out before `at`'s area */
    unsigned flags;
    uint8_t scratch[512];
} EtfWriter;

static inline size_t etf_filled(const EtfWriter *o) {
    return (size_t)(o->at - (o->bin ? o->bin->data : o->scratch));
}
static inline uint64_t etf_position(const EtfWriter *o) {
    return o->elsewhere + etf_filled(o);
}

void brc_term_etf_make_room(EtfWriter *o, size_t n);
/* Room for n bytes at o->at; at most 300 of them while counting. */
static inline void etf_reserve(EtfWriter *o, size_t n) {
    if ((size_t)(o->end - o->at) < n) brc_term_etf_make_room(o, n);
}
static inline void etf_put8(EtfWriter *o, unsigned v) {
    *o->at++ = (uint8_t)v;
}
static inline void etf_put16(EtfWriter *o, unsigned v) {
    etf_put8(o, v >> 8);
    etf_put8(o, v);
}
static inline void etf_put32(EtfWriter *o, uint64_t v) {
    etf_put16(o, (unsigned)(v >> 16));
    etf_put16(o, (unsigned)v);
}

void brc_term_etf_put_bits(EtfWriter *o, const uint8_t *data, uint64_t bit, uint64_t bits);
void brc_term_etf_put_atom(EtfWriter *o, Term atom);
void brc_term_etf_put_int(EtfWriter *o, int64_t n);
void brc_term_etf_put_local_pid(EtfWriter *o, Term pid);
void brc_term_etf_put_immediate(EtfWriter *o, Term t);
/* A BIGPOS, BIGNEG, FLOAT, REF or EXTERNAL. */
void brc_term_etf_put_boxed_leaf(EtfWriter *o, const Term *box);
