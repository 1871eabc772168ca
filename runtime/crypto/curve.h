/* curve.h: elliptic curves as module crypto gives them: {Definition, Name}, Definition being
 * {{prime_field, P} | {characteristic_two_field, M, Basis}, {A, B, Seed}, Point, Order, Cofactor}
 * or undefined. */
#pragma once
#include "crypto/number.h"
#include <openssl/ec.h>

/* NULL: not one that this libcrypto has. */
EC_GROUP *brc_crypto_curve(Term params);
/* A key of the curve; either number may be NULL, not both: a public key is found from a private. */
EVP_PKEY *brc_crypto_curve_key(Term params, const CryptoBytes *public_key,
                               const BIGNUM *private_key);
EVP_PKEY *brc_crypto_group_key(const EC_GROUP *g, const CryptoBytes *public_key,
                               const BIGNUM *private_key);
/* The point n * G in the uncompressed form. */
Term brc_crypto_curve_point(Proc *p, const EC_GROUP *g, const BIGNUM *n);
