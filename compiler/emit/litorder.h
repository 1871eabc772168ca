/* litorder.h: literal terms compared as Erlang compares map keys, and in external form. */
#pragma once
#include "beam/beam.h"

/* n pairs k0 v0 k1 v1 ... sorted by key: numbers before atoms and so on, integers before floats. */
Lit **litorder_sort_pairs(Lit *const *pairs, size_t n);
int litorder_compare(const Lit *a, const Lit *b);
/* The external term format of a literal, version byte included. */
void litorder_to_etf(const Lit *lit, Text *out);
