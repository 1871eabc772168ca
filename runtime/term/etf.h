/* etf.h: the external term format, as term_to_binary and binary_to_term speak it. Neither way
 * recurses on the C stack; what comes in may be hostile. */
#pragma once
#include "term/term.h"
#include "ctx/alloc.h"

enum {
    BRC_ETF_OLD_FLOATS = 1,    /* {minor_version, 0} */
    BRC_ETF_UTF8_ATOMS = 2,    /* {minor_version, 2} */
    BRC_ETF_DETERMINISTIC = 4, /* large maps in key order */
    BRC_ETF_SAFE = 8,          /* decoding makes no atoms and no references to functions */
};

/* Where a large binary is left out of the encoded bytes, to be sent as it is. */
typedef struct EtfCut {
    uint64_t at; /* bytes before it */
    Term bits;   /* whose whole bytes belong here */
} EtfCut;
typedef struct EtfCuts {
    EtfCut *at; /* malloc'd; the caller frees */
    size_t count, room;
} EtfCuts;

/* The encoded term, version byte first, in new shared bytes that the caller owns. self: the pid
 * that funs name as their maker. cuts: NULL, or where off-heap binaries are noted instead of
 * copied. NULL: too large for the format. */
SharedBin *brc_term_etf_encode(Term t, unsigned flags, Term self, EtfCuts *cuts);
/* Its size in bytes; 0: too large for the format. */
uint64_t brc_term_etf_size(Term t, unsigned flags);

/* Gives the entry of a fun that came from outside. `like` has all fields but code and name; index
 * -1: fun M:F/A, with its name. existing: only if the function is there. NULL: no such fun. */
typedef const FunEntry *EtfFindFun(const FunEntry *like, bool existing);

/* The term at the start of those bytes (the version byte first, perhaps compressed); BRC_NONE
 * (without failure set) where there is none. *used: bytes it took; may be NULL. p NULL: the term
 * goes to the literal area. find NULL: no funs. */
Term brc_term_etf_decode(Proc *p, const uint8_t *bytes, size_t size, unsigned flags,
                         EtfFindFun *find, size_t *used);
/* The same of bytes that are known not to be compressed. */
Term brc_term_etf_decode_plain(Proc *p, const uint8_t *bytes, size_t size, EtfFindFun *find);
/* Of what follows the version byte, not compressed. */
Term brc_term_etf_decode_body(Proc *p, const uint8_t *bytes, size_t size, unsigned flags,
                              EtfFindFun *find, size_t *used);

/* Local funs that were encoded are remembered, so that they can be found when they come back: what
 * local entries an EtfFindFun can know. Any thread. */
/* The entry that is kept: e, or one that is the same. */
const FunEntry *brc_term_etf_note_fun(const FunEntry *e);
const FunEntry *brc_term_etf_noted_fun(const FunEntry *like);
