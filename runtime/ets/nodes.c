/* nodes.c: the identifiers of other nodes that tables hold, and match specifications that the
 * process which asks refers to. */
#include "proc/nodes.h"
#include "ets/ms.h"
#include "ets/table.h"
#include "base/panic.h"
#include <stdlib.h>

static void scan_object(NodeCounts *c, const EtsObj *o) {
    if (o && obj_live(o)) brc_proc_nodes_scan(c, AM(ets), o->data, o->data + o->words);
}

static void scan_store(NodeCounts *c, const EtsStore *s, bool hash) {
    if (!hash) {
        TreeAt at;
        for (brc_ets_tree_first(&s->tree, &at); brc_ets_tree_at(&at); brc_ets_tree_next(&at))
            scan_object(c, brc_ets_tree_at(&at));
        return;
    }
    for (size_t i = 0; i < s->hash.active; i++)
        for (const EtsObj *o = *hash_bucket(&s->hash, i); o; o = o->next)
            scan_object(c, o);
}

/* Another's private table is not looked at: it takes no lock. */
static void scan_table(NodeCounts *c, Ets *t) {
    EtsAt at;
    bool locks = t->access != BRC_ETS_PRIVATE;
    if (!locks && atomic_load(&t->owner) != c->p->pid) return;
    if (!brc_ets_aim_again(c->p, t, BRC_ETS_INFO, &at) ||
        !brc_ets_try_parts(c->p, &at, ets_all_parts(t)))
        return;
    uint32_t parts = ets_is_hash(t) ? t->part_count : 1; /* the rest are locks alone */
    for (uint32_t i = 0; i < parts; i++)
        scan_store(c, &t->parts[i].store, ets_is_hash(t));
    brc_ets_leave(&at);
}

typedef struct Tables {
    Ets **at;
    size_t n;
} Tables;

/* Their locks come before that of the list. */
static void hold(Ets *t, void *arg) {
    Tables *all = arg;
    if ((all->n & (all->n + 1)) == 0)
        all->at = realloc(all->at, 2 * (all->n + 1) * sizeof *all->at);
    if (!all->at) brc_base_panic("out of memory (counting nodes)");
    brc_ctx_magic_ref(&t->magic);
    all->at[all->n++] = t;
}

static void scan_specs(NodeCounts *c, Term *objects) {
    for (Term *o = objects; o; o = (Term *)*brc_ctx_offheap_link(o)) {
        const Ms *ms = brc_ets_ms_of(term_make_boxed(o));
        if (ms && ms->terms) brc_proc_nodes_scan(c, AM(binary), ms->terms, ms->terms + ms->words);
    }
}

static void count(NodeCounts *c) {
    Tables all = {NULL, 0};
    brc_ets_each(hold, &all);
    for (size_t i = 0; i < all.n; i++) {
        scan_table(c, all.at[i]);
        brc_ctx_magic_unref(&all.at[i]->magic);
    }
    free(all.at);
    scan_specs(c, c->p->offheap);
    scan_specs(c, c->p->old_offheap);
    for (const Frag *f = c->p->frags; f; f = f->next)
        scan_specs(c, f->offheap);
}

void brc_ets_nodes_start(void) {
    BRC_STARTS(brc_ets_nodes_start);
    brc_proc_nodes_held[BRC_NODES_ETS] = count;
}
