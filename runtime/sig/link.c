/* link.c: links that both sides may make and end at the same time.
 *
 * A side that ends a link keeps the entry, marked with a number, until the other side has confirmed
 * that number; meanwhile it counts as no link. So a link request that was under way when the other
 * side's end of the link was sent is told from one that was made later:
 *
 *      none --link--> LINKED --unlink n--> ENDING n --confirmed n--> none
 *                        ^-------link---------'   (then "confirmed n" means nothing any more)
 */
#include "sig/signal.h"
#include "sig/tracing.h"

static uint64_t new_number(void) {
    static _Atomic(uint64_t) numbers = BRC_LINKED + 1;
    return atomic_fetch_add_explicit(&numbers, 1, memory_order_relaxed);
}

bool brc_sig_link_begin(ProcRest *r, Term other) {
    uint64_t *value = brc_proc_idmap_get(&r->links, other);
    if (value && *value == BRC_LINKED) return false;
    brc_proc_idmap_put(&r->links, other, BRC_LINKED);
    if (trace_is_on(r, BRC_TRACE_PROCS)) brc_sig_trace(r, AM(link), &other, 1);
    return true;
}

void brc_sig_link_end(ProcRest *r, Term other) {
    uint64_t *value = brc_proc_idmap_get(&r->links, other);
    if (trace_is_on(r, BRC_TRACE_PROCS)) brc_sig_trace(r, AM(unlink), &other, 1);
    if (!value || *value != BRC_LINKED) return;
    *value = new_number();
    Frag *f = brc_sig_new(BRC_SIG_UNLINK, r->pid, 0);
    sig_meta(f)->key = *value;
    if (!brc_sig_push_mt(other, f)) brc_proc_idmap_remove(&r->links, other, NULL);
}

void brc_sig_link_arrived(ProcRest *r, Term from) {
    if (brc_proc_idmap_get(&r->links, from)) return;
    brc_proc_idmap_put(&r->links, from, BRC_LINKED);
    if (trace_is_on(r, BRC_TRACE_PROCS)) brc_sig_trace(r, AM(getting_linked), &from, 1);
}

void brc_sig_unlink_arrived(ProcRest *r, Term from, uint64_t number) {
    const uint64_t *value = brc_proc_idmap_get(&r->links, from);
    if (value && *value == BRC_LINKED) {
        brc_proc_idmap_remove(&r->links, from, NULL);
        if (trace_is_on(r, BRC_TRACE_PROCS)) brc_sig_trace(r, AM(getting_unlinked), &from, 1);
    }
    brc_sig_send_plain(BRC_SIG_UNLINKED, r->pid, from, number);
}

void brc_sig_unlinked_arrived(ProcRest *r, Term from, uint64_t number) {
    const uint64_t *value = brc_proc_idmap_get(&r->links, from);
    if (value && *value == number) brc_proc_idmap_remove(&r->links, from, NULL);
}

bool brc_sig_link_broken(ProcRest *r, Term from) {
    uint64_t value;
    return brc_proc_idmap_remove(&r->links, from, &value) && value == BRC_LINKED;
}
