/* magic.c: magic blocks and the numbers of references.
 *
 * Reference numbers count up by one from one atomic counter; a thread takes them in batches, so
 * the counter's cache line is not fought over. */
#include "ctx/magic.h"
#include "base/panic.h"
#include <stdlib.h>
#include <string.h>

#define REF_BATCH 1024u

static _Atomic(uint64_t) ref_batches = 1;
static _Thread_local uint64_t ref_next, ref_last;

void brc_ctx_ref_id(uint64_t id[3]) {
    if (ref_next == ref_last) {
        ref_next = atomic_fetch_add_explicit(&ref_batches, 1, memory_order_relaxed) * REF_BATCH;
        ref_last = ref_next + REF_BATCH;
    }
    uint64_t n = ref_next++;
    id[0] = n & 0x3FFFF;
    id[1] = n >> 18 & 0xFFFFFFFF;
    id[2] = n >> 50;
}

void *brc_ctx_magic_new(size_t bytes, void (*destroy)(Magic *)) {
    bytes = (bytes + 63) & ~(size_t)63;
    Magic *m = aligned_alloc(64, bytes);
    if (m == NULL) brc_base_panic("out of memory (%zu bytes behind a reference)", bytes);
    memset(m, 0, bytes);
    atomic_init(&m->refs, 1);
    m->destroy = destroy;
    brc_ctx_ref_id(m->id);
    return m;
}

void brc_ctx_magic_free(Magic *m) {
    free(m);
}

void *brc_ctx_magic_kind(Term t, void (*destroy)(Magic *)) {
    Magic *m = brc_ctx_magic_of(t);
    return m != NULL && m->destroy == destroy ? m : NULL;
}
