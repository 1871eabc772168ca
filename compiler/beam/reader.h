/* reader.h: a cursor over untrusted bytes that leaves by longjmp on the first thing wrong.
 *
 * beam_read_bytes sets the one jump target; everything below it reads without testing, because a
 * read past the end, a bad index or a bad shape never returns. What was built until then is left to
 * the collector. The message names the file, the chunk and the offset in the chunk. */
#pragma once
#include "base/mem.h"
#include <setjmp.h>

/* Where and how a read of one file fails. */
typedef struct ReadFail {
    jmp_buf out;
    const char *path;
    char *message; /* set by reader_fail */
} ReadFail;

typedef struct Reader {
    ReadFail *fail;
    const char *chunk; /* its four letters; NULL: the file itself */
    const uint8_t *bytes;
    size_t size, at; /* at <= size */
} Reader;

_Noreturn void reader_fail_at(const Reader *r, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* At the reader's own position. */
_Noreturn void reader_fail(const Reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline size_t reader_left(const Reader *r) {
    return r->size - r->at;
}

static inline void reader_need(const Reader *r, size_t bytes) {
    if (reader_left(r) < bytes) reader_fail(r, "ends too early");
}

static inline uint8_t reader_u8(Reader *r) {
    reader_need(r, 1);
    return r->bytes[r->at++];
}

static inline const uint8_t *reader_take(Reader *r, size_t bytes) {
    reader_need(r, bytes);
    const uint8_t *p = r->bytes + r->at;
    r->at += bytes;
    return p;
}

/* Big-endian. */
static inline uint16_t reader_u16(Reader *r) {
    const uint8_t *p = reader_take(r, 2);
    return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t reader_u32(Reader *r) {
    const uint8_t *p = reader_take(r, 4);
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t reader_u64(Reader *r) {
    uint64_t high = reader_u32(r);
    return high << 32 | reader_u32(r);
}

/* A count of things that take at least `each` bytes: checked against what is left, so that it may
 * size an allocation. */
uint32_t reader_count(Reader *r, size_t each, const char *what);

/* Text as UTF-8, NUL-terminated, with its length; checked, at most 255 characters (an atom's). */
const char *reader_utf8_atom(Reader *r, size_t len);
const char *reader_latin1_atom(Reader *r, size_t len, size_t *utf8_len);

/* zlib data that unpacks to exactly `size` bytes. */
const uint8_t *reader_inflate(const Reader *r, const uint8_t *packed, size_t packed_bytes,
                              size_t size);
/* A gzip file of whatever size within reason. */
const uint8_t *reader_gunzip(const Reader *r, size_t *size);
