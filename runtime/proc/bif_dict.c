/* bif_dict.c: get, put, erase. */
#include "abi/bif.h"
#include "ctx/alloc.h"
#include "proc/proc.h"
#include "term/cmp.h"

static Term or_undefined(Term t) {
    return t == BRC_NONE ? AM(undefined) : t;
}

Term brc_bif_erlang_get_1(Proc *p, Term key) {
    return or_undefined(brc_proc_dict_get(p->rest->dict, key));
}
Term brc_bif_erlang_put_2(Proc *p, Term key, Term value) {
    return or_undefined(brc_proc_dict_put(&p->rest->dict, key, value));
}
Term brc_bif_erlang_erase_1(Proc *p, Term key) {
    return or_undefined(brc_proc_dict_erase(p->rest->dict, key));
}

Term brc_proc_dict_list(Proc *p, const Dict *d) {
    Term list = BRC_NIL;
    if (!d || !d->count) return list;
    Term *at = brc_ctx_alloc(p, 5 * (size_t)d->count);
    for (size_t i = 0; i < 2 * (size_t)d->used; i += 2) {
        if (d->cells[i] == BRC_NONE) continue;
        list = term_cons(at, term_tuple2(at + 2, d->cells[i], d->cells[i + 1]), list);
        at += 5;
    }
    return list;
}

static Term keys_of(Proc *p, const Dict *d, Term value) { /* BRC_NONE: of any value */
    Term list = BRC_NIL;
    for (size_t i = 0; d && i < 2 * (size_t)d->used; i += 2) {
        if (d->cells[i] == BRC_NONE) continue;
        if (value != BRC_NONE && !brc_term_eq(d->cells[i + 1], value)) continue;
        list = term_cons(brc_ctx_alloc(p, 2), d->cells[i], list);
    }
    return list;
}

Term brc_bif_erlang_get_0(Proc *p) {
    return brc_proc_dict_list(p, p->rest->dict);
}

Term brc_bif_erlang_erase_0(Proc *p) {
    Term list = brc_proc_dict_list(p, p->rest->dict);
    brc_proc_dict_free(&p->rest->dict);
    return list;
}

Term brc_bif_erlang_get_keys_0(Proc *p) {
    return keys_of(p, p->rest->dict, BRC_NONE);
}
Term brc_bif_erlang_get_keys_1(Proc *p, Term value) {
    return keys_of(p, p->rest->dict, value);
}
