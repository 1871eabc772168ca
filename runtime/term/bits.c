/* bits.c: the bitstring objects: making them, looking at them, taking parts.
 *
 * Three shapes (abi/layout.h): HEAPBIN holds up to 64 bytes itself, REFBIN points at shared bytes,
 * SUBBITS is a window on one of these two, never on another window. A part that is at most 64
 * whole bytes is copied, so that small parts do not keep large binaries alive. */
#include <stdlib.h>
#include "term/bits.h"
#include "term/bits_raw.h"

static const Term empty_binary[2] __attribute__((aligned(16))) = {BRC_HEADER(BRC_HEAPBIN, 1), 0};

/* Bytes and size of a HEAPBIN or REFBIN. */
static const uint8_t *whole_bytes(const Term *box, uint64_t *bit_size) {
    *bit_size = box[1] << 3;
    return BRC_HEADER_KIND(box[0]) == BRC_HEAPBIN ? (const uint8_t *)(box + 2)
                                                  : (const uint8_t *)box[4];
}

bool brc_term_bits_view(Term t, BitsView *v) {
    if (!term_is_boxed(t)) return false;
    const Term *box = term_box(t);
    switch (BRC_HEADER_KIND(box[0])) {
    case BRC_HEAPBIN:
    case BRC_REFBIN:
        v->original = t;
        v->bit_offset = 0;
        v->data = whole_bytes(box, &v->bit_size);
        return true;
    case BRC_SUBBITS: {
        uint64_t all;
        v->original = box[1];
        v->data = whole_bytes(term_box(box[1]), &all);
        v->bit_offset = (uint64_t)term_small(box[2]);
        v->bit_size = (uint64_t)term_small(box[3]);
        return true;
    }
    default: return false;
    }
}

const uint8_t *brc_term_bin_bytes(Term t, size_t *size, uint8_t **tmp) {
    BitsView v;
    *tmp = NULL;
    if (!brc_term_bits_view(t, &v) || (v.bit_size & 7) != 0) return NULL;
    *size = v.bit_size >> 3;
    if ((v.bit_offset & 7) == 0) return v.data + (v.bit_offset >> 3);
    *tmp = malloc(*size + 1);
    if (*tmp == NULL) abort();
    brc_term_bits_copy(*tmp, 0, v.data, v.bit_offset, v.bit_size);
    return *tmp;
}

/* Fills the header words of a HEAPBIN at `at`; its padding is zeroed. */
static Term heapbin(Term *at, size_t size, uint8_t **bytes) {
    size_t words = (size + 7) >> 3;
    at[0] = BRC_HEADER(BRC_HEAPBIN, 1 + words);
    at[1] = size;
    if (words != 0) at[1 + words] = 0;
    *bytes = (uint8_t *)(at + 2);
    return term_make_boxed(at);
}

Term brc_term_bin_alloc(Proc *p, size_t size, uint8_t **bytes) {
    if (size <= BRC_HEAPBIN_MAX)
        return heapbin(brc_ctx_alloc(p, 2 + ((size + 7) >> 3)), size, bytes);
    SharedBin *b = brc_ctx_sharedbin_new(size, size);
    *bytes = b->data;
    return brc_ctx_refbin(p, b, b->data, size);
}

Term brc_term_bin_new(Proc *p, const uint8_t *bytes, size_t size) {
    if (size == 0) return term_make_boxed(empty_binary);
    uint8_t *to;
    Term t = brc_term_bin_alloc(p, size, &to);
    if (bytes != NULL)
        memcpy(to, bytes, size);
    else
        memset(to, 0, size);
    return t;
}

Term brc_term_bin_own(Proc *p, SharedBin *b) {
    size_t size = b->size_bytes;
    if (size <= BRC_HEAPBIN_MAX) {
        Term t = brc_term_bin_new(p, b->data, size);
        brc_ctx_sharedbin_unref(b);
        return t;
    }
    if (b->room_bytes - size > size / 8) b = brc_ctx_sharedbin_grow(b, size);
    return brc_ctx_refbin(p, b, b->data, size);
}

Term brc_term_bits_part(Proc *p, Term original, const uint8_t *data, uint64_t at, uint64_t bits) {
    if ((bits & 7) == 0 && bits <= BRC_HEAPBIN_MAX * 8) {
        if (bits == 0) return term_make_boxed(empty_binary);
        uint8_t *to;
        Term t = heapbin(brc_ctx_alloc(p, 2 + ((bits + 63) >> 6)), bits >> 3, &to);
        brc_term_bits_copy(to, 0, data, at, bits);
        return t;
    }
    Term *box = brc_ctx_alloc(p, 5);
    box[0] = BRC_HEADER(BRC_SUBBITS, 4);
    box[1] = original;
    box[2] = BRC_SMALL(at);
    box[3] = BRC_SMALL(bits);
    box[4] = BRC_SMALL(0);
    return term_make_boxed(box);
}

Term brc_term_bits_sub(Proc *p, Term t, uint64_t bit_offset, uint64_t bit_size) {
    BitsView v;
    if (!brc_term_bits_view(t, &v)) return brc_ctx_badarg(p);
    if (bit_offset == 0 && bit_size == v.bit_size) return t;
    return brc_term_bits_part(p, v.original, v.data, v.bit_offset + bit_offset, bit_size);
}

Term brc_term_bits_new(Proc *p, const uint8_t *data, uint64_t at, uint64_t bits) {
    uint8_t *to;
    Term whole = brc_term_bin_alloc(p, (bits + 7) >> 3, &to);
    if ((bits & 7) != 0) to[bits >> 3] = 0;
    brc_term_bits_copy(to, 0, data, at, bits);
    return (bits & 7) == 0 ? whole : brc_term_bits_part(p, whole, to, 0, bits);
}
