/* random.c: bytes and numbers from libcrypto's generator. */
#include "crypto/number.h"
#include "term/int.h"
#include <openssl/rand.h>

Term brc_bif_crypto_strong_rand_bytes_nif_1(Proc *p, Term n) {
    uint8_t *bytes;
    if (!term_is_small(n) || term_small(n) < 0 || term_small(n) > INT32_MAX)
        return brc_ctx_badarg(p);
    int size = (int)term_small(n);
    Term bin = brc_term_bin_alloc(p, (size_t)size, &bytes);
    brc_ctx_charge(p, (size_t)size / 256);
    return RAND_bytes(bytes, size) == 1 ? bin : AM(false);
}

Term brc_bif_crypto_rand_seed_nif_1(Proc *p, Term seed) {
    CryptoBytes b;
    if (!brc_crypto_binary(seed, &b)) return brc_ctx_badarg(p);
    RAND_seed(b.at, (int)b.size);
    brc_crypto_free(&b);
    return AM(ok);
}

/* The number in <<Bytes:32, Big-endian:Bytes/unit:8>>; NULL: it is none. */
static BIGNUM *mpint(Term t) {
    CryptoBytes b;
    BIGNUM *n = NULL;
    if (!brc_crypto_binary(t, &b)) return NULL;
    if (b.size >= 4) {
        size_t size =
            (size_t)b.at[0] << 24 | (size_t)b.at[1] << 16 | (size_t)b.at[2] << 8 | b.at[3];
        if (size == b.size - 4) n = BN_bin2bn(b.at + 4, (int)size, NULL);
    }
    brc_crypto_free(&b);
    return n;
}

static Term to_mpint(Proc *p, const BIGNUM *n) {
    uint8_t *bytes;
    uint32_t size = (uint32_t)BN_num_bytes(n);
    Term bin = brc_term_bin_alloc(p, size + 4, &bytes);
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(size >> (24 - 8 * i));
    BN_bn2bin(n, bytes + 4);
    return bin;
}

Term brc_bif_crypto_rand_uniform_nif_2(Proc *p, Term from, Term to) {
    BIGNUM *a = mpint(from), *b = a != NULL ? mpint(to) : NULL, *n = BN_new();
    Term result = BRC_NONE;
    if (b != NULL && n != NULL && BN_sub(b, b, a) && BN_rand_range(n, b) && BN_add(n, n, a))
        result = to_mpint(p, n);
    BN_free(a);
    BN_free(b);
    BN_free(n);
    return result == BRC_NONE ? brc_ctx_badarg(p) : result;
}

/* A number below the one in a big-endian binary, as such a binary. */
Term brc_bif_crypto_strong_rand_range_nif_1(Proc *p, Term range) {
    BIGNUM *top = brc_crypto_number(range), *n = BN_new();
    Term result = AM(false);
    bool ok = top != NULL && n != NULL && !BN_is_zero(top);
    if (ok && BN_priv_rand_range(n, top)) result = brc_crypto_number_term(p, n, 0);
    BN_free(top);
    BN_free(n);
    return ok ? result : brc_ctx_badarg(p);
}
