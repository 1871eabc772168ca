/* loads.h: included by the tables of a program that can load code, once: calls of functions that
 * are not in its tables, and looks at its stacks, go to the interpreter. */
#pragma once
#include "code/export.h"
#include "code/fail.h"
#include "code/trace.h"
#include "interp/found.h"

Code *brc_code_absent(Proc *p, Term module, Term name, uint32_t arity, Term args) {
    return brc_interp_absent(p, module, name, arity, args);
}
Code *brc_code_handler_at(Proc *p, Term word) {
    return brc_interp_handler_at(p, word);
}
size_t brc_code_trace_gather(const Proc *p, bool shown, Term *places, size_t n, size_t most) {
    return brc_interp_trace_gather(p, shown, places, n, most);
}
const Loc *brc_code_frame_place(const Term *at) {
    return brc_interp_frame_place(at);
}
const Loc *brc_code_resume_place(const Proc *p) {
    return brc_interp_resume_place(p);
}
bool brc_code_is_loaded(Term module, Term name, uint32_t arity) {
    return brc_interp_is_loaded(module, name, arity);
}
Term brc_code_loaded_modules(Proc *p, Term list) {
    return brc_interp_loaded_modules(p, list);
}
Term brc_code_loaded_item(Proc *p, Term module, Term item) {
    return brc_interp_loaded_item(p, module, item);
}
Term brc_code_load(Proc *p, Term module) {
    return brc_interp_load_named(p, module);
}
NativeModule *brc_nif_loaded(const FnInfo *fn) {
    return brc_interp_natives_of(fn);
}
struct NifLibrary *brc_nif_older(const NativeModule *m) {
    return brc_interp_older_library(m);
}
Term brc_nif_loaded_taints(Proc *p, Term list) {
    return brc_interp_taints(p, list);
}
