/* text.h: Erlang strings (lists of characters) from and to C's. */
#pragma once
#include "term/term.h"

/* The characters of UTF-8 text, or its bytes where it is not valid UTF-8. p NULL: in the literal
 * area. */
Term brc_proc_string(Proc *p, const char *bytes, size_t n);
/* The `chars` characters of n bytes: of valid UTF-8, or each byte one. p NULL: likewise. */
Term brc_proc_characters(Proc *p, const uint8_t *b, size_t n, size_t chars, bool utf8);
/* The characters as they are: ASCII only. */
Term brc_proc_string_ascii(Proc *p, const char *text);
/* UTF-8 of a flat list of characters, NUL-terminated, malloc'd. NULL: no such list, or it has a
 * zero in it. */
char *brc_proc_text(Term list, size_t *len);
