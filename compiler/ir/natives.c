/* natives.c: see natives.h. With an attribute -nifs only the functions named there are replaced,
 * else any of the module's (the bodies of funs and comprehensions apart). */
#include "ir/natives.h"

#include "ir/bifs.h"

static bool imports_load_nif(const BeamFile *f) {
    for (size_t i = 0; i < f->imports.count; i++) {
        const BeamImport *m = &f->imports.at[i];
        if (m->arity == 2 && !strcmp(f->atoms[m->name], "load_nif") &&
            !strcmp(f->atoms[m->module], "erlang"))
            return true;
    }
    return false;
}

static bool has_op(const BeamFunction *fn, unsigned code) {
    for (size_t i = 0; i < fn->count; i++)
        if (fn->ops[i].code == code) return true;
    return false;
}

/* With an attribute -nifs the functions named there begin so. */
static bool declares_nifs(const BeamFile *f) {
    for (size_t i = 0; i < f->functions.count; i++)
        if (has_op(&f->functions.at[i], OP_nif_start)) return true;
    return false;
}

static bool has_own_builtins(const BeamFile *f) {
    for (size_t i = 0; i < f->functions.count; i++)
        if (bifs_of_stub(f, &f->functions.at[i])) return true;
    return false;
}

static Natives *find_natives(const BeamFile *f) {
    Natives *n = mem_new(Natives);
    n->on_load = -1;
    n->loads_nifs = imports_load_nif(f);
    for (size_t i = 0; i < f->functions.count && n->on_load < 0; i++)
        if (has_op(&f->functions.at[i], OP_on_load)) n->on_load = (int64_t)i;
    if ((!n->loads_nifs && n->on_load < 0) || has_own_builtins(f)) return NULL;
    bool declared = declares_nifs(f);
    n->kinds = mem_alloc(f->functions.count + 1);
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *fn = &f->functions.at[i];
        bool is_nif = declared ? has_op(fn, OP_nif_start) : f->atoms[fn->name][0] != '-';
        if (n->loads_nifs && is_nif) n->kinds[i] |= NATIVE_NIF;
        if (n->on_load >= 0 && beam_is_exported(f, fn)) n->kinds[i] |= NATIVE_GATED;
    }
    return n;
}

const Natives *natives_of(const BeamFile *f) {
    static Map *known;
    static Natives none;
    if (!known) known = map_new();
    Natives *n = map_get(known, (const char *)&f, sizeof f);
    if (!n) {
        n = find_natives(f);
        map_set(known, (const char *)&f, sizeof f, n ? n : &none);
    }
    return n == &none ? NULL : n;
}

uint32_t natives_count(const BeamFile *f) {
    const Natives *n = natives_of(f);
    uint32_t count = 0;
    for (size_t i = 0; n && i < f->functions.count; i++)
        count += n->kinds[i] != 0;
    return count;
}
