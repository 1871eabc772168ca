/* md5.h: the MD5 digest (RFC 1321), in pieces. The struct is what erlang:md5_init/0 shows as a
 * binary of 88 bytes. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Md5 {
    uint32_t state[4];
    uint32_t bits[2]; /* length so far, low word first */
    uint8_t block[64];
} Md5;
void brc_bif_md5_init(Md5 *m);
void brc_bif_md5_update(Md5 *m, const uint8_t *bytes, size_t n);
void brc_bif_md5_final(Md5 *m, uint8_t digest[16]);
