/* md5.h: RFC 1321, for a module's checksum only. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Md5 {
    uint32_t state[4];
    uint64_t bytes; /* put so far */
    uint8_t block[64];
} Md5;

void md5_start(Md5 *m);
void md5_put(Md5 *m, const void *bytes, size_t size);
void md5_finish(Md5 *m, uint8_t digest[16]);
