/* bits.h: binaries and bitstrings: looking at their bytes, matching, building. */
#pragma once
#include "term/term.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"

/* Where the bits of a bitstring lie. Stays good until the next collection. */
typedef struct BitsView {
    const uint8_t *data;
    uint64_t bit_offset; /* from data */
    uint64_t bit_size;
    Term original; /* the HEAPBIN or REFBIN underneath */
} BitsView;
bool brc_term_bits_view(Term t, BitsView *v); /* false: no bitstring */
/* For a binary (whole bytes): its bytes, copied to *tmp (malloc'd; the caller frees) only where
 * they do not start at a byte. NULL: no binary. */
const uint8_t *brc_term_bin_bytes(Term t, size_t *size, uint8_t **tmp);
Term brc_term_bin_new(Proc *p, const uint8_t *bytes, size_t size); /* bytes NULL: zeroed */
Term brc_term_bin_alloc(Proc *p, size_t size, uint8_t **bytes);    /* to be filled at once */
Term brc_term_bits_sub(Proc *p, Term t, uint64_t bit_offset, uint64_t bit_size);
void brc_term_bits_copy(uint8_t *to, uint64_t to_bit, const uint8_t *from, uint64_t from_bit,
                        uint64_t bits);
int brc_term_bits_compare(const BitsView *a, const BitsView *b);
/* Bits at..at+bits of a HEAPBIN's or REFBIN's bytes: a copy where that is small, else a window. */
Term brc_term_bits_part(Proc *p, Term original, const uint8_t *data, uint64_t at, uint64_t bits);
/* A binary of all of b's bytes; the caller's reference is handed over. Spare room is given back. */
Term brc_term_bin_own(Proc *p, SharedBin *b);
/* A new bitstring with a copy of those bits. */
Term brc_term_bits_new(Proc *p, const uint8_t *data, uint64_t at, uint64_t bits);

/* ---- matching: what generated code calls ---- */
enum { BRC_BS_SIGNED = 4, BRC_BS_LITTLE = 2, BRC_BS_NATIVE = 16 }; /* BEAM's field flags */
Term brc_bs_start_match(Proc *p, Term t); /* a match context, or BRC_NONE */
/* Each of these moves the context on success and returns BRC_NONE (no failure set) otherwise. */
Term brc_bs_get_integer(Proc *p, Term ctx, uint64_t bits, unsigned flags);
Term brc_bs_get_float(Proc *p, Term ctx, uint64_t bits, unsigned flags);
Term brc_bs_get_binary(Proc *p, Term ctx, uint64_t bits);
Term brc_bs_get_tail(Proc *p, Term ctx); /* the rest as a bitstring; context not moved */
Term brc_bs_get_utf8(Proc *p, Term ctx);
Term brc_bs_get_utf16(Proc *p, Term ctx, unsigned flags);
Term brc_bs_get_utf32(Proc *p, Term ctx, unsigned flags);
/* size (a term, any) times unit in bits; false where it is no non-negative integer that fits. */
bool brc_bs_size(Term size, uint64_t unit, uint64_t *bits);
/* A context turned back into the bitstring from its position on (bs_get_tail of the whole). */
Term brc_bs_context_to_binary(Proc *p, Term ctx);

/* ---- building: bs_create_bin ----
 * begin reserves room for `bits` in all; the put functions write at p->bs_data/p->bs_bits and
 * return false where the value does not fit the segment's type (the caller raises badarg with
 * brc_bs_fail_info's map as error_info); end gives the finished bitstring. */
bool brc_bs_begin(Proc *p, uint64_t bits); /* false: system_limit raised */
/* Begins with the bits of `bin`, in place where this is its only owner. false (no failure set): no
 * bitstring, its size no multiple of unit, or too large. private_: bin comes from
 * brc_bs_init_writable and is not used again. */
bool brc_bs_begin_append(Proc *p, Term bin, uint64_t extra_bits, uint64_t unit, bool private_);
/* An empty binary to append to, with room for `size` bytes (any term; 1024 unless sensible). */
Term brc_bs_init_writable(Proc *p, Term size);
bool brc_bs_put_integer(Proc *p, Term v, uint64_t bits, unsigned flags);
bool brc_bs_put_float(Proc *p, Term v, uint64_t bits, unsigned flags);
bool brc_bs_put_binary(Proc *p, Term v, uint64_t bits);
bool brc_bs_put_binary_all(Proc *p, Term v, uint64_t unit);
void brc_bs_put_string(Proc *p, const uint8_t *bytes, size_t size);
bool brc_bs_put_utf8(Proc *p, Term v);
bool brc_bs_put_utf16(Proc *p, Term v, unsigned flags);
bool brc_bs_put_utf32(Proc *p, Term v, unsigned flags);
int brc_bs_utf8_bits(Term v); /* size in bits of the character; -1: no character */
int brc_bs_utf16_bits(Term v);
static inline Term brc_bs_end(Proc *p) {
    Term t = p->bs_term;
    p->bs_term = BRC_NIL;
    return t;
}

/* ---- failing: what the segment was, as the instruction has it ---- */
enum BsSegmentType {
    BRC_BS_INTEGER,
    BRC_BS_FLOAT,
    BRC_BS_BINARY,
    BRC_BS_APPEND, /* append and private_append: size does not count */
    BRC_BS_UTF8,
    BRC_BS_UTF16,
    BRC_BS_UTF32,
};
typedef struct BsSegment {
    enum BsSegmentType type;
    uint32_t number;  /* as in the instruction, from 1 */
    Term value, size; /* size: AM(all) for a whole binary */
    uint64_t unit;
} BsSegment;
/* The error_info of a failed construction: #{cause => {Number, Type, What, Value},
 * function => format_bs_fail, module => erl_erts_errors}; *system_limit: the reason is that rather
 * than badarg. A too large total is a system_limit of its own (brc_bs_begin). */
Term brc_bs_fail_info(Proc *p, const BsSegment *s, bool *system_limit);
