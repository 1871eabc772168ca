/* aead.c: authenticated ciphers, at once. */
#include "crypto/crypto.h"

enum { TAG_MOST = 16 };

typedef struct Aead {
    CryptoBytes key, iv, text, aad, tag; /* tag: what is to be found, where decrypting */
    size_t tag_bytes;
    bool encrypts;
} Aead;

static Term fault(Proc *p, int line, int arg, const char *text) {
    return BRC_CRYPTO_BADARG(p, "aead.c", line, arg, text);
}
static Term error(Proc *p, int line, const char *text) {
    return brc_crypto_error(p, AM(error), "aead.c", line, -1, text);
}

/* The arguments in stock's order; all are to be freed, whatever it returns. */
static Term read_args(Proc *p, Aead *a, const Term *args) {
    static const struct {
        size_t offset;
        int line;
        const char *text;
    } bytes[] = {{offsetof(Aead, key), 63, "non-binary key"},
                 {offsetof(Aead, iv), 65, "non-binary iv"},
                 {offsetof(Aead, text), 67, "non-binary text"},
                 {offsetof(Aead, aad), 69, "non-binary AAD"}};
    if (args[6] != AM(true) && args[6] != AM(false)) return fault(p, 54, 6, "Bad enc flag");
    a->encrypts = args[6] == AM(true);
    if (!term_is_atom(args[0])) return fault(p, 61, 0, "non-atom cipher type");
    for (int i = 0; i < 4; i++)
        if (!brc_crypto_iodata(args[i + 1], (CryptoBytes *)((char *)a + bytes[i].offset)))
            return fault(p, bytes[i].line, i + 1, bytes[i].text);
    if (a->encrypts) {
        if (!term_is_small(args[5]) || term_small(args[5]) < 0 || term_small(args[5]) > INT32_MAX)
            return fault(p, 73, 5, "Bad Tag length");
        a->tag_bytes = (size_t)term_small(args[5]);
    } else {
        if (!brc_crypto_iodata(args[5], &a->tag)) return fault(p, 77, 5, "non-binary Tag");
        a->tag_bytes = a->tag.size;
    }
    return AM(ok);
}

/* Key, iv and tag; BRC_NONE where they do not suit the cipher. */
static Term set_up(Proc *p, EVP_CIPHER_CTX *ctx, const CryptoCipher *c, Aead *a) {
    bool ccm = EVP_CIPHER_get_mode(brc_crypto_cipher_evp(c)) == EVP_CIPH_CCM_MODE;
    void *tag = a->encrypts ? NULL : (void *)(uintptr_t)a->tag.at;
    int made;
    if (EVP_CipherInit_ex2(ctx, brc_crypto_cipher_evp(c), NULL, NULL, a->encrypts, NULL) != 1)
        return error(p, 102, "CipherInit failed");
    if (EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)a->iv.size, NULL) != 1)
        return fault(p, 111, 2, "Bad IV length");
    if ((ccm || !a->encrypts) &&
        EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, (int)a->tag_bytes, tag) != 1)
        return ccm ? fault(p, 116, 5, "Can't set tag") : AM(error);
    if (EVP_CipherInit_ex2(ctx, NULL, a->key.at, a->iv.at, -1, NULL) != 1)
        return error(p, 128, "Can't set key or iv");
    if (ccm && EVP_CipherUpdate(ctx, NULL, &made, NULL, (int)a->text.size) != 1)
        return error(p, 134, "Can't set text size");
    if (a->aad.size != 0 && EVP_CipherUpdate(ctx, NULL, &made, a->aad.at, (int)a->aad.size) != 1)
        return error(p, 138, "Can't set AAD");
    return AM(ok);
}

static Term run(Proc *p, EVP_CIPHER_CTX *ctx, Aead *a) {
    uint8_t *out, tag[TAG_MOST], rest[EVP_MAX_BLOCK_LENGTH];
    int made = 0, more = 0;
    Term text = brc_term_bin_alloc(p, a->text.size, &out);
    brc_ctx_charge(p, a->text.size / 512);
    if (EVP_CipherUpdate(ctx, out, &made, a->text.at, (int)a->text.size) != 1)
        return a->encrypts ? error(p, 146, "Can't encrypt or decrypt") : AM(error);
    if (!a->encrypts) {
        bool ccm = EVP_CIPHER_CTX_get_mode(ctx) == EVP_CIPH_CCM_MODE;
        return ccm || EVP_CipherFinal_ex(ctx, rest, &more) == 1 ? text : AM(error);
    }
    if (EVP_CipherFinal_ex(ctx, rest, &more) != 1) return error(p, 151, "Encrypt error");
    if (a->tag_bytes > sizeof tag ||
        EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, (int)a->tag_bytes, tag) != 1)
        return error(p, 156, "Can't get Tag");
    Term tag_term = brc_term_bin_new(p, tag, a->tag_bytes);
    return term_tuple2(brc_ctx_alloc(p, 3), text, tag_term);
}

Term brc_bif_crypto_aead_cipher_nif_7(Proc *p, Term cipher, Term key, Term iv, Term text, Term aad,
                                      Term tag, Term encrypts) {
    Aead a = {.tag_bytes = 0};
    bool sized = false;
    Term result = read_args(p, &a, (const Term[]){cipher, key, iv, text, aad, tag, encrypts});
    if (result != BRC_NONE) {
        const CryptoCipher *c = brc_crypto_cipher(cipher, a.key.size, &sized);
        EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
        if (c == NULL || !sized || !c->aead)
            result = fault(p, 90, 0, "Unknown cipher or invalid key size");
        else
            result = set_up(p, ctx, c, &a);
        if (result == AM(ok)) result = run(p, ctx, &a);
        EVP_CIPHER_CTX_free(ctx);
    }
    CryptoBytes *all[] = {&a.key, &a.iv, &a.text, &a.aad, &a.tag};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        brc_crypto_free(all[i]);
    return result;
}
