/* etf_inflate.c: decoding of terms that may be compressed: apart from the rest, so that programs
 * that decode nothing but their own literals have no zlib. */
#include "ctx/slice.h"
#include "term/etf.h"
#include "term/etf_tags.h"
#include <stdlib.h>
#include <zlib.h>

#define PIECE (64u << 10) /* bytes between looks at how long it takes */

/* Inflates to exactly `size` bytes; NULL where the data is damaged or of another size. deflate
 * never does better than 1032 to 1, so a false size does not cost memory. */
static uint8_t *inflate_all(const uint8_t *from, size_t n, size_t size, size_t *taken) {
    if (size / 1032 > n + 1) return NULL;
    z_stream z = {0};
    uint8_t *to = malloc(size + 1);
    if (to == NULL) return NULL; /* what outsiders ask for is no reason to end */
    if (inflateInit(&z) != Z_OK) abort();
    size_t in_left = n, out_left = size;
    int status = Z_OK;
    z.next_in = (Bytef *)(uintptr_t)from;
    z.next_out = to;
    while (status == Z_OK) {
        uInt in_now = in_left > UINT32_MAX ? UINT32_MAX : (uInt)in_left;
        uInt out_now = out_left > PIECE ? PIECE : (uInt)out_left;
        z.avail_in = in_now, z.avail_out = out_now;
        status = inflate(&z, Z_NO_FLUSH);
        brc_ctx_pause(5 * (size_t)(out_now - z.avail_out));
        in_left -= in_now - z.avail_in, out_left -= out_now - z.avail_out;
    }
    inflateEnd(&z);
    *taken = n - in_left;
    if (status == Z_STREAM_END && out_left == 0) return to;
    free(to);
    return NULL;
}

Term brc_term_etf_decode(Proc *p, const uint8_t *bytes, size_t size, unsigned flags,
                         EtfFindFun *find, size_t *used) {
    size_t taken;
    Term t;
    if (size < 2 || bytes[0] != ETF_VERSION) return BRC_NONE;
    if (bytes[1] != ETF_COMPRESSED) {
        t = brc_term_etf_decode_body(p, bytes + 1, size - 1, flags, find, &taken);
        if (used != NULL) *used = 1 + taken;
        return t;
    }
    if (size < 6) return BRC_NONE;
    size_t plain =
        (size_t)bytes[2] << 24 | (size_t)bytes[3] << 16 | (size_t)bytes[4] << 8 | bytes[5];
    uint8_t *inflated = inflate_all(bytes + 6, size - 6, plain, &taken);
    if (inflated == NULL) return BRC_NONE;
    if (used != NULL) *used = 6 + taken;
    t = brc_term_etf_decode_body(p, inflated, plain, flags, find, &taken);
    free(inflated);
    return t;
}
