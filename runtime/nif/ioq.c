/* ioq.c: vectors of bytes, and queues of them. A piece of a queue owns its bytes: a binary's, or a
 * copy of them. */
#include "nif/nif.h"
#include "base/panic.h"
#include <limits.h>
#include <stdlib.h>

static void *grown(void *at, size_t count, size_t size) {
    at = realloc(at, (count ? count : 1) * size);
    if (!at) brc_base_panic("out of memory (an I/O vector)");
    return at;
}

/* ---- vectors: iov and ref_bins are as long as one another ---- */

typedef struct Vector { /* being made of a list of binaries */
    ErlNifIOVec *v;
    int room;
    bool grows;
} Vector;

static void push(Vector *b, const uint8_t *bytes, size_t size, SharedBin *owner) {
    ErlNifIOVec *v = b->v;
    if (v->iovcnt == b->room) {
        int room = b->room * 2;
        SysIOVec *iov = grown(v->iov == v->small_iov ? NULL : v->iov, (size_t)room, sizeof *iov);
        void **refs =
            grown(v->ref_bins == v->small_ref_bin ? NULL : v->ref_bins, (size_t)room, sizeof *refs);
        if (v->iov == v->small_iov) {
            memcpy(iov, v->small_iov, sizeof v->small_iov);
            memcpy(refs, v->small_ref_bin, sizeof v->small_ref_bin);
        }
        v->iov = iov;
        v->ref_bins = refs;
        b->room = room;
    }
    v->iov[v->iovcnt] = (SysIOVec){.iov_base = (char *)(uintptr_t)bytes, .iov_len = size};
    v->ref_bins[v->iovcnt++] = owner;
    v->size += size;
}

/* The bytes of one binary: shared where it is large, else a copy that the vector owns. */
static bool push_binary(Vector *b, Term t) {
    size_t size;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    if (!bytes) return false;
    BitsView view;
    brc_term_bits_view(t, &view);
    SharedBin *owner = NULL;
    if (!tmp && term_is_kind(view.original, BRC_REFBIN)) {
        owner = (SharedBin *)term_box(view.original)[3];
        brc_ctx_sharedbin_ref(owner);
    } else if (size) {
        owner = brc_ctx_sharedbin_new(size, size);
        memcpy(owner->data, bytes, size);
        bytes = owner->data;
    }
    free(tmp);
    if (size) push(b, bytes, size, owner);
    return true;
}

static void clear(ErlNifIOVec *v) {
    for (int i = 0; i < v->iovcnt; i++)
        if (v->ref_bins[i]) brc_ctx_sharedbin_unref(v->ref_bins[i]);
    if (v->iov != v->small_iov) {
        free(v->iov);
        free(v->ref_bins);
    }
    v->iovcnt = 0;
}

enum { OWN_BLOCK = 1 };

void enif_free_iovec(ErlNifIOVec *v) {
    clear(v);
    if (v->flags & OWN_BLOCK) free(v);
}

static void free_vector(void *v) {
    enif_free_iovec(v);
}

/* *v NULL: a new one, freed by enif_free_iovec where there is no environment, else with that. */
int enif_inspect_iovec(ErlNifEnv *env, size_t most, ERL_NIF_TERM list, ERL_NIF_TERM *tail,
                       ErlNifIOVec **out) {
    ErlNifIOVec *v = *out;
    bool own = v == NULL || env == NULL;
    if (own) v = grown(NULL, 1, sizeof *v);
    v->iovcnt = 0;
    v->size = 0;
    v->iov = v->small_iov;
    v->ref_bins = v->small_ref_bin;
    v->flags = own ? OWN_BLOCK : 0;
    Vector b = {.v = v, .room = ERL_NIF_IOVEC_SIZE};
    size_t n = 0;
    bool good = true;
    for (; good && term_is_cons(list) && n < most; list = term_tail(list), n++)
        good = push_binary(&b, term_head(list));
    if (!good || (!term_is_cons(list) && !term_is_nil(list))) {
        enif_free_iovec(v);
        return 0;
    }
    *tail = list;
    *out = v;
    if (env) brc_nif_temp_release(env, free_vector, v);
    return 1;
}

/* ---- queues ---- */

typedef struct Piece {
    uint8_t *data;
    size_t size;
    SharedBin *owner;
} Piece;

struct erts_io_queue {
    Piece *pieces;    /* [first, end) are there */
    SysIOVec *vector; /* the same, as enif_ioq_peek gives them */
    size_t first, end, room, bytes;
};

ErlNifIOQueue *enif_ioq_create(ErlNifIOQueueOpts opts) {
    if (opts != ERL_NIF_IOQ_NORMAL) return NULL;
    ErlNifIOQueue *q = grown(NULL, 1, sizeof *q);
    *q = (ErlNifIOQueue){0};
    return q;
}

void enif_ioq_destroy(ErlNifIOQueue *q) {
    for (size_t i = q->first; i < q->end; i++)
        brc_ctx_sharedbin_unref(q->pieces[i].owner);
    free(q->pieces);
    free(q->vector);
    free(q);
}

/* The caller's reference to `owner` is handed over. */
static void enqueue(ErlNifIOQueue *q, uint8_t *data, size_t size, SharedBin *owner) {
    if (q->end == q->room) {
        if (q->first)
            memmove(q->pieces, q->pieces + q->first, (q->end - q->first) * sizeof *q->pieces);
        q->end -= q->first;
        q->first = 0;
        if (q->end * 2 >= q->room) {
            q->room = q->room ? q->room * 2 : 16;
            q->pieces = grown(q->pieces, q->room, sizeof *q->pieces);
        }
    }
    q->pieces[q->end++] = (Piece){data, size, owner};
    q->bytes += size;
}

int enif_ioq_enqv(ErlNifIOQueue *q, ErlNifIOVec *v, size_t skip) {
    if (skip > v->size) return 0;
    for (int i = 0; i < v->iovcnt; i++) {
        size_t size = v->iov[i].iov_len, cut = skip < size ? skip : size;
        SharedBin *owner = v->ref_bins[i];
        uint8_t *data = (uint8_t *)v->iov[i].iov_base + cut;
        skip -= cut;
        size -= cut;
        if (!size) continue;
        if (owner) {
            brc_ctx_sharedbin_ref(owner);
        } else {
            owner = brc_ctx_sharedbin_new(size, size);
            memcpy(owner->data, data, size);
            data = owner->data;
        }
        enqueue(q, data, size, owner);
    }
    return 1;
}

/* The binary is the queue's from here on. */
int enif_ioq_enq_binary(ErlNifIOQueue *q, ErlNifBinary *b, size_t skip) {
    if (skip > b->size) return 0;
    SharedBin *owner = b->ref_bin;
    uint8_t *data = b->data;
    if (owner == NULL) {
        owner = brc_ctx_sharedbin_new(b->size, b->size);
        memcpy(owner->data, data, b->size);
        data = owner->data;
    }
    if (b->size > skip)
        enqueue(q, data + skip, b->size - skip, owner);
    else
        brc_ctx_sharedbin_unref(owner);
    b->size = 0, b->data = NULL, b->ref_bin = NULL;
    return 1;
}

size_t enif_ioq_size(ErlNifIOQueue *q) {
    return q->bytes;
}

int enif_ioq_deq(ErlNifIOQueue *q, size_t count, size_t *left) {
    if (count > q->bytes) return 0;
    q->bytes -= count;
    while (count) {
        Piece *piece = &q->pieces[q->first];
        size_t n = count < piece->size ? count : piece->size;
        piece->data += n;
        piece->size -= n;
        count -= n;
        if (piece->size) break;
        brc_ctx_sharedbin_unref(piece->owner);
        q->first++;
    }
    if (left) *left = q->bytes;
    return 1;
}

SysIOVec *enif_ioq_peek(ErlNifIOQueue *q, int *len) {
    size_t n = q->end - q->first;
    q->vector = grown(q->vector, n, sizeof *q->vector);
    for (size_t i = 0; i < n; i++) {
        const Piece *piece = &q->pieces[q->first + i];
        q->vector[i] = (SysIOVec){.iov_base = (char *)piece->data, .iov_len = piece->size};
    }
    *len = (int)(n < INT_MAX ? n : INT_MAX);
    return q->vector;
}

int enif_ioq_peek_head(ErlNifEnv *env, ErlNifIOQueue *q, size_t *size, ERL_NIF_TERM *head) {
    if (q->first == q->end) return 0;
    const Piece *piece = &q->pieces[q->first];
    brc_ctx_sharedbin_ref(piece->owner);
    *head = brc_nif_window(env->p, piece->owner, piece->data, piece->size);
    if (size) *size = piece->size;
    return 1;
}
