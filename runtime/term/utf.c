/* utf.c: UTF-8. A first byte tells length and what the second may be; later ones are 10xxxxxx. */
#include "term/utf.h"
#include <string.h>

unsigned brc_term_utf8_put(uint8_t *to, uint32_t ch) {
    if (ch < 0x80) {
        to[0] = (uint8_t)ch;
        return 1;
    }
    if (ch < 0x800) {
        to[0] = (uint8_t)(0xC0 | ch >> 6);
        to[1] = (uint8_t)(0x80 | (ch & 0x3F));
        return 2;
    }
    if (ch < 0x10000) {
        to[0] = (uint8_t)(0xE0 | ch >> 12);
        to[1] = (uint8_t)(0x80 | (ch >> 6 & 0x3F));
        to[2] = (uint8_t)(0x80 | (ch & 0x3F));
        return 3;
    }
    to[0] = (uint8_t)(0xF0 | ch >> 18);
    to[1] = (uint8_t)(0x80 | (ch >> 12 & 0x3F));
    to[2] = (uint8_t)(0x80 | (ch >> 6 & 0x3F));
    to[3] = (uint8_t)(0x80 | (ch & 0x3F));
    return 4;
}

/* What the second byte may be after the first: shortest form, no surrogate, not too large. */
static void second_byte_range(uint8_t first, uint8_t *low, uint8_t *high) {
    *low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    *high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
}

int brc_term_utf8_get(const uint8_t *b, size_t n, uint32_t *ch) {
    uint8_t first = b[0], low, high;
    if (first < 0x80) {
        *ch = first;
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) return -1;
    int len = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    second_byte_range(first, &low, &high);
    uint32_t c = first & (0x7Fu >> len);
    for (int i = 1; i < len; i++) {
        if ((size_t)i == n) return 0;
        if (b[i] < low || b[i] > high) return -1;
        c = c << 6 | (b[i] & 0x3F);
        low = 0x80, high = 0xBF;
    }
    *ch = c;
    return len;
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
