/* utf.c: UTF-8. A first byte tells length and what the second may be; later ones are 10xxxxxx. */
#include "term/utf.h"
#include <string.h>

static bool continues(uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

/* The second byte of three or four: shortest form, no surrogate, not too large. */
static bool second_fits(uint8_t first, uint8_t second) {
    if (!continues(second)) return false;
    switch (first) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second <= 0x9F;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second <= 0x8F;
    default: return true;
    }
}

int brc_term_utf8_get(const uint8_t *b, size_t n, uint32_t *ch) {
    uint8_t first = b[0];
    if (first < 0x80) {
        *ch = first;
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) return -1;
    if (n < 2) return 0;
    if (first < 0xE0) {
        *ch = (uint32_t)(first & 0x1F) << 6 | (b[1] & 0x3F);
        return continues(b[1]) ? 2 : -1;
    }
    if (!second_fits(first, b[1])) return -1;
    if (n < 3) return 0;
    if (!continues(b[2])) return -1;
    uint32_t last = (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    if (first < 0xF0) {
        *ch = (uint32_t)(first & 0x0F) << 12 | last;
        return 3;
    }
    if (n < 4) return 0;
    *ch = (uint32_t)(first & 0x07) << 18 | last << 6 | (b[3] & 0x3F);
    return continues(b[3]) ? 4 : -1;
}

size_t brc_term_utf8_ascii_prefix(const uint8_t *b, size_t n) {
    size_t i = 0;
    for (; n - i >= 8; i += 8) {
        uint64_t w;
        memcpy(&w, b + i, sizeof w);
        if ((w & UINT64_C(0x8080808080808080)) != 0) break;
    }
    while (i < n && b[i] < 0x80)
        i++;
    return i;
}

size_t brc_term_utf8_prefix(const uint8_t *b, size_t n, size_t *chars) {
    size_t at = 0, count = 0;
    while (at < n) {
        size_t plain = brc_term_utf8_ascii_prefix(b + at, n - at);
        at += plain, count += plain;
        if (at == n) break;
        uint32_t ch;
        int used = brc_term_utf8_get(b + at, n - at, &ch);
        if (used <= 0) break;
        at += (size_t)used, count++;
    }
    *chars = count;
    return at;
}
