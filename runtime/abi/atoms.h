/* atoms.h: AM_name for each atom of atom.def. */
#pragma once
#include "abi/layout.h"

enum BrcAtomIndex {
#define ATOM(name, text) BRC_AM_##name,
#include "abi/atom.def"
#undef ATOM
    BRC_AM_COUNT
};
#define AM(name) BRC_ATOM_INDEX(BRC_AM_##name)
