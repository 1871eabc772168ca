/* print.h: terms as text, in the form that erlang:display/1 and the crash messages have. */
#pragma once
#include "term/term.h"

typedef void BrcPut(const char *text, size_t len, void *arg);
/* Hands the text over in pieces. */
void brc_term_print(Term t, BrcPut *put, void *arg);
/* The whole text, malloc'd (the caller frees), with a zero byte behind. */
char *brc_term_print_alloc(Term t, size_t *len);
