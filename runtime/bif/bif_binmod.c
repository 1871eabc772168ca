/* bif_binmod.c: module binary's bytes and numbers: at, copy, common ends, encode_unsigned and so
 * on. (Searching: bif_binary_search.c; part: bif_binary.c.) */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/int.h"
#include <stdlib.h>

static bool whole(Term t, BitsView *v) {
    return brc_term_bits_view(t, v) && (v->bit_size & 7) == 0;
}

static Term byte_at(const BitsView *v, uint64_t at) {
    return BRC_SMALL(brc_bits_read(v->data, v->bit_offset + 8 * at, 8));
}

Term brc_bif_binary_at_2(Proc *p, Term bin, Term pos) {
    BitsView v;
    uint64_t at;
    if (!whole(bin, &v) || !brc_term_int_to_u64(pos, &at) || at >= v.bit_size >> 3)
        return brc_ctx_badarg(p);
    return byte_at(&v, at);
}

Term brc_bif_binary_first_1(Proc *p, Term bin) {
    BitsView v;
    if (!whole(bin, &v) || v.bit_size == 0) return brc_ctx_badarg(p);
    return byte_at(&v, 0);
}

Term brc_bif_binary_last_1(Proc *p, Term bin) {
    BitsView v;
    if (!whole(bin, &v) || v.bit_size == 0) return brc_ctx_badarg(p);
    return byte_at(&v, (v.bit_size >> 3) - 1);
}

/* ---- copies ---- */
#define PIECE ((uint64_t)64 << 10) /* bytes copied between looks at how long it takes */

static Term copies(Proc *p, Term bin, uint64_t n) {
    BitsView v;
    uint64_t size, total;
    if (!brc_term_bits_view(bin, &v)) return brc_ctx_badarg(p);
    if (n == 0) return brc_term_bin_new(p, NULL, 0); /* even of odd bits, as stock */
    if ((v.bit_size & 7) != 0) return brc_ctx_badarg(p);
    size = v.bit_size >> 3;
    if (__builtin_mul_overflow(size, n, &total) || total >> 56 != 0) return brc_ctx_system_limit(p);
    if (total == 0) return brc_term_bin_new(p, NULL, 0);
    uint8_t *to;
    Term t = brc_term_bin_alloc(p, total, &to);
    brc_term_bits_copy(to, 0, v.data, v.bit_offset, v.bit_size);
    for (uint64_t done = size; done < total;) { /* each time what is there once more */
        uint64_t into = done % size, more = total - done;
        if (more > done - into) more = done - into;
        if (more > PIECE) more = PIECE;
        memcpy(to + done, to + into, more);
        done += more;
        brc_ctx_pause(more);
    }
    brc_ctx_charge(p, total >> 10);
    return t;
}

Term brc_bif_binary_copy_1(Proc *p, Term bin) {
    return copies(p, bin, 1);
}

Term brc_long_binary_copy_2(Proc *p, Term bin, Term times) {
    uint64_t n;
    if (!brc_term_int_to_u64(times, &n)) return brc_ctx_badarg(p);
    return copies(p, bin, n);
}

Term brc_bif_binary_referenced_byte_size_1(Proc *p, Term bin) {
    BitsView v;
    if (!brc_term_bits_view(bin, &v)) return brc_ctx_badarg(p);
    const Term *box = term_box(v.original);
    if (BRC_HEADER_KIND(box[0]) == BRC_HEAPBIN || box[3] == 0) return BRC_SMALL(box[1]);
    return BRC_SMALL(((const SharedBin *)box[3])->size_bytes);
}

/* ---- common ends ---- */

/* Bytes that a and b share at their beginnings, or ends; at most `limit`. */
static uint64_t common(const BitsView *a, const BitsView *b, uint64_t limit, bool at_end) {
    uint64_t n = 0;
    uint64_t a_end = a->bit_offset + a->bit_size, b_end = b->bit_offset + b->bit_size;
    while (n < limit) {
        uint64_t back = 8 * (n + 1);
        uint64_t x = at_end ? a_end - back : a->bit_offset + 8 * n;
        uint64_t y = at_end ? b_end - back : b->bit_offset + 8 * n;
        if (brc_bits_read(a->data, x, 8) != brc_bits_read(b->data, y, 8)) break;
        n++;
    }
    return n;
}

static Term common_of_all(Proc *p, Term list, bool at_end) {
    BitsView first, v;
    if (!term_is_cons(list) || !whole(term_head(list), &first)) return brc_ctx_badarg(p);
    uint64_t n = first.bit_size >> 3, work = 0;
    for (list = term_tail(list); term_is_cons(list); list = term_tail(list)) {
        if (!whole(term_head(list), &v)) return brc_ctx_badarg(p);
        uint64_t limit = v.bit_size >> 3 < n ? v.bit_size >> 3 : n;
        n = common(&first, &v, limit, at_end);
        work += n;
    }
    brc_ctx_charge(p, work >> 7);
    return term_is_nil(list) ? BRC_SMALL(n) : brc_ctx_badarg(p);
}

Term brc_bif_binary_longest_common_prefix_1(Proc *p, Term list) {
    return common_of_all(p, list, false);
}
Term brc_bif_binary_longest_common_suffix_1(Proc *p, Term list) {
    return common_of_all(p, list, true);
}

/* ---- unsigned integers ---- */

static Term decode(Proc *p, Term bin, bool little) {
    BitsView v;
    if (!whole(bin, &v)) return brc_ctx_badarg(p);
    uint64_t left = v.bit_size, at = v.bit_offset;
    size_t n = (size_t)((left + 63) >> 6), count = n;
    uint64_t few[16], *limbs = n <= 16 ? few : malloc(n * sizeof *limbs);
    if (limbs == NULL) abort();
    for (size_t i = 0; i < n; i++) {
        unsigned bits = left >= 64 ? 64 : (unsigned)left;
        left -= bits;
        if (little) {
            limbs[i] = brc_bits_from_little(brc_bits_read(v.data, at, bits), bits);
            at += bits;
        } else {
            limbs[i] = brc_bits_read(v.data, at + left, bits);
        }
    }
    Term t = brc_term_int_from_limbs(p, limbs, count, false);
    if (limbs != few) free(limbs);
    brc_ctx_charge(p, n >> 5);
    return t;
}

Term brc_bif_binary_decode_unsigned_1(Proc *p, Term bin) {
    return decode(p, bin, false);
}

Term brc_bif_binary_decode_unsigned_2(Proc *p, Term bin, Term endian) {
    if (endian != AM(little) && endian != AM(big)) return brc_ctx_badarg(p);
    return decode(p, bin, endian == AM(little));
}

static Term encode(Proc *p, Term n, bool little) {
    if (term_is_small(n) ? (STerm)n < 0 : !term_is_kind(n, BRC_BIGPOS)) return brc_ctx_badarg(p);
    uint64_t one = n >> 2;
    const uint64_t *limbs = term_is_small(n) ? &one : term_box(n) + 1;
    size_t count = term_is_small(n) ? 1 : BRC_HEADER_WORDS(term_header(n));
    uint64_t top = limbs[count - 1] | 1;
    size_t size = 8 * count - (size_t)__builtin_clzll(top) / 8;
    uint8_t *to;
    Term t = brc_term_bin_alloc(p, size, &to);
    memcpy(to, limbs, size);
    if (!little) {
        for (size_t i = 0, j = size - 1; i < j; i++, j--) {
            uint8_t b = to[i];
            to[i] = to[j];
            to[j] = b;
        }
    }
    brc_ctx_charge(p, size >> 8);
    return t;
}

Term brc_bif_binary_encode_unsigned_1(Proc *p, Term n) {
    return encode(p, n, false);
}

Term brc_bif_binary_encode_unsigned_2(Proc *p, Term n, Term endian) {
    if (endian != AM(little) && endian != AM(big)) return brc_ctx_badarg(p);
    return encode(p, n, endian == AM(little));
}
