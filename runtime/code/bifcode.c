/* bifcode.c: every built-in as Code, for what does not know that it is one: apply, funs, spawn.
 * Takes x0.. (the rest in p->x), returns through sp[0]. A program links the ones it names, each
 * being a section of its own, and what those call: weak names bring nothing in by themselves. Their
 * descriptors come with the program. */
#include "abi/bif.h"
#include "code/bifcode.h"

#define ARGS_0
#define ARGS_1 , x0
#define ARGS_2 ARGS_1, x1
#define ARGS_3 ARGS_2, x2
#define ARGS_4 ARGS_3, x3
#define ARGS_5 ARGS_4, x4
#define ARGS_6 ARGS_5, x5
#define ARGS_7 ARGS_6, p->x[6]
#define ARGS_8 ARGS_7, p->x[7]

#define BIF(mod, bif_name, n, cname, bif_flags)                                                    \
    extern __attribute__((weak)) __typeof__(brc_bif_##cname##_##n) brc_bif_##cname##_##n;          \
    BRC_BIF_CODE(cname, n, ARGS_##n)
#include "abi/bif.def"
