/* bif_flag.c: process_flag/2,3 and the limit of a heap's size, which the messages of a queue that
 * is not off_heap count for. */
#include "abi/bif.h"
#include "code/enter.h"
#include "ctx/fail.h"
#include "sig/tracing.h"
#include "term/map.h"

void (*brc_sig_limit_report)(Proc *p, size_t total_words);

size_t brc_sig_queue_words(const ProcRest *r) {
    size_t words = 0;
    if (r->queue_off_heap) return 0;
    for (const Frag *m = r->messages; m; m = m->next)
        words += m->used;
    return words;
}

/* brc_hook_max_heap: the process ends as by exit(Pid, kill). */
void brc_sig_max_heap(Proc *p, size_t heap_words) {
    ProcRest *r = p->rest;
    size_t total = heap_words + brc_sig_queue_words(r);
    if (total <= r->heap.max_heap_words || r->exiting) return;
    if (r->max_heap_log) brc_sig_limit_report(p, total);
    if (!r->max_heap_kill) return;
    r->heap.max_heap_words = 0; /* once */
    brc_sig_send_exit(BRC_SIG_EXIT, r->pid, r->pid, AM(kill));
    p->reds = r->heap.reds_kept = 0;
}

static Term priority_atom(uint8_t priority) {
    static const Term names[] = {AM(low), AM(normal), AM(high), AM(max)};
    return names[priority];
}
Term brc_sig_priority_atom(const ProcRest *r) {
    return priority_atom(r->priority);
}

Term brc_sig_max_heap_map(Proc *p, const ProcRest *r) {
    Term pairs[] = {AM(size),         BRC_SMALL(r->heap.max_heap_words),
                    AM(kill),         term_bool(r->max_heap_kill),
                    AM(error_logger), term_bool(r->max_heap_log)};
    return brc_term_map_from_pairs(p, pairs, 3);
}

static bool flag(Term value, uint8_t *to) {
    if (value != AM(true) && value != AM(false)) return false;
    *to = value == AM(true);
    return true;
}

static bool number(Term value, int64_t most, uint32_t *to) {
    if (!term_is_small(value) || term_small(value) < 0 || term_small(value) > most) return false;
    *to = (uint32_t)term_small(value);
    return true;
}

static bool is_node_option(Term key, Term value) {
    if (key == AM(node_type))
        return value == AM(visible) || value == AM(hidden) || value == AM(all);
    bool known = key == AM(list) || key == AM(connection_id) || key == AM(nodedown_reason);
    return known && (value == AM(true) || value == AM(false));
}

/* monitor_nodes, or with options: {monitor_nodes, ListOrMap}. */
static bool names_nodes(Term name) {
    MapIter it;
    Term key, value;
    if (name == AM(monitor_nodes)) return true;
    if (!term_is_tuple_of(name, 2) || term_tuple_elements(name)[0] != AM(monitor_nodes))
        return false;
    Term options = term_tuple_elements(name)[1];
    for (; term_is_cons(options); options = term_tail(options)) {
        Term o = term_head(options);
        const Term *pair = term_is_tuple_of(o, 2) ? term_tuple_elements(o) : NULL;
        if (pair ? !is_node_option(pair[0], pair[1]) : !is_node_option(o, AM(true))) return false;
    }
    if (options == BRC_NIL) return true;
    if (!term_is_map(options)) return false;
    brc_term_map_iter(&it, options);
    while (brc_term_map_next(&it, &key, &value))
        if (!is_node_option(key, value)) return false;
    return true;
}

static Term set_heap_flag(Proc *p, Term name, Term value, bool *known) {
    ProcRest *r = p->rest;
    if (name == AM(min_heap_size)) {
        Term old = BRC_SMALL(r->heap.min_heap_words);
        uint32_t words;
        if (!number(value, INT32_MAX, &words)) return BRC_NONE;
        r->heap.min_heap_words = (uint32_t)brc_heap_next_size(words);
        return old;
    }
    if (name == AM(fullsweep_after)) {
        Term old = BRC_SMALL(r->heap.fullsweep_after);
        return number(value, UINT32_MAX, &r->heap.fullsweep_after) ? old : BRC_NONE;
    }
    if (name == AM(min_bin_vheap_size)) {
        uint32_t words;
        Term old = BRC_SMALL(r->heap.min_vheap_bytes / sizeof(Term));
        if (!number(value, INT32_MAX, &words)) return BRC_NONE;
        r->heap.min_vheap_bytes = (uint64_t)words * sizeof(Term);
        return old;
    }
    if (name == AM(max_heap_size)) {
        SpawnOptions o = brc_proc_default_options;
        Term old = brc_sig_max_heap_map(p, r);
        if (!brc_sig_max_heap_of(value, &o)) return BRC_NONE;
        r->heap.max_heap_words = (uint64_t)o.max_heap_words;
        if (o.max_heap_kill >= 0) r->max_heap_kill = (uint8_t)o.max_heap_kill;
        if (o.max_heap_log >= 0) r->max_heap_log = (uint8_t)o.max_heap_log;
        return old;
    }
    *known = false;
    return BRC_NONE;
}

/* What it was. Without the code for that none are kept: no program says save_calls by chance. */
static Term keep_calls(Proc *p, uint32_t n) {
    ProcRest *r = p->rest;
    uint16_t old = r->save_calls;
    r->save_calls = (uint16_t)n;
    if (brc_sig_save_calls) brc_sig_save_calls(p, n);
    return BRC_SMALL(old);
}

/* The old value; BRC_NONE: no such flag (known is false) or not valid. */
static Term set_flag(Proc *p, Term name, Term value, bool *known) {
    ProcRest *r = p->rest;
    *known = true;
    if (name == AM(trap_exit)) {
        Term old = term_bool(r->trap_exit);
        return flag(value, &r->trap_exit) ? old : BRC_NONE;
    }
    if (name == AM(sensitive)) {
        Term old = term_bool(r->sensitive);
        return flag(value, &r->sensitive) ? old : BRC_NONE;
    }
    if (name == AM(priority)) {
        Term old = priority_atom(r->priority);
        return brc_sig_priority_of(value, &r->priority) ? old : BRC_NONE;
    }
    if (name == AM(error_handler)) {
        Term old = r->error_handler;
        if (!term_is_atom(value)) return BRC_NONE;
        r->error_handler = value;
        return old;
    }
    if (name == AM(message_queue_data)) {
        Term old = r->queue_off_heap ? AM(off_heap) : AM(on_heap);
        if (value != AM(off_heap) && value != AM(on_heap)) return BRC_NONE;
        r->queue_off_heap = value == AM(off_heap);
        return old;
    }
    if (name == AM(save_calls)) {
        uint32_t n;
        return number(value, 10000, &n) ? keep_calls(p, n) : BRC_NONE;
    }
    if (names_nodes(name)) /* none comes or goes: how often it was set is not counted */
        return value == AM(true) || value == AM(false) ? BRC_SMALL(0) : BRC_NONE;
    return set_heap_flag(p, name, value, known);
}

static CODE_FN(return_x0) {
    CODE_JUMP((Code *)(sp[0] - BRC_TAG_RETURN), x0, x1, x2, x3, x4, x5);
}

/* The turn ends, so that the call returns on the thread it is bound to. */
static CODE_FN(change_thread) {
    CODE_OUT();
    CODE_SAVE_X();
    p->live = 1;
    p->resume = return_x0;
}

static Term bind(Proc *p, Term value) {
    ProcRest *r = p->rest;
    p->x[0] = BRC_SMALL(r->bound);
    if (!brc_sig_scheduler_of(value, &r->bound)) return brc_ctx_badarg(p);
    if (r->bound == 0 || r->bound == r->sched->id) return p->x[0];
    return brc_ctx_trap(p, change_thread, 1);
}

Term brc_bif_erlang_process_flag_2(Proc *p, Term name, Term value) {
    bool known;
    if (name == AM(scheduler)) return bind(p, value);
    Term old = set_flag(p, name, value, &known);
    if (old != BRC_NONE) return old;
    return known ? brc_ctx_badarg(p) : brc_ctx_badarg_cause(p, AM(badopt));
}

static Term save_calls(Proc *p, Term from, Term n) {
    (void)from;
    return p ? keep_calls(p, (uint32_t)term_small(n)) : BRC_NONE;
}

static Term or_badarg(Proc *p, Term answer) {
    return answer == BRC_NONE ? brc_ctx_badarg(p) : answer;
}

Term brc_bif_erlang_process_flag_3(Proc *p, Term pid, Term name, Term value) {
    uint32_t n;
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (name != AM(save_calls)) return brc_ctx_badarg_cause(p, AM(badtype));
    if (!number(value, 10000, &n)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) return save_calls(p, pid, value);
    p->x[0] = pid, p->x[1] = name, p->x[2] = value;
    return brc_sig_ask(p, pid, save_calls, value, or_badarg, 3);
}
