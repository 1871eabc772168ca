/* bits_raw.h: single fields of up to 64 bits read from and written to byte arrays at any bit, bits
 * counted from the most significant of the first byte. Inline: matching and building live here.
 * Never touches a byte that holds none of the field's bits. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t brc_bits_mask(unsigned n) { /* n low bits set, 0..64 */
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

static inline uint64_t brc_bits_load64(const uint8_t *b) { /* most significant byte first */
    uint64_t v;
    memcpy(&v, b, sizeof v);
    return __builtin_bswap64(v);
}

static inline uint32_t brc_bits_load32(const uint8_t *b) {
    uint32_t v;
    memcpy(&v, b, sizeof v);
    return __builtin_bswap32(v);
}

static inline void brc_bits_store64(uint8_t *b, uint64_t v) {
    v = __builtin_bswap64(v);
    memcpy(b, &v, sizeof v);
}

/* The first `bytes` (1..8) bytes, at the top of the word. */
static inline uint64_t brc_bits_load_top(const uint8_t *b, unsigned bytes) {
    if (bytes == 8) return brc_bits_load64(b);
    if (bytes >= 4)
        return (uint64_t)brc_bits_load32(b) << 32 | (uint64_t)brc_bits_load32(b + bytes - 4)
                                                        << (8 * (8 - bytes));
    uint64_t v = (uint64_t)b[0] << 56;
    if (bytes > 1) v |= (uint64_t)b[1] << 48;
    if (bytes > 2) v |= (uint64_t)b[2] << 40;
    return v;
}

/* n (1..64) bits from bit `at`, big-endian, right-aligned. */
static inline uint64_t brc_bits_read(const uint8_t *data, uint64_t at, unsigned n) {
    const uint8_t *b = data + (at >> 3);
    unsigned off = (unsigned)at & 7, bytes = (off + n + 7) >> 3;
    if (bytes == 9) return (brc_bits_load64(b) << off | (uint64_t)b[8] >> (8 - off)) >> (64 - n);
    return brc_bits_load_top(b, bytes) << off >> (64 - n);
}

/* Writes the n (1..64) low bits of v from bit `at` on; neighbouring bits stay. */
static inline void brc_bits_write(uint8_t *data, uint64_t at, uint64_t v, unsigned n) {
    uint8_t *b = data + (at >> 3);
    unsigned off = (unsigned)at & 7;
    if (off == 0 && (n & 7) == 0) { /* whole bytes */
        switch (n) {
        case 8: b[0] = (uint8_t)v; return;
        case 16:
            b[0] = (uint8_t)(v >> 8);
            b[1] = (uint8_t)v;
            return;
        case 32: {
            uint32_t w = __builtin_bswap32((uint32_t)v);
            memcpy(b, &w, sizeof w);
            return;
        }
        case 64: brc_bits_store64(b, v); return;
        default:
            for (unsigned i = n; i != 0; i -= 8)
                *b++ = (uint8_t)(v >> (i - 8));
            return;
        }
    }
    v &= brc_bits_mask(n);
    if (off != 0) { /* the first, shared byte */
        unsigned room = 8 - off;
        if (n <= room) {
            unsigned down = room - n;
            uint8_t keep = (uint8_t)~(brc_bits_mask(n) << down);
            *b = (uint8_t)((*b & keep) | (uint8_t)(v << down));
            return;
        }
        n -= room;
        *b = (uint8_t)((*b & ~brc_bits_mask(room)) | (uint8_t)(v >> n));
        b++;
    }
    for (; n >= 8; n -= 8)
        *b++ = (uint8_t)(v >> (n - 8));
    if (n != 0) *b = (uint8_t)((*b & (0xFFu >> n)) | (uint8_t)(v << (8 - n)));
}

/* An n-bit field's bits, read big-endian, as the little-endian integer they stand for, and back:
 * whole bytes change places, the odd bits of the last byte are the most significant. */
static inline uint64_t brc_bits_from_little(uint64_t v, unsigned n) {
    unsigned odd = n & 7, whole = n & ~7u;
    if (whole == 0) return v;
    uint64_t low = __builtin_bswap64(v >> odd << (64 - whole));
    return odd ? (v & brc_bits_mask(odd)) << whole | low : low;
}
static inline uint64_t brc_bits_to_little(uint64_t v, unsigned n) {
    unsigned odd = n & 7, whole = n & ~7u;
    v &= brc_bits_mask(n);
    if (whole == 0) return v;
    uint64_t swapped = __builtin_bswap64(v) >> (64 - whole); /* drops the odd bits above */
    return odd ? swapped << odd | v >> whole : swapped;
}

/* The n-bit integer with its sign bit spread. */
static inline int64_t brc_bits_sign(uint64_t v, unsigned n) {
    return (int64_t)(v << (64 - n)) >> (64 - n);
}
