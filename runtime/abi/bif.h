/* bif.h: prototypes of every built-in function of bif.def. */
#pragma once
#include "abi/layout.h"

#define BRC_BIF_PARAMS_0
#define BRC_BIF_PARAMS_1 , Term
#define BRC_BIF_PARAMS_2 , Term, Term
#define BRC_BIF_PARAMS_3 , Term, Term, Term
#define BRC_BIF_PARAMS_4 , Term, Term, Term, Term
#define BRC_BIF_PARAMS_5 , Term, Term, Term, Term, Term
#define BRC_BIF_PARAMS_6 , Term, Term, Term, Term, Term, Term
#define BRC_BIF_PARAMS_7 , Term, Term, Term, Term, Term, Term, Term
#define BRC_BIF_PARAMS_8 , Term, Term, Term, Term, Term, Term, Term, Term
#define BIF(mod, name, arity, cname, flags)                                                        \
    Term brc_bif_##cname##_##arity(Proc *p BRC_BIF_PARAMS_##arity);
#include "abi/bif.def"
#undef BIF
