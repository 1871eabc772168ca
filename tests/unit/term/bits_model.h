/* bits_model.h: the slow, obvious way with bits, one at a time, for tests to compare with; and a
 * generator of reproducible random numbers. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

static uint64_t model_seed = 1;
static inline uint64_t model_random(void) { /* splitmix64 */
    uint64_t z = model_seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}
static inline uint64_t model_below(uint64_t n) {
    return model_random() % n;
}
static inline void model_fill(uint8_t *b, uint64_t n) {
    for (uint64_t i = 0; i < n; i++)
        b[i] = (uint8_t)model_random();
}

static inline unsigned model_bit(const uint8_t *b, uint64_t at) {
    return b[at >> 3] >> (7 - (at & 7)) & 1;
}
static inline void model_set(uint8_t *b, uint64_t at, unsigned bit) {
    uint8_t mask = (uint8_t)(0x80 >> (at & 7));
    b[at >> 3] = (uint8_t)(bit ? b[at >> 3] | mask : b[at >> 3] & ~mask);
}

/* The place, counted from the field's first bit, of bit i (0: least significant) of an n-bit
 * integer. Little-endian: whole bytes first, least significant first; then the odd bits. */
static inline uint64_t model_place(uint64_t i, uint64_t n, bool little) {
    if (!little) return n - 1 - i;
    uint64_t byte = i >> 3, odd = n & 7;
    if (byte == n >> 3) return 8 * byte + (odd - 1 - (i & 7));
    return 8 * byte + 7 - (i & 7);
}
