/* map_site.c: keys that results of updates have in common lie in the literal area, each row of keys
 * once. There are no more of them than places in the source, so they are never given back. */
#include "term/map_site.h"
#include "base/lock.h"
#include "term/cmp.h"
#include "term/litarea.h"
#include "term/room.h"

typedef struct Keys { /* one row of keys, behind it the tuple's elements */
    struct Keys *next;
    Term pad, header, element[];
} Keys;

enum { BUCKETS = 64 };
static BrcLock lock; /* guards the table, and the writing of sites */
static Keys *table[BUCKETS];

static size_t bucket_of(const Term *element, size_t n) {
    uint64_t h = n;
    for (size_t i = 0; i < n; i++)
        h = (h ^ element[i]) * UINT64_C(0x9e3779b97f4a7c15);
    return h >> 32 & (BUCKETS - 1);
}

static Term shared_keys_locked(Term keys) {
    const Term *box = term_box(keys);
    size_t n = BRC_HEADER_WORDS(box[0]), b = bucket_of(box + 1, n);
    for (Keys *k = table[b]; k; k = k->next)
        if (k->header == box[0] && memcmp(k->element, box + 1, n * sizeof(Term)) == 0)
            return term_make_boxed(&k->header);
    Keys *k = (Keys *)brc_term_literal_alloc(sizeof *k / sizeof(Term) + n);
    memcpy(&k->header, box, (n + 1) * sizeof(Term));
    k->next = table[b];
    table[b] = k;
    return term_make_boxed(&k->header);
}

static bool all_literals(const Term *t, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (term_is_pointer(t[i]) && !term_is_static(t[i])) return false;
    return true;
}

static size_t place_of(Term keys, Term key) {
    const Term *element = term_box(keys) + 1;
    size_t i = 0;
    while (element[i] != key && !brc_term_eq(element[i], key))
        i++;
    return i;
}

static void learn_locked(MapSite *site, Term from, Term *result, const Term *pairs, size_t n) {
    Term *keys = &result[1];
    const Term *before = term_box(from);
    size_t size = BRC_HEADER_WORDS(term_header(*keys)), old = BRC_HEADER_WORDS(before[0]);
    if (*keys != from) *keys = shared_keys_locked(*keys);
    for (size_t i = 0; i < n; i++)
        site->at[i] = (uint8_t)place_of(*keys, pairs[2 * i]);
    uint32_t added = 0;
    for (size_t i = 0, j = 0; i < size; i++)
        if (j < old && brc_term_eq(term_box(*keys)[1 + i], before[1 + j])) /* another word, maybe */
            j++;
        else
            added |= UINT32_C(1) << i;
    site->to = *keys;
    site->added = added;
    atomic_store_explicit(&site->from, from, memory_order_release);
}

static void learn(MapSite *site, Term from, Term result, const Term *pairs, size_t n) {
    if (!term_is_static(from) || term_kind(result) != BRC_FLATMAP) return;
    Term keys = term_box(result)[1];
    if (!all_literals(term_box(keys) + 1, BRC_HEADER_WORDS(term_header(keys)))) return;
    brc_base_lock(&lock);
    if (atomic_load_explicit(&site->from, memory_order_relaxed) == 0)
        learn_locked(site, from, term_box(result), pairs, n);
    brc_base_unlock(&lock);
}

Term brc_term_map_put_site(Proc *p, Term map, const Term *pairs, size_t n, bool exact,
                           MapSite *site) {
    if (term_kind(map) != BRC_FLATMAP) return brc_term_map_put_pairs(p, map, pairs, n, exact);
    const Term *m = term_box(map);
    /* pairs with the release in learn_locked */
    Term from = atomic_load_explicit(&site->from, memory_order_acquire);
    if (from != m[1]) {
        Term t = brc_term_map_put_pairs(p, map, pairs, n, exact);
        if (from == 0 && t != BRC_NONE && t != map) learn(site, m[1], t, pairs, n);
        return t;
    }
    size_t size = BRC_HEADER_WORDS(term_header(site->to));
    Term *at = room_exact(p, 2 + size);
    at[0] = BRC_HEADER(BRC_FLATMAP, 1 + size);
    at[1] = site->to;
    const Term *old = m + 2;
    uint32_t added = site->added;
    for (size_t i = 0; i < size; i++, added >>= 1)
        if (!(added & 1)) at[2 + i] = *old++;
    for (size_t i = 0; i < n; i++)
        at[2 + site->at[i]] = pairs[2 * i + 1];
    return term_make_boxed(at);
}
