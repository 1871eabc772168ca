/* export.h: what the program's tables say about functions and modules. */
#pragma once
#include "abi/program.h"

/* NULL: not there (or not reachable from the program's roots). */
const Export *brc_code_export(Term module, Term name, uint32_t arity);
const ModuleInfo *brc_code_module(Term name);
/* The exports of a module: the first one, and how many. */
const Export *brc_code_module_exports(Term name, size_t *count);
