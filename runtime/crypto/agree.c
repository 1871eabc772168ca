/* agree.c: pairs of keys and the secrets that two of them share: elliptic curves, x25519 and its
 * like, Diffie-Hellman. */
#include "crypto/curve.h"
#include "proc/timer.h"
#include "sched/dirty.h"
#include "term/atom.h"
#include "term/int.h"
#include <openssl/core_names.h>

static Term pair(Proc *p, Term public_key, Term private_key) {
    return term_tuple2(brc_ctx_alloc(p, 3), public_key, private_key);
}

/* What the two share; BRC_NONE: they do not suit each other. A point was found to be on its curve
 * when its key was made: to multiply it by the order, as libcrypto would, takes as long as all the
 * rest. */
static Term secret(Proc *p, EVP_PKEY *mine, EVP_PKEY *other, bool pad) {
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, mine, NULL);
    size_t size = 0;
    Term bin = BRC_NONE;
    if (ctx != NULL && EVP_PKEY_derive_init(ctx) == 1) {
        unsigned wanted = pad;
        OSSL_PARAM params[] = {OSSL_PARAM_construct_uint(OSSL_EXCHANGE_PARAM_PAD, &wanted),
                               OSSL_PARAM_construct_end()};
        if (pad) EVP_PKEY_CTX_set_params(ctx, params);
        bool check = !EVP_PKEY_is_a(other, "EC");
        if (EVP_PKEY_derive_set_peer_ex(ctx, other, check) == 1 &&
            EVP_PKEY_derive(ctx, NULL, &size) == 1) {
            SharedBin *b = brc_ctx_sharedbin_new(size, size);
            if (EVP_PKEY_derive(ctx, b->data, &size) == 1) bin = brc_term_bin_new(p, b->data, size);
            brc_ctx_sharedbin_unref(b);
        }
    }
    EVP_PKEY_CTX_free(ctx);
    return bin;
}

/* ---- curves ---- */

static Term ec_generated(Proc *p, const EC_GROUP *g, const BIGNUM *given) {
    const BIGNUM *order = EC_GROUP_get0_order(g);
    BIGNUM *n = given != NULL ? BN_dup(given) : BN_new();
    bool ok = n != NULL;
    while (ok && given == NULL) {
        ok = BN_priv_rand_range(n, order);
        if (!ok || !BN_is_zero(n)) break;
    }
    Term point = ok ? brc_crypto_curve_point(p, g, n) : BRC_NONE;
    Term number = BRC_NONE;
    if (point != BRC_NONE)
        number = brc_crypto_number_term(p, n, ((size_t)EC_GROUP_order_bits(g) + 7) / 8);
    BN_clear_free(n);
    return number == BRC_NONE ? BRC_NONE : pair(p, point, number);
}

Term brc_bif_crypto_ec_generate_key_nif_2(Proc *p, Term curve, Term private_key) {
    BIGNUM *given = NULL;
    uint64_t start_ns = brc_proc_clock_ns();
    if (private_key != AM(undefined) && (given = brc_crypto_number(private_key)) == NULL)
        return BRC_CRYPTO_BADARG(p, "ec.c", 273, 0, "Bad private key");
    EC_GROUP *g = brc_crypto_curve(curve);
    Term result;
    if (g == NULL)
        result = BRC_CRYPTO_BADARG(p, "ec.c", 355, 0, "Couldn't get Curve definition");
    else if (given != NULL && BN_is_zero(given))
        result = BRC_CRYPTO_BADARG(p, "ec.c", 429, 1, "peer priv key must not be 0");
    else if (given != NULL && BN_cmp(given, EC_GROUP_get0_order(g)) >= 0)
        result = brc_crypto_error(p, AM(error), "ec.c", 413, -1, "Couldn't get EC key");
    else if ((result = ec_generated(p, g, given)) == BRC_NONE)
        result = brc_crypto_error(p, AM(error), "ec.c", 413, -1, "Couldn't get EC key");
    EC_GROUP_free(g);
    BN_clear_free(given);
    brc_crypto_charge(p, start_ns);
    return result;
}

static Term ecdh(Proc *p, const EC_GROUP *g, const CryptoBytes *others, const BIGNUM *mine) {
    EVP_PKEY *other = brc_crypto_group_key(g, others, NULL);
    if (other == NULL) return brc_crypto_error(p, AM(error), "ecdh.c", 70, -1, "Can't do fromdata");
    EVP_PKEY *own = brc_crypto_group_key(g, NULL, mine);
    Term result = own != NULL ? secret(p, own, other, false) : BRC_NONE;
    EVP_PKEY_free(own);
    EVP_PKEY_free(other);
    if (result != BRC_NONE) return result;
    return brc_crypto_error(p, AM(error), "ecdh.c", 113, -1, "Can't derive secret");
}

Term brc_bif_crypto_ecdh_compute_key_nif_3(Proc *p, Term others, Term curve, Term mine) {
    CryptoBytes other;
    EC_GROUP *g = brc_crypto_curve(curve);
    BIGNUM *n = brc_crypto_number(mine);
    uint64_t start_ns = brc_proc_clock_ns();
    Term result;
    if (g == NULL) {
        result = brc_crypto_error(p, AM(error), "ec.c", 78, 1, "Bad curve def. Expect 5-tuple.");
    } else if (!brc_crypto_binary(others, &other) || n == NULL) {
        result = BRC_CRYPTO_BADARG(p, "ecdh.c", 81, 0, "Bad peer public key; binary expected");
    } else {
        result = ecdh(p, g, &other, n);
        brc_crypto_free(&other);
    }
    BN_clear_free(n);
    EC_GROUP_free(g);
    brc_crypto_charge(p, start_ns);
    return result;
}

/* ---- x25519, x448, ed25519, ed448: keys are plain bytes ---- */

static const char *raw_type(Term curve) {
    static const char *const names[] = {"x25519", "x448", "ed25519", "ed448"};
    size_t len;
    const char *text = term_is_atom(curve) ? brc_term_atom_text(curve, &len) : "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], text) == 0) return names[i]; /* libcrypto takes any case */
    return NULL;
}

static Term raw_part(Proc *p, const EVP_PKEY *key, bool private_part) {
    uint8_t bytes[64];
    size_t size = sizeof bytes;
    int ok = private_part ? EVP_PKEY_get_raw_private_key(key, bytes, &size)
                          : EVP_PKEY_get_raw_public_key(key, bytes, &size);
    return ok == 1 ? brc_term_bin_new(p, bytes, size) : BRC_NONE;
}

Term brc_bif_crypto_evp_generate_key_nif_2(Proc *p, Term curve, Term private_key) {
    const char *type = raw_type(curve);
    CryptoBytes b;
    EVP_PKEY *key;
    if (type == NULL) return BRC_CRYPTO_BADARG(p, "evp.c", 131, 0, "Bad curve");
    if (private_key == AM(undefined)) {
        key = EVP_PKEY_Q_keygen(NULL, NULL, type);
    } else {
        if (!brc_crypto_binary(private_key, &b))
            return brc_crypto_error(p, AM(error), "evp.c", 143, 1, "Can't get max size");
        key = EVP_PKEY_new_raw_private_key_ex(NULL, type, NULL, b.at, b.size);
        brc_crypto_free(&b);
        if (key == NULL)
            return brc_crypto_error(p, AM(error), "evp.c", 145, 1,
                                    "Can't EVP_PKEY_new_raw_private_key");
    }
    Term public_part = raw_part(p, key, false), own = raw_part(p, key, true);
    EVP_PKEY_free(key);
    if (public_part == BRC_NONE || own == BRC_NONE)
        return brc_crypto_error(p, AM(error), "evp.c", 153, -1, "Can't get the key");
    return pair(p, public_part, own);
}

Term brc_bif_crypto_evp_compute_key_nif_3(Proc *p, Term curve, Term others, Term mine) {
    const char *type = raw_type(curve);
    CryptoBytes b;
    if (type == NULL) return BRC_CRYPTO_BADARG(p, "evp.c", 44, 0, "Bad curve");
    if (!brc_crypto_binary(mine, &b))
        return BRC_CRYPTO_BADARG(p, "evp.c", 47, 2, "Binary expected");
    EVP_PKEY *own = EVP_PKEY_new_raw_private_key_ex(NULL, type, NULL, b.at, b.size);
    brc_crypto_free(&b);
    if (own == NULL) return BRC_CRYPTO_BADARG(p, "evp.c", 50, 2, "Not a valid raw private key");
    EVP_PKEY *other = NULL;
    Term result;
    if (!brc_crypto_binary(others, &b)) {
        result = BRC_CRYPTO_BADARG(p, "evp.c", 60, 1, "Binary expected");
    } else {
        other = EVP_PKEY_new_raw_public_key_ex(NULL, type, NULL, b.at, b.size);
        brc_crypto_free(&b);
        result = other == NULL ? BRC_CRYPTO_BADARG(p, "evp.c", 63, 1, "Not a raw public peer key")
                               : secret(p, own, other, false);
        if (other != NULL && result == BRC_NONE)
            result = brc_crypto_error(p, AM(error), "evp.c", 80, -1, "Can't derive secret");
    }
    EVP_PKEY_free(other);
    EVP_PKEY_free(own);
    return result;
}

/* ---- Diffie-Hellman ---- */

/* The two numbers of [P, G]; both are to be freed, whatever it returns. NULL: fine, else which is
 * wrong. */
static const char *dh_group(Term params, BIGNUM **prime, BIGNUM **generator) {
    *prime = *generator = NULL;
    if (!term_is_cons(params) || (*prime = brc_crypto_number(term_head(params))) == NULL)
        return "Bad value of 'p'";
    params = term_tail(params);
    if (!term_is_cons(params) || (*generator = brc_crypto_number(term_head(params))) == NULL)
        return "Bad value of 'g'";
    return NULL;
}

static EVP_PKEY *dh_key(const BIGNUM *prime, const BIGNUM *generator, const BIGNUM *public_key,
                        const BIGNUM *private_key, int selection) {
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    bool ok = b != NULL && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_FFC_P, prime) &&
              OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_FFC_G, generator);
    if (public_key != NULL)
        ok = ok && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PUB_KEY, public_key);
    if (private_key != NULL)
        ok = ok && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PRIV_KEY, private_key);
    if (ok) return brc_crypto_key_build("DH", b, selection);
    OSSL_PARAM_BLD_free(b);
    return NULL;
}

static BIGNUM *power(const BIGNUM *base, const BIGNUM *exponent, const BIGNUM *modulus) {
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *n = BN_new();
    bool ok = ctx != NULL && n != NULL && BN_mod_exp(n, base, exponent, modulus, ctx);
    BN_CTX_free(ctx);
    if (ok) return n;
    BN_free(n);
    return NULL;
}

static Term dh_generated(Proc *p, const BIGNUM *prime, const BIGNUM *generator, const BIGNUM *given,
                         int bits) {
    BIGNUM *x = given != NULL ? BN_dup(given) : NULL, *y = NULL;
    if (given == NULL) {
        EVP_PKEY *params = dh_key(prime, generator, NULL, NULL, EVP_PKEY_KEY_PARAMETERS);
        EVP_PKEY_CTX *ctx = params != NULL ? EVP_PKEY_CTX_new_from_pkey(NULL, params, NULL) : NULL;
        EVP_PKEY *key = NULL;
        OSSL_PARAM length[] = {OSSL_PARAM_construct_int(OSSL_PKEY_PARAM_DH_PRIV_LEN, &bits),
                               OSSL_PARAM_construct_end()};
        bool ok = ctx != NULL && EVP_PKEY_keygen_init(ctx) == 1;
        if (ok && bits > 0) ok = EVP_PKEY_CTX_set_params(ctx, length) == 1;
        if (ok && EVP_PKEY_generate(ctx, &key) == 1) {
            EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &x);
            EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PUB_KEY, &y);
        }
        EVP_PKEY_free(key);
        EVP_PKEY_CTX_free(ctx);
        EVP_PKEY_free(params);
    } else {
        y = power(generator, x, prime);
    }
    Term result = BRC_NONE;
    if (x != NULL && y != NULL)
        result = pair(p, brc_crypto_number_term(p, y, 0), brc_crypto_number_term(p, x, 0));
    BN_clear_free(x);
    BN_free(y);
    return result;
}

Term brc_dirty_crypto_dh_generate_key_nif_4(Proc *p, Term private_key, Term params, Term header,
                                            Term length) {
    BIGNUM *given = NULL, *prime, *generator;
    int64_t bits;
    (void)header; /* always 0: plain binaries */
    if (private_key != AM(undefined) && (given = brc_crypto_number(private_key)) == NULL)
        return BRC_CRYPTO_BADARG(p, "dh.c", 57, 0, "PrivKeyIn");
    const char *wrong = dh_group(params, &prime, &generator);
    Term result;
    if (wrong != NULL) {
        result = BRC_CRYPTO_BADARG(p, "dh.c", prime == NULL ? 66 : 70, 1, wrong);
    } else if (!brc_term_int_to_i64(length, &bits) || bits < 0 || bits > BN_num_bits(prime)) {
        result = BRC_CRYPTO_BADARG(p, "dh.c", 83, 3, "Bad value of length");
    } else {
        result = dh_generated(p, prime, generator, given, (int)bits);
        if (result == BRC_NONE)
            result = brc_crypto_error(p, AM(error), "dh.c", 120, -1, "Can't generate the key");
    }
    BN_free(prime);
    BN_free(generator);
    BN_clear_free(given);
    return result;
}

/* The secret without leading zeros, as stock gives it. */
static Term dh_secret(Proc *p, const BIGNUM *prime, const BIGNUM *generator, const BIGNUM *others,
                      const BIGNUM *mine) {
    EVP_PKEY *other = dh_key(prime, generator, others, NULL, EVP_PKEY_PUBLIC_KEY);
    BIGNUM *y = power(generator, mine, prime);
    EVP_PKEY *own = y != NULL ? dh_key(prime, generator, y, mine, EVP_PKEY_KEYPAIR) : NULL;
    Term result = other != NULL && own != NULL ? secret(p, own, other, false) : BRC_NONE;
    BN_free(y);
    EVP_PKEY_free(own);
    EVP_PKEY_free(other);
    if (result != BRC_NONE) return result;
    return brc_crypto_error(p, AM(error), "dh.c", 236, -1, "Can't get result size");
}

Term brc_dirty_crypto_dh_compute_key_nif_3(Proc *p, Term others, Term mine, Term params) {
    BIGNUM *prime = NULL, *generator = NULL;
    BIGNUM *other = brc_crypto_number(others), *own = brc_crypto_number(mine);
    const char *wrong = NULL;
    Term result;
    if (other == NULL)
        result = BRC_CRYPTO_BADARG(p, "dh.c", 187, 0, "Bad peer public key; binary expected");
    else if (own == NULL)
        result = BRC_CRYPTO_BADARG(p, "dh.c", 192, 1, "Bad private key; binary expected");
    else if ((wrong = dh_group(params, &prime, &generator)) != NULL)
        result = BRC_CRYPTO_BADARG(p, "dh.c", prime == NULL ? 198 : 203, 2, wrong);
    else
        result = dh_secret(p, prime, generator, other, own);
    BN_free(prime);
    BN_free(generator);
    BN_free(other);
    BN_clear_free(own);
    return result;
}
