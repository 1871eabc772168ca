/* reader.c: failing, atoms' text, and unpacking with a bound on what comes out. */
#include "beam/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <zlib.h>

/* Unpacked data may be this large whatever its packed size; beyond, the ratio is bounded, so that a
 * small file cannot ask for all memory. Real modules reach a ratio of about 10. */
#define INFLATE_FREE_BYTES ((size_t)64 << 20)
#define INFLATE_MAX_RATIO  32
/* deflate cannot do better than 1032 : 1. */
#define DEFLATE_BEST_RATIO 1032

static _Noreturn void fail_with(const Reader *r, size_t offset, const char *format, va_list args) {
    char what[512];
    vsnprintf(what, sizeof what, format, args);
    ReadFail *f = r->fail;
    if (r->chunk) {
        f->message = mem_format("%s: chunk %s, offset %zu: %s", f->path, r->chunk, offset, what);
    } else {
        f->message = mem_format("%s: offset %zu: %s", f->path, offset, what);
    }
    longjmp(f->out, 1);
}

void reader_fail_at(const Reader *r, size_t offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_with(r, offset, format, args);
}

void reader_fail(const Reader *r, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_with(r, r->at, format, args);
}

uint32_t reader_count(Reader *r, size_t each, const char *what) {
    uint32_t count = reader_u32(r);
    if (count > reader_left(r) / each) {
        reader_fail_at(r, r->at - 4, "%u %s cannot fit in the %zu bytes that follow", count, what,
                       reader_left(r));
    }
    return count;
}

/* ---- atoms ---- */

/* Bytes of the UTF-8 character at p, of which `left` bytes may be read; 0: malformed. */
static size_t utf8_char(const uint8_t *p, size_t left) {
    uint8_t b = p[0];
    if (b < 0x80) return 1;
    size_t n = b >= 0xC2 && b <= 0xDF ? 2 : (b & 0xF0) == 0xE0 ? 3 : b >= 0xF0 && b <= 0xF4 ? 4 : 0;
    if (n == 0 || n > left) return 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
    }
    if (b == 0xE0 && p[1] < 0xA0) return 0;
    if (b == 0xED && p[1] > 0x9F) return 0; /* surrogates */
    if (b == 0xF0 && p[1] < 0x90) return 0;
    if (b == 0xF4 && p[1] > 0x8F) return 0;
    return n;
}

const char *reader_utf8_atom(Reader *r, size_t len) {
    size_t start = r->at;
    const uint8_t *p = reader_take(r, len);
    size_t chars = 0;
    for (size_t i = 0; i < len; chars++) {
        size_t n = utf8_char(p + i, len - i);
        if (n == 0) reader_fail_at(r, start + i, "an atom's text is not UTF-8");
        i += n;
    }
    if (chars > 255) reader_fail_at(r, start, "an atom of more than 255 characters");
    return mem_copy_text((const char *)p, len);
}

const char *reader_latin1_atom(Reader *r, size_t len, size_t *utf8_len) {
    size_t start = r->at;
    const uint8_t *p = reader_take(r, len);
    if (len > 255) reader_fail_at(r, start, "an atom of more than 255 characters");
    char *text = mem_alloc_atomic(len * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (p[i] < 0x80) {
            text[n++] = (char)p[i];
        } else {
            text[n++] = (char)(0xC0 | p[i] >> 6);
            text[n++] = (char)(0x80 | (p[i] & 0x3F));
        }
    }
    text[n] = 0;
    *utf8_len = n;
    return text;
}

/* ---- zlib ---- */

/* zlib's own state comes from the collector too: a failure then has nothing to free. */
static void *zlib_take(void *opaque, unsigned items, unsigned size) {
    (void)opaque;
    return mem_alloc((size_t)items * size);
}

static void zlib_give(void *opaque, void *p) {
    (void)opaque;
    (void)p;
}

static bool size_is_sane(size_t packed, size_t unpacked) {
    if (unpacked / DEFLATE_BEST_RATIO > packed + 64) return false;
    return unpacked <= INFLATE_FREE_BYTES || unpacked / INFLATE_MAX_RATIO <= packed;
}

const uint8_t *reader_inflate(const Reader *r, const uint8_t *packed, size_t packed_bytes,
                              size_t size) {
    if (!size_is_sane(packed_bytes, size) || packed_bytes > UINT32_MAX || size > UINT32_MAX) {
        reader_fail(r, "%zu compressed bytes cannot hold the %zu promised", packed_bytes, size);
    }
    uint8_t *out = mem_alloc_atomic(size ? size : 1);
    z_stream z = {.zalloc = zlib_take, .zfree = zlib_give};
    if (inflateInit(&z) != Z_OK) reader_fail(r, "zlib cannot start");
    z.next_in = (z_const Bytef *)packed;
    z.avail_in = (uInt)packed_bytes;
    z.next_out = out;
    z.avail_out = (uInt)size;
    int status = inflate(&z, Z_FINISH);
    size_t got = size - z.avail_out;
    inflateEnd(&z);
    if (status != Z_STREAM_END || got != size) {
        reader_fail(r, "compressed data is damaged or not of the promised %zu bytes", size);
    }
    return out;
}

const uint8_t *reader_gunzip(const Reader *r, size_t *size) {
    if (r->size > UINT32_MAX) reader_fail(r, "the file is too large");
    z_stream z = {.zalloc = zlib_take, .zfree = zlib_give};
    if (inflateInit2(&z, 15 + 16) != Z_OK) reader_fail(r, "zlib cannot start");
    z.next_in = (z_const Bytef *)r->bytes;
    z.avail_in = (uInt)r->size;
    size_t room = r->size * 4 + 4096, count = 0;
    uint8_t *out = mem_alloc_atomic(room);
    for (;;) {
        size_t step = room - count < UINT32_MAX ? room - count : UINT32_MAX;
        z.next_out = out + count;
        z.avail_out = (uInt)step;
        int status = inflate(&z, Z_NO_FLUSH);
        count += step - z.avail_out;
        if (status == Z_STREAM_END) break;
        if (status != Z_OK || (z.avail_out != 0 && z.avail_in == 0)) {
            reader_fail(r, "the gzip data is damaged");
        }
        if (count < room) continue;
        if (!size_is_sane(r->size, room * 2)) {
            reader_fail(r, "the gzip data unpacks to more than is reasonable");
        }
        uint8_t *more = mem_alloc_atomic(room * 2);
        memcpy(more, out, count);
        out = more;
        room *= 2;
    }
    inflateEnd(&z);
    *size = count;
    return out;
}
