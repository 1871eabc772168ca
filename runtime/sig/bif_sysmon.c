/* bif_sysmon.c: see sysmon.h. Ports are never busy here, for what is written to them is kept. */
#include "abi/bif.h"
#include "base/lock.h"
#include "ctx/fail.h"
#include "sig/sysmon.h"
#include "sig/tracing.h"

#define LEAST_LARGE_WORDS 16384 /* as stock */

_Atomic(uint32_t) brc_sig_sysmon;

typedef struct Settings {
    Term monitor; /* BRC_NONE: nobody */
    uint32_t kinds;
    bool busy_port, busy_dist_port;
    int64_t gc_ms, turn_ms, heap_words;
} Settings;
static BrcLock lock; /* guards `settings` */
static Settings settings = {.monitor = BRC_NONE};

static Settings current(void) {
    brc_base_lock(&lock);
    Settings s = settings;
    brc_base_unlock(&lock);
    return s;
}

static void set(const Settings *s) {
    brc_base_lock(&lock);
    settings = *s;
    atomic_store(&brc_sig_sysmon, s->kinds);
    brc_base_unlock(&lock);
}

/* ---- telling ---- */

typedef struct Info { /* a list that grows at its front, on the C stack */
    Term words[8 * 5 + 10], *at, list;
} Info;

static void add(Info *i, Term name, Term value) {
    Term *t = i->at;
    i->at += 5;
    i->list = term_cons(t + 3, term_tuple2(t, name, value), i->list);
}

static Term triple(Info *i, const Term mfa[3]) {
    Term *t = i->at;
    i->at += 4;
    return term_tuple3(t, mfa[0], mfa[1], mfa[2]);
}

static void tell(const Settings *s, Proc *p, Term what, const Info *i) {
    Term t[5] = {0, AM(monitor), proc_pid(p), what, i->list};
    if (brc_proc_is_alive(s->monitor)) {
        brc_sig_send_message(s->monitor, term_tuple_begin(t, 4));
    } else {
        Settings none = {.monitor = BRC_NONE};
        set(&none);
    }
}

static void add_heap(Info *i, const Proc *p) {
    add(i, AM(heap_size), BRC_SMALL(p->hp - p->heap));
    add(i, AM(old_heap_size), BRC_SMALL(p->old_heap ? p->old_hp - p->old_heap : 0));
    add(i, AM(stack_size), BRC_SMALL(p->stack_end - p->sp));
    add(i, AM(mbuf_size), BRC_SMALL(p->frag_words));
    add(i, AM(heap_block_size), BRC_SMALL(p->stack_end - p->heap));
    add(i, AM(old_heap_block_size), BRC_SMALL(p->old_end - p->old_heap));
}

void brc_sig_sysmon_gc(Proc *p, uint64_t ns) {
    Settings s = current();
    Info i = {.list = BRC_NIL};
    int64_t words = (p->stack_end - p->heap) + (p->old_end - p->old_heap);
    i.at = i.words;
    if (s.monitor == BRC_NONE || s.monitor == proc_pid(p)) return;
    add_heap(&i, p);
    if (s.kinds & BRC_SYSMON_HEAP && words >= s.heap_words) tell(&s, p, AM(large_heap), &i);
    if (!(s.kinds & BRC_SYSMON_GC) || (int64_t)(ns / 1000000) < s.gc_ms) return;
    add(&i, AM(timeout), BRC_SMALL(ns / 1000000));
    tell(&s, p, AM(long_gc), &i);
}

void brc_sig_sysmon_turn(Proc *p, const Term in[3], uint64_t ns) {
    Settings s = current();
    Info i = {.list = BRC_NIL};
    Term out[3];
    i.at = i.words;
    if (s.monitor == BRC_NONE || !(s.kinds & BRC_SYSMON_TURN)) return;
    if ((int64_t)(ns / 1000000) < s.turn_ms || s.monitor == proc_pid(p)) return;
    brc_sig_where(p, out);
    add(&i, AM(out), triple(&i, out));
    add(&i, AM(in), triple(&i, in));
    add(&i, AM(timeout), BRC_SMALL(ns / 1000000));
    tell(&s, p, AM(long_schedule), &i);
}

/* ---- settings ---- */

static bool number(Term t, int64_t *to) {
    *to = term_is_small(t) ? term_small(t) : -1;
    return *to >= 0;
}

static bool option(Settings *s, Term t) {
    const Term *e = term_is_tuple_of(t, 2) ? term_tuple_elements(t) : NULL;
    if (!e) {
        s->busy_port |= t == AM(busy_port);
        s->busy_dist_port |= t == AM(busy_dist_port);
        s->kinds |= BRC_SYSMON_BUSY;
        return t == AM(busy_port) || t == AM(busy_dist_port);
    }
    if (e[0] == AM(long_gc)) {
        s->kinds |= BRC_SYSMON_GC;
        return number(e[1], &s->gc_ms);
    }
    if (e[0] == AM(long_schedule)) {
        s->kinds |= BRC_SYSMON_TURN;
        return number(e[1], &s->turn_ms);
    }
    s->kinds |= BRC_SYSMON_HEAP;
    if (e[0] != AM(large_heap) || !number(e[1], &s->heap_words)) return false;
    if (s->heap_words < LEAST_LARGE_WORDS) s->heap_words = LEAST_LARGE_WORDS;
    return true;
}

static Term cons(Proc *p, Term head, Term tail) {
    return term_cons(brc_ctx_alloc(p, 2), head, tail);
}
static Term pair(Proc *p, Term a, Term b) {
    return term_tuple2(brc_ctx_alloc(p, 3), a, b);
}

static Term shown(Proc *p, const Settings *s) {
    Term list = BRC_NIL;
    if (s->monitor == BRC_NONE) return AM(undefined);
    if (s->kinds & BRC_SYSMON_GC) list = cons(p, pair(p, AM(long_gc), BRC_SMALL(s->gc_ms)), list);
    if (s->kinds & BRC_SYSMON_TURN)
        list = cons(p, pair(p, AM(long_schedule), BRC_SMALL(s->turn_ms)), list);
    if (s->kinds & BRC_SYSMON_HEAP)
        list = cons(p, pair(p, AM(large_heap), BRC_SMALL(s->heap_words)), list);
    if (s->busy_port) list = cons(p, AM(busy_port), list);
    if (s->busy_dist_port) list = cons(p, AM(busy_dist_port), list);
    return pair(p, s->monitor, list);
}

static Term change(Proc *p, Term monitor, Term list) {
    Settings s = {.monitor = monitor}, old = current();
    if (list == BRC_NIL) {
        s = (Settings){.monitor = BRC_NONE};
    } else {
        if (!term_is_local_pid(monitor) || !brc_proc_is_alive(monitor)) return brc_ctx_badarg(p);
        for (; term_is_cons(list); list = term_tail(list))
            if (!option(&s, term_head(list))) return brc_ctx_badarg(p);
        if (list != BRC_NIL) return brc_ctx_badarg(p);
        if (s.kinds == 0) s.monitor = BRC_NONE;
    }
    set(&s);
    return shown(p, &old);
}

Term brc_bif_erlang_system_monitor_0(Proc *p) {
    Settings s = current();
    return shown(p, &s);
}

Term brc_bif_erlang_system_monitor_1(Proc *p, Term t) {
    if (t == AM(undefined)) return change(p, t, BRC_NIL);
    if (!term_is_tuple_of(t, 2)) return brc_ctx_badarg(p);
    return change(p, term_tuple_elements(t)[0], term_tuple_elements(t)[1]);
}

Term brc_bif_erlang_system_monitor_2(Proc *p, Term monitor, Term list) {
    return change(p, monitor, list);
}

/* Nothing is profiled. */
Term brc_bif_erlang_system_profile_2(Proc *p, Term profiler, Term list) {
    return profiler == AM(undefined) && list == BRC_NIL ? AM(undefined)
                                                        : brc_ctx_error(p, AM(notsup));
}
