/* markers.c: receive markers: where the message queue ended before a reference was made, so that
 * the receive that waits for that reference skips what was there already. Each process that uses
 * them has room for a few; when it runs out the oldest is forgotten, which costs only time. */
#include "sig/message.h"
#include "sig/signal.h"
#include "base/panic.h"
#include <stdlib.h>

#define MARKERS 8u

typedef struct Marker {
    Frag **at;    /* a link of the message queue, NULL: unused */
    uint64_t key; /* of the reference, 0 until bound */
    uint64_t id;  /* from 1, in the order of their making; 0: unused */
} Marker;

typedef struct MarkerSet {
    Marker markers[MARKERS];
    uint64_t ids;
} MarkerSet;

void brc_sig_markers_moved(ProcRest *r, Frag **from, Frag **to) {
    for (unsigned i = 0; i < MARKERS; i++)
        if (r->markers->markers[i].at == from) r->markers->markers[i].at = to;
}

/* Unused ones have no id. */
static Marker *free_or_oldest(MarkerSet *set) {
    Marker *m = set->markers;
    for (unsigned i = 1; i < MARKERS; i++)
        if (set->markers[i].id < m->id) m = &set->markers[i];
    return m;
}

Term brc_sig_marker_reserve(Proc *p) {
    ProcRest *r = p->rest;
    if (!r->markers) {
        r->markers = calloc(1, sizeof *r->markers);
        BRC_CHECK(r->markers != NULL);
    }
    brc_sig_fetch(p);
    uint64_t id = ++r->markers->ids;
    *free_or_oldest(r->markers) = (Marker){.at = r->messages_end, .id = id};
    return BRC_SMALL(id);
}

void brc_sig_marker_bind(Proc *p, Term marker, Term ref) {
    ProcRest *r = p->rest;
    if (!r->markers || !term_is_small(marker)) return;
    for (unsigned i = 0; i < MARKERS; i++)
        if (r->markers->markers[i].id == (uint64_t)term_small(marker))
            r->markers->markers[i].key = brc_proc_ref_key(ref);
}

static Marker *find(ProcRest *r, Term ref) {
    if (!r->markers) return NULL;
    uint64_t key = brc_proc_ref_key(ref);
    for (unsigned i = 0; key && i < MARKERS; i++) {
        Marker *m = &r->markers->markers[i];
        if (m->at && m->key == key) return m;
    }
    return NULL;
}

void brc_sig_marker_clear(Proc *p, Term ref) {
    Marker *m = find(p->rest, ref);
    if (m) *m = (Marker){0};
}

void brc_sig_marker_use(Proc *p, Term ref) {
    Marker *m = find(p->rest, ref);
    if (m) p->rest->position = m->at;
}
