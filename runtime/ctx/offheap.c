/* offheap.c: what lies outside all heaps and is counted: shared bytes and magic references.
 *
 * Each term that refers to such a thing owns one reference and hangs on an off-heap list of its
 * heap or fragment; the collector drops the reference when the term dies. Counts are touched by
 * any thread: an increment needs no order (whoever copies has a reference already), the last
 * decrement must see all that was done with the bytes. */
#include "ctx/alloc.h"
#include "base/panic.h"
#include <stdlib.h>
#include <string.h>

static _Atomic(size_t) shared_bytes;

size_t brc_ctx_sharedbin_bytes(void) {
    return atomic_load_explicit(&shared_bytes, memory_order_relaxed);
}

SharedBin *brc_ctx_sharedbin_new(size_t size_bytes, size_t room_bytes) {
    if (room_bytes < size_bytes) room_bytes = size_bytes;
    SharedBin *b =
        room_bytes < SIZE_MAX - sizeof(SharedBin) ? malloc(sizeof(SharedBin) + room_bytes) : NULL;
    if (!b) brc_base_panic("out of memory (a binary of %zu bytes)", room_bytes);
    atomic_init(&b->refs, 1);
    b->size_bytes = size_bytes;
    b->room_bytes = room_bytes;
    b->flags = 0;
    atomic_fetch_add_explicit(&shared_bytes, room_bytes, memory_order_relaxed);
    return b;
}

SharedBin *brc_ctx_sharedbin_grow(SharedBin *b, size_t room_bytes) {
    BRC_ASSERT(atomic_load_explicit(&b->refs, memory_order_relaxed) == 1);
    size_t old = b->room_bytes;
    SharedBin *n = room_bytes < SIZE_MAX - sizeof(SharedBin)
                       ? realloc(b, sizeof(SharedBin) + room_bytes)
                       : NULL;
    if (!n) brc_base_panic("out of memory (a binary of %zu bytes)", room_bytes);
    n->room_bytes = room_bytes;
    atomic_fetch_add_explicit(&shared_bytes, room_bytes - old, memory_order_relaxed);
    return n;
}

void brc_ctx_sharedbin_ref(SharedBin *b) {
    atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
}

void brc_ctx_sharedbin_unref(SharedBin *b) {
    /* release: our uses come before; the acquire pairs with the releases of the other owners */
    if (atomic_fetch_sub_explicit(&b->refs, 1, memory_order_acq_rel) != 1) return;
    if (b->room_bytes == BRC_SHAREDBIN_MAGIC)
        brc_ctx_magic_unref(*(Magic **)b->data);
    else
        atomic_fetch_sub_explicit(&shared_bytes, b->room_bytes, memory_order_relaxed);
    free(b);
}

SharedBin *brc_ctx_sharedbin_of_magic(Magic *m, size_t size_bytes) {
    SharedBin *b = malloc(sizeof(SharedBin) + sizeof m);
    if (!b) brc_base_panic("out of memory (a binary of %zu bytes)", size_bytes);
    atomic_init(&b->refs, 1);
    b->size_bytes = size_bytes;
    b->room_bytes = BRC_SHAREDBIN_MAGIC;
    b->flags = 0;
    memcpy(b->data, &m, sizeof m);
    return b;
}

Term brc_ctx_refbin(Proc *p, SharedBin *b, uint8_t *data, size_t size_bytes) {
    Term *at = brc_ctx_alloc(p, 5);
    at[0] = BRC_HEADER(BRC_REFBIN, 4);
    at[1] = size_bytes;
    at[2] = (Term)p->offheap;
    at[3] = (Term)b;
    at[4] = (Term)data;
    p->offheap = at;
    brc_ctx_offheap_grew(p, size_bytes);
    return (Term)at + BRC_TAG_BOXED;
}

void brc_ctx_magic_ref(Magic *m) {
    atomic_fetch_add_explicit(&m->refs, 1, memory_order_relaxed);
}

void brc_ctx_magic_unref(Magic *m) {
    /* as in brc_ctx_sharedbin_unref */
    if (atomic_fetch_sub_explicit(&m->refs, 1, memory_order_acq_rel) == 1) m->destroy(m);
}

Term brc_ctx_magic_term(Proc *p, Magic *m) {
    Term *at = brc_ctx_alloc(p, 6);
    at[0] = BRC_HEADER(BRC_REF, 5);
    memcpy(at + 1, m->id, sizeof m->id);
    at[4] = (Term)p->offheap;
    at[5] = (Term)m;
    p->offheap = at;
    return (Term)at + BRC_TAG_BOXED;
}

Magic *brc_ctx_magic_of(Term t) {
    if ((t & BRC_TAG_MASK) != BRC_TAG_BOXED) return NULL;
    const Term *at = (const Term *)(t - BRC_TAG_BOXED);
    return at[0] == BRC_HEADER(BRC_REF, 5) ? (Magic *)at[5] : NULL;
}

void brc_ctx_offheap_release(Term *object) {
    if (BRC_HEADER_KIND(object[0]) == BRC_REFBIN)
        brc_ctx_sharedbin_unref((SharedBin *)object[3]);
    else
        brc_ctx_magic_unref((Magic *)object[5]);
}

size_t brc_ctx_offheap_object_bytes(const Term *object) {
    return BRC_HEADER_KIND(object[0]) == BRC_REFBIN ? object[1] : 0;
}
