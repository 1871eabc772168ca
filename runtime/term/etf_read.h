/* etf_read.h: the terms without parts, read from the external format; shared by etf_decode.c and
 * etf_read.c only. Each reader returns false where the bytes end too soon or are wrong. */
#pragma once
#include "term/term.h"
#include "term/room.h"
#include "term/etf.h"

typedef struct EtfReader {
    const uint8_t *at, *end;
    unsigned flags;
    EtfFindFun *find;
    Room room;
} EtfReader;

static inline const uint8_t *etf_read_bytes(EtfReader *r, size_t n) {
    if ((size_t)(r->end - r->at) < n) return NULL;
    const uint8_t *b = r->at;
    r->at += n;
    return b;
}
static inline bool etf_read8(EtfReader *r, uint8_t *v) {
    if (r->at == r->end) return false;
    *v = *r->at++;
    return true;
}
static inline bool etf_read16(EtfReader *r, uint16_t *v) {
    const uint8_t *b = etf_read_bytes(r, 2);
    if (b == NULL) return false;
    *v = (uint16_t)(b[0] << 8 | b[1]);
    return true;
}
static inline bool etf_read32(EtfReader *r, uint32_t *v) {
    const uint8_t *b = etf_read_bytes(r, 4);
    if (b == NULL) return false;
    *v = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    return true;
}

bool brc_term_etf_atom(EtfReader *r, Term *atom);  /* any of the atom forms, tag first */
bool brc_term_etf_small(EtfReader *r, int64_t *n); /* a small integer, tag first */
bool brc_term_etf_leaf(EtfReader *r, Term *slot);  /* anything that holds no other term */
/* The entry for a fun, as far as the flags allow. */
const FunEntry *brc_term_etf_fun(EtfReader *r, const FunEntry *like);
