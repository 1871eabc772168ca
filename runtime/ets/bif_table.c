/* bif_table.c: making and ending tables, giving them away, renaming, fixing. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "ets/table.h"
#include "sig/signal.h"
#include "term/int.h"

/* ---- new/2 ---- */
typedef struct NewOptions {
    Ets like;
    bool decentralized; /* said */
    Term heir, heir_data;
} NewOptions;

static bool flag_of(Term t, uint8_t *flag) {
    *flag = t == AM(true);
    return t == AM(true) || t == AM(false);
}

/* {debug_hash_fixed_number_of_locks, N}, as stock's own tests say: a power of two from 64 on. */
static bool debug_locks(NewOptions *o, const Term *e) {
    uint64_t n;
    if (e[0] != AM(debug_hash_fixed_number_of_locks) || !brc_term_int_to_u64(e[1], &n))
        return false;
    if (n == 0 || n > 1u << 20) return false;
    o->like.write_concurrency = 1;
    o->like.debug_locks = 64;
    while (2 * o->like.debug_locks <= n)
        o->like.debug_locks *= 2;
    return true;
}

static bool pair_option(NewOptions *o, Term name, Term value) {
    uint64_t n;
    if (name == AM(keypos)) {
        if (!term_is_small(value) || !brc_term_int_to_u64(value, &n) || n == 0) return false;
        o->like.keypos = n - 1;
        return true;
    }
    if (name == AM(write_concurrency)) {
        o->like.debug_locks = 0;
        if (term_is_tuple_of(value, 2)) return debug_locks(o, term_tuple_elements(value));
        o->like.write_concurrency = value == AM(auto) ? 2 : value == AM(true);
        return value == AM(auto) || value == AM(true) || value == AM(false);
    }
    if (name == AM(read_concurrency)) return flag_of(value, &o->like.read_concurrency);
    if (name == AM(decentralized_counters)) {
        uint8_t on;
        if (!flag_of(value, &on)) return false;
        o->like.decentralized = on;
        o->decentralized = true;
        return true;
    }
    if (name == AM(heir) && value == AM(none)) {
        o->heir = BRC_NONE;
        return true;
    }
    return false;
}

static bool plain_option(NewOptions *o, Term t) {
    if (t == AM(set))
        o->like.kind = BRC_ETS_SET;
    else if (t == AM(ordered_set))
        o->like.kind = BRC_ETS_ORDERED;
    else if (t == AM(bag))
        o->like.kind = BRC_ETS_BAG;
    else if (t == AM(duplicate_bag))
        o->like.kind = BRC_ETS_DUPLICATE_BAG;
    else if (t == AM(public))
        o->like.access = BRC_ETS_PUBLIC;
    else if (t == AM(protected))
        o->like.access = BRC_ETS_PROTECTED;
    else if (t == AM(private))
        o->like.access = BRC_ETS_PRIVATE;
    else if (t == AM(named_table))
        o->like.named = 1;
    else if (t == AM(compressed))
        o->like.compressed = 1;
    else
        return false;
    return true;
}

static bool is_heir(Term t, NewOptions *o) {
    const Term *e = term_tuple_elements(t);
    if (e[0] != AM(heir) || !term_is_local_pid(e[1])) return false;
    o->heir = e[1];
    o->heir_data = e[2];
    return true;
}

static bool options_of(NewOptions *o, Term list) {
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        bool ok;
        if (term_is_tuple_of(t, 2))
            ok = pair_option(o, term_tuple_elements(t)[0], term_tuple_elements(t)[1]);
        else if (term_is_tuple_of(t, 3))
            ok = is_heir(t, o);
        else
            ok = plain_option(o, t);
        if (!ok) return false;
    }
    return term_is_nil(list);
}

Term brc_bif_ets_new_2(Proc *p, Term name, Term options) {
    NewOptions o = {.like = {.kind = BRC_ETS_SET, .access = BRC_ETS_PROTECTED},
                    .heir = BRC_NONE,
                    .heir_data = BRC_NIL};
    if (!term_is_atom(name) || !options_of(&o, options)) return brc_ctx_badarg(p);
    if (o.like.access == BRC_ETS_PRIVATE) o.like.read_concurrency = o.like.write_concurrency = 0;
    if (!o.like.write_concurrency) o.like.debug_locks = 0;
    if (o.like.debug_locks && o.like.kind == BRC_ETS_ORDERED) return brc_ctx_badarg(p);
    if (!o.like.write_concurrency)
        o.like.decentralized = 0;
    else if (!o.decentralized)
        o.like.decentralized =
            o.like.kind == BRC_ETS_ORDERED || o.like.write_concurrency == 2 || o.like.debug_locks;
    Ets *t = brc_ets_create(p, &o.like, name);
    if (!t) return brc_ctx_badarg_cause(p, AM(already_exists));
    brc_ets_stripe_lock(proc_pid(p));
    brc_ets_own_locked(t, proc_pid(p));
    if (o.heir != BRC_NONE && !brc_ets_is_there(o.heir)) o.heir = BRC_NONE, o.heir_data = BRC_NIL;
    brc_ets_set_heir_locked(t, o.heir, o.heir_data);
    brc_ets_stripe_unlock(proc_pid(p));
    return brc_ets_handle(p, t);
}

/* ---- the end ---- */
Term brc_bif_ets_delete_1(Proc *p, Term tab) {
    EtsAt at;
    EtsLeft left;
    if (!brc_ets_enter(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    Ets *t = at.t;
    for (;;) { /* the owner may change until its stripe is locked; any process may delete a public
                  table */
        Term owner = atomic_load_explicit(&t->owner, memory_order_relaxed);
        brc_ets_stripe_lock(owner);
        bool same = atomic_load_explicit(&t->owner, memory_order_relaxed) == owner;
        if (same) {
            brc_ctx_magic_ref(&t->magic);
            brc_ets_destroy(&at, &left);
        }
        brc_ets_stripe_unlock(owner);
        if (!same) continue;
        brc_ets_drop_fixes(t);
        brc_ctx_magic_unref(&t->magic);
        return brc_ets_left_free_for(p, &left, AM(true));
    }
}

/* ---- names ---- */
Term brc_bif_ets_rename_2(Proc *p, Term tab, Term name) {
    EtsAt at;
    if (!brc_ets_enter(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    Term answer = name;
    if (!term_is_atom(name) || !brc_ets_rename(at.t, name))
        answer = brc_ctx_badarg(p);
    else if (!at.t->named)
        answer = brc_ets_tid(p, at.t);
    brc_ets_leave(&at);
    return answer;
}

Term brc_bif_ets_whereis_1(Proc *p, Term name) {
    EtsAt at;
    if (!term_is_atom(name)) return brc_ctx_badarg(p);
    if (!brc_ets_aim(p, name, BRC_ETS_INFO, &at) || !brc_ets_lock_part(p, &at, 0)) {
        p->fail = BRC_FAIL_NO;
        return AM(undefined);
    }
    Term tid = brc_ets_tid(p, at.t);
    brc_ets_leave(&at);
    return tid;
}

typedef struct Gather {
    Proc *p;
    Term list;
} Gather;
static void gather(Ets *t, void *arg) {
    Gather *g = arg;
    Term handle = brc_ets_handle(g->p, t);
    g->list = term_cons(brc_ctx_alloc(g->p, 2), handle, g->list);
}

/* internal_request_all(): a reference; as many {Reference, Tables} come as there are schedulers. */
Term brc_bif_ets_internal_request_all_0(Proc *p) {
    Gather g = {p, BRC_NIL};
    brc_ets_each(gather, &g);
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), NULL);
    int64_t n = term_small(brc_bif_erlang_system_info_1(p, AM(schedulers)));
    for (; n > 0; n--) {
        brc_sig_send_message(proc_pid(p), term_tuple2(brc_ctx_alloc(p, 3), ref, g.list));
        g.list = BRC_NIL;
    }
    return ref;
}

/* ---- owners and heirs ---- */
Term brc_bif_ets_give_away_3(Proc *p, Term tab, Term to, Term gift) {
    EtsAt at;
    if (!brc_ets_enter(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    Ets *t = at.t;
    Term self = proc_pid(p), owner = atomic_load_explicit(&t->owner, memory_order_relaxed);
    Term answer = BRC_NONE;
    brc_ctx_magic_ref(&t->magic); /* its new owner may be quick to delete it */
    if (!term_is_local_pid(to))
        brc_ctx_badarg(p);
    else if (owner != self)
        brc_ctx_badarg_cause(p, AM(not_owner));
    else if (to == self)
        brc_ctx_badarg_cause(p, AM(owner));
    else if (!brc_ets_give(t, to))
        brc_ctx_badarg(p);
    else
        answer = AM(true);
    brc_ets_leave(&at);
    if (answer != BRC_NONE) brc_ets_transfer_message(t, to, self, gift);
    brc_ctx_magic_unref(&t->magic);
    return answer;
}

typedef struct SetOptions {
    bool has_heir, has_access;
    Term heir, data;
    uint8_t access;
} SetOptions;

static bool set_option(SetOptions *o, Term option) {
    if (!term_is_tuple(option) || term_tuple_arity(option) < 2) return false;
    const Term *e = term_tuple_elements(option);
    size_t n = term_tuple_arity(option);
    if (n == 2 && e[0] == AM(protection) && !o->has_access) {
        o->has_access = true;
        o->access = e[1] == AM(public)      ? BRC_ETS_PUBLIC
                    : e[1] == AM(protected) ? BRC_ETS_PROTECTED
                                            : BRC_ETS_PRIVATE;
        return e[1] == AM(public) || e[1] == AM(protected) || e[1] == AM(private);
    }
    if (e[0] != AM(heir) || o->has_heir || n > 3) return false;
    o->has_heir = true;
    o->heir = n == 2 ? BRC_NONE : e[1];
    o->data = n == 2 ? BRC_NIL : e[2];
    return n == 2 ? e[1] == AM(none) : term_is_local_pid(e[1]);
}

/* One option or a list of them. */
static bool set_options(SetOptions *o, Term options) {
    if (term_is_tuple(options)) return set_option(o, options);
    for (; term_is_cons(options); options = term_tail(options))
        if (!set_option(o, term_head(options))) return false;
    return term_is_nil(options);
}

Term brc_bif_ets_setopts_2(Proc *p, Term tab, Term options) {
    SetOptions o = {0};
    Term self = proc_pid(p);
    EtsAt at;
    if (!brc_ets_enter(p, tab, BRC_ETS_WRITE, &at)) return BRC_NONE;
    Term answer = AM(true);
    if (!set_options(&o, options)) {
        answer = brc_ctx_badarg(p);
    } else if (atomic_load_explicit(&at.t->owner, memory_order_relaxed) != self) {
        answer = brc_ctx_badarg(p);
    } else if (o.has_heir) {
        if (o.heir != BRC_NONE && !brc_ets_is_there(o.heir)) o.heir = BRC_NONE, o.data = BRC_NIL;
        brc_ets_stripe_lock(self);
        brc_ets_set_heir_locked(at.t, o.heir, o.data);
        brc_ets_stripe_unlock(self);
    }
    if (answer == BRC_NONE || !o.has_access)
        brc_ets_leave(&at);
    else
        brc_ets_set_access(&at, o.access);
    return answer;
}

Term brc_bif_ets_safe_fixtable_2(Proc *p, Term tab, Term on) {
    EtsAt at;
    if (!brc_ets_aim(p, tab, BRC_ETS_READ, &at) || !brc_ets_lock_part(p, &at, 0)) return BRC_NONE;
    if (on == AM(true)) brc_ets_fix(at.t, proc_pid(p));
    brc_ctx_magic_ref(&at.t->magic);
    brc_ets_leave(&at);
    if (on == AM(false)) {
        brc_ets_unfix(at.t, proc_pid(p));
        return brc_ets_sweep_for(p, at.t, AM(true));
    }
    brc_ctx_magic_unref(&at.t->magic);
    return on == AM(true) ? AM(true) : brc_ctx_badarg(p);
}
