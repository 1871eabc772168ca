/* ms_keys.c: what patterns and bodies tell about keys. */
#include "ets/ms.h"
#include "term/map.h"

static bool is_variable(Term t) {
    uint32_t n;
    return t == AM(underscore) || brc_ets_ms_variable(t, &n);
}

/* ---- prefixes of keys ---- */
/* *stop: what follows may be anything. */
static int prefix(Term key, Term pattern, bool *stop) {
    if (brc_ets_ms_is_bound(pattern)) return ets_order(key, pattern);
    if (term_is_tuple(pattern) && term_is_tuple(key)) {
        size_t n = term_tuple_arity(pattern), have = term_tuple_arity(key);
        const Term *e = term_tuple_elements(pattern), *k = term_tuple_elements(key);
        if (n != have) return have < n ? -1 : 1;
        for (size_t i = 0; i < n; i++) {
            int c = prefix(k[i], e[i], stop);
            if (c != 0 || *stop) return c;
        }
        return 0;
    }
    while (term_is_cons(pattern) && term_is_cons(key)) {
        int c = prefix(term_head(key), term_head(pattern), stop);
        if (c != 0 || *stop) return c;
        pattern = term_tail(pattern), key = term_tail(key);
        if (brc_ets_ms_is_bound(pattern)) return ets_order(key, pattern);
    }
    if (is_variable(pattern) || term_is_map(pattern)) {
        *stop = true;
        return 0;
    }
    return ets_order(key, pattern); /* of different kinds */
}

int brc_ets_ms_compare_prefix(Term key, Term pattern) {
    bool stop = false;
    return prefix(key, pattern, &stop);
}

/* ---- select_replace ---- */
/* Does the expression `body` (in a const: the term) give what `pattern` has matched? */
static bool gives(Term pattern, Term body, bool in_const) {
    if (term_is_tuple(pattern) || term_is_tuple(body)) {
        if (!term_is_tuple(body) || !term_is_tuple(pattern)) {
            if (!in_const && term_is_tuple_of(body, 2) && term_tuple_elements(body)[0] == AM(const))
                return gives(pattern, term_tuple_elements(body)[1], true);
            return false;
        }
        if (!in_const) {
            const Term *b = term_tuple_elements(body);
            if (term_tuple_arity(body) == 2 && b[0] == AM(const)) return gives(pattern, b[1], true);
            if (term_tuple_arity(body) != 1 || !term_is_tuple(b[0])) return false;
            body = b[0];
        }
        size_t n = term_tuple_arity(pattern);
        if (n != term_tuple_arity(body)) return false;
        for (size_t i = 0; i < n; i++)
            if (!gives(term_tuple_elements(pattern)[i], term_tuple_elements(body)[i], in_const))
                return false;
        return true;
    }
    while (term_is_cons(pattern) && term_is_cons(body)) {
        if (!gives(term_head(pattern), term_head(body), in_const)) return false;
        pattern = term_tail(pattern), body = term_tail(body);
    }
    if (term_is_cons(pattern) || term_is_cons(body)) return false;
    if (is_variable(pattern)) return pattern != AM(underscore) && !in_const && pattern == body;
    if (!in_const && (body == AM(dollar_underscore) || body == AM(dollar_dollar))) return false;
    if (term_is_map(pattern) || term_is_map(body)) return false;
    return ets_same(pattern, body);
}

/* {element, KeyPos, Whole} */
static bool takes_key(Term body, Term pattern, uint64_t keypos) {
    if (!term_is_tuple_of(body, 3)) return false;
    const Term *e = term_tuple_elements(body);
    if (e[0] != AM(element) || e[1] != BRC_SMALL(keypos + 1)) return false;
    return e[2] == AM(dollar_underscore) || (is_variable(pattern) && e[2] == pattern);
}

static bool keeps_key(const MsClause *c, uint64_t keypos) {
    Term body = term_head(c->body), pattern = c->pattern;
    if (term_tail(c->body) != BRC_NIL) return false;
    if (body == AM(dollar_underscore)) return true;
    if (is_variable(pattern) && pattern != AM(underscore) && body == pattern) return true;
    if (!term_is_tuple(body)) return false;
    const Term *b = term_tuple_elements(body);
    bool in_const = term_is_tuple_of(body, 2) && b[0] == AM(const);
    if (!in_const && (term_tuple_arity(body) != 1 || !term_is_tuple(b[0]))) return false;
    Term made = b[in_const];
    if (!term_is_tuple(made) || term_tuple_arity(made) <= keypos) return false;
    Term key = term_tuple_elements(made)[keypos];
    if (!in_const && takes_key(key, pattern, keypos)) return true;
    if (!term_is_tuple(pattern) || term_tuple_arity(pattern) <= keypos) return false;
    return gives(term_tuple_elements(pattern)[keypos], key, in_const);
}

bool brc_ets_ms_keeps_key(const Ms *ms, uint64_t keypos) {
    for (uint32_t i = 0; i < ms->clause_count; i++)
        if (!keeps_key(&ms->clauses[i], keypos)) return false;
    return true;
}
