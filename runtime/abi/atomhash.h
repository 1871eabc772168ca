/* atomhash.h: the number of an atom that is not in atom.def: 60 bits made from its UTF-8 text, so
 * that every object file and the runtime agree without a table. Numbers below
 * BRC_ATOM_WELLKNOWN are kept for atom.def. */
#pragma once
#include "abi/layout.h"

static inline Term brc_atom_hash(const char *text, size_t len) {
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
    h ^= h >> 32; /* the finaliser of splitmix64 */
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    h ^= h >> 29;
    h >>= 4;
    if (h < BRC_ATOM_WELLKNOWN) h |= UINT64_C(1) << 59;
    return (Term)h << 4 | BRC_TAG_ATOM;
}
