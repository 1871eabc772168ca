/* support.h: small runtime functions that only generated code calls. */
#pragma once
#include <stdbool.h>
#include "abi/layout.h"
#include "term/bits.h"

/* Called where a fast path did not do: keeps all registers of the caller but the result's, so that
 * its fast path has no frame and nothing to save. */
#define BRC_COLD __attribute__((preserve_most, cold))

BRC_COLD int brc_code_compare(Term a, Term b); /* as brc_term_compare */
BRC_COLD bool brc_code_eq(Term a, Term b);     /* as brc_term_eq */
BRC_COLD bool brc_code_equal(Term a, Term b);  /* as brc_term_equal */
/* A call of the built-in with that C function. */
typedef Term BifCode1(Proc *p, Term a);
typedef Term BifCode2(Proc *p, Term a, Term b);
BRC_COLD Term brc_code_bif1(Proc *p, Term a, BifCode1 *f);
BRC_COLD Term brc_code_bif2(Proc *p, Term a, Term b, BifCode2 *f);

/* A new float object. */
BRC_COLD Term brc_code_float(Proc *p, double d);
/* A big integer as a double; false where it is none or lies beyond the doubles. */
BRC_COLD bool brc_code_big_to_double(Term t, double *d);
/* test is_function2: a fun of that arity? */
bool brc_code_is_function_arity(Term fun, Term arity);
bool brc_code_is_binary(Term t); /* a bitstring of whole bytes */
/* The context's next bits equal those of `bytes`: moves on and says true. */
BRC_COLD bool brc_code_bs_match_bits(Term ctx, const uint8_t *bytes, uint64_t bits);
/* Size of a segment that is a whole bitstring; false: none, or no multiple of unit. */
bool brc_code_bs_all_bits(Term t, uint64_t unit, uint64_t *bits);
/* A segment that could not be built: sets badarg (or system_limit) with its error_info. */
void brc_code_bs_fail(Proc *p, const BsSegment *s);
/* The end of a try without a matching clause: the same error goes on (trace: the raw trace). */
void brc_code_reraise(Proc *p, Term trace, Term reason);
/* The value of an immediate key, or BRC_NONE; where the map's keys are static data, *site becomes
 * their address and the key's place: see brc_map_get_quick. */
__attribute__((preserve_most)) Term brc_code_map_get(Term map, Term key, uint64_t *site);
/* A literal that is not static data (it holds a map of more than 32 keys): built at start-up from
 * its external form into the literal area. One array of these per module, gathered by the linker.
 */
typedef struct LitSlot {
    Term *slot;
    const uint8_t *etf;
    size_t size;
} LitSlot;
