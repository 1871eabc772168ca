/* bif_zlib.c: what module zlib leaves to native code. OTP's zlib.erl checks arguments and loops;
 * here each call does one bounded step on a stream (zstream.h). */
#include "abi/bif.h"
#include "bif/iowalk.h"
#include "bif/zstream.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "heap/heap.h"
#include "term/int.h"
#include <stdlib.h>

#define INPUT_RUNS    256   /* binaries queued in one call */
#define DICTIONARY    32768 /* bytes of a window, the largest there is */
#define BYTES_PER_RED 8

/* ---- who may do what ---- */

/* The stream, where p may use it; else NULL with the failure set. */
static ZStream *mine(Proc *p, Term t) {
    ZStream *s = brc_bif_zstream_of(t);
    if (s == NULL)
        brc_ctx_badarg(p);
    else if (!brc_bif_zstream_is_mine(p, s))
        brc_ctx_error(p, AM(not_on_controlling_process)), s = NULL;
    return s;
}

static ZStream *mine_in(Proc *p, Term t, enum ZState state) {
    ZStream *s = mine(p, t);
    if (s == NULL || s->state == state) return s;
    brc_ctx_error(p, state == ZS_IDLE ? AM(already_initialized) : AM(not_initialized));
    return NULL;
}

static bool int_of(Term t, int *n) {
    *n = (int)term_small(t);
    return term_is_small(t) && term_small(t) == *n;
}

/* zlib's answer as the program sees it: two are errors, the rest are values. */
static Term answer(Proc *p, int status) {
    switch (status) {
    case Z_OK: return AM(ok);
    case Z_STREAM_END: return AM(stream_end);
    case Z_STREAM_ERROR: return brc_ctx_error(p, AM(stream_error));
    case Z_DATA_ERROR: return brc_ctx_error(p, AM(data_error));
    case Z_MEM_ERROR: return AM(mem_error);
    case Z_BUF_ERROR: return AM(buf_error);
    case Z_VERSION_ERROR: return AM(version_error);
    default: return AM(unknown_error);
    }
}

/* A checksum, signed as stock has it: what needs 32 bits reads as a negative number. */
static Term signed_sum(uLong sum) {
    return BRC_SMALL((int32_t)(uint32_t)sum);
}

/* ---- streams ---- */

Term brc_bif_zlib_open_nif_0(Proc *p) {
    return brc_bif_zstream_open(p);
}

Term brc_bif_zlib_close_nif_1(Proc *p, Term t) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    if (s->state == ZS_CLOSED) return brc_ctx_error(p, AM(not_initialized));
    brc_bif_zstream_close(s);
    return AM(ok);
}

Term brc_bif_zlib_set_controller_nif_2(Proc *p, Term t, Term pid) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    brc_bif_zstream_hand_over(s, pid);
    return AM(ok);
}

Term brc_bif_zlib_enqueue_nif_2(Proc *p, Term t, Term bins) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    if (s->state != ZS_DEFLATES && s->state != ZS_INFLATES)
        return brc_ctx_error(p, AM(not_initialized));
    for (int i = 0; i < INPUT_RUNS && term_is_cons(bins); i++, bins = term_tail(bins))
        if (!brc_bif_zstream_queue(s, term_head(bins))) return brc_ctx_badarg(p);
    brc_ctx_charge(p, INPUT_RUNS / 4);
    if (term_is_nil(bins)) return AM(ok);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(continue), bins);
}

/* ---- a step ---- */

static Term output_list(Proc *p, SharedBin *b, size_t made) {
    if (made == 0) {
        brc_ctx_sharedbin_unref(b);
        return BRC_NIL;
    }
    b->size_bytes = made;
    Term bin = brc_term_bin_own(p, b);
    return term_cons(brc_ctx_alloc(p, 2), bin, BRC_NIL);
}

static Term run(Proc *p, ZStream *s, Term in_limit, Term room, Term flush) {
    int in, out, how;
    if (!int_of(in_limit, &in) || !int_of(room, &out) || !int_of(flush, &how) || in <= 0 ||
        out <= 0)
        return brc_ctx_badarg(p);
    SharedBin *b = brc_ctx_sharedbin_new((size_t)out, (size_t)out);
    ZSlice done = brc_bif_zstream_run(s, (size_t)in, b->data, (uint32_t)out, how);
    brc_ctx_charge(p, 1 + (done.taken + done.made) / BYTES_PER_RED);
    int failed = done.status < 0 && done.status != Z_BUF_ERROR ? done.status : Z_OK;
    bool stuck = done.taken == 0 && done.made == 0 && s->waiting != 0;
    if (failed == Z_OK && stuck) failed = Z_DATA_ERROR;
    if (failed != Z_OK) {
        brc_ctx_sharedbin_unref(b);
        return answer(p, failed);
    }
    if (done.status == Z_STREAM_END) s->end_seen = true;
    Term output = output_list(p, b, done.made);
    if (s->waiting == 0 && done.made < (size_t)out)
        return term_tuple2(brc_ctx_alloc(p, 3), AM(finished), output);
    if (done.status != Z_NEED_DICT) return term_tuple2(brc_ctx_alloc(p, 3), AM(continue), output);
    return term_tuple3(brc_ctx_alloc(p, 4), AM(need_dictionary), signed_sum(s->z.adler), output);
}

/* ---- deflate ---- */

static void begin(ZStream *s, enum ZState state, int window_bits) {
    s->state = state;
    s->raw = window_bits < 0;
    s->end_seen = false;
    s->crc = 0;
}

Term brc_bif_zlib_deflateInit_nif_6(Proc *p, Term t, Term level, Term method, Term window,
                                    Term memory, Term strategy) {
    int l, m, w, mem, strat;
    if (!int_of(level, &l) || !int_of(method, &m) || !int_of(window, &w) || !int_of(memory, &mem) ||
        !int_of(strategy, &strat))
        return brc_ctx_badarg(p);
    ZStream *s = mine_in(p, t, ZS_IDLE);
    if (s == NULL) return BRC_NONE;
    int status = deflateInit2(&s->z, l, m, w, mem, strat);
    if (status == Z_OK) begin(s, ZS_DEFLATES, w);
    return answer(p, status);
}

Term brc_bif_zlib_deflate_nif_4(Proc *p, Term t, Term in_limit, Term room, Term flush) {
    ZStream *s = mine_in(p, t, ZS_DEFLATES);
    return s == NULL ? BRC_NONE : run(p, s, in_limit, room, flush);
}

/* The module has flushed to a byte boundary before: the spare byte stays empty, or else what is
 * pending would be lost. */
Term brc_bif_zlib_deflateParams_nif_3(Proc *p, Term t, Term level, Term strategy) {
    int l, strat;
    uint8_t spare;
    if (!int_of(level, &l) || !int_of(strategy, &strat)) return brc_ctx_badarg(p);
    ZStream *s = mine_in(p, t, ZS_DEFLATES);
    if (s == NULL) return BRC_NONE;
    s->z.next_out = &spare;
    s->z.avail_out = 1;
    int status = deflateParams(&s->z, l, strat);
    return answer(p, s->z.avail_out == 0 ? Z_STREAM_ERROR : status);
}

static Term reset(Proc *p, ZStream *s) {
    if (s == NULL) return BRC_NONE;
    int status = s->state == ZS_DEFLATES ? deflateReset(&s->z) : inflateReset(&s->z);
    s->crc = 0;
    s->end_seen = false;
    brc_bif_zstream_clear(s);
    return answer(p, status);
}

Term brc_bif_zlib_deflateReset_nif_1(Proc *p, Term t) {
    return reset(p, mine_in(p, t, ZS_DEFLATES));
}

Term brc_bif_zlib_deflateEnd_nif_1(Proc *p, Term t) {
    ZStream *s = mine_in(p, t, ZS_DEFLATES);
    return s == NULL ? BRC_NONE : answer(p, brc_bif_zstream_end(s));
}

/* ---- inflate ---- */

Term brc_bif_zlib_inflateInit_nif_3(Proc *p, Term t, Term window, Term after_end) {
    int w, after;
    if (!int_of(window, &w) || !int_of(after_end, &after)) return brc_ctx_badarg(p);
    ZStream *s = mine_in(p, t, ZS_IDLE);
    if (s == NULL) return BRC_NONE;
    s->z.next_in = NULL;
    s->z.avail_in = 0;
    int status = inflateInit2(&s->z, w);
    if (status == Z_OK) {
        begin(s, ZS_INFLATES, w);
        s->after_end = (enum ZAfterEnd)after;
    }
    return answer(p, status);
}

/* More input after the end of the data. */
static int go_past_end(ZStream *s) {
    if (s->after_end == ZS_AFTER_ERROR) return Z_DATA_ERROR;
    if (s->after_end == ZS_AFTER_CUT) {
        brc_bif_zstream_clear(s);
        return Z_OK;
    }
    int status = inflateReset(&s->z);
    if (status == Z_OK) s->end_seen = false;
    return status;
}

Term brc_bif_zlib_inflate_nif_4(Proc *p, Term t, Term in_limit, Term room, Term flush) {
    ZStream *s = mine_in(p, t, ZS_INFLATES);
    if (s == NULL) return BRC_NONE;
    if (s->end_seen && s->waiting != 0) {
        int status = go_past_end(s);
        if (status != Z_OK) return answer(p, status);
    }
    return run(p, s, in_limit, room, flush);
}

Term brc_bif_zlib_inflateReset_nif_1(Proc *p, Term t) {
    return reset(p, mine_in(p, t, ZS_INFLATES));
}

Term brc_bif_zlib_inflateEnd_nif_1(Proc *p, Term t) {
    ZStream *s = mine_in(p, t, ZS_INFLATES);
    return s == NULL ? BRC_NONE : answer(p, brc_bif_zstream_end(s));
}

Term brc_bif_zlib_inflateGetDictionary_nif_1(Proc *p, Term t) {
    ZStream *s = mine_in(p, t, ZS_INFLATES);
    if (s == NULL) return BRC_NONE;
    SharedBin *b = brc_ctx_sharedbin_new(0, DICTIONARY);
    uInt size = 0;
    int status = inflateGetDictionary(&s->z, b->data, &size);
    if (status < 0) {
        brc_ctx_sharedbin_unref(b);
        return answer(p, status);
    }
    b->size_bytes = size;
    return brc_term_bin_own(p, b);
}

/* ---- dictionaries ---- */

typedef struct Gathered {
    uint8_t *bytes; /* malloc'd */
    size_t size, room;
} Gathered;

static void gather(void *state, const uint8_t *bytes, size_t n) {
    Gathered *g = state;
    if (g->room - g->size < n) {
        g->room = 2 * (g->size + n);
        g->bytes = realloc(g->bytes, g->room);
        if (g->bytes == NULL) abort();
    }
    if (n != 0) memcpy(g->bytes + g->size, bytes, n);
    g->size += n;
}

/* zlib's call, with the bytes of iodata; *sum: of the dictionary. */
static int set_dictionary(ZStream *s, const Gathered *g, uLong *sum) {
    static const Bytef none[1];
    const Bytef *bytes = g->bytes != NULL ? g->bytes : none;
    int status = s->state == ZS_DEFLATES ? deflateSetDictionary(&s->z, bytes, (uInt)g->size)
                                         : inflateSetDictionary(&s->z, bytes, (uInt)g->size);
    *sum = s->raw ? adler32_z(0, bytes, g->size) : s->z.adler;
    return status;
}

static Term dictionary(Proc *p, Term t, Term data, enum ZState state) {
    Gathered g = {NULL, 0, 0};
    size_t bytes;
    uLong sum = 0;
    int status = Z_OK;
    ZStream *s = NULL;
    if (!brc_bif_io_walk(data, gather, &g, &bytes))
        brc_ctx_badarg(p);
    else
        s = mine_in(p, t, state);
    if (s != NULL) status = set_dictionary(s, &g, &sum);
    free(g.bytes);
    if (s == NULL) return BRC_NONE;
    brc_ctx_charge(p, bytes / BYTES_PER_RED);
    if (status == Z_OK && state == ZS_DEFLATES) return signed_sum(sum);
    return answer(p, status);
}

Term brc_bif_zlib_deflateSetDictionary_nif_2(Proc *p, Term t, Term data) {
    return dictionary(p, t, data, ZS_DEFLATES);
}
Term brc_bif_zlib_inflateSetDictionary_nif_2(Proc *p, Term t, Term data) {
    return dictionary(p, t, data, ZS_INFLATES);
}

/* ---- what the module keeps in a stream ---- */

Term brc_bif_zlib_getStash_nif_1(Proc *p, Term t) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    if (!s->has_stash) return AM(empty_word);
    Term kept = brc_heap_copy_to_proc(p, s->stash);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), kept);
}

Term brc_bif_zlib_setStash_nif_2(Proc *p, Term t, Term kept) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    if (s->has_stash) return brc_ctx_error(p, AM(error));
    brc_bif_zstream_stash(s, kept);
    return AM(ok);
}

Term brc_bif_zlib_clearStash_nif_1(Proc *p, Term t) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    if (!s->has_stash) return brc_ctx_error(p, AM(error));
    brc_bif_zstream_drop_stash(s);
    return AM(ok);
}

Term brc_bif_zlib_getBufSize_nif_1(Proc *p, Term t) {
    ZStream *s = mine(p, t);
    return s == NULL ? BRC_NONE : BRC_SMALL(s->chunk_size);
}

Term brc_bif_zlib_setBufSize_nif_2(Proc *p, Term t, Term size) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    return int_of(size, &s->chunk_size) ? AM(ok) : brc_ctx_badarg(p);
}

Term brc_bif_zlib_crc32_nif_1(Proc *p, Term t) {
    ZStream *s = mine(p, t);
    if (s == NULL) return BRC_NONE;
    if (s->state != ZS_DEFLATES && s->state != ZS_INFLATES)
        return brc_ctx_error(p, AM(not_initialized));
    return BRC_SMALL(s->crc);
}
