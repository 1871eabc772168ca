/* hash.c: SHA-256 over parts, for the cache's keys. Each part goes in with its size before it, so
 * that different lists of parts never read the same. */
#include "drive/hash.h"
#include "base/diag.h"
#include <openssl/evp.h>

struct Hash {
    EVP_MD_CTX *ctx;
};

static void must(int ok) {
    if (ok != 1) diag_fatal("libcrypto cannot compute SHA-256 here");
}

Hash *hash_new(void) {
    Hash *h = mem_new(Hash);
    h->ctx = EVP_MD_CTX_new();
    must(h->ctx != NULL);
    must(EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL));
    return h;
}

void hash_bytes(Hash *h, const void *bytes, size_t size) {
    uint64_t n = size;
    must(EVP_DigestUpdate(h->ctx, &n, sizeof n));
    must(EVP_DigestUpdate(h->ctx, bytes, size));
}

void hash_text(Hash *h, const char *text) {
    hash_bytes(h, text, strlen(text));
}

char *hash_hex(Hash *h) {
    uint8_t sum[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    must(EVP_DigestFinal_ex(h->ctx, sum, &size));
    EVP_MD_CTX_free(h->ctx);
    h->ctx = NULL;
    Text hex = {0};
    for (unsigned i = 0; i < size; i++)
        text_add(&hex, "%02x", sum[i]);
    return hex.at;
}
