/* show.h: terms as text, for assertions: atoms of atom.def, strings, tuples, lists, small maps. */
#pragma once
#include "term/term.h"
#include <stdio.h>

static inline const char *show_atom(Term t) {
    switch (t) {
#define ATOM(name, text)                                                                           \
    case BRC_ATOM_INDEX(BRC_AM_##name): return text;
#include "abi/atom.def" /* the name pasted before it expands: false and true are macros */
#undef ATOM
    default: return "?atom";
    }
}

static inline void show_at(char **at, Term t) {
    if (term_is_small(t)) {
        *at += sprintf(*at, "%ld", (long)term_small(t));
    } else if (term_is_atom(t)) {
        *at += sprintf(*at, "%s", show_atom(t));
    } else if (term_is_nil(t)) {
        *at += sprintf(*at, "[]");
    } else if (term_is_cons(t)) {
        bool text = true;
        for (Term l = t; term_is_cons(l); l = term_tail(l))
            text = text && term_is_small(term_head(l)) && term_small(term_head(l)) > 31;
        *at += sprintf(*at, text ? "\"" : "[");
        for (; term_is_cons(t); t = term_tail(t)) {
            if (text)
                *(*at)++ = (char)term_small(term_head(t));
            else
                show_at(at, term_head(t));
            if (!text && term_is_cons(term_tail(t))) *at += sprintf(*at, ",");
        }
        if (!term_is_nil(t)) *at += sprintf(*at, "|"), show_at(at, t);
        *at += sprintf(*at, text ? "\"" : "]");
    } else if (term_is_tuple(t)) {
        *at += sprintf(*at, "{");
        for (size_t i = 0; i < term_tuple_arity(t); i++) {
            if (i) *at += sprintf(*at, ",");
            show_at(at, term_tuple_elements(t)[i]);
        }
        *at += sprintf(*at, "}");
    } else if (term_is_kind(t, BRC_FLATMAP)) {
        const Term *keys = term_tuple_elements(term_box(t)[1]);
        *at += sprintf(*at, "#{");
        for (size_t i = 0; i + 1 < BRC_HEADER_WORDS(term_header(t)); i++) {
            if (i) *at += sprintf(*at, ",");
            show_at(at, keys[i]);
            *at += sprintf(*at, "=>");
            show_at(at, term_box(t)[i + 2]);
        }
        *at += sprintf(*at, "}");
    } else if (term_is_fun(t)) {
        *at += sprintf(*at, "fun");
    } else {
        *at += sprintf(*at, "<%d>", term_kind(t));
    }
}

static inline const char *show(Term t) {
    static char text[4][8192];
    static int turn;
    char *at = text[turn = (turn + 1) % 4], *start = at;
    *at = 0;
    show_at(&at, t);
    return start;
}
