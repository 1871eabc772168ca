/* number.c: see number.h. */
#include "crypto/number.h"

BIGNUM *brc_crypto_number(Term t) {
    CryptoBytes b;
    if (!brc_crypto_binary(t, &b)) return NULL;
    BIGNUM *n = BN_bin2bn(b.at, (int)b.size, NULL);
    brc_crypto_free(&b);
    return n;
}

Term brc_crypto_number_term(Proc *p, const BIGNUM *n, size_t size) {
    uint8_t *out;
    size_t least = (size_t)BN_num_bytes(n);
    if (size < least) size = least;
    Term bin = brc_term_bin_alloc(p, size, &out);
    BN_bn2binpad(n, out, (int)size);
    return bin;
}

EVP_PKEY *brc_crypto_key_build(const char *type, OSSL_PARAM_BLD *b, int selection) {
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;
    bool ok = params != NULL && ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
              EVP_PKEY_fromdata(ctx, &key, selection, params) == 1;
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(b);
    return ok ? key : NULL;
}
