/* srp.c: the numbers of the secure remote password protocol (RFC 5054). */
#include "crypto/number.h"
#include "sched/dirty.h"

enum { NUMBERS = 7 };

/* Reads the first n of `terms` as numbers; false: one of them is none. All are to be freed. */
static bool read_numbers(const Term *terms, BIGNUM **numbers, int n) {
    bool ok = true;
    for (int i = 0; i < NUMBERS; i++) {
        numbers[i] = i < n ? brc_crypto_number(terms[i]) : NULL;
        ok = ok && (i >= n || numbers[i] != NULL);
    }
    return ok;
}

static Term done(Proc *p, BIGNUM **numbers, BN_CTX *ctx, BIGNUM **made, bool bad, bool ok) {
    Term result = AM(error);
    if (ok) result = brc_crypto_number_term(p, made[0], 0);
    for (int i = 0; i < NUMBERS; i++)
        BN_clear_free(numbers[i]);
    BN_clear_free(made[0]);
    BN_clear_free(made[1]);
    BN_CTX_free(ctx);
    return bad ? brc_ctx_badarg(p) : result;
}

/* B = k * v + g ^ b mod N */
Term brc_dirty_crypto_srp_value_B_nif_5(Proc *p, Term multiplier, Term verifier, Term generator,
                                        Term exponent, Term prime) {
    BIGNUM *n[NUMBERS], *made[] = {BN_new(), BN_new()};
    BN_CTX *ctx = BN_CTX_new();
    bool read =
        read_numbers((const Term[]){multiplier, verifier, generator, exponent, prime}, n, 5);
    bool ok = read && BN_mod_mul(made[1], n[0], n[1], n[4], ctx) &&
              BN_mod_exp(made[0], n[2], n[3], n[4], ctx) &&
              BN_mod_add(made[0], made[0], made[1], n[4], ctx);
    return done(p, n, ctx, made, !read, ok);
}

/* S = (B - k * g ^ x) ^ (a + u * x) mod N; `error` where B mod N is 0 */
Term brc_bif_crypto_srp_user_secret_nif_7(Proc *p, Term own, Term scrambler, Term host,
                                          Term multiplier, Term generator, Term exponent,
                                          Term prime) {
    BIGNUM *n[NUMBERS], *made[] = {BN_new(), BN_new()};
    BN_CTX *ctx = BN_CTX_new();
    const Term terms[] = {own, scrambler, host, multiplier, generator, exponent, prime};
    bool read = read_numbers(terms, n, 7);
    bool ok = read && BN_nnmod(made[0], n[2], n[6], ctx) && !BN_is_zero(made[0]) &&
              BN_mod_exp(made[0], n[4], n[5], n[6], ctx) &&
              BN_mod_mul(made[0], made[0], n[3], n[6], ctx) &&
              BN_mod_sub(made[0], n[2], made[0], n[6], ctx) && BN_mul(made[1], n[1], n[5], ctx) &&
              BN_add(made[1], made[1], n[0]) && BN_mod_exp(made[0], made[0], made[1], n[6], ctx);
    return done(p, n, ctx, made, !read, ok);
}

/* S = (A * v ^ u) ^ b mod N; `error` where A mod N is 0 */
Term brc_dirty_crypto_srp_host_secret_nif_5(Proc *p, Term verifier, Term own, Term scrambler,
                                            Term user, Term prime) {
    BIGNUM *n[NUMBERS], *made[] = {BN_new(), BN_new()};
    BN_CTX *ctx = BN_CTX_new();
    bool read = read_numbers((const Term[]){verifier, own, scrambler, user, prime}, n, 5);
    bool ok = read && BN_nnmod(made[0], n[3], n[4], ctx) && !BN_is_zero(made[0]) &&
              BN_mod_exp(made[0], n[0], n[2], n[4], ctx) &&
              BN_mod_mul(made[0], made[0], n[3], n[4], ctx) &&
              BN_mod_exp(made[0], made[0], n[1], n[4], ctx);
    return done(p, n, ctx, made, !read, ok);
}
