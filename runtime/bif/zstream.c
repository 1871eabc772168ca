/* zstream.c: see zstream.h. Input keeps the boundaries that it came with: zlib's stored blocks
 * depend on how the bytes are handed to it, and results are to be stock's byte for byte. */
#include "bif/zstream.h"
#include "heap/heap.h"
#include "proc/proc.h"
#include <stdlib.h>

/* ---- input ---- */

static ZInput *drop_first(ZStream *s) {
    ZInput *gone = s->first;
    s->first = gone->next;
    s->waiting -= gone->left;
    brc_ctx_sharedbin_unref(gone->shared);
    free(gone);
    return s->first;
}

static void take(ZStream *s, ZInput *in, size_t n) {
    in->at += n;
    in->left -= n;
    s->waiting -= n;
}

static void append(ZStream *s, SharedBin *shared, const uint8_t *at, size_t n) {
    ZInput *in = malloc(sizeof *in);
    if (in == NULL) abort();
    *in = (ZInput){NULL, shared, at, n};
    if (s->first == NULL)
        s->first = in;
    else
        s->last->next = in;
    s->last = in;
    s->waiting += n;
}

static void append_copy(ZStream *s, const BitsView *v, size_t n) {
    SharedBin *b = brc_ctx_sharedbin_new(n, n);
    brc_term_bits_copy(b->data, 0, v->data, v->bit_offset, v->bit_size);
    append(s, b, b->data, n);
}

bool brc_bif_zstream_queue(ZStream *s, Term bin) {
    BitsView v;
    if (!brc_term_bits_view(bin, &v) || (v.bit_size & 7) != 0) return false;
    size_t n = (size_t)(v.bit_size >> 3);
    if (n == 0) return true;
    if ((v.bit_offset & 7) != 0 || !term_is_kind(v.original, BRC_REFBIN)) {
        append_copy(s, &v, n);
        return true;
    }
    SharedBin *shared = (SharedBin *)term_box(v.original)[3];
    brc_ctx_sharedbin_ref(shared);
    append(s, shared, v.data + (v.bit_offset >> 3), n);
    return true;
}

/* ---- the stash ---- */

void brc_bif_zstream_stash(ZStream *s, Term t) {
    s->stash_frag = brc_heap_copy_to_frag(t);
    s->stash = s->stash_frag != NULL ? s->stash_frag->term : t;
    s->has_stash = true;
}

void brc_bif_zstream_drop_stash(ZStream *s) {
    if (s->stash_frag != NULL) brc_ctx_frag_free(s->stash_frag);
    s->stash_frag = NULL;
    s->stash = BRC_NIL;
    s->has_stash = false;
}

void brc_bif_zstream_clear(ZStream *s) {
    while (s->first != NULL)
        drop_first(s);
    brc_bif_zstream_drop_stash(s);
}

/* ---- the whole ---- */

void brc_bif_zstream_close(ZStream *s) {
    if (s->state == ZS_DEFLATES) deflateEnd(&s->z);
    if (s->state == ZS_INFLATES) inflateEnd(&s->z);
    s->state = ZS_CLOSED;
    brc_bif_zstream_clear(s);
}

static void destroy(Magic *m) {
    brc_bif_zstream_close((ZStream *)m);
    brc_ctx_magic_free(m);
}

Term brc_bif_zstream_open(Proc *p) {
    ZStream *s = brc_ctx_magic_new(sizeof *s, destroy);
    atomic_init(&s->controller, proc_pid(p));
    s->state = ZS_IDLE;
    s->after_end = ZS_AFTER_CUT;
    s->chunk_size = 4000;
    s->stash = BRC_NIL;
    return brc_ctx_magic_term(p, &s->magic);
}

ZStream *brc_bif_zstream_of(Term t) {
    return brc_ctx_magic_kind(t, destroy);
}

bool brc_bif_zstream_is_mine(const Proc *p, const ZStream *s) {
    return atomic_load_explicit(&s->controller, memory_order_acquire) == proc_pid(p);
}

void brc_bif_zstream_hand_over(ZStream *s, Term pid) {
    atomic_store_explicit(&s->controller, pid, memory_order_release);
}

int brc_bif_zstream_end(ZStream *s) {
    bool inflates = s->state == ZS_INFLATES;
    int status = inflates ? inflateEnd(&s->z) : deflateEnd(&s->z);
    if (status == Z_OK && (s->waiting != 0 || (inflates && !s->end_seen))) status = Z_DATA_ERROR;
    brc_bif_zstream_clear(s);
    s->state = ZS_IDLE;
    return status;
}

/* ---- a slice ---- */

static int step(ZStream *s, int flush) {
    return s->state == ZS_DEFLATES ? deflate(&s->z, flush) : inflate(&s->z, flush);
}

/* Hands runs of input over until one of the limits is reached. */
static ZSlice run_input(ZStream *s, size_t in_limit) {
    ZSlice done = {Z_OK, 0, 0};
    ZInput *in = s->first;
    while (in != NULL && done.status == Z_OK && done.taken < in_limit && s->z.avail_out != 0) {
        size_t n = in->left < in_limit ? in->left : in_limit;
        s->z.next_in = (Bytef *)(uintptr_t)in->at;
        s->z.avail_in = (uInt)n;
        done.status = step(s, Z_NO_FLUSH);
        n -= s->z.avail_in;
        if (s->raw && s->state == ZS_DEFLATES) s->crc = crc32_z(s->crc, in->at, n);
        take(s, in, n);
        done.taken += n;
        if (in->left != 0 && (n == 0 || s->z.avail_out == 0)) break;
        if (in->left == 0) in = drop_first(s);
    }
    return done;
}

ZSlice brc_bif_zstream_run(ZStream *s, size_t in_limit, uint8_t *out, uint32_t room, int flush) {
    s->z.next_out = out;
    s->z.avail_out = room;
    ZSlice done = run_input(s, in_limit);
    if (done.status == Z_OK && s->waiting == 0 && s->z.avail_out != 0) {
        s->z.next_in = NULL;
        s->z.avail_in = 0;
        done.status = step(s, flush);
    }
    done.made = room - s->z.avail_out;
    if (s->raw && s->state == ZS_INFLATES && (done.status >= 0 || done.status == Z_BUF_ERROR))
        s->crc = crc32_z(s->crc, out, done.made);
    return done;
}
