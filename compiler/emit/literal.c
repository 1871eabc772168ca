/* literal.c: literal terms as static data.
 *
 * A literal is one array of words: its boxed objects and list cells one after the other, pointing
 * at each other by the array's own address plus an offset and the tag. Maps of up to 32 keys are
 * sorted here as the runtime sorts them. A literal that holds a larger map is no static data: its
 * external form goes into the program and is built at start-up, and the code reads a variable. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "base/diag.h"
#include "emit/litorder.h"

typedef struct Words {
    VEC(const char *) at;
    const char *name; /* of the array */
} Words;

static const char *term_of(Writer *w, Words *d, const Lit *lit);

static const char *hex(uint64_t v) {
    return mem_format("UINT64_C(0x%llx)", (unsigned long long)v);
}

static size_t reserve(Words *d, size_t n) {
    size_t at = d->at.count;
    for (size_t i = 0; i < n; i++)
        vec_push(&d->at, NULL);
    return at;
}

static const char *pointer(const Words *d, size_t at, unsigned tag) {
    return mem_format("(Term)(%s + %zu) + %u", d->name, at, tag);
}

static const char *boxed_limbs(Words *d, const uint64_t *limbs, size_t n, bool negative) {
    while (n && !limbs[n - 1])
        n--;
    size_t at = reserve(d, n + 1);
    d->at.at[at] = hex(BRC_HEADER(negative ? BRC_BIGNEG : BRC_BIGPOS, n));
    for (size_t i = 0; i < n; i++)
        d->at.at[at + 1 + i] = hex(limbs[i]);
    return pointer(d, at, BRC_TAG_BOXED);
}

static const char *integer(Words *d, int64_t i) {
    if (i >= BRC_SMALL_MIN && i <= BRC_SMALL_MAX) return hex(BRC_SMALL(i));
    uint64_t limb = i < 0 ? -(uint64_t)i : (uint64_t)i;
    return boxed_limbs(d, &limb, 1, i < 0);
}

static const char *list(Writer *w, Words *d, const Lit *lit) {
    size_t n = lit->count - 1, at = reserve(d, 2 * n);
    for (size_t i = 0; i < n; i++) {
        const char *head = term_of(w, d, lit->items[i]);
        d->at.at[at + 2 * i] = head;
        const char *tail =
            i + 1 < n ? pointer(d, at + 2 * i + 2, BRC_TAG_LIST) : term_of(w, d, lit->items[n]);
        d->at.at[at + 2 * i + 1] = tail;
    }
    return pointer(d, at, BRC_TAG_LIST);
}

static const char *tuple(Writer *w, Words *d, Lit *const *items, size_t step, size_t n) {
    size_t at = reserve(d, n + 1);
    d->at.at[at] = hex(BRC_HEADER(BRC_TUPLE, n));
    for (size_t i = 0; i < n; i++) {
        const char *t = term_of(w, d, items[i * step]);
        d->at.at[at + 1 + i] = t;
    }
    return pointer(d, at, BRC_TAG_BOXED);
}

static const char *flat_map(Writer *w, Words *d, const Lit *lit) {
    size_t n = lit->count / 2;
    Lit **pairs = litorder_sort_pairs(lit->items, n);
    size_t at = reserve(d, n + 2);
    d->at.at[at] = hex(BRC_HEADER(BRC_FLATMAP, n + 1));
    const char *keys = tuple(w, d, pairs, 2, n);
    d->at.at[at + 1] = keys;
    for (size_t i = 0; i < n; i++) {
        const char *t = term_of(w, d, pairs[2 * i + 1]);
        d->at.at[at + 2 + i] = t;
    }
    return pointer(d, at, BRC_TAG_BOXED);
}

static const char *bits(Words *d, const Lit *lit) {
    size_t words = (lit->count + 7) / 8, at = reserve(d, 2 + words);
    d->at.at[at] = hex(BRC_HEADER(BRC_HEAPBIN, 1 + words));
    d->at.at[at + 1] = hex(lit->count);
    for (size_t i = 0; i < words; i++) {
        uint64_t v = 0;
        size_t left = lit->count - i * 8;
        memcpy(&v, lit->bytes + i * 8, left < 8 ? left : 8);
        d->at.at[at + 2 + i] = hex(v);
    }
    if (lit->count == 0 || lit->last_bits == 8 || lit->last_bits == 0)
        return pointer(d, at, BRC_TAG_BOXED);
    size_t sub = reserve(d, 5);
    d->at.at[sub] = hex(BRC_HEADER(BRC_SUBBITS, 4));
    d->at.at[sub + 1] = pointer(d, at, BRC_TAG_BOXED);
    d->at.at[sub + 2] = hex(0);
    d->at.at[sub + 3] = hex(BRC_SMALL((lit->count - 1) * 8 + lit->last_bits));
    d->at.at[sub + 4] = hex(0);
    return pointer(d, sub, BRC_TAG_BOXED);
}

/* fun M:F/A: one FunEntry per function named in this module. */
static const char *external_fun(Writer *w, Words *d, const Lit *lit) {
    const char *m = lit->items[0]->text, *f = lit->items[1]->text;
    uint32_t arity = (uint32_t)lit->items[2]->i;
    const char *symbol = w_declare_function(w, m, f, arity);
    const char *name = mem_format("fx$%s", names_function(m, f, arity));
    if (!map_get(w->declared, name, strlen(name))) {
        map_set(w->declared, name, strlen(name), (void *)1);
        const char *ma = w_atom_text(w, m, strlen(m)), *fa = w_atom_text(w, f, strlen(f));
        text_add(&w->head, "static const FunEntry %s = {%s, %s, %s, %u, -1, 0, 0, {0}, 0};\n", name,
                 symbol, ma, fa, arity);
    }
    size_t at = reserve(d, 2);
    d->at.at[at] = hex(BRC_HEADER(BRC_FUN, 1));
    d->at.at[at + 1] = mem_format("(Term)&%s", name);
    return pointer(d, at, BRC_TAG_BOXED);
}

static const char *term_of(Writer *w, Words *d, const Lit *lit) {
    switch (lit->kind) {
    case LIT_INT: return integer(d, lit->i);
    case LIT_BIG: return boxed_limbs(d, lit->limbs, lit->count, lit->negative);
    case LIT_FLOAT: {
        uint64_t u;
        memcpy(&u, &lit->d, 8);
        size_t at = reserve(d, 2);
        d->at.at[at] = hex(BRC_HEADER(BRC_FLOAT, 1));
        d->at.at[at + 1] = hex(u);
        return pointer(d, at, BRC_TAG_BOXED);
    }
    case LIT_ATOM: return hex(names_atom(lit->text, lit->count));
    case LIT_NIL: return hex(BRC_NIL);
    case LIT_CONS: return list(w, d, lit);
    case LIT_TUPLE: return tuple(w, d, lit->items, 1, lit->count);
    case LIT_MAP: return flat_map(w, d, lit);
    case LIT_BINARY: return bits(d, lit);
    case LIT_EXPORT: return external_fun(w, d, lit);
    case LIT_OTHER: break;
    }
    diag_fatal("%s: a literal of kind %d cannot be compiled", w->f->path, (int)lit->kind);
}

static bool holds_large_map(const Lit *lit) {
    if (lit->kind == LIT_MAP && lit->count / 2 > BRC_FLATMAP_MAX) return true;
    for (size_t i = 0; lit->items && i < lit->count; i++)
        if (holds_large_map(lit->items[i])) return true;
    return false;
}

static void write_words(Writer *w, const char *name, const Words *d) {
    text_add(&w->head, "static const Term %s[%zu] __attribute__((aligned(8))) = {", name,
             d->at.count);
    for (size_t i = 0; i < d->at.count; i++)
        text_add(&w->head, "%s%s,", i % 4 == 0 ? "\n    " : " ", d->at.at[i]);
    text_str(&w->head, "\n};\n");
}

/* The literal as the bytes the run time builds it from. */
static void write_slot(Writer *w, const char *name, const Lit *lit) {
    Text bytes = {0};
    litorder_to_etf(lit, &bytes);
    text_add(&w->head, "static Term %s;\nstatic const uint8_t %s_etf[] = {", name, name);
    for (size_t i = 0; i < bytes.count; i++)
        text_add(&w->head, "%s%u,", i % 20 == 0 ? "\n" : "", (unsigned)(uint8_t)bytes.at[i]);
    text_add(&w->head,
             "};\nstatic const LitSlot %s_slot __attribute__((used, retain, "
             "section(\"brc_litslots\"))) = "
             "{&%s, %s_etf, sizeof %s_etf};\n",
             name, name, name, name);
}

const char *w_literal(Writer *w, const Lit *lit, uint64_t index) {
    if (lit->kind == LIT_ATOM) return w_atom_text(w, lit->text, lit->count);
    if (lit->kind == LIT_NIL) return "BRC_NIL";
    if (lit->kind == LIT_INT && lit->i >= BRC_SMALL_MIN && lit->i <= BRC_SMALL_MAX)
        return mem_format("BRC_SMALL(INT64_C(%lld))", (long long)lit->i);
    const char *name = index == ~UINT64_C(0) ? mem_format("big%zu", w->big_count++)
                                             : mem_format("lit%llu", (unsigned long long)index);
    if (holds_large_map(lit)) {
        if (!w->literal_done[index]) write_slot(w, name, lit);
        w->literal_done[index] = 1;
        return name;
    }
    const char *term = mem_format("%s_t", name);
    if (index != ~UINT64_C(0) && w->literal_done[index]) return term;
    if (index != ~UINT64_C(0)) w->literal_done[index] = 1;
    Words d = {.name = name};
    const char *value = term_of(w, &d, lit);
    write_words(w, name, &d);
    text_add(&w->head, "#define %s (%s)\n", term, value);
    return term;
}
