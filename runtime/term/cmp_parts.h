/* cmp_parts.h: comparing what has no terms inside: numbers, identifiers, bits; shared by term/eq.c
 * and term/cmp.c. */
#pragma once
#include "term/term.h"

/* Two numbers by value, exactly; a float against an integer too. -1, 0, 1 */
int brc_term_cmp_numbers(Term a, Term b);
/* Two pids, ports or references, local or not. */
int brc_term_cmp_pids(Term a, Term b);
int brc_term_cmp_ports(Term a, Term b);
int brc_term_cmp_refs(Term a, Term b);
/* What two funs are of, the free variables aside: equal means as many of these. */
int brc_term_cmp_fun_entries(const FunEntry *a, const FunEntry *b);
int brc_term_cmp_bitstrings(Term a, Term b);
bool brc_term_eq_bitstrings(Term a, Term b);
