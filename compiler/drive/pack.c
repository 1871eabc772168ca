/* pack.c: see pack.h. The level is the one whose packing goes unnoticed beside clang: objects
 * become a sixth of their size. */
#include "drive/pack.h"
#include "base/diag.h"
#include <zstd.h>

#define LEVEL         1
#define LARGEST_BYTES ((size_t)4 << 30) /* of an object: more is a damaged file */

bool pack_is(const uint8_t *bytes, size_t size) {
    static const uint8_t magic[PACK_HEAD_BYTES] = {0x28, 0xb5, 0x2f, 0xfd};
    return size > sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
}

uint8_t *pack_make(const uint8_t *bytes, size_t size, size_t *packed_size) {
    size_t room = ZSTD_compressBound(size);
    uint8_t *out = mem_alloc_atomic(room);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (!context) diag_fatal("no memory to compress an object");
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    *packed_size = ZSTD_compress2(context, out, room, bytes, size);
    ZSTD_freeCCtx(context);
    if (ZSTD_isError(*packed_size))
        diag_fatal("cannot compress an object: %s", ZSTD_getErrorName(*packed_size));
    uint8_t *fitting = mem_alloc_atomic(*packed_size);
    memcpy(fitting, out, *packed_size);
    return fitting;
}

size_t pack_full_size(const uint8_t *packed, size_t size) {
    unsigned long long full = ZSTD_getFrameContentSize(packed, size);
    bool good = full != ZSTD_CONTENTSIZE_ERROR && full != ZSTD_CONTENTSIZE_UNKNOWN;
    return good && full <= LARGEST_BYTES ? (size_t)full : 0;
}

bool pack_open(const uint8_t *packed, size_t size, uint8_t *out, size_t full) {
    return ZSTD_decompress(out, full, packed, size) == full;
}
