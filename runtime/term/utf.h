/* utf.h: UTF-8 as Erlang has it: shortest forms only, no surrogates, nothing above 16#10FFFF. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool brc_term_utf_valid(uint64_t ch) {
    return ch < 0xD800 || (ch > 0xDFFF && ch <= 0x10FFFF);
}
static inline unsigned brc_term_utf8_size(uint32_t ch) { /* bytes that a valid character takes */
    return ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
}
/* Writes a valid character, 1..4 bytes; how many. */
static inline unsigned brc_term_utf8_put(uint8_t *to, uint32_t ch) {
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
/* Reads one of at most n (>= 1) bytes: bytes used; 0: these n are the beginning of a character
 * and more is needed; -1: no character begins so. */
int brc_term_utf8_get(const uint8_t *b, size_t n, uint32_t *ch);
/* Length in bytes of the valid prefix (whole characters) and its characters. */
size_t brc_term_utf8_prefix(const uint8_t *b, size_t n, size_t *chars);
/* Length of the prefix below 128, found eight bytes at a time. */
size_t brc_term_utf8_ascii_prefix(const uint8_t *b, size_t n);
