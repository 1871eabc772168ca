/* natives.h: functions that may be replaced while the program runs; written by the compiler for
 * each module that loads NIFs or has an on_load function, filled by nif/. */
#pragma once
#include <stdbool.h>
#include "abi/layout.h"

/* One for each such function, in no order. */
typedef struct NativeRow {
    Bif bif;                 /* its name; what failures are told of */
    _Atomic(Code *) gate;    /* where a call goes on, p->fbif being &bif; NULL: in its own code.
                                Released after the fields below; pairs with code/natives.h */
    void *function;          /* of the NIF */
    struct NifLibrary *from; /* that it comes from */
    uint32_t flags;          /* as in ErlNifFunc */
    uint32_t kind;           /* BRC_NATIVE_... */
} NativeRow;
#define BRC_NATIVE_NIF   1u /* a NIF may replace it */
#define BRC_NATIVE_GATED 2u /* exported by a module with an on_load function */

typedef struct NativeModule {
    Term name;
    NativeRow *rows;
    size_t count;
    Code *on_load;              /* that function, or NULL */
    _Atomic(Term) loader;       /* the process that runs it, or 0 */
    _Atomic(Term) loaded;       /* the atom true once it has returned ok */
    struct NifLibrary *library; /* that it has loaded; under nif/load.c's lock */
    const void *files;          /* of code loaded at run time: what FnInfo.files is in it */
    struct NativeModule *next;  /* of those */
    bool tainted;               /* it has loaded a library, once */
} NativeModule;

/* Of code loaded at run time: the module that a function is of, and another version of that which
 * has a library, or NULL. Weak; interp/ knows. */
NativeModule *brc_nif_loaded(const FnInfo *fn);
struct NifLibrary *brc_nif_older(const NativeModule *m);
/* Those of them that have loaded NIFs, before the list. */
Term brc_nif_loaded_taints(Proc *p, Term list);

/* To a name that is 0. */
extern NativeModule brc_program_natives[] __attribute__((weak));

/* Libraries of NIFs that are linked into the program; to a name that is NULL. */
typedef struct StaticNif {
    const char *name;
    void *(*init)(void); /* gives the ErlNifEntry */
} StaticNif;
extern const StaticNif brc_program_nifs[] __attribute__((weak));
