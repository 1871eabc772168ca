/* bif_spawn.c: the spawn family. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "sig/signal.h"
#include "term/map.h"

typedef struct SpawnCall {
    SpawnOptions o;
    Term reply_tag;              /* of spawn_request */
    bool reply_yes, reply_error; /* which replies it wants */
} SpawnCall;

static bool priority_of(Term t, uint8_t *priority) {
    if (t == AM(low))
        *priority = BRC_PRIORITY_LOW;
    else if (t == AM(normal))
        *priority = BRC_PRIORITY_NORMAL;
    else if (t == AM(high))
        *priority = BRC_PRIORITY_HIGH;
    else if (t == AM(max))
        *priority = BRC_PRIORITY_MAX;
    else
        return false;
    return true;
}

bool brc_sig_priority_of(Term t, uint8_t *priority) {
    return priority_of(t, priority);
}

static bool flag_of(Term map, Term key, int8_t *flag) {
    Term v = brc_term_map_get(map, key);
    if (v == BRC_NONE) return true;
    *flag = v == AM(true);
    return v == AM(true) || v == AM(false);
}

bool brc_sig_max_heap_of(Term t, SpawnOptions *o) {
    if (term_is_map(t)) {
        Term size = brc_term_map_get(t, AM(size));
        if (size == BRC_NONE || !flag_of(t, AM(kill), &o->max_heap_kill) ||
            !flag_of(t, AM(error_logger), &o->max_heap_log))
            return false;
        t = size;
    }
    if (!term_is_small(t) || term_small(t) < 0) return false;
    o->max_heap_words = term_small(t);
    return o->max_heap_words == 0 || o->max_heap_words >= BRC_MIN_HEAP_WORDS;
}

uint32_t (*brc_sig_schedulers)(void);

bool brc_sig_scheduler_of(Term t, uint32_t *id) {
    if (!term_is_small(t) || term_small(t) < 0 || term_small(t) > brc_sig_schedulers())
        return false;
    *id = (uint32_t)term_small(t);
    return true;
}

static bool monitor_option(Term list, SpawnOptions *o) {
    o->monitor = true;
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2)) return false;
        const Term *e = term_tuple_elements(term_head(list));
        if (e[0] == AM(tag)) {
            o->tag = e[1];
        } else if (e[0] == AM(alias)) {
            if (e[1] == AM(explicit_unalias))
                o->monitor_alias = BRC_ALIAS_EXPLICIT;
            else if (e[1] == AM(demonitor))
                o->monitor_alias = BRC_ALIAS_DEMONITOR;
            else if (e[1] == AM(reply_demonitor))
                o->monitor_alias = BRC_ALIAS_REPLY;
            else
                return false;
        } else {
            return false;
        }
    }
    return list == BRC_NIL;
}

static bool number_option(Term v, int64_t most, int64_t *to) {
    if (!term_is_small(v) || term_small(v) < 0 || term_small(v) > most) return false;
    *to = term_small(v);
    return true;
}

static bool pair_option(Term key, Term v, SpawnCall *c) {
    SpawnOptions *o = &c->o;
    if (key == AM(priority)) return priority_of(v, &o->priority);
    if (key == AM(fullsweep_after)) return number_option(v, UINT32_MAX, &o->fullsweep_after);
    if (key == AM(min_heap_size)) return number_option(v, INT32_MAX, &o->min_heap_words);
    if (key == AM(min_bin_vheap_size)) return number_option(v, INT32_MAX, &o->min_bin_vheap);
    if (key == AM(max_heap_size)) return brc_sig_max_heap_of(v, o);
    if (key == AM(message_queue_data)) {
        o->message_queue_off_heap = v == AM(off_heap);
        return v == AM(off_heap) || v == AM(on_heap);
    }
    if (key == AM(monitor)) return monitor_option(v, o);
    if (key == AM(async_dist)) return v == AM(true) || v == AM(false);
    if (key == AM(scheduler)) return brc_sig_scheduler_of(v, &o->scheduler);
    if (key == AM(reply_tag)) {
        c->reply_tag = v;
        return true;
    }
    if (key == AM(reply)) {
        bool yes = v == AM(yes) || v == AM(success_only), no = v == AM(yes) || v == AM(error_only);
        if (!yes && !no && v != AM(no)) return false;
        c->reply_yes = yes;
        c->reply_error = no;
        return true;
    }
    return false;
}

static bool spawn_options(Term list, SpawnCall *c) {
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        if (t == AM(link)) {
            c->o.link = true;
        } else if (t == AM(monitor)) {
            c->o.monitor = true;
        } else if (!term_is_tuple_of(t, 2) ||
                   !pair_option(term_tuple_elements(t)[0], term_tuple_elements(t)[1], c)) {
            return false;
        }
    }
    return list == BRC_NIL;
}

/* pid, or {pid, ref} where monitored */
static Term spawn(Proc *p, const SpawnOptions *o, Term m, Term f, Term args) {
    if (!term_is_atom(m) || !term_is_atom(f) || brc_term_list_length(args) < 0)
        return brc_ctx_badarg(p);
    if (brc_term_list_length(args) > BRC_MAX_ARITY) return brc_ctx_system_limit(p);
    Term ref = BRC_NONE, pid = brc_sig_spawn(p->rest->sched, p, o, m, f, args, &ref);
    if (pid == BRC_NONE) return brc_ctx_system_limit(p);
    brc_ctx_charge(p, 50);
    return o->monitor ? term_tuple2(brc_ctx_alloc(p, 3), pid, ref) : pid;
}

static Term spawn_fun(Proc *p, const SpawnOptions *o, Term fun) {
    bool pair = term_is_tuple_of(fun, 2) && term_is_atom(term_tuple_elements(fun)[0]) &&
                term_is_atom(term_tuple_elements(fun)[1]);
    if (!term_is_fun(fun) && !pair) return brc_ctx_badarg(p);
    Term *at = brc_ctx_alloc(p, 4);
    Term args = term_cons(at, fun, term_cons(at + 2, BRC_NIL, BRC_NIL));
    return spawn(p, o, AM(erlang), AM(apply), args);
}

Term brc_bif_erlang_spawn_1(Proc *p, Term fun) {
    return spawn_fun(p, &brc_proc_default_options, fun);
}
Term brc_bif_erlang_spawn_3(Proc *p, Term m, Term f, Term args) {
    return spawn(p, &brc_proc_default_options, m, f, args);
}
Term brc_bif_erlang_spawn_link_1(Proc *p, Term fun) {
    SpawnOptions o = brc_proc_default_options;
    o.link = true;
    return spawn_fun(p, &o, fun);
}
Term brc_bif_erlang_spawn_link_3(Proc *p, Term m, Term f, Term args) {
    SpawnOptions o = brc_proc_default_options;
    o.link = true;
    return spawn(p, &o, m, f, args);
}
Term brc_bif_erlang_spawn_monitor_1(Proc *p, Term fun) {
    SpawnOptions o = brc_proc_default_options;
    o.monitor = true;
    if (!term_is_fun(fun) || term_fun_entry(fun)->arity != 0) return brc_ctx_badarg(p);
    return spawn_fun(p, &o, fun);
}
Term brc_bif_erlang_spawn_monitor_3(Proc *p, Term m, Term f, Term args) {
    SpawnOptions o = brc_proc_default_options;
    o.monitor = true;
    return spawn(p, &o, m, f, args);
}
Term brc_bif_erlang_spawn_opt_2(Proc *p, Term fun, Term options) {
    SpawnCall c = {.o = brc_proc_default_options};
    if (!spawn_options(options, &c)) return brc_ctx_badarg_cause(p, AM(badopt));
    return spawn_fun(p, &c.o, fun);
}
Term brc_bif_erlang_spawn_opt_4(Proc *p, Term m, Term f, Term args, Term options) {
    SpawnCall c = {.o = brc_proc_default_options};
    if (!spawn_options(options, &c)) return brc_ctx_badarg_cause(p, AM(badopt));
    return spawn(p, &c.o, m, f, args);
}

/* A request id; later {spawn_reply, ReqId, ok, Pid}. Always made here and now, so never abandoned.
 * The answer `badarg` is erlang.erl's to turn into an error, as is `badopt` for what is no list; an
 * option that is none is told in the reply. */
Term brc_bif_erts_internal_spawn_request_4(Proc *p, Term m, Term f, Term args, Term options) {
    SpawnCall c = {.o = brc_proc_default_options,
                   .reply_tag = AM(spawn_reply),
                   .reply_yes = true,
                   .reply_error = true};
    int64_t n = brc_term_list_length(args);
    if (!term_is_atom(m) || !term_is_atom(f) || n < 0 || n > BRC_MAX_ARITY) return AM(badarg);
    if (brc_term_list_length(options) < 0) return AM(badopt);
    bool valid = spawn_options(options, &c);
    Term ref = BRC_NONE;
    Proc *child = NULL;
    if (valid) child = brc_sig_spawn_made(p->rest->sched, p, &c.o, m, f, args, &ref);
    if (ref == BRC_NONE) ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), NULL);
    bool ok = child != NULL;
    if (ok ? c.reply_yes : c.reply_error) {
        Term *t = brc_ctx_alloc(p, 5);
        t[1] = c.reply_tag;
        t[2] = ref;
        t[3] = ok ? AM(ok) : AM(error);
        t[4] = ok ? child->rest->pid : valid ? AM(system_limit) : AM(badopt);
        brc_sig_send_message(proc_pid(p), term_tuple_begin(t, 4));
    }
    if (ok) brc_proc_enqueue(p->rest->sched, child); /* what it sends comes after the reply */
    return ref;
}

/* No other node can be reached. What is left to erlang.erl for spawn_opt and its kind wants the
 * answer in any case, and whether there is to be a monitor. */
Term brc_bif_erts_internal_dist_spawn_request_4(Proc *p, Term node, Term mfa, Term options,
                                                Term type) {
    SpawnCall c = {
        .o = brc_proc_default_options, .reply_tag = AM(spawn_reply), .reply_error = true};
    if (!term_is_atom(node) || !term_is_tuple_of(mfa, 3)) return AM(badarg);
    const Term *e = term_tuple_elements(mfa);
    int64_t n = brc_term_list_length(e[2]);
    if (!term_is_atom(e[0]) || !term_is_atom(e[1]) || n < 0 || n > BRC_MAX_ARITY) return AM(badarg);
    if (brc_term_list_length(options) < 0) return AM(badarg);
    bool valid = spawn_options(options, &c), opt = type == AM(spawn_opt);
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), NULL);
    if (opt || c.reply_error) {
        Term *t = brc_ctx_alloc(p, 5);
        t[1] = opt ? AM(spawn_reply) : c.reply_tag;
        t[2] = ref, t[3] = AM(error), t[4] = valid ? AM(noconnection) : AM(badopt);
        brc_sig_send_message(proc_pid(p), term_tuple_begin(t, 4));
    }
    return opt ? term_tuple2(brc_ctx_alloc(p, 3), ref, term_bool(c.o.monitor)) : ref;
}

Term brc_bif_erlang_spawn_request_abandon_1(Proc *p, Term ref) {
    if (!term_is_ref(ref)) return brc_ctx_badarg(p);
    return AM(false);
}

/* Processes of the runtime's own: no parent, group leader themselves, not counted as the user's. */
Term brc_bif_erts_internal_spawn_system_process_3(Proc *p, Term m, Term f, Term args) {
    if (!term_is_atom(m) || !term_is_atom(f) || brc_term_list_length(args) < 0)
        return brc_ctx_badarg(p);
    Term ref,
        pid = brc_sig_spawn(p->rest->sched, NULL, &brc_proc_default_options, m, f, args, &ref);
    if (pid == BRC_NONE) return brc_ctx_system_limit(p);
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (slot) atomic_store(&slot->is_system, 1);
    return pid;
}
