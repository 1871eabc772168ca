/* derive.c: keys from passwords, modular powers, and the small comparisons of module crypto. */
#include "crypto/number.h"
#include "sched/dirty.h"
#include "term/int.h"
#include <openssl/crypto.h>

/* A positive integer of 64 bits. line: of "Not integer"; the next faults are two lines on. */
static bool positive(Proc *p, Term t, int line, int arg, int64_t *n) {
    if (!brc_term_int_to_i64(t, n)) {
        BRC_CRYPTO_BADARG(p, "pbkdf2_hmac.c", line, arg, "Not integer");
        return false;
    }
    if (*n <= 0) {
        BRC_CRYPTO_BADARG(p, "pbkdf2_hmac.c", line + 2, arg, "Must be > 0");
        return false;
    }
    return true;
}

static Term derived(Proc *p, const CryptoDigest *d, const CryptoBytes *pass,
                    const CryptoBytes *salt, Term iterations, Term size) {
    int64_t n, bytes;
    uint8_t *out;
    if (!positive(p, iterations, 47, 3, &n) || !positive(p, size, 52, 4, &bytes)) return BRC_NONE;
    if (n > INT32_MAX || bytes > INT32_MAX) return brc_ctx_badarg(p);
    Term bin = brc_term_bin_alloc(p, (size_t)bytes, &out);
    if (PKCS5_PBKDF2_HMAC((const char *)pass->at, (int)pass->size, salt->at, (int)salt->size,
                          (int)n, brc_crypto_digest_md(d), (int)bytes, out) == 1)
        return bin;
    return brc_crypto_error(p, AM(error), "pbkdf2_hmac.c", 64, -1, "Low-level call failed");
}

Term brc_dirty_crypto_pbkdf2_hmac_nif_5(Proc *p, Term digest, Term password, Term salt,
                                        Term iterations, Term size) {
    const CryptoDigest *d = brc_crypto_digest(digest);
    CryptoBytes pass, s;
    if (d == NULL) return BRC_CRYPTO_BADARG(p, "pbkdf2_hmac.c", 34, 0, "Bad digest type");
    if (d->no_pbkdf2)
        return BRC_CRYPTO_BADARG(p, "pbkdf2_hmac.c", 38, 0, "Not eligible digest type");
    if (!brc_crypto_binary(password, &pass))
        return BRC_CRYPTO_BADARG(p, "pbkdf2_hmac.c", 41, 1, "Not binary");
    Term result;
    if (brc_crypto_binary(salt, &s)) {
        result = derived(p, d, &pass, &s, iterations, size);
        brc_crypto_free(&s);
    } else {
        result = BRC_CRYPTO_BADARG(p, "pbkdf2_hmac.c", 44, 2, "Not binary");
    }
    brc_crypto_free(&pass);
    return result;
}

/* ---- two binaries of one size ---- */

static bool pair(Term a, Term b, CryptoBytes *x, CryptoBytes *y) {
    if (!brc_crypto_binary(a, x)) return false;
    if (brc_crypto_binary(b, y)) {
        if (x->size == y->size) return true;
        brc_crypto_free(y);
    }
    brc_crypto_free(x);
    return false;
}

Term brc_bif_crypto_do_exor_2(Proc *p, Term a, Term b) {
    CryptoBytes x, y;
    uint8_t *out;
    if (!pair(a, b, &x, &y)) return brc_ctx_badarg(p);
    Term bin = brc_term_bin_alloc(p, x.size, &out);
    for (size_t i = 0; i < x.size; i++)
        out[i] = x.at[i] ^ y.at[i];
    brc_ctx_charge(p, x.size / 1024);
    brc_crypto_free(&x);
    brc_crypto_free(&y);
    return bin;
}

/* In a time that does not depend on where they differ. */
Term brc_bif_crypto_hash_equals_nif_2(Proc *p, Term a, Term b) {
    CryptoBytes x, y;
    if (!pair(a, b, &x, &y)) return brc_ctx_badarg(p);
    bool equal = CRYPTO_memcmp(x.at, y.at, x.size) == 0;
    brc_crypto_free(&x);
    brc_crypto_free(&y);
    return term_bool(equal);
}

/* ---- numbers as big-endian binaries ---- */

/* header: bytes before the number, its size in them where there are any. */
static Term number_term(Proc *p, const BIGNUM *n, size_t header) {
    size_t size = (size_t)BN_num_bytes(n);
    /* a size in front makes it signed: a leading zero keeps it positive */
    size_t extra = header != 0 && size != 0 && BN_is_bit_set(n, (int)(8 * size - 1)) ? 1 : 0;
    uint8_t *out;
    if (size == 0 && header == 0) size = 1;
    Term bin = brc_term_bin_alloc(p, header + extra + size, &out);
    memset(out, 0, header + extra + size);
    for (size_t i = 0; i < header; i++)
        out[i] = (uint8_t)((size + extra) >> (8 * (header - 1 - i)));
    if (BN_num_bytes(n) != 0) BN_bn2bin(n, out + header + extra);
    return bin;
}

Term brc_dirty_crypto_mod_exp_nif_4(Proc *p, Term base, Term exponent, Term modulus, Term header) {
    BIGNUM *b = brc_crypto_number(base), *e = brc_crypto_number(exponent),
           *m = brc_crypto_number(modulus), *r = BN_new();
    BN_CTX *ctx = BN_CTX_new();
    Term result = BRC_NONE;
    bool ok = b != NULL && e != NULL && m != NULL && r != NULL && ctx != NULL &&
              term_is_small(header) && (term_small(header) == 0 || term_small(header) == 4);
    if (ok && BN_mod_exp(r, b, e, m, ctx)) result = number_term(p, r, (size_t)term_small(header));
    BN_CTX_free(ctx);
    BN_free(r);
    BN_free(m);
    BN_free(e);
    BN_free(b);
    return result == BRC_NONE ? brc_ctx_badarg(p) : result;
}
