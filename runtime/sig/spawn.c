/* spawn.c: new processes. What they are to run is copied to their first heap; the relations with
 * the parent are set on both sides at once, for the child has not run yet. */
#include "sig/signal.h"
#include "sig/tracing.h"
#include "code/raise.h"
#include <stdlib.h>

static void saved_x(Proc *c, uint32_t i, Term t) {
    ProcRest *r = c->rest;
    if (i < BRC_REG_ARGS)
        r->saved_x[i] = t;
    else
        r->saved_more[i - BRC_REG_ARGS] = t;
}

static Term copy_to(Proc *c, Term t) {
    return term_is_pointer(t) ? brc_heap_message_copy(t, &c->hp, &c->offheap) : t;
}

/* fun applied to a list of n arguments */
static void start_fun(Proc *c, Term fun, Term args, uint32_t n) {
    ProcRest *r = c->rest;
    if (n + 1 > BRC_REG_ARGS) r->saved_more = malloc((n + 1 - BRC_REG_ARGS) * sizeof(Term));
    fun = copy_to(c, fun);
    args = copy_to(c, args);
    for (uint32_t i = 0; i < n; i++, args = term_tail(args))
        saved_x(c, i, term_head(args));
    saved_x(c, n, fun);
    c->resume = brc_code_call_fun;
    c->live = n;
    r->saved_live = n + 1;
}

static void start_mfa(Proc *c, Term m, Term f, Term args) {
    c->rest->saved_x[0] = m;
    c->rest->saved_x[1] = f;
    c->rest->saved_x[2] = copy_to(c, args);
    c->resume = brc_code_apply;
    c->live = c->rest->saved_live = 3;
}

/* erlang:apply/2 of a fun, the way every spawn of a fun goes; args: [Fun, Args]. */
static bool is_fun_start(Term m, Term f, Term args) {
    if (m != AM(erlang) || f != AM(apply) || brc_term_list_length(args) != 2) return false;
    int64_t n = brc_term_list_length(term_head(term_tail(args)));
    return term_is_fun(term_head(args)) && n >= 0 && n < BRC_MAX_ARITY;
}

static void relate(Proc *parent, Proc *c, const SpawnOptions *o, Term *ref) {
    ProcRest *r = c->rest, *pr = parent->rest;
    if (o->link) {
        brc_proc_idmap_put(&r->links, pr->pid, BRC_LINKED);
        brc_proc_idmap_put(&pr->links, r->pid, BRC_LINKED);
    }
    if (o->monitor) {
        uint64_t key;
        *ref = brc_proc_ref_new(brc_ctx_alloc(parent, BRC_REF_WORDS), &key);
        brc_proc_idmap_put(&r->monitored_by, key, pr->pid);
        brc_proc_idmap_put(&pr->monitors, key, brc_sig_monitor_new(r->pid, BRC_NONE, o->tag));
        if (o->monitor_alias) brc_sig_alias_add(pr, key, (enum AliasMode)o->monitor_alias);
    }
}

Proc *brc_sig_spawn_made(Sched *s, Proc *parent, const SpawnOptions *o, Term m, Term f, Term args,
                         Term *ref) {
    size_t words = brc_heap_message_words(args);
    Proc *c = brc_proc_create(s, o, words);
    if (!c) return NULL;
    ProcRest *r = c->rest;
    r->bound = o->scheduler;
    r->initial_module = m;
    r->initial_function = f;
    if (is_fun_start(m, f, args)) {
        Term fun = term_head(args), list = term_head(term_tail(args));
        r->initial_arity = 2;
        start_fun(c, fun, list, (uint32_t)brc_term_list_length(list));
    } else {
        r->initial_arity = (uint32_t)brc_term_list_length(args);
        start_mfa(c, m, f, args);
    }
    if (parent) {
        if (o->group_leader == BRC_NONE) r->group_leader = parent->rest->group_leader;
        r->parent = parent->rest->pid;
        relate(parent, c, o, ref);
    }
    bool traced = (parent && parent->rest->trace) ||
                  atomic_load_explicit(&brc_sig_trace_new, memory_order_relaxed);
    if (__builtin_expect(traced, 0))
        brc_sig_trace_spawn(parent ? parent->rest : NULL, r, args, o->link);
    return c;
}

Term brc_sig_spawn(Sched *s, Proc *parent, const SpawnOptions *o, Term m, Term f, Term args,
                   Term *ref) {
    Proc *c = brc_sig_spawn_made(s, parent, o, m, f, args, ref);
    if (!c) return BRC_NONE;
    Term pid = c->rest->pid;
    brc_proc_enqueue(s, c);
    return pid;
}
