/* check.c: walks everything a process owns and checks each word. For stress builds and tests.
 *
 * Checked: 1. regions are packed with whole objects (a word that is no header begins a list
 * cell); 2. every pointer is a literal or the start of an object of the right shape; 3. the old
 * generation refers to nothing younger, and the mature part to no fragment; 4. every REFBIN and
 * magic reference is on exactly one off-heap list, with a live count; 5. a match context's data is
 * its original's. */
#include "heap/heap.h"
#include "base/hooks.h"
#include "base/panic.h"
#include <stdlib.h>

typedef struct Region {
    Term *from, *to;
    uint64_t *starts; /* a bit per word: 1 an object begins here */
    int age;          /* 0 old, 1 mature, 2 young, 3 fragment */
} Region;

typedef struct Check {
    Region *regions;
    size_t count;
    size_t offheap_objects;
} Check;

static void add_region(Check *c, Term *from, Term *to, int age) {
    if (from == to) return;
    size_t bits = (size_t)(to - from);
    uint64_t *starts = calloc(bits / 64 + 1, sizeof *starts);
    c->regions = realloc(c->regions, (c->count + 1) * sizeof *c->regions);
    if (!starts || !c->regions) brc_base_panic("out of memory (checking a heap)");
    c->regions[c->count++] = (Region){from, to, starts, age};
}

static const Region *region_of(const Check *c, const Term *at) {
    for (size_t i = 0; i < c->count; i++)
        if (at >= c->regions[i].from && at < c->regions[i].to) return &c->regions[i];
    return NULL;
}

static bool is_header(Term word) {
    return (word & BRC_NIBBLE_MASK) == BRC_TAG_HEADER;
}

static size_t object_words(Term first) {
    return is_header(first) ? 1 + BRC_HEADER_WORDS(first) : 2;
}

static void check_header(const Term *at) {
    unsigned kind = BRC_HEADER_KIND(*at);
    size_t n = BRC_HEADER_WORDS(*at);
    bool good = kind <= BRC_REF;
    switch (kind) {
    case BRC_FLATMAP: good = n >= 1 && n <= 1 + BRC_FLATMAP_MAX; break;
    case BRC_HASHMAP: good = n == 2; break;
    case BRC_HNODE: good = n >= 1; break;
    case BRC_FUN: good = n >= 1; break;
    case BRC_SUBBITS:
    case BRC_MATCHCTX:
    case BRC_REFBIN: good = n == 4; break;
    case BRC_EXTERNAL: good = n >= 3; break;
    case BRC_FLOAT: good = n == 1; break;
    case BRC_HEAPBIN: good = n == 1 + (at[1] + 7) / 8; break;
    case BRC_REF: good = n == 3 || n == 5; break;
    default: break;
    }
    if (!good) brc_base_panic("heap check: bad header %#lx at %p", *at, (const void *)at);
}

/* Whether an object is a filler that brc_ctx_trim left, or a bignum: any number of words. */
static void mark_starts(Check *c, Region *r) {
    for (Term *s = r->from; s < r->to;) {
        size_t bit = (size_t)(s - r->from);
        r->starts[bit / 64] |= UINT64_C(1) << (bit % 64);
        if (is_header(*s)) check_header(s);
        if (object_words(*s) > (size_t)(r->to - s))
            brc_base_panic("heap check: the object at %p (%#lx) passes its region's end", (void *)s,
                           *s);
        if (is_header(*s) && (BRC_HEADER_KIND(*s) == BRC_REFBIN || *s == BRC_HEADER(BRC_REF, 5)))
            c->offheap_objects++;
        s += object_words(*s);
    }
}

/* One word that may be a pointer, found at `at` in a region of that age (or a root: 9). */
static void check_word(const Check *c, Term t, const Term *at, int age) {
    if (!term_is_pointer(t) || term_is_literal(t)) return;
    const Term *target = (const Term *)(t & ~(Term)BRC_TAG_MASK);
    const Region *r = region_of(c, target);
    if (!r) brc_base_panic("heap check: %#lx at %p points nowhere", t, (const void *)at);
    size_t bit = (size_t)(target - r->from);
    if ((t & 4) != 0 || !(r->starts[bit / 64] >> (bit % 64) & 1))
        brc_base_panic("heap check: %#lx at %p points into an object", t, (const void *)at);
    if (is_header(*target) != term_is_boxed(t))
        brc_base_panic("heap check: %#lx at %p: wrong tag for %#lx", t, (const void *)at, *target);
    if (age < r->age && age < 2)
        brc_base_panic("heap check: %#lx at %p: older refers to younger", t, (const void *)at);
}

static void check_context(const Term *at) {
    Term original = at[1];
    const Term *box = term_box(original);
    if (!term_is_boxed(original)) brc_base_panic("heap check: match context of %#lx", original);
    Term data = BRC_HEADER_KIND(box[0]) == BRC_HEAPBIN  ? (Term)(box + 2)
                : BRC_HEADER_KIND(box[0]) == BRC_REFBIN ? box[4]
                                                        : 0;
    if (data != at[2])
        brc_base_panic("heap check: the match context at %p looks at foreign bytes",
                       (const void *)at);
}

static void check_region(const Check *c, const Region *r) {
    for (const Term *s = r->from; s < r->to; s += object_words(*s)) {
        size_t n = object_words(*s);
        bool boxed = is_header(*s);
        if (boxed && BRC_HEADER_KIND(*s) >= BRC_KIND_RAW) continue;
        for (size_t i = boxed ? 1 : 0; i < n; i++) {
            if (is_header(s[i]) || s[i] == BRC_NONE)
                brc_base_panic("heap check: %#lx at %p is no term", s[i], (const void *)(s + i));
            check_word(c, s[i], s + i, r->age);
        }
        if (boxed && BRC_HEADER_KIND(*s) == BRC_MATCHCTX) check_context(s);
    }
}

static size_t check_list(const Check *c, const Term *o) {
    size_t n = 0;
    for (; o; o = (const Term *)*brc_ctx_offheap_link((Term *)o), n++) {
        const Region *r = region_of(c, o);
        if (!r || !is_header(*o)) brc_base_panic("heap check: %p on an off-heap list", (void *)o);
        uint64_t refs = BRC_HEADER_KIND(*o) == BRC_REFBIN
                            ? atomic_load_explicit(&((SharedBin *)o[3])->refs, memory_order_relaxed)
                            : atomic_load_explicit(&((Magic *)o[5])->refs, memory_order_relaxed);
        if (refs == 0) brc_base_panic("heap check: %p refers to what is gone", (void *)o);
        if (n > c->offheap_objects) brc_base_panic("heap check: an off-heap list has a loop");
    }
    return n;
}

static void check_roots(Term *from, Term *to, void *check) {
    for (Term *s = from; s < to; s++)
        check_word(check, *s, s, 9);
}

void brc_heap_check(Proc *p, uint32_t live) {
    Check c = {0};
    BRC_CHECK(p->heap <= p->high_water && p->high_water <= p->hp);
    BRC_CHECK(p->hp <= p->sp && p->sp <= p->stack_end);
    BRC_CHECK(p->old_heap <= p->old_hp && p->old_hp <= p->old_end);
    add_region(&c, p->old_heap, p->old_hp, 0);
    add_region(&c, p->heap, p->high_water, 1);
    add_region(&c, p->high_water, p->hp, 2);
    size_t frag_words = 0;
    for (Frag *f = p->frags; f; f = f->next) {
        BRC_CHECK(f->used <= f->words);
        add_region(&c, f->data, f->data + f->used, 3);
        frag_words += f->used;
    }
    BRC_CHECK(frag_words == p->frag_words);
    for (size_t i = 0; i < c.count; i++)
        mark_starts(&c, &c.regions[i]);
    for (size_t i = 0; i < c.count; i++)
        check_region(&c, &c.regions[i]);
    check_roots(p->sp, p->stack_end, &c);
    check_roots(p->x, p->x + live, &c);
    if (brc_hook_gc_roots) brc_hook_gc_roots(p, check_roots, &c);
    size_t listed = check_list(&c, p->offheap) + check_list(&c, p->old_offheap);
    for (Frag *f = p->frags; f; f = f->next)
        listed += check_list(&c, f->offheap);
    if (listed != c.offheap_objects)
        brc_base_panic("heap check: %zu off-heap objects, %zu on lists", c.offheap_objects, listed);
    for (size_t i = 0; i < c.count; i++)
        free(c.regions[i].starts);
    free(c.regions);
}
