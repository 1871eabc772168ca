/* bifs.c: bif.def, looked up through a hash map that is filled at first use. */
#include "ir/bifs.h"

#include "abi/layout.h"

static const BifRow rows[] = {
#define ALLOC                                  BRC_BIF_ALLOC
#define TRAP                                   (BRC_BIF_ALLOC | BRC_BIF_TRAP)
#define BIF(mod, fname, farity, cname, fflags) {mod, fname, #cname, farity, fflags},
#include "abi/bif.def"
#undef BIF
#undef ALLOC
#undef TRAP
    {0},
};

static char *bif_key(const char *module, const char *name, uint32_t arity) {
    return mem_format("%s:%s/%u", module, name, arity);
}

const BifRow *bifs_find(const char *module, const char *name, uint32_t arity) {
    static Map *map;
    if (!map) {
        map = map_new();
        for (const BifRow *b = rows; b->module; b++) {
            char *key = bif_key(b->module, b->name, b->arity);
            map_set(map, key, strlen(key), (void *)b);
        }
    }
    char *key = bif_key(module, name, arity);
    return map_get(map, key, strlen(key));
}
