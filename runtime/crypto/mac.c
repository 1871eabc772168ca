/* mac.c: message authentication codes: hmac, cmac, poly1305, at once and in steps. A state is
 * changed by each step; one process at a time has it. */
#include "base/lock.h"
#include "crypto/crypto.h"
#include "term/atom.h"
#include <openssl/core_names.h>
#include <openssl/params.h>

enum Kind { HMAC, CMAC, POLY1305, UNKNOWN };

/* Where OTP's natives find each fault: their file's lines, at once and in steps. */
enum Fault { NO_TYPE, NO_DIGEST, NO_CIPHER, KEY_SIZE, POLY_KEY, FAULTS };
static const struct {
    int once, init, arg;
    const char *text;
} faults[FAULTS] = {
    [NO_TYPE] = {233, 587, 0, "Unknown mac algorithm"},
    [NO_DIGEST] = {263, 617, 1, "Bad digest algorithm for HMAC"},
    [NO_CIPHER] = {313, 658, 1, "Unknown cipher"},
    [KEY_SIZE] = {316, 661, 2, "Bad key size"},
    [POLY_KEY] = {235, 589, 2, "Bad key length"},
};

static const char *const names[] = {"hmac", "cmac", "poly1305"}; /* libcrypto takes any case */

static enum Kind kind_of(Term t) {
    size_t len;
    if (!term_is_atom(t)) return UNKNOWN;
    const char *text = brc_term_atom_text(t, &len);
    for (int i = 0; i < UNKNOWN; i++)
        if (strcmp(names[i], text) == 0) return (enum Kind)i;
    return UNKNOWN;
}

/* A context with its key; NULL: *fault says why not. */
static EVP_MAC_CTX *begin(Term type, Term subtype, const CryptoBytes *key, enum Fault *fault) {
    enum Kind kind = kind_of(type);
    OSSL_PARAM params[2] = {OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end()};
    bool sized = true;
    if (kind == UNKNOWN) return *fault = NO_TYPE, NULL;
    if (kind == HMAC) {
        const CryptoDigest *d = brc_crypto_digest(subtype);
        if (d == NULL) return *fault = NO_DIGEST, NULL;
        params[0] =
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)(uintptr_t)d->ossl, 0);
    } else if (kind == CMAC) {
        const CryptoCipher *c = brc_crypto_cipher(subtype, key->size, &sized);
        if (c == NULL) return *fault = NO_CIPHER, NULL;
        if (!sized) return *fault = KEY_SIZE, NULL;
        params[0] =
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, (char *)(uintptr_t)c->ossl, 0);
    } else if (key->size != 32) {
        return *fault = POLY_KEY, NULL;
    }
    EVP_MAC *mac = EVP_MAC_fetch(NULL, names[kind], NULL);
    EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
    EVP_MAC_free(mac);
    if (ctx != NULL && EVP_MAC_init(ctx, key->at, key->size, params) == 1) return ctx;
    EVP_MAC_CTX_free(ctx);
    return *fault = FAULTS, NULL;
}

static Term failed(Proc *p, enum Fault f, bool once) {
    if (f == FAULTS)
        return brc_crypto_error(p, AM(error), "mac.c", once ? 378 : 699, -1,
                                "Low-level call failed");
    int line = once ? faults[f].once : faults[f].init;
    return BRC_CRYPTO_BADARG(p, "mac.c", line, faults[f].arg, faults[f].text);
}

static Term finish(Proc *p, EVP_MAC_CTX *ctx) {
    uint8_t out[EVP_MAX_MD_SIZE];
    size_t size = 0;
    if (EVP_MAC_final(ctx, out, &size, sizeof out) == 1) return brc_term_bin_new(p, out, size);
    return brc_crypto_error(p, AM(error), "mac.c", 386, -1, "Can't get final MAC");
}

Term brc_bif_crypto_mac_nif_4(Proc *p, Term type, Term subtype, Term key, Term data) {
    CryptoBytes k, d;
    enum Fault fault;
    Term result;
    if (!brc_crypto_iodata(data, &d)) return BRC_CRYPTO_BADARG(p, "mac.c", 175, 3, "Bad text");
    if (!brc_crypto_iodata(key, &k)) {
        brc_crypto_free(&d);
        return BRC_CRYPTO_BADARG(p, "mac.c", 224, 2, "Bad key");
    }
    EVP_MAC_CTX *ctx = begin(type, subtype, &k, &fault);
    if (ctx == NULL)
        result = failed(p, fault, true);
    else if (EVP_MAC_update(ctx, d.at, d.size) != 1)
        result = brc_crypto_error(p, AM(error), "mac.c", 382, -1, "MAC update");
    else
        result = finish(p, ctx);
    EVP_MAC_CTX_free(ctx);
    brc_ctx_charge(p, d.size / 512);
    brc_crypto_free(&k);
    brc_crypto_free(&d);
    return result;
}

/* ---- in steps ---- */

typedef struct MacState {
    Magic magic;
    BrcLock lock; /* held while ctx is used */
    EVP_MAC_CTX *ctx;
} MacState;

static void destroy(Magic *m) {
    EVP_MAC_CTX_free(((MacState *)m)->ctx);
    brc_ctx_magic_free(m);
}

Term brc_bif_crypto_mac_init_nif_3(Proc *p, Term type, Term subtype, Term key) {
    CryptoBytes k;
    enum Fault fault;
    if (!brc_crypto_iodata(key, &k)) return BRC_CRYPTO_BADARG(p, "mac.c", 578, 2, "Bad key");
    EVP_MAC_CTX *ctx = begin(type, subtype, &k, &fault);
    brc_crypto_free(&k);
    if (ctx == NULL) return failed(p, fault, false);
    MacState *s = brc_ctx_magic_new(sizeof *s, destroy);
    s->ctx = ctx;
    return brc_ctx_magic_term(p, &s->magic);
}

Term brc_bif_crypto_mac_update_nif_2(Proc *p, Term state, Term data) {
    MacState *s = brc_ctx_magic_kind(state, destroy);
    CryptoBytes b;
    if (s == NULL) return BRC_CRYPTO_BADARG(p, "mac.c", 817, 0, "Bad ref");
    if (!brc_crypto_iodata(data, &b)) return BRC_CRYPTO_BADARG(p, "mac.c", 794, 1, "Bad text");
    brc_base_lock(&s->lock);
    int ok = EVP_MAC_update(s->ctx, b.at, b.size);
    brc_base_unlock(&s->lock);
    brc_ctx_charge(p, b.size / 512);
    brc_crypto_free(&b);
    return ok == 1 ? state : brc_crypto_error(p, AM(error), "mac.c", 822, -1, "EVP_MAC_update");
}

Term brc_bif_crypto_mac_final_nif_1(Proc *p, Term state) {
    MacState *s = brc_ctx_magic_kind(state, destroy);
    if (s == NULL) return BRC_CRYPTO_BADARG(p, "mac.c", 847, 0, "Bad ref");
    brc_base_lock(&s->lock);
    Term result = finish(p, s->ctx);
    brc_base_unlock(&s->lock);
    return result;
}

Term brc_bif_crypto_mac_algorithms_0(Proc *p) {
    static const char *const sorted[] = {"cmac", "hmac", "poly1305"};
    return brc_crypto_atoms(p, sorted, sizeof sorted / sizeof *sorted, BRC_NIL);
}
