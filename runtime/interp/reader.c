/* reader.c: see reader.h. */
#include "interp/reader.h"

const uint8_t *brc_interp_take(Bytes *b, size_t n) {
    if (b->failed || bytes_left(b) < n) {
        b->failed = true;
        return NULL;
    }
    const uint8_t *at = b->at;
    b->at += n;
    return at;
}

uint8_t brc_interp_read8(Bytes *b) {
    const uint8_t *at = brc_interp_take(b, 1);
    return at ? *at : 0;
}

uint32_t brc_interp_read32(Bytes *b) {
    const uint8_t *at = brc_interp_take(b, 4);
    return at ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3] : 0;
}

/* A number of so many bytes, which may have a sign. */
static void read_long(Bytes *b, uint8_t first, Compact *c) {
    size_t size = (first >> 5) + 2u;
    if (size == 9) size += brc_interp_read_number(b, 1 << 24);
    const uint8_t *at = brc_interp_take(b, size);
    if (!at) return;
    bool negative = at[0] & 0x80;
    if (negative && c->tag != COMPACT_I) {
        b->failed = true;
        return;
    }
    while (size > 1 && at[0] == (negative ? 0xFF : 0) && (at[1] & 0x80) == (at[0] & 0x80))
        at++, size--;
    if (size > 8) {
        c->value = UINT64_MAX;
        c->big = at;
        c->big_size = size;
        return;
    }
    c->value = negative ? UINT64_MAX : 0;
    for (size_t i = 0; i < size; i++)
        c->value = c->value << 8 | at[i];
}

Compact brc_interp_read_compact(Bytes *b) {
    uint8_t first = brc_interp_read8(b);
    Compact c = {.tag = first & 7};
    if (c.tag == COMPACT_Z) {
        c.extended = first >> 4;
        if (first & 8) b->failed = true;
    } else if (!(first & 8)) {
        c.value = first >> 4;
    } else if (!(first & 16)) {
        c.value = (uint64_t)(first >> 5) << 8 | brc_interp_read8(b);
    } else {
        read_long(b, first, &c);
    }
    return c;
}

uint32_t brc_interp_read_number(Bytes *b, uint32_t most) {
    Compact c = brc_interp_read_compact(b);
    if (c.tag != COMPACT_U || c.value > most) b->failed = true;
    return b->failed ? 0 : (uint32_t)c.value;
}
