/* names.h: Erlang names in C: symbols, atoms, built-ins. */
#pragma once
#include "base/mem.h"
#include "beam/beam.h"
#include "ir/bifs.h"

/* The C symbol of module:function/arity: `lists$map$2`. Letters, digits and _ stand for
 * themselves, other bytes (and a leading digit) are $$ and two hex digits, an empty name is $$__;
 * so two functions never share a symbol. */
char *names_function(const char *module, const char *function, uint32_t arity);
/* The same of a function of that module: of one that it does not export `lists$foldl_1$3$l`, which
 * no other module can mean. */
char *names_of(const BeamFile *f, const BeamFunction *fn);
/* Of the table of functions that may be replaced (ir/natives.h). */
char *names_natives(const BeamFile *f);
/* One name, escaped likewise. */
char *names_escape(const char *name, size_t len);
/* The term of an atom, the number that runtime and compiler agree on. */
uint64_t names_atom(const char *text, size_t len);
/* The declaration of a built-in's C function, a line. */
char *names_bif_prototype(const BifRow *bif);
