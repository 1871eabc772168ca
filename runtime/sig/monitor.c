/* monitor.c: monitors from the side of the process that watches. A plain monitor of a process is
 * one entry, reference key -> pid, on both sides; one set by name or with a tag of its own has a
 * MonitorOut. One of the time offset has the atom clock_service, which nobody need be told of. */
#include "sig/signal.h"
#include "base/panic.h"
#include <stdlib.h>

void brc_sig_monitor_free(uint64_t value) {
    if (monitor_is_plain(value)) return;
    MonitorOut *m = (MonitorOut *)value;
    if (m->tag) brc_ctx_frag_free(m->tag);
    free(m);
}

uint64_t brc_sig_monitor_new(Term target, Term name, Term tag) {
    if (name == BRC_NONE && tag == BRC_NONE) return target;
    MonitorOut *m = calloc(1, sizeof *m);
    BRC_CHECK(m != NULL);
    m->target = target;
    m->name = name;
    if (tag != BRC_NONE) m->tag = brc_sig_new_kept(tag);
    return (uint64_t)m;
}

/* ---- from the side of the one that is watched ---- */

void brc_sig_monitor_arrived(ProcRest *r, const Frag *f) {
    const SigMeta *meta = sig_meta((Frag *)f);
    Term name = term_is_atom(f->term) ? f->term : BRC_NONE;
    brc_proc_idmap_put(&r->monitored_by, meta->key,
                       brc_sig_monitor_new(meta->from, name, BRC_NONE));
}

void brc_sig_demonitor_arrived(ProcRest *r, uint64_t key) {
    uint64_t value;
    if (brc_proc_idmap_remove(&r->monitored_by, key, &value)) brc_sig_monitor_free(value);
}

/* ---- the end ---- */

/* An alias that is bound to the monitor ends with it; an explicit one lives on by itself. */
static void monitor_over(ProcRest *r, uint64_t key) {
    if (brc_sig_alias_mode(r, key) != BRC_ALIAS_EXPLICIT) brc_sig_alias_remove(r, key);
}

bool brc_sig_demonitor(Proc *p, uint64_t key) {
    ProcRest *r = p->rest;
    uint64_t value;
    if (!brc_proc_idmap_remove(&r->monitors, key, &value)) return false;
    monitor_over(r, key);
    if (!term_is_atom(monitor_target(value)))
        brc_sig_send_plain(BRC_SIG_DEMONITOR, r->pid, monitor_target(value), key);
    brc_sig_monitor_free(value);
    return true;
}

/* The DOWN message rebuilt for a monitor set by name or with a tag. */
static Frag *personal_message(const MonitorOut *m, const Frag *f) {
    const Term *from = term_tuple_elements(f->term);
    Term tag = m->tag ? m->tag->term : AM(DOWN);
    size_t words = 6 + 3 + BRC_REF_WORDS + brc_heap_size_words(from[4]) + brc_heap_size_words(tag);
    Frag *g = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, words);
    g->used = 6 + 3;
    Term *t = g->data;
    t[1] = brc_sig_copy_into(g, tag);
    t[2] = brc_sig_copy_into(g, from[1]);
    t[3] = from[2];
    t[4] = m->name == BRC_NONE ? from[3] : term_tuple2(g->data + 6, m->name, AM(nonode_nohost));
    if (m->name == BRC_NONE) g->data[6] = BRC_HEADER(BRC_BIGPOS, 2); /* a dead object */
    t[5] = brc_sig_copy_into(g, from[4]);
    g->term = term_tuple_begin(t, 5);
    return g;
}

Frag *brc_sig_down_arrived(ProcRest *r, Frag *f) {
    uint64_t key = sig_meta(f)->key, value;
    if (!brc_proc_idmap_remove(&r->monitors, key, &value)) {
        brc_ctx_frag_free(f);
        return NULL;
    }
    monitor_over(r, key);
    if (!monitor_is_plain(value)) {
        Frag *g = personal_message((MonitorOut *)value, f);
        brc_ctx_frag_free(f);
        f = g;
        brc_sig_monitor_free(value);
    }
    sig_meta(f)->kind = BRC_SIG_MESSAGE;
    return f;
}
