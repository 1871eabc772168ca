/* export.c: finding functions by name. The program's table is sorted; as applies to module names
 * known only at run time are common (behaviours), the first lookup makes an open-addressing index
 * over it. The table never changes, so readers need no lock: the index is complete when it is
 * published. What changes is whether a module counts: it may be deleted, and restored. */
#include "code/export.h"
#include "code/raise.h"
#include "base/panic.h"
#include <stdatomic.h>
#include <stdlib.h>

typedef struct Index {
    size_t mask;
    uint32_t slots[]; /* position in the table + 1; 0: free */
} Index;
static _Atomic(Index *) index_of_all;

static size_t hash(Term module, Term name, uint32_t arity) {
    uint64_t h = (module ^ (name << 7 | name >> 57)) * UINT64_C(0x9e3779b97f4a7c15);
    h = (h ^ arity) * UINT64_C(0xbf58476d1ce4e5b9);
    return (size_t)(h ^ h >> 32);
}

static Index *make_index(void) {
    size_t size = 64;
    while (size < brc_program.export_count * 2)
        size *= 2;
    Index *ix = calloc(1, sizeof *ix + size * sizeof *ix->slots);
    if (!ix) brc_base_panic("out of memory (the index of %zu functions)", brc_program.export_count);
    ix->mask = size - 1;
    for (size_t i = 0; i < brc_program.export_count; i++) {
        const Export *e = &brc_program.exports[i];
        size_t at = hash(e->module, e->name, e->arity) & ix->mask;
        while (ix->slots[at])
            at = (at + 1) & ix->mask;
        ix->slots[at] = (uint32_t)i + 1;
    }
    Index *other = NULL;
    /* release: the slots are filled; pairs with the acquire in brc_code_export */
    if (atomic_compare_exchange_strong_explicit(&index_of_all, &other, ix, memory_order_acq_rel,
                                                memory_order_acquire))
        return ix;
    free(ix);
    return other;
}

/* ---- modules ---- */
static const ModuleInfo *module_of(Term name) {
    size_t lo = 0, hi = brc_program.module_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (brc_program.modules[mid].name < name)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < brc_program.module_count && brc_program.modules[lo].name == name
               ? &brc_program.modules[lo]
               : NULL;
}

enum { DELETED = 1, HAS_OLD = 2 };
/* By module, in the program's order; NULL until one is deleted. The release of its making pairs
 * with the acquire in state_of; its bits stand for themselves. */
static _Atomic(_Atomic(uint8_t) *) states;

static _Atomic(uint8_t) *state_of(Term name) {
    _Atomic(uint8_t) *all = atomic_load_explicit(&states, memory_order_acquire);
    const ModuleInfo *m = all ? module_of(name) : NULL;
    return m ? &all[m - brc_program.modules] : NULL;
}

static bool has(Term name, uint8_t bit) {
    const _Atomic(uint8_t) *state = state_of(name);
    return state && atomic_load_explicit(state, memory_order_relaxed) & bit;
}
static inline bool is_deleted(Term name) {
    return has(name, DELETED);
}
bool brc_code_has_old(Term name) {
    return has(name, HAS_OLD);
}

/* Clears the bit; false: it was not set. */
static bool clear(Term name, uint8_t bit) {
    _Atomic(uint8_t) *state = state_of(name);
    return state && atomic_fetch_and_explicit(state, (uint8_t)~bit, memory_order_relaxed) & bit;
}
bool brc_code_restore(Term name) {
    return clear(name, DELETED);
}
bool brc_code_forget_old(Term name) {
    return clear(name, HAS_OLD);
}

bool brc_code_delete(Term name) {
    if (!module_of(name)) return false;
    if (!atomic_load_explicit(&states, memory_order_acquire)) {
        _Atomic(uint8_t) *none = NULL, *all = calloc(brc_program.module_count, sizeof *all);
        if (!all) brc_base_panic("out of memory (states of modules)");
        if (!atomic_compare_exchange_strong_explicit(&states, &none, all, memory_order_acq_rel,
                                                     memory_order_acquire))
            free(all);
    }
    uint8_t shown = 0;
    return atomic_compare_exchange_strong_explicit(state_of(name), &shown, DELETED | HAS_OLD,
                                                   memory_order_relaxed, memory_order_relaxed);
}

const ModuleInfo *brc_code_module(Term name) {
    const ModuleInfo *m = module_of(name);
    return m && !is_deleted(name) ? m : NULL;
}

/* ---- functions ---- */
const Export *brc_code_export(Term module, Term name, uint32_t arity) {
    const Index *ix = atomic_load_explicit(&index_of_all, memory_order_acquire);
    if (!ix) ix = make_index();
    for (size_t at = hash(module, name, arity) & ix->mask; ix->slots[at];
         at = (at + 1) & ix->mask) {
        const Export *e = &brc_program.exports[ix->slots[at] - 1];
        if (e->module == module && e->name == name && e->arity == arity)
            return is_deleted(module) ? NULL : e;
    }
    return NULL;
}

Code *brc_code_find_export(Term module, Term name, uint32_t arity) {
    const Export *e = brc_code_export(module, name, arity);
    return e ? e->code : NULL;
}

const Export *brc_code_module_exports(Term name, size_t *count) {
    size_t lo = 0, hi = brc_program.export_count, end;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (brc_program.exports[mid].module < name)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (end = lo; end < brc_program.export_count && brc_program.exports[end].module == name;)
        end++;
    *count = end - lo;
    return brc_program.exports + lo;
}
