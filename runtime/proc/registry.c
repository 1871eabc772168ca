/* registry.c: names of processes and ports. */
#include "proc/proc.h"

static IdMap names; /* atom -> pid or port */

Term brc_proc_whereis(Term name) {
    const uint64_t *found = brc_proc_idmap_get(&names, name);
    return found ? (Term)*found : BRC_NONE;
}

bool brc_proc_register(Term name, Term pid) {
    if (brc_proc_idmap_get(&names, name)) return false;
    return brc_proc_idmap_put(&names, name, pid);
}

bool brc_proc_unregister(Term name) {
    return brc_proc_idmap_remove(&names, name, NULL);
}

size_t brc_proc_registered_count(void) {
    return names.count;
}

size_t brc_proc_registered_names(Term *out, size_t n) {
    uint32_t at = 0;
    size_t i = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&names, &at)) != NULL; i++)
        if (i < n) out[i] = c->key;
    return i;
}
