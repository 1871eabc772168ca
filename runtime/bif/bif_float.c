/* bif_float.c: floats from and to lists and binaries of characters. */
#include "abi/bif.h"
#include "bif/text.h"
#include "ctx/fail.h"
#include "term/float_text.h"

/* ---- to text ---- */

typedef struct Layout {
    enum { LAYOUT_SCIENTIFIC, LAYOUT_FIXED, LAYOUT_SHORT } form;
    int decimals;
    bool compact;
} Layout;

/* {decimals, N} and {scientific, N}; later options override earlier ones. */
static bool read_pair(Term option, Layout *l) {
    if (!term_is_tuple_of(option, 2)) return false;
    Term name = term_tuple_elements(option)[0], n = term_tuple_elements(option)[1];
    if (!term_is_small(n)) return false;
    if (name == AM(decimals)) {
        l->form = LAYOUT_FIXED;
    } else if (name == AM(scientific)) {
        l->form = LAYOUT_SCIENTIFIC;
    } else {
        return false;
    }
    l->decimals = (int)term_small(n);
    return true;
}

static bool read_options(Term list, Layout *l) {
    for (; term_is_cons(list); list = term_tail(list)) {
        Term option = term_head(list);
        if (option == AM(compact)) {
            l->compact = true;
        } else if (option == AM(short)) {
            l->form = LAYOUT_SHORT;
        } else if (!read_pair(option, l)) {
            return false;
        }
    }
    return term_is_nil(list);
}

/* Length of the text in buf, or 0 for badarg. */
static size_t float_text(Term t, Term options, char *buf) {
    Layout l = {LAYOUT_SCIENTIFIC, 20, false};
    if (!term_is_float(t) || !read_options(options, &l)) return 0;
    double d = term_float(t);
    switch (l.form) {
    case LAYOUT_SHORT: return brc_term_float_short(d, buf);
    case LAYOUT_FIXED: return brc_term_float_fixed(d, l.decimals, l.compact, buf);
    default: return brc_term_float_scientific(d, l.decimals, buf);
    }
}

Term brc_bif_erlang_float_to_list_2(Proc *p, Term t, Term options) {
    char buf[BRC_FLOAT_TEXT_ROOM];
    size_t n = float_text(t, options, buf);
    return n ? text_list(p, buf, n) : brc_ctx_badarg(p);
}
Term brc_bif_erlang_float_to_binary_2(Proc *p, Term t, Term options) {
    char buf[BRC_FLOAT_TEXT_ROOM];
    size_t n = float_text(t, options, buf);
    return n ? text_bin(p, buf, n) : brc_ctx_badarg(p);
}
Term brc_bif_erlang_float_to_list_1(Proc *p, Term t) {
    return brc_bif_erlang_float_to_list_2(p, t, BRC_NIL);
}
Term brc_bif_erlang_float_to_binary_1(Proc *p, Term t) {
    return brc_bif_erlang_float_to_binary_2(p, t, BRC_NIL);
}

/* ---- from text ---- */

/* Takes the text, which gets its closing zero. */
static bool parse(Text *text, double *d) {
    text_put_char(text, 0);
    bool ok = brc_term_float_from_text(text->at, d);
    text_free(text);
    return ok;
}

static Term float_or_badarg(Proc *p, bool ok, double d) {
    return ok ? term_make_float(brc_ctx_alloc(p, 2), d) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_list_to_float_1(Proc *p, Term list) {
    Text text;
    double d = 0;
    text_init(&text);
    for (; term_is_cons(list); list = term_tail(list)) {
        Term c = term_head(list);
        if (!term_is_small(c) || term_small(c) < 0 || term_small(c) > 255) break;
        text_put_char(&text, (char)term_small(c));
    }
    bool ok = parse(&text, &d);
    return float_or_badarg(p, ok && term_is_nil(list), d);
}

Term brc_bif_erlang_binary_to_float_1(Proc *p, Term bin) {
    size_t n;
    uint8_t *tmp = NULL;
    double d = 0;
    const uint8_t *bytes = brc_term_bin_bytes(bin, &n, &tmp);
    if (!bytes) return brc_ctx_badarg(p);
    Text text;
    text_init(&text);
    text_put(&text, (const char *)bytes, n);
    free(tmp);
    bool ok = parse(&text, &d);
    return float_or_badarg(p, ok, d);
}

/* ---- string:list_to_float/1: a float at the front of a list ---- */

static bool next_is(Term list, int64_t low, int64_t high) {
    return term_is_cons(list) && term_is_small(term_head(list)) &&
           term_small(term_head(list)) >= low && term_small(term_head(list)) <= high;
}

static bool next_either(Term list, int64_t a, int64_t b) {
    return next_is(list, a, a) || next_is(list, b, b);
}

static Term take(Text *text, Term list) {
    text_put_char(text, (char)term_small(term_head(list)));
    return term_tail(list);
}

static Term take_digits(Text *text, Term list) {
    while (next_is(list, '0', '9'))
        list = take(text, list);
    return list;
}

/* Digits, point, digits and, if it is whole, an exponent. */
static Term take_float(Text *text, Term list) {
    if (next_either(list, '+', '-')) list = take(text, list);
    list = take_digits(text, list);
    if (next_either(list, '.', ',')) list = take(text, list);
    list = take_digits(text, list);
    if (!next_either(list, 'e', 'E')) return list;
    size_t len = text->len;
    Term rest = take(text, list);
    if (next_either(rest, '+', '-')) rest = take(text, rest);
    if (next_is(rest, '0', '9')) return take_digits(text, rest);
    text->len = len;
    return list;
}

Term brc_bif_string_list_to_float_1(Proc *p, Term list) {
    Text text;
    double d;
    if (!term_is_list(list)) return term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(not_a_list));
    text_init(&text);
    Term rest = take_float(&text, list);
    if (!parse(&text, &d)) return term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(no_float));
    Term *at = brc_ctx_alloc(p, 5);
    return term_tuple2(at, term_make_float(at + 3, d), rest);
}
