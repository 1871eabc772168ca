/* cmp.h: equality and order of terms, without recursion on the C stack. */
#pragma once
#include "term/term.h"

bool brc_term_eq(Term a, Term b);           /* =:= */
bool brc_term_equal(Term a, Term b);        /* ==, 1 == 1.0 */
int brc_term_compare(Term a, Term b);       /* < with 1 == 1.0: -1, 0, 1 */
int brc_term_compare_exact(Term a, Term b); /* key order of maps: integers before floats */

/* Name and creation of this node, which identifiers of its own are compared under. */
extern Term brc_term_this_node;
extern uint32_t brc_term_this_creation;
