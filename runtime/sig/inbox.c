/* inbox.c: the owner takes its signals in and acts on each. */
#include "sig/signal.h"
#include "ctx/slice.h"
#include "sig/tracing.h"

void brc_sig_append_message(ProcRest *r, Frag *m) {
    m->next = NULL;
    *r->messages_end = m;
    r->messages_end = &m->next;
    r->message_count++;
    if (trace_is_on(r, BRC_TRACE_RECEIVE)) brc_sig_trace_received(r, m->term);
    if (r->port) atomic_store(&r->slot->woken, 1); /* it parks, and would not look */
}

/* All that is in the inbox, oldest first; `leave` takes its place. */
static Frag *swap_out(ProcSlot *slot, Frag *leave) {
    if (atomic_load_explicit(&slot->inbox, memory_order_relaxed) == leave) return NULL;
    /* pairs with the push in signal.c */
    Frag *newest = atomic_exchange_explicit(&slot->inbox, leave, memory_order_seq_cst);
    if (newest && !newest->next) return newest;
    Frag *oldest = NULL;
    while (newest) {
        Frag *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

/* The process dies of f's reason, of which the frag is kept. */
static bool die_of(ProcRest *r, Frag *f, Term reason) {
    f->term = reason;
    r->exit_reason = f;
    r->exiting = 1;
    return false;
}

static bool take_exit(ProcRest *r, Frag *f) {
    const SigMeta *meta = sig_meta(f);
    Term reason = term_tuple_elements(f->term)[2];
    if (meta->kind == BRC_SIG_EXIT && reason == AM(kill)) return die_of(r, f, AM(killed));
    if (meta->kind == BRC_SIG_EXIT_LINK && !brc_sig_link_broken(r, meta->from)) {
        brc_ctx_frag_free(f);
        return true;
    }
    bool own = meta->kind == BRC_SIG_EXIT && meta->from == r->pid;
    if (!r->trap_exit && (reason != AM(normal) || own)) return die_of(r, f, reason);
    if (meta->kind == BRC_SIG_EXIT_LINK && trace_is_on(r, BRC_TRACE_PROCS))
        brc_sig_trace(r, AM(getting_unlinked), &meta->from, 1);
    if (r->trap_exit) {
        brc_sig_append_message(r, f);
        sig_meta(f)->kind = BRC_SIG_MESSAGE;
        return true;
    }
    brc_ctx_frag_free(f);
    return true;
}

static void take_alias_message(Proc *p, ProcRest *r, Frag *f) {
    SigMeta *meta = sig_meta(f);
    enum AliasMode mode = brc_sig_alias_mode(r, meta->key);
    if (mode == BRC_ALIAS_NO) {
        brc_ctx_frag_free(f);
        return;
    }
    if (mode == BRC_ALIAS_REPLY) {
        brc_sig_alias_remove(r, meta->key);
        brc_sig_demonitor(p, meta->key);
    }
    meta->kind = BRC_SIG_MESSAGE;
    brc_sig_append_message(r, f);
}

/* The answers to a link or a monitor of a process that is no more. */
static void refuse(Term pid, Frag *f) {
    const SigMeta *meta = sig_meta(f);
    if (meta->kind == BRC_SIG_LINK)
        brc_sig_send_exit(BRC_SIG_EXIT_LINK, pid, meta->from, AM(noproc));
    else if (meta->kind == BRC_SIG_UNLINK)
        brc_sig_send_plain(BRC_SIG_UNLINKED, pid, meta->from, meta->key);
    else if (meta->kind == BRC_SIG_MONITOR)
        brc_sig_send_down(meta->key, pid, meta->from, AM(noproc));
    else if (meta->kind == BRC_SIG_PORT && meta->key)
        brc_sig_answer(meta->from, meta->key, AM(badarg));
    else if (meta->kind == BRC_SIG_ASK)
        brc_sig_refuse_question(f);
    brc_ctx_frag_free(f);
}

/* The identifier of r's slot with that serial. */
static Term named(const ProcRest *r, uint32_t serial) {
    Term pid = pid_make(r->slot->index, serial);
    return (pid & ~(Term)BRC_IMM2_MASK) | (r->pid & BRC_IMM2_MASK);
}

/* False: it kills the process. */
static bool take(Proc *p, ProcRest *r, Frag *f) {
    SigMeta *meta = sig_meta(f);
    switch ((enum SigKind)meta->kind) {
    case BRC_SIG_MESSAGE:
    case BRC_SIG_ON_HEAP:
    case BRC_SIG_PORT: brc_sig_append_message(r, f); return true;
    case BRC_SIG_ALIAS_MESSAGE: take_alias_message(p, r, f); return true;
    case BRC_SIG_EXIT_LINK:
    case BRC_SIG_EXIT: return take_exit(r, f);
    case BRC_SIG_LINK: brc_sig_link_arrived(r, meta->from); break;
    case BRC_SIG_UNLINK: brc_sig_unlink_arrived(r, meta->from, meta->key); break;
    case BRC_SIG_UNLINKED: brc_sig_unlinked_arrived(r, meta->from, meta->key); break;
    case BRC_SIG_MONITOR: brc_sig_monitor_arrived(r, f); break;
    case BRC_SIG_DEMONITOR: brc_sig_demonitor_arrived(r, meta->key); break;
    case BRC_SIG_DOWN:
        f = brc_sig_down_arrived(r, f);
        if (f) brc_sig_append_message(r, f);
        return true;
    case BRC_SIG_ASK:
        if (brc_sig_asks_tracing(f)) { /* what was sent behind it is traced */
            ((SigAnswer *)f->data[1])(p, meta->from, f->term);
            break;
        }
        *r->asked_end = f;
        r->asked_end = &f->next;
        if (!r->dirty) p->reds = p->reds < 1 ? p->reds : 1; /* soon at rest */
        return true;
    case BRC_SIG_ANSWER: brc_sig_answer_arrived(r, f); return true;
    }
    brc_ctx_frag_free(f);
    return true;
}

bool brc_sig_fetch(Proc *p) {
    ProcRest *r = p->rest;
    if (r->exiting) return false;
    for (Frag *f = swap_out(r->slot, NULL), *next; f; f = next) {
        next = f->next;
        f->next = NULL;
        const SigMeta *meta = sig_meta(f);
        if (meta->serial != pid_serial(r->pid)) { /* meant for one that was here before */
            refuse(named(r, meta->serial), f);
        } else if (meta->kind == BRC_SIG_MESSAGE) {
            brc_sig_append_message(r, f);
        } else if (!take(p, r, f)) {
            r->unhandled = next;
            return false;
        }
    }
    return true;
}

void brc_sig_drain(Proc *p) {
    ProcRest *r = p->rest;
    for (int round = 0; round < 3; round++) {
        Frag *f = round == 0   ? r->asked
                  : round == 1 ? r->unhandled
                               : swap_out(r->slot, BRC_PROC_INBOX_CLOSED);
        for (Frag *next; f; f = next) {
            next = f->next;
            f->next = NULL;
            refuse(named(r, sig_meta(f)->serial), f);
        }
    }
    r->unhandled = r->asked = NULL;
}
