/* pack.h: objects as the cache holds them: zstd, with a checksum. */
#pragma once
#include "base/mem.h"

#define PACK_HEAD_BYTES 4

bool pack_is(const uint8_t *bytes, size_t size); /* begins as a packed object */
/* The bytes packed; *packed_size of them. */
uint8_t *pack_make(const uint8_t *bytes, size_t size, size_t *packed_size);
/* Of what it unpacks to; 0: it is damaged. */
size_t pack_full_size(const uint8_t *packed, size_t size);
/* Fills `out`, of pack_full_size bytes; false: it is damaged. */
bool pack_open(const uint8_t *packed, size_t size, uint8_t *out, size_t full);
