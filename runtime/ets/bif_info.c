/* bif_info.c: what there is to know of a table. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "ets/table.h"
#include "proc/clock.h"
#include "term/int.h"
#include <math.h>

static Term kind_atom(const Ets *t) {
    static const Term kinds[] = {AM(set), AM(bag), AM(duplicate_bag), AM(ordered_set)};
    return kinds[t->kind];
}
static Term access_atom(const Ets *t) {
    static const Term kinds[] = {AM(public), AM(protected), AM(private)};
    return kinds[t->access];
}

static Term pair(Proc *p, Term a, Term b) {
    return term_tuple2(brc_ctx_alloc(p, 3), a, b);
}

/* ---- safe_fixed ---- */
static Term timestamp(Proc *p, uint64_t ns) {
    uint64_t us = ns / 1000;
    return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(us / 1000000 / 1000000),
                       BRC_SMALL(us / 1000000 % 1000000), BRC_SMALL(us % 1000000));
}

static Term safe_fixed(Proc *p, Ets *t, bool monotonic) {
    Term list = BRC_NIL;
    brc_base_lock(&t->fix_lock);
    uint64_t ns = t->fix_time;
    for (const EtsFix *f = t->fixes; f; f = f->next_of_table) {
        Term one = pair(p, f->pid, BRC_SMALL(f->count));
        list = term_cons(brc_ctx_alloc(p, 2), one, list);
    }
    brc_base_unlock(&t->fix_lock);
    if (list == BRC_NIL) return AM(false);
    Term when = monotonic ? brc_term_int_from_i64(p, (int64_t)ns)
                          : timestamp(p, ns + (uint64_t)brc_proc_time_offset_ns());
    return pair(p, when, list);
}

/* ---- stats ---- */
static Term new_float(Proc *p, double d) {
    return term_make_float(brc_ctx_alloc(p, 2), d);
}

typedef struct Lengths {
    uint64_t buckets, sum, squares, least, most, dead;
} Lengths;

static void add_lengths(Lengths *l, const EtsHash *h) {
    for (size_t i = 0; i < h->active; i++) {
        uint64_t n = 0;
        for (const EtsObj *o = *hash_bucket(h, i); o; o = o->next)
            n++;
        l->sum += n;
        l->squares += n * n;
        l->least = n < l->least ? n : l->least;
        l->most = n > l->most ? n : l->most;
    }
    l->buckets += h->active;
    l->dead += h->dead;
}

/* {Buckets, AvgLength, StdDev, ExpectedStdDev, MinLength, MaxLength, ShrunkDeleted, Fixes} */
static Term hash_stats(Proc *p, const Ets *t) {
    Lengths l = {.least = UINT64_MAX};
    for (uint32_t i = 0; i < t->part_count; i++)
        add_lengths(&l, &t->parts[i].store.hash);
    brc_ctx_charge(p, l.buckets / 16);
    double buckets = (double)l.buckets, average = (double)l.sum / buckets;
    double variance = ((double)l.squares - average * (double)l.sum) / buckets;
    double deviation = variance > 0 ? sqrt(variance) : 0;
    double expected = sqrt(average * (1 - 1.0 / buckets));
    Term f[] = {new_float(p, average), new_float(p, deviation), new_float(p, expected)};
    Term *at = brc_ctx_alloc(p, 9);
    at[1] = BRC_SMALL(l.buckets);
    at[2] = f[0], at[3] = f[1], at[4] = f[2];
    at[5] = BRC_SMALL(l.least), at[6] = BRC_SMALL(l.most);
    at[7] = BRC_SMALL(ets_is_fixed(t) ? l.dead : 0), at[8] = BRC_SMALL(1);
    return term_tuple_begin(at, 8);
}

static Term stats(Proc *p, Ets *t) {
    /* Ordered tables are one tree each, with write_concurrency too, and have none as in stock. */
    return ets_is_hash(t) ? hash_stats(p, t) : AM(false);
}

/* ---- binary: [{Address, Size, References}] ---- */
static Term binaries(Proc *p, const EtsObj *o, Term list) {
    for (const Term *b = o->offheap; b; b = (const Term *)*brc_ctx_offheap_link((Term *)b)) {
        if (BRC_HEADER_KIND(b[0]) != BRC_REFBIN) continue;
        SharedBin *bin = (SharedBin *)b[3];
        uint64_t refs = atomic_load_explicit(&bin->refs, memory_order_relaxed);
        Term address = brc_term_int_from_u64(p, (uint64_t)bin), *at = brc_ctx_alloc(p, 6);
        Term one = term_tuple3(at, address, BRC_SMALL(bin->size_bytes), BRC_SMALL(refs));
        list = term_cons(at + 4, one, list);
    }
    return list;
}

static Term binaries_of_tree(Proc *p, const EtsTree *tree, Term list) {
    TreeAt at;
    const EtsObj *o;
    for (brc_ets_tree_first(tree, &at); (o = brc_ets_tree_at(&at)) != NULL; brc_ets_tree_next(&at))
        list = binaries(p, o, list);
    return list;
}

static Term binaries_of_hash(Proc *p, const EtsHash *h, Term list) {
    for (size_t i = 0; i < h->active; i++)
        for (const EtsObj *o = *hash_bucket(h, i); o; o = o->next)
            list = binaries(p, o, list);
    return list;
}

static Term all_binaries(Proc *p, const Ets *t) {
    Term list = BRC_NIL;
    for (uint32_t i = 0; i < t->part_count; i++) {
        const EtsStore *s = &t->parts[i].store;
        if (s->offheap == 0) continue;
        list = ets_is_hash(t) ? binaries_of_hash(p, &s->hash, list)
                              : binaries_of_tree(p, &s->tree, list);
    }
    return list;
}

/* ---- info/1,2 ---- */
/* BRC_NONE: no such item; no error is set. */
static Term item_of(Proc *p, Ets *t, Term item) {
    if (item == AM(size)) return BRC_SMALL(brc_ets_count(t));
    if (item == AM(type)) return kind_atom(t);
    if (item == AM(memory)) return BRC_SMALL(brc_ets_table_bytes(t) / sizeof(Term));
    if (item == AM(owner)) return atomic_load_explicit(&t->owner, memory_order_relaxed);
    if (item == AM(heir)) return t->heir == BRC_NONE ? AM(none) : t->heir;
    if (item == AM(name)) return atomic_load_explicit(&t->name, memory_order_relaxed);
    if (item == AM(id)) return brc_ets_tid(p, t);
    if (item == AM(keypos)) return BRC_SMALL(t->keypos + 1);
    if (item == AM(protection)) return access_atom(t);
    if (item == AM(named_table)) return term_bool(t->named);
    if (item == AM(node)) return brc_term_this_node;
    if (item == AM(compressed)) return term_bool(t->compressed);
    if (item == AM(read_concurrency)) return term_bool(t->read_concurrency);
    if (item == AM(write_concurrency) && t->debug_locks)
        return pair(p, AM(debug_hash_fixed_number_of_locks), BRC_SMALL(t->debug_locks));
    if (item == AM(write_concurrency))
        return t->write_concurrency == 2 ? AM(auto) : term_bool(t->write_concurrency);
    if (item == AM(decentralized_counters)) return term_bool(t->decentralized);
    if (item == AM(fixed)) return term_bool(ets_is_fixed(t));
    if (item == AM(safe_fixed)) return safe_fixed(p, t, false);
    if (item == AM(safe_fixed_monotonic_time)) return safe_fixed(p, t, true);
    if (item == AM(stats)) return stats(p, t);
    if (item == AM(data)) return AM(true);
    if (item == AM(binary)) return all_binaries(p, t);
    return BRC_NONE;
}

/* False: there is none; *answer is undefined then, or BRC_NONE with the error set. */
static bool enter(Proc *p, Term tab, EtsAt *at, Term *answer) {
    if (brc_ets_enter(p, tab, BRC_ETS_INFO, at)) return true;
    *answer = AM(undefined);
    if (!term_is_atom(tab) && !brc_ctx_magic_of(tab)) *answer = BRC_NONE;
    if (*answer != BRC_NONE) p->fail = BRC_FAIL_NO;
    return false;
}

Term brc_bif_ets_info_2(Proc *p, Term tab, Term item) {
    Term answer;
    EtsAt at;
    if (!enter(p, tab, &at, &answer)) return answer;
    answer = item_of(p, at.t, item);
    brc_ets_leave(&at);
    return answer != BRC_NONE ? answer : brc_ctx_badarg(p);
}

Term brc_bif_ets_info_1(Proc *p, Term tab) {
    static const Term items[] = {AM(protection),
                                 AM(keypos),
                                 AM(type),
                                 AM(named_table),
                                 AM(node),
                                 AM(size),
                                 AM(name),
                                 AM(heir),
                                 AM(owner),
                                 AM(memory),
                                 AM(compressed),
                                 AM(write_concurrency),
                                 AM(read_concurrency),
                                 AM(decentralized_counters),
                                 AM(id)};
    Term answer, list = BRC_NIL;
    EtsAt at;
    if (!enter(p, tab, &at, &answer)) return answer;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        Term one = pair(p, items[i], item_of(p, at.t, items[i]));
        list = term_cons(brc_ctx_alloc(p, 2), one, list);
    }
    brc_ets_leave(&at);
    return list;
}
