/* md5.c: RFC 1321. Its table of 64 sines is written out; the rounds differ in the function that
 * mixes three words and in the order in which the block's words are taken. */
#include "bif/md5.h"
#include <string.h>

static const uint32_t sine[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
static const uint8_t turn[4][4] = {
    {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

static uint32_t load32(const uint8_t *b) {
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}
static void store32(uint8_t *b, uint32_t v) {
    for (int i = 0; i < 4; i++)
        b[i] = (uint8_t)(v >> 8 * i);
}

/* One step of a round: the four words move on by one place. */
#define STEP(mixed, word, i)                                                                       \
    do {                                                                                           \
        uint32_t sum = a + (mixed) + sine[i] + w[word], by = turn[(i) / 16][(i) % 4];              \
        a = d, d = c, c = b;                                                                       \
        b += sum << by | sum >> (32 - by);                                                         \
    } while (0)

static void digest_block(uint32_t state[4], const uint8_t *block) {
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], w[16];
    for (int i = 0; i < 16; i++)
        w[i] = load32(block + 4 * i);
#pragma clang loop unroll(full)
    for (unsigned i = 0; i < 16; i++)
        STEP((b & c) | (~b & d), i, i);
#pragma clang loop unroll(full)
    for (unsigned i = 16; i < 32; i++)
        STEP((b & d) | (c & ~d), (5 * i + 1) & 15, i);
#pragma clang loop unroll(full)
    for (unsigned i = 32; i < 48; i++)
        STEP(b ^ c ^ d, (3 * i + 5) & 15, i);
#pragma clang loop unroll(full)
    for (unsigned i = 48; i < 64; i++)
        STEP(c ^ (b | ~d), (7 * i) & 15, i);
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

void brc_bif_md5_init(Md5 *m) {
    *m = (Md5){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void brc_bif_md5_update(Md5 *m, const uint8_t *bytes, size_t n) {
    size_t used = m->bits[0] >> 3 & 63;
    uint64_t bits = (m->bits[0] | (uint64_t)m->bits[1] << 32) + ((uint64_t)n << 3);
    m->bits[0] = (uint32_t)bits, m->bits[1] = (uint32_t)(bits >> 32);
    if (used + n >= 64 && used > 0) {
        size_t more = 64 - used;
        memcpy(m->block + used, bytes, more);
        digest_block(m->state, m->block);
        bytes += more, n -= more, used = 0;
    }
    for (; n >= 64; n -= 64, bytes += 64)
        digest_block(m->state, bytes);
    if (n) memcpy(m->block + used, bytes, n);
}

void brc_bif_md5_final(Md5 *m, uint8_t digest[16]) {
    static const uint8_t padding[64] = {0x80};
    uint8_t length[8];
    store32(length, m->bits[0]), store32(length + 4, m->bits[1]);
    size_t used = m->bits[0] >> 3 & 63;
    brc_bif_md5_update(m, padding, used < 56 ? 56 - used : 120 - used);
    brc_bif_md5_update(m, length, 8);
    for (int i = 0; i < 4; i++)
        store32(digest + 4 * i, m->state[i]);
}
