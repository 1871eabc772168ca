/* bif_buffer.c: what module prim_buffer leaves to native code: a queue of bytes behind a
 * reference. One process uses it at a time; those that share one see to that with its lock. */
#include "abi/bif.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "ctx/magic.h"
#include "term/bits.h"
#include "term/int.h"
#include <stdlib.h>

typedef struct Chunk { /* owns one reference to the shared bytes */
    struct Chunk *next;
    SharedBin *shared;
    uint8_t *at;
    size_t left; /* not 0 */
} Chunk;

/* Invariants: (1) size is the sum of `left`; (2) last is the last chunk, undefined where first is
 * NULL. */
typedef struct Buffer {
    Magic magic;
    _Atomic(uint32_t) locked; /* acquire in try_lock pairs with release in unlock */
    Chunk *first, *last;
    size_t size;
} Buffer;

static void drop_first(Buffer *b) {
    Chunk *gone = b->first;
    b->first = gone->next;
    b->size -= gone->left;
    brc_ctx_sharedbin_unref(gone->shared);
    free(gone);
}

static void destroy(Magic *m) {
    Buffer *b = (Buffer *)m;
    while (b->first)
        drop_first(b);
    brc_ctx_magic_free(m);
}

static Buffer *buffer_of(Proc *p, Term t) {
    Buffer *b = brc_ctx_magic_kind(t, destroy);
    if (!b) brc_ctx_badarg(p);
    return b;
}

Term brc_bif_prim_buffer_new_0(Proc *p) {
    Buffer *b = brc_ctx_magic_new(sizeof *b, destroy);
    return brc_ctx_magic_term(p, &b->magic);
}

Term brc_bif_prim_buffer_size_1(Proc *p, Term t) {
    const Buffer *b = buffer_of(p, t);
    return b ? BRC_SMALL(b->size) : BRC_NONE;
}

/* ---- in ---- */

static void append(Buffer *b, SharedBin *shared, uint8_t *at, size_t n) {
    Chunk *c = malloc(sizeof *c);
    BRC_CHECK(c != NULL);
    *c = (Chunk){NULL, shared, at, n};
    if (b->first)
        b->last->next = c;
    else
        b->first = c;
    b->last = c;
    b->size += n;
}

/* Bytes off the heap are shared, others copied. */
static void append_binary(Buffer *b, Term bin) {
    BitsView v;
    if (!brc_term_bits_view(bin, &v) || v.bit_size == 0) return;
    size_t n = (size_t)(v.bit_size >> 3);
    if (!(v.bit_offset & 7) && term_is_kind(v.original, BRC_REFBIN)) {
        SharedBin *shared = (SharedBin *)term_box(v.original)[3];
        brc_ctx_sharedbin_ref(shared);
        append(b, shared, (uint8_t *)(uintptr_t)v.data + (v.bit_offset >> 3), n);
        return;
    }
    SharedBin *copy = brc_ctx_sharedbin_new(n, n);
    brc_term_bits_copy(copy->data, 0, v.data, v.bit_offset, v.bit_size);
    append(b, copy, copy->data, n);
}

Term brc_bif_prim_buffer_write_2(Proc *p, Term t, Term list) {
    Buffer *b = buffer_of(p, t);
    if (!b) return BRC_NONE;
    Term l = list;
    BitsView v;
    for (; term_is_cons(l); l = term_tail(l))
        if (!brc_term_bits_view(term_head(l), &v) || (v.bit_size & 7)) return brc_ctx_badarg(p);
    if (l != BRC_NIL) return brc_ctx_badarg(p);
    for (; term_is_cons(list); list = term_tail(list), brc_ctx_charge(p, 1))
        append_binary(b, term_head(list));
    return AM(ok);
}

/* ---- out ---- */

/* Takes n bytes (there are as many) out, to `to` where that is not NULL. */
static void take(Buffer *b, uint8_t *to, size_t n) {
    while (n) {
        Chunk *c = b->first;
        size_t part = c->left < n ? c->left : n;
        if (to) {
            memcpy(to, c->at, part);
            to += part;
        }
        n -= part;
        c->at += part;
        c->left -= part;
        b->size -= part;
        if (!c->left) drop_first(b);
    }
}

/* The buffer, where t is one and has n bytes. */
static Buffer *with_bytes(Proc *p, Term t, Term count, size_t *n) {
    uint64_t wanted;
    Buffer *b = buffer_of(p, t);
    if (!b) return NULL;
    if (!brc_term_int_to_u64(count, &wanted) || wanted > b->size) {
        brc_ctx_badarg(p);
        return NULL;
    }
    *n = wanted;
    return b;
}

Term brc_bif_prim_buffer_skip_2(Proc *p, Term t, Term count) {
    size_t n;
    Buffer *b = with_bytes(p, t, count, &n);
    if (!b) return BRC_NONE;
    take(b, NULL, n);
    return AM(ok);
}

Term brc_bif_prim_buffer_copying_read_2(Proc *p, Term t, Term count) {
    size_t n;
    uint8_t *bytes;
    Buffer *b = with_bytes(p, t, count, &n);
    if (!b) return BRC_NONE;
    Term bin = brc_term_bin_alloc(p, n, &bytes);
    take(b, bytes, n);
    return bin;
}

/* All of the first chunk, which stays. */
Term brc_bif_prim_buffer_peek_head_1(Proc *p, Term t) {
    const Buffer *b = buffer_of(p, t);
    if (!b) return BRC_NONE;
    if (!b->first) return brc_ctx_badarg(p);
    const Chunk *c = b->first;
    if (c->left <= BRC_HEAPBIN_MAX) return brc_term_bin_new(p, c->at, c->left);
    brc_ctx_sharedbin_ref(c->shared);
    return brc_ctx_refbin(p, c->shared, c->at, c->left);
}

Term brc_bif_prim_buffer_find_byte_index_2(Proc *p, Term t, Term byte) {
    const Buffer *b = buffer_of(p, t);
    if (!b) return BRC_NONE;
    if (!term_is_small(byte) || (uint64_t)term_small(byte) > 255) return brc_ctx_badarg(p);
    size_t before = 0;
    for (const Chunk *c = b->first; c; before += c->left, c = c->next) {
        const uint8_t *found = memchr(c->at, (int)term_small(byte), c->left);
        if (!found) continue;
        Term index = BRC_SMALL(before + (size_t)(found - c->at));
        return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), index);
    }
    return AM(not_found);
}

/* ---- the lock ---- */

Term brc_bif_prim_buffer_try_lock_1(Proc *p, Term t) {
    Buffer *b = buffer_of(p, t);
    if (!b) return BRC_NONE;
    uint32_t was = atomic_exchange_explicit(&b->locked, 1, memory_order_acquire);
    return was ? AM(busy) : AM(acquired);
}

Term brc_bif_prim_buffer_unlock_1(Proc *p, Term t) {
    Buffer *b = buffer_of(p, t);
    if (!b) return BRC_NONE;
    uint32_t was = atomic_exchange_explicit(&b->locked, 0, memory_order_release);
    return was ? AM(ok) : brc_ctx_error(p, AM(lock_order_violation));
}
