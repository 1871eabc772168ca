/* bif_binary_search.c: binary:match, matches, split, compile_pattern. A compiled pattern is
 * {bm, Ref} for one text and {ac, Ref} for several, Ref being a magic reference. */
#include "abi/bif.h"
#include "bif/sliced.h"
#include "bif/binpart.h"
#include "ctx/magic.h"
#include "term/bits.h"
#include "term/bits_search.h"
#include "term/int.h"
#include <stdlib.h>

/* ---- patterns ---- */

typedef struct CompiledPattern {
    Magic magic;
    BytesPattern *pattern;
    bool several;
} CompiledPattern;

static void destroy_pattern(Magic *m) {
    brc_term_pattern_free(((CompiledPattern *)m)->pattern);
    brc_ctx_magic_free(m);
}

/* The texts of a pattern while it is compiled. */
typedef struct Texts {
    const uint8_t **bytes;
    size_t *sizes;
    uint8_t **copies;
    size_t count;
} Texts;

static bool add_text(Texts *t, Term bin) {
    size_t i = t->count;
    t->bytes[i] = brc_term_bin_bytes(bin, &t->sizes[i], &t->copies[i]);
    if (t->bytes[i] == NULL) return false;
    t->count++;
    return t->sizes[i] != 0;
}

static bool add_texts(Texts *t, Term pattern) {
    if (!term_is_cons(pattern)) return add_text(t, pattern);
    for (; term_is_cons(pattern); pattern = term_tail(pattern))
        if (!add_text(t, term_head(pattern))) return false;
    return true;
}

/* NULL: no pattern. */
static BytesPattern *compile(Term pattern, bool *several) {
    int64_t n = term_is_cons(pattern) ? brc_term_list_length(pattern) : 1;
    if (n < 1) return NULL;
    size_t count = (size_t)n;
    Texts t = {malloc(count * sizeof *t.bytes), malloc(count * sizeof *t.sizes),
               malloc(count * sizeof *t.copies), 0};
    if (t.bytes == NULL || t.sizes == NULL || t.copies == NULL) abort();
    BytesPattern *made = NULL;
    if (add_texts(&t, pattern)) made = brc_term_pattern_new(t.bytes, t.sizes, count);
    *several = count > 1;
    for (size_t i = 0; i < t.count; i++)
        free(t.copies[i]);
    free(t.bytes);
    free(t.sizes);
    free(t.copies);
    return made;
}

Term brc_bif_binary_compile_pattern_1(Proc *p, Term pattern) {
    bool several;
    BytesPattern *made = compile(pattern, &several);
    if (made == NULL) return brc_ctx_badarg(p);
    CompiledPattern *c = brc_ctx_magic_new(sizeof *c, destroy_pattern);
    c->pattern = made;
    c->several = several;
    Term ref = brc_ctx_magic_term(p, &c->magic);
    return term_tuple2(brc_ctx_alloc(p, 3), several ? AM(ac) : AM(bm), ref);
}

static const BytesPattern *compiled(Term t) {
    const Term *e = term_tuple_elements(t);
    const CompiledPattern *c = brc_ctx_magic_kind(e[1], destroy_pattern);
    return c != NULL && e[0] == (c->several ? AM(ac) : AM(bm)) ? c->pattern : NULL;
}

/* ---- a search ---- */

enum { GLOBAL = 1, TRIM = 2, TRIM_ALL = 4 };

typedef struct Search {
    Term subject;
    BitsView view;
    const uint8_t *bytes;
    uint8_t *copy;     /* of the bytes, where they did not start at a byte; malloc'd */
    uint64_t from, to; /* the scope */
    unsigned options;
    const BytesPattern *pattern;
    BytesPattern *own; /* compiled for this search */
} Search;

static bool scope_option(Search *s, Term option) {
    uint64_t n;
    if (!term_is_tuple_of(option, 2)) return false;
    const Term *e = term_tuple_elements(option);
    if (e[0] != AM(scope) || !term_is_tuple_of(e[1], 2)) return false;
    e = term_tuple_elements(e[1]);
    if (!brc_bif_bin_range(e[0], e[1], s->view.bit_size >> 3, &s->from, &n)) return false;
    s->to = s->from + n;
    return true;
}

static bool parse_options(Search *s, Term list, bool split) {
    if (!term_is_list(list)) return false;
    for (; term_is_cons(list); list = term_tail(list)) {
        Term option = term_head(list);
        if (split && option == AM(global))
            s->options |= GLOBAL;
        else if (split && option == AM(trim))
            s->options |= TRIM;
        else if (split && option == AM(trim_all))
            s->options |= TRIM_ALL;
        else if (!scope_option(s, option))
            return false;
    }
    return true; /* as stock: whatever ends the list */
}

/* Reads the arguments; false: badarg. Where there is nothing to search in, the pattern is not
 * looked at and s->pattern stays NULL. */
static bool begin(Proc *p, Search *s, Term subject, Term pattern, Term options, bool split) {
    size_t size;
    *s = (Search){.subject = subject};
    if (!brc_term_bits_view(subject, &s->view) || (s->view.bit_size & 7) != 0) return false;
    s->to = s->view.bit_size >> 3;
    if (!parse_options(s, options, split)) return false;
    if (s->to == 0) return true;
    bool several;
    s->pattern =
        term_is_tuple_of(pattern, 2) ? compiled(pattern) : (s->own = compile(pattern, &several));
    if (s->pattern == NULL) return false;
    s->bytes = brc_term_bin_bytes(subject, &size, &s->copy);
    brc_ctx_charge(p, (s->to - s->from) >> 9);
    return true;
}

static void end(Search *s) {
    free(s->copy);
    if (s->own != NULL) brc_term_pattern_free(s->own);
}

static bool next(const Search *s, uint64_t from, size_t *at, size_t *len) {
    return s->pattern != NULL && brc_term_pattern_find(s->pattern, s->bytes, from, s->to, at, len);
}

/* ---- match, matches ---- */

static Term range(Proc *p, size_t at, size_t len) {
    return term_tuple2(brc_ctx_alloc(p, 3), BRC_SMALL(at), BRC_SMALL(len));
}

static Term match(Proc *p, Term subject, Term pattern, Term options) {
    Search s;
    size_t at, len;
    if (!begin(p, &s, subject, pattern, options, false)) return brc_ctx_badarg(p);
    Term found = next(&s, s.from, &at, &len) ? range(p, at, len) : AM(nomatch);
    end(&s);
    return found;
}

static Term matches(Proc *p, Term subject, Term pattern, Term options) {
    Search s;
    size_t at, len;
    Term first = BRC_NIL, *link = &first;
    if (!begin(p, &s, subject, pattern, options, false)) return brc_ctx_badarg(p);
    for (uint64_t from = s.from; next(&s, from, &at, &len); from = at + len) {
        brc_ctx_pause(60 + (at - from));
        Term found = range(p, at, len);
        Term *cell = brc_ctx_alloc(p, 2);
        *link = term_cons(cell, found, BRC_NIL);
        link = cell + 1;
    }
    end(&s);
    return first;
}

Term brc_long_binary_match_2(Proc *p, Term s, Term t) {
    return match(p, s, t, BRC_NIL);
}
Term brc_long_binary_match_3(Proc *p, Term s, Term t, Term o) {
    return match(p, s, t, o);
}
Term brc_long_binary_matches_2(Proc *p, Term s, Term t) {
    return matches(p, s, t, BRC_NIL);
}
Term brc_long_binary_matches_3(Proc *p, Term s, Term t, Term o) {
    return matches(p, s, t, o);
}

/* ---- split ---- */

/* The parts in order; empty ones that trim would drop are held back until a part follows. */
typedef struct Parts {
    Proc *p;
    const Search *s;
    Term first, *link;
    size_t empty;
} Parts;

static void link_part(Parts *a, Term t) {
    Term *cell = brc_ctx_alloc(a->p, 2);
    *a->link = term_cons(cell, t, BRC_NIL);
    a->link = cell + 1;
}

static void add_part(Parts *a, uint64_t from, uint64_t to) {
    const BitsView *v = &a->s->view;
    if (from == to && (a->s->options & (TRIM | TRIM_ALL)) != 0) {
        if ((a->s->options & TRIM_ALL) == 0) a->empty++;
        return;
    }
    for (; a->empty != 0; a->empty--)
        link_part(a, brc_term_bin_new(a->p, NULL, 0));
    bool all = to - from == v->bit_size >> 3;
    link_part(a, all ? a->s->subject
                     : brc_term_bits_part(a->p, v->original, v->data, v->bit_offset + 8 * from,
                                          8 * (to - from)));
}

static Term split(Proc *p, Term subject, Term pattern, Term options) {
    Search s;
    size_t at, len;
    if (!begin(p, &s, subject, pattern, options, true)) return brc_ctx_badarg(p);
    Parts parts = {.p = p, .s = &s, .first = BRC_NIL};
    parts.link = &parts.first;
    uint64_t from = s.from, start = 0, size = s.view.bit_size >> 3;
    while (next(&s, from, &at, &len)) {
        add_part(&parts, start, at);
        brc_ctx_pause(60 + (at - from));
        from = start = at + len;
        if ((s.options & GLOBAL) == 0) break;
    }
    add_part(&parts, start, size);
    end(&s);
    return parts.first;
}

Term brc_long_binary_split_2(Proc *p, Term s, Term t) {
    return split(p, s, t, BRC_NIL);
}
Term brc_long_binary_split_3(Proc *p, Term s, Term t, Term o) {
    return split(p, s, t, o);
}
