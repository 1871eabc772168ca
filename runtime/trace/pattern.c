/* pattern.c: what is wanted of which functions, set and told. */
#include "trace/pattern.h"
#include "trace/calls.h"
#include "trace/log.h"
#include "code/export.h"
#include "ctx/fail.h"
#include "term/int.h"

enum How { ON, OFF, RESTART, PAUSE };

typedef struct Wish {
    uint32_t kinds;
    enum How how;
    Ms *ms; /* or NULL */
    Term meta_tracer;
    bool too_deep;     /* the specification is */
    int64_t everybody; /* functions that want calls of all processes, more than before */
} Wish;

/* ---- reading the arguments ---- */

static bool parse_kinds(Term flags, Wish *w) {
    bool global = flags == BRC_NIL;
    for (; term_is_cons(flags); flags = term_tail(flags)) {
        Term t = term_head(flags);
        if (t == AM(global))
            global = true;
        else if (t == AM(local))
            w->kinds |= BRC_CALLS_LOCAL;
        else if (t == AM(meta))
            w->kinds |= BRC_CALLS_META;
        else if (t == AM(call_count))
            w->kinds |= BRC_CALLS_COUNT;
        else if (t == AM(call_time))
            w->kinds |= BRC_CALLS_TIME;
        else if (term_is_tuple_of(t, 2) && term_tuple_elements(t)[0] == AM(meta)) {
            w->kinds |= BRC_CALLS_META;
            w->meta_tracer = term_tuple_elements(t)[1];
        } else
            return false;
    }
    if (flags != BRC_NIL || (global && w->kinds)) return false;
    if (global) w->kinds = BRC_CALLS_GLOBAL;
    return true;
}

bool brc_calls_heads_are_lists(Term list) {
    uint32_t number;
    for (; term_is_cons(list); list = term_tail(list)) {
        Term clause = term_head(list);
        if (!term_is_tuple_of(clause, 3)) return false;
        Term head = term_tuple_elements(clause)[0];
        if (!term_is_list(head) && head != AM(underscore) && !brc_ets_ms_variable(head, &number))
            return false;
    }
    return true;
}

static bool parse_how(Term list, Wish *w) {
    const uint32_t counters = BRC_CALLS_COUNT | BRC_CALLS_TIME;
    w->how = list == AM(false)     ? OFF
             : list == AM(restart) ? RESTART
             : list == AM(pause)   ? PAUSE
                                   : ON;
    if (w->how >= RESTART) return !(w->kinds & BRC_CALLS_GLOBAL);
    if (!term_is_cons(list)) return true;
    if (w->kinds & counters && !(w->kinds & ~counters)) return false;
    if (!brc_calls_heads_are_lists(list)) return false;
    MsResult result = brc_ets_ms_compile(list, MS_TRACE, &w->ms, NULL);
    w->too_deep = result == MS_TOO_DEEP;
    if (result == MS_OK) w->ms = brc_ets_ms_keep(w->ms);
    return result == MS_OK;
}

/* ---- setting ---- */

static void take_ms_locked(Ms **at, Ms *ms) {
    brc_calls_drop_ms(at);
    if (ms) brc_ctx_magic_ref(&ms->magic);
    *at = ms;
}

static void clear_locked(CallBreak *b, uint32_t kinds) {
    if (kinds & (BRC_CALLS_GLOBAL | BRC_CALLS_LOCAL)) brc_calls_drop_ms(&b->ms);
    if (kinds & BRC_CALLS_META) brc_calls_drop_ms(&b->meta_ms);
    if (kinds & BRC_CALLS_META) b->meta_tracer = BRC_NONE;
    if (kinds & BRC_CALLS_COUNT) atomic_store(&b->count, 0);
    if (kinds & BRC_CALLS_TIME) brc_calls_forget_times(b);
    atomic_fetch_and(&b->kinds, ~kinds);
    atomic_fetch_and(&b->paused, ~kinds);
}

static void restart_locked(CallBreak *b, uint32_t kinds) {
    if (kinds & BRC_CALLS_COUNT) atomic_store(&b->count, 0);
    if (kinds & BRC_CALLS_TIME) brc_calls_forget_times(b);
    atomic_fetch_and(&b->paused, ~kinds);
}

static void set_locked(CallBreak *b, const Wish *w) {
    const uint32_t all = ~(uint32_t)BRC_CALLS_GLOBAL;
    clear_locked(b, w->kinds & BRC_CALLS_GLOBAL ? all : BRC_CALLS_GLOBAL);
    if (w->kinds & (BRC_CALLS_GLOBAL | BRC_CALLS_LOCAL)) take_ms_locked(&b->ms, w->ms);
    if (w->kinds & BRC_CALLS_META) {
        take_ms_locked(&b->meta_ms, w->ms);
        b->meta_tracer = w->meta_tracer;
    }
    restart_locked(b, w->kinds);
    atomic_fetch_or(&b->kinds, w->kinds);
}

static void wish_locked(const CallSet *s, size_t i, Wish *w) {
    CallBreak *b = w->how == ON ? brc_calls_break(s, i) : atomic_load(&s->breaks[i]);
    if (!b) return;
    uint32_t before = atomic_load(&b->kinds);
    switch (w->how) {
    case ON: set_locked(b, w); break;
    case OFF: clear_locked(b, w->kinds); break;
    case RESTART: restart_locked(b, w->kinds & before); break;
    case PAUSE: atomic_fetch_or(&b->paused, w->kinds & before); break;
    }
    w->everybody += (atomic_load(&b->kinds) & BRC_CALLS_EVERYBODY) != 0;
    w->everybody -= (before & BRC_CALLS_EVERYBODY) != 0;
}

/* No global call leads there, and others are not to be told of. */
static void untrace_locked(const CallSet *s, size_t i, Wish *w) {
    CallBreak *b = atomic_load(&s->breaks[i]);
    if (!b) return;
    w->everybody -= (atomic_load(&b->kinds) & BRC_CALLS_EVERYBODY) != 0;
    clear_locked(b, ~0u);
}

static bool fits(const TracedFn *fn, const Term *mfa) {
    return (mfa[0] == AM(underscore) || mfa[0] == fn->module) &&
           (mfa[1] == AM(underscore) || mfa[1] == fn->name) &&
           (mfa[2] == AM(underscore) || mfa[2] == BRC_SMALL(fn->arity));
}

Term brc_calls_set_pattern(Proc *p, const Term *mfa, Term list, Term flags) {
    Wish w = {.meta_tracer = p->rest->pid};
    size_t n = 0;
    if (!parse_kinds(flags, &w) || !parse_how(list, &w))
        return w.too_deep ? brc_ctx_system_limit(p) : brc_ctx_badarg(p);
    const CallSet *s = brc_calls_all();
    brc_base_write_lock(&brc_calls_lock);
    for (size_t i = 0; i < s->n; i++) {
        if (!fits(s->at[i], mfa)) continue;
        if (w.kinds & BRC_CALLS_GLOBAL && !s->at[i]->exported) {
            if (w.how == ON) untrace_locked(s, i, &w);
            continue;
        }
        wish_locked(s, i, &w);
        n++;
    }
    brc_base_write_unlock(&brc_calls_lock);
    brc_calls_drop_ms(&w.ms);
    brc_calls_everybody(w.everybody);
    brc_calls_update(p);
    return BRC_SMALL(n);
}

/* ---- telling ---- */

static Term spec_of(Proc *p, const Ms *ms) {
    return ms ? brc_heap_copy_to_proc(p, ms->spec) : BRC_NIL;
}

static Term times_of(Proc *p, const CallBreak *b) {
    Term list = BRC_NIL;
    for (const CallTime *t = b->times; t; t = t->next) {
        Term *at = brc_ctx_alloc(p, 7);
        at[1] = t->pid, at[2] = BRC_SMALL(t->calls);
        at[3] = BRC_SMALL(t->ns / 1000000000), at[4] = BRC_SMALL(t->ns / 1000 % 1000000);
        list = term_cons(at + 5, term_tuple_begin(at, 4), list);
    }
    return list;
}

/* BRC_NONE: no such item. */
static Term value_locked(Proc *p, const CallBreak *b, Term item) {
    uint32_t kinds = b ? atomic_load(&b->kinds) : 0;
    bool plain = kinds & (BRC_CALLS_GLOBAL | BRC_CALLS_LOCAL), meta = kinds & BRC_CALLS_META;
    if (item == AM(traced))
        return !plain ? AM(false) : kinds & BRC_CALLS_LOCAL ? AM(local) : AM(global);
    if (item == AM(match_spec)) return plain ? spec_of(p, b->ms) : AM(false);
    if (item == AM(meta)) return meta ? b->meta_tracer : AM(false);
    if (item == AM(meta_match_spec)) return meta ? spec_of(p, b->meta_ms) : AM(false);
    if (item == AM(call_count))
        return kinds & BRC_CALLS_COUNT ? brc_term_int_from_u64(p, atomic_load(&b->count))
                                       : AM(false);
    if (item == AM(call_time)) return kinds & BRC_CALLS_TIME ? times_of(p, b) : AM(false);
    return BRC_NONE;
}

static Term all_locked(Proc *p, const CallBreak *b) {
    static const Term items[] = {AM(traced),          AM(match_spec), AM(meta),
                                 AM(meta_match_spec), AM(call_time),  AM(call_count)};
    Term list = BRC_NIL;
    if (!b || !atomic_load(&b->kinds)) return AM(false);
    for (size_t i = sizeof items / sizeof *items; i-- > 0;) {
        Term value = value_locked(p, b, items[i]), *at = brc_ctx_alloc(p, 5);
        list = term_cons(at + 3, term_tuple2(at, items[i], value), list);
    }
    return list;
}

static Term info(Proc *p, const Term *mfa, Term item) {
    const CallSet *s = brc_calls_all();
    size_t i = 0;
    while (i < s->n && !fits(s->at[i], mfa))
        i++;
    if (i == s->n &&
        (!term_is_small(mfa[2]) || !brc_code_export(mfa[0], mfa[1], (uint32_t)term_small(mfa[2]))))
        return AM(undefined);
    const CallBreak *b = i < s->n ? atomic_load(&s->breaks[i]) : NULL;
    brc_base_read_lock(&brc_calls_lock);
    Term value = item == AM(all) ? all_locked(p, b) : value_locked(p, b, item);
    if (item == AM(meta) && value == AM(false) && b && atomic_load(&b->kinds)) value = BRC_NIL;
    brc_base_read_unlock(&brc_calls_lock);
    return value;
}

void brc_calls_start(void) {
    brc_calls_start_log();
    brc_sig_trace_of_function = info;
    brc_sig_calls_update = brc_calls_update;
    brc_sig_calls_turn = brc_calls_turn;
}
