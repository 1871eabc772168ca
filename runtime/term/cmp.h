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
/* What a process identifier of this node read from bytes may have: 15 bits of number and 13 of
 * serial, as stock's, or more where as many were given out (proc/table.c). */
extern _Atomic(uint32_t) brc_term_pid_most[2];
