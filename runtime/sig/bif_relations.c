/* bif_relations.c: links, monitors and exit signals. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "sig/signal.h"

/* Why a process or port that has no place here cannot be reached. */
Term brc_sig_no_way_to(Term external) {
    return term_box(external)[2] == AM(nonode_nohost) ? AM(noproc) : AM(noconnection);
}

/* ---- links ---- */
Term brc_bif_erlang_link_1(Proc *p, Term other) {
    ProcRest *r = p->rest;
    if (term_is_external_of(other, 1)) return brc_ctx_error(p, AM(noproc));
    if (!term_is_pid(other) && !term_is_port(other)) return brc_ctx_badarg(p);
    if (other == r->pid) return AM(true);
    if (!term_is_local_pid(other) && !term_is_local_port(other)) {
        Frag *f = brc_sig_new(BRC_SIG_EXIT, r->pid, 4 + brc_heap_size_words(other));
        f->used = 4;
        f->term =
            term_tuple3(f->data, AM(EXIT), brc_sig_copy_into(f, other), brc_sig_no_way_to(other));
        brc_sig_push_mt(r->pid, f);
        return AM(true);
    }
    if (!brc_sig_link_begin(r, other)) return AM(true);
    Frag *f = brc_sig_new(BRC_SIG_LINK, r->pid, 0);
    if (brc_sig_push_mt(other, f)) return AM(true);
    brc_proc_idmap_remove(&r->links, other, NULL);
    if (!r->trap_exit) return brc_ctx_error(p, AM(noproc));
    brc_sig_send_exit(BRC_SIG_EXIT, other, r->pid, AM(noproc)); /* no unlink takes that back */
    return AM(true);
}

Term brc_bif_erlang_unlink_1(Proc *p, Term other) {
    if (!term_is_pid(other) && !term_is_port(other)) return brc_ctx_badarg(p);
    brc_sig_link_end(p->rest, other);
    return AM(true);
}

/* ---- monitors ---- */
typedef struct MonitorOptions {
    enum AliasMode alias;
    Term tag;
} MonitorOptions;

static bool monitor_options(Term list, MonitorOptions *o) {
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_tuple_of(term_head(list), 2)) return false;
        const Term *e = term_tuple_elements(term_head(list));
        if (e[0] == AM(tag))
            o->tag = e[1];
        else if (e[0] != AM(alias))
            return false;
        else if (e[1] == AM(explicit_unalias))
            o->alias = BRC_ALIAS_EXPLICIT;
        else if (e[1] == AM(demonitor))
            o->alias = BRC_ALIAS_DEMONITOR;
        else if (e[1] == AM(reply_demonitor))
            o->alias = BRC_ALIAS_REPLY;
        else
            return false;
    }
    return list == BRC_NIL;
}

/* A monitor of `target`; BRC_NONE: of nobody, who is down for `reason` from the start. */
static Term monitor_process(Proc *p, Term target, Term name, Term reason, const MonitorOptions *o) {
    ProcRest *r = p->rest;
    uint64_t key;
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &key);
    if (target == r->pid) return ref; /* never goes down before us; no alias either */
    if (o->alias) brc_sig_alias_add(r, key, o->alias);
    Term known = target == BRC_NONE ? r->pid : target;
    brc_proc_idmap_put(&r->monitors, key, brc_sig_monitor_new(known, name, o->tag));
    Frag *f = brc_sig_new(BRC_SIG_MONITOR, r->pid, 0);
    sig_meta(f)->key = key;
    f->term = name;
    if (target == BRC_NONE)
        brc_ctx_frag_free(f);
    else if (brc_sig_push_mt(target, f))
        return ref;
    brc_sig_send_down(key, known, r->pid, reason);
    return ref;
}

/* A monitor of a process or port of another node, or of this one before it was started again: down
 * from the start. */
static Term monitor_elsewhere(Proc *p, Term type, Term item, const MonitorOptions *o) {
    uint64_t key;
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &key);
    if (o->alias == BRC_ALIAS_EXPLICIT) brc_sig_alias_add(p->rest, key, o->alias);
    Term *t = brc_ctx_alloc(p, 6);
    t[1] = o->tag == BRC_NONE ? AM(DOWN) : o->tag;
    t[2] = ref, t[3] = type, t[4] = item, t[5] = brc_sig_no_way_to(item);
    brc_sig_send_message(proc_pid(p), term_tuple_begin(t, 5));
    return ref;
}

static Term monitor_item(Proc *p, Term item, const MonitorOptions *o) {
    if (term_is_external_of(item, 0)) return monitor_elsewhere(p, AM(process), item, o);
    if (term_is_local_pid(item)) return monitor_process(p, item, BRC_NONE, AM(noproc), o);
    if (term_is_atom(item)) {
        Term pid = brc_proc_whereis(item);
        return monitor_process(p, pid, item, AM(noproc), o);
    }
    if (term_is_tuple_of(item, 2)) {
        const Term *e = term_tuple_elements(item);
        if (!term_is_atom(e[0]) || !term_is_atom(e[1])) return brc_ctx_badarg(p);
        if (e[1] != AM(nonode_nohost)) return brc_ctx_badarg(p); /* this node is not alive */
        return monitor_process(p, brc_proc_whereis(e[0]), e[0], AM(noproc), o);
    }
    return brc_ctx_badarg(p);
}

static Term monitor_port(Proc *p, Term item, const MonitorOptions *o) {
    if (term_is_local_port(item)) return monitor_process(p, item, BRC_NONE, AM(noproc), o);
    if (term_is_external_of(item, 1)) return monitor_elsewhere(p, AM(port), item, o);
    if (term_is_tuple_of(item, 2) && term_tuple_elements(item)[1] == AM(nonode_nohost))
        item = term_tuple_elements(item)[0];
    if (!term_is_atom(item)) return brc_ctx_badarg(p);
    Term port = brc_proc_whereis(item);
    if (port != BRC_NONE && !term_is_local_port(port)) return brc_ctx_badarg(p);
    /* No port of that name: any that is not there stands for it. */
    if (port == BRC_NONE) port = (proc_pid(p) & ~(Term)BRC_IMM2_MASK) | BRC_TAG_PORT;
    return monitor_process(p, port, item, AM(noproc), o);
}

static Term monitor_any(Proc *p, Term type, Term item, const MonitorOptions *o) {
    if (type == AM(process)) return monitor_item(p, item, o);
    if (type == AM(port)) return monitor_port(p, item, o);
    if (type == AM(time_offset)) { /* the offset never changes */
        if (item != AM(clock_service)) return brc_ctx_badarg(p);
        uint64_t key;
        Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &key);
        brc_proc_idmap_put(&p->rest->monitors, key, item);
        return ref;
    }
    return brc_ctx_badarg_cause(p, AM(badtype));
}

Term brc_bif_erlang_monitor_2(Proc *p, Term type, Term item) {
    MonitorOptions o = {BRC_ALIAS_NO, BRC_NONE};
    return monitor_any(p, type, item, &o);
}

Term brc_bif_erlang_monitor_3(Proc *p, Term type, Term item, Term options) {
    MonitorOptions o = {BRC_ALIAS_NO, BRC_NONE};
    if (!monitor_options(options, &o)) return brc_ctx_badarg_cause(p, AM(badopt));
    return monitor_any(p, type, item, &o);
}

/* Takes the DOWN message of the reference out of the message queue. */
static bool flush_down(Proc *p, uint64_t key) {
    ProcRest *r = p->rest;
    brc_sig_fetch(p);
    for (Frag **link = &r->messages; *link; link = &(*link)->next) {
        Term t = (*link)->term;
        if (!term_is_tuple_of(t, 5) || brc_proc_ref_key(term_tuple_elements(t)[1]) != key) continue;
        brc_ctx_frag_free(brc_sig_unlink(r, link));
        return true;
    }
    return false;
}

static Term demonitor(Proc *p, Term ref, bool flush, bool info) {
    uint64_t key = brc_proc_ref_key(ref);
    bool was = key && brc_sig_demonitor(p, key);
    bool flushed = flush && !was && key && flush_down(p, key);
    (void)flushed;
    return term_bool(!info || was);
}

Term brc_bif_erlang_demonitor_1(Proc *p, Term ref) {
    if (!term_is_ref(ref)) return brc_ctx_badarg(p);
    return demonitor(p, ref, false, false);
}

Term brc_bif_erlang_demonitor_2(Proc *p, Term ref, Term options) {
    bool flush = false, info = false;
    if (!term_is_ref(ref)) return brc_ctx_badarg(p);
    for (; term_is_cons(options); options = term_tail(options)) {
        if (term_head(options) == AM(flush))
            flush = true;
        else if (term_head(options) == AM(info))
            info = true;
        else
            return brc_ctx_badarg_cause(p, AM(badopt));
    }
    if (options != BRC_NIL) return brc_ctx_badarg_cause(p, AM(badopt));
    return demonitor(p, ref, flush, info);
}

/* ---- exit signals ---- */
/* To itself: the signal has arrived before exit/2 returns, unless it becomes a message. */
static Term exit_self(Proc *p, Term reason) {
    brc_sig_send_exit(BRC_SIG_EXIT, proc_pid(p), proc_pid(p), reason);
    if ((p->rest->trap_exit && reason != AM(kill)) || brc_sig_fetch(p)) return AM(true);
    return brc_ctx_exit(p, p->rest->exit_reason->term);
}

Term brc_bif_erlang_exit_2(Proc *p, Term to, Term reason) {
    if (to == proc_pid(p)) return exit_self(p, reason);
    if (!term_is_pid(to) && !term_is_port(to)) return brc_ctx_badarg(p);
    if (term_is_local_pid(to) || term_is_local_port(to))
        brc_sig_send_exit(BRC_SIG_EXIT, proc_pid(p), to, reason);
    return AM(true);
}
