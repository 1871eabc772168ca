/* on_load.c: a module with an on_load function is as good as not there until that has returned ok:
 * its exported functions have a gate, which the first call goes through (brc_nif:enter/3). */
#include "abi/bif.h"
#include "code/enter.h"
#include "code/natives.h"
#include "code/fail.h"
#include "code/raise.h"
#include "ctx/alloc.h"
#include "ctx/fail.h"
#include "nif/nif.h"

Code brc_nif_gated;

/* Where a call of the row's function goes on. The process that runs the on_load function is let
 * in. */
static Code *way_in(Proc *p, const NativeRow *row) {
    const Bif *b = &row->bif;
    NativeModule *m = brc_nif_module(b->module);
    if (m && atomic_load(&m->loader) == p->pid) p->fbif = BRC_NATIVE_PASS;
    if (m && (p->fbif == BRC_NATIVE_PASS || atomic_load(&m->loaded) == AM(true)))
        return brc_code_find_export(b->module, b->name, b->arity);
    Term args = brc_code_arguments(p, b->arity);
    p->x[0] = b->module;
    p->x[1] = b->name;
    p->x[2] = args;
    return brc_code_find_export(AM(brc_nif), AM(enter), 3);
}

CODE_FN(brc_nif_gated) {
    CODE_OUT();
    CODE_SAVE_X();
    CODE_GO(way_in(p, (const NativeRow *)p->fbif));
}

/* ---- for brc_nif ---- */

/* The process becomes the one that loads: true; false: it is loaded; else who does it. */
Term brc_bif_brc_native_on_load_begin_1(Proc *p, Term module) {
    NativeModule *m = brc_nif_module(module);
    if (!m || !m->on_load || atomic_load(&m->loaded) == AM(true)) return AM(false);
    Term nobody = 0;
    if (atomic_compare_exchange_strong(&m->loader, &nobody, p->pid)) {
        if (atomic_load(&m->loaded) != AM(true)) return AM(true);
        atomic_store(&m->loader, 0);
        return AM(false);
    }
    return nobody;
}

Term brc_bif_brc_native_on_load_call_1(Proc *p, Term module) {
    return brc_ctx_trap(p, brc_nif_module(module)->on_load, 0);
}

static void open_gates(NativeModule *m) {
    for (size_t i = 0; i < m->count; i++) {
        Code *gated = brc_nif_gated;
        atomic_compare_exchange_strong(&m->rows[i].gate, &gated, NULL);
    }
}

/* What the function has loaded goes again. */
static void close_gates(NativeModule *m) {
    for (size_t i = 0; i < m->count; i++)
        atomic_store(&m->rows[i].gate, m->rows[i].kind & BRC_NATIVE_GATED ? brc_nif_gated : NULL);
    brc_nif_purge(m);
}

/* By the process that loads: the function has returned; good: ok. */
Term brc_bif_brc_native_on_load_end_2(Proc *p, Term module, Term good) {
    NativeModule *m = brc_nif_module(module);
    (void)p;
    if (good == AM(true)) {
        atomic_store(&m->loaded, AM(true));
        open_gates(m);
    } else {
        close_gates(m);
    }
    atomic_store(&m->loader, 0);
    return AM(ok);
}
