/* bif_send.c: sending: '!', erlang:send/2,3, aliases. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "sig/message.h"
#include "sig/signal.h"
#include "sig/tracing.h"

enum Sent { SENT, BAD_DESTINATION };

static enum Sent send_name(Proc *p, Term name, Term msg, bool must_exist) {
    Term pid = brc_proc_whereis(name);
    if (pid == BRC_NONE) return must_exist ? BAD_DESTINATION : SENT;
    if (term_is_local_pid(pid))
        brc_sig_send_message(pid, msg);
    else
        brc_sig_send_port(pid, proc_pid(p), 0, AM(send), msg);
    return SENT;
}

static void send_alias(uint64_t key, Term msg) {
    Term owner = brc_sig_alias_owner(key);
    if (owner == BRC_NONE) return;
    Frag *f = brc_sig_new_message(msg);
    sig_meta(f)->kind = BRC_SIG_ALIAS_MESSAGE;
    sig_meta(f)->key = key;
    brc_sig_push_mt(owner, f);
}

static enum Sent send_to(Proc *p, Term dest, Term msg) {
    if (term_is_local_pid(dest)) {
        brc_sig_send_message(dest, msg);
        return SENT;
    }
    if (term_is_atom(dest)) return send_name(p, dest, msg, true);
    if (term_is_tuple_of(dest, 2)) {
        const Term *e = term_tuple_elements(dest);
        if (!term_is_atom(e[0]) || !term_is_atom(e[1])) return BAD_DESTINATION;
        return e[1] == AM(nonode_nohost) ? send_name(p, e[0], msg, false) : SENT;
    }
    if (term_is_kind(dest, BRC_REF)) {
        send_alias(brc_proc_ref_key(dest), msg);
        return SENT;
    }
    if (term_is_local_port(dest)) {
        brc_sig_send_port(dest, proc_pid(p), 0, AM(send), msg);
        return SENT;
    }
    /* Ports that are gone, and nodes that cannot be reached, swallow what they are sent. */
    return term_is_pid(dest) || term_is_ref(dest) || term_is_port(dest) ? SENT : BAD_DESTINATION;
}

/* True: it is sent, with a token. */
static __attribute__((cold, noinline)) bool traced_send(Proc *p, Term dest, Term msg) {
    if (trace_is_on(p->rest, BRC_TRACE_SEND)) brc_sig_trace_send(p->rest, dest, msg);
    return trace_is_on(p->rest, BRC_TRACE_SEQ) && brc_sig_seq->send(p, dest, msg);
}

Term brc_sig_send(Proc *p, Term dest, Term msg) {
    sig_log_event(p->rest, AM(send));
    if (p->rest->trace && traced_send(p, dest, msg)) return msg;
    if (term_is_local_pid(dest)) {
        brc_sig_send_message(dest, msg);
        return msg;
    }
    if (send_to(p, dest, msg) == SENT) return msg;
    return brc_ctx_badarg(p);
}

Term brc_bif_erlang_send_2(Proc *p, Term dest, Term msg) {
    return brc_sig_send(p, dest, msg);
}
Term brc_bif_erlang_bang_2(Proc *p, Term dest, Term msg) {
    return brc_sig_send(p, dest, msg);
}

static bool is_elsewhere(Term dest) {
    if (term_is_tuple_of(dest, 2)) return term_tuple_elements(dest)[1] != AM(nonode_nohost);
    bool external = term_is_external_of(dest, 0) || term_is_external_of(dest, 2);
    return external && brc_sig_no_way_to(dest) == AM(noconnection);
}

Term brc_bif_erlang_send_3(Proc *p, Term dest, Term msg, Term options) {
    bool connect = true;
    for (; term_is_cons(options); options = term_tail(options)) {
        Term o = term_head(options);
        if (o != AM(noconnect) && o != AM(nosuspend)) return brc_ctx_badarg_cause(p, AM(badopt));
        connect &= o != AM(noconnect);
    }
    if (options != BRC_NIL) return brc_ctx_badarg_cause(p, AM(badopt));
    sig_log_event(p->rest, AM(send));
    if (p->rest->trace && traced_send(p, dest, msg)) return AM(ok);
    if (send_to(p, dest, msg) != SENT) return brc_ctx_badarg(p);
    return !connect && is_elsewhere(dest) ? AM(noconnect) : AM(ok);
}

static Term new_alias(Proc *p, enum AliasMode mode) {
    uint64_t key;
    Term ref = brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), &key);
    brc_sig_alias_add(p->rest, key, mode);
    return ref;
}

Term brc_bif_erlang_alias_0(Proc *p) {
    return new_alias(p, BRC_ALIAS_EXPLICIT);
}

Term brc_bif_erlang_alias_1(Proc *p, Term options) {
    enum AliasMode mode = BRC_ALIAS_EXPLICIT;
    for (; term_is_cons(options); options = term_tail(options)) {
        if (term_head(options) == AM(explicit_unalias))
            mode = BRC_ALIAS_EXPLICIT;
        else if (term_head(options) == AM(reply))
            mode = BRC_ALIAS_REPLY;
        else
            return brc_ctx_badarg(p);
    }
    return options == BRC_NIL ? new_alias(p, mode) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_unalias_1(Proc *p, Term alias) {
    if (!term_is_ref(alias)) return brc_ctx_badarg(p);
    uint64_t key = brc_proc_ref_key(alias);
    return term_bool(key && brc_sig_alias_remove(p->rest, key));
}
