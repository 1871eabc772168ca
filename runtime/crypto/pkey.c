/* pkey.c: see pkey.h. An RSA key is [E, N], [E, N, D] or [E, N, D, P1, P2, E1, E2, C]; a DSA key
 * [P, Q, G, Y or X]; an ECDSA key {Curve, Key}; an EdDSA key [Key, Curve]. Numbers are big-endian
 * binaries. */
#include "crypto/pkey.h"
#include "term/atom.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>

static bool is_atom(Term t, const char *text) {
    size_t len;
    return term_is_atom(t) && strcmp(brc_term_atom_text(t, &len), text) == 0;
}

enum PkeyType brc_crypto_pkey_type(Term name) {
    static const char *const names[] = {"rsa", "dss", "ecdsa", "eddsa"};
    for (int i = 0; i < PKEY_NONE; i++)
        if (is_atom(name, names[i])) return (enum PkeyType)i;
    return PKEY_NONE;
}

/* ---- keys ---- */

/* Pushes the list's numbers under `keys`; false: no proper list of n of them. Numbers that were
 * pushed stay in `numbers` until the key is built. */
static bool push_list(OSSL_PARAM_BLD *b, Term list, const char *const *keys, BIGNUM **numbers,
                      size_t n) {
    for (size_t i = 0; i < n; i++, list = term_tail(list)) {
        if (!term_is_cons(list) || (numbers[i] = brc_crypto_number(term_head(list))) == NULL)
            return false;
        if (keys[i] != NULL && OSSL_PARAM_BLD_push_BN(b, keys[i], numbers[i]) != 1) return false;
    }
    return term_is_nil(list);
}

enum { NUMBERS = 8 };

static void free_numbers(BIGNUM **numbers) {
    for (int i = 0; i < NUMBERS; i++)
        BN_clear_free(numbers[i]);
}

static EVP_PKEY *rsa_key(Term list, bool private_part) {
    static const char *const keys[] = {
        OSSL_PKEY_PARAM_RSA_E,         OSSL_PKEY_PARAM_RSA_N,
        OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
        OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
        OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
    BIGNUM *numbers[NUMBERS] = {NULL};
    int64_t n = brc_term_list_length(list);
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    bool fits = private_part ? n == 3 || n == 8 : n == 2;
    if (b != NULL && fits && push_list(b, list, keys, numbers, (size_t)n))
        key = brc_crypto_key_build("RSA", b, private_part ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY);
    else
        OSSL_PARAM_BLD_free(b);
    free_numbers(numbers);
    return key;
}

static EVP_PKEY *dss_key(Term list, bool private_part) {
    const char *const keys[] = {OSSL_PKEY_PARAM_FFC_P, OSSL_PKEY_PARAM_FFC_Q, OSSL_PKEY_PARAM_FFC_G,
                                private_part ? OSSL_PKEY_PARAM_PRIV_KEY : OSSL_PKEY_PARAM_PUB_KEY};
    BIGNUM *numbers[NUMBERS] = {NULL}, *y = NULL;
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    BN_CTX *ctx = BN_CTX_new();
    bool ok = b != NULL && ctx != NULL && push_list(b, list, keys, numbers, 4);
    if (ok && private_part) {
        y = BN_new();
        ok = y != NULL && BN_mod_exp(y, numbers[2], numbers[3], numbers[0], ctx) &&
             OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PUB_KEY, y) == 1;
    }
    EVP_PKEY *key = NULL;
    if (ok)
        key = brc_crypto_key_build("DSA", b, private_part ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY);
    else
        OSSL_PARAM_BLD_free(b);
    BN_CTX_free(ctx);
    BN_free(y);
    free_numbers(numbers);
    return key;
}

static EVP_PKEY *ecdsa_key(Term t, bool private_part) {
    CryptoBytes point;
    EVP_PKEY *key = NULL;
    if (!term_is_tuple_of(t, 2)) return NULL;
    const Term *pair = term_tuple_elements(t);
    if (!brc_crypto_binary(pair[1], &point)) return NULL;
    BIGNUM *n = private_part ? brc_crypto_number(pair[1]) : NULL;
    key = private_part ? brc_crypto_curve_key(pair[0], NULL, n)
                       : brc_crypto_curve_key(pair[0], &point, NULL);
    BN_clear_free(n);
    brc_crypto_free(&point);
    return key;
}

static EVP_PKEY *eddsa_key(Term list, bool private_part) {
    CryptoBytes b;
    if (brc_term_list_length(list) != 2 || !brc_crypto_binary(term_head(list), &b)) return NULL;
    Term curve = term_head(term_tail(list));
    const char *type = is_atom(curve, "ed25519") ? "ed25519" : "ed448";
    EVP_PKEY *key = private_part ? EVP_PKEY_new_raw_private_key_ex(NULL, type, NULL, b.at, b.size)
                                 : EVP_PKEY_new_raw_public_key_ex(NULL, type, NULL, b.at, b.size);
    brc_crypto_free(&b);
    return key;
}

EVP_PKEY *brc_crypto_pkey(Proc *p, enum PkeyType type, Term key, bool private_part, int arg) {
    static const struct {
        EVP_PKEY *(*read)(Term key, bool private_part);
        int public_line, private_line;
        const char *public_text, *private_text;
    } types[] = {
        {rsa_key, 435, 357, "Couldn't get RSA public key", "Couldn't get RSA private key"},
        {dss_key, 459, 381, "Couldn't get DSA public key", "Couldn't get DSA private key"},
        {ecdsa_key, 440, 362, "Couldn't get ECDSA public key", "Couldn't get ECDSA private key"},
        {eddsa_key, 449, 371, "Couldn't get EDDSA public key", "Couldn't get EDDSA private key"},
    };
    EVP_PKEY *result = types[type].read(key, private_part);
    if (result == NULL)
        BRC_CRYPTO_BADARG(p, "pkey.c",
                          private_part ? types[type].private_line : types[type].public_line, arg,
                          private_part ? types[type].private_text : types[type].public_text);
    return result;
}

/* ---- options ---- */

static bool padding_of(Term t, bool signs, int *padding) {
    if (is_atom(t, "rsa_pkcs1_padding")) return *padding = RSA_PKCS1_PADDING, true;
    if (is_atom(t, "rsa_x931_padding")) return *padding = RSA_X931_PADDING, true;
    if (is_atom(t, "rsa_no_padding")) return *padding = RSA_NO_PADDING, true;
    if (signs && is_atom(t, "rsa_pkcs1_pss_padding")) return *padding = RSA_PKCS1_PSS_PADDING, true;
    if (!signs && is_atom(t, "rsa_pkcs1_oaep_padding"))
        return *padding = RSA_PKCS1_OAEP_PADDING, true;
    return false;
}

static Term bad(Proc *p, int line, int arg, const char *text) {
    return BRC_CRYPTO_BADARG(p, "pkey.c", line, arg, text);
}

Term brc_crypto_sign_options(Proc *p, Term list, int arg, PkeyOptions *o) {
    *o = (PkeyOptions){.padding = RSA_PKCS1_PADDING, .salt_len = -2};
    if (brc_term_list_length(list) < 0) return bad(p, 254, arg, "Expected a list");
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2))
            return bad(p, 277, arg, "Expects only two-tuples in the list");
        const Term *pair = term_tuple_elements(term_head(list));
        if (is_atom(pair[0], "rsa_mgf1_md")) {
            if ((o->mgf1 = brc_crypto_digest(pair[1])) == NULL)
                return bad(p, 290, arg, "Bad value in option rsa_mgf1_md");
        } else if (is_atom(pair[0], "rsa_padding")) {
            if (!padding_of(pair[1], true, &o->padding))
                return bad(p, 310, arg, "Bad value in option rsa_padding");
        } else if (is_atom(pair[0], "rsa_pss_saltlen")) {
            if (!term_is_small(pair[1]) || term_small(pair[1]) < -2 || term_small(pair[1]) > 4096)
                return bad(p, 316, arg, "Bad value in option rsa_pss_saltlen");
            o->salt_len = (int)term_small(pair[1]);
        } else {
            return bad(p, 319, arg, "Bad option");
        }
    }
    return AM(ok);
}

Term brc_crypto_crypt_options(Proc *p, Term list, int arg, PkeyOptions *o) {
    *o = (PkeyOptions){.padding = RSA_PKCS1_PADDING};
    if (brc_term_list_length(list) < 0) return bad(p, 910, arg, "Expected a list");
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2))
            return bad(p, 922, arg, "Expects only two-tuples in the list");
        const Term *pair = term_tuple_elements(term_head(list));
        if (is_atom(pair[0], "rsa_padding") || is_atom(pair[0], "rsa_pad")) {
            if (!padding_of(pair[1], false, &o->padding))
                return bad(p, 949, arg, "Bad padding type in option rsa_padding");
        } else if (is_atom(pair[0], "signature_md")) {
            if ((o->signature = brc_crypto_digest(pair[1])) == NULL)
                return bad(p, 956, arg, "Bad digest type in option signature_md");
        } else if (is_atom(pair[0], "rsa_mgf1_md")) {
            if ((o->mgf1 = brc_crypto_digest(pair[1])) == NULL)
                return bad(p, 964, arg, "Bad digest type in option rsa_mgf1_md");
        } else if (is_atom(pair[0], "rsa_oaep_label")) {
            brc_crypto_free(&o->label);
            if (!brc_crypto_binary(pair[1], &o->label))
                return bad(p, 973, arg, "Bad binary in option rsa_oaep_label");
        } else if (is_atom(pair[0], "rsa_oaep_md")) {
            if ((o->oaep = brc_crypto_digest(pair[1])) == NULL)
                return bad(p, 981, arg, "Bad digest type in option rsa_oaep_md");
        } else {
            return bad(p, 985, arg, "Bad option");
        }
    }
    return AM(ok);
}
