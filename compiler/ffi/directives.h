/* directives.h: what a C file says of its compiling and linking, in lines `// beamrc: WORD ...`. */
#pragma once
#include "base/mem.h"

typedef struct FfiWord {
    const char *text;
    unsigned line;
} FfiWord;

typedef struct FfiDirectives {
    VEC(FfiWord) links, packages, flags;
} FfiDirectives;

/* Ends the program where a line is none of those. path: for messages. */
void directives_read(const char *path, const char *text, FfiDirectives *out);
