/* bif_internal.c: erts_debug's internal state: what tests turn to see the emulator at its borders.
 */
#include "abi/bif.h"
#include "base/format.h"
#include "bif/persistent.h"
#include "ctx/fail.h"
#include "proc/clock.h"
#include "proc/nodes.h"
#include "sig/purge.h"
#include "sig/signal.h"
#include "term/atom.h"
#include "term/hash.h"
#include "sched/sched.h"
#include "sched/dirty.h"
#include "term/int.h"
#include "term/map.h"
#include <time.h>

static _Atomic(bool) is_available; /* set by set_internal_state itself */

static Term not_available(Proc *p) {
    return brc_ctx_error(p, AM(undef));
}

static Term in_fragment(Proc *p, Term t) {
    Frag *f = brc_heap_copy_to_frag(t);
    if (!f) return t;
    Term copy = f->term;
    brc_ctx_frag_attach(p, f);
    return copy;
}

Term brc_bif_erts_debug_set_internal_state_2(Proc *p, Term what, Term value) {
    bool on = atomic_load_explicit(&is_available, memory_order_relaxed);
    if (what == AM(available_internal_state)) {
        if (value != AM(true) && value != AM(false)) return brc_ctx_badarg(p);
        atomic_store_explicit(&is_available, value == AM(true), memory_order_relaxed);
        return term_bool(on);
    }
    if (!on) return not_available(p);
    if (what == AM(reds_left) && term_is_small(value) && term_small(value) >= 0) {
        p->reds =
            term_small(value) ? term_small(value) - 1 : 0; /* the call that takes the last yields */
        return AM(true);
    }
    if (what == AM(sleep) && term_is_small(value) && term_small(value) >= 0) {
        int64_t ms = term_small(value);
        struct timespec t = {ms / 1000, ms % 1000 * 1000000};
        nanosleep(&t, NULL); /* the thread, not only the process */
        return AM(true);
    }
    if (what == AM(gc_state) && (value == AM(true) || value == AM(false))) {
        bool was = !p->rest->gc_waits;
        p->rest->gc_waits = value == AM(false);
        p->reds = 0; /* those that waited are done at its end */
        return term_bool(was);
    }
    if (what == AM(multizero_timeout_in_timeout)) /* one that fires starts none here */
        return brc_bif_erlang_send_after_3(p, value, proc_pid(p),
                                           AM(multizero_timeout_in_timeout_done));
    if ((what == AM(next_pid) || what == AM(next_port)) && term_is_small(value)) {
        brc_proc_set_next_number((uint32_t)term_small(value) & 0xFFFFFFF);
        return BRC_SMALL(brc_proc_next_number());
    }
    if (what == AM(node_tab_delayed_delete)) return AM(ok); /* there is no such table */
    if (what == AM(process_uniq_counter)) return AM(ok);    /* there is none */
    if (what == AM(proc_sig_buffers)) return AM(true); /* queues take from many senders anyhow */
    if (what == AM(ets_force_trap)) return AM(notsup);
    /* There are no trees that split under contention: nothing is to be forced. */
    if (what == AM(ets_force_split) || what == AM(ets_debug_random_split_join)) return AM(ok);
    if (what == AM(mbuf)) return in_fragment(p, value);
    if (what == AM(wait)) { /* nothing is put off but what other processes do in their turns */
        p->reds = 0;
        return AM(ok);
    }
    if (what == AM(binary_loop_limit) || what == AM(unicode_loop_limit) ||
        what == AM(re_loop_limit))
        return BRC_SMALL(-1); /* how much is done at a time is not to be set */
    return brc_ctx_badarg(p);
}

Term brc_bif_brc_native_is_purging_0(Proc *p) {
    (void)p;
    return term_bool(brc_sig_is_purging());
}

#define BALANCE_NS 100000000u

/* The record ptab_list_bif_info of OTP's process_SUITE: processes/0 is done in one go. */
static Term processes_info(Proc *p) {
    enum {
        LEAST_REDS = 1,
        CHUNKS,
        CHUNK_SIZE,
        INDICES_PER_RED,
        FREE_REDS,
        PER_RED,
        MOST_REDS,
        CONSES_PER_RED,
        DEBUG_LEVEL,
        FIELDS
    };
    Term *t = brc_ctx_alloc(p, 1 + FIELDS);
    for (int i = LEAST_REDS; i < FIELDS; i++)
        t[1 + i] = BRC_SMALL(1);
    t[1] = AM(ptab_list_bif_info);
    t[1 + CHUNK_SIZE] = BRC_SMALL(brc_proc_limit());
    t[1 + DEBUG_LEVEL] = BRC_SMALL(0);
    return term_tuple_begin(t, FIELDS);
}

/* Whether anything is left of a process. */
static Term status_of(Term pid) {
    ProcSlot *slot = term_is_local_pid(pid) ? brc_proc_slot_of(pid) : NULL;
    if (!slot) return AM(undefined);
    switch (atomic_load(&slot->state)) {
    case BRC_PROC_EXITING: return AM(exiting);
    case BRC_PROC_SUSPENDED: return AM(suspended);
    case BRC_PROC_READY: return AM(runnable);
    default: return AM(waiting);
    }
}

/* Atoms have no numbers here; tests want many different ones. */
static Term numbered_atom(uint64_t n) {
    char text[32];
    int size = brc_base_format(text, sizeof text, "atom_%lu", n);
    return brc_term_atom_intern(text, (size_t)size);
}

/* {Item, Of}. */
static Term state_of(Proc *p, Term what) {
    const Term *e = term_tuple_elements(what);
    if (e[0] == AM(process_status)) return status_of(e[1]);
    if (e[0] == AM(link_list) || e[0] == AM(monitor_list)) return brc_sig_relations(p, what);
    if (e[0] == AM(internal_hash)) return BRC_SMALL(brc_term_map_hash(e[1], 0));
    if (e[0] == AM(atom) && term_is_small(e[1]) && term_small(e[1]) >= 0)
        return numbered_atom((uint64_t)term_small(e[1]));
    return brc_ctx_badarg(p);
}

/* {make_unique_integer, Thread, N}: the integer that stock would give then. */
static Term unique_of(Proc *p, Term what) {
    const Term *e = term_tuple_elements(what);
    uint64_t n;
    if (e[0] != AM(make_unique_integer) || !term_is_small(e[1]) || !brc_term_int_to_u64(e[2], &n))
        return brc_ctx_badarg(p);
    uint32_t threads = brc_sched_threads() + brc_sched_dirty_cpu() + brc_sched_dirty_io();
    uint32_t bits = 0;
    while (threads >> bits)
        bits++;
    Term high = brc_term_bsl(p, brc_term_int_from_u64(p, n), BRC_SMALL(bits));
    return brc_term_add(p, high, BRC_SMALL(term_small(e[1]) - (INT64_C(1) << 59)));
}

Term brc_bif_erts_debug_get_internal_state_1(Proc *p, Term what) {
    if (what == AM(available_internal_state))
        return term_bool(atomic_load_explicit(&is_available, memory_order_relaxed));
    if (!atomic_load_explicit(&is_available, memory_order_relaxed)) return not_available(p);
    if (what == AM(reds_left)) return BRC_SMALL(proc_reds(p) + 1);
    if (term_is_tuple_of(what, 2)) return state_of(p, what);
    if (term_is_tuple_of(what, 3)) return unique_of(p, what);
    if (what == AM(flxctr_memory_usage)) return AM(notsup);
    if (what == AM(persistent_term)) {
        Term pairs[] = {AM(table), BRC_SMALL(brc_bif_persistent_slots())};
        return brc_term_map_from_pairs(p, pairs, 1);
    }
    if (what == AM(next_pid) || what == AM(next_port)) return BRC_SMALL(brc_proc_next_number());
    if (what == AM(process_info_args)) return brc_sig_info_items(p);
    if (what == AM(memory)) return brc_bif_erlang_memory_0(p);
    if (what == AM(node_and_dist_references)) return brc_proc_nodes_references(p);
    if (what == AM(processes)) return brc_bif_erlang_processes_0(p);
    if (what == AM(processes_bif_info)) return processes_info(p);
    if (what == AM(nbalance)) /* threads take work from each other all the time */
        return BRC_SMALL(brc_proc_clock_ns() / BALANCE_NS);
    return brc_ctx_badarg(p);
}

/* Elixir looks for the clauses of a function that none of them fits in the debug information of its
 * module, which no program carries. */
Term brc_bif_elixir_exception_blame_mfa_3(Proc *p, Term module, Term function, Term arity) {
    (void)p, (void)module, (void)function, (void)arity;
    return AM(error);
}
