/* cipher.c: ciphers without authentication, at once and in steps. A state is changed by each step;
 * one process at a time has it. Input is put in whole or in parts: what leaves is always whole
 * blocks, and the last one is filled up as the option `padding` says. */
#include "base/lock.h"
#include "crypto/crypto.h"
#include "term/atom.h"
#include "term/map.h"
#include <openssl/rand.h>

enum Padding { PAD_UNDEFINED, PAD_NONE, PAD_ZERO, PAD_RANDOM, PAD_PKCS };
static const char *const padding_names[] = {"undefined", "none", "zero", "random", "pkcs_padding"};

typedef struct CipherState {
    Magic magic;
    BrcLock lock; /* held while the rest is used */
    EVP_CIPHER_CTX *ctx;
    enum Padding padding;
    bool encrypts;
    uint64_t size;     /* bytes put in */
    int64_t pad_bytes; /* that filled the last block up; -1: not yet */
} CipherState;

static Term fault(Proc *p, int line, int arg, const char *text) {
    return BRC_CRYPTO_BADARG(p, "api_ng.c", line, arg, text);
}
static Term error(Proc *p, int line, const char *text) {
    return brc_crypto_error(p, AM(error), "api_ng.c", line, -1, text);
}

/* ---- options ---- */

static bool padding_of(Term t, enum Padding *padding) {
    size_t len;
    if (!term_is_atom(t)) return false;
    const char *text = brc_term_atom_text(t, &len);
    for (unsigned i = 0; i < sizeof padding_names / sizeof *padding_names; i++)
        if (strcmp(padding_names[i], text) == 0) return *padding = (enum Padding)i, true;
    return false;
}

static Term bad_tag(Proc *p, Term tag, int arg) {
    char text[64];
    size_t len;
    if (term_is_atom(tag))
        snprintf(text, sizeof text, "Bad tag in option: %s", brc_term_atom_text(tag, &len));
    else if (term_is_small(tag))
        snprintf(text, sizeof text, "Bad tag in option: %lld", (long long)term_small(tag));
    else
        snprintf(text, sizeof text, "Bad tag in option");
    return fault(p, 174, arg, text);
}

/* A boolean or a list of {encrypt, Boolean} and {padding, Kind}. BRC_NONE where it is neither. */
static Term read_options(Proc *p, Term options, int arg, CipherState *s) {
    bool has_encrypt = false, has_padding = false;
    s->encrypts = true;
    s->padding = PAD_UNDEFINED;
    if (options == AM(true) || options == AM(false)) {
        s->encrypts = options == AM(true);
        return AM(ok);
    }
    if (brc_term_list_length(options) < 0)
        return fault(p, 120, arg, "Options are not a boolean or a proper list");
    for (; term_is_cons(options); options = term_tail(options)) {
        if (!term_is_tuple_of(term_head(options), 2))
            return fault(p, 139, arg, "Options must be a property list!");
        const Term *pair = term_tuple_elements(term_head(options));
        if (pair[0] == AM(encrypt)) {
            if (has_encrypt)
                return fault(p, 144, arg, "'encrypt' option is present more than once!");
            if (pair[1] != AM(true) && pair[1] != AM(false))
                return fault(p, 152, arg, "The 'encrypt' option must be a boolean!");
            s->encrypts = pair[1] == AM(true);
            has_encrypt = true;
        } else if (pair[0] == AM(padding)) {
            if (has_padding)
                return fault(p, 160, arg, "'padding' option is present more than once!");
            if (!padding_of(pair[1], &s->padding))
                return fault(p, 168, arg, "Bad 'padding' option value");
            has_padding = true;
        } else {
            return bad_tag(p, pair[0], arg);
        }
    }
    return AM(ok);
}

/* ---- a state ---- */

/* Of ciphers that may take keys of several sizes. */
static bool set_key_size(CipherState *s, const CryptoCipher *c, size_t bytes) {
    if (c->key_bytes != 0 || bytes == 0) return true;
    return EVP_CIPHER_CTX_set_key_length(s->ctx, (int)bytes) == 1 &&
           (strcmp(c->name, "rc2_cbc") != 0 ||
            EVP_CIPHER_CTX_ctrl(s->ctx, EVP_CTRL_SET_RC2_KEY_BITS, (int)bytes * 8, NULL) > 0);
}

static Term set_up(Proc *p, CipherState *s, const CryptoCipher *c, const CryptoBytes *key,
                   Term iv) {
    const EVP_CIPHER *evp = brc_crypto_cipher_evp(c);
    int wanted = EVP_CIPHER_get_iv_length(evp);
    CryptoBytes v;
    if (iv == AM(undefined))
        return brc_crypto_error(p, AM(notsup), "api_ng.c", 295, -1,
                                "Dynamic IV is not supported for libcrypto versions >= 3.0");
    if (!brc_crypto_iodata(iv, &v)) return fault(p, 304, 2, "Bad iv type");
    if (wanted != 0 && (size_t)wanted != v.size) {
        brc_crypto_free(&v);
        return fault(p, 310, 2, "Bad iv size");
    }
    s->ctx = EVP_CIPHER_CTX_new();
    bool ok = s->ctx != NULL && EVP_CipherInit_ex2(s->ctx, evp, NULL, NULL, s->encrypts, NULL) == 1;
    bool sized = ok && set_key_size(s, c, key->size);
    ok = sized &&
         EVP_CipherInit_ex2(s->ctx, NULL, key->at, wanted ? v.at : NULL, s->encrypts, NULL) == 1;
    brc_crypto_free(&v);
    if (!sized) return error(p, 363, "Can't initialize context, key_length");
    if (!ok) return error(p, 323, "Can't initialize key or iv");
    EVP_CIPHER_CTX_set_padding(s->ctx, s->padding == PAD_PKCS);
    s->pad_bytes = -1;
    return AM(ok);
}

/* Fills *s in; BRC_NONE where it fails, s->ctx is to be freed then, too. */
static Term begin(Proc *p, CipherState *s, Term name, Term key, Term iv, Term options, int arg) {
    CryptoBytes k;
    bool sized = false;
    if (read_options(p, options, arg, s) == BRC_NONE) return BRC_NONE;
    if (!brc_crypto_iodata(key, &k)) return fault(p, 228, 1, "Bad key");
    const CryptoCipher *c = brc_crypto_cipher(name, k.size, &sized);
    Term result;
    if (!term_is_atom(name))
        result = fault(p, 235, 0, "Cipher id is not an atom");
    else if (c == NULL)
        result = fault(p, 242, 0, "Unknown cipher");
    else if (!sized)
        result = fault(p, 244, 1, "Bad key size");
    else if (c->aead)
        result = fault(p, 250, 0, "Missing arguments for this cipher");
    else
        result = set_up(p, s, c, &k, iv);
    brc_crypto_free(&k);
    return result;
}

/* ---- steps ---- */

/* Puts n bytes in; what comes out is written to out, which has room for n and a block more. */
static bool put_in(CipherState *s, uint8_t *out, int *made, const uint8_t *bytes, size_t n) {
    s->size += n;
    *made = 0;
    return n == 0 || EVP_CipherUpdate(s->ctx, out, made, bytes, (int)n) == 1;
}

/* The end of what is encrypted: the last block. */
static Term last_encrypted(Proc *p, CipherState *s, uint8_t *out, int *made) {
    int block = EVP_CIPHER_CTX_get_block_size(s->ctx), over = (int)(s->size % (unsigned)block);
    uint8_t pad[EVP_MAX_BLOCK_LENGTH] = {0};
    int more = 0;
    s->pad_bytes = over != 0 ? block - over : 0;
    *made = 0;
    if (s->padding == PAD_UNDEFINED) return AM(ok);
    if (s->padding == PAD_NONE && over != 0)
        return error(p, 610, "Padding 'none' but unfilled last block");
    if ((s->padding == PAD_ZERO || s->padding == PAD_RANDOM) && over != 0) {
        if (s->padding == PAD_RANDOM) RAND_bytes(pad, (int)s->pad_bytes);
        if (EVP_CipherUpdate(s->ctx, out, made, pad, (int)s->pad_bytes) != 1 || *made != block)
            return error(p, 614, "Padding failed");
    }
    if (EVP_CipherFinal_ex(s->ctx, out + *made, &more) != 1) return error(p, 638, "Can't finalize");
    *made += more;
    return AM(ok);
}

static Term last(Proc *p, CipherState *s, uint8_t *out, int *made) {
    *made = 0;
    if (s->encrypts) return last_encrypted(p, s, out, made);
    if (s->padding == PAD_UNDEFINED || EVP_CipherFinal_ex(s->ctx, out, made) == 1) return AM(ok);
    return error(p, 638, "Can't finalize");
}

static Term one_time(Proc *p, CipherState *s, const CryptoBytes *d) {
    uint8_t *out;
    int made = 0, more = 0;
    size_t room = d->size + 2 * EVP_MAX_BLOCK_LENGTH;
    SharedBin *b = brc_ctx_sharedbin_new(room, room);
    out = b->data;
    brc_ctx_charge(p, d->size / 512);
    Term result = put_in(s, out, &made, d->at, d->size) ? last(p, s, out + made, &more)
                                                        : error(p, 568, "Can't update");
    if (result != BRC_NONE) result = brc_term_bin_new(p, out, (size_t)made + (size_t)more);
    brc_ctx_sharedbin_unref(b);
    return result;
}

Term brc_bif_crypto_ng_crypto_one_time_nif_5(Proc *p, Term cipher, Term key, Term iv, Term data,
                                             Term options) {
    CipherState s = {.ctx = NULL};
    CryptoBytes d;
    if (!brc_crypto_iodata(data, &d)) return fault(p, 966, 3, "expected binary as data");
    Term result = begin(p, &s, cipher, key, iv, options, 4);
    if (result != BRC_NONE) result = one_time(p, &s, &d);
    EVP_CIPHER_CTX_free(s.ctx);
    brc_crypto_free(&d);
    return result;
}

static void destroy(Magic *m) {
    EVP_CIPHER_CTX_free(((CipherState *)m)->ctx);
    brc_ctx_magic_free(m);
}

Term brc_bif_crypto_ng_crypto_init_nif_4(Proc *p, Term cipher, Term key, Term iv, Term options) {
    CipherState *s = brc_ctx_magic_new(sizeof *s, destroy);
    if (begin(p, s, cipher, key, iv, options, 3) == BRC_NONE) {
        brc_ctx_magic_unref(&s->magic);
        return BRC_NONE;
    }
    return brc_ctx_magic_term(p, &s->magic);
}

Term brc_bif_crypto_ng_crypto_update_nif_2(Proc *p, Term state, Term data) {
    CipherState *s = brc_ctx_magic_kind(state, destroy);
    CryptoBytes d;
    int made;
    if (s == NULL) return fault(p, 731, 0, "Bad State");
    if (!brc_crypto_iodata(data, &d)) return fault(p, 860, 1, "expected binary");
    size_t room = d.size + EVP_MAX_BLOCK_LENGTH;
    SharedBin *b = brc_ctx_sharedbin_new(room, room);
    brc_base_lock(&s->lock);
    bool ok = put_in(s, b->data, &made, d.at, d.size);
    brc_base_unlock(&s->lock);
    brc_ctx_charge(p, d.size / 512);
    brc_crypto_free(&d);
    Term result = ok ? brc_term_bin_new(p, b->data, (size_t)made) : error(p, 568, "Can't update");
    brc_ctx_sharedbin_unref(b);
    return result;
}

Term brc_bif_crypto_ng_crypto_update_nif_3(Proc *p, Term state, Term data, Term iv) {
    (void)data;
    (void)iv;
    if (brc_ctx_magic_kind(state, destroy) == NULL) return fault(p, 731, 0, "Bad State");
    return brc_crypto_error(p, AM(notsup), "api_ng.c", 295, -1,
                            "Dynamic IV is not supported for libcrypto versions >= 3.0");
}

Term brc_bif_crypto_ng_crypto_final_nif_1(Proc *p, Term state) {
    CipherState *s = brc_ctx_magic_kind(state, destroy);
    uint8_t out[3 * EVP_MAX_BLOCK_LENGTH];
    int made;
    if (s == NULL) return fault(p, 886, 0, "Bad State");
    brc_base_lock(&s->lock);
    Term result = last(p, s, out, &made);
    brc_base_unlock(&s->lock);
    return result == BRC_NONE ? BRC_NONE : brc_term_bin_new(p, out, (size_t)made);
}

Term brc_bif_crypto_ng_crypto_get_data_nif_1(Proc *p, Term state) {
    CipherState *s = brc_ctx_magic_kind(state, destroy);
    if (s == NULL) return fault(p, 992, 0, "Bad State");
    brc_base_lock(&s->lock);
    const Term pairs[] = {AM(encrypt),      term_bool(s->encrypts),
                          AM(padding_size), BRC_SMALL(s->pad_bytes),
                          AM(padding_type), brc_crypto_atom(padding_names[s->padding]),
                          AM(size),         BRC_SMALL((int64_t)s->size)};
    brc_base_unlock(&s->lock);
    return brc_term_map_from_pairs(p, pairs, 4);
}
