/* number.h: big-endian binaries as libcrypto's numbers, and keys from lists of them. */
#pragma once
#include "crypto/crypto.h"
#include <openssl/bn.h>
#include <openssl/param_build.h>

/* NULL: no binary. */
BIGNUM *brc_crypto_number(Term t);
/* At least `size` bytes. */
Term brc_crypto_number_term(Proc *p, const BIGNUM *n, size_t size);

/* A key of libcrypto's type of that name from the numbers collected; frees them and b. `selection`
 * is EVP_PKEY_KEYPAIR, EVP_PKEY_PUBLIC_KEY... NULL where it makes no key. */
EVP_PKEY *brc_crypto_key_build(const char *type, OSSL_PARAM_BLD *b, int selection);
