/* fuzz_etf.c: libFuzzer target for the external term format: any bytes give a term or none. A term
 * can be compared, hashed, copied and written; what is written reads back as an equal term, and in
 * compressed form, too.
 *
 * The first byte of the input picks the flags. Inputs are copied to blocks of their exact sizes, so
 * that a read past the end shows. The mutator changes compressed terms unpacked and stores terms
 * either way, or nothing behind the checksum would be exercised. */
#include "../unit/support/fakeproc.h"
#include "heap/heap.h"
#include "term/cmp.h"
#include "term/etf.h"
#include "term/etf_tags.h"
#include "term/hash.h"
#include <zlib.h>

#define HEAP_WORDS   4096
#define MAX_UNPACKED (1u << 16)
#define PACKED_START 7 /* bytes of input before the compressed ones: flags, tags, size */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

static const FunEntry remote = {.module = AM(erlang), .name = AM(error), .arity = 2, .index = -1};
static const FunEntry local = {
    .module = AM(erlang), .name = AM(ok), .arity = 1, .index = 7, .nfree = 2};

static const FunEntry *find_fun(const FunEntry *like, bool existing) {
    if (like->index >= 0) return like->nfree == local.nfree ? &local : NULL;
    return existing ? NULL : &remote;
}

static void check(bool good) {
    if (!good) abort();
}

static Term read_back(Proc *p, const SharedBin *b) {
    size_t used = 0;
    Term t = brc_term_etf_decode(p, b->data, b->size_bytes, 0, find_fun, &used);
    check(t != BRC_NONE && used == b->size_bytes);
    return t;
}

static void try_term(Proc *p, Term t, unsigned flags) {
    SharedBin *b = brc_term_etf_encode(t, flags & 7, BRC_TAG_PID, NULL);
    check(b != NULL);
    check(brc_term_etf_size(t, flags & 7) == b->size_bytes);
    Term again = read_back(p, b);
    if ((flags & BRC_ETF_OLD_FLOATS) == 0) check(brc_term_compare_exact(t, again) == 0);
    brc_ctx_sharedbin_unref(b);
    Frag *f = brc_heap_copy_to_frag(t);
    if (f == NULL) return;
    check(brc_term_eq(t, f->term));
    check(brc_term_phash2(t) == brc_term_phash2(f->term));
    brc_ctx_frag_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    unsigned flags = data[0] & 15;
    uint8_t *exact = malloc(size - 1 + (size == 1));
    memcpy(exact, data + 1, size - 1);
    Proc *p = fake_proc_new(HEAP_WORDS);
    size_t used;
    Term t = brc_term_etf_decode(p, exact, size - 1, flags, find_fun, &used);
    if (t != BRC_NONE) {
        check(used < size);
        try_term(p, t, flags);
    }
    fake_proc_free(p);
    free(exact);
    return 0;
}

/* ---- the mutator ---- */

static uint8_t plain[MAX_UNPACKED], packed[MAX_UNPACKED * 2];

/* The term's bytes without version, unpacked, in `plain`; 0: there are none. */
static size_t unpack(const uint8_t *data, size_t size) {
    uLongf n = sizeof plain;
    if (size < 3 || data[1] != ETF_VERSION) return 0;
    if (data[2] == ETF_COMPRESSED && size > PACKED_START)
        return uncompress(plain, &n, data + PACKED_START, size - PACKED_START) == Z_OK ? n : 0;
    if (size - 2 > sizeof plain) return 0;
    memcpy(plain, data + 2, size - 2);
    return size - 2;
}

/* Writes plain[0..n) as a compressed term. 0: it does not fit. */
static size_t pack(uint8_t *data, size_t room, size_t n, unsigned random) {
    uLongf len = sizeof packed;
    if (compress2(packed, &len, plain, n, 1) != Z_OK || len + PACKED_START > room) return 0;
    size_t said = random % 16 == 0 ? n + random / 16 % 5 - 2 : n; /* now and then a wrong size */
    data[1] = ETF_VERSION;
    data[2] = ETF_COMPRESSED;
    for (int i = 0; i < 4; i++)
        data[3 + i] = (uint8_t)(said >> (24 - 8 * i));
    memcpy(data + PACKED_START, packed, len);
    return len + PACKED_START;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    size_t n = seed % 8 == 0 ? unpack(data, size) : 0;
    if (n == 0) return LLVMFuzzerMutate(data, size, max_size);
    n = LLVMFuzzerMutate(plain, n, sizeof plain);
    size_t made = pack(data, max_size, n, seed / 8);
    return made != 0 ? made : LLVMFuzzerMutate(data, size, max_size);
}
