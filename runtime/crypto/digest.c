/* digest.c: hashes in one call and in steps. A state is a magic reference that no step changes:
 * each makes a new one, so that a program may go on from any of them. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/crypto.h"
#include "term/atom.h"
#include "term/map.h"
#include <openssl/md4.h>

static CryptoDigest digests[] = {
    /* in the order in which crypto:supports/1 names them */
    {.name = "blake2s", .ossl = "BLAKE2S-256", .no_pbkdf2 = true},
    {.name = "blake2b", .ossl = "BLAKE2B-512", .no_pbkdf2 = true},
    {.name = "sha3_512", .ossl = "SHA3-512", .no_pbkdf2 = true},
    {.name = "sha3_384", .ossl = "SHA3-384", .no_pbkdf2 = true},
    {.name = "sha3_256", .ossl = "SHA3-256", .no_pbkdf2 = true},
    {.name = "sha3_224", .ossl = "SHA3-224", .no_pbkdf2 = true},
    {.name = "sha512", .ossl = "SHA512"},
    {.name = "sha384", .ossl = "SHA384"},
    {.name = "sha256", .ossl = "SHA256"},
    {.name = "sha224", .ossl = "SHA224"},
    {.name = "sha", .ossl = "SHA1"},
    {.name = "ripemd160", .ossl = "RIPEMD160", .no_pbkdf2 = true},
    {.name = "md5", .ossl = "MD5", .no_pbkdf2 = true},
    {.name = "md4", .ossl = "MD4", .no_pbkdf2 = true, .legacy = EVP_md4},
};
enum { DIGESTS = sizeof digests / sizeof *digests };

const CryptoDigest *brc_crypto_digest(Term name) {
    size_t len;
    if (!term_is_atom(name)) return NULL;
    const char *text = brc_term_atom_text(name, &len);
    for (size_t i = 0; i < DIGESTS; i++)
        if (strcmp(digests[i].name, text) == 0)
            return brc_crypto_digest_md(&digests[i]) != NULL ? &digests[i] : NULL;
    return NULL;
}

/* What only the legacy provider has, a shared object: from libcrypto's own functions. */
static EVP_MD *legacy_md(const CryptoDigest *d) {
    EVP_MD *md = EVP_MD_meth_dup(d->legacy());
    if (md != NULL) EVP_MD_meth_set_app_datasize(md, sizeof(MD4_CTX));
    return md;
}

/* Two threads may fetch one at the same time: one of the two objects stays unused. */
const EVP_MD *brc_crypto_digest_md(const CryptoDigest *d) {
    CryptoDigest *to = digests + (d - digests);
    EVP_MD *md = atomic_load_explicit(&to->md, memory_order_acquire);
    if (md != NULL) return md;
    md = d->legacy ? legacy_md(d) : EVP_MD_fetch(NULL, d->ossl, NULL);
    atomic_store_explicit(&to->md, md, memory_order_release);
    return md;
}

Term brc_bif_crypto_hash_algorithms_0(Proc *p) {
    Term list = BRC_NIL;
    for (size_t i = DIGESTS; i > 0; i--)
        if (brc_crypto_digest_md(&digests[i - 1]) != NULL)
            list = term_cons(brc_ctx_alloc(p, 2), brc_crypto_atom(digests[i - 1].name), list);
    return list;
}

Term brc_bif_crypto_hash_info_nif_1(Proc *p, Term name) {
    const CryptoDigest *d = brc_crypto_digest(name);
    if (d == NULL) return brc_ctx_badarg(p);
    const EVP_MD *md = brc_crypto_digest_md(d);
    const Term pairs[] = {AM(block_size), BRC_SMALL(EVP_MD_get_block_size(md)),
                          AM(size),       BRC_SMALL(EVP_MD_get_size(md)),
                          AM(type),       BRC_SMALL(EVP_MD_get_type(md))};
    return brc_term_map_from_pairs(p, pairs, 3);
}

enum { BYTES_PER_RED = 512 };

Term brc_bif_crypto_hash_nif_2(Proc *p, Term name, Term data) {
    const CryptoDigest *d = brc_crypto_digest(name);
    CryptoBytes b;
    uint8_t out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (d == NULL) return BRC_CRYPTO_BADARG(p, "hash.c", 108, 0, "Bad digest type");
    if (!brc_crypto_iodata(data, &b)) return BRC_CRYPTO_BADARG(p, "hash.c", 114, 1, "Not iolist");
    int ok = EVP_Digest(b.at, b.size, out, &size, brc_crypto_digest_md(d), NULL);
    brc_ctx_charge(p, b.size / BYTES_PER_RED);
    brc_crypto_free(&b);
    if (ok != 1) return brc_crypto_error(p, AM(error), "hash.c", 120, -1, "Low-level call failed");
    return brc_term_bin_new(p, out, size);
}

/* ---- in steps ---- */

typedef struct HashState {
    Magic magic;
    EVP_MD_CTX *ctx;
} HashState;

static void destroy(Magic *m) {
    EVP_MD_CTX_free(((HashState *)m)->ctx);
    brc_ctx_magic_free(m);
}

static Term state_new(Proc *p, EVP_MD_CTX *ctx) {
    HashState *s = brc_ctx_magic_new(sizeof *s, destroy);
    s->ctx = ctx;
    return brc_ctx_magic_term(p, &s->magic);
}

Term brc_bif_crypto_hash_init_nif_1(Proc *p, Term name) {
    const CryptoDigest *d = brc_crypto_digest(name);
    if (d == NULL) return BRC_CRYPTO_BADARG(p, "hash.c", 142, 0, "Bad digest type");
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (ctx != NULL && EVP_DigestInit_ex2(ctx, brc_crypto_digest_md(d), NULL) == 1)
        return state_new(p, ctx);
    EVP_MD_CTX_free(ctx);
    return brc_crypto_error(p, AM(error), "hash.c", 148, -1, "EVP_DigestInit failed");
}

static EVP_MD_CTX *copy_of(const HashState *s) {
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (ctx != NULL && EVP_MD_CTX_copy_ex(ctx, s->ctx) == 1) return ctx;
    EVP_MD_CTX_free(ctx);
    return NULL;
}

Term brc_bif_crypto_hash_update_nif_2(Proc *p, Term state, Term data) {
    const HashState *s = brc_ctx_magic_kind(state, destroy);
    CryptoBytes b;
    if (s == NULL) return BRC_CRYPTO_BADARG(p, "hash.c", 171, 0, "Bad state");
    if (!brc_crypto_iodata(data, &b)) return BRC_CRYPTO_BADARG(p, "hash.c", 174, 1, "Not iolist");
    EVP_MD_CTX *ctx = copy_of(s);
    bool ok = ctx != NULL && EVP_DigestUpdate(ctx, b.at, b.size) == 1;
    brc_ctx_charge(p, b.size / BYTES_PER_RED);
    brc_crypto_free(&b);
    if (ok) return state_new(p, ctx);
    EVP_MD_CTX_free(ctx);
    return brc_crypto_error(p, AM(error), "hash.c", 184, -1, "EVP_DigestUpdate failed");
}

Term brc_bif_crypto_hash_final_nif_1(Proc *p, Term state) {
    const HashState *s = brc_ctx_magic_kind(state, destroy);
    uint8_t out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (s == NULL) return BRC_CRYPTO_BADARG(p, "hash.c", 205, 0, "Bad state");
    EVP_MD_CTX *ctx = copy_of(s);
    int ok = ctx != NULL && EVP_DigestFinal_ex(ctx, out, &size) == 1;
    EVP_MD_CTX_free(ctx);
    if (!ok) return brc_crypto_error(p, AM(error), "hash.c", 215, -1, "EVP_DigestFinal failed");
    return brc_term_bin_new(p, out, size);
}
