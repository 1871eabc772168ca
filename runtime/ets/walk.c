/* walk.c: going through tables with a match specification.
 *
 * A walk does as much as the process's turn allows, then traps with what it has and where it
 * stands: a Walk (a magic reference), the list so far and, in an ordered table, the last key. A
 * hash table is fixed meanwhile; an ordered one needs that not, for every key tells the way on.
 * The parts of a table are gone through one after the other, each locked for that long.
 *
 * Lists are made by putting answers in front. So an ordered table is gone through from its end,
 * where the answer is to begin with the first key, unless answers come in parts of a limited size,
 * which are turned around. */
#include "ets/walk.h"
#include "bif/sliced.h"
#include "code/enter.h"
#include "code/fail.h"
#include "ctx/fail.h"
#include "heap/heap.h"
#include "term/int.h"

enum { OBJECTS_PER_RED = 6, LEAST_PER_SLICE = 32, AHEAD = 6 };

/* One slice of a walk. */
typedef struct Slice {
    Proc *p;
    Walk *w;
    Ets *t;
    EtsAt at;
    MsRun run;
    Term list;
    int64_t left; /* objects that may still be looked at */
} Slice;

static void unhold(Walk *w) {
    if (w->held) brc_ets_unhold(w->table);
    w->held = false;
}

static void end(Walk *w) {
    unhold(w);
    if (w->has_table) brc_ctx_magic_unref(&w->table->magic);
    brc_ctx_magic_unref(&w->ms->magic);
}

static void destroy(Magic *m) {
    end((Walk *)m);
    brc_ctx_magic_free(m);
}

static enum EtsUse use_of(const Walk *w) {
    return w->mode == WALK_DELETE || w->mode == WALK_REPLACE ? BRC_ETS_WRITE : BRC_ETS_READ;
}

/* ---- one object ---- */
typedef enum Fate { STAYS, GOES } Fate;

static void replace(Slice *s, EtsObj *o, Term by) {
    if (!term_is_tuple(by) || term_tuple_arity(by) <= s->t->keypos) return;
    if (!ets_same(term_tuple_elements(by)[s->t->keypos], ets_key(s->t, o))) return;
    s->w->count++;
    brc_ets_replace(&s->at, o, by);
}

static Fate visit(Slice *s, EtsObj *o) {
    Walk *w = s->w;
    s->left--;
    if (w->mode == WALK_SELECT || w->mode == WALK_REPLACE) {
        Term t = brc_ets_ms_object(&s->run, o);
        if (t == BRC_NONE) return STAYS;
        if (w->mode == WALK_REPLACE) {
            replace(s, o, t);
            return STAYS;
        }
        s->list = term_cons(brc_ctx_alloc(s->p, 2), t, s->list);
        w->got++;
        return STAYS;
    }
    if (brc_ets_ms_test(&s->run, o) != AM(true)) return STAYS;
    w->count++;
    return w->mode == WALK_DELETE ? GOES : STAYS;
}

/* ---- keys that are given ---- */
static Term key_pattern(const Ets *t, const MsClause *c) {
    if (!term_is_tuple(c->pattern)) return BRC_NONE;
    return t->keypos < term_tuple_arity(c->pattern) ? term_tuple_elements(c->pattern)[t->keypos]
                                                    : BRC_NONE;
}

static bool same_key(const Ets *t, Term a, Term b) {
    return ets_is_hash(t) ? ets_same(a, b) : ets_order(a, b) == 0;
}

/* A clause whose pattern no object of the table can match. */
static bool is_hopeless(const Ets *t, const MsClause *c) {
    uint32_t n;
    if (c->pattern == AM(underscore) || brc_ets_ms_variable(c->pattern, &n)) return false;
    return !term_is_tuple(c->pattern) || term_tuple_arity(c->pattern) <= t->keypos;
}

/* Finds out whether all clauses name their key, or (of an ordered table) share its beginning. */
static void plan(Walk *w, const Ets *t) {
    w->keyed = ets_is_hash(t) || w->ms->clause_count == 1; /* else in the order of keys */
    w->range = BRC_NONE;
    for (uint32_t i = 0; i < w->ms->clause_count && w->keyed; i++) {
        const MsClause *c = &w->ms->clauses[i];
        if (is_hopeless(t, c)) continue;
        Term key = key_pattern(t, c);
        w->keyed = key != BRC_NONE && brc_ets_ms_is_bound(key);
    }
    if (w->keyed || ets_is_hash(t) || w->ms->clause_count != 1) return;
    Term key = key_pattern(t, &w->ms->clauses[0]);
    if (term_is_tuple(key) || term_is_cons(key)) w->range = key;
}

/* Was the key of this clause looked up for one before it? */
static bool is_known(const Walk *w, const Ets *t, uint32_t clause, Term key) {
    for (uint32_t i = 0; i < clause; i++) {
        Term k = key_pattern(t, &w->ms->clauses[i]);
        if (k != BRC_NONE && same_key(t, k, key)) return true;
    }
    return false;
}

static void visit_hash_key(Slice *s, Term key) {
    Ets *t = s->t;
    EtsPart *part = s->at.part;
    EtsHash *h = &part->store.hash;
    uint32_t hash = s->at.hash;
    size_t bucket = hash_index(h, hash);
    EtsObj **link = hash_find(h, key, hash, t->keypos);
    for (EtsObj *o; (o = *link) != NULL && o->hash == hash && ets_same(ets_key(t, o), key);) {
        if (obj_live(o) && visit(s, o) == GOES) brc_ets_kill(t, part, link, bucket);
        if (*link == o || s->w->mode == WALK_REPLACE) link = &(*link)->next;
    }
}

static void visit_tree_key(Slice *s, Term key) {
    EtsObj *o = brc_ets_tree_find(&s->at.part->store.tree, key);
    if (o && visit(s, o) == GOES) brc_ets_delete_key(&s->at, key);
}

typedef enum Progress { DONE, MORE, GONE } Progress; /* GONE: the table, with the failure set */

/* To be called with a part locked: the walk will go on, or what it answers names the table. */
static void refer(Walk *w) {
    if (!w->has_table) brc_ctx_magic_ref(&w->table->magic);
    w->has_table = true;
}

/* MORE, the table referred to. */
static Progress pause(Slice *s) {
    if (s->w->has_table) return MORE;
    if (!brc_ets_lock_part(s->p, &s->at, 0)) return GONE;
    refer(s->w);
    brc_ets_leave(&s->at);
    return MORE;
}

static Progress by_keys(Slice *s) {
    Walk *w = s->w;
    for (; w->clause < w->ms->clause_count; w->clause++) {
        if (s->left <= 0) return pause(s);
        Term key = key_pattern(s->t, &w->ms->clauses[w->clause]);
        s->left--;
        if (key == BRC_NONE || is_known(w, s->t, w->clause, key)) continue;
        ets_turn_to(&s->at, key);
        if (!brc_ets_lock_part(s->p, &s->at, ets_part_index(s->t, s->at.hash))) return GONE;
        if (ets_is_hash(s->t))
            visit_hash_key(s, key);
        else
            visit_tree_key(s, key);
        brc_ets_leave(&s->at);
    }
    return DONE;
}

/* ---- hash tables ---- */
static void visit_bucket(Slice *s, size_t bucket) {
    EtsPart *part = s->at.part;
    EtsObj **link = hash_bucket(&part->store.hash, bucket);
    for (EtsObj *o; (o = *link) != NULL;) {
        if (obj_live(o) && visit(s, o) == GOES) brc_ets_kill(s->t, part, link, bucket);
        if (*link == o || s->w->mode == WALK_REPLACE) link = &(*link)->next;
    }
}

static bool is_full(const Walk *w) {
    return w->limited && w->got >= w->limit;
}

/* False: there is more in the part. */
static bool through_part(Slice *s) {
    Walk *w = s->w;
    const EtsHash *h = &s->at.part->store.hash;
    for (; w->bucket < h->active; w->bucket++) {
        if (s->left <= 0 || is_full(w)) return false;
        if (h->count == 0 && h->dead == 0) break;
        if (w->bucket + AHEAD < h->active) __builtin_prefetch(*hash_bucket(h, w->bucket + AHEAD));
        visit_bucket(s, w->bucket);
        s->left -= w->bucket % 4 == 0;
    }
    return true;
}

/* When much has gone from a part. */
static void tidy(Slice *s, size_t before) {
    EtsPart *part = s->at.part;
    size_t gone = before - part->store.hash.count;
    if (ets_is_fixed(s->t)) return;
    if (gone > 0 && part->store.hash.count == 0) {
        brc_ets_store_free(&part->store, true);
        brc_ets_store_init(&part->store, true);
    }
    for (size_t n = gone < 4000 ? gone : 4000; n > 0; n--)
        brc_ets_settle(s->t, part);
}

static Progress through_hash(Slice *s) {
    Walk *w = s->w;
    for (; w->part < s->t->part_count; w->part++, w->bucket = 0) {
        if (!brc_ets_lock_part(s->p, &s->at, w->part)) return GONE;
        size_t before = s->at.part->store.hash.count;
        bool last = w->part + 1 == s->t->part_count,
             over = through_part(s) && !(last && is_full(w));
        if (!over) refer(w); /* a full one goes on in the next call, at the end too, as in stock */
        if (!over && !w->held && !is_full(w)) w->held = true, brc_ets_hold(s->t);
        if (over && w->mode == WALK_DELETE && !w->held) tidy(s, before);
        brc_ets_leave(&s->at);
        if (!over) return MORE;
        s->left--;
    }
    return DONE;
}

/* ---- ordered tables ---- */
static void start_tree(const Walk *w, const EtsTree *t, TreeAt *at, Term last_key) {
    if (last_key != BRC_NONE && w->reverse)
        brc_ets_tree_after(t, at, last_key, false);
    else if (last_key != BRC_NONE)
        brc_ets_tree_before(t, at, last_key, false);
    else if (w->range != BRC_NONE)
        brc_ets_tree_seek(t, at, brc_ets_ms_compare_prefix, w->range, !w->reverse);
    else if (w->reverse)
        brc_ets_tree_first(t, at);
    else
        brc_ets_tree_last(t, at);
}

/* The object at which the walk has left its range; NULL: the range reaches to the end. It is not
 * the walk's to change. */
static const EtsObj *behind_range(const Walk *w, const EtsTree *t, bool *empty) {
    TreeAt at;
    if (w->range == BRC_NONE) return NULL;
    brc_ets_tree_seek(t, &at, brc_ets_ms_compare_prefix, w->range, w->reverse);
    *empty = brc_ets_tree_at(&at) == NULL;
    if (*empty) return NULL;
    if (w->reverse)
        brc_ets_tree_next(&at);
    else
        brc_ets_tree_prev(&at);
    return brc_ets_tree_at(&at);
}

/* Takes the object out and stands at the one that follows it. */
static void remove_at(Slice *s, TreeAt *at, EtsObj *o) {
    EtsTree *tree = &s->at.part->store.tree;
    Term key = ets_key(s->t, o);
    brc_ets_tree_remove(tree, &s->at.part->store.arena, key);
    if (s->w->reverse)
        brc_ets_tree_after(tree, at, key, false);
    else
        brc_ets_tree_before(tree, at, key, false);
    brc_ets_object_free(s->at.part, o);
}

/* *key: the last one looked at. */
static bool through_range(Slice *s, Term *key) {
    Walk *w = s->w;
    const EtsTree *tree = &s->at.part->store.tree;
    TreeAt at;
    bool done = true, empty = false;
    const EtsObj *last_object = NULL, *beyond = behind_range(w, tree, &empty);
    if (empty) return true;
    start_tree(w, tree, &at, *key);
    for (EtsObj *o; (o = brc_ets_tree_at(&at)) != beyond;) {
        Term k = ets_key(s->t, o);
        brc_ets_tree_fetch(&at, w->reverse);
        if (s->left <= 0 || is_full(w)) {
            done = false;
            break;
        }
        if (visit(s, o) == GOES) {
            if (s->left <= 0) *key = brc_ets_part_out(s->p, k);
            last_object = NULL;
            remove_at(s, &at, o);
            continue;
        }
        last_object = brc_ets_tree_at(&at); /* a replaced one is another */
        if (w->reverse)
            brc_ets_tree_next(&at);
        else
            brc_ets_tree_prev(&at);
    }
    if (last_object) *key = brc_ets_part_out(s->p, ets_key(s->t, last_object));
    return done && !is_full(w);
}

static Progress through_tree(Slice *s, Term *key) {
    if (!brc_ets_lock_part(s->p, &s->at, 0)) return GONE;
    bool done = through_range(s, key);
    if (!done) refer(s->w);
    brc_ets_leave(&s->at);
    return done ? DONE : MORE;
}

/* ---- the answer ---- */
static Term continuation(Slice *s, Term rest, Term key) {
    Walk *w = s->w;
    Proc *p = s->p;
    Term tab = brc_ets_handle(p, w->table);
    w->ms = brc_ets_ms_keep(w->ms);
    if (!w->ms->table) {
        brc_ctx_magic_ref(&w->table->magic);
        w->ms->table = &w->table->magic;
    }
    brc_ctx_magic_ref(&w->ms->magic);
    Term ms = brc_ets_ms_term(p, w->ms);
    bool hash = ets_is_hash(w->table);
    Term *at = brc_ctx_alloc(p, hash ? 7 : 9), *e = at + 1;
    *e++ = tab;
    *e++ = hash ? BRC_SMALL(w->bucket * w->table->part_count + w->part) : key;
    if (!hash) *e++ = BRC_NIL;
    *e++ = BRC_SMALL(w->limit);
    *e++ = ms;
    *e++ = rest;
    if (!hash) *e++ = BRC_SMALL(!w->reverse);
    *e++ = BRC_SMALL(0);
    return term_tuple_begin(at, hash ? 6 : 8);
}

/* {Answers, Continuation}, at most so many as asked for. */
static Term part(Slice *s, bool done, Term key) {
    Walk *w = s->w;
    Proc *p = s->p;
    Term list = s->list, rest = BRC_NIL;
    if (!ets_is_hash(w->table)) list = brc_long_lists_reverse_2(p, list, BRC_NIL);
    if (w->got > w->limit) { /* the list is fresh: cut it */
        Term cell = list;
        for (size_t i = 1; i < w->limit; i++)
            cell = term_tail(cell);
        rest = term_tail(cell);
        term_cell(cell)[1] = BRC_NIL;
    }
    if (done && list == BRC_NIL) return AM(end_of_table);
    Term on = done && rest == BRC_NIL ? AM(end_of_table) : continuation(s, rest, key);
    return term_tuple2(brc_ctx_alloc(p, 3), list, on);
}

static Term answer(Slice *s, bool done, Term key) {
    const Walk *w = s->w;
    if (w->mode != WALK_SELECT) return BRC_SMALL(w->count);
    return w->limited ? part(s, done, key) : s->list;
}

/* ---- slices ---- */
static CODE_FN(walk_again);

/* From the C stack to where it can stay. */
static Walk *keep(const Walk *w) {
    Walk *kept = brc_ctx_magic_new(sizeof *kept, destroy);
    Magic magic = kept->magic;
    *kept = *w;
    kept->magic = magic;
    kept->ms = brc_ets_ms_keep(kept->ms);
    plan(kept, kept->table);
    return kept;
}

static void let_go(Walk *w) {
    if (atomic_load_explicit(&w->magic.refs, memory_order_relaxed)) {
        unhold(w); /* its reference may lie on the heap for long */
        brc_ctx_magic_unref(&w->magic);
    } else {
        end(w);
    }
}

static Progress walk_some(Slice *s, Term *key) {
    if (s->w->keyed) return by_keys(s);
    return ets_is_hash(s->t) ? through_hash(s) : through_tree(s, key);
}

/* On with the walk of a table aimed at. w: one reference, taken over. */
static Term run_slice(Proc *p, Walk *w, const EtsAt *at, Term list, Term key) {
    int64_t most = proc_reds(p) > 0 ? proc_reds(p) * OBJECTS_PER_RED : 0;
    if (most < LEAST_PER_SLICE) most = LEAST_PER_SLICE;
    Slice s = {.p = p, .w = w, .t = w->table, .at = *at, .list = list, .left = most};
    brc_ets_ms_begin(&s.run, p, w->ms);
    Progress how = walk_some(&s, &key);
    brc_ets_ms_end(&s.run);
    brc_ctx_charge(p, (size_t)(most - s.left) / OBJECTS_PER_RED);
    if (how != MORE || is_full(w)) {
        Term t = how == GONE ? BRC_NONE : answer(&s, how == DONE, key);
        let_go(w);
        return t;
    }
    if (!atomic_load_explicit(&w->magic.refs, memory_order_relaxed)) w = keep(w);
    p->x[0] = brc_ctx_magic_term(p, &w->magic);
    p->x[1] = s.list;
    p->x[2] = key == BRC_NONE ? BRC_NIL : key;
    w->started = key != BRC_NONE;
    return brc_ctx_trap(p, walk_again, 3);
}

/* A later slice: the process had its next turn, or a collection. */
static Term go_on(Proc *p, Term walk, Term list, Term key) {
    Walk *w = brc_ctx_magic_kind(walk, destroy);
    EtsAt at;
    if (!brc_ets_aim_again(p, w->table, use_of(w), &at)) return brc_ctx_badarg(p);
    brc_ctx_magic_ref(&w->magic);
    return run_slice(p, w, &at, list, w->started ? key : BRC_NONE);
}

static CODE_FN(walk_on) {
    CODE_OUT();
    (void)x3, (void)x4, (void)x5;
    Term t = go_on(p, x0, x1, x2);
    if (t != BRC_NONE) {
        p->x[0] = t;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    if (p->fail == BRC_FAIL_TRAP) CODE_GO(walk_again);
    p->fbif = NULL;
    CODE_GO(brc_code_bif_fail_via);
}

/* Ends the turn where it is used up, so that others run and the heap is collected. */
static CODE_FN(walk_again) {
    CODE_OUT();
    CODE_SAVE_X();
    if (p->reds > 0) CODE_GO(walk_on);
    p->resume = walk_on;
    p->live = 3;
    p->fail = BRC_FAIL_NO;
}

/* ---- beginnings ---- */
static void walk_init(Walk *w, Ets *t, Ms *ms, WalkMode mode, bool reverse) {
    *w = (Walk){.table = t, .ms = ms, .mode = (uint8_t)mode, .reverse = reverse};
    plan(w, t);
}

/* Aims at the table and compiles the specification. False: the error is set. */
static bool begin(Proc *p, Term tab, Term spec, WalkMode mode, EtsAt *at, Ms **ms) {
    enum EtsUse use = mode == WALK_DELETE || mode == WALK_REPLACE ? BRC_ETS_WRITE : BRC_ETS_READ;
    if (!brc_ets_aim(p, tab, use, at)) return false;
    MsResult r = brc_ets_ms_compile(spec, MS_TABLE, ms, NULL);
    if (r == MS_TOO_DEEP)
        brc_ctx_system_limit(p);
    else if (r != MS_OK)
        brc_ctx_badarg(p);
    return r == MS_OK;
}

/* One that matches nothing. */
static bool is_empty(Proc *p, Term tab, Term spec, Term *answer, Term nothing) {
    EtsAt at;
    if (spec != BRC_NIL) return false;
    *answer = brc_ets_aim(p, tab, BRC_ETS_READ, &at) ? nothing : BRC_NONE;
    return true;
}

Term brc_ets_walk(Proc *p, Term tab, Term spec, WalkMode mode, bool reverse) {
    Ms *ms;
    EtsAt at;
    Term nothing;
    if (is_empty(p, tab, spec, &nothing, mode == WALK_SELECT ? BRC_NIL : BRC_SMALL(0)))
        return nothing;
    if (!begin(p, tab, spec, mode, &at, &ms)) return BRC_NONE;
    bool is_bag = at.t->kind == BRC_ETS_BAG;
    if (mode == WALK_REPLACE && (is_bag || !brc_ets_ms_keeps_key(ms, at.t->keypos))) {
        brc_ctx_magic_unref(&ms->magic);
        return is_bag ? brc_ctx_badarg_cause(p, AM(table_type)) : brc_ctx_badarg(p);
    }
    Walk w;
    walk_init(&w, at.t, ms, mode, reverse);
    return run_slice(p, &w, &at, BRC_NIL, BRC_NONE);
}

static bool limit_of(Term limit, size_t *n) {
    uint64_t u;
    if (!term_is_small(limit) || !brc_term_int_to_u64(limit, &u) || u == 0) return false;
    *n = u;
    return true;
}

Term brc_ets_walk_limited(Proc *p, Term tab, Term spec, Term limit, bool reverse) {
    Ms *ms;
    EtsAt at;
    size_t n;
    Term nothing;
    if (is_empty(p, tab, spec, &nothing, AM(end_of_table)))
        return nothing == BRC_NONE || limit_of(limit, &n) ? nothing : brc_ctx_badarg(p);
    if (!begin(p, tab, spec, WALK_SELECT, &at, &ms)) return BRC_NONE;
    if (!limit_of(limit, &n)) {
        brc_ctx_magic_unref(&ms->magic);
        return brc_ctx_badarg(p);
    }
    /* Parts of an ordered table are turned around in the end: the other way round it goes through.
     */
    Walk w;
    walk_init(&w, at.t, ms, WALK_SELECT, !reverse);
    w.limited = true;
    w.limit = n;
    return run_slice(p, &w, &at, BRC_NIL, BRC_NONE);
}

/* ---- continuations ---- */
/* What the program was given is on its heap, so a copy is cut. */
static Term take_rest(Proc *p, Term rest, size_t n, Term *left) {
    Term list = BRC_NIL, *end = &list;
    for (; n > 0 && term_is_cons(rest); n--, rest = term_tail(rest)) {
        Term *cell = brc_ctx_alloc(p, 2);
        *end = term_cons(cell, term_head(rest), BRC_NIL);
        end = &cell[1];
    }
    *left = rest;
    return list;
}

/* A continuation belongs to its table, whatever that is called by now; one whose specification was
 * compiled again, to the table that it names. */
static bool aim_for(Proc *p, Term tab, const Ms *ms, EtsAt *at) {
    if (!ms || !ms->table) return brc_ets_aim(p, tab, BRC_ETS_READ, at);
    if (brc_ets_aim_again(p, (Ets *)ms->table, BRC_ETS_READ, at)) return true;
    brc_ctx_badarg_cause(p, AM(id));
    return false;
}

Term brc_ets_walk_next(Proc *p, Term c) {
    if (c == AM(end_of_table)) return c;
    if (!term_is_tuple(c) || term_tuple_arity(c) == 0) return brc_ctx_badarg(p);
    const Term *e = term_tuple_elements(c);
    size_t arity = term_tuple_arity(c);
    Ms *ms = arity == 6 || arity == 8 ? brc_ets_ms_of(e[arity / 2]) : NULL;
    EtsAt at;
    if (!aim_for(p, e[0], ms, &at)) return BRC_NONE;
    bool hash = ets_is_hash(at.t);
    const Term *f = hash ? e + 2 : e + 3; /* limit, specification, rest */
    uint64_t bucket = 0;
    size_t limit = 0;
    bool ok = ms && arity == (hash ? 6 : 8) && limit_of(f[0], &limit) && term_is_list(f[2]) &&
              (!hash || (term_is_small(e[1]) && brc_term_int_to_u64(e[1], &bucket)));
    if (!ok) return brc_ctx_badarg(p);
    brc_ctx_magic_ref(&ms->magic);
    Walk w;
    walk_init(&w, at.t, ms, WALK_SELECT, !hash && f[3] == BRC_SMALL(0));
    w.limited = true;
    w.limit = limit;
    w.bucket = bucket / at.t->part_count;
    w.part = bucket % at.t->part_count;
    w.keyed = false;
    Term left, list = take_rest(p, f[2], limit, &left);
    w.got = (size_t)brc_term_list_length(list);
    if (w.got < limit) return run_slice(p, &w, &at, list, hash ? BRC_NONE : e[1]);
    /* Enough for another part by itself. */
    Slice s = {.p = p, .w = &w, .t = at.t, .at = at};
    Term on = pause(&s) == GONE ? BRC_NONE : continuation(&s, left, hash ? BRC_NONE : e[1]);
    let_go(&w);
    return on == BRC_NONE ? on : term_tuple2(brc_ctx_alloc(p, 3), list, on);
}
