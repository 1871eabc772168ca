/* ms_expr.c: guards and bodies of match specifications. */
#include "ets/ms.h"
#include "abi/bif.h"
#include "term/atom.h"
#include "term/map.h"
#include "term/print.h"
#include <stdlib.h>

/* ---- functions ---- */
#define FN(name, arity, cname)           {AM(name), arity, 0, (void *)brc_bif_##cname##_##arity, BRC_NONE}
#define TRACE(name, arity, where, value) {AM(name), arity, where, NULL, value}
const MsFunction brc_ets_ms_functions[] = {
    FN(is_atom, 1, erlang_is_atom),
    FN(is_float, 1, erlang_is_float),
    FN(is_integer, 1, erlang_is_integer),
    FN(is_list, 1, erlang_is_list),
    FN(is_number, 1, erlang_is_number),
    FN(is_pid, 1, erlang_is_pid),
    FN(is_port, 1, erlang_is_port),
    FN(is_reference, 1, erlang_is_reference),
    FN(is_tuple, 1, erlang_is_tuple),
    FN(is_map, 1, erlang_is_map),
    FN(is_map_key, 2, erlang_is_map_key),
    FN(is_binary, 1, erlang_is_binary),
    FN(is_function, 1, erlang_is_function),
    FN(is_record, 3, erlang_is_record),
    FN(not, 1, erlang_bool_not),
    FN(xor, 2, erlang_bool_xor),
    FN(abs, 1, erlang_abs),
    FN(element, 2, erlang_element),
    FN(hd, 1, erlang_hd),
    FN(length, 1, erlang_length),
    FN(map_get, 2, erlang_map_get),
    FN(map_size, 1, erlang_map_size),
    FN(node, 0, erlang_node),
    FN(node, 1, erlang_node),
    FN(round, 1, erlang_round),
    FN(size, 1, erlang_size),
    FN(bit_size, 1, erlang_bit_size),
    FN(byte_size, 1, erlang_byte_size),
    FN(tl, 1, erlang_tl),
    FN(trunc, 1, erlang_trunc),
    FN(float, 1, erlang_float),
    FN(binary_part, 2, erlang_binary_part),
    FN(binary_part, 3, erlang_binary_part),
    FN(plus, 1, erlang_plus),
    FN(plus, 2, erlang_add),
    FN(minus, 1, erlang_neg),
    FN(minus, 2, erlang_sub),
    FN(star, 2, erlang_mul),
    FN(slash, 2, erlang_fdiv),
    FN(div, 2, erlang_div),
    FN(rem, 2, erlang_rem),
    FN(band, 2, erlang_band),
    FN(bor, 2, erlang_bor),
    FN(bxor, 2, erlang_bxor),
    FN(bnot, 1, erlang_bnot),
    FN(bsl, 2, erlang_bsl),
    FN(bsr, 2, erlang_bsr),
    FN(gt, 2, erlang_gt),
    FN(ge, 2, erlang_ge),
    FN(lt, 2, erlang_lt),
    FN(le, 2, erlang_le),
    FN(eq_exact, 2, erlang_eq_exact),
    FN(eq, 2, erlang_eq),
    FN(ne_exact, 2, erlang_ne_exact),
    FN(ne, 2, erlang_ne),
    FN(self, 0, erlang_self),
    {AM(get_tcw), 0, 1, (void *)brc_ets_ms_get_tcw, BRC_NONE},
    {AM(set_tcw), 1, 2, (void *)brc_ets_ms_set_tcw, BRC_NONE},
    {BRC_NONE, 0, 0, NULL, BRC_NONE},
};
#undef FN
#undef TRACE

int brc_ets_ms_function(Term name, uint32_t arity) {
    for (int i = 0; brc_ets_ms_functions[i].name != BRC_NONE; i++)
        if (brc_ets_ms_functions[i].name == name && brc_ets_ms_functions[i].arity == arity)
            return i;
    return -1;
}

/* ---- expressions ---- */
static bool is_const(uint32_t operand) {
    return (operand & MS_CONST) != 0;
}

/* Operands of an expression's parts. */
typedef struct Operands {
    uint32_t *at, few[16];
    size_t n;
    bool all_const;
} Operands;

static void operands_begin(Operands *o, size_t room) {
    o->at = room <= 16 ? o->few : malloc(room * sizeof *o->at);
    o->n = 0;
    o->all_const = true;
}
static void operand(MsCompiler *c, Operands *o, Term t) {
    uint32_t one = brc_ets_ms_expression(c, t);
    o->all_const = o->all_const && is_const(one) && !c->failed && c->consts[one & ~MS_CONST] == t;
    o->at[o->n++] = one;
}
static void operands_end(Operands *o) {
    if (o->at != o->few) free(o->at);
}

static void say_bad_term(MsCompiler *c, Term t) {
    size_t len;
    char *text = brc_term_print_alloc(t, &len);
    brc_ets_ms_error(
        c, "%s is neither a function call, nor a tuple (tuples are written {{ ... }}).", text);
    free(text);
}

static const char *name_of(Term atom) {
    size_t len;
    return brc_term_atom_text(atom, &len);
}

/* What `op` makes of n parts, or the whole where all of it is constant. */
static uint32_t made(MsCompiler *c, Operands *o, Term whole, MsKind op, size_t n) {
    uint32_t d;
    if (o->all_const) {
        d = brc_ets_ms_const(c, whole);
    } else {
        d = brc_ets_ms_slot(c);
        brc_ets_ms_emit(c, op, d, brc_ets_ms_args(c, o->at, o->n), (uint32_t)n);
    }
    operands_end(o);
    return d;
}

static uint32_t tuple(MsCompiler *c, Term inner) {
    const Term *e = term_tuple_elements(inner);
    size_t n = term_tuple_arity(inner);
    Operands o;
    operands_begin(&o, n);
    for (size_t i = 0; i < n && !ms_stopped(c); i++)
        operand(c, &o, e[i]);
    return made(c, &o, inner, MS_NEW_TUPLE, n);
}

static uint32_t list(MsCompiler *c, Term t) {
    size_t n = 0;
    Term end = t;
    for (; term_is_cons(end); end = term_tail(end))
        n++;
    Operands o;
    operands_begin(&o, n + 1);
    for (end = t; term_is_cons(end) && !ms_stopped(c); end = term_tail(end))
        operand(c, &o, term_head(end));
    if (!ms_stopped(c)) operand(c, &o, end);
    uint32_t d = MS_CONST;
    if (o.all_const) {
        d = brc_ets_ms_const(c, t);
    } else if (!ms_stopped(c)) {
        d = o.at[n];
        for (size_t i = n; i-- > 0;) {
            uint32_t cell = brc_ets_ms_slot(c);
            brc_ets_ms_emit(c, MS_LIST, cell, o.at[i], d);
            d = cell;
        }
    }
    operands_end(&o);
    return d;
}

static uint32_t map(MsCompiler *c, Term t) {
    MapIter it;
    Term key, value;
    Operands o;
    size_t n = brc_term_map_size(t);
    operands_begin(&o, 2 * n);
    brc_term_map_iter(&it, t);
    while (!ms_stopped(c) && brc_term_map_next(&it, &key, &value)) {
        operand(c, &o, key);
        operand(c, &o, value);
    }
    return made(c, &o, t, MS_NEW_MAP, n);
}

/* andalso, orelse: all but the last decide. */
static uint32_t shortcut(MsCompiler *c, const Term *args, size_t n, MsKind kind) {
    uint32_t d = brc_ets_ms_slot(c);
    size_t first = c->op_count, last;
    for (size_t i = 0; i + 1 < n && !ms_stopped(c); i++) {
        uint32_t one = brc_ets_ms_expression(c, args[i]);
        brc_ets_ms_emit(c, kind, d, one, UINT32_MAX);
    }
    if (ms_stopped(c)) return d;
    brc_ets_ms_emit(c, MS_MOVE, d, brc_ets_ms_expression(c, args[n - 1]), 0);
    last = c->op_count;
    for (size_t i = first; i < last; i++) {
        MsOp *op = &c->ops[i];
        if (op->kind == kind && op->d == d && op->b == UINT32_MAX) op->b = (uint32_t)last;
    }
    return d;
}

static uint32_t call(MsCompiler *c, Term name, const Term *args, size_t n) {
    int f = brc_ets_ms_function(name, (uint32_t)n);
    if (f < 0) {
        size_t len;
        char *text = brc_term_print_alloc(name, &len); /* quoted as need be */
        brc_ets_ms_error(c, "Function %s/%zu does_not_exist.", text, n);
        free(text);
        return MS_CONST;
    }
    uint32_t where = brc_ets_ms_functions[f].trace_only;
    if (where && (c->dialect != MS_TRACE || (where == 2 && !c->in_body))) {
        brc_ets_ms_error(c, "Function %s/%zu cannot be called in this context.", name_of(name), n);
        return MS_CONST;
    }
    Operands o;
    operands_begin(&o, n);
    for (size_t i = 0; i < n && !ms_stopped(c); i++)
        operand(c, &o, args[i]);
    uint32_t d = brc_ets_ms_slot(c);
    brc_ets_ms_emit(c, MS_CALL, d, (uint32_t)f, brc_ets_ms_args(c, o.at, o.n));
    operands_end(&o);
    return d;
}

/* Forms that have rules of their own; false: it is none. */
static bool special(MsCompiler *c, Term t, uint32_t *d) {
    const Term *e = term_tuple_elements(t);
    size_t n = term_tuple_arity(t) - 1;
    bool and_ = e[0] == AM(and) || e[0] == AM(andalso), or_ = e[0] == AM(or) || e[0] == AM(orelse);
    if (!and_ && !or_ && e[0] != AM(const)) return false;
    if (e[0] == AM(const) && n != 1) {
        brc_ets_ms_say(c, "Special form '%s' called with more than one argument in %s.", e[0], t);
    } else if (n == 0) {
        brc_ets_ms_say(c, "Special form '%s' called without arguments in %s.", e[0], t);
    } else if (e[0] == AM(const)) {
        *d = brc_ets_ms_const(c, e[1]);
    } else if (e[0] == AM(andalso) || e[0] == AM(orelse)) {
        *d = shortcut(c, e + 1, n, and_ ? MS_ANDALSO : MS_ORELSE);
    } else {
        Operands o;
        operands_begin(&o, n);
        for (size_t i = 1; i <= n && !ms_stopped(c); i++)
            operand(c, &o, e[i]);
        *d = brc_ets_ms_slot(c);
        brc_ets_ms_emit(c, and_ ? MS_AND : MS_OR, *d, brc_ets_ms_args(c, o.at, o.n), (uint32_t)n);
        operands_end(&o);
    }
    return true;
}

static uint32_t tuple_form(MsCompiler *c, Term t) {
    const Term *e = term_tuple_elements(t);
    size_t n = term_tuple_arity(t);
    uint32_t d = MS_CONST;
    if (n == 1 && term_is_tuple(e[0])) return tuple(c, e[0]);
    if (n == 0 || !term_is_atom(e[0])) {
        say_bad_term(c, t);
        return MS_CONST;
    }
    if (special(c, t, &d) || brc_ets_ms_trace_form(c, t, &d)) return d;
    return call(c, e[0], e + 1, n - 1);
}

static uint32_t all_bound(MsCompiler *c) {
    Operands o;
    operands_begin(&o, c->variable_count);
    for (size_t i = 0; i < c->variable_count; i++)
        o.at[o.n++] = c->variables[i].slot;
    uint32_t d = brc_ets_ms_slot(c);
    brc_ets_ms_emit(c, MS_BOUND, d, brc_ets_ms_args(c, o.at, o.n), (uint32_t)o.n);
    operands_end(&o);
    return d;
}

static uint32_t atom(MsCompiler *c, Term t) {
    uint32_t number;
    if (t == AM(dollar_underscore)) return c->root;
    if (t == AM(dollar_dollar)) return all_bound(c);
    if (!brc_ets_ms_variable(t, &number)) return brc_ets_ms_const(c, t);
    int64_t slot = brc_ets_ms_slot_of(c, number);
    if (slot < 0) brc_ets_ms_error(c, "Variable $%u is unbound.", number);
    return slot < 0 ? MS_CONST : (uint32_t)slot;
}

uint32_t brc_ets_ms_expression(MsCompiler *c, Term t) {
    uint32_t d;
    if (ms_stopped(c) || !brc_ets_ms_deeper(c)) return MS_CONST;
    if (term_is_atom(t))
        d = atom(c, t);
    else if (term_is_cons(t))
        d = list(c, t);
    else if (term_is_tuple(t))
        d = tuple_form(c, t);
    else if (term_is_map(t))
        d = map(c, t);
    else
        d = brc_ets_ms_const(c, t);
    c->depth--;
    return d;
}

static bool next_in(MsCompiler *c, Term *l) {
    if (ms_stopped(c)) return false;
    if (term_is_cons(*l)) return true;
    if (!term_is_nil(*l)) brc_ets_ms_error(c, "Match expression is not a proper list.");
    return false;
}

void brc_ets_ms_guards(MsCompiler *c, Term l) {
    if (!term_is_list(l)) {
        brc_ets_ms_error(c, "Match expression is not a list.");
        return;
    }
    for (; next_in(c, &l); l = term_tail(l)) {
        uint32_t d = brc_ets_ms_expression(c, term_head(l));
        if (!ms_stopped(c)) brc_ets_ms_emit(c, MS_GUARD, 0, d, 0);
    }
}

void brc_ets_ms_body(MsCompiler *c, Term l) {
    uint32_t d = MS_CONST;
    if (!term_is_cons(l)) {
        if (c->dialect == MS_TABLE) {
            brc_ets_ms_error(c, "Body clause does not return anything.");
            return;
        }
        d = brc_ets_ms_const(c, AM(true));
    }
    for (; next_in(c, &l); l = term_tail(l))
        d = brc_ets_ms_expression(c, term_head(l));
    if (c->dialect == MS_TRACE) d = brc_ets_ms_const(c, AM(true));
    if (!ms_stopped(c)) brc_ets_ms_emit(c, MS_END, 0, d, 0);
}
