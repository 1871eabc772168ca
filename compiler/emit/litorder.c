/* litorder.c: the order of literal terms (number < atom < fun < tuple < map < list < bitstring, an
 * integer before a float where map keys are meant), and their external form. */
#include "emit/litorder.h"

#include <stdlib.h>

#include "base/diag.h"

static int rank(const Lit *l) {
    switch (l->kind) {
    case LIT_INT:
    case LIT_BIG: return 0;
    case LIT_FLOAT: return 1; /* exact order: every integer before every float */
    case LIT_ATOM: return 2;
    case LIT_EXPORT: return 3;
    case LIT_TUPLE: return 4;
    case LIT_MAP: return 5;
    case LIT_NIL: return 6;
    case LIT_CONS: return 7;
    case LIT_BINARY: return 8;
    case LIT_OTHER: break;
    }
    return 9;
}

static int sign_of(const Lit *l) {
    if (l->kind == LIT_BIG) return l->negative ? -2 : 2; /* beyond every LIT_INT */
    return l->i < 0 ? -1 : 1;
}

static int compare_ints(const Lit *a, const Lit *b) {
    if (a->kind == LIT_INT && b->kind == LIT_INT) return (a->i > b->i) - (a->i < b->i);
    int sa = sign_of(a), sb = sign_of(b);
    if (sa != sb) return sa < sb ? -1 : 1;
    int larger = a->negative ? -1 : 1;
    if (a->count != b->count) return a->count > b->count ? larger : -larger;
    for (size_t i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i]) return a->limbs[i] > b->limbs[i] ? larger : -larger;
    return 0;
}

static int compare_bytes(const void *a, size_t na, const void *b, size_t nb) {
    int c = memcmp(a, b, na < nb ? na : nb);
    return c ? c : (na > nb) - (na < nb);
}

static int compare_items(Lit *const *a, size_t na, Lit *const *b, size_t nb) {
    for (size_t i = 0; i < na && i < nb; i++) {
        int c = litorder_compare(a[i], b[i]);
        if (c) return c;
    }
    return (na > nb) - (na < nb);
}

static int compare_lists(const Lit *a, const Lit *b) {
    size_t na = a->count - 1, nb = b->count - 1, n = na < nb ? na : nb;
    for (size_t i = 0; i < n; i++) {
        int c = litorder_compare(a->items[i], b->items[i]);
        if (c) return c;
    }
    if (na == nb) return litorder_compare(a->items[na], b->items[nb]);
    /* the shorter one's tail against a list cell */
    const Lit cell = {.kind = LIT_CONS};
    if (na < nb) return rank(a->items[na]) < rank(&cell) ? -1 : 1;
    return rank(b->items[nb]) < rank(&cell) ? 1 : -1;
}

static int compare_maps(const Lit *a, const Lit *b) {
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    size_t n = a->count / 2;
    Lit **pa = litorder_sort_pairs(a->items, n), **pb = litorder_sort_pairs(b->items, n);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < n; i++) {
            int c = litorder_compare(pa[2 * i + side], pb[2 * i + side]);
            if (c) return c;
        }
    return 0;
}

static int compare_bits(const Lit *a, const Lit *b) {
    size_t bits_a = a->count ? (a->count - 1) * 8 + a->last_bits : 0;
    size_t bits_b = b->count ? (b->count - 1) * 8 + b->last_bits : 0;
    size_t whole = (bits_a < bits_b ? bits_a : bits_b) / 8;
    int c = memcmp(a->bytes, b->bytes, whole);
    if (c) return c;
    unsigned rest = (unsigned)((bits_a < bits_b ? bits_a : bits_b) % 8);
    if (rest) {
        int x = a->bytes[whole] >> (8 - rest), y = b->bytes[whole] >> (8 - rest);
        if (x != y) return x < y ? -1 : 1;
    }
    return (bits_a > bits_b) - (bits_a < bits_b);
}

int litorder_compare(const Lit *a, const Lit *b) {
    int ra = rank(a), rb = rank(b);
    if (ra != rb) return ra < rb ? -1 : 1;
    switch (ra) {
    case 0: return compare_ints(a, b);
    case 1: return (a->d > b->d) - (a->d < b->d);
    case 2: return compare_bytes(a->text, a->count, b->text, b->count);
    case 3: return compare_items(a->items, 3, b->items, 3);
    case 4:
        if (a->count != b->count) return a->count < b->count ? -1 : 1;
        return compare_items(a->items, a->count, b->items, b->count);
    case 5: return compare_maps(a, b);
    case 7: return compare_lists(a, b);
    case 8: return compare_bits(a, b);
    default: return 0;
    }
}

static int by_key(const void *a, const void *b) {
    return litorder_compare(*(Lit *const *)a, *(Lit *const *)b);
}

Lit **litorder_sort_pairs(Lit *const *pairs, size_t n) {
    Lit **sorted = mem_array(Lit *, 2 * n + 1);
    if (n) memcpy(sorted, pairs, sizeof(Lit *) * 2 * n);
    qsort(sorted, n, 2 * sizeof(Lit *), by_key);
    return sorted;
}

/* ---- external term format ---- */

static void put_be(Text *t, uint64_t v, unsigned bytes) {
    for (unsigned i = bytes; i-- > 0;) {
        char c = (char)(v >> (8 * i));
        text_put(t, &c, 1);
    }
}

static void put_tag(Text *t, unsigned tag) {
    put_be(t, tag, 1);
}

static void put_big(Text *t, const uint64_t *limbs, size_t n, bool negative) {
    size_t bytes = n * 8;
    while (bytes && !(limbs[(bytes - 1) / 8] >> ((bytes - 1) % 8 * 8) & 0xff))
        bytes--;
    put_tag(t, bytes < 256 ? 110 : 111);
    put_be(t, bytes, bytes < 256 ? 1 : 4);
    put_tag(t, negative);
    for (size_t i = 0; i < bytes; i++)
        put_be(t, limbs[i / 8] >> (i % 8 * 8) & 0xff, 1);
}

static void put_term(const Lit *l, Text *t) {
    switch (l->kind) {
    case LIT_INT:
        if (l->i >= INT32_MIN && l->i <= INT32_MAX) {
            put_tag(t, 98);
            put_be(t, (uint32_t)l->i, 4);
        } else {
            uint64_t limb = l->i < 0 ? -(uint64_t)l->i : (uint64_t)l->i;
            put_big(t, &limb, 1, l->i < 0);
        }
        break;
    case LIT_BIG: put_big(t, l->limbs, l->count, l->negative); break;
    case LIT_FLOAT: {
        uint64_t u;
        memcpy(&u, &l->d, 8);
        put_tag(t, 70);
        put_be(t, u, 8);
        break;
    }
    case LIT_ATOM:
        put_tag(t, 118);
        put_be(t, l->count, 2);
        text_put(t, l->text, l->count);
        break;
    case LIT_NIL: put_tag(t, 106); break;
    case LIT_CONS:
        put_tag(t, 108);
        put_be(t, l->count - 1, 4);
        for (size_t i = 0; i < l->count; i++)
            put_term(l->items[i], t);
        break;
    case LIT_TUPLE:
        put_tag(t, 105);
        put_be(t, l->count, 4);
        for (size_t i = 0; i < l->count; i++)
            put_term(l->items[i], t);
        break;
    case LIT_MAP:
        put_tag(t, 116);
        put_be(t, l->count / 2, 4);
        for (size_t i = 0; i < l->count; i++)
            put_term(l->items[i], t);
        break;
    case LIT_BINARY: {
        bool whole = l->count == 0 || l->last_bits == 8 || l->last_bits == 0;
        put_tag(t, whole ? 109 : 77);
        put_be(t, l->count, 4);
        if (!whole) put_tag(t, l->last_bits);
        text_put(t, (const char *)l->bytes, l->count);
        break;
    }
    case LIT_EXPORT:
        put_tag(t, 113);
        for (size_t i = 0; i < 3; i++)
            put_term(l->items[i], t);
        break;
    case LIT_OTHER: diag_fatal("a literal process identifier cannot be compiled");
    }
}

void litorder_to_etf(const Lit *lit, Text *out) {
    put_tag(out, 131);
    put_term(lit, out);
}
