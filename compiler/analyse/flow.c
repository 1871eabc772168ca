/* flow.c: see flow.h. A question is asked once per register and place (a label, a parameter), so
 * loops end. */
#include "analyse/flow.h"

typedef struct Search {
    const BeamFile *f;
    Flow found;
    Map *seen;
} Search;

typedef struct Reg {
    ArgKind kind; /* ARG_X or ARG_Y */
    uint64_t n;
} Reg;

static void before(Search *s, size_t function, size_t at, Reg r);

static void add_atom(Flow *to, const char *atom) {
    for (size_t i = 0; i < to->atoms.count; i++)
        if (!strcmp(to->atoms.at[i], atom)) return;
    vec_push(&to->atoms, atom);
}

/* What an operand holds at op `at`. */
static void value_of(Search *s, size_t function, size_t at, const Arg *a) {
    if (a->kind == ARG_X || a->kind == ARG_Y)
        before(s, function, at, (Reg){a->kind, a->u});
    else if (a->kind == ARG_ATOM)
        add_atom(&s->found, s->f->atoms[a->u]);
    else
        s->found.unknown = true;
}

static bool is_new(Search *s, const char *kind, size_t function, uint64_t place, Reg r) {
    const char *key = mem_format("%s %zu %llu %d %llu", kind, function, (unsigned long long)place,
                                 (int)r.kind, (unsigned long long)r.n);
    if (map_get(s->seen, key, strlen(key))) return false;
    map_set(s->seen, key, strlen(key), (void *)1);
    return true;
}

/* Of a function of the same module. */
static bool is_local_call(const Op *op) {
    return op->code == OP_call || op->code == OP_call_only || op->code == OP_call_last;
}

/* ---- callers ---- */

/* A fun's parameters come from who calls it, then from where it is made. */
static void fun_parameter(Search *s, const BeamFun *fun, size_t arity, size_t param) {
    size_t first = arity - fun->nfree;
    if (param < first) {
        s->found.unknown = true;
        return;
    }
    const BeamFile *f = s->f;
    for (size_t i = 0; i < f->functions.count; i++)
        for (size_t k = 0; k < f->functions.at[i].count; k++) {
            const Op *op = &f->functions.at[i].ops[k];
            if (op->code != OP_make_fun3 || &f->funs.at[op->args[0].u] != fun) continue;
            value_of(s, i, k, &op->args[2].items[param - first]);
        }
}

static void parameter(Search *s, size_t function, size_t param) {
    const BeamFile *f = s->f;
    const BeamFunction *fn = &f->functions.at[function];
    if (!is_new(s, "parameter", function, param, (Reg){ARG_X, 0})) return;
    if (param >= fn->arity || beam_is_exported(f, fn)) {
        s->found.unknown = true;
        return;
    }
    for (size_t i = 0; i < f->funs.count; i++)
        if (f->funs.at[i].label == fn->entry) fun_parameter(s, &f->funs.at[i], fn->arity, param);
    for (size_t i = 0; !s->found.unknown && i < f->functions.count; i++)
        for (size_t k = 0; k < f->functions.at[i].count; k++) {
            const Op *op = &f->functions.at[i].ops[k];
            if (is_local_call(op) && op->args[1].u == fn->entry)
                before(s, i, k, (Reg){ARG_X, param});
        }
}

/* ---- labels ---- */

static bool jumps_to(const Op *op, uint64_t label) {
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        if (a->kind == ARG_LABEL && a->u == label) return true;
        for (size_t i = 0; a->kind == ARG_LIST && i < a->count; i++)
            if (a->items[i].kind == ARG_LABEL && a->items[i].u == label) return true;
    }
    return false;
}

static bool is_call(const Op *op) {
    switch (op->code) {
    case OP_call:
    case OP_call_ext:
    case OP_apply:
    case OP_call_fun:
    case OP_call_fun2: return true;
    default: return false;
    }
}

static bool ends(const Op *op) { /* what comes after it is not reached from it */
    switch (op->code) {
    case OP_return:
    case OP_jump:
    case OP_select_val:
    case OP_select_tuple_arity:
    case OP_call_only:
    case OP_call_last:
    case OP_call_ext_only:
    case OP_call_ext_last:
    case OP_apply_last:
    case OP_func_info:
    case OP_badmatch:
    case OP_case_end:
    case OP_if_end:
    case OP_try_case_end:
    case OP_wait:
    case OP_loop_rec_end: return true;
    default: return false;
    }
}

static void at_label(Search *s, size_t function, size_t at, Reg r) {
    const BeamFunction *fn = &s->f->functions.at[function];
    uint64_t label = fn->ops[at].args[0].u;
    if (!is_new(s, "label", function, label, r)) return;
    if (label == fn->entry) {
        if (r.kind == ARG_X)
            parameter(s, function, r.n);
        else
            s->found.unknown = true;
    }
    for (size_t k = 0; k < fn->count && !s->found.unknown; k++) {
        const Op *op = &fn->ops[k];
        if (is_local_call(op) || !jumps_to(op, label)) continue;
        if (op->code == OP_try || op->code == OP_catch)
            s->found.unknown = true; /* from any place in between */
        else
            before(s, function, k, r);
    }
    if (at > 0 && !ends(&fn->ops[at - 1])) before(s, function, at, r);
}

/* ---- straight lines ---- */

static bool is(const Arg *a, Reg r) {
    return a->kind == r.kind && a->u == r.n;
}

static bool writes(const Op *op, Reg r) {
    const char *kinds = beam_op_info(op->code)->operands;
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        if (strchr("dDwy", kinds[j]) && is(a, r)) return true;
        for (size_t i = 0; a->kind == ARG_LIST && i < a->count; i++)
            if (strchr("YGC", kinds[j]) && is(&a->items[i], r)) return true;
    }
    return false;
}

static void before(Search *s, size_t function, size_t at, Reg r) {
    const BeamFunction *fn = &s->f->functions.at[function];
    while (at-- > 0 && !s->found.unknown) {
        const Op *op = &fn->ops[at];
        switch (op->code) {
        case OP_label: at_label(s, function, at, r); return;
        case OP_move:
            if (is(&op->args[1], r)) {
                value_of(s, function, at, &op->args[0]);
                return;
            }
            break;
        case OP_swap:
            if (is(&op->args[0], r) || is(&op->args[1], r)) {
                const Arg *other = &op->args[is(&op->args[0], r)];
                r = (Reg){other->kind, other->u};
            }
            break;
        case OP_trim:
            if (r.kind == ARG_Y) r.n += op->args[0].u;
            break;
        default:
            if (writes(op, r) || (r.kind == ARG_X && is_call(op))) {
                s->found.unknown = true;
                return;
            }
        }
    }
}

Flow flow_into(const BeamFile *f, size_t function, size_t at, uint64_t reg) {
    return flow_into_operand(f, function, at, &(Arg){.kind = ARG_X, .u = reg});
}

Flow flow_into_operand(const BeamFile *f, size_t function, size_t at, const Arg *a) {
    Search s = {.f = f, .seen = map_new()};
    value_of(&s, function, at, a);
    if (s.found.atoms.count == 0) s.found.unknown = true;
    return s.found;
}
