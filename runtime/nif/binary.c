/* binary.c: binaries. One that a NIF has allocated owns a SharedBin (ref_bin); one that it looks at
 * owns nothing. */
#include "nif/nif.h"
#include "bif/iowalk.h"
#include "base/panic.h"
#include "bif/etf_fun.h"
#include <stdlib.h>

/* ---- looking ---- */

/* Not as a whole: libraries from before version 2.14 have no room for what is spare. */
static int fill(ErlNifBinary *b, const uint8_t *bytes, size_t size, SharedBin *owner) {
    b->size = size;
    b->data = (unsigned char *)(uintptr_t)bytes;
    b->ref_bin = owner;
    return 1;
}

static int show(ErlNifBinary *b, const uint8_t *bytes, size_t size) {
    return fill(b, bytes, size, NULL);
}

int enif_inspect_binary(ErlNifEnv *env, ERL_NIF_TERM t, ErlNifBinary *b) {
    size_t size;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    if (!bytes) return 0;
    if (tmp) brc_nif_temp_release(env, free, tmp);
    return show(b, bytes, size);
}

typedef struct Gather {
    uint8_t *at;
    size_t len, room;
} Gather;

static void add(void *state, const uint8_t *bytes, size_t n) {
    Gather *g = state;
    if (g->room - g->len < n) {
        g->room = 2 * (g->len + n);
        g->at = realloc(g->at, g->room);
        if (!g->at) brc_base_panic("out of memory (%zu bytes of iodata)", g->room);
    }
    memcpy(g->at + g->len, bytes, n);
    g->len += n;
}

int enif_inspect_iolist_as_binary(ErlNifEnv *env, ERL_NIF_TERM t, ErlNifBinary *b) {
    if (term_is_bitstring(t)) return enif_inspect_binary(env, t, b);
    Gather g = {.at = malloc(64), .room = 64};
    size_t total;
    if (!term_is_list(t) || !brc_bif_io_walk(t, add, &g, &total)) {
        free(g.at);
        return 0;
    }
    brc_nif_temp_release(env, free, g.at);
    return show(b, g.at, g.len);
}

/* ---- owning ---- */

int enif_alloc_binary(size_t size, ErlNifBinary *b) {
    SharedBin *s = brc_ctx_sharedbin_new(size, size);
    return fill(b, s->data, size, s);
}

int enif_realloc_binary(ErlNifBinary *b, size_t size) {
    SharedBin *s = b->ref_bin;
    if (!s || atomic_load(&s->refs) != 1) { /* bytes of a term, or shared: a copy of its own */
        SharedBin *fresh = brc_ctx_sharedbin_new(size, size);
        memcpy(fresh->data, b->data, size < b->size ? size : b->size);
        if (s) brc_ctx_sharedbin_unref(s);
        return fill(b, fresh->data, size, fresh);
    }
    s = brc_ctx_sharedbin_grow(s, size);
    s->size_bytes = size;
    return fill(b, s->data, size, s);
}

void enif_release_binary(ErlNifBinary *b) {
    if (b->ref_bin) brc_ctx_sharedbin_unref(b->ref_bin);
    fill(b, NULL, 0, NULL);
}

/* The data of a REFBIN are aligned: match contexts hold their address among terms. */
Term brc_nif_window(Proc *p, SharedBin *b, const uint8_t *data, size_t size) {
    size_t over = (uintptr_t)data & 15;
    Term whole = brc_ctx_refbin(p, b, (uint8_t *)(uintptr_t)data - over, size + over);
    if (over == 0) return whole;
    Term *at = brc_ctx_alloc(p, 5);
    at[0] = BRC_HEADER(BRC_SUBBITS, 4);
    at[1] = whole;
    at[2] = BRC_SMALL(8 * over);
    at[3] = BRC_SMALL(8 * size);
    at[4] = BRC_SMALL(0);
    return term_make_boxed(at);
}

/* The bytes stay readable where they are until the environment ends. */
ERL_NIF_TERM enif_make_binary(ErlNifEnv *env, ErlNifBinary *b) {
    SharedBin *s = b->ref_bin;
    if (!s) return brc_term_bin_new(env->p, b->data, b->size);
    b->ref_bin = NULL;
    if (b->size > BRC_HEAPBIN_MAX) return brc_ctx_refbin(env->p, s, b->data, b->size);
    uint8_t *bytes;
    Term t = brc_term_bin_alloc(env->p, b->size, &bytes);
    memcpy(bytes, b->data, b->size);
    b->data = bytes;
    brc_ctx_sharedbin_unref(s);
    return t;
}

unsigned char *enif_make_new_binary(ErlNifEnv *env, size_t size, ERL_NIF_TERM *t) {
    uint8_t *bytes;
    *t = brc_term_bin_alloc(env->p, size, &bytes);
    return bytes;
}

ERL_NIF_TERM enif_make_sub_binary(ErlNifEnv *env, ERL_NIF_TERM t, size_t at, size_t size) {
    return brc_term_bits_sub(env->p, t, 8 * at, 8 * size);
}

/* ---- the external format ---- */

int enif_term_to_binary(ErlNifEnv *env, ERL_NIF_TERM t, ErlNifBinary *b) {
    SharedBin *s = brc_term_etf_encode(t, 0, env ? env->p->pid : BRC_NIL, NULL);
    if (!s) return 0;
    return fill(b, s->data, s->size_bytes, s);
}

size_t enif_binary_to_term(ErlNifEnv *env, const unsigned char *data, size_t size, ERL_NIF_TERM *t,
                           unsigned opts) {
    if (opts & ~(unsigned)ERL_NIF_BIN2TERM_SAFE) return 0;
    size_t used = 0;
    Term made =
        brc_term_etf_decode(env->p, data, size, opts ? BRC_ETF_SAFE : 0, brc_bif_etf_fun, &used);
    if (made == BRC_NONE) return 0;
    *t = made;
    return used;
}
