/* re_cache.c: recipes and the cache of compiled code.
 *
 * The cache is a table of small sets; a recipe's hash says which set, and within it the code that
 * was used least recently gives way. Each set has a lock, held for a search only: patterns are
 * compiled outside, and who finds that another was faster uses the other's. The second use of code
 * gives it machine code, in a copy, since others may be running the first. */
#include "bif/re_code.h"
#include "base/lock.h"
#include "base/panic.h"
#include "bif/re_compile.h"
#include "term/bits.h"
#include <stdlib.h>
#include <string.h>

enum { SETS = 64, WAYS = 4 };
#define MAGIC "re2\1"

typedef struct Kept {
    ReHead head;
    uint8_t *text; /* malloc'd */
    size_t size;
    uint64_t hash, stamp;
    ReCode *code; /* owns a reference; NULL: free */
} Kept;

typedef struct Set {
    BrcLock lock;
    uint64_t stamp;
    Kept kept[WAYS];
} Set;

static Set sets[SETS];

/* ---- recipes ---- */
void brc_bif_re_recipe_begin(ReRecipe *r, const uint8_t *text, size_t size) {
    const uint8_t *zero = size ? memchr(text, 0, size) : NULL;
    memset(r, 0, sizeof *r);
    memcpy(r->head.magic, MAGIC, sizeof r->head.magic);
    r->text = text;
    r->size = zero ? (size_t)(zero - text) : size;
}

bool brc_bif_re_recipe_read(ReRecipe *r, const uint8_t *bytes, size_t size) {
    if (size < sizeof r->head || memcmp(bytes, MAGIC, 4) != 0) return false;
    memcpy(&r->head, bytes, sizeof r->head);
    r->text = bytes + sizeof r->head;
    r->size = size - sizeof r->head;
    return memchr(r->text, 0, r->size) == NULL;
}

Term brc_bif_re_recipe_term(Proc *p, const ReRecipe *r) {
    uint8_t *to;
    Term t = brc_term_bin_alloc(p, sizeof r->head + r->size, &to);
    memcpy(to, &r->head, sizeof r->head);
    if (r->size) memcpy(to + sizeof r->head, r->text, r->size);
    return t;
}

static uint64_t hash_of(const ReRecipe *r) {
    uint64_t h = 0x9E3779B97F4A7C15u ^ r->size, word;
    const uint8_t *b = r->text;
    size_t n = r->size;
    memcpy(&word, (const uint8_t *)&r->head + 4, sizeof word);
    h = (h ^ word) * 0xFF51AFD7ED558CCDu;
    for (; n >= 8; b += 8, n -= 8) {
        memcpy(&word, b, 8);
        h = ((h ^ h >> 29) ^ word) * 0xFF51AFD7ED558CCDu;
    }
    word = 0;
    if (n) memcpy(&word, b, n);
    h = ((h ^ h >> 29) ^ word) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 32;
}

/* ---- the cache ---- */
static Kept *find_locked(Set *s, const ReRecipe *r, uint64_t hash) {
    for (Kept *k = s->kept; k < s->kept + WAYS; k++)
        if (k->code && k->hash == hash && k->size == r->size &&
            memcmp(&k->head, &r->head, sizeof k->head) == 0 &&
            memcmp(k->text, r->text, r->size) == 0)
            return k;
    return NULL;
}

static Kept *oldest_locked(Set *s) {
    Kept *oldest = s->kept;
    for (Kept *k = s->kept; k < s->kept + WAYS; k++) {
        if (!k->code) return k;
        if (k->stamp < oldest->stamp) oldest = k;
    }
    return oldest;
}

static void ref(ReCode *c) {
    atomic_fetch_add_explicit(&c->refs, 1, memory_order_relaxed);
}

void brc_bif_re_code_unref(ReCode *c) {
    /* release: our uses come before; the acquire pairs with the releases of the other owners */
    if (atomic_fetch_sub_explicit(&c->refs, 1, memory_order_acq_rel) != 1) return;
    pcre2_code_free(c->code);
    free(c);
}

/* The kept code of that recipe with one more reference, or NULL. */
static ReCode *look_up(Set *s, const ReRecipe *r, uint64_t hash) {
    brc_base_lock(&s->lock);
    Kept *k = find_locked(s, r, hash);
    ReCode *c = k ? k->code : NULL;
    if (c) {
        k->stamp = ++s->stamp;
        ref(c);
    }
    brc_base_unlock(&s->lock);
    return c;
}

/* Puts c in the place of what the cache has for the recipe; the cache takes a reference of its
 * own. */
static void keep(Set *s, const ReRecipe *r, uint64_t hash, ReCode *c) {
    uint8_t *text = malloc(r->size + 1), *old_text = NULL;
    if (!text) brc_base_panic("out of memory for a pattern of %zu bytes", r->size);
    memcpy(text, r->text, r->size);
    ref(c);
    brc_base_lock(&s->lock);
    Kept *k = find_locked(s, r, hash);
    if (!k) k = oldest_locked(s);
    ReCode *old = k->code;
    old_text = k->text;
    *k = (Kept){r->head, text, r->size, hash, ++s->stamp, c};
    brc_base_unlock(&s->lock);
    if (old) brc_bif_re_code_unref(old);
    free(old_text);
}

ReCode *brc_bif_re_code_get(const ReRecipe *r, bool busy, ReError *e) {
    uint64_t hash = hash_of(r);
    Set *s = &sets[hash % SETS];
    ReCode *c = look_up(s, r, hash);
    if (c &&
        (c->jit || (!busy && atomic_fetch_add_explicit(&c->uses, 1, memory_order_relaxed) == 0)))
        return c;
    ReCode *made = c ? brc_bif_re_code_faster(c) : brc_bif_re_compile(r, e);
    if (c) brc_bif_re_code_unref(c);
    if (!made) return NULL;
    if (!c && busy) brc_bif_re_code_jit(made);
    keep(s, r, hash, made);
    return made;
}
