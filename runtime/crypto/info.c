/* info.c: which libcrypto there is. */
#include "bif/text.h"
#include "crypto/crypto.h"
#include "term/map.h"
#include <openssl/crypto.h>
#include <openssl/opensslv.h>

Term brc_bif_crypto_info_lib_0(Proc *p) {
    const char *text = OpenSSL_version(OPENSSL_VERSION);
    Term name = brc_term_bin_new(p, (const uint8_t *)"OpenSSL", 7);
    Term version = brc_term_bin_new(p, (const uint8_t *)text, strlen(text));
    Term entry = term_tuple3(brc_ctx_alloc(p, 4), name, BRC_SMALL(OPENSSL_VERSION_NUMBER), version);
    return term_cons(brc_ctx_alloc(p, 2), entry, BRC_NIL);
}

Term brc_bif_crypto_info_nif_0(Proc *p) {
    const char *linked = OpenSSL_version(OPENSSL_VERSION);
    const Term pairs[] = {
        AM(compile_type),
        AM(normal),
        AM(cryptolib_version_compiled),
        text_list(p, OPENSSL_VERSION_TEXT, strlen(OPENSSL_VERSION_TEXT)),
        AM(cryptolib_version_linked),
        text_list(p, linked, strlen(linked)),
        AM(fips_provider_available),
        AM(false),
        AM(link_type),
        AM(static),
    };
    return brc_term_map_from_pairs(p, pairs, 5);
}

Term brc_bif_crypto_info_fips_0(Proc *p) {
    (void)p;
    return AM(not_supported);
}

Term brc_bif_crypto_enable_fips_mode_nif_1(Proc *p, Term on) {
    if (on != AM(true) && on != AM(false)) return brc_ctx_badarg(p);
    return term_bool(on == AM(false));
}

Term brc_bif_crypto_pubkey_algorithms_0(Proc *p) {
    static const char *const names[] = {"rsa",  "dss",   "dh",   "ec_gf2m", "ecdsa",
                                        "ecdh", "eddsa", "eddh", "srp"};
    return brc_crypto_atoms(p, names, sizeof names / sizeof *names, BRC_NIL);
}

Term brc_bif_crypto_rsa_opts_algorithms_0(Proc *p) {
    static const char *const names[] = {
        "rsa_pkcs1_pss_padding", "rsa_pss_saltlen", "rsa_mgf1_md",  "rsa_pkcs1_oaep_padding",
        "rsa_oaep_label",        "rsa_oaep_md",     "signature_md", "rsa_pkcs1_padding",
        "rsa_x931_padding",      "rsa_no_padding"};
    return brc_crypto_atoms(p, names, sizeof names / sizeof *names, BRC_NIL);
}
