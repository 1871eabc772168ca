/* roots.c: terms of a process that lie neither on its stack nor in X registers.
 *
 * Queued messages keep theirs in their own Frag and are none of the collector's business, with one
 * exception: the message that a receive has looked at and not yet taken. Generated code may hold
 * parts of it when it collects (in a guard, say). Its Frag is then handed to the process, the
 * message stays in the queue as an empty Frag, and its term is a root from then on. */
#include "sig/signal.h"

static void move_to_heap(Proc *p, ProcRest *r) {
    Frag *old = *r->position;
    Frag *stub = brc_sig_new(BRC_SIG_ON_HEAP, sig_meta(old)->from, 0);
    stub->term = old->term;
    stub->next = old->next;
    *r->position = stub;
    if (r->messages_end == &old->next) r->messages_end = &stub->next;
    if (r->markers) brc_sig_markers_moved(r, &old->next, &stub->next);
    r->heap_messages++;
    old->next = NULL;
    brc_ctx_frag_attach(p, old);
}

void brc_sig_before_collection(Proc *p) {
    ProcRest *r = p->rest;
    if (r->peeked && *r->position && (*r->position)->used) move_to_heap(p, r);
}

void brc_sig_visit_roots(Proc *p, BrcRootVisitor *visit, void *arg) {
    ProcRest *r = p->rest;
    const Dict *d = r->dict;
    if (d && d->count) visit(d->cells, d->cells + 2 * (size_t)d->used, arg);
    if (!r->heap_messages) return;
    for (Frag *m = r->messages; m; m = m->next)
        if (sig_meta(m)->kind == BRC_SIG_ON_HEAP) visit(&m->term, &m->term + 1, arg);
}
