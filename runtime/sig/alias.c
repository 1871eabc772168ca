/* alias.c: active aliases of all processes: reference key -> owner and mode. A pid's low six bits
 * are always the same, so the mode takes their place. The sender looks here to find the owner; the
 * owner looks again when it takes the message in, so that none arrives after unalias. */
#include "sig/signal.h"
#include "base/lock.h"

static IdMap aliases;
static BrcLock lock; /* of aliases */

static Term owner_of(uint64_t value) {
    return ((Term)value & ~(Term)BRC_IMM2_MASK) | BRC_TAG_PID;
}
static enum AliasMode mode_of(uint64_t value) {
    return (enum AliasMode)(value & BRC_IMM2_MASK);
}

Term brc_sig_alias_owner(uint64_t key) {
    brc_base_lock(&lock);
    const uint64_t *v = brc_proc_idmap_get(&aliases, key);
    Term owner = v ? owner_of(*v) : BRC_NONE;
    brc_base_unlock(&lock);
    return owner;
}

void brc_sig_alias_add(uint64_t key, Term owner, enum AliasMode mode) {
    brc_base_lock(&lock);
    brc_proc_idmap_put(&aliases, key, (owner & ~(Term)BRC_IMM2_MASK) | (Term)mode);
    brc_base_unlock(&lock);
}

enum AliasMode brc_sig_alias_mode(uint64_t key, Term owner) {
    brc_base_lock(&lock);
    const uint64_t *v = brc_proc_idmap_get(&aliases, key);
    enum AliasMode mode = v && owner_of(*v) == owner ? mode_of(*v) : BRC_ALIAS_NO;
    brc_base_unlock(&lock);
    return mode;
}

enum AliasMode brc_sig_alias_remove(uint64_t key, Term owner) {
    enum AliasMode mode = BRC_ALIAS_NO;
    brc_base_lock(&lock);
    const uint64_t *v = brc_proc_idmap_get(&aliases, key);
    if (v && owner_of(*v) == owner) {
        mode = mode_of(*v);
        brc_proc_idmap_remove(&aliases, key, NULL);
    }
    brc_base_unlock(&lock);
    return mode;
}
