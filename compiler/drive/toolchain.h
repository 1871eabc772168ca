/* toolchain.h: where the parts of the compiler and the programs it drives are. */
#pragma once
#include "base/mem.h"

/* This machine, as --target names it. */
extern const char toolchain_host[];
extern const char *const toolchain_targets[]; /* NULL-terminated */

typedef struct Toolchain {
    const char *target;      /* what programs are for: toolchain_host, unless set */
    const char *archives;    /* folder of libbeamrc*.a */
    const char *include;     /* folder that generated C is compiled against */
    const char *nif_include; /* folder of erl_nif.h */
    const char *lib;         /* folder of our own modules' .beam files */
    const char *roots;       /* file that names functions every program needs; may not exist */
    const char *objects;     /* compiled parts of OTP that an installed beamrc came with, or NULL */
    const char *gleam;       /* the script that stands in for `gleam`; may not exist */
    const char *clang;       /* full path, NULL: not there */
    const char *lld;
    const char *where; /* the file or folder that these were read from, for messages */
} Toolchain;

/* Static libraries that programs are linked with, and Debian's package of each. NULL-terminated. */
typedef struct Library {
    const char *name, *package;
} Library;
extern const Library toolchain_libraries[];

/* Finds all it can; what is missing is NULL (doctor shows it, toolchain_require complains). */
Toolchain *toolchain_find(void);
/* Ends the program, saying what to install, where clang, lld or the runtime is missing. */
void toolchain_require(const Toolchain *t, const char *variant);
/* What is missing for programs of another machine, and what to do; NULL: nothing. */
char *toolchain_cross_lacks(const Toolchain *t);
/* What clang calls the target; NULL for this machine. */
const char *toolchain_triple(const Toolchain *t);
/* The folder of the target's archives: of other machines, the libraries from elsewhere lie there,
 * too. */
char *toolchain_archives(const Toolchain *t);
/* The runtime's archive of a flavour: release, debug, stress, asan or tsan. */
char *toolchain_archive(const Toolchain *t, const char *variant);
extern const char *const toolchain_variants[]; /* NULL-terminated */
/* Hash of all that C is compiled with: the headers it includes, clang. */
char *toolchain_id(const Toolchain *t);
char *toolchain_own_id(void); /* of this compiler's own executable */
