/* bif_etf.c: term_to_binary, term_to_iovec, binary_to_term, external_size. */
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>
#include "abi/bif.h"
#include "bif/sliced.h"
#include "code/funs.h"
#include "code/raise.h"
#include "proc/proc.h"
#include "term/bits.h"
#include "bif/etf_fun.h"
#include "term/etf_tags.h"
#include "term/int.h"

#define PIECE (32u << 10) /* bytes compressed between looks at how long it takes */

typedef struct EncodeOptions {
    unsigned flags;
    int level; /* of compression, 0: none, -1: zlib's default */
} EncodeOptions;

static bool pair_option(EncodeOptions *o, Term option) {
    if (!term_is_tuple_of(option, 2)) return false;
    const Term *e = term_tuple_elements(option);
    if (!term_is_small(e[1])) return false;
    int64_t n = term_small(e[1]);
    if (e[0] == AM(minor_version) && n >= 0 && n <= 2) {
        o->flags &= ~(unsigned)(BRC_ETF_OLD_FLOATS | BRC_ETF_UTF8_ATOMS);
        if (n == 0) o->flags |= BRC_ETF_OLD_FLOATS;
        if (n == 2) o->flags |= BRC_ETF_UTF8_ATOMS;
        return true;
    }
    o->level = (int)n;
    return e[0] == AM(compressed) && n >= 0 && n <= 9;
}

static bool encode_options(EncodeOptions *o, Term list) {
    *o = (EncodeOptions){0, 0};
    for (; term_is_cons(list); list = term_tail(list)) {
        Term option = term_head(list);
        if (option == AM(compressed))
            o->level = Z_DEFAULT_COMPRESSION;
        else if (option == AM(deterministic))
            o->flags |= BRC_ETF_DETERMINISTIC;
        else if (!pair_option(o, option))
            return false;
    }
    return term_is_nil(list);
}

/* Writes what deflate makes of n bytes to z's output; true where it fits there. */
static bool deflate_all(z_stream *z, const uint8_t *from, size_t n, uint8_t *to, size_t room) {
    int status = Z_OK;
    z->next_in = (Bytef *)(uintptr_t)from;
    z->next_out = to;
    size_t in_left = n, out_left = room;
    while (status == Z_OK && out_left != 0) {
        uInt in_now = in_left > PIECE ? PIECE : (uInt)in_left;
        uInt out_now = out_left > UINT_MAX ? UINT_MAX : (uInt)out_left;
        z->avail_in = in_now, z->avail_out = out_now;
        status = deflate(z, in_now == in_left ? Z_FINISH : Z_NO_FLUSH);
        brc_ctx_pause(20 * (size_t)(in_now - z->avail_in));
        in_left -= in_now - z->avail_in, out_left -= out_now - z->avail_out;
    }
    return status == Z_STREAM_END;
}

/* The compressed form, or b itself where that is no shorter. */
static SharedBin *compress_bin(SharedBin *b, int level) {
    size_t size = b->size_bytes;
    if (level == 0 || size < 6) return b;
    z_stream z = {0};
    if (deflateInit(&z, level) != Z_OK) abort();
    SharedBin *c = brc_ctx_sharedbin_new(size, size);
    bool fits = deflate_all(&z, b->data + 1, size - 1, c->data + 6, size - 6);
    uint64_t out = z.total_out;
    deflateEnd(&z);
    if (!fits) {
        brc_ctx_sharedbin_unref(c);
        return b;
    }
    uint32_t plain = __builtin_bswap32((uint32_t)(size - 1));
    c->data[0] = ETF_VERSION;
    c->data[1] = ETF_COMPRESSED;
    memcpy(c->data + 2, &plain, sizeof plain);
    c->size_bytes = 6 + out;
    brc_ctx_sharedbin_unref(b);
    return c;
}

static Term to_binary(Proc *p, Term t, const EncodeOptions *o) {
    SharedBin *b = brc_term_etf_encode(t, o->flags, proc_pid(p), NULL);
    if (b == NULL) return brc_ctx_system_limit(p);
    brc_ctx_charge(p, b->size_bytes >> (o->level == 0 ? 9 : 7));
    return brc_term_bin_own(p, compress_bin(b, o->level));
}

Term brc_long_erlang_term_to_binary_1(Proc *p, Term t) {
    return to_binary(p, t, &(EncodeOptions){0, 0});
}

Term brc_long_erlang_term_to_binary_2(Proc *p, Term t, Term options) {
    EncodeOptions o;
    return encode_options(&o, options) ? to_binary(p, t, &o) : brc_ctx_badarg(p);
}

/* ---- in pieces ---- */

static Term pieces(Proc *p, Term t, const EncodeOptions *o) {
    EtfCuts cuts = {NULL, 0, 0};
    SharedBin *b = brc_term_etf_encode(t, o->flags, proc_pid(p), &cuts);
    if (b == NULL) {
        free(cuts.at);
        return brc_ctx_system_limit(p);
    }
    brc_ctx_charge(p, b->size_bytes >> 9);
    Term all = brc_term_bin_own(p, b), list = BRC_NIL;
    uint64_t end;
    BitsView v;
    brc_term_bits_view(all, &v);
    end = v.bit_size >> 3;
    for (size_t i = cuts.count; i-- != 0;) { /* from the last on */
        uint64_t at = cuts.at[i].at;
        if (at != end)
            list =
                term_cons(brc_ctx_alloc(p, 2),
                          brc_term_bits_part(p, v.original, v.data, 8 * at, 8 * (end - at)), list);
        BitsView left;
        brc_term_bits_view(cuts.at[i].bits, &left);
        Term whole = brc_term_bits_sub(p, cuts.at[i].bits, 0, left.bit_size & ~UINT64_C(7));
        list = term_cons(brc_ctx_alloc(p, 2), whole, list);
        end = at;
    }
    free(cuts.at);
    return term_cons(brc_ctx_alloc(p, 2), brc_term_bits_sub(p, all, 0, 8 * end), list);
}

Term brc_long_erlang_term_to_iovec_1(Proc *p, Term t) {
    return pieces(p, t, &(EncodeOptions){0, 0});
}

Term brc_long_erlang_term_to_iovec_2(Proc *p, Term t, Term options) {
    EncodeOptions o;
    if (!encode_options(&o, options)) return brc_ctx_badarg(p);
    return o.level != 0 ? to_binary(p, t, &o) : pieces(p, t, &o); /* as stock: no list */
}

/* ---- sizes ---- */

static Term size_of(Proc *p, Term t, unsigned flags) {
    uint64_t size = brc_term_etf_size(t, flags);
    brc_ctx_charge(p, size >> 9);
    return size == 0 ? brc_ctx_system_limit(p) : brc_term_int_from_u64(p, size);
}

Term brc_long_erlang_external_size_1(Proc *p, Term t) {
    return size_of(p, t, 0);
}

Term brc_long_erlang_external_size_2(Proc *p, Term t, Term options) {
    unsigned flags = 0;
    for (; term_is_cons(options); options = term_tail(options)) {
        Term option = term_head(options);
        if (!term_is_tuple_of(option, 2)) return brc_ctx_badarg(p);
        const Term *e = term_tuple_elements(option);
        if (e[0] != AM(minor_version) || (e[1] != BRC_SMALL(0) && e[1] != BRC_SMALL(1)))
            return brc_ctx_badarg(p);
        if (e[1] == BRC_SMALL(0)) flags = BRC_ETF_OLD_FLOATS; /* for good, as stock */
    }
    return term_is_nil(options) ? size_of(p, t, flags) : brc_ctx_badarg(p);
}

/* ---- and back ---- */

const FunEntry *brc_bif_etf_fun(const FunEntry *like, bool existing) {
    if (like->arity > BRC_MAX_ARITY) return NULL;
    if (like->index >= 0) {
        const FunEntry *e = brc_term_etf_noted_fun(like);
        return e ? e : brc_term_etf_note_fun(brc_code_unknown_entry(like));
    }
    if (existing && brc_code_find_export(like->module, like->name, like->arity) == NULL)
        return NULL;
    return brc_code_external_entry(like->module, like->name, like->arity);
}

static Term to_term(Proc *p, Term bin, unsigned flags, size_t *used) {
    size_t size;
    uint8_t *tmp;
    const uint8_t *bytes = brc_term_bin_bytes(bin, &size, &tmp);
    if (bytes == NULL) return brc_ctx_badarg(p);
    Term t = brc_term_etf_decode(p, bytes, size, flags, brc_bif_etf_fun, used);
    free(tmp);
    return t == BRC_NONE ? brc_ctx_badarg(p) : t;
}

Term brc_long_erlang_binary_to_term_1(Proc *p, Term bin) {
    return to_term(p, bin, 0, NULL);
}

Term brc_long_erlang_binary_to_term_2(Proc *p, Term bin, Term options) {
    unsigned flags = 0;
    bool want_used = false;
    for (; term_is_cons(options); options = term_tail(options)) {
        if (term_head(options) == AM(safe))
            flags |= BRC_ETF_SAFE;
        else if (term_head(options) == AM(used))
            want_used = true;
        else
            return brc_ctx_badarg_cause(p, AM(badopt));
    }
    if (!term_is_nil(options)) return brc_ctx_badarg_cause(p, AM(badopt));
    size_t used;
    Term t = to_term(p, bin, flags, &used);
    if (t == BRC_NONE || !want_used) return t;
    return term_tuple2(brc_ctx_alloc(p, 3), t, BRC_SMALL(used));
}
