/* int.h: integers of any size. Results are normalised: small if it fits, else BIGPOS/BIGNEG. */
#pragma once
#include "term/term.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"

Term brc_term_int_from_i64(Proc *p, int64_t n);
Term brc_term_int_from_u64(Proc *p, uint64_t n);
/* |n| given as limbs, least significant first. Leading zero limbs are allowed. */
Term brc_term_int_from_limbs(Proc *p, const uint64_t *limbs, size_t n, bool negative);
bool brc_term_int_to_i64(Term t, int64_t *out); /* false: no integer or out of range */
bool brc_term_int_to_u64(Term t, uint64_t *out);
int brc_term_int_compare(Term a, Term b);              /* integers; <0, 0, >0 */
double brc_term_int_to_double(Term t, bool *overflow); /* nearest even, as erl */
Term brc_term_int_from_double(Proc *p, double d);      /* truncates; d finite */

/* Arithmetic on any terms (integers, floats); BRC_NONE with badarith. These are the slow paths of
 * generated code and the built-ins '+'/2 and so on. */
Term brc_term_add(Proc *p, Term a, Term b);
Term brc_term_sub(Proc *p, Term a, Term b);
Term brc_term_mul(Proc *p, Term a, Term b);
Term brc_term_fdiv(Proc *p, Term a, Term b); /* '/' */
Term brc_term_div(Proc *p, Term a, Term b);
Term brc_term_rem(Proc *p, Term a, Term b);
Term brc_term_neg(Proc *p, Term a);
Term brc_term_band(Proc *p, Term a, Term b);
Term brc_term_bor(Proc *p, Term a, Term b);
Term brc_term_bxor(Proc *p, Term a, Term b);
Term brc_term_bnot(Proc *p, Term a);
Term brc_term_bsl(Proc *p, Term a, Term b); /* system_limit where too large */
Term brc_term_bsr(Proc *p, Term a, Term b);

/* Text. base 2..36. Writes digits to a malloc'd string the caller frees; *len its length. */
char *brc_term_int_to_text(Term t, unsigned base, size_t *len);
/* Optional sign, then digits; BRC_NONE (without failure set) where the text is no integer. */
Term brc_term_int_from_text(Proc *p, const char *text, size_t len, unsigned base);
