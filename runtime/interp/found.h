/* found.h: what the weak functions of code/ are where a program can load code. The compiler lets
 * the tables of such a program, and of no other, include loads.h, which puts these in their place.
 */
#pragma once
#include <stdbool.h>
#include "abi/layout.h"

Code *brc_interp_absent(Proc *p, Term module, Term name, uint32_t arity, Term args);
Code *brc_interp_handler_at(Proc *p, Term word);
size_t brc_interp_trace_gather(const Proc *p, bool shown, Term *places, size_t n, size_t most);
const Loc *brc_interp_frame_place(const Term *at);
const Loc *brc_interp_resume_place(const Proc *p);
bool brc_interp_is_loaded(Term module, Term name, uint32_t arity);
Term brc_interp_loaded_modules(Proc *p, Term list);
Term brc_interp_loaded_item(Proc *p, Term module, Term item);
Term brc_interp_load_named(Proc *p, Term module);
struct NativeModule *brc_interp_natives_of(const FnInfo *fn);
Term brc_interp_taints(Proc *p, Term list);
struct NifLibrary *brc_interp_older_library(const struct NativeModule *m);
