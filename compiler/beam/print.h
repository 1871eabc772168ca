/* print.h: terms as Erlang source text, for people. */
#pragma once
#include "beam/beam.h"

void print_atom(Text *out, const char *text, size_t len); /* quoted where it must be */
void print_lit(Text *out, const Lit *l);
