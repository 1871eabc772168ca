/* nodes.c: see nodes.h. */
#include "proc/nodes.h"
#include "base/panic.h"
#include "ctx/alloc.h"
#include <stdlib.h>

void (*brc_proc_nodes_held[BRC_NODES_HOLDERS])(NodeCounts *c);

static void add(NodeCounts *c, Term kind, Term node, uint64_t creation) {
    for (size_t i = c->n; i-- > 0;) { /* most likely the one before */
        NodeCount *r = &c->at[i];
        if (r->node != node || r->creation != creation || r->kind != kind) continue;
        r->n++;
        return;
    }
    if (c->n == c->room) {
        c->room = c->room ? 2 * c->room : 16;
        c->at = realloc(c->at, c->room * sizeof *c->at);
        if (!c->at) brc_base_panic("out of memory (counting nodes)");
    }
    c->at[c->n++] = (NodeCount){node, kind, creation, 1};
}

/* An external identifier's header, with a node behind it. */
static bool is_external(const Term *t, const Term *end) {
    if (BRC_HEADER_KIND(*t) != BRC_EXTERNAL || (*t & BRC_NIBBLE_MASK) != BRC_TAG_HEADER)
        return false;
    return t + BRC_HEADER_WORDS(*t) < end && t[1] <= BRC_SMALL(2) && term_is_atom(t[2]) &&
           term_is_small(t[3]);
}

void brc_proc_nodes_scan(NodeCounts *c, Term kind, const Term *from, const Term *end) {
    for (const Term *t = from; t + 3 < end; t++)
        if (is_external(t, end)) add(c, kind, t[2], (uint64_t)term_small(t[3]));
}

void brc_proc_nodes_own(NodeCounts *c) {
    const Proc *p = c->p;
    brc_proc_nodes_scan(c, AM(heap), p->heap, p->hp);
    if (p->old_heap) brc_proc_nodes_scan(c, AM(heap), p->old_heap, p->old_hp);
    for (const Frag *f = p->frags; f; f = f->next)
        brc_proc_nodes_scan(c, AM(heap), f->data, f->data + f->used);
}

static int by_node(const void *a, const void *b) {
    const NodeCount *x = a, *y = b;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    return (x->creation > y->creation) - (x->creation < y->creation);
}

size_t brc_proc_nodes_names(NodeCounts *c) {
    brc_proc_nodes_own(c);
    if (c->n) qsort(c->at, c->n, sizeof *c->at, by_node);
    return c->n;
}

/* {{Kind, Kind}, [{Kind, N}]} before the list. */
static Term referrer(Proc *p, const NodeCount *r, Term list) {
    Term *t = brc_ctx_alloc(p, 13);
    Term counts = term_cons(t + 3, term_tuple2(t, r->kind, BRC_SMALL(r->n)), BRC_NIL);
    return term_cons(t + 11, term_tuple2(t + 5, term_tuple2(t + 8, r->kind, r->kind), counts),
                     list);
}

static Term rows(Proc *p, NodeCounts *c) {
    Term list = BRC_NIL;
    if (c->n) qsort(c->at, c->n, sizeof *c->at, by_node);
    for (size_t i = 0; i < c->n;) {
        const NodeCount *first = &c->at[i];
        Term by = BRC_NIL;
        uint64_t sum = 0;
        for (; i < c->n && by_node(first, &c->at[i]) == 0; i++) {
            by = referrer(p, &c->at[i], by);
            sum += c->at[i].n;
        }
        Term *t = brc_ctx_alloc(p, 9),
             name = term_tuple2(t, first->node, BRC_SMALL(first->creation));
        list = term_cons(t + 7, term_tuple3(t + 3, name, BRC_SMALL(sum), by), list);
    }
    return list;
}

Term brc_proc_nodes_references(Proc *p) {
    NodeCounts c = {.p = p};
    brc_proc_nodes_own(&c);
    for (int i = 0; i < BRC_NODES_HOLDERS; i++)
        if (brc_proc_nodes_held[i]) brc_proc_nodes_held[i](&c);
    Term list = rows(p, &c), *t = brc_ctx_alloc(p, 9);
    free(c.at);
    Term nodes = term_tuple2(t, AM(node_references), list);
    return term_tuple2(t + 6, nodes, term_tuple2(t + 3, AM(dist_references), BRC_NIL));
}
