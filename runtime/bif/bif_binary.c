/* bif_binary.c: sizes and parts of bitstrings, bytes to lists: what module erlang has for them.
 * (Lists to bytes: bif_iolist.c.) */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "bif/binpart.h"
#include "term/bits.h"
#include "term/bits_raw.h"
#include "term/int.h"

Term brc_bif_erlang_byte_size_1(Proc *p, Term t) {
    BitsView v;
    if (!brc_term_bits_view(t, &v)) return brc_ctx_badarg(p);
    return BRC_SMALL((v.bit_size + 7) >> 3);
}

Term brc_bif_erlang_bit_size_1(Proc *p, Term t) {
    BitsView v;
    if (!brc_term_bits_view(t, &v)) return brc_ctx_badarg(p);
    return BRC_SMALL(v.bit_size);
}

/* ---- parts ---- */

bool brc_bif_bin_range(Term pos, Term len, uint64_t size, uint64_t *from, uint64_t *n) {
    uint64_t at;
    int64_t signed_len;
    if (!brc_term_int_to_u64(pos, &at) || !brc_term_int_to_i64(len, &signed_len)) return false;
    uint64_t count = signed_len < 0 ? 0 - (uint64_t)signed_len : (uint64_t)signed_len;
    if (at > size) return false;
    if (signed_len < 0) {
        if (count > at) return false;
        at -= count;
    }
    if (count > size - at) return false;
    *from = at;
    *n = count;
    return true;
}

static Term part(Proc *p, Term bin, Term pos, Term len) {
    BitsView v;
    uint64_t from, n;
    if (!brc_term_bits_view(bin, &v)) return brc_ctx_badarg(p);
    if (!brc_bif_bin_range(pos, len, v.bit_size >> 3, &from, &n)) return brc_ctx_badarg(p);
    return brc_term_bits_sub(p, bin, 8 * from, 8 * n);
}

static Term part_tuple(Proc *p, Term bin, Term range) {
    if (!term_is_tuple_of(range, 2)) return brc_ctx_badarg(p);
    const Term *e = term_tuple_elements(range);
    return part(p, bin, e[0], e[1]);
}

Term brc_bif_erlang_binary_part_3(Proc *p, Term b, Term pos, Term len) {
    return part(p, b, pos, len);
}
Term brc_bif_erlang_binary_part_2(Proc *p, Term b, Term range) {
    return part_tuple(p, b, range);
}
Term brc_bif_binary_part_3(Proc *p, Term b, Term pos, Term len) {
    return part(p, b, pos, len);
}
Term brc_bif_binary_part_2(Proc *p, Term b, Term range) {
    return part_tuple(p, b, range);
}

Term brc_bif_erlang_split_binary_2(Proc *p, Term bin, Term pos) {
    BitsView v;
    uint64_t at;
    if (!brc_term_bits_view(bin, &v) || !brc_term_int_to_u64(pos, &at) || at > v.bit_size >> 3)
        return brc_ctx_badarg(p);
    Term before = brc_term_bits_sub(p, bin, 0, 8 * at);
    Term after = brc_term_bits_sub(p, bin, 8 * at, v.bit_size - 8 * at);
    return term_tuple2(brc_ctx_alloc(p, 3), before, after);
}

/* ---- to lists ---- */

/* The n bytes from byte `from` on, followed by tail. */
static Term byte_list(Proc *p, const BitsView *v, uint64_t from, uint64_t n, Term tail) {
    unsigned steps = 0;
    if (n == 0) return tail;
    Term *cells = brc_ctx_alloc(p, 2 * n);
    const uint8_t *b = v->data + (v->bit_offset >> 3) + from;
    unsigned shift = (unsigned)v->bit_offset & 7;
    for (uint64_t i = 0; i < n; i++) {
        brc_ctx_pause_step(&steps, 7);
        Term byte = shift == 0 ? b[i] : (uint8_t)(b[i] << shift | b[i + 1] >> (8 - shift));
        term_cons(cells + 2 * i, BRC_SMALL(byte), term_make_list(cells + 2 * i + 2));
    }
    cells[2 * n - 1] = tail;
    brc_ctx_charge(p, n >> 6);
    return term_make_list(cells);
}

Term brc_long_erlang_binary_to_list_1(Proc *p, Term bin) {
    BitsView v;
    if (!brc_term_bits_view(bin, &v) || (v.bit_size & 7) != 0) return brc_ctx_badarg(p);
    return byte_list(p, &v, 0, v.bit_size >> 3, BRC_NIL);
}

Term brc_long_erlang_binary_to_list_3(Proc *p, Term bin, Term first, Term last) {
    BitsView v;
    uint64_t from, to;
    if (!brc_term_bits_view(bin, &v) || !brc_term_int_to_u64(first, &from) ||
        !brc_term_int_to_u64(last, &to))
        return brc_ctx_badarg(p);
    if (from < 1 || to > v.bit_size >> 3 || from > to) return brc_ctx_badarg(p);
    return byte_list(p, &v, from - 1, to - from + 1, BRC_NIL);
}

Term brc_long_erlang_bitstring_to_list_1(Proc *p, Term bin) {
    BitsView v;
    if (!brc_term_bits_view(bin, &v)) return brc_ctx_badarg(p);
    uint64_t bytes = v.bit_size >> 3, odd = v.bit_size & 7;
    Term tail = BRC_NIL;
    if (odd != 0) {
        Term last = brc_term_bits_new(p, v.data, v.bit_offset + 8 * bytes, odd);
        tail = term_cons(brc_ctx_alloc(p, 2), last, BRC_NIL);
    }
    return byte_list(p, &v, 0, bytes, tail);
}
