/* cfile.h: users' C, compiled. */
#pragma once
#include "drive/cache.h"
#include "drive/files.h"
#include "drive/toolchain.h"

typedef struct CFile {
    const char *path;
    const char *called;  /* in messages */
    const Names *flags;  /* beside those that all files get */
    const char *variant; /* of the runtime: with its sanitizers */
    bool debug;
} CFile;

/* The path of its object, out of the cache where the preprocessed text and the flags are the same.
 * Ends the program where clang refuses it; prints what clang has to say. */
char *cfile_compile(const Toolchain *tools, const Cache *cache, const CFile *file);
