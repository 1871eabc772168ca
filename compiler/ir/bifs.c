/* bifs.c: bif.def, looked up through a hash map that is filled at first use. */
#include "ir/bifs.h"

#include "abi/layout.h"

static const BifRow rows[] = {
#define ALLOC     BRC_BIF_ALLOC
#define TRAP      (BRC_BIF_ALLOC | BRC_BIF_TRAP)
#define DIRTY_IO  TRAP, .pool = "BRC_DIRTY_IO"
#define DIRTY_CPU TRAP, .pool = "BRC_DIRTY_CPU"
#define BIF(mod, fname, farity, c, fflags)                                                         \
    {.module = mod, .name = fname, .cname = #c, .arity = farity, .flags = fflags},
#include "abi/bif.def"
#undef BIF
#undef ALLOC
#undef TRAP
#undef DIRTY_IO
#undef DIRTY_CPU
    {0},
};

static char *bif_key(const char *module, const char *name, uint32_t arity) {
    return mem_format("%s:%s/%u", module, name, arity);
}

static void set_row(Map *map, const BifRow *b) {
    char *key = bif_key(b->module, b->name, b->arity);
    map_set(map, key, strlen(key), (void *)b);
}

static Map *known(void) {
    static Map *map;
    if (map) return map;
    map = map_new();
    for (const BifRow *b = rows; b->module; b++)
        set_row(map, b);
    return map;
}

const BifRow *bifs_find(const char *module, const char *name, uint32_t arity) {
    char *key = bif_key(module, name, arity);
    return map_get(known(), key, strlen(key));
}

void bifs_add(const BifRow *row) {
    set_row(known(), row);
}

const BifRow *bifs_all(void) {
    return rows;
}

static bool is_local_call(unsigned code) {
    return code == OP_call || code == OP_call_only || code == OP_call_last;
}

static bool is_external_call(unsigned code) {
    return code == OP_call_ext || code == OP_call_ext_only || code == OP_call_ext_last;
}

static bool is_lacking(const BeamFile *f, const BeamFunction *fn);

/* It never returns, and all it calls is erlang:nif_error; or, where `deep`, local functions that do
 * so for it and are not built in. */
static bool only_fails(const BeamFile *f, const BeamFunction *fn, bool deep) {
    size_t calls = 0, natives = 0;
    for (size_t i = 0; i < fn->count; i++) {
        const Op *op = &fn->ops[i];
        if (op->code == OP_return) return false;
        if (is_external_call(op->code)) {
            const BeamImport *m = &f->imports.at[op->args[1].u];
            natives += !strcmp(f->atoms[m->name], "nif_error");
        } else if (is_local_call(op->code)) {
            for (size_t k = 0; deep && k < f->functions.count; k++)
                if (f->functions.at[k].entry == op->args[1].u)
                    natives += is_lacking(f, &f->functions.at[k]);
        } else {
            continue;
        }
        calls++;
    }
    return natives && natives == calls;
}

static bool is_lacking(const BeamFile *f, const BeamFunction *fn) {
    return only_fails(f, fn, false) && !bifs_find(f->module, f->atoms[fn->name], fn->arity);
}

bool bifs_is_stub(const BeamFile *f, const BeamFunction *fn) {
    return only_fails(f, fn, true);
}

const BifRow *bifs_of_stub(const BeamFile *f, const BeamFunction *fn) {
    return bifs_is_stub(f, fn) ? bifs_find(f->module, f->atoms[fn->name], fn->arity) : NULL;
}
