/* sign.c: signatures and their verification, encryption with keys, and RSA keys. */
#include "crypto/pkey.h"
#include "proc/timer.h"
#include "sched/dirty.h"
#include "term/int.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>

static Term bad(Proc *p, int line, int arg, const char *text) {
    return BRC_CRYPTO_BADARG(p, "pkey.c", line, arg, text);
}
static Term error(Proc *p, int line, const char *text) {
    return brc_crypto_error(p, AM(error), "pkey.c", line, -1, text);
}

/* ---- what is signed ---- */

/* The digest of what is to be signed; the text itself for EdDSA, and for RSA without a digest. */
typedef struct Signed {
    const CryptoDigest *digest; /* NULL: none */
    CryptoBytes text;           /* to be freed */
    uint8_t hash[EVP_MAX_MD_SIZE];
    const uint8_t *at;
    size_t size;
} Signed;

static Term read_digest(Proc *p, enum PkeyType type, Term name, Signed *s) {
    s->digest = NULL;
    if (type == PKEY_EDDSA || (type == PKEY_RSA && name == AM(none))) return AM(ok);
    s->digest = brc_crypto_digest(name);
    return s->digest == NULL ? bad(p, 138, 1, "Bad digest type") : AM(ok);
}

static Term read_text(Proc *p, Term data, Signed *s) {
    bool hashed = term_is_tuple_of(data, 2) && term_tuple_elements(data)[0] == AM(digest);
    Term text = hashed ? term_tuple_elements(data)[1] : data;
    if (!brc_crypto_iodata(text, &s->text)) {
        s->text.copy = NULL;
        return bad(p, 208, 2, "Expected a binary or a list");
    }
    s->at = s->text.at;
    s->size = s->text.size;
    if (s->digest == NULL) return AM(ok);
    const EVP_MD *md = brc_crypto_digest_md(s->digest);
    if (hashed) {
        bool fits = s->size == (size_t)EVP_MD_get_size(md);
        return fits ? AM(ok) : bad(p, 193, 2, "Bad binary size for the algorithm");
    }
    unsigned made = 0;
    if (EVP_Digest(s->text.at, s->text.size, s->hash, &made, md, NULL) != 1)
        return error(p, 222, "Can't compute the digest");
    s->at = s->hash;
    s->size = made;
    return AM(ok);
}

/* The context of a key with the digest's and the options' settings. NULL: failed. */
static EVP_PKEY_CTX *begin(Proc *p, EVP_PKEY *key, enum PkeyType type, const Signed *s,
                           const PkeyOptions *o, bool verifies) {
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    const char *wrong = NULL;
    int line = 527;
    if (ctx == NULL || (verifies ? EVP_PKEY_verify_init(ctx) : EVP_PKEY_sign_init(ctx)) != 1)
        wrong = "Can't initialize the context";
    else if (s->digest != NULL &&
             EVP_PKEY_CTX_set_signature_md(ctx, brc_crypto_digest_md(s->digest)) != 1)
        line = 533, wrong = "Can't EVP_PKEY_CTX_set_signature_md";
    else if (type == PKEY_RSA && EVP_PKEY_CTX_set_rsa_padding(ctx, o->padding) != 1)
        line = 539, wrong = "Can't EVP_PKEY_CTX_set_rsa_padding";
    else if (type == PKEY_RSA && o->padding == RSA_PKCS1_PSS_PADDING && o->mgf1 != NULL &&
             EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, brc_crypto_digest_md(o->mgf1)) != 1)
        line = 546, wrong = "Can't EVP_PKEY_CTX_set_rsa_mgf1_md";
    else if (type == PKEY_RSA && o->padding == RSA_PKCS1_PSS_PADDING && o->salt_len > -2 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, o->salt_len) != 1)
        line = 552, wrong = "Can't EVP_PKEY_CTX_set_rsa_pss_saltlen";
    if (wrong == NULL) return ctx;
    EVP_PKEY_CTX_free(ctx);
    error(p, line, wrong);
    return NULL;
}

/* Room for what an operation makes; its result, or BRC_NONE without a failure set. */
typedef int Operation(EVP_PKEY_CTX *ctx, uint8_t *out, size_t *size, const uint8_t *in, size_t n);

static Term made_by(Proc *p, EVP_PKEY_CTX *ctx, Operation *operation, const uint8_t *in, size_t n) {
    size_t size = 0;
    Term bin = BRC_NONE;
    if (operation(ctx, NULL, &size, in, n) != 1) return BRC_NONE;
    SharedBin *b = brc_ctx_sharedbin_new(size, size);
    if (operation(ctx, b->data, &size, in, n) == 1) bin = brc_term_bin_new(p, b->data, size);
    brc_ctx_sharedbin_unref(b);
    return bin;
}

/* ---- signing ---- */

static Term eddsa_sign(Proc *p, EVP_PKEY *key, const Signed *s) {
    uint8_t out[128];
    size_t size = sizeof out;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx != NULL && EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, key, NULL) == 1 &&
              EVP_DigestSign(ctx, out, &size, s->at, s->size) == 1;
    EVP_MD_CTX_free(ctx);
    return ok ? brc_term_bin_new(p, out, size) : error(p, 575, "Can't sign");
}

static Term sign(Proc *p, enum PkeyType type, EVP_PKEY *key, const Signed *s,
                 const PkeyOptions *o) {
    if (type == PKEY_EDDSA) return eddsa_sign(p, key, s);
    EVP_PKEY_CTX *ctx = begin(p, key, type, s, o, false);
    if (ctx == NULL) return BRC_NONE;
    Term result = made_by(p, ctx, EVP_PKEY_sign, s->at, s->size);
    EVP_PKEY_CTX_free(ctx);
    return result == BRC_NONE ? error(p, 608, "Can't sign") : result;
}

static Term sign_nif(Proc *p, Term algorithm, Term digest, Term data, Term key, Term options) {
    enum PkeyType type = brc_crypto_pkey_type(algorithm);
    Signed s = {.digest = NULL};
    PkeyOptions o;
    if (type == PKEY_NONE) return bad(p, 112, 0, "Bad algorithm");
    Term result = read_digest(p, type, digest, &s);
    if (result != BRC_NONE) result = brc_crypto_sign_options(p, options, 4, &o);
    if (result != BRC_NONE) result = read_text(p, data, &s);
    if (result != BRC_NONE) {
        EVP_PKEY *k = brc_crypto_pkey(p, type, key, true, 3);
        result = k != NULL ? sign(p, type, k, &s, &o) : BRC_NONE;
        EVP_PKEY_free(k);
    }
    brc_crypto_free(&s.text);
    return result;
}

/* On a curve within a tenth of a millisecond, mostly: at once. With RSA it takes ten times that. */
Term brc_bif_crypto_pkey_sign_nif_5(Proc *p, Term algorithm, Term digest, Term data, Term key,
                                    Term options) {
    enum PkeyType type = brc_crypto_pkey_type(algorithm);
    if (type == PKEY_RSA || type == PKEY_DSS) {
        p->x[0] = algorithm, p->x[1] = digest, p->x[2] = data, p->x[3] = key, p->x[4] = options;
        return brc_sched_dirty_call(p, BRC_DIRTY_CPU, (void *)sign_nif, 5);
    }
    uint64_t start_ns = brc_proc_clock_ns();
    Term result = sign_nif(p, algorithm, digest, data, key, options);
    brc_crypto_charge(p, start_ns);
    return result;
}

/* ---- verifying ---- */

static Term verify(Proc *p, enum PkeyType type, EVP_PKEY *key, const Signed *s,
                   const PkeyOptions *o, const CryptoBytes *signature) {
    int result;
    if (type == PKEY_EDDSA) {
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        result = ctx != NULL && EVP_DigestVerifyInit_ex(ctx, NULL, NULL, NULL, NULL, key, NULL) == 1
                     ? EVP_DigestVerify(ctx, signature->at, signature->size, s->at, s->size)
                     : -1;
        EVP_MD_CTX_free(ctx);
    } else {
        EVP_PKEY_CTX *ctx = begin(p, key, type, s, o, true);
        if (ctx == NULL) return BRC_NONE;
        result = EVP_PKEY_verify(ctx, signature->at, signature->size, s->at, s->size);
        EVP_PKEY_CTX_free(ctx);
    }
    return term_bool(result == 1);
}

Term brc_bif_crypto_pkey_verify_nif_6(Proc *p, Term algorithm, Term digest, Term data,
                                      Term signature, Term key, Term options) {
    enum PkeyType type = brc_crypto_pkey_type(algorithm);
    Signed s = {.digest = NULL};
    CryptoBytes sig = {.copy = NULL};
    PkeyOptions o;
    uint64_t start_ns = brc_proc_clock_ns();
    if (type == PKEY_NONE) return bad(p, 112, 0, "Bad algorithm");
    if (!brc_crypto_binary(signature, &sig)) return bad(p, 758, 3, "Expected a binary");
    Term result = read_digest(p, type, digest, &s);
    if (result != BRC_NONE) result = brc_crypto_sign_options(p, options, 5, &o);
    if (result != BRC_NONE) result = read_text(p, data, &s);
    if (result != BRC_NONE) {
        EVP_PKEY *k = brc_crypto_pkey(p, type, key, false, 4);
        result = k != NULL ? verify(p, type, k, &s, &o, &sig) : BRC_NONE;
        EVP_PKEY_free(k);
    }
    brc_crypto_free(&sig);
    brc_crypto_free(&s.text);
    brc_crypto_charge(p, start_ns);
    return result;
}

/* ---- encryption ---- */

/* A private key that encrypts signs without a digest; a public one that decrypts takes back what
 * such a signature holds. */
static int begin_crypt(EVP_PKEY_CTX *ctx, bool private_key, bool encrypts) {
    if (private_key) return encrypts ? EVP_PKEY_sign_init(ctx) : EVP_PKEY_decrypt_init(ctx);
    return encrypts ? EVP_PKEY_encrypt_init(ctx) : EVP_PKEY_verify_recover_init(ctx);
}

static bool set_crypt(EVP_PKEY_CTX *ctx, PkeyOptions *o) {
    if (EVP_PKEY_CTX_set_rsa_padding(ctx, o->padding) != 1) return false;
    if (o->signature && EVP_PKEY_CTX_set_signature_md(ctx, brc_crypto_digest_md(o->signature)) != 1)
        return false;
    if (o->padding != RSA_PKCS1_OAEP_PADDING) return true;
    if (o->oaep && EVP_PKEY_CTX_set_rsa_oaep_md(ctx, brc_crypto_digest_md(o->oaep)) != 1)
        return false;
    if (o->mgf1 && EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, brc_crypto_digest_md(o->mgf1)) != 1)
        return false;
    if (o->label.size == 0) return true;
    void *label = OPENSSL_memdup(o->label.at, o->label.size);
    if (label != NULL && EVP_PKEY_CTX_set0_rsa_oaep_label(ctx, label, (int)o->label.size) == 1)
        return true;
    OPENSSL_free(label);
    return false;
}

static Term crypt(Proc *p, EVP_PKEY *key, const CryptoBytes *in, PkeyOptions *o, bool private_key,
                  bool encrypts) {
    static Operation *const operations[2][2] = {{EVP_PKEY_verify_recover, EVP_PKEY_encrypt},
                                                {EVP_PKEY_decrypt, EVP_PKEY_sign}};
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    Term result = BRC_NONE;
    if (ctx != NULL && begin_crypt(ctx, private_key, encrypts) == 1 && set_crypt(ctx, o))
        result = made_by(p, ctx, operations[private_key][encrypts], in->at, in->size);
    EVP_PKEY_CTX_free(ctx);
    return result == BRC_NONE ? error(p, 1184, "Couldn't get the result") : result;
}

Term brc_dirty_crypto_pkey_crypt_nif_6(Proc *p, Term algorithm, Term text, Term key, Term options,
                                       Term is_private, Term is_encrypt) {
    enum PkeyType type = brc_crypto_pkey_type(algorithm);
    PkeyOptions o = {.padding = 0};
    CryptoBytes in;
    bool private_key = is_private == AM(true), encrypts = is_encrypt == AM(true);
    if (type != PKEY_RSA) return bad(p, 112, 0, "Bad algorithm");
    if (!brc_crypto_binary(text, &in)) return bad(p, 1052, 1, "Binary expected");
    Term result = brc_crypto_crypt_options(p, options, 3, &o);
    if (result != BRC_NONE) {
        EVP_PKEY *k = brc_crypto_pkey(p, type, key, private_key, 2);
        result = k != NULL ? crypt(p, k, &in, &o, private_key, encrypts) : BRC_NONE;
        EVP_PKEY_free(k);
    }
    brc_crypto_free(&o.label);
    brc_crypto_free(&in);
    return result;
}

/* ---- RSA keys ---- */

static Term rsa_parts(Proc *p, const EVP_PKEY *key) {
    static const char *const parts[] = {OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
                                        OSSL_PKEY_PARAM_RSA_EXPONENT2,
                                        OSSL_PKEY_PARAM_RSA_EXPONENT1,
                                        OSSL_PKEY_PARAM_RSA_FACTOR2,
                                        OSSL_PKEY_PARAM_RSA_FACTOR1,
                                        OSSL_PKEY_PARAM_RSA_D,
                                        OSSL_PKEY_PARAM_RSA_N,
                                        OSSL_PKEY_PARAM_RSA_E};
    Term list = BRC_NIL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        BIGNUM *n = NULL;
        if (EVP_PKEY_get_bn_param(key, parts[i], &n) != 1) return BRC_NONE;
        Term part = brc_crypto_number_term(p, n, 0);
        BN_clear_free(n);
        list = term_cons(brc_ctx_alloc(p, 2), part, list);
    }
    return list;
}

Term brc_dirty_crypto_rsa_generate_key_nif_2(Proc *p, Term bits, Term exponent) {
    int64_t n;
    if (!brc_term_int_to_i64(bits, &n) || n < 0 || n > 65536)
        return BRC_CRYPTO_BADARG(p, "rsa.c", 461, 0, "Can't get unsigned int");
    if (n < 256) return BRC_CRYPTO_BADARG(p, "rsa.c", 465, 0, "Can't be < 256");
    BIGNUM *e = brc_crypto_number(exponent);
    if (e == NULL) return BRC_CRYPTO_BADARG(p, "rsa.c", 470, 1, "Can't get binary public exponent");
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    EVP_PKEY *key = NULL;
    bool ok = ctx != NULL && EVP_PKEY_keygen_init(ctx) == 1 &&
              EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, (int)n) == 1 &&
              EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, e) == 1 && EVP_PKEY_generate(ctx, &key) == 1;
    Term result = ok ? rsa_parts(p, key) : BRC_NONE;
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(ctx);
    BN_free(e);
    if (result != BRC_NONE) return result;
    return brc_crypto_error(p, AM(error), "rsa.c", 497, -1, "Can't generate the key");
}

/* privkey_to_pubkey_nif(Type, Key): [E, N] of an RSA key; stock has none of other types. */
Term brc_bif_crypto_privkey_to_pubkey_nif_2(Proc *p, Term name, Term key) {
    enum PkeyType type = brc_crypto_pkey_type(name);
    if (type == PKEY_NONE) return bad(p, 1452, 0, "Bad algorithm");
    EVP_PKEY *pkey = brc_crypto_pkey(p, type, key, true, 1);
    if (pkey == NULL) return BRC_NONE;
    Term list = BRC_NIL;
    static const char *const parts[] = {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E};
    bool ok = type == PKEY_RSA;
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
        BIGNUM *n = NULL;
        ok = EVP_PKEY_get_bn_param(pkey, parts[i], &n) == 1;
        Term number = ok ? brc_crypto_number_term(p, n, 0) : BRC_NIL;
        list = term_cons(brc_ctx_alloc(p, 2), number, list);
        BN_free(n);
    }
    EVP_PKEY_free(pkey);
    return ok ? list : bad(p, 1489, 1, "Couldn't get the public key");
}
