/* test_collect.c: random terms live through many collections unchanged; deep and long ones cost
 * linear time and no C stack; blocks are sized by what lives. */
#include "graph.h"
#include "base/hooks.h"
#include <criterion/criterion.h>
#include <time.h>

enum { ROOTS = 24, DICT = 8 };

static uint64_t seed;
static uint64_t rnd(uint64_t n) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return seed % n;
}

static Term dict[DICT];
static void show_dict(Proc *p, BrcRootVisitor *visit, void *arg) {
    (void)p;
    visit(dict, dict + DICT, arg);
}

static int destroyed;
static void destroy_magic(Magic *m) {
    destroyed++;
    free(m);
}

/* Room as generated code takes it, or as a built-in does. */
static Term *room(Proc *p, size_t words, bool apart) {
    if (apart) return brc_ctx_alloc(p, words);
    if ((size_t)(p->sp - p->hp) < words) brc_heap_collect_gc(p, words, ROOTS);
    Term *at = p->hp;
    p->hp += words;
    return at;
}

static const Term literal_tuple[3]
    __attribute__((aligned(16))) = {BRC_HEADER(BRC_TUPLE, 2), BRC_SMALL(7), BRC_NIL};
static const FunEntry fun_entry = {.arity = 1};

static Shadow root_shadow[ROOTS + DICT], stack_shadow[1 << 12];

/* Any root: a register, a dictionary entry, a stack word (that is a term). */
static Term *root(Proc *p, Shadow **s) {
    uint64_t stack = (uint64_t)(p->stack_end - p->sp), i = rnd(ROOTS + DICT + stack);
    if (i < ROOTS + DICT) {
        *s = &root_shadow[i];
        return i < ROOTS ? &p->x[i] : &dict[i - ROOTS];
    }
    i -= ROOTS + DICT; /* counted from the bottom, as the stack moves */
    *s = &stack_shadow[i];
    Term *word = p->stack_end - 1 - i;
    unsigned nibble = *word & BRC_NIBBLE_MASK;
    return nibble == BRC_TAG_RETURN || nibble == BRC_TAG_CATCH ? root(p, s) : word;
}

static Term small_child(Proc *p, size_t *flat) {
    for (int tries = 0; tries < 8; tries++) {
        Shadow *s;
        Term *r = root(p, &s);
        if (*flat + s->flat < 600 && !term_is_kind(*r, BRC_MATCHCTX)) {
            *flat += s->flat;
            return *r;
        }
    }
    return BRC_SMALL(rnd(1000));
}

static Term make_heapbin(Proc *p, size_t size, bool apart) {
    size_t words = 2 + (size + 7) / 8;
    Term *at = room(p, words, apart);
    memset(at, 0, words * sizeof(Term));
    at[0] = BRC_HEADER(BRC_HEAPBIN, words - 1);
    at[1] = size;
    memset(at + 2, (int)rnd(256), size);
    return term_make_boxed(at);
}

/* Makes one object; returns it. Children are read after room was made, as that may move them. */
static Term make(Proc *p, size_t *flat) {
    bool apart = rnd(4) == 0;
    size_t n;
    Term *at, t;
    switch (rnd(14)) {
    case 0: return BRC_SMALL(rnd(1 << 20));
    case 1: return term_make_boxed(literal_tuple);
    case 2:
    case 3:
    case 4:
        at = room(p, 2, apart);
        t = small_child(p, flat);
        return term_cons(at, t, small_child(p, flat));
    case 5: at = room(p, 2, apart); return term_make_float(at, (double)rnd(99));
    case 6:
        n = 1 + rnd(5);
        at = room(p, n + 1, apart);
        at[0] = BRC_HEADER(rnd(2) ? BRC_BIGPOS : BRC_BIGNEG, n);
        for (size_t i = 1; i <= n; i++)
            at[i] = rnd(UINT64_MAX);
        return term_make_boxed(at);
    case 7:
        n = rnd(4);
        at = room(p, n + 2, apart);
        at[0] = BRC_HEADER(BRC_FUN, n + 1);
        at[1] = (Term)&fun_entry;
        for (size_t i = 0; i < n; i++)
            at[i + 2] = small_child(p, flat);
        return term_make_boxed(at);
    case 8: return make_heapbin(p, rnd(65), apart);
    case 9: {
        if ((size_t)(p->sp - p->hp) < 5) brc_heap_collect_gc(p, 5, ROOTS);
        n = 65 + rnd(4000);
        SharedBin *b = brc_ctx_sharedbin_new(n, n);
        memset(b->data, (int)rnd(256), n);
        return brc_ctx_refbin(p, b, b->data, n);
    }
    case 10: {
        Magic *m = calloc(1, sizeof *m);
        m->refs = 1, m->destroy = destroy_magic, m->id[0] = rnd(1 << 18);
        return brc_ctx_magic_term(p, m);
    }
    case 11: { /* match context of a HEAPBIN */
        size_t size = 1 + rnd(64), words = 2 + (size + 7) / 8;
        at = room(p, words + 5, apart);
        memset(at, 0, words * sizeof(Term));
        at[0] = BRC_HEADER(BRC_HEAPBIN, words - 1), at[1] = size;
        memset(at + 2, (int)rnd(256), size);
        Term *c = at + words;
        c[0] = BRC_HEADER(BRC_MATCHCTX, 4), c[1] = term_make_boxed(at), c[2] = (Term)(at + 2);
        c[3] = BRC_SMALL(rnd(8)), c[4] = BRC_SMALL(size * 8);
        *flat += words + 5;
        return term_make_boxed(c);
    }
    default:
        n = rnd(9);
        at = room(p, n + 1, apart);
        at[0] = BRC_HEADER(BRC_TUPLE, n);
        for (size_t i = 1; i <= n; i++)
            at[i] = small_child(p, flat);
        return term_make_boxed(at);
    }
}

static void verify(Proc *p) {
    brc_heap_check(p, ROOTS);
    for (size_t i = 0; i < ROOTS; i++)
        cr_assert_eq(graph_hash(p->x[i]), root_shadow[i].hash, "register %zu", i);
    for (size_t i = 0; i < DICT; i++)
        cr_assert_eq(graph_hash(dict[i]), root_shadow[ROOTS + i].hash, "dictionary %zu", i);
    size_t stack = (size_t)(p->stack_end - p->sp);
    for (size_t i = 0; i < stack; i++)
        cr_assert_eq(graph_hash(p->stack_end[-1 - (int64_t)i]), stack_shadow[i].hash, "stack %zu",
                     i);
}

static void push(Proc *p) {
    size_t depth = (size_t)(p->stack_end - p->sp);
    if (depth >= sizeof stack_shadow / sizeof *stack_shadow) return;
    if (p->sp == p->hp) brc_heap_collect_gc(p, 1, ROOTS);
    uint64_t i = rnd(ROOTS);
    p->sp--;
    switch (rnd(4)) {
    case 0: p->sp[0] = ((Term)&fun_entry & ~(Term)15) + BRC_TAG_RETURN; break;
    case 1: p->sp[0] = ((Term)&fun_entry & ~(Term)15) + BRC_TAG_CATCH; break;
    default: p->sp[0] = p->x[i]; break;
    }
    if (term_is_pointer(p->sp[0]))
        stack_shadow[depth] = root_shadow[i];
    else
        stack_shadow[depth] = (Shadow){graph_hash(p->sp[0]), 0};
}

static void step(Proc *p) {
    uint64_t what = rnd(100);
    if (what < 12) {
        push(p);
    } else if (what < 22) {
        size_t depth = (size_t)(p->stack_end - p->sp);
        p->sp += rnd(depth < 4 ? depth + 1 : 4);
    } else if (what < 25) { /* a message comes in */
        uint64_t i = rnd(ROOTS);
        if (term_is_kind(p->x[i], BRC_MATCHCTX)) return;
        Frag *f = brc_heap_copy_to_frag(p->x[i]);
        if (f) brc_ctx_frag_attach(p, f);
        uint64_t to = rnd(ROOTS);
        p->x[to] = f ? f->term : p->x[i];
        root_shadow[to] = root_shadow[i];
    } else {
        size_t flat = 8;
        Term t = make(p, &flat);
        Shadow *s;
        Term *r = root(p, &s);
        *r = t;
        *s = (Shadow){graph_hash(t), flat + 8};
    }
}

static void run(uint64_t start, size_t steps, uint32_t fullsweep, uint32_t least_words) {
    seed = start;
    destroyed = 0;
    Proc *p = fake_proc_new(233);
    brc_heap_opts(p)->fullsweep_after = fullsweep;
    brc_heap_opts(p)->min_heap_words = least_words;
    for (size_t i = 0; i < ROOTS + DICT; i++)
        root_shadow[i] = (Shadow){graph_hash(BRC_NIL), 0};
    for (size_t i = 0; i < DICT; i++)
        dict[i] = BRC_NIL;
    brc_hook_gc_roots = show_dict;
    for (size_t i = 0; i < steps; i++) {
        step(p);
        if (p->flags & BRC_PROC_GC_SOON) brc_heap_collect_gc(p, rnd(50), ROOTS);
        if (rnd(400) == 0) brc_heap_collect_gc(p, rnd(100), ROOTS);
        if (rnd(3000) == 0) brc_heap_major_gc(p, rnd(3000), ROOTS);
        if (rnd(5000) == 0) brc_heap_hibernate_gc(p, ROOTS);
        if (rnd(300) == 0) verify(p);
    }
    verify(p);
    HeapOpts *o = brc_heap_opts(p);
    cr_assert(o->minor_gcs + o->major_gcs > steps / 1000);
    brc_heap_free(p);
    cr_assert_eq(brc_ctx_sharedbin_bytes(), 0);
    cr_assert(destroyed > 0);
    brc_hook_gc_roots = NULL;
    free(p->x), free(p->rest), free(p);
}

#ifdef BRC_STRESS
enum { STEPS = 8000 };
#else
enum { STEPS = 120000 };
#endif

Test(collect, random_graphs) {
    run(88172645463325252u, STEPS, BRC_FULLSWEEP_AFTER, 233);
}
Test(collect, random_graphs_fullsweep) {
    run(1234567, STEPS / 4, 0, 233);
}
Test(collect, random_graphs_some_fullsweeps) {
    run(42, STEPS, 5, 233);
}
/* A heap block so large that it is emptied in one go. */
Test(collect, random_graphs_large_block) {
    run(77, STEPS, BRC_FULLSWEEP_AFTER, 40000);
}

#ifdef BRC_STRESS /* each collection leaves no room but for what was asked: cost is quadratic */
enum { LONG = 200000, GARBAGE = 20000 };
#else
enum { LONG = 3000000, GARBAGE = 2000000 };
#endif

Test(collect, long_list_survives) {
    enum { N = LONG };
    Proc *p = fake_proc_new(233);
    p->x[0] = BRC_NIL;
    for (int i = 0; i < N; i++) {
        if (p->sp - p->hp < 2) brc_heap_collect_gc(p, 2 * 500, 1);
        p->x[0] = term_cons(p->hp, BRC_SMALL(i), p->x[0]);
        p->hp += 2;
    }
    brc_heap_major_gc(p, 100, 1);
    Term t = p->x[0];
    for (int i = N - 1; i >= 0; i--, t = term_tail(t))
        cr_assert_eq(term_head(t), BRC_SMALL(i));
    cr_assert_eq(t, BRC_NIL);
    HeapOpts *o = brc_heap_opts(p);
#ifndef BRC_STRESS
    cr_assert(o->minor_gcs + o->major_gcs < 300, "%lu collections", o->minor_gcs);
#endif
    p->x[0] = BRC_NIL;
    brc_heap_major_gc(p, 0, 1);
    cr_assert_null(p->old_heap);
    (void)o;
    fake_proc_free(p);
}

Test(collect, deep_nesting_needs_no_c_stack) {
    enum { N = LONG };
    Proc *p = fake_proc_new(233);
    p->x[0] = BRC_NIL;
    for (int i = 0; i < N; i++) {
        if (p->sp - p->hp < 3) brc_heap_collect_gc(p, 3 * 500, 1);
        if (i & 1)
            p->x[0] = term_cons(p->hp, p->x[0], BRC_NIL);
        else
            p->hp[1] = p->x[0], p->x[0] = term_tuple_begin(p->hp, 1);
        p->hp += 2;
    }
    brc_heap_major_gc(p, 0, 1);
    cr_assert_eq(brc_heap_size_words(p->x[0]), 2 * N);
    Frag *f = brc_heap_copy_to_frag(p->x[0]);
    Term t = f->term;
    for (int i = 0; i < N; i++)
        t = term_is_cons(t) ? term_head(t) : term_tuple_elements(t)[0];
    cr_assert_eq(t, BRC_NIL);
    brc_ctx_frag_free(f);
    fake_proc_free(p);
}

Test(collect, deep_stack) {
    enum { N = 5000000 };
    Proc *p = fake_proc_new(233);
    Term ret = ((Term)&fun_entry & ~(Term)15) + BRC_TAG_RETURN;
    int collections = 0;
    for (int i = 0; i < N; i++) {
        if (p->sp - p->hp < 4) brc_heap_collect_gc(p, 4, 0), collections++;
#ifdef BRC_STRESS
        if (i > 2000) break;
#endif
        p->hp[0] = BRC_SMALL(i), p->hp[1] = BRC_NIL;
        p->sp -= 2;
        p->sp[0] = ret;
        p->sp[1] = term_make_list(p->hp);
        p->hp += 2;
    }
    brc_heap_check(p, 0);
    int i = (int)((p->stack_end - p->sp) / 2);
    for (Term *s = p->sp; s < p->stack_end; s += 2) {
        cr_assert_eq(s[0], ret);
        cr_assert_eq(term_head(s[1]), BRC_SMALL(--i));
    }
#ifndef BRC_STRESS
    cr_assert(collections < 100, "%d collections", collections);
#endif
    (void)collections;
    fake_proc_free(p);
}

Test(collect, garbage_leaves_a_small_heap) {
    Proc *p = fake_proc_new(233);
    for (int i = 0; i < GARBAGE; i++) {
        if (p->sp - p->hp < 2) {
            brc_heap_opts(p)->turn_gcs = 0; /* as if each came in a turn of its own */
            brc_heap_collect_gc(p, 2, 1);
        }
        p->x[0] = term_cons(p->hp, BRC_SMALL(i), BRC_NIL);
        p->hp += 2;
    }
    cr_assert(p->stack_end - p->heap <= 2000);
    brc_heap_opts(p)->turn_gcs = 0;
    brc_heap_collect_gc(p, 1 << 20, 1);
    cr_assert(p->sp - p->hp >= 1 << 20);
    for (int i = 0; i < 20; i++) {
        brc_heap_opts(p)->turn_gcs = 0;
        brc_heap_collect_gc(p, 1, 1);
    }
    cr_assert(p->stack_end - p->heap <= 3000);
    brc_heap_hibernate_gc(p, 1);
    cr_assert(brc_heap_total_words(p) <= 64);
    cr_assert_eq(term_head(p->x[0]), BRC_SMALL(GARBAGE - 1));
    fake_proc_free(p);
}

static size_t limit_hit;
static void hit_limit(Proc *p, size_t total) {
    (void)p, limit_hit = total;
}

Test(collect, max_heap_size_is_reported) {
    Proc *p = fake_proc_new(233);
    brc_hook_max_heap = hit_limit;
    brc_heap_opts(p)->max_heap_words = 5000;
    brc_heap_collect_gc(p, 100, 0);
    cr_assert_lt(limit_hit, 5000); /* the hook decides */
    brc_heap_collect_gc(p, 6000, 0);
    cr_assert(limit_hit >= 6000);
    brc_hook_max_heap = NULL;
    fake_proc_free(p);
}

Test(collect, shared_bytes_bring_a_collection_about) {
    Proc *p = fake_proc_new(2000);
    int due = 0;
    for (int i = 0; i < 300; i++) {
        if (p->sp - p->hp < 5) brc_heap_collect_gc(p, 5, 1);
        SharedBin *b = brc_ctx_sharedbin_new(10000, 10000);
        p->x[0] = brc_ctx_refbin(p, b, b->data, 10000);
        if (p->flags & BRC_PROC_GC_SOON) {
            cr_assert_eq(p->reds, 0);
            brc_heap_collect_gc(p, 5, 1);
            cr_assert_eq(p->flags & BRC_PROC_GC_SOON, 0);
            due++;
        }
        cr_assert(brc_ctx_sharedbin_bytes() <= 50 * 10000);
    }
    cr_assert(due >= 5);
    brc_heap_free(p);
    cr_assert_eq(brc_ctx_sharedbin_bytes(), 0);
}
