/* curve.c: see curve.h. */
#include "crypto/curve.h"
#include "term/atom.h"
#include <openssl/core_names.h>
#include <openssl/objects.h>

/* ---- by name ---- */

static const struct {
    const char *name, *ossl; /* NULL: the same */
} names[] = {
    /* in the order in which crypto:supports/1 names them */
    {"secp160k1", NULL},
    {"secp160r1", NULL},
    {"secp160r2", NULL},
    {"secp192k1", NULL},
    {"secp224k1", NULL},
    {"secp224r1", NULL},
    {"secp256k1", NULL},
    {"secp384r1", NULL},
    {"secp521r1", NULL},
    {"secp192r1", "prime192v1"},
    {"prime192v1", NULL},
    {"prime192v2", NULL},
    {"prime192v3", NULL},
    {"prime239v1", NULL},
    {"prime239v2", NULL},
    {"prime239v3", NULL},
    {"secp256r1", "prime256v1"},
    {"prime256v1", NULL},
    {"wtls7", "wap-wsg-idm-ecid-wtls7"},
    {"wtls9", "wap-wsg-idm-ecid-wtls9"},
    {"wtls12", "wap-wsg-idm-ecid-wtls12"},
    {"brainpoolP160r1", NULL},
    {"brainpoolP160t1", NULL},
    {"brainpoolP192r1", NULL},
    {"brainpoolP192t1", NULL},
    {"brainpoolP224r1", NULL},
    {"brainpoolP224t1", NULL},
    {"brainpoolP256r1", NULL},
    {"brainpoolP256t1", NULL},
    {"brainpoolP320r1", NULL},
    {"brainpoolP320t1", NULL},
    {"brainpoolP384r1", NULL},
    {"brainpoolP384t1", NULL},
    {"brainpoolP512r1", NULL},
    {"brainpoolP512t1", NULL},
    {"sect163k1", NULL},
    {"sect163r1", NULL},
    {"sect163r2", NULL},
    {"sect193r1", NULL},
    {"sect193r2", NULL},
    {"sect233k1", NULL},
    {"sect233r1", NULL},
    {"sect239k1", NULL},
    {"sect283k1", NULL},
    {"sect283r1", NULL},
    {"sect409k1", NULL},
    {"sect409r1", NULL},
    {"sect571k1", NULL},
    {"sect571r1", NULL},
    {"c2pnb163v1", NULL},
    {"c2pnb163v2", NULL},
    {"c2pnb163v3", NULL},
    {"c2pnb176v1", NULL},
    {"c2tnb191v1", NULL},
    {"c2tnb191v2", NULL},
    {"c2tnb191v3", NULL},
    {"c2pnb208w1", NULL},
    {"c2tnb239v1", NULL},
    {"c2tnb239v2", NULL},
    {"c2tnb239v3", NULL},
    {"c2pnb272w1", NULL},
    {"c2pnb304w1", NULL},
    {"c2tnb359v1", NULL},
    {"c2pnb368w1", NULL},
    {"c2tnb431r1", NULL},
    {"wtls3", "wap-wsg-idm-ecid-wtls3"},
    {"wtls5", "wap-wsg-idm-ecid-wtls5"},
    {"wtls10", "wap-wsg-idm-ecid-wtls10"},
    {"wtls11", "wap-wsg-idm-ecid-wtls11"},
    {"secp112r1", NULL},
    {"secp112r2", NULL},
    {"secp128r1", NULL},
    {"secp128r2", NULL},
    {"wtls6", "wap-wsg-idm-ecid-wtls6"},
    {"wtls8", "wap-wsg-idm-ecid-wtls8"},
    {"sect113r1", NULL},
    {"sect113r2", NULL},
    {"sect131r1", NULL},
    {"sect131r2", NULL},
    {"wtls1", "wap-wsg-idm-ecid-wtls1"},
    {"wtls4", "wap-wsg-idm-ecid-wtls4"},
    {"ipsec3", "Oakley-EC2N-3"},
    {"ipsec4", "Oakley-EC2N-4"},
};
enum { NAMES = sizeof names / sizeof *names };

/* Made once, since that takes as long as a signature; read by any thread from then on. */
static _Atomic(EC_GROUP *) made[NAMES];

static EC_GROUP *by_number(size_t i) {
    /* pairs with the exchange below */
    EC_GROUP *g = atomic_load_explicit(&made[i], memory_order_acquire), *other = NULL;
    if (g != NULL) return EC_GROUP_dup(g);
    g = EC_GROUP_new_by_curve_name(OBJ_sn2nid(names[i].ossl ? names[i].ossl : names[i].name));
    if (g == NULL) return NULL;
    if (!atomic_compare_exchange_strong_explicit(&made[i], &other, g, memory_order_acq_rel,
                                                 memory_order_acquire)) {
        EC_GROUP_free(g);
        g = other;
    }
    return EC_GROUP_dup(g);
}

static EC_GROUP *by_name(Term name) {
    size_t len;
    if (!term_is_atom(name)) return NULL;
    const char *text = brc_term_atom_text(name, &len);
    for (size_t i = 0; i < NAMES; i++)
        if (strcmp(names[i].name, text) == 0) return by_number(i);
    return NULL;
}

Term brc_bif_crypto_curve_algorithms_0(Proc *p) {
    static const char *const edwards[] = {"ed25519", "ed448", "x25519", "x448"};
    Term list = brc_crypto_atoms(p, edwards, sizeof edwards / sizeof *edwards, BRC_NIL);
    for (size_t i = NAMES; i > 0; i--)
        list = term_cons(brc_ctx_alloc(p, 2), brc_crypto_atom(names[i - 1].name), list);
    return list;
}

/* ---- by definition ---- */

/* x^m + x^k3 + x^k2 + x^k1 + 1, or with one middle term: {characteristic_two_field, M, Basis}. */
static BIGNUM *binary_field(const Term *field) {
    if (!term_is_small(field[1]) || term_small(field[1]) <= 0 || term_small(field[1]) > 2000)
        return NULL;
    BIGNUM *n = BN_new();
    bool ok = n != NULL && BN_set_bit(n, (int)term_small(field[1])) && BN_set_bit(n, 0);
    size_t terms = term_is_tuple(field[2]) ? term_tuple_arity(field[2]) : 0;
    for (size_t i = 1; ok && i < terms; i++) {
        Term k = term_tuple_elements(field[2])[i];
        ok = term_is_small(k) && term_small(k) > 0 && term_small(k) < 2000 &&
             BN_set_bit(n, (int)term_small(k));
    }
    if (ok && (terms == 2 || terms == 4)) return n;
    BN_free(n);
    return NULL;
}

static bool push_bytes(OSSL_PARAM_BLD *b, const char *key, const CryptoBytes *c) {
    return OSSL_PARAM_BLD_push_octet_string(b, key, c->at, c->size) == 1;
}

/* The five numbers in the order of `keys`, and the point. */
static EC_GROUP *defined(const Term *d) {
    static const char *const keys[] = {OSSL_PKEY_PARAM_EC_P, OSSL_PKEY_PARAM_EC_A,
                                       OSSL_PKEY_PARAM_EC_B, OSSL_PKEY_PARAM_EC_ORDER,
                                       OSSL_PKEY_PARAM_EC_COFACTOR};
    const Term *field = term_tuple_elements(d[0]), *curve = term_tuple_elements(d[1]);
    bool prime = term_is_tuple_of(d[0], 2);
    BIGNUM *n[] = {prime ? brc_crypto_number(field[1]) : binary_field(field),
                   brc_crypto_number(curve[0]), brc_crypto_number(curve[1]),
                   brc_crypto_number(d[3]), brc_crypto_number(d[4])};
    CryptoBytes point;
    bool ok = brc_crypto_binary(d[2], &point);
    EC_GROUP *group = NULL;
    OSSL_PARAM_BLD *b = ok ? OSSL_PARAM_BLD_new() : NULL;
    ok = b != NULL && push_bytes(b, OSSL_PKEY_PARAM_EC_GENERATOR, &point) &&
         OSSL_PARAM_BLD_push_utf8_string(
             b, OSSL_PKEY_PARAM_EC_FIELD_TYPE,
             prime ? SN_X9_62_prime_field : SN_X9_62_characteristic_two_field, 0);
    for (int i = 0; i < 5; i++)
        ok = ok && n[i] != NULL && OSSL_PARAM_BLD_push_BN(b, keys[i], n[i]);
    if (ok) {
        OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
        group = params != NULL ? EC_GROUP_new_from_params(params, NULL, NULL) : NULL;
        OSSL_PARAM_free(params);
    }
    OSSL_PARAM_BLD_free(b);
    for (int i = 0; i < 5; i++)
        BN_free(n[i]);
    if (term_is_bitstring(d[2])) brc_crypto_free(&point);
    return group;
}

static bool is_definition(Term t) {
    if (!term_is_tuple_of(t, 5)) return false;
    const Term *d = term_tuple_elements(t);
    return (term_is_tuple_of(d[0], 2) || term_is_tuple_of(d[0], 3)) && term_is_tuple_of(d[1], 3);
}

EC_GROUP *brc_crypto_curve(Term params) {
    if (!term_is_tuple_of(params, 2)) return NULL;
    const Term *pair = term_tuple_elements(params);
    EC_GROUP *group = by_name(pair[1]);
    if (group == NULL && is_definition(pair[0])) group = defined(term_tuple_elements(pair[0]));
    return group;
}

/* ---- keys ---- */

static size_t point_bytes(const EC_GROUP *g, const EC_POINT *q, uint8_t *out, size_t room) {
    return EC_POINT_point2oct(g, q, POINT_CONVERSION_UNCOMPRESSED, out, room, NULL);
}

enum { POINT_MOST = 2 * 128 + 1 }; /* bytes */

static size_t multiple(const EC_GROUP *g, const BIGNUM *n, uint8_t out[static POINT_MOST]) {
    EC_POINT *q = EC_POINT_new(g);
    size_t size = 0;
    if (q != NULL && EC_POINT_mul(g, q, n, NULL, NULL, NULL) == 1)
        size = point_bytes(g, q, out, POINT_MOST);
    EC_POINT_free(q);
    return size;
}

Term brc_crypto_curve_point(Proc *p, const EC_GROUP *g, const BIGNUM *n) {
    uint8_t out[POINT_MOST];
    size_t size = multiple(g, n, out);
    return size == 0 ? BRC_NONE : brc_term_bin_new(p, out, size);
}

enum { HELD = 5 };

/* The group's name, or what defines it; the numbers in held are to be freed once the key is there.
 */
static bool push_group(OSSL_PARAM_BLD *b, const EC_GROUP *g, BIGNUM **held) {
    static const char *const keys[HELD] = {OSSL_PKEY_PARAM_EC_P, OSSL_PKEY_PARAM_EC_A,
                                           OSSL_PKEY_PARAM_EC_B, OSSL_PKEY_PARAM_EC_ORDER,
                                           OSSL_PKEY_PARAM_EC_COFACTOR};
    int nid = EC_GROUP_get_curve_name(g);
    uint8_t point[POINT_MOST];
    if (nid != NID_undef)
        return OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME,
                                               OSSL_EC_curve_nid2name(nid), 0) == 1;
    bool prime = EC_GROUP_get_field_type(g) == NID_X9_62_prime_field;
    for (int i = 0; i < HELD; i++)
        held[i] = BN_new();
    size_t size = point_bytes(g, EC_GROUP_get0_generator(g), point, sizeof point);
    bool ok = EC_GROUP_get_curve(g, held[0], held[1], held[2], NULL) == 1 &&
              EC_GROUP_get_order(g, held[3], NULL) == 1 &&
              EC_GROUP_get_cofactor(g, held[4], NULL) == 1 && size != 0 &&
              OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_EC_GENERATOR, point, size) == 1 &&
              OSSL_PARAM_BLD_push_utf8_string(
                  b, OSSL_PKEY_PARAM_EC_FIELD_TYPE,
                  prime ? SN_X9_62_prime_field : SN_X9_62_characteristic_two_field, 0) == 1;
    for (int i = 0; ok && i < HELD; i++)
        ok = OSSL_PARAM_BLD_push_BN(b, keys[i], held[i]) == 1;
    return ok;
}

EVP_PKEY *brc_crypto_group_key(const EC_GROUP *g, const CryptoBytes *public_key,
                               const BIGNUM *private_key) {
    BIGNUM *held[HELD] = {NULL};
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    bool ok = b != NULL && push_group(b, g, held);
    /* of the order's size: shorter ones would tell something by the time they take */
    size_t bytes = ((size_t)EC_GROUP_order_bits(g) + 7) / 8;
    if (ok && private_key != NULL)
        ok = OSSL_PARAM_BLD_push_BN_pad(b, OSSL_PKEY_PARAM_PRIV_KEY, private_key, bytes) == 1;
    /* neither signing nor agreeing takes the point of a private key, and it takes long to find */
    if (ok && public_key != NULL) ok = push_bytes(b, OSSL_PKEY_PARAM_PUB_KEY, public_key);
    EVP_PKEY *key = NULL;
    if (ok)
        key = brc_crypto_key_build("EC", b, private_key ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY);
    else
        OSSL_PARAM_BLD_free(b);
    for (int i = 0; i < HELD; i++)
        BN_free(held[i]);
    return key;
}

EVP_PKEY *brc_crypto_curve_key(Term params, const CryptoBytes *public_key,
                               const BIGNUM *private_key) {
    EC_GROUP *g = brc_crypto_curve(params);
    EVP_PKEY *key = g != NULL ? brc_crypto_group_key(g, public_key, private_key) : NULL;
    EC_GROUP_free(g);
    return key;
}
