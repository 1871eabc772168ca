/* tracing.c: trace messages. They are pushed at once by whoever has the traced process, so what one
 * process does comes in the order in which it did it, and nothing is ever under way. */
#include "sig/tracing.h"
#include "base/panic.h"
#include "proc/clock.h"
#include <stdlib.h>
#include <time.h>

/* ---- messages ---- */

#define STAMPED (BRC_TRACE_TIMESTAMP | BRC_TRACE_MONOTONIC | BRC_TRACE_STRICT)
/* Where several are wanted: that of erlang:now/0, then the strict one. */
static size_t stamp_words(uint32_t flags) {
    return flags & BRC_TRACE_TIMESTAMP ? 4 : flags & BRC_TRACE_STRICT ? 3 : 0;
}

static Term mega_seconds(Term *at, int64_t us) {
    return term_tuple3(at, BRC_SMALL(us / 1000000000000), BRC_SMALL(us / 1000000 % 1000000),
                       BRC_SMALL(us % 1000000));
}

static Term stamp(Term *at, uint32_t flags) {
    int64_t now = (int64_t)brc_proc_clock_ns();
    struct timespec used;
    if (flags & BRC_TRACE_TIMESTAMP) {
        if (!atomic_load_explicit(&brc_sig_trace_cpu, memory_order_relaxed))
            return mega_seconds(at, brc_proc_now_us());
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        return mega_seconds(at, (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000);
    }
    if (flags & BRC_TRACE_STRICT)
        return term_tuple2(at, BRC_SMALL(now), BRC_SMALL(brc_proc_ordered_integer()));
    return BRC_SMALL(now);
}

const SeqHooks *_Atomic brc_sig_seq;

Frag *brc_sig_time_stamp(uint32_t flags) {
    if (!(flags & STAMPED)) return NULL;
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, stamp_words(flags));
    f->used = stamp_words(flags);
    f->term = stamp(f->data, flags);
    return f;
}

static void forget(ProcRest *r) {
    r->trace->flags &= BRC_TRACE_SEQ;
    if (r->trace->flags || r->trace->seq_last || r->trace->seq_clock) return;
    free(r->trace);
    r->trace = NULL;
}

static size_t copy_words(Term t) {
    return term_is_pointer(t) ? brc_heap_size_words(t) : 0;
}

bool brc_sig_trace_to(Term tracer, uint32_t flags, Term pid, Term what, const Term *args,
                      unsigned n) {
    if (tracer == pid) return true; /* nobody traces itself */
    bool stamped = (flags & STAMPED) != 0;
    bool tells_thread = flags & BRC_TRACE_SCHEDULER;
    size_t arity = 3 + n + tells_thread + stamped, own = 1 + arity + stamp_words(flags),
           words = own;
    for (unsigned i = 0; i < n; i++)
        words += copy_words(args[i]);
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, words);
    Term *t = f->data;
    f->used = own;
    t[1] = stamped ? AM(trace_ts) : AM(trace);
    t[2] = pid;
    t[3] = what;
    for (unsigned i = 0; i < n; i++)
        t[4 + i] = brc_sig_copy_into(f, args[i]);
    if (tells_thread) t[4 + n] = BRC_SMALL(brc_proc_sched ? brc_proc_sched->id : 0);
    if (stamped) t[arity] = stamp(t + 1 + arity, flags);
    f->term = term_tuple_begin(t, arity);
    return brc_sig_push_mt(tracer, f);
}

void brc_sig_trace(ProcRest *r, Term what, const Term *args, unsigned n) {
    if (!brc_sig_trace_to(r->trace->tracer, r->trace->flags, r->pid, what, args, n)) forget(r);
}

/* The message {trace, Pid, What, args...}, where a match specification lets it, with what it adds.
 */
static void filtered(ProcRest *r, bool send, Term what, Term subject, const Term *args,
                     unsigned n) {
    Term (*filter)(ProcRest *, bool, Term, Frag **) = atomic_load(&brc_sig_trace_filter);
    Frag *frags = NULL;
    Term says = filter ? filter(r, send, subject, &frags) : AM(true), all[3];
    for (unsigned i = 0; i < n; i++)
        all[i] = args[i];
    all[n] = says;
    if (says != BRC_NONE) brc_sig_trace(r, what, all, says == AM(true) ? n : n + 1);
    for (Frag *next; frags; frags = next) {
        next = frags->next;
        brc_ctx_frag_free(frags);
    }
}

void brc_sig_trace_send(ProcRest *r, Term to, Term message) {
    if (!atomic_load_explicit(&brc_sig_trace_sends, memory_order_relaxed)) return;
    bool gone = term_is_local_pid(to) && !brc_proc_is_alive(to);
    Term at[4], subject = term_cons(at, to, term_cons(at + 2, message, BRC_NIL));
    filtered(r, true, gone ? AM(send_to_non_existing_process) : AM(send), subject,
             (Term[]){message, to}, 2);
}

/* Who sent it is not known. */
void brc_sig_trace_received(ProcRest *r, Term message) {
    if (!atomic_load_explicit(&brc_sig_trace_receives, memory_order_relaxed)) return;
    Term at[6], subject = term_cons(at + 4, message, BRC_NIL);
    subject = term_cons(at, AM(nonode_nohost), term_cons(at + 2, AM(undefined), subject));
    filtered(r, false, AM(receive), subject, &message, 1);
}

void brc_sig_trace_turn(Proc *p, Term what) {
    Term at[4], mfa[3];
    brc_sig_where(p, mfa);
    Term where = term_tuple3(at, mfa[0], mfa[1], mfa[2]);
    brc_sig_trace(p->rest, what, &where, 1);
}

static Term pair(Term **at, Term name, int64_t value, Term list) {
    Term *t = *at;
    *at += 5;
    return term_cons(t + 3, term_tuple2(t, name, BRC_SMALL(value)), list);
}

void brc_sig_trace_gc(Proc *p, bool major, size_t words_before, size_t words_after) {
    ProcRest *r = p->rest;
    for (int end = 0; end < 2 && r->trace; end++) {
        Term words[5 * 9], *at = words, list = BRC_NIL;
        int64_t heap = (int64_t)(end ? words_after : words_before);
        list = pair(&at, AM(bin_vheap_block_size), (int64_t)(r->heap.vheap_limit_bytes / 8), list);
        list = pair(&at, AM(bin_vheap_size), (int64_t)(p->offheap_bytes / 8), list);
        list = pair(&at, AM(heap_size), heap, list);
        list = pair(&at, AM(old_heap_size), p->old_heap ? p->old_hp - p->old_heap : 0, list);
        list = pair(&at, AM(stack_size), p->stack_end - p->sp, list);
        list = pair(&at, AM(recent_size), p->hp - p->high_water, list);
        list = pair(&at, AM(mbuf_size), end ? 0 : (int64_t)p->frag_words, list);
        list = pair(&at, AM(heap_block_size), p->stack_end - p->heap, list);
        list = pair(&at, AM(old_heap_block_size), p->old_end - p->old_heap, list);
        Term what = major ? (end ? AM(gc_major_end) : AM(gc_major_start))
                          : (end ? AM(gc_minor_end) : AM(gc_minor_start));
        brc_sig_trace(r, what, &list, 1);
    }
}

void brc_sig_trace_look(ProcRest *r) {
    if (trace_is_on(r, BRC_TRACE_ALL) && !brc_proc_is_alive(r->trace->tracer)) forget(r);
}

/* ---- calls ---- */
_Atomic(bool) brc_sig_step_all;
void (*brc_sig_calls_update)(Proc *p);
void (*brc_sig_calls_turn)(Proc *p, bool begins);
Term (*brc_sig_trace_of_function)(Proc *p, const Term *mfa, Term item);
void (*brc_sig_save_calls)(Proc *p, uint32_t n);
Term (*brc_sig_saved_calls)(Proc *p, const ProcRest *r);
void (*brc_sig_log_event)(ProcRest *r, Term what);

/* ---- flags ---- */

static bool change(ProcRest *r, bool on, uint32_t flags, Term tracer) {
    ProcTrace *t = r->trace;
    if (t && on && t->flags & BRC_TRACE_ALL && t->tracer != tracer && brc_proc_is_alive(t->tracer))
        return false;
    if (!t && on && flags) {
        t = r->trace = calloc(1, sizeof *t);
        if (!t) brc_base_panic("out of memory (tracing)");
    }
    if (!t) return true;
    if (on) {
        t->tracer = tracer;
        t->flags |= flags;
    } else {
        t->flags &= ~flags;
    }
    if (t->flags == 0) forget(r);
    return true;
}

bool brc_sig_trace_change(ProcRest *r, bool on, uint32_t flags, Term tracer) {
    bool done = change(r, on, flags, tracer);
    if (brc_sig_calls_update) brc_sig_calls_update(atomic_load(&r->slot->p));
    return done;
}

static void pass_on(ProcRest *r, ProcRest *to, uint32_t always, uint32_t once) {
    uint32_t flags = r->trace->flags;
    if (!(flags & (always | once))) return;
    if (flags & once) r->trace->flags = flags &= ~(always | once);
    if (to->trace == NULL || !(to->trace->flags & BRC_TRACE_ALL))
        brc_sig_trace_change(to, true, flags, r->trace->tracer);
}

void brc_sig_trace_spawn(ProcRest *parent, ProcRest *child, Term args, bool linked) {
    Term at[4], mfa;
    uint32_t flags = atomic_load_explicit(&brc_sig_trace_new, memory_order_acquire);
    Term tracer = flags ? atomic_load(&brc_sig_trace_new_tracer) : BRC_NONE;
    if (flags && child->pid != tracer) brc_sig_trace_change(child, true, flags, tracer);
    if (parent && trace_is_on(parent, BRC_TRACE_SEQ)) brc_sig_seq->spawned(parent, child);
    if (parent && parent->trace) pass_on(parent, child, BRC_TRACE_SPAWN, BRC_TRACE_FIRST_SPAWN);
    if (linked && parent && parent->trace)
        pass_on(parent, child, BRC_TRACE_LINK, BRC_TRACE_FIRST_LINK);
    mfa = term_tuple3(at, child->initial_module, child->initial_function, args);
    if (parent && trace_is_on(parent, BRC_TRACE_PROCS))
        brc_sig_trace(parent, AM(spawn), (Term[]){child->pid, mfa}, 2);
    if (linked && parent && trace_is_on(parent, BRC_TRACE_PROCS))
        brc_sig_trace(parent, AM(link), &child->pid, 1);
    if (!parent) return;
    if (trace_is_on(child, BRC_TRACE_PROCS))
        brc_sig_trace(child, AM(spawned), (Term[]){parent->pid, mfa}, 2);
    if (linked && trace_is_on(child, BRC_TRACE_PROCS))
        brc_sig_trace(child, AM(getting_linked), &parent->pid, 1);
}
