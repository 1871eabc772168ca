/* crypto.h: what the built-ins below OTP's module crypto share. They stand on OpenSSL 3's libcrypto
 * with its default provider; a program that reaches none of them has none of it.
 *
 * Failures are those of OTP's own natives, down to the names of its files and their lines: module
 * crypto shows them in its errors. */
#pragma once
#include "abi/bif.h"
#include "ctx/fail.h"
#include "ctx/magic.h"
#include "term/bits.h"
#include <openssl/evp.h>

/* Bytes of a binary (in place where they start at a byte) or of iodata. */
typedef struct CryptoBytes {
    const uint8_t *at; /* never NULL */
    size_t size;
    uint8_t *copy; /* malloc'd, or NULL */
} CryptoBytes;
bool brc_crypto_binary(Term t, CryptoBytes *b); /* false: no binary; nothing to free */
bool brc_crypto_iodata(Term t, CryptoBytes *b);
void brc_crypto_free(CryptoBytes *b);

/* error:{Id, #{c_file_name, c_file_line_num, c_function_arg_num}, Text}: arg counts from 0, -1
 * where it is no argument's fault. */
Term brc_crypto_error(Proc *p, Term id, const char *file, int line, int arg, const char *text);
#define BRC_CRYPTO_BADARG(p, file, line, arg, text)                                                \
    brc_crypto_error(p, AM(badarg), file, line, arg, text)

/* Counts what has been done on the process's own thread since then, a reduction for 250 ns. */
void brc_crypto_charge(Proc *p, uint64_t start_ns);
/* An atom of that text, which stays where it is as long as the program runs. */
Term brc_crypto_atom(const char *text);
/* A list of n of them, in front of tail. */
Term brc_crypto_atoms(Proc *p, const char *const *names, size_t n, Term tail);

/* digest.c: by the program's name for it. */
typedef struct CryptoDigest {
    const char *name, *ossl; /* crypto's, libcrypto's */
    bool no_pbkdf2;
    const EVP_MD *(*legacy)(void); /* NULL: a provider has it */
    _Atomic(EVP_MD *) md;          /* fetched once, never freed */
} CryptoDigest;
const CryptoDigest *brc_crypto_digest(Term name);          /* NULL: no such one */
const EVP_MD *brc_crypto_digest_md(const CryptoDigest *d); /* NULL: not in this libcrypto */

/* cipher_list.c */
typedef struct CryptoCipher {
    const char *name, *ossl;
    uint16_t key_bytes; /* 0: any */
    bool aead;
    const EVP_CIPHER *(*legacy)(void); /* NULL: a provider has it */
    _Atomic(EVP_CIPHER *) cipher;      /* fetched once, never freed */
} CryptoCipher;
/* Of that name and key length; with any key length where none fits, *sized says which. */
const CryptoCipher *brc_crypto_cipher(Term name, size_t key_bytes, bool *sized);
const EVP_CIPHER *brc_crypto_cipher_evp(const CryptoCipher *c);
