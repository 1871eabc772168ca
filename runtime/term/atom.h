/* atom.h: atoms and their text. Static ones come from brc_program.atoms; those made at run time
 * live in a table of their own. Any thread. */
#pragma once
#include "term/term.h"

#define BRC_ATOM_MAX_CHARS 255
/* Text of an atom: UTF-8, NUL-terminated; *len in bytes. */
const char *brc_term_atom_text(Term atom, size_t *len);
/* The same of a word that may be no atom after all: NULL then. */
const char *brc_term_atom_text_if_any(Term atom, size_t *len);
/* The atom of that text (valid UTF-8, at most 255 characters), made if need be. */
Term brc_term_atom_intern(const char *utf8, size_t len);
/* The same, but BRC_NONE where no such atom exists. */
Term brc_term_atom_existing(const char *utf8, size_t len);
int brc_term_atom_compare(Term a, Term b); /* by text as Erlang orders atoms: -1, 0, 1 */
size_t brc_term_atom_count(void);          /* all there are, about */
/* The program ends where more are made at run time than leaves that many in all; as stock's +t. */
extern size_t brc_term_atom_limit; /* set before threads start */
