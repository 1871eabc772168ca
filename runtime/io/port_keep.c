/* port_keep.c: a term that programs keep with a port (erlang:port_set_data/2). An atom or another
 * immediate term stands in the port's slot, for any thread to read; for others the slot says
 * BRC_NONE, and they are in a map. */
#include "abi/bif.h"
#include "base/lock.h"
#include "ctx/fail.h"
#include "io/port.h"
#include "sig/signal.h"

static BrcLock lock; /* guards kept, and `data` being BRC_NONE */
static IdMap kept;   /* port -> Frag * */

static void drop_locked(ProcSlot *slot, Term port) {
    uint64_t f;
    if (atomic_load(&slot->data) == BRC_NONE && brc_proc_idmap_remove(&kept, port, &f))
        brc_ctx_frag_free((Frag *)f);
}

void brc_io_port_keep_begin(ProcSlot *slot) {
    atomic_store(&slot->data, AM(undefined));
}

void brc_io_port_keep_end(ProcSlot *slot, Term port) {
    if (atomic_load(&slot->data) != BRC_NONE) return;
    brc_base_lock(&lock);
    drop_locked(slot, port);
    brc_base_unlock(&lock);
}

static ProcSlot *slot_of(Term *port) {
    if (term_is_atom(*port)) *port = brc_proc_whereis(*port);
    if (*port == BRC_NONE || !term_is_local_port(*port) || !brc_proc_is_alive(*port)) return NULL;
    return brc_proc_slot_of(*port);
}

Term brc_bif_erlang_port_set_data_2(Proc *p, Term port, Term data) {
    ProcSlot *slot = slot_of(&port);
    if (!slot) return brc_ctx_badarg(p);
    Frag *f = term_is_pointer(data) ? brc_sig_new_kept(data) : NULL;
    brc_base_lock(&lock);
    drop_locked(slot, port);
    if (f) brc_proc_idmap_put(&kept, port, (uint64_t)f);
    atomic_store(&slot->data, f ? BRC_NONE : data);
    brc_base_unlock(&lock);
    return AM(true);
}

Term brc_bif_erlang_port_get_data_1(Proc *p, Term port) {
    ProcSlot *slot = slot_of(&port);
    if (!slot) return brc_ctx_badarg(p);
    Term data = atomic_load(&slot->data);
    if (data != BRC_NONE) return data;
    brc_base_lock(&lock);
    const uint64_t *f = brc_proc_idmap_get(&kept, port);
    data = f ? brc_heap_copy_to_proc(p, ((Frag *)*f)->term) : AM(undefined);
    brc_base_unlock(&lock);
    return data;
}
