/* export.h: what the program's tables say about functions and modules. */
#pragma once
#include <stdbool.h>
#include "abi/natives.h"
#include "abi/program.h"

/* NULL: not there (or not reachable from the program's roots). */
const Export *brc_code_export(Term module, Term name, uint32_t arity);
const ModuleInfo *brc_code_module(Term name);
/* The exports of a module: the first one, and how many. */
const Export *brc_code_module_exports(Term name, size_t *count);

/* A module of the program may be deleted: nobody finds it by name then, until it is restored. What
 * calls it directly has its code as ever. Its code counts as old until that is forgotten. False: it
 * is not so that this could be done. */
bool brc_code_delete(Term module);
bool brc_code_restore(Term module);
bool brc_code_has_old(Term module);
bool brc_code_forget_old(Term module);

/* Functions that NIFs have replaced: [{Name, Arity}] */
Term brc_code_nifs(Proc *p, const NativeModule *m);

/* What was loaded at run time: weak, nothing; interp/ knows. name BRC_NONE: the module itself. */
bool brc_code_is_loaded(Term module, Term name, uint32_t arity);
Term brc_code_loaded_modules(Proc *p, Term list); /* their names, before the list */
/* As erlang:get_module_info/2; BRC_NONE: no such module or item. */
Term brc_code_loaded_item(Proc *p, Term module, Term item);
/* As brc_native:ensure_loaded/1, of a module that is not in the program. May trap. */
Term brc_code_load(Proc *p, Term module);
