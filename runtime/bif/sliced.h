/* sliced.h: the work of the built-ins that sliced.def names. */
#pragma once
#include "abi/bif.h"
#include "ctx/slice.h"

#define SLICED(cname, arity, quick) Term brc_long_##cname##_##arity(Proc *p BRC_BIF_PARAMS_##arity);
#include "bif/sliced.def"
#undef SLICED
