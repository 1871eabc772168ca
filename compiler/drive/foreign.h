/* foreign.h: native modules of a program: C files, their wrappers, the libraries that they name. */
#pragma once
#include "drive/cache.h"
#include "drive/files.h"
#include "drive/toolchain.h"

typedef struct ForeignFile ForeignFile;
typedef struct Foreign {
    VEC(ForeignFile *) files;
    Names modules; /* .beam files of the native modules, in the temporary folder */
    Names links;   /* for the linker, once compiled: objects, then libraries */
} Foreign;

/* Reads the C files. From here on their functions are built in. Ends the program with the place in
 * the C where something is wrong. */
void foreign_read(const Toolchain *tools, const Names *paths, Foreign *out);
void foreign_write_c(const Foreign *f, const char *folder); /* --emit-c: the wrappers */
void foreign_compile(const Toolchain *tools, const Cache *cache, const char *variant, bool debug,
                     bool dynamic, Foreign *out);
