/* alias.c: active aliases. The sender finds the owner of one in a table of all, which is in parts
 * with a lock each; the owner knows its own ones and their modes, and looks again when it takes the
 * message in, so that none arrives after unalias. */
#include "sig/signal.h"
#include "base/lock.h"

#define PARTS 64u

typedef struct Owners {
    BrcLock lock;
    IdMap map; /* reference key -> pid */
} __attribute__((aligned(64))) Owners;

static Owners parts[PARTS];

static Owners *part_of(uint64_t key) {
    return &parts[(key ^ key >> 18) % PARTS];
}

Term brc_sig_alias_owner(uint64_t key) {
    Owners *o = part_of(key);
    brc_base_lock(&o->lock);
    const uint64_t *v = brc_proc_idmap_get(&o->map, key);
    Term owner = v ? (Term)*v : BRC_NONE;
    brc_base_unlock(&o->lock);
    return owner;
}

void brc_sig_alias_add(ProcRest *r, uint64_t key, enum AliasMode mode) {
    Owners *o = part_of(key);
    brc_proc_idmap_put(&r->aliases, key, (uint64_t)mode);
    brc_base_lock(&o->lock);
    brc_proc_idmap_put(&o->map, key, r->pid);
    brc_base_unlock(&o->lock);
}

static void remove_owner(uint64_t key) {
    Owners *o = part_of(key);
    brc_base_lock(&o->lock);
    brc_proc_idmap_remove(&o->map, key, NULL);
    brc_base_unlock(&o->lock);
}

enum AliasMode brc_sig_alias_mode(const ProcRest *r, uint64_t key) {
    const uint64_t *v = r->aliases.count ? brc_proc_idmap_get(&r->aliases, key) : NULL;
    return v ? (enum AliasMode) * v : BRC_ALIAS_NO;
}

bool brc_sig_alias_remove(ProcRest *r, uint64_t key) {
    if (r->aliases.count == 0 || !brc_proc_idmap_remove(&r->aliases, key, NULL)) return false;
    remove_owner(key);
    return true;
}

void brc_sig_alias_remove_all(ProcRest *r) {
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&r->aliases, &at)) != NULL;)
        remove_owner(c->key);
    brc_proc_idmap_free(&r->aliases);
}
