/* pkey.h: keys for signatures and encryption as module crypto gives them, and the options of
 * both. */
#pragma once
#include "crypto/curve.h"

enum PkeyType { PKEY_RSA, PKEY_DSS, PKEY_ECDSA, PKEY_EDDSA, PKEY_NONE };
enum PkeyType brc_crypto_pkey_type(Term name);
/* NULL: failed, arg being the key's place among the arguments. */
EVP_PKEY *brc_crypto_pkey(Proc *p, enum PkeyType type, Term key, bool private_part, int arg);

typedef struct PkeyOptions {
    int padding;  /* RSA_PKCS1_PADDING... */
    int salt_len; /* -2: as long as fits */
    const CryptoDigest *mgf1, *oaep, *signature;
    CryptoBytes label;
} PkeyOptions;
/* Those of signatures. BRC_NONE: failed. */
Term brc_crypto_sign_options(Proc *p, Term list, int arg, PkeyOptions *o);
/* Those of encryption; o->label is to be freed, whatever it returns. */
Term brc_crypto_crypt_options(Proc *p, Term list, int arg, PkeyOptions *o);
