/* registry.c: names of processes and ports, in parts with a lock each: looking a name up is part of
 * every send to one.
 *
 * A process's own name lies in its slot. Who registers looks at the process's state after having
 * written the name, who ends looks at the name after having changed the state: so one of both sees
 * the other, and no dead process keeps a name. */
#include "proc/proc.h"

#define PARTS 64u

typedef struct Names {
    BrcLock lock;
    IdMap map; /* atom -> pid or port */
} __attribute__((aligned(64))) Names;

static Names parts[PARTS];

static Names *part_of(Term name) {
    return &parts[(name >> 4 ^ name >> 40) % PARTS];
}

Term brc_proc_whereis(Term name) {
    Names *n = part_of(name);
    brc_base_lock(&n->lock);
    const uint64_t *found = brc_proc_idmap_get(&n->map, name);
    Term pid = found ? (Term)*found : BRC_NONE;
    brc_base_unlock(&n->lock);
    return pid;
}

static enum RegisterResult register_locked(Names *n, Term name, Term pid) {
    if (brc_proc_idmap_get(&n->map, name)) return BRC_REGISTER_TAKEN;
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (!slot) return BRC_REGISTER_DEAD;
    Term none = BRC_NONE;
    if (!atomic_compare_exchange_strong(&slot->name, &none, name)) return BRC_REGISTER_HAS_NAME;
    if (!brc_proc_is_alive(pid)) { /* pairs with brc_proc_unregister_dead */
        atomic_store(&slot->name, BRC_NONE);
        return BRC_REGISTER_DEAD;
    }
    brc_proc_idmap_put(&n->map, name, pid);
    return BRC_REGISTER_OK;
}

void (*_Atomic brc_proc_on_name)(Proc *p, Term what, Term name, Term pid);

enum RegisterResult brc_proc_register(Term name, Term pid) {
    Names *n = part_of(name);
    brc_base_lock(&n->lock);
    enum RegisterResult result = register_locked(n, name, pid);
    brc_base_unlock(&n->lock);
    return result;
}

bool brc_proc_unregister(Term name) {
    uint64_t pid;
    Names *n = part_of(name);
    brc_base_lock(&n->lock);
    bool was = brc_proc_idmap_remove(&n->map, name, &pid);
    ProcSlot *slot = was ? brc_proc_slot_of((Term)pid) : NULL;
    if (slot) atomic_store(&slot->name, BRC_NONE);
    brc_base_unlock(&n->lock);
    return was;
}

void brc_proc_unregister_dead(ProcSlot *slot, Term pid) {
    Term name = atomic_load(&slot->name);
    if (name == BRC_NONE) return;
    Names *n = part_of(name);
    brc_base_lock(&n->lock);
    const uint64_t *found = brc_proc_idmap_get(&n->map, name);
    if (found && (Term)*found == pid) brc_proc_idmap_remove(&n->map, name, NULL);
    atomic_store(&slot->name, BRC_NONE);
    brc_base_unlock(&n->lock);
}

size_t brc_proc_registered_count(void) {
    size_t n = 0;
    for (unsigned i = 0; i < PARTS; i++) {
        brc_base_lock(&parts[i].lock);
        n += parts[i].map.count;
        brc_base_unlock(&parts[i].lock);
    }
    return n;
}

size_t brc_proc_registered_names(Term *out, size_t n) {
    size_t found = 0;
    for (unsigned i = 0; i < PARTS; i++) {
        uint32_t at = 0;
        brc_base_lock(&parts[i].lock);
        for (const IdCell *c; (c = brc_proc_idmap_next(&parts[i].map, &at)) != NULL; found++)
            if (found < n) out[found] = c->key;
        brc_base_unlock(&parts[i].lock);
    }
    return found;
}

/* ---- the system logger ---- */
static _Atomic(Term) system_logger = AM(logger);

Term brc_proc_system_logger(void) {
    Term to = atomic_load(&system_logger);
    if (!term_is_pid(to) || brc_proc_is_alive(to)) return to;
    atomic_compare_exchange_strong(&system_logger, &to, AM(logger)); /* it has ended */
    return atomic_load(&system_logger);
}

Term brc_proc_set_system_logger(Term to) {
    if (to != AM(logger) && to != AM(undefined) && !term_is_local_pid(to)) return BRC_NONE;
    if (term_is_local_pid(to) && !brc_proc_is_alive(to)) return BRC_NONE;
    Term old = brc_proc_system_logger();
    atomic_store(&system_logger, to);
    return old;
}
