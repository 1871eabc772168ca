/* zone.c: which offset holds when: files as tzdata has them, and both ways between local time and
 * UTC. What local time means that is skipped, that comes twice or whose daylight saving is said
 * wrongly follows the C library's mktime, as stock does. */
#include "proc/zone.h"
#include <stdlib.h>
#include <string.h>

/* ---- files ---- */

typedef struct Header { /* counts, in the order of the file */
    uint64_t is_ut, is_standard, leaps, changes, offsets, letters;
} Header;

enum { HEADER_BYTES = 44 };

static uint64_t big_endian(const uint8_t *b, unsigned n) {
    uint64_t value = 0;
    for (unsigned i = 0; i < n; i++)
        value = value << 8 | b[i];
    return value;
}

static bool read_header(const uint8_t *b, uint64_t n, Header *h) {
    if (n < HEADER_BYTES || memcmp(b, "TZif", 4) != 0) return false;
    uint64_t *to = &h->is_ut;
    for (unsigned i = 0; i < 6; i++)
        to[i] = big_endian(b + 20 + 4 * i, 4);
    return true;
}

static uint64_t body_bytes(const Header *h, unsigned time_bytes) {
    return h->changes * (time_bytes + 1) + h->offsets * 6 + h->letters +
           h->leaps * (time_bytes + 4) + h->is_standard + h->is_ut;
}

static bool take_body(const uint8_t *b, const Header *h, unsigned time_bytes, Zone *z) {
    z->count = (uint32_t)h->changes, z->offset_count = (uint32_t)h->offsets;
    z->changes = malloc(h->changes * sizeof *z->changes + 1);
    z->kinds = malloc(h->changes + 1);
    z->offsets = malloc(h->offsets * sizeof *z->offsets);
    if (!z->changes || !z->kinds || !z->offsets) return false;
    const uint8_t *kinds = b + h->changes * time_bytes, *offsets = kinds + h->changes;
    for (uint64_t i = 0; i < h->changes; i++) {
        uint64_t at = big_endian(b + i * time_bytes, time_bytes);
        z->changes[i] = time_bytes == 4 ? (int32_t)at : (int64_t)at;
        if (kinds[i] >= h->offsets) return false;
    }
    memcpy(z->kinds, kinds, h->changes);
    for (uint64_t i = 0; i < h->offsets; i++, offsets += 6)
        z->offsets[i] = (ZoneOffset){(int32_t)big_endian(offsets, 4), offsets[4] != 0};
    return true;
}

/* Between two line feeds. */
static void take_rule(const uint8_t *b, uint64_t n, Zone *z) {
    char text[256] = {0};
    const uint8_t *end = n > 1 && *b == '\n' ? memchr(b + 1, '\n', n - 1) : NULL;
    if (!end || (size_t)(end - b) > sizeof text) return;
    memcpy(text, b + 1, (size_t)(end - b - 1));
    z->has_rule = brc_proc_zone_rule(text, &z->rule);
}

bool brc_proc_zone_read(const uint8_t *b, uint64_t n, Zone *z) {
    Header h;
    unsigned time_bytes = 4;
    *z = (Zone){.count = 0};
    if (!read_header(b, n, &h)) return false;
    if (b[4] >= '2') { /* once more, in 64 bits */
        uint64_t skip = HEADER_BYTES + body_bytes(&h, 4);
        if (skip > n || !read_header(b + skip, n - skip, &h)) return false;
        b += skip, n -= skip, time_bytes = 8;
    }
    uint64_t body = body_bytes(&h, time_bytes);
    if (h.offsets == 0 || h.offsets > 256 || body > n - HEADER_BYTES) return false;
    if (!take_body(b + HEADER_BYTES, &h, time_bytes, z)) return false;
    if (time_bytes == 8) take_rule(b + HEADER_BYTES + body, n - HEADER_BYTES - body, z);
    return true;
}

/* ---- UTC to local ---- */

ZoneOffset brc_proc_zone_at(const Zone *z, int64_t seconds) {
    if (z->count == 0 || seconds < z->changes[0]) {
        if (z->offset_count == 0) return brc_proc_zone_by_rule(&z->rule, seconds);
        for (uint32_t i = 0; i < z->offset_count; i++)
            if (!z->offsets[i].is_dst) return z->offsets[i];
        return z->offsets[0];
    }
    if (seconds >= z->changes[z->count - 1] && z->has_rule)
        return brc_proc_zone_by_rule(&z->rule, seconds);
    uint32_t low = 0, high = z->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        *(z->changes[middle] <= seconds ? &low : &high) = middle;
    }
    return z->offsets[z->kinds[low]];
}

/* ---- local to UTC ---- */

/* A time of the other kind of offset is looked for in steps of about a week, some 7 years around;
 * without one, it is an hour away. */
enum { STEP = 601200, FARTHEST = 457243209 / 2 + STEP, TRIES = 6 };

static int64_t of_kind(const Zone *z, int64_t local, int64_t near, bool is_dst) {
    for (int64_t away = STEP; away < FARTHEST; away += STEP)
        for (int side = -1; side <= 1; side += 2) {
            ZoneOffset o = brc_proc_zone_at(z, near + side * away);
            if (o.is_dst == is_dst) return local - o.seconds;
        }
    return near + (is_dst ? -3600 : 3600);
}

bool brc_proc_zone_seconds(const Zone *z, const Civil *c, int dst, _Atomic(int64_t) *guess,
                           int64_t *seconds) {
    int64_t local = brc_proc_civil_seconds(c), t = local - *guess, before = t, last = t;
    bool last_dst = false;
    for (int tries = TRIES;;) {
        ZoneOffset o = brc_proc_zone_at(z, t);
        int64_t next = local - o.seconds;
        if (next == t) {
            if (dst >= 0 && o.is_dst != (dst > 0)) t = of_kind(z, local, t, dst > 0);
            break;
        }
        /* Skipped by the clocks: to and fro between two. */
        if (t == before && t != last && (dst < 0 ? last_dst <= o.is_dst : (dst > 0) != o.is_dst))
            break;
        if (--tries == 0) return false;
        before = last, last = t, t = next, last_dst = o.is_dst;
    }
    *guess = local - t;
    *seconds = t;
    return true;
}
