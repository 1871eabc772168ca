/* nifs.h: libraries of NIFs that are linked into a program (--nif). */
#pragma once
#include "drive/cache.h"
#include "drive/files.h"
#include "drive/toolchain.h"

typedef struct Nifs {
    Names files; /* objects and archives, for the linker */
    Names names; /* of the libraries: each has a function NAME_nif_init */
} Nifs;

/* Compiles what is C, and finds the libraries' names. variant: of the runtime. Ends the program,
 * saying what to do, where a file is not good. */
void nifs_prepare(const Toolchain *tools, const Cache *cache, const Names *given,
                  const char *variant, bool debug, Nifs *out);
