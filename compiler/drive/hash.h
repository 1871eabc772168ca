/* hash.h: SHA-256 over parts, for the cache's keys. */
#pragma once
#include "base/mem.h"

typedef struct Hash Hash;
Hash *hash_new(void);
void hash_bytes(Hash *h, const void *bytes, size_t size); /* its size counts too */
void hash_text(Hash *h, const char *text);
char *hash_hex(Hash *h); /* 64 digits; ends the hash */
