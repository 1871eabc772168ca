/* bits_copy.c: moving and comparing runs of bits. Where source and target stand at the same place
 * in their bytes the middle is a memcpy or memcmp; elsewhere whole words are shifted. Reads and
 * writes only bytes that hold bits of the run; bits of the target around it stay. */
#include "term/bits.h"
#include "term/bits_raw.h"

/* Target at a byte boundary, source `shift` (1..7) bits into its byte: whole bytes only. */
static void copy_shifted(uint8_t *to, const uint8_t *from, unsigned shift, uint64_t bytes) {
    for (; bytes >= 8; bytes -= 8, to += 8, from += 8)
        brc_bits_store64(to, brc_bits_load64(from) << shift | (uint64_t)from[8] >> (8 - shift));
    for (; bytes != 0; bytes--, to++, from++)
        *to = (uint8_t)(from[0] << shift | from[1] >> (8 - shift));
}

void brc_term_bits_copy(uint8_t *to, uint64_t to_bit, const uint8_t *from, uint64_t from_bit,
                        uint64_t bits) {
    if (bits == 0) return;
    to += to_bit >> 3, to_bit &= 7;
    from += from_bit >> 3, from_bit &= 7;
    if (to_bit != 0) { /* up to the next byte of the target */
        unsigned n = 8 - (unsigned)to_bit;
        if (n > bits) n = (unsigned)bits;
        brc_bits_write(to, to_bit, brc_bits_read(from, from_bit, n), n);
        bits -= n, from_bit += n, to++;
        from += from_bit >> 3, from_bit &= 7;
        if (bits == 0) return;
    }
    uint64_t bytes = bits >> 3;
    if (from_bit == 0)
        memcpy(to, from, bytes);
    else
        copy_shifted(to, from, (unsigned)from_bit, bytes);
    unsigned rest = (unsigned)bits & 7;
    if (rest != 0) brc_bits_write(to + bytes, 0, brc_bits_read(from + bytes, from_bit, rest), rest);
}

int brc_term_bits_compare(const BitsView *a, const BitsView *b) {
    uint64_t bits = a->bit_size < b->bit_size ? a->bit_size : b->bit_size;
    uint64_t at = 0;
    if (((a->bit_offset | b->bit_offset) & 7) == 0) {
        size_t bytes = bits >> 3;
        int c = bytes == 0
                    ? 0
                    : memcmp(a->data + (a->bit_offset >> 3), b->data + (b->bit_offset >> 3), bytes);
        if (c != 0) return c < 0 ? -1 : 1;
        at = (uint64_t)bytes << 3;
    }
    while (at < bits) {
        unsigned n = bits - at > 64 ? 64 : (unsigned)(bits - at);
        uint64_t x = brc_bits_read(a->data, a->bit_offset + at, n);
        uint64_t y = brc_bits_read(b->data, b->bit_offset + at, n);
        if (x != y) return x < y ? -1 : 1;
        at += n;
    }
    return a->bit_size < b->bit_size ? -1 : a->bit_size > b->bit_size;
}
