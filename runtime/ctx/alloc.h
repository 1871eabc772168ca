/* alloc.h: room for new terms in a running process, outside the collector.
 *
 * A built-in never collects: brc_ctx_alloc takes from the heap block while it has room, else from
 * a fragment hung on the process. So no term moves while C code runs, and pointers into heap
 * objects stay good until the built-in returns. Fragments are folded into the heap by the next
 * collection; a large one also ends the process's turn soon, so that it comes about. */
#pragma once
#include "abi/layout.h"
#include "ctx/opts.h"

/* Room for `words` words (>= 0). Never fails (out of memory ends the program). */
Term *brc_ctx_alloc(Proc *p, size_t words);
/* Gives back the unused end of the latest brc_ctx_alloc: the object ends at `end`. */
void brc_ctx_trim(Proc *p, Term *start, size_t words, Term *end);
/* The same as brc_ctx_alloc, but never in the heap block: for code that runs while p->hp is
 * stale (built-ins without the ALLOC flag that fail). */
Term *brc_ctx_alloc_apart(Proc *p, size_t words);
/* Counts work of about one function call each; the process yields when its turn is used up. */
static inline void brc_ctx_charge(Proc *p, size_t reductions) {
    p->reds -= (int64_t)reductions;
}

/* Shared bytes. New ones have one reference, owned by whoever asked. */
SharedBin *brc_ctx_sharedbin_new(size_t size_bytes, size_t room_bytes);
SharedBin *brc_ctx_sharedbin_grow(SharedBin *b, size_t room_bytes); /* sole owner only */
void brc_ctx_sharedbin_ref(SharedBin *b);
void brc_ctx_sharedbin_unref(SharedBin *b);
/* A REFBIN term owning one reference to b (that reference is handed over). */
Term brc_ctx_refbin(Proc *p, SharedBin *b, uint8_t *data, size_t size_bytes);
/* The process now refers to so many more shared bytes (an append in place). */
void brc_ctx_offheap_grew(Proc *p, size_t bytes);
/* Bytes of all shared binaries that live, for erlang:memory(binary). */
size_t brc_ctx_sharedbin_bytes(void);

/* What a magic reference (a REF of five words) stands for: begins a larger struct. */
typedef struct Magic {
    _Atomic(uint64_t) refs;
    void (*destroy)(struct Magic *m); /* called once, on any thread, when the last one is gone */
    uint64_t id[3];                   /* the reference's words */
} Magic;
void brc_ctx_magic_ref(Magic *m);
void brc_ctx_magic_unref(Magic *m);
/* Shared bytes that lie in what m stands for: the caller's reference to m is handed over. */
#define BRC_SHAREDBIN_MAGIC (UINT64_C(1) << 63) /* as room_bytes: data holds the Magic * */
SharedBin *brc_ctx_sharedbin_of_magic(Magic *m, size_t size_bytes);
/* A REF term owning one reference to m (that reference is handed over). */
Term brc_ctx_magic_term(Proc *p, Magic *m);
/* The Magic of a term, or NULL where it is no magic reference. */
Magic *brc_ctx_magic_of(Term t);

/* An off-heap object is a REFBIN or a magic REF; this is where its link lies. */
static inline Term *brc_ctx_offheap_link(Term *object) {
    return object + (BRC_HEADER_KIND(object[0]) == BRC_REFBIN ? 2 : 4);
}
void brc_ctx_offheap_release(Term *object); /* drops the reference that one object holds */
/* How many bytes of shared memory an object refers to. */
size_t brc_ctx_offheap_object_bytes(const Term *object);

Frag *brc_ctx_frag_new(size_t words);
void brc_ctx_frag_free(Frag *f);            /* releases what its off-heap list refers to */
void brc_ctx_frag_attach(Proc *p, Frag *f); /* the process owns it (and what f->next names) now */
