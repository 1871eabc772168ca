/* zstream.h: a zlib stream as a program holds it: a magic reference to zlib's state, the input that
 * waits for it, and a term put by. Only the controlling process may use it, so nothing but its
 * name needs care between threads. */
#pragma once
#include <zlib.h>
#include "ctx/magic.h"
#include "term/bits.h"

enum ZState { ZS_IDLE, ZS_DEFLATES, ZS_INFLATES, ZS_CLOSED };

/* What an inflating stream does with input that follows the end of its data. */
enum ZAfterEnd { ZS_AFTER_ERROR, ZS_AFTER_RESET, ZS_AFTER_CUT };

/* A run of input bytes; owns one reference to the shared bytes that they lie in. */
typedef struct ZInput {
    struct ZInput *next;
    SharedBin *shared;
    const uint8_t *at;
    size_t left; /* bytes, not 0 */
} ZInput;

/* Invariants: (1) z is zlib's while state is ZS_DEFLATES or ZS_INFLATES; (2) waiting is the sum of
 * `left` over the input; (3) last is the last run, undefined where first is NULL. */
typedef struct ZStream {
    Magic magic;
    /* A pid. Its holder's release in brc_bif_zstream_hand_over pairs with the acquire of the next
     * one in brc_bif_zstream_is_mine. */
    _Atomic(Term) controller;
    /* Owner: the controlling process. */
    z_stream z;
    enum ZState state;
    enum ZAfterEnd after_end;
    bool raw;       /* neither zlib's nor gzip's header: the plain bytes are summed up here */
    bool end_seen;  /* of an inflating stream's data */
    uLong crc;      /* of the plain bytes of a raw stream */
    int chunk_size; /* inflateChunk's */
    ZInput *first, *last;
    size_t waiting;
    bool has_stash;
    Term stash;       /* in stash_frag, or a literal, or an immediate */
    Frag *stash_frag; /* may be NULL */
} ZStream;

/* A new stream of p's, and its reference. */
Term brc_bif_zstream_open(Proc *p);
ZStream *brc_bif_zstream_of(Term t); /* NULL: no stream */
bool brc_bif_zstream_is_mine(const Proc *p, const ZStream *s);
void brc_bif_zstream_hand_over(ZStream *s, Term pid);
/* Gives back all it holds; the reference stays, good for nothing. */
void brc_bif_zstream_close(ZStream *s);
/* Drops input and stash. */
void brc_bif_zstream_clear(ZStream *s);
/* zlib's deflateEnd or inflateEnd, after which the stream is as new; Z_DATA_ERROR, too, where data
 * was missing or left over. */
int brc_bif_zstream_end(ZStream *s);

void brc_bif_zstream_stash(ZStream *s, Term t); /* has none */
void brc_bif_zstream_drop_stash(ZStream *s);

/* Queues a binary's bytes, shared where they lie off the heap. False: no binary. */
bool brc_bif_zstream_queue(ZStream *s, Term bin);

/* One bounded slice: takes about in_limit bytes of input at most, puts room bytes out at most. A
 * flush other than Z_NO_FLUSH takes effect once the input is used up. */
typedef struct ZSlice {
    int status; /* zlib's */
    size_t taken, made;
} ZSlice;
ZSlice brc_bif_zstream_run(ZStream *s, size_t in_limit, uint8_t *out, uint32_t room, int flush);
