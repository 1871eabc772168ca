/* bif_info.c: process_info/1,2. What is found out about a process is built on its own heap, while
 * it rests or by itself (`self`), and copied to the one that asked (ask.c). */
#include "abi/bif.h"
#include "base/panic.h"
#include "code/raise.h"
#include "code/trace.h"
#include "ctx/fail.h"
#include "ctx/slice.h"
#include "sig/signal.h"
#include "sig/tracing.h"
#include "term/int.h"
#include <stdlib.h>

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
/* The place itself, where the stack does not have it: of a call of process_info by its code, of
 * another process by where it goes on. */
static const Loc *own_place(const Proc *p, bool self) {
    if (self) return brc_code_place(p->loc);
    const Loc *at = brc_code_own_place ? brc_code_own_place(p) : NULL;
    return at ? at : brc_code_resume_place(p);
}

static const Loc *innermost(const Proc *p, bool self) {
    const Loc *own = own_place(p, self);
    if (own) return own;
    for (const Term *s = p->sp; s < p->stack_end; s++) {
        const Loc *at = brc_code_frame_place(s);
        if (at) return at;
    }
    return NULL;
}

/* It has no stack then, and shows what it called last. */
static bool hibernates(const Proc *p, bool self) {
    return !self && p->resume == brc_sig_hibernated;
}

void brc_sig_where(const Proc *p, Term at[3]) {
    const ProcRest *r = p->rest;
    const Bif *bif = NULL;
    const Loc *loc = NULL;
    if (p->flags & BRC_PROC_IN_SLICE) brc_ctx_slice_noted((const Slice *)r->saved_x[0], &bif, &loc);
    if (!bif) loc = innermost(p, false);
    at[0] = bif ? bif->module : loc ? BRC_LOC_FN(loc)->module : r->initial_module;
    at[1] = bif ? bif->name : loc ? BRC_LOC_FN(loc)->name : r->initial_function;
    at[2] = BRC_SMALL(bif ? bif->arity : loc ? BRC_LOC_FN(loc)->arity : r->initial_arity);
}

static Term current_function(Proc *p, bool self) {
    if (hibernates(p, self)) return triple(p, AM(erlang), AM(hibernate), BRC_SMALL(3));
    const Loc *at = innermost(p, self);
    const ProcRest *r = p->rest;
    if (!self && r->dirty)
        return triple(p, p->fbif->module, p->fbif->name, BRC_SMALL(p->fbif->arity));
    if (at)
        return triple(p, BRC_LOC_FN(at)->module, BRC_LOC_FN(at)->name,
                      BRC_SMALL(BRC_LOC_FN(at)->arity));
    return triple(p, r->initial_module, r->initial_function, BRC_SMALL(r->initial_arity));
}

static Term stacktrace(Proc *p, bool self) {
    Term places[BRC_TRACE_DEPTH_MAX];
    size_t n = 0, most = brc_code_backtrace_depth;
    if (most > BRC_TRACE_DEPTH_MAX) most = BRC_TRACE_DEPTH_MAX;
    const Loc *first = own_place(p, self);
    for (const Term *s = p->sp; s < p->stack_end && n < most; s++) {
        const Loc *at = brc_code_frame_place(s);
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

static Term current_location(Proc *p, bool self) {
    if (hibernates(p, self)) return unplaced(p, AM(erlang), AM(hibernate), 3);
    Term list = stacktrace(p, self);
    if (term_is_cons(list)) return term_head(list);
    const ProcRest *r = p->rest;
    return unplaced(p, r->initial_module, r->initial_function, r->initial_arity);
}

/* Of a process that has a reason to run at this moment, `runnable`. */
static Term status(Proc *p, bool self) {
    enum ProcState rest;
    if (self) return AM(running);
    if (p->rest->dirty) return AM(running);
    if (p->rest->suspended) return AM(suspended);
    return sig_may_go_on(p, &rest) ? AM(runnable) : AM(waiting);
}

/* ---- relations ---- */
static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The oldest first. */
static Term linked(Proc *p, const IdMap *m) {
    uint32_t at = 0, n = 0;
    const IdCell *c;
    while ((c = brc_proc_idmap_next(m, &at)) != NULL)
        n += c->value == BRC_LINKED;
    if (n == 0) return BRC_NIL;
    Term *cells = brc_ctx_alloc(p, 2 * (size_t)n), *keys = cells + n, *key = keys;
    for (at = 0; (c = brc_proc_idmap_next(m, &at)) != NULL;)
        if (c->value == BRC_LINKED) *key++ = c->key;
    qsort(keys, n, sizeof *keys, by_number);
    for (uint32_t i = 0; i < n; i++) /* keys[i] is read before its place is written */
        term_cons(cells + 2 * i, keys[i], i + 1 < n ? term_make_list(cells + 2 * i + 2) : BRC_NIL);
    return term_make_list(cells);
}

static Term watchers(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;) {
        Term by = monitor_target(c->value);
        list = cons(p, by == BRC_SIG_WATCHER ? brc_sig_watcher(p, c->key) : by, list);
    }
    return list;
}

static Term watched(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;) {
        Term what = monitor_target(c->value);
        if (!monitor_is_plain(c->value) && ((MonitorOut *)c->value)->name != BRC_NONE)
            what = pair(p, ((MonitorOut *)c->value)->name, AM(nonode_nohost));
        Term target = monitor_target(c->value);
        Term type = term_is_local_port(target) ? AM(port)
                    : term_is_atom(target)     ? AM(time_offset)
                                               : AM(process);
        list = cons(p, pair(p, type, what), list);
    }
    return list;
}

static Term suspending(Proc *p, const IdMap *m) {
    uint32_t at = 0;
    Term list = BRC_NIL;
    for (const IdCell *c; (c = brc_proc_idmap_next(m, &at)) != NULL;)
        if (brc_proc_is_alive(c->key))
            list = cons(p, triple(p, c->key, BRC_SMALL(c->value), BRC_SMALL(0)), list);
    return list;
}

/* ---- memory ---- */
static Term messages(Proc *p) {
    size_t n = p->rest->message_count;
    if (n == 0) return BRC_NIL;
    Term *cell = brc_ctx_alloc(p, 2 * n), *start = cell;
    for (Frag *m = p->rest->messages; m; m = m->next, cell += 2) {
        bool own = sig_meta(m)->kind == BRC_SIG_ON_HEAP;
        Term t = own || !term_is_pointer(m->term) ? m->term : brc_heap_copy_to_proc(p, m->term);
        term_cons(cell, t, m->next ? term_make_list(cell + 2) : BRC_NIL);
    }
    return term_make_list(start);
}

/* How many binaries it refers to from there on, and which, where there is room for them. */
static size_t binaries_of(const Term *object, const SharedBin **into) {
    size_t n = 0;
    for (; object; object = (const Term *)*brc_ctx_offheap_link((Term *)object)) {
        if (BRC_HEADER_KIND(object[0]) != BRC_REFBIN) continue;
        if (into) into[n] = (const SharedBin *)object[3];
        n++;
    }
    return n;
}

/* In an order that collections leave as it is. */
static Term binaries(Proc *p, const Proc *of) {
    size_t n = binaries_of(of->old_offheap, NULL) + binaries_of(of->offheap, NULL);
    const SharedBin **all = malloc((n + 1) * sizeof(const SharedBin *));
    if (!all) brc_base_panic("out of memory (the binaries of a process)");
    binaries_of(of->offheap, all + binaries_of(of->old_offheap, all));
    qsort(all, n, sizeof all[0], by_number);
    Term list = BRC_NIL;
    while (n-- > 0) {
        Term address = brc_term_int_from_u64(p, (uint64_t)all[n]);
        Term size = BRC_SMALL(all[n]->size_bytes), refs = BRC_SMALL(atomic_load(&all[n]->refs));
        list = cons(p, triple(p, address, size, refs), list);
    }
    free(all);
    return list;
}

static int64_t heap_words(const Proc *p) {
    return p->stack_end - p->heap;
}

static int64_t memory_bytes(const Proc *p) {
    const ProcRest *r = p->rest;
    int64_t bytes = (int64_t)r->block_room;
    if (!r->heap.block_borrowed) bytes += (int64_t)r->heap.block_bytes;
    if (p->old_heap) bytes += (int64_t)r->heap.old_block_bytes;
    bytes += (int64_t)(p->frag_words * sizeof(Term));
    for (const Frag *m = r->messages; m; m = m->next)
        bytes += (int64_t)(m->words * sizeof(Term));
    return bytes + (r->dict ? 16 * (int64_t)r->dict->capacity : 0);
}

static Term option(Proc *p, Term name, Term value, Term list) {
    return cons(p, pair(p, name, value), list);
}

static Term collection(Proc *p, const Proc *of) {
    const ProcRest *r = of->rest;
    Term list = option(p, AM(minor_gcs), BRC_SMALL(r->heap.gen_gcs), BRC_NIL);
    list = option(p, AM(fullsweep_after), BRC_SMALL(r->heap.fullsweep_after), list);
    list = option(p, AM(min_heap_size), BRC_SMALL(r->heap.min_heap_words), list);
    list =
        option(p, AM(min_bin_vheap_size), BRC_SMALL(r->heap.min_vheap_bytes / sizeof(Term)), list);
    return option(p, AM(max_heap_size), brc_sig_max_heap_map(p, r), list);
}

/* Words that programs see for a number of shared bytes, or for a limit of them. */
static Term vheap(uint64_t bytes) {
    return BRC_SMALL(bytes / sizeof(Term));
}
static Term vheap_limit(const HeapOpts *o, uint64_t bytes) {
    return vheap(bytes ? bytes : o->min_vheap_bytes);
}

Term brc_sig_collection_info(Proc *q, const Proc *p, uint64_t mbuf_words) {
    const HeapOpts *o = brc_heap_opts(p);
    int64_t old_size = p->old_heap ? p->old_hp - p->old_heap : 0;
    size_t block = brc_heap_total_words(p) - p->frag_words - (size_t)heap_words(p);
    const struct {
        Term name, value;
    } items[] = {
        {AM(old_heap_block_size), BRC_SMALL(block)},
        {AM(heap_block_size), BRC_SMALL(heap_words(p))},
        {AM(mbuf_size), BRC_SMALL(mbuf_words)},
        {AM(recent_size), BRC_SMALL(p->hp - p->high_water)},
        {AM(stack_size), BRC_SMALL(p->stack_end - p->sp)},
        {AM(old_heap_size), BRC_SMALL(old_size)},
        {AM(heap_size), BRC_SMALL(p->hp - p->heap)},
        {AM(bin_vheap_size), vheap(p->offheap_bytes)},
        {AM(bin_vheap_block_size), vheap_limit(o, o->vheap_limit_bytes)},
        {AM(bin_old_vheap_size), vheap(o->old_offheap_bytes)},
        {AM(bin_old_vheap_block_size), vheap_limit(o, o->old_vheap_limit_bytes)},
    };
    Term list = BRC_NIL;
    for (size_t i = sizeof items / sizeof *items; i-- > 0;)
        list = option(q, items[i].name, items[i].value, list);
    return list;
}

/* ---- items ---- */
static int64_t reductions(const Proc *p, bool self) {
    const ProcRest *r = p->rest;
    return (int64_t)r->reductions + (self ? r->turn_reds - proc_reds(p) : 0);
}

static int64_t catch_level(const Proc *p) {
    int64_t n = 0;
    for (const Term *s = p->sp; s < p->stack_end; s++)
        n += (*s & BRC_NIBBLE_MASK) == BRC_TAG_CATCH;
    return n;
}

static Term registered_name(const Proc *p) {
    Term name = atomic_load(&p->rest->slot->name);
    return name == BRC_NONE ? BRC_NIL : name;
}

#define LOOK_COST 20 /* reductions, where it is another process */

/* Who looks, at whose memory, and what fragments there were before the answer was built. */
typedef struct Look {
    bool self;
    const Proc *of;
    uint64_t frag_words;
} Look;

/* p may be a double (double.c). A dirty call may be at work on the heap behind it. */
static Look look(const Proc *p, bool self) {
    const Proc *of = p->rest->dirty ? p : p->rest->slot->p;
    return (Look){self, of, of->frag_words};
}

static Term memory_item(Proc *p, const Look *l, Term item) {
    const Proc *of = l->of;
    const ProcRest *r = of->rest;
    if (item == AM(total_heap_size))
        return BRC_SMALL(brc_heap_total_words(of) - of->frag_words + l->frag_words +
                         brc_sig_queue_words(r));
    if (item == AM(heap_size)) return BRC_SMALL(heap_words(of));
    if (item == AM(stack_size)) return BRC_SMALL(of->stack_end - of->sp);
    if (item == AM(memory)) return BRC_SMALL(memory_bytes(of));
    if (item == AM(min_heap_size)) return BRC_SMALL(r->heap.min_heap_words);
    if (item == AM(min_bin_vheap_size)) return BRC_SMALL(r->heap.min_vheap_bytes / sizeof(Term));
    if (item == AM(fullsweep_after)) return BRC_SMALL(r->heap.fullsweep_after);
    if (item == AM(max_heap_size)) return brc_sig_max_heap_map(p, r);
    if (item == AM(garbage_collection)) return collection(p, of);
    if (item == AM(garbage_collection_info))
        return brc_sig_collection_info(p, of, l->frag_words + brc_sig_queue_words(r));
    if (item == AM(binary)) return binaries(p, of);
    return BRC_NONE;
}

/* BRC_NONE: no such item. */
static Term value_of(Proc *p, const Look *l, Term item) {
    const ProcRest *r = p->rest;
    bool self = l->self;
    if (item == AM(registered_name)) return registered_name(p);
    if (item == AM(current_function)) return current_function(p, self);
    if (item == AM(current_location)) return current_location(p, self);
    if (item == AM(current_stacktrace))
        return hibernates(p, self) ? cons(p, current_location(p, self), BRC_NIL)
                                   : stacktrace(p, self);
    if (item == AM(backtrace)) return brc_sig_backtrace(p, self);
    if (item == AM(initial_call))
        return triple(p, r->initial_module, r->initial_function, BRC_SMALL(r->initial_arity));
    if (item == AM(status)) return status(p, self);
    if (item == AM(message_queue_len)) return BRC_SMALL(r->message_count);
    if (item == AM(messages)) return messages(p);
    if (item == AM(links)) return linked(p, &r->links);
    if (item == AM(monitors)) return watched(p, &r->monitors);
    if (item == AM(monitored_by)) return watchers(p, &r->monitored_by);
    if (item == AM(dictionary)) return brc_proc_dict_list(p, r->dict);
    if (item == AM(trap_exit)) return term_bool(r->trap_exit);
    if (item == AM(error_handler)) return r->error_handler;
    if (item == AM(priority)) return brc_sig_priority_atom(r);
    if (item == AM(group_leader)) return r->group_leader;
    if (item == AM(reductions)) return BRC_SMALL(reductions(p, self));
    if (item == AM(suspending)) return suspending(p, &r->suspending);
    if (item == AM(parent)) return r->parent == BRC_NONE ? AM(undefined) : r->parent;
    if (item == AM(message_queue_data)) return r->queue_off_heap ? AM(off_heap) : AM(on_heap);
    if (item == AM(last_calls))
        return r->steps && r->steps->calls ? brc_sig_saved_calls(p, r) : AM(false);
    if (item == AM(sequential_trace_token))
        return trace_is_on(r, BRC_TRACE_SEQ) ? brc_sig_seq->term(p, r) : BRC_NIL;
    if (item == AM(trace)) return BRC_SMALL(0);
    if (item == AM(catchlevel)) return BRC_SMALL(catch_level(p));
    return memory_item(p, l, item);
}

Term brc_sig_info_items(Proc *p) {
    static const Term items[] = {
        AM(registered_name),
        AM(current_function),
        AM(current_location),
        AM(backtrace),
        AM(current_stacktrace),
        AM(initial_call),
        AM(status),
        AM(message_queue_len),
        AM(messages),
        AM(links),
        AM(monitors),
        AM(monitored_by),
        AM(dictionary),
        AM(trap_exit),
        AM(error_handler),
        AM(priority),
        AM(group_leader),
        AM(reductions),
        AM(suspending),
        AM(parent),
        AM(message_queue_data),
        AM(last_calls),
        AM(trace),
        AM(sequential_trace_token),
        AM(catchlevel),
        AM(total_heap_size),
        AM(heap_size),
        AM(stack_size),
        AM(memory),
        AM(min_heap_size),
        AM(min_bin_vheap_size),
        AM(fullsweep_after),
        AM(max_heap_size),
        AM(garbage_collection),
        AM(garbage_collection_info),
        AM(binary),
    };
    Term list = BRC_NIL;
    for (size_t i = sizeof items / sizeof *items; i-- > 0;)
        list = cons(p, items[i], list);
    return list;
}

/* [{Item, Value}] in the order asked for; BRC_NONE: one is none. */
static Term item_list(Proc *p, const Look *l, Term items) {
    Term list = BRC_NIL, *last = &list;
    for (; term_is_cons(items); items = term_tail(items)) {
        Term value = value_of(p, l, term_head(items));
        if (value == BRC_NONE) return BRC_NONE;
        *last = cons(p, pair(p, term_head(items), value), BRC_NIL);
        last = term_cell(*last) + 1;
    }
    return items == BRC_NIL ? list : BRC_NONE;
}

static Term info(Proc *p, bool self, Term items) {
    Look l = look(p, self);
    if (term_is_list(items)) return item_list(p, &l, items);
    Term value = value_of(p, &l, items);
    bool nameless = items == AM(registered_name) && value == BRC_NIL;
    return value == BRC_NONE || nameless ? value : pair(p, items, value);
}

static Term info_answer(Proc *p, Term from, Term items) {
    (void)from;
    if (!p) return BRC_NONE;
    Term t = info(p, false, items);
    return t == BRC_NONE ? AM(badarg) : t;
}

static Term info_answered(Proc *p, Term answer) {
    if (answer == BRC_NONE) return AM(undefined);
    return answer == AM(badarg) ? brc_ctx_badarg(p) : answer;
}

/* Whether the items are such that somebody may be asked for them: else the error is now. */
static bool valid_items(Proc *p, Term items) {
    Look l = look(p, true);
    if (!term_is_list(items)) return value_of(p, &l, items) != BRC_NONE;
    for (; term_is_cons(items); items = term_tail(items))
        if (value_of(p, &l, term_head(items)) == BRC_NONE) return false;
    return items == BRC_NIL;
}

Term brc_bif_erlang_process_info_2(Proc *p, Term pid, Term items) {
    if (pid != proc_pid(p)) brc_ctx_charge(p, LOOK_COST);
    if (brc_sig_was_here(pid)) return valid_items(p, items) ? AM(undefined) : brc_ctx_badarg(p);
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) {
        brc_sig_fetch(p);
        Term t = info(p, true, items);
        return t == BRC_NONE ? brc_ctx_badarg(p) : t;
    }
    if (!brc_proc_is_alive(pid)) return valid_items(p, items) ? AM(undefined) : brc_ctx_badarg(p);
    p->x[0] = pid, p->x[1] = items;
    return brc_sig_ask(p, pid, info_answer, items, info_answered, 2);
}

static Term all_info(Proc *p, bool self) {
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
    Term list = BRC_NIL;
    Look l = look(p, self);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        list = option(p, items[i], value_of(p, &l, items[i]), list);
    Term name = registered_name(p);
    return name == BRC_NIL ? list : option(p, AM(registered_name), name, list);
}

static Term all_answer(Proc *p, Term from, Term what) {
    (void)from, (void)what;
    return p ? all_info(p, false) : BRC_NONE;
}

Term brc_bif_erlang_process_info_1(Proc *p, Term pid) {
    if (pid != proc_pid(p)) brc_ctx_charge(p, LOOK_COST);
    if (brc_sig_was_here(pid)) return AM(undefined);
    if (!term_is_local_pid(pid)) return brc_ctx_badarg(p);
    if (pid == proc_pid(p)) {
        brc_sig_fetch(p);
        return all_info(p, true);
    }
    p->x[0] = pid;
    return brc_sig_ask(p, pid, all_answer, BRC_NIL, info_answered, 1);
}

bool brc_sig_is_aside(SigAnswer *answer, Term what, bool *looks) {
    *looks = answer == all_answer || answer == info_answer;
    if (!*looks || !term_is_list(what))
        return *looks ? what != AM(binary) : brc_sig_is_light(answer);
    for (; term_is_cons(what); what = term_tail(what))
        if (term_head(what) == AM(binary)) return false;
    return true;
}
