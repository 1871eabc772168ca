/* bif_names.c: identifiers, registered names, nodes. */
#include "abi/bif.h"
#include "base/format.h"
#include "ctx/fail.h"
#include "proc/nodes.h"
#include "proc/text.h"
#include "term/cmp.h"
#include "term/map.h"
#include <stdlib.h>

Term brc_bif_erlang_self_0(Proc *p) {
    return proc_pid(p);
}

Term brc_bif_erlang_make_ref_0(Proc *p) {
    return brc_proc_ref_new(brc_ctx_alloc(p, BRC_REF_WORDS), NULL);
}

Term brc_bif_erlang_group_leader_0(Proc *p) {
    return p->rest->group_leader;
}

Term brc_bif_erlang_processes_0(Proc *p) {
    Term list = BRC_NIL, *last = &list, pid;
    uint32_t at = 0;
    while ((pid = brc_proc_next(&at)) != BRC_NONE) {
        if (!term_is_local_pid(pid)) continue;
        *last = term_cons(brc_ctx_alloc(p, 2), pid, BRC_NIL);
        last = term_cell(*last) + 1;
    }
    return list;
}

/* ---- registered names ---- */
Term brc_bif_erlang_whereis_1(Proc *p, Term name) {
    if (!term_is_atom(name)) return brc_ctx_badarg(p);
    Term pid = brc_proc_whereis(name);
    return pid == BRC_NONE ? AM(undefined) : pid;
}

static void tell(Proc *p, Term what, Term name, Term pid) {
    void (*on_name)(Proc *, Term, Term, Term) =
        atomic_load_explicit(&brc_proc_on_name, memory_order_relaxed);
    if (on_name) on_name(p, what, name, pid);
}

Term brc_bif_erlang_register_2(Proc *p, Term name, Term pid) {
    if (!term_is_atom(name)) return brc_ctx_badarg_cause(p, AM(none));
    if (name == AM(undefined)) return brc_ctx_badarg_cause(p, AM(none));
    if (!term_is_local_pid(pid) && !term_is_local_port(pid))
        return brc_ctx_badarg_cause(p, AM(none));
    switch (brc_proc_register(name, pid)) {
    case BRC_REGISTER_OK: tell(p, AM(register), name, pid); return AM(true);
    case BRC_REGISTER_DEAD: return brc_ctx_badarg_cause(p, AM(notalive));
    case BRC_REGISTER_HAS_NAME: return brc_ctx_badarg_cause(p, AM(registered_name));
    default: return brc_ctx_badarg_cause(p, AM(none));
    }
}

Term brc_bif_erlang_unregister_1(Proc *p, Term name) {
    if (!term_is_atom(name)) return brc_ctx_badarg(p);
    Term pid = brc_proc_whereis(name);
    if (!brc_proc_unregister(name)) return brc_ctx_badarg(p);
    tell(p, AM(unregister), name, pid);
    return AM(true);
}

Term brc_bif_erlang_registered_0(Proc *p) {
    size_t n = brc_proc_registered_count();
    Term list = BRC_NIL, *names = malloc((n + 1) * sizeof *names);
    n = brc_proc_registered_names(names, n);
    for (size_t i = 0; i < n; i++)
        list = term_cons(brc_ctx_alloc(p, 2), names[i], list);
    free(names);
    return list;
}

/* ---- nodes: this one alone ---- */
Term brc_bif_erlang_node_0(Proc *p) {
    (void)p;
    return AM(nonode_nohost);
}

Term brc_bif_erlang_node_1(Proc *p, Term t) {
    if (term_is_kind(t, BRC_EXTERNAL)) return term_box(t)[2];
    if (term_is_pid(t) || term_is_port(t) || term_is_ref(t)) return AM(nonode_nohost);
    return brc_ctx_badarg(p);
}

Term brc_bif_erlang_nodes_0(Proc *p) {
    (void)p;
    return BRC_NIL;
}

/* This one and those whose identifiers the process holds. */
static Term known_nodes(Proc *p) {
    NodeCounts c = {.p = p};
    Term list = BRC_NIL, last = AM(nonode_nohost);
    size_t n = brc_proc_nodes_names(&c);
    for (size_t i = 0; i < n; i++) {
        if (c.at[i].node != last) list = term_cons(brc_ctx_alloc(p, 2), c.at[i].node, list);
        last = c.at[i].node;
    }
    free(c.at);
    return term_cons(brc_ctx_alloc(p, 2), AM(nonode_nohost), list);
}

static Term nodes_of(Proc *p, Term kind, bool *valid) {
    *valid = true;
    if (kind == AM(known)) return known_nodes(p);
    if (kind == AM(this)) return term_cons(brc_ctx_alloc(p, 2), AM(nonode_nohost), BRC_NIL);
    if (kind != AM(visible) && kind != AM(hidden) && kind != AM(connected)) *valid = false;
    return BRC_NIL;
}

Term brc_bif_erlang_nodes_1(Proc *p, Term kinds) {
    bool valid = true;
    if (term_is_atom(kinds)) {
        Term list = nodes_of(p, kinds, &valid);
        return valid ? list : brc_ctx_badarg(p);
    }
    Term list = BRC_NIL;
    for (; term_is_cons(kinds); kinds = term_tail(kinds)) {
        Term one = nodes_of(p, term_head(kinds), &valid);
        if (!valid) return brc_ctx_badarg(p);
        if (one != BRC_NIL) list = one;
    }
    return kinds == BRC_NIL ? list : brc_ctx_badarg(p);
}

/* nodes(Kinds, #{connection_id => boolean(), node_type => boolean()}): this node or nothing. */
Term brc_bif_erlang_nodes_2(Proc *p, Term kinds, Term options) {
    Term pairs[4], list = brc_bif_erlang_nodes_1(p, kinds), key, value;
    size_t n = 0;
    MapIter it;
    if (list == BRC_NONE || !term_is_map(options)) return brc_ctx_badarg(p);
    brc_term_map_iter(&it, options);
    while (brc_term_map_next(&it, &key, &value)) {
        if (value != AM(true) && value != AM(false)) return brc_ctx_badarg(p);
        if (key != AM(connection_id) && key != AM(node_type)) return brc_ctx_badarg(p);
        if (value == AM(false)) continue;
        pairs[n++] = key;
        pairs[n++] = key == AM(node_type) ? AM(this) : AM(undefined);
    }
    if (list == BRC_NIL) return list;
    Term info = brc_term_map_from_pairs(p, pairs, n / 2);
    Term *at = brc_ctx_alloc(p, 5);
    return term_cons(at, term_tuple2(at + 2, AM(nonode_nohost), info), BRC_NIL);
}

Term brc_bif_erlang_monitor_node_2(Proc *p, Term node, Term flag) {
    if (!term_is_atom(node) || (flag != AM(true) && flag != AM(false))) return brc_ctx_badarg(p);
    return node == AM(nonode_nohost) ? AM(true) : brc_ctx_error(p, AM(notalive));
}

Term brc_bif_erlang_monitor_node_3(Proc *p, Term node, Term flag, Term options) {
    for (; term_is_cons(options); options = term_tail(options))
        if (term_head(options) != AM(allow_passive_connect))
            return brc_ctx_badarg_cause(p, AM(badopt));
    if (options != BRC_NIL) return brc_ctx_badarg_cause(p, AM(badopt));
    return brc_bif_erlang_monitor_node_2(p, node, flag);
}

/* ---- as text ---- */
static Term format(Proc *p, const char *kind, unsigned words, const uint64_t *w) {
    char text[128];
    int n = words == 1 ? brc_base_format(text, sizeof text, "%s<0.%lu>", kind, w[0])
            : words == 2
                ? brc_base_format(text, sizeof text, "%s<0.%lu.%lu>", kind, w[0], w[1])
                : brc_base_format(text, sizeof text, "%s<0.%lu.%lu.%lu>", kind, w[0], w[1], w[2]);
    return brc_proc_string(p, text, (size_t)n);
}

/* Identifiers of other nodes: the node's creation stands where the local ones have 0, as do those
 * that this node gave out in an earlier life. */
static Term format_external(Proc *p, const char *kind, Term t) {
    char text[160];
    const Term *box = term_box(t);
    size_t words = BRC_HEADER_WORDS(box[0]) - 3;
    long node = box[2] == brc_term_this_node ? 0 : (long)term_small(box[3]);
    if (box[1] == BRC_SMALL(1)) {
        uint64_t number = (uint64_t)term_small(box[4]);
        if (words > 1) number |= (uint64_t)term_small(box[5]) << 32;
        brc_base_format(text, sizeof text, "%s<%ld.%lu>", kind, node, number);
        return brc_proc_string(p, text, strlen(text));
    }
    int n = brc_base_format(text, sizeof text, "%s<%ld", kind, node);
    bool backwards = box[1] == BRC_SMALL(2);
    for (size_t i = 0; i < words && i < 5; i++) {
        long w = (long)term_small(box[4 + (backwards ? words - 1 - i : i)]);
        n += brc_base_format(text + n, sizeof text - (size_t)n, ".%ld", w);
    }
    n += brc_base_format(text + n, sizeof text - (size_t)n, ">");
    return brc_proc_string(p, text, (size_t)n);
}

Term brc_bif_erlang_pid_to_list_1(Proc *p, Term pid) {
    if (!term_is_pid(pid)) return brc_ctx_badarg(p);
    if (!term_is_local_pid(pid)) return format_external(p, "", pid);
    return format(p, "", 2, (uint64_t[]){pid_slot(pid), pid_serial(pid)});
}

Term brc_bif_erlang_port_to_list_1(Proc *p, Term port) {
    if (!term_is_port(port)) return brc_ctx_badarg(p);
    if (!term_is_local_port(port)) return format_external(p, "#Port", port);
    return format(p, "#Port", 1, (uint64_t[]){port >> 6});
}

Term brc_bif_erlang_ref_to_list_1(Proc *p, Term ref) {
    if (!term_is_ref(ref)) return brc_ctx_badarg(p);
    if (!term_is_kind(ref, BRC_REF)) return format_external(p, "#Ref", ref);
    const Term *w = term_box(ref) + 1;
    return format(p, "#Ref", 3, (uint64_t[]){w[2], w[1], w[0]});
}

/* "KIND<A.B...>" as n numbers. */
static bool parse(Term list, const char *kind, unsigned n, uint64_t *numbers) {
    char *text = brc_proc_text(list, NULL), *at = text;
    bool ok = text && strncmp(text, kind, strlen(kind)) == 0;
    if (ok) at += strlen(kind);
    for (unsigned i = 0; ok && i < n; i++) {
        if (*at++ != (i ? '.' : '<') || *at < '0' || *at > '9') {
            ok = false;
            break;
        }
        char *end;
        numbers[i] = (uint64_t)strtol(at, &end, 10);
        ok = end - at < 19;
        at = end;
    }
    ok = ok && strcmp(at, ">") == 0;
    free(text);
    return ok;
}

Term brc_bif_erlang_list_to_pid_1(Proc *p, Term list) {
    uint64_t n[3];
    if (!parse(list, "", 3, n) || n[0] || n[1] >= 1u << 28 || n[2] >= 1u << 30)
        return brc_ctx_badarg(p);
    return pid_make((uint32_t)n[1], (uint32_t)n[2]);
}

Term brc_bif_erlang_list_to_port_1(Proc *p, Term list) {
    uint64_t n[2];
    if (!parse(list, "#Port", 2, n) || n[0] || n[1] >= UINT64_C(1) << 58) return brc_ctx_badarg(p);
    return (Term)n[1] << 6 | BRC_TAG_PORT;
}

Term brc_bif_erlang_list_to_ref_1(Proc *p, Term list) {
    uint64_t n[4];
    if (!parse(list, "#Ref", 4, n) || n[0]) return brc_ctx_badarg(p);
    if (n[1] > UINT32_MAX || n[2] > UINT32_MAX || n[3] >= 1u << 18) return brc_ctx_badarg(p);
    Term *at = brc_ctx_alloc(p, BRC_REF_WORDS);
    at[0] = BRC_HEADER(BRC_REF, 3);
    at[1] = n[3], at[2] = n[2], at[3] = n[1];
    return term_make_boxed(at);
}

/* Does the node of an I/O server know the requests with an encoding? */
Term brc_bif_net_kernel_dflag_unicode_io_1(Proc *p, Term pid) {
    return term_is_pid(pid) ? AM(true) : brc_ctx_badarg(p);
}
