/* bif_info.c: process_info/1,2. */
#include "abi/bif.h"
#include "code/raise.h"
#include "code/trace.h"
#include "ctx/fail.h"
#include "sig/signal.h"
#include "term/int.h"

/* Terms of q as terms of p, who asks. */
static Term borrowed(Proc *p, const Proc *q, Term t) {
    return p == q || !term_is_pointer(t) ? t : brc_heap_copy_to_proc(p, t);
}

static Term cons(Proc *p, Term head, Term tail) {
    return term_cons(brc_ctx_alloc(p, 2), head, tail);
}
static Term pair(Proc *p, Term a, Term b) {
    return term_tuple2(brc_ctx_alloc(p, 3), a, b);
}
static Term triple(Proc *p, Term a, Term b, Term c) {
    return term_tuple3(brc_ctx_alloc(p, 4), a, b, c);
}

/* ---- where it is ---- */
static const Loc *innermost(const Proc *p, const Proc *q) {
    if (p != q) {
        const Loc *at = brc_code_return_place((Term)q->resume + BRC_TAG_RETURN);
        if (at) return at;
    }
    for (const Term *s = q->sp; s < q->stack_end; s++) {
        const Loc *at = (*s & BRC_NIBBLE_MASK) == BRC_TAG_RETURN ? brc_code_return_place(*s) : NULL;
        if (at) return at;
    }
    return NULL;
}

/* It has no stack then, and shows what it called last. */
static bool hibernates(const Proc *p, const Proc *q) {
    return p != q && q->resume == brc_sig_hibernated;
}

static Term current_function(Proc *p, Proc *q) {
    if (hibernates(p, q)) return triple(p, AM(erlang), AM(hibernate), BRC_SMALL(3));
    const Loc *at = innermost(p, q);
    const ProcRest *r = q->rest;
    if (at) return triple(p, at->fn->module, at->fn->name, BRC_SMALL(at->fn->arity));
    return triple(p, r->initial_module, r->initial_function, BRC_SMALL(r->initial_arity));
}

static Term stacktrace(Proc *p, Proc *q) {
    Term places[BRC_TRACE_DEPTH_MAX];
    size_t n = 0, most = brc_code_backtrace_depth;
    if (most > BRC_TRACE_DEPTH_MAX) most = BRC_TRACE_DEPTH_MAX;
    const Loc *first = p == q ? NULL : brc_code_return_place((Term)q->resume + BRC_TAG_RETURN);
    for (const Term *s = q->sp; s < q->stack_end && n < most; s++) {
        if ((*s & BRC_NIBBLE_MASK) != BRC_TAG_RETURN) continue;
        const Loc *at = brc_code_return_place(*s);
        if (at) places[n++] = (Term)at;
    }
    Term *at = brc_ctx_alloc(p, 1 + BRC_TRACE_PLACES + n), *e = at + 1;
    e[BRC_TRACE_CLASS] = AM(error);
    e[BRC_TRACE_KIND] = BRC_SMALL(BRC_TRACE_PLACE);
    e[BRC_TRACE_ARGS] = AM(true);
    e[BRC_TRACE_INFO] = BRC_NIL;
    e[BRC_TRACE_A] = (Term)first;
    e[BRC_TRACE_B] = 0;
    memcpy(e + BRC_TRACE_PLACES, places, n * sizeof *places);
    return brc_code_build_stacktrace(p, term_tuple_begin(at, BRC_TRACE_PLACES + n));
}

static Term unplaced(Proc *p, Term module, Term function, uint32_t arity) {
    Term *t = brc_ctx_alloc(p, 5);
    t[1] = module, t[2] = function, t[3] = BRC_SMALL(arity), t[4] = BRC_NIL;
    return term_tuple_begin(t, 4);
}

static Term current_location(Proc *p, Proc *q) {
    if (hibernates(p, q)) return unplaced(p, AM(erlang), AM(hibernate), 3);
    Term list = stacktrace(p, q);
    if (term_is_cons(list)) return term_head(list);
    const ProcRest *r = q->rest;
    return unplaced(p, r->initial_module, r->initial_function, r->initial_arity);
}

static Term status(const Proc *p, const Proc *q) {
    if (p == q) return AM(running);
    if (q->rest->suspended) return AM(suspended);
    uint32_t state = atomic_load(&q->rest->slot->state);
    return state == BRC_PROC_READY ? AM(runnable) : AM(waiting);
}

/* ---- relations ---- */
static Term keys_list(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;)
        list = cons(p, c->key, list);
    return list;
}

static Term watchers(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;)
        list = cons(p, c->value, list);
    return list;
}

static Term watched(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;) {
        Term what = monitor_target(c->value);
        if (!monitor_is_plain(c->value) && ((MonitorOut *)c->value)->name != BRC_NONE)
            what = pair(p, ((MonitorOut *)c->value)->name, AM(nonode_nohost));
        bool port = term_is_local_port(monitor_target(c->value));
        list = cons(p, pair(p, port ? AM(port) : AM(process), what), list);
    }
    return list;
}

static Term suspending(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;)
        list = cons(p, triple(p, c->key, BRC_SMALL(c->value), BRC_SMALL(0)), list);
    return list;
}

/* ---- memory ---- */
static Term messages(Proc *p, Proc *q) {
    size_t n = q->rest->message_count;
    if (n == 0) return BRC_NIL;
    Term *cell = brc_ctx_alloc(p, 2 * n), *start = cell;
    for (Frag *m = q->rest->messages; m; m = m->next, cell += 2) {
        bool own = p == q && sig_meta(m)->kind == BRC_SIG_ON_HEAP;
        Term t = own || !term_is_pointer(m->term) ? m->term : brc_heap_copy_to_proc(p, m->term);
        term_cons(cell, t, m->next ? term_make_list(cell + 2) : BRC_NIL);
    }
    return term_make_list(start);
}

static Term binaries_of(Proc *p, const Term *object, Term list) {
    for (; object; object = (const Term *)*brc_ctx_offheap_link((Term *)object)) {
        if (BRC_HEADER_KIND(object[0]) != BRC_REFBIN) continue;
        const SharedBin *b = (const SharedBin *)object[3];
        list = cons(p,
                    triple(p, brc_term_int_from_u64(p, (uint64_t)b), BRC_SMALL(b->size_bytes),
                           BRC_SMALL(atomic_load(&b->refs))),
                    list);
    }
    return list;
}

static Term binaries(Proc *p, const Proc *q) {
    return binaries_of(p, q->old_offheap, binaries_of(p, q->offheap, BRC_NIL));
}

static int64_t heap_words(const Proc *q) {
    return q->stack_end - q->heap;
}

static int64_t memory_bytes(const Proc *q) {
    const ProcRest *r = q->rest;
    int64_t bytes = (int64_t)r->block_room;
    if (!r->heap.block_borrowed) bytes += (int64_t)r->heap.block_bytes;
    if (q->old_heap) bytes += (int64_t)r->heap.old_block_bytes;
    bytes += (int64_t)(q->frag_words * sizeof(Term));
    for (const Frag *m = r->messages; m; m = m->next)
        bytes += (int64_t)(m->words * sizeof(Term));
    return bytes + 16 * (int64_t)r->dict.capacity;
}

static Term option(Proc *p, Term name, Term value, Term list) {
    return cons(p, pair(p, name, value), list);
}

static Term collection(Proc *p, Proc *q) {
    const ProcRest *r = q->rest;
    Term list = option(p, AM(minor_gcs), BRC_SMALL(r->heap.gen_gcs), BRC_NIL);
    list = option(p, AM(fullsweep_after), BRC_SMALL(r->heap.fullsweep_after), list);
    list = option(p, AM(min_heap_size), BRC_SMALL(r->heap.min_heap_words), list);
    list =
        option(p, AM(min_bin_vheap_size), BRC_SMALL(r->heap.min_vheap_bytes / sizeof(Term)), list);
    return option(p, AM(max_heap_size), brc_sig_max_heap_map(p, r), list);
}

static Term collection_info(Proc *p, Proc *q) {
    const ProcRest *r = q->rest;
    int64_t old_size = q->old_heap ? q->old_hp - q->old_heap : 0;
    Term list = option(p, AM(mbuf_size), BRC_SMALL(q->frag_words), BRC_NIL);
    list = option(p, AM(recent_size), BRC_SMALL(q->hp - q->high_water), list);
    list = option(p, AM(stack_size), BRC_SMALL(q->stack_end - q->sp), list);
    list = option(p, AM(old_heap_size), BRC_SMALL(old_size), list);
    list = option(p, AM(heap_size), BRC_SMALL(q->hp - q->heap), list);
    list = option(p, AM(old_heap_block_size), BRC_SMALL(q->old_end - q->old_heap), list);
    list = option(p, AM(heap_block_size), BRC_SMALL(heap_words(q)), list);
    list = option(p, AM(bin_vheap_size), BRC_SMALL(q->offheap_bytes / sizeof(Term)), list);
    list = option(p, AM(bin_vheap_block_size), BRC_SMALL(r->heap.vheap_limit_bytes / sizeof(Term)),
                  list);
    return list;
}

static Term dictionary(Proc *p, Proc *q) {
    Term list = BRC_NIL;
    const Dict *d = &q->rest->dict;
    if (p == q) return brc_proc_dict_list(p, d);
    for (size_t i = 0; i < 2 * (size_t)d->capacity; i += 2) {
        if (d->cells[i] == BRC_NONE) continue;
        Term key = borrowed(p, q, d->cells[i]), value = borrowed(p, q, d->cells[i + 1]);
        list = cons(p, pair(p, key, value), list);
    }
    return list;
}

/* ---- items ---- */
static int64_t reductions(const Proc *p, const Proc *q) {
    const ProcRest *r = q->rest;
    return (int64_t)r->reductions + (p == q ? r->turn_reds - q->reds : 0);
}

static Term memory_item(Proc *p, Proc *q, Term item) {
    const ProcRest *r = q->rest;
    if (item == AM(total_heap_size)) return BRC_SMALL(brc_heap_total_words(q));
    if (item == AM(heap_size)) return BRC_SMALL(heap_words(q));
    if (item == AM(stack_size)) return BRC_SMALL(q->stack_end - q->sp);
    if (item == AM(memory)) return BRC_SMALL(memory_bytes(q));
    if (item == AM(min_heap_size)) return BRC_SMALL(r->heap.min_heap_words);
    if (item == AM(min_bin_vheap_size)) return BRC_SMALL(r->heap.min_vheap_bytes / sizeof(Term));
    if (item == AM(fullsweep_after)) return BRC_SMALL(r->heap.fullsweep_after);
    if (item == AM(max_heap_size)) return brc_sig_max_heap_map(p, r);
    if (item == AM(garbage_collection)) return collection(p, q);
    if (item == AM(garbage_collection_info)) return collection_info(p, q);
    if (item == AM(binary)) return binaries(p, q);
    return BRC_NONE;
}

/* BRC_NONE: no such item. */
static Term value_of(Proc *p, Proc *q, Term item) {
    const ProcRest *r = q->rest;
    if (item == AM(registered_name)) return r->name == BRC_NONE ? BRC_NIL : r->name;
    if (item == AM(current_function)) return current_function(p, q);
    if (item == AM(current_location)) return current_location(p, q);
    if (item == AM(current_stacktrace))
        return hibernates(p, q) ? cons(p, current_location(p, q), BRC_NIL) : stacktrace(p, q);
    if (item == AM(initial_call))
        return triple(p, r->initial_module, r->initial_function, BRC_SMALL(r->initial_arity));
    if (item == AM(status)) return status(p, q);
    if (item == AM(message_queue_len)) return BRC_SMALL(r->message_count);
    if (item == AM(messages)) return messages(p, q);
    if (item == AM(links)) return keys_list(p, &r->links);
    if (item == AM(monitors)) return watched(p, &r->monitors);
    if (item == AM(monitored_by)) return watchers(p, &r->monitored_by);
    if (item == AM(dictionary)) return dictionary(p, q);
    if (item == AM(trap_exit)) return term_bool(r->trap_exit);
    if (item == AM(error_handler)) return r->error_handler;
    if (item == AM(priority)) return brc_sig_priority_atom(r);
    if (item == AM(group_leader)) return r->group_leader;
    if (item == AM(reductions)) return BRC_SMALL(reductions(p, q));
    if (item == AM(suspending)) return suspending(p, &r->suspending);
    if (item == AM(parent)) return r->parent == BRC_NONE ? AM(undefined) : r->parent;
    if (item == AM(message_queue_data)) return r->queue_off_heap ? AM(off_heap) : AM(on_heap);
    if (item == AM(last_calls)) return AM(false);
    if (item == AM(sequential_trace_token)) return BRC_NIL;
    if (item == AM(trace)) return BRC_SMALL(0);
    if (item == AM(catchlevel)) {
        int64_t n = 0;
        for (const Term *s = q->sp; s < q->stack_end; s++)
            n += (*s & BRC_NIBBLE_MASK) == BRC_TAG_CATCH;
        return BRC_SMALL(n);
    }
    return memory_item(p, q, item);
}

static Term item_list(Proc *p, Proc *q, Term items) {
    Term list = BRC_NIL, *last = NULL;
    for (; term_is_cons(items); items = term_tail(items)) {
        Term value = value_of(p, q, term_head(items));
        if (value == BRC_NONE) return BRC_NONE;
        Term cell = cons(p, pair(p, term_head(items), value), BRC_NIL);
        if (last)
            *last = cell;
        else
            list = cell;
        last = term_cell(cell) + 1;
    }
    return items == BRC_NIL ? list : BRC_NONE;
}

Term brc_bif_erlang_process_info_2(Proc *p, Term pid, Term item) {
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) brc_sig_fetch(p);
    Proc *q = brc_sig_claim(p, pid), *valid = q ? q : p;
    Term info;
    if (term_is_list(item)) {
        info = item_list(p, valid, item);
    } else {
        info = value_of(p, valid, item);
        bool nameless = item == AM(registered_name) && info == BRC_NIL;
        if (info != BRC_NONE && !nameless) info = pair(p, item, info);
    }
    if (q) brc_sig_release(p, q);
    if (info == BRC_NONE) return brc_ctx_badarg(p);
    return q ? info : AM(undefined);
}

Term brc_bif_erlang_process_info_1(Proc *p, Term pid) {
    static const Term items[] = {
        AM(suspending),        AM(garbage_collection),
        AM(reductions),        AM(stack_size),
        AM(heap_size),         AM(total_heap_size),
        AM(group_leader),      AM(priority),
        AM(error_handler),     AM(trap_exit),
        AM(dictionary),        AM(links),
        AM(message_queue_len), AM(status),
        AM(initial_call),      AM(current_function),
    };
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    Proc *q = brc_sig_claim(p, pid);
    if (!q) return AM(undefined);
    Term list = BRC_NIL;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        list = option(p, items[i], value_of(p, q, items[i]), list);
    if (q->rest->name != BRC_NONE) list = option(p, AM(registered_name), q->rest->name, list);
    brc_sig_release(p, q);
    return list;
}
