/* builtins.h: all built-ins there could be, linked into this program or not. */
#pragma once
#include "abi/layout.h"
#include <stdbool.h>

bool brc_code_is_builtin(Term module, Term name, uint32_t arity);
/* [{Module, Name, Arity}] */
Term brc_code_builtins(Proc *p);
