/* bif_timer.c: erlang:send_after, start_timer, cancel_timer, read_timer.
 *
 * A timer holds its message ready made; the table finds it by its reference until it fires. Those
 * for a process by its identifier are a list from its slot, and end with it. */
#include "abi/bif.h"
#include "base/hooks.h"
#include "base/panic.h"
#include "ctx/fail.h"
#include "proc/nodes.h"
#include "sched/sched.h"
#include "sig/signal.h"
#include <stdlib.h>

#define MAX_MS (INT64_C(1) << 43) /* some 278 years */

typedef struct MessageTimer {
    Timer timer;
    uint64_t key;
    Term dest; /* pid or atom */
    Frag *message;
    /* under the lock: */
    struct MessageTimer *next, *before; /* of those for the same process */
    void *_Atomic *list;                /* where it is one of them */
} MessageTimer;

static IdMap timers; /* key -> MessageTimer *; whoever takes one out owns it */
static BrcLock lock; /* guards timers; a leaf: nothing else is locked under it */

static void *_Atomic *list_of(const MessageTimer *m) {
    ProcSlot *slot = term_is_local_pid(m->dest) ? brc_proc_slot_of(m->dest) : NULL;
    return slot ? &slot->timers : NULL;
}

static void *first_of(void *_Atomic *list) {
    return atomic_load_explicit(list, memory_order_relaxed);
}

static void link_locked(MessageTimer *m, void *_Atomic *list) {
    BRC_KEEPS(watch);
    m->next = first_of(list);
    if (m->next) m->next->before = m;
    atomic_store_explicit(list, m, memory_order_relaxed);
    m->list = list;
}

static void unlink_locked(MessageTimer *m) {
    if (!m->list) return;
    if (m->next) m->next->before = m->before;
    if (m->before)
        m->before->next = m->next;
    else
        atomic_store_explicit(m->list, m->next, memory_order_relaxed);
    m->list = NULL;
}

static MessageTimer *take_out(uint64_t key) {
    uint64_t value = 0;
    brc_base_lock(&lock);
    brc_proc_idmap_remove(&timers, key, &value);
    MessageTimer *m = (MessageTimer *)value;
    if (m) unlink_locked(m);
    brc_base_unlock(&lock);
    return m;
}

static void drop(MessageTimer *m) {
    brc_proc_timer_disarm(&m->timer);
    brc_ctx_frag_free(m->message);
    free(m);
}

/* All that would send to a process that ends. One that is started at this moment stays, and fires
 * for nobody. */
static void end_process(Proc *p, Term reason) {
    void *_Atomic *list = &p->rest->slot->timers;
    (void)reason;
    if (!first_of(list)) return;
    MessageTimer *all = NULL;
    brc_base_lock(&lock);
    for (MessageTimer *m; (m = first_of(list)) != NULL;) {
        unlink_locked(m);
        brc_proc_idmap_remove(&timers, m->key, NULL);
        m->next = all;
        all = m;
    }
    brc_base_unlock(&lock);
    for (MessageTimer *m; (m = all) != NULL;) {
        all = m->next;
        drop(m);
    }
}

static void count_nodes(NodeCounts *c) {
    uint32_t at = 0;
    brc_base_lock(&lock);
    for (const IdCell *i; (i = brc_proc_idmap_next(&timers, &at)) != NULL;) {
        const Frag *f = ((const MessageTimer *)i->value)->message;
        brc_proc_nodes_scan(c, AM(timer), f->data, f->data + f->used);
    }
    brc_base_unlock(&lock);
}

__attribute__((used)) static void watch(void) {
    BRC_STARTS(watch);
    brc_sig_on_end(end_process);
    brc_proc_nodes_held[BRC_NODES_TIMERS] = count_nodes;
}

static void fire(Timer *t) {
    MessageTimer *m = (MessageTimer *)t;
    if (!take_out(m->key)) return; /* cancelled at this moment */
    Term dest = term_is_atom(m->dest) ? brc_proc_whereis(m->dest) : m->dest;
    if (term_is_local_pid(dest))
        brc_sig_push_mt(dest, m->message);
    else
        brc_ctx_frag_free(m->message);
    free(m);
}

/* Milliseconds as a point of the monotonic clock; false: not valid. */
static bool deadline(Term time, bool absolute, uint64_t *at_ns) {
    if (!term_is_small(time)) return false;
    int64_t ms = term_small(time);
    if (absolute) {
        *at_ns = ms <= 0 ? 0 : (uint64_t)(ms < MAX_MS ? ms : MAX_MS) * 1000000u;
        return true;
    }
    if (ms < 0 || ms > MAX_MS) return false;
    *at_ns = brc_proc_clock_ns() + (uint64_t)ms * 1000000u;
    return true;
}

/* {timeout, Ref, Msg} or Msg */
static Frag *make_message(Term msg, Term ref, bool wrapped) {
    Term at[4];
    return brc_sig_new_kept(wrapped ? term_tuple3(at, AM(timeout), ref, msg) : msg);
}

static bool abs_option(Term list, bool *absolute) {
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2)) return false;
        const Term *e = term_tuple_elements(term_head(list));
        if (e[0] != AM(abs) || (e[1] != AM(true) && e[1] != AM(false))) return false;
        *absolute = e[1] == AM(true);
    }
    return list == BRC_NIL;
}

static Term start(Proc *p, Term time, Term dest, Term msg, Term options, bool wrapped) {
    bool absolute = false;
    uint64_t at_ns;
    if (!abs_option(options, &absolute)) return brc_ctx_badarg_cause(p, AM(badopt));
    if (!deadline(time, absolute, &at_ns)) return brc_ctx_badarg_cause(p, AM(time));
    if (!term_is_atom(dest) && !term_is_local_pid(dest)) return brc_ctx_badarg(p);
    if (term_is_local_pid(dest) && !brc_proc_is_alive(dest))
        return brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), NULL);
    MessageTimer *m = calloc(1, sizeof *m);
    BRC_CHECK(m != NULL);
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &m->key);
    m->dest = dest;
    m->message = make_message(msg, ref, wrapped);
    m->timer.fire = fire;
    uint64_t key = m->key;
    void *_Atomic *list = list_of(m);
    brc_base_lock(&lock);
    brc_proc_idmap_put(&timers, key, (uint64_t)m);
    brc_base_unlock(&lock);
    brc_proc_timer_arm(&p->rest->sched->timers, &m->timer, at_ns);
    /* Only now: what is in the list may be dropped by another thread. */
    brc_base_lock(&lock);
    if (list && brc_proc_idmap_get(&timers, key)) link_locked(m, list);
    brc_base_unlock(&lock);
    return ref;
}

Term brc_bif_erlang_send_after_3(Proc *p, Term time, Term dest, Term msg) {
    return start(p, time, dest, msg, BRC_NIL, false);
}
Term brc_bif_erlang_send_after_4(Proc *p, Term time, Term dest, Term msg, Term options) {
    return start(p, time, dest, msg, options, false);
}
Term brc_bif_erlang_start_timer_3(Proc *p, Term time, Term dest, Term msg) {
    return start(p, time, dest, msg, BRC_NIL, true);
}
Term brc_bif_erlang_start_timer_4(Proc *p, Term time, Term dest, Term msg, Term options) {
    return start(p, time, dest, msg, options, true);
}

/* Milliseconds left, or false. */
static Term left(const MessageTimer *m) {
    uint64_t now = brc_proc_clock_ns();
    if (m->timer.at_ns <= now) return BRC_SMALL(0);
    return BRC_SMALL((m->timer.at_ns - now + 999999) / 1000000);
}

static Term read_left(uint64_t key) {
    brc_base_lock(&lock);
    const uint64_t *found = brc_proc_idmap_get(&timers, key);
    Term result = found ? left((MessageTimer *)*found) : AM(false);
    brc_base_unlock(&lock);
    return result;
}

static Term look(Term ref, bool cancel) {
    uint64_t key = brc_proc_ref_key(ref);
    if (key == 0) return AM(false);
    if (!cancel) return read_left(key);
    MessageTimer *m = take_out(key);
    if (!m) return AM(false);
    Term result = left(m);
    drop(m);
    return result;
}

static bool look_options(Term list, bool may_info, bool *async, bool *info) {
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2)) return false;
        const Term *e = term_tuple_elements(term_head(list));
        if (e[1] != AM(true) && e[1] != AM(false)) return false;
        if (e[0] == AM(async))
            *async = e[1] == AM(true);
        else if (e[0] == AM(info) && may_info)
            *info = e[1] == AM(true);
        else
            return false;
    }
    return list == BRC_NIL;
}

static Term look_with(Proc *p, Term ref, Term options, bool cancel) {
    bool async = false, info = true;
    if (!look_options(options, cancel, &async, &info)) return brc_ctx_badarg_cause(p, AM(badopt));
    if (!term_is_ref(ref)) return brc_ctx_badarg(p);
    Term result = look(ref, cancel);
    if (!async) return info ? result : AM(ok);
    if (info) {
        Term tag = cancel ? AM(cancel_timer) : AM(read_timer);
        brc_sig_send_message(proc_pid(p), term_tuple3(brc_ctx_alloc(p, 4), tag, ref, result));
    }
    return AM(ok);
}

Term brc_bif_erlang_cancel_timer_1(Proc *p, Term ref) {
    return look_with(p, ref, BRC_NIL, true);
}
Term brc_bif_erlang_cancel_timer_2(Proc *p, Term ref, Term options) {
    return look_with(p, ref, options, true);
}
Term brc_bif_erlang_read_timer_1(Proc *p, Term ref) {
    return look_with(p, ref, BRC_NIL, false);
}
Term brc_bif_erlang_read_timer_2(Proc *p, Term ref, Term options) {
    return look_with(p, ref, options, false);
}
