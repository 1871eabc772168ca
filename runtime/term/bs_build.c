/* bs_build.c: making bitstrings field by field: begin, puts, end.
 *
 * In between, p->bs_data and p->bs_bits say where the next field goes and p->bs_term what end will
 * give. Nothing can collect meanwhile. Appending is in place for the one owner of a binary that was
 * built by appending: such a SharedBin's flags hold its size in bits << 1 | 1, and it may grow only
 * while one REFBIN refers to it and the window appended to ends where the bytes end. The window
 * says so as well (BRC_SUBBITS' flag), and loses its right to the new one. */
#include "term/bits.h"
#include "term/bits_raw.h"

enum { SUB_ORIGINAL = 1, SUB_OFFSET, SUB_SIZE, SUB_FLAGS };
enum { REF_SIZE = 1, REF_NEXT, REF_SHARED, REF_DATA };
#define MAX_BITS      (UINT64_C(1) << 59)
#define SUB_WRITABLE  BRC_SMALL(1)
#define APPEND_ROOM   256 /* bytes that a binary appended to has at least */
#define COMPREHENSION 1024

static uint64_t writer_mark(uint64_t bits) {
    return bits << 1 | 1;
}

static Term subbits(Proc *p, Term original, uint64_t bits, Term flags) {
    Term *box = brc_ctx_alloc(p, 5);
    box[0] = BRC_HEADER(BRC_SUBBITS, 4);
    box[SUB_ORIGINAL] = original;
    box[SUB_OFFSET] = BRC_SMALL(0);
    box[SUB_SIZE] = BRC_SMALL(bits);
    box[SUB_FLAGS] = flags;
    return term_make_boxed(box);
}

bool brc_bs_begin(Proc *p, uint64_t bits) {
    if (bits > MAX_BITS) {
        brc_ctx_system_limit(p);
        return false;
    }
    uint8_t *bytes;
    Term whole = brc_term_bin_alloc(p, (bits + 7) >> 3, &bytes);
    p->bs_data = bytes;
    p->bs_bits = 0;
    if ((bits & 7) != 0) {
        bytes[bits >> 3] = 0;
        whole = subbits(p, whole, bits, 0);
    }
    p->bs_term = whole;
    return true;
}

/* ---- appending ---- */

/* The REFBIN that may be written behind this bitstring's last bit, or NULL. */
static Term *writable_refbin(Term t) {
    if (!term_is_kind(t, BRC_SUBBITS)) return NULL;
    const Term *sub = term_box(t);
    if (sub[SUB_FLAGS] != SUB_WRITABLE || sub[SUB_OFFSET] != 0) return NULL;
    Term *ref = term_box(sub[SUB_ORIGINAL]);
    if (BRC_HEADER_KIND(ref[0]) != BRC_REFBIN) return NULL;
    SharedBin *b = (SharedBin *)ref[REF_SHARED];
    if (b == NULL || atomic_load_explicit(&b->refs, memory_order_acquire) != 1) return NULL;
    return b->flags == writer_mark(sub[SUB_SIZE] >> 2) ? ref : NULL;
}

/* Makes room for `bits` in all behind ref and marks them as used. */
static void grow(Proc *p, Term *ref, uint64_t bits) {
    SharedBin *b = (SharedBin *)ref[REF_SHARED];
    uint64_t bytes = (bits + 7) >> 3;
    if (bytes > b->room_bytes) {
        brc_ctx_charge(p, bytes >> 10);
        b = brc_ctx_sharedbin_grow(b, bytes * 2);
        ref[REF_SHARED] = (Term)b;
        ref[REF_DATA] = (Term)b->data;
    }
    brc_ctx_offheap_grew(p, bytes - b->size_bytes);
    b->size_bytes = bytes;
    b->flags = writer_mark(bits);
    ref[REF_SIZE] = bytes;
    p->bs_data = b->data;
}

static Term new_writable(Proc *p, uint64_t bits, uint64_t room) {
    SharedBin *b = brc_ctx_sharedbin_new((bits + 7) >> 3, room);
    b->flags = writer_mark(bits);
    p->bs_data = b->data;
    Term ref = brc_ctx_refbin(p, b, b->data, (bits + 7) >> 3);
    return subbits(p, ref, bits, SUB_WRITABLE);
}

static void append_to_copy(Proc *p, const BitsView *v, uint64_t bits) {
    if (bits <= BRC_HEAPBIN_MAX * 8) {
        brc_bs_begin(p, bits);
    } else {
        uint64_t room = ((bits + 7) >> 3) * 2;
        p->bs_term = new_writable(p, bits, room < APPEND_ROOM ? APPEND_ROOM : room);
    }
    brc_term_bits_copy(p->bs_data, 0, v->data, v->bit_offset, v->bit_size);
    if ((bits & 7) != 0) p->bs_data[bits >> 3] &= (uint8_t)(0xFF00u >> (bits & 7));
    brc_ctx_charge(p, v->bit_size >> 13);
}

static bool append_in_place(Proc *p, Term bin, Term *ref, uint64_t extra_bits, uint64_t unit,
                            bool private_) {
    Term *sub = term_box(bin);
    uint64_t size = sub[SUB_SIZE] >> 2, bits = size + extra_bits;
    if (unit > 1 && size % unit != 0) return false;
    if (extra_bits > MAX_BITS - size) return false;
    p->bs_term = bin;
    p->bs_bits = size;
    if (extra_bits == 0) return true;
    grow(p, ref, bits);
    if (private_) {
        sub[SUB_SIZE] = BRC_SMALL(bits);
    } else {
        sub[SUB_FLAGS] = 0;
        p->bs_term = subbits(p, sub[SUB_ORIGINAL], bits, SUB_WRITABLE);
    }
    if ((bits & 7) != 0) brc_bits_write(p->bs_data, bits, 0, 8 - ((unsigned)bits & 7));
    return true;
}

#ifndef BRC_STRESS
/* Whole bytes behind whole bytes, all room being there: what nearly every append in a loop is.
 * False: nothing done. */
static inline __attribute__((always_inline)) bool append_bytes(Proc *p, Term bin, uint64_t bits) {
    Term *sub = term_box(bin), *ref = writable_refbin(bin);
    if (ref == NULL || ((bits | sub[SUB_SIZE] >> 2) & 7) != 0) return false;
    SharedBin *b = (SharedBin *)ref[REF_SHARED];
    uint64_t size = sub[SUB_SIZE] >> 2, bytes = (size + bits) >> 3;
    Term *box = p->hp;
    if (bytes > b->room_bytes || p->sp - box <= 5) return false;
    p->hp = box + 5;
    p->bs_bits = size;
    p->bs_data = b->data;
    p->bs_term = term_make_boxed(box);
    p->offheap_bytes += bits >> 3; /* too many are seen when room is made */
    b->size_bytes = ref[REF_SIZE] = bytes;
    b->flags = writer_mark(size + bits);
    sub[SUB_FLAGS] = 0;
    box[0] = BRC_HEADER(BRC_SUBBITS, 4);
    box[SUB_ORIGINAL] = sub[SUB_ORIGINAL];
    box[SUB_OFFSET] = BRC_SMALL(0);
    box[SUB_SIZE] = BRC_SMALL(size + bits);
    box[SUB_FLAGS] = SUB_WRITABLE;
    return true;
}
#endif

static bool append(Proc *p, Term bin, uint64_t extra_bits, uint64_t unit, bool private_);

bool brc_bs_begin_append(Proc *p, Term bin, uint64_t extra_bits, uint64_t unit, bool private_) {
#ifndef BRC_STRESS
    bool plain = extra_bits - 1 < MAX_BITS && (unit == 8 || unit == 1) && !private_;
    if (__builtin_expect(plain && append_bytes(p, bin, extra_bits), 1)) return true;
#endif
    return append(p, bin, extra_bits, unit, private_);
}

__attribute__((noinline)) static bool append(Proc *p, Term bin, uint64_t extra_bits, uint64_t unit,
                                             bool private_) {
    Term *ref = writable_refbin(bin);
    if (ref != NULL) return append_in_place(p, bin, ref, extra_bits, unit, private_);
    BitsView v;
    if (!brc_term_bits_view(bin, &v)) return false;
    if (unit > 1 && v.bit_size % unit != 0) return false;
    if (extra_bits > MAX_BITS - v.bit_size) return false;
    p->bs_term = bin;
    if (extra_bits != 0) append_to_copy(p, &v, v.bit_size + extra_bits);
    p->bs_bits = v.bit_size;
    return true;
}

Term brc_bs_init_writable(Proc *p, Term size) {
    uint64_t room = COMPREHENSION;
    if (term_is_small(size) && (STerm)size >= 0) room = (uint64_t)term_small(size);
    if (room > MAX_BITS >> 3) room = COMPREHENSION;
    return new_writable(p, 0, room);
}

/* ---- parts and text ---- */

bool brc_bs_put_binary(Proc *p, Term v, uint64_t bits) {
    BitsView view;
    if (!brc_term_bits_view(v, &view) || view.bit_size < bits) return false;
    brc_term_bits_copy(p->bs_data, p->bs_bits, view.data, view.bit_offset, bits);
    p->bs_bits += bits;
    brc_ctx_charge(p, bits >> 13);
    return true;
}

bool brc_bs_put_binary_all(Proc *p, Term v, uint64_t unit) {
    BitsView view;
    if (!brc_term_bits_view(v, &view)) return false;
    if (unit > 1 && view.bit_size % unit != 0) return false;
    return brc_bs_put_binary(p, v, view.bit_size);
}

void brc_bs_put_string(Proc *p, const uint8_t *bytes, size_t size) {
    if ((p->bs_bits & 7) == 0)
        memcpy(p->bs_data + (p->bs_bits >> 3), bytes, size);
    else
        brc_term_bits_copy(p->bs_data, p->bs_bits, bytes, 0, (uint64_t)size << 3);
    p->bs_bits += (uint64_t)size << 3;
}
