/* nodes.h: which nodes the identifiers that a process, a table or a timer holds come from, and how
 * many there are of each: counted when somebody asks (nodes(known), the internal state
 * node_and_dist_references), since each identifier names its node itself. */
#pragma once
#include "proc/proc.h"

typedef struct NodeCount { /* of one node, by one kind of holder */
    Term node, kind;       /* ets, timer, binary or heap */
    uint64_t creation, n;
} NodeCount;

typedef struct NodeCounts {
    NodeCount *at;
    size_t n, room;
    const Proc *p; /* who asks */
} NodeCounts;

/* Whatever stands in the words of terms [from, end). */
void brc_proc_nodes_scan(NodeCounts *c, Term kind, const Term *from, const Term *end);
/* All that p's own heap holds. */
void brc_proc_nodes_own(NodeCounts *c);
/* The same, sorted by node: how many rows. The caller frees c->at. */
size_t brc_proc_nodes_names(NodeCounts *c);
/* Holders of terms outside processes count what they have; filled at start. */
enum { BRC_NODES_ETS, BRC_NODES_TIMERS, BRC_NODES_HOLDERS };
extern void (*brc_proc_nodes_held[BRC_NODES_HOLDERS])(NodeCounts *c);
/* {{node_references, [{{Node, Creation}, Refs, [{{Kind, Kind}, [{Kind, N}]}]}]},
 *  {dist_references, []}} */
Term brc_proc_nodes_references(Proc *p);
