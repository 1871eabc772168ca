/* elixir.h: what programs in Elixir reach without naming it. */
#pragma once
#include "analyse/reach.h"
#include "drive/otp.h"

#define ELIXIR "Elixir." /* what names of its modules begin with */
bool elixir_is_module(const char *name);
/* A protocol's implementations, found by putting names together: reached with the protocol. Where
 * the entry is Elixir's, lib/brc_elixir.erl runs it. */
void elixir_reach(const Finder *finder, Reach *reach, const char *entry_module,
                  const char *entry_function, uint32_t entry_arity);
