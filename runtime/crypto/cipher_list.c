/* cipher_list.c: the ciphers by the program's names for them, and what is known of each. Those that
 * only libcrypto's legacy provider has, a shared object, are made from what libcrypto has of them
 * itself. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/crypto.h"
#include "term/atom.h"
#include "term/map.h"

static CryptoCipher ciphers[] = {
    /* in the order in which crypto:supports/1 names them */
    {"chacha20", "ChaCha20", 32, false, NULL, NULL},
    {"aes_256_ofb", "AES-256-OFB", 32, false, NULL, NULL},
    {"aes_192_ofb", "AES-192-OFB", 24, false, NULL, NULL},
    {"aes_128_ofb", "AES-128-OFB", 16, false, NULL, NULL},
    {"des_ede3_cfb", "DES-EDE3-CFB", 0, false, NULL, NULL},
    {"aes_128_cbc", "AES-128-CBC", 16, false, NULL, NULL},
    {"aes_192_cbc", "AES-192-CBC", 24, false, NULL, NULL},
    {"aes_256_cbc", "AES-256-CBC", 32, false, NULL, NULL},
    {"aes_128_cfb128", "AES-128-CFB", 16, false, NULL, NULL},
    {"aes_192_cfb128", "AES-192-CFB", 24, false, NULL, NULL},
    {"aes_256_cfb128", "AES-256-CFB", 32, false, NULL, NULL},
    {"aes_128_cfb8", "AES-128-CFB8", 16, false, NULL, NULL},
    {"aes_192_cfb8", "AES-192-CFB8", 24, false, NULL, NULL},
    {"aes_256_cfb8", "AES-256-CFB8", 32, false, NULL, NULL},
    {"aes_128_ecb", "AES-128-ECB", 16, false, NULL, NULL},
    {"aes_192_ecb", "AES-192-ECB", 24, false, NULL, NULL},
    {"aes_256_ecb", "AES-256-ECB", 32, false, NULL, NULL},
    {"chacha20_poly1305", "ChaCha20-Poly1305", 32, true, NULL, NULL},
    {"aes_256_gcm", "AES-256-GCM", 32, true, NULL, NULL},
    {"aes_256_ccm", "AES-256-CCM", 32, true, NULL, NULL},
    {"aes_192_gcm", "AES-192-GCM", 24, true, NULL, NULL},
    {"aes_192_ccm", "AES-192-CCM", 24, true, NULL, NULL},
    {"aes_128_gcm", "AES-128-GCM", 16, true, NULL, NULL},
    {"aes_128_ccm", "AES-128-CCM", 16, true, NULL, NULL},
    {"aes_256_ctr", "AES-256-CTR", 32, false, NULL, NULL},
    {"aes_192_ctr", "AES-192-CTR", 24, false, NULL, NULL},
    {"aes_128_ctr", "AES-128-CTR", 16, false, NULL, NULL},
    {"des_ecb", "DES-ECB", 0, false, EVP_des_ecb, NULL},
    {"des_cfb", "DES-CFB", 0, false, EVP_des_cfb64, NULL},
    {"des_cbc", "DES-CBC", 0, false, EVP_des_cbc, NULL},
    {"blowfish_ofb64", "BF-OFB", 0, false, EVP_bf_ofb, NULL},
    {"blowfish_ecb", "BF-ECB", 0, false, EVP_bf_ecb, NULL},
    {"blowfish_cfb64", "BF-CFB", 0, false, EVP_bf_cfb64, NULL},
    {"blowfish_cbc", "BF-CBC", 0, false, EVP_bf_cbc, NULL},
    {"rc2_cbc", "RC2-CBC", 0, false, EVP_rc2_cbc, NULL},
    {"rc4", "RC4", 0, false, EVP_rc4, NULL},
    {"des_ede3_cbc", "DES-EDE3-CBC", 0, false, NULL, NULL},
};
enum { CIPHERS = sizeof ciphers / sizeof *ciphers };

const CryptoCipher *brc_crypto_cipher(Term name, size_t key_bytes, bool *sized) {
    size_t len;
    if (!term_is_atom(name)) return NULL;
    const char *text = brc_term_atom_text(name, &len);
    for (size_t i = 0; i < CIPHERS; i++) {
        if (strcmp(ciphers[i].name, text) != 0) continue;
        *sized = ciphers[i].key_bytes == key_bytes || ciphers[i].key_bytes == 0;
        return brc_crypto_cipher_evp(&ciphers[i]) != NULL ? &ciphers[i] : NULL;
    }
    return NULL;
}

/* Two threads may fetch one at the same time: one of the two objects stays unused. */
const EVP_CIPHER *brc_crypto_cipher_evp(const CryptoCipher *c) {
    CryptoCipher *to = ciphers + (c - ciphers);
    EVP_CIPHER *evp = atomic_load_explicit(&to->cipher, memory_order_acquire);
    if (evp != NULL) return evp;
    evp = c->legacy ? EVP_CIPHER_meth_dup(c->legacy()) : EVP_CIPHER_fetch(NULL, c->ossl, NULL);
    atomic_store_explicit(&to->cipher, evp, memory_order_release);
    return evp;
}

Term brc_bif_crypto_cipher_algorithms_0(Proc *p) {
    Term list = BRC_NIL;
    for (size_t i = CIPHERS; i > 0; i--)
        if (brc_crypto_cipher_evp(&ciphers[i - 1]) != NULL)
            list = term_cons(brc_ctx_alloc(p, 2), brc_crypto_atom(ciphers[i - 1].name), list);
    return list;
}

static const char *mode_of(const EVP_CIPHER *c) {
    switch (EVP_CIPHER_get_mode(c)) {
    case EVP_CIPH_ECB_MODE: return "ecb_mode";
    case EVP_CIPH_CBC_MODE: return "cbc_mode";
    case EVP_CIPH_CFB_MODE: return "cfb_mode";
    case EVP_CIPH_OFB_MODE: return "ofb_mode";
    case EVP_CIPH_CTR_MODE: return "ctr_mode";
    case EVP_CIPH_GCM_MODE: return "gcm_mode";
    case EVP_CIPH_CCM_MODE: return "ccm_mode";
    default: return "stream_cipher";
    }
}

Term brc_bif_crypto_cipher_info_nif_1(Proc *p, Term name) {
    bool sized;
    const CryptoCipher *c = brc_crypto_cipher(name, 0, &sized);
    if (c == NULL) return brc_ctx_badarg(p);
    const EVP_CIPHER *evp = brc_crypto_cipher_evp(c);
    int type = EVP_CIPHER_get_type(evp);
    const Term pairs[] = {
        AM(block_size), BRC_SMALL(EVP_CIPHER_get_block_size(evp)),
        AM(iv_length),  BRC_SMALL(EVP_CIPHER_get_iv_length(evp)),
        AM(key_length), BRC_SMALL(EVP_CIPHER_get_key_length(evp)),
        AM(mode),       brc_crypto_atom(mode_of(evp)),
        AM(prop_aead),  term_bool(c->aead),
        AM(type),       type == 0 ? AM(undefined) : BRC_SMALL(type),
    };
    return brc_term_map_from_pairs(p, pairs, 6);
}
