/* op_arith.c: guard built-ins (bif0..gc_bif3) and float arithmetic.
 *
 * The commonest are opened in place with their slow side a call; every other guard built-in is a
 * call of its C function. None of them collects. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "base/diag.h"

typedef struct Call { /* one guard built-in being written */
    const Op *op;
    const BeamImport *import;
    const BifRow *bif;
    const Arg *fail, *args, *to;
    uint32_t arity;
} Call;

/* x + n, n + x and x - n with a small constant are instructions of their own in erl, whose error
 * has no built-in's frame; unary plus is x + 0. */
static bool fails_without_frame(Writer *w, const Call *c) {
    const char *name = w->f->atoms[c->import->name];
    int64_t n;
    if (c->arity != 2) return false;
    if (!strcmp(name, "+")) return w_const_small(&c->args[0], &n) || w_const_small(&c->args[1], &n);
    return !strcmp(name, "-") && w_const_small(&c->args[1], &n);
}

/* Where it failed: the label, or the raise with the built-in as first frame. */
static void write_fail(Writer *w, const Call *c) {
    if (c->fail && c->fail->u) {
        OUT("goto %s;", w_goto(w, c->fail->u));
        return;
    }
    if (fails_without_frame(w, c)) {
        OUT("{ p->loc = %s; BRC_JUMP_SP(brc_code_raise, %s, U, U, U, U, U, U); }", w_loc(w),
            w_trace_sp(w));
        return;
    }
    const char *desc = mem_format("brc_bifdesc_%s_%u", c->bif->cname, c->arity);
    if (!map_get(w->declared, desc, strlen(desc))) {
        map_set(w->declared, desc, strlen(desc), (void *)1);
        text_add(&w->head, "extern const Bif %s;\n", desc);
    }
    OUT("{ p->loc = %s; p->fbif = &%s; BRC_JUMP_SP(brc_code_bif_fail, %s", w_loc(w), desc,
        w_trace_sp(w));
    for (unsigned i = 0; i < 6; i++)
        if (i < c->arity)
            OUT(", %s", w_value(w, &c->args[i]));
        else
            OUT(", U");
    OUT("); }");
}

/* cold: where a fast path did not do, which the call leaves its registers. */
static void call_c(Writer *w, const Call *c, bool cold) {
    if (w->head_of_call) { /* a repeated head has no slow side */
        OUT("goto B%u;", w->head_id);
        return;
    }
    bool alloc = c->bif->flags & BRC_BIF_ALLOC;
    if (alloc) OUT("BRC_OUT(); ");
    if (cold)
        OUT("t = brc_code_bif%u(p", c->arity);
    else
        OUT("t = brc_bif_%s_%u(p", c->bif->cname, c->arity);
    for (unsigned i = 0; i < c->arity; i++)
        OUT(", %s", w_value(w, &c->args[i]));
    if (cold) OUT(", brc_bif_%s_%u", c->bif->cname, c->arity);
    OUT("); ");
    if (alloc) OUT("BRC_IN(); ");
    OUT("if (BRC_UNLIKELY(t == BRC_NONE)) ");
    write_fail(w, c);
}

static const char *small_name(const char *name) {
    static const char *const names[][2] = {
        {"+", "add"},     {"-", "sub"},   {"*", "mul"},     {"div", "div"}, {"rem", "rem"},
        {"band", "band"}, {"bor", "bor"}, {"bxor", "bxor"}, {"bsl", "bsl"}, {"bsr", "bsr"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(name, names[i][0])) return names[i][1];
    return NULL;
}

static void assume_small(Writer *w, const Arg *a) {
    int64_t min, max;
    if ((a->kind == ARG_X || a->kind == ARG_Y) && w_typed_small(w, a, &min, &max))
        OUT("__builtin_assume((%s & 3) == 0); ", w_value(w, a));
}

/* For a division, or a product, whose operand is known to lie between bounds. */
static void assume_range(Writer *w, const Arg *a, const char *name) {
    int64_t min, max;
    if (strcmp(name, "div") != 0 && strcmp(name, "rem") != 0 && strcmp(name, "mul") != 0) return;
    if ((a->kind != ARG_X && a->kind != ARG_Y) || !w_typed_small(w, a, &min, &max)) return;
    const char *v = w_value(w, a);
    OUT("__builtin_assume((STerm)%s >= (STerm)%s && (STerm)%s <= (STerm)%s); ", v,
        w_integer(w, min), v, w_integer(w, max));
}

/* Both operands' ranges are known and so is that the result fits: no test at all. */
static bool ranged(Writer *w, const Call *c, const char *name) {
    int64_t a0, a1, b0, b1;
    if (!w_typed_small(w, &c->args[0], &a0, &a1) || !w_typed_small(w, &c->args[1], &b0, &b1))
        return false;
    const int64_t limit = INT64_C(1) << 60;
    if (a0 < -limit || a1 > limit || b0 < -limit || b1 > limit) return false;
    const char *a = w_value(w, &c->args[0]), *b = w_value(w, &c->args[1]);
    if (!strcmp(name, "add"))
        OUT("%s = %s + %s;", w_target(w, c->to), a, b);
    else if (!strcmp(name, "sub"))
        OUT("%s = %s - %s;", w_target(w, c->to), a, b);
    else
        return false;
    return true;
}

/* Guards add, subtract and multiply known floats by the general instruction. */
static bool floats(Writer *w, const Call *c, const char *name) {
    char sign = !strcmp(name, "add") ? '+' : !strcmp(name, "sub") ? '-' : '*';
    if (sign == '*' && strcmp(name, "mul") != 0) return false;
    if (!w_floats(w, &c->args[0], &c->args[1])) return false;
    const char *a = w_as_double(w, &c->args[0]), *b = w_as_double(w, &c->args[1]);
    OUT("{ Term t; double d = %s %c %s; if (BRC_UNLIKELY(!brc_finite(d))) { ", a, sign, b);
    call_c(w, c, true);
    OUT(" } else BRC_BOX(t, d); %s = t; }", w_target(w, c->to));
    return true;
}

static void write_binary(Writer *w, const Call *c, const char *name) {
    if (ranged(w, c, name) || floats(w, c, name)) return;
    OUT("{ Term t; ");
    assume_small(w, &c->args[0]);
    assume_small(w, &c->args[1]);
    assume_range(w, &c->args[0], name);
    assume_range(w, &c->args[1], name);
    OUT("if (BRC_UNLIKELY(!brc_%s_small(%s, %s, &t))) { ", name, w_value(w, &c->args[0]),
        w_value(w, &c->args[1]));
    call_c(w, c, true);
    OUT(" } %s = t; }", w_target(w, c->to));
}

/* Built-ins that look at one or two terms and mostly succeed in place. */
static bool write_fast(Writer *w, const Call *c, const char *name) {
    const char *fast = NULL;
    if (c->arity == 1 && !strcmp(name, "hd")) fast = "brc_fast_hd";
    if (c->arity == 1 && !strcmp(name, "tl")) fast = "brc_fast_tl";
    if (c->arity == 1 && !strcmp(name, "tuple_size")) fast = "brc_fast_tuple_size";
    if (c->arity == 2 && !strcmp(name, "element")) fast = "brc_fast_element";
    if (!fast) return false;
    OUT("{ Term t = %s(%s%s%s); if (BRC_UNLIKELY(t == BRC_NONE)) { ", fast, w_value(w, &c->args[0]),
        c->arity == 2 ? ", " : "", c->arity == 2 ? w_value(w, &c->args[1]) : "");
    call_c(w, c, true);
    OUT(" } %s = t; }", w_target(w, c->to));
    return true;
}

static bool write_comparison(Writer *w, const Call *c, const char *name) {
    static const char *const names[][3] = {
        {"=:=", "", "brc_eq_exact"}, {"=/=", "!", "brc_eq_exact"}, {"==", "", "brc_eq"},
        {"/=", "!", "brc_eq"},       {"<", "", "brc_lt"},          {">=", "", "brc_ge"}};
    if (c->arity != 2) return false;
    const char *a = w_value(w, &c->args[0]), *b = w_value(w, &c->args[1]);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(name, names[i][0])) {
            OUT("%s = term_bool(%s%s(%s, %s));", w_target(w, c->to), names[i][1], names[i][2], a,
                b);
            return true;
        }
    if (!strcmp(name, ">") || !strcmp(name, "=<")) {
        OUT("%s = term_bool(%s(%s, %s));", w_target(w, c->to), name[0] == '>' ? "brc_lt" : "brc_ge",
            b, a);
        return true;
    }
    return false;
}

static void write_call(Writer *w, const Call *c) {
    const char *name = w->f->atoms[c->import->name];
    if (!strcmp(name, "self") && c->arity == 0) {
        OUT("%s = p->pid;", w_target(w, c->to));
        return;
    }
    if (write_comparison(w, c, name)) return;
    if (!c->bif) {
        OUT("{ p->loc = &missing%u.at; BRC_JUMP_SP(brc_code_undef, %s",
            (unsigned)(c->import - w->f->imports.at), w_trace_sp(w));
        for (unsigned i = 0; i < 6; i++)
            if (i < c->arity)
                OUT(", %s", w_value(w, &c->args[i]));
            else
                OUT(", U");
        OUT("); }");
        const char *key = mem_format("missing%u", (unsigned)(c->import - w->f->imports.at));
        if (map_get(w->declared, key, strlen(key))) return;
        map_set(w->declared, key, strlen(key), (void *)1);
        text_add(&w->head, "static const FnPlace %s = BRC_FN_PLACE(%s, %s, %u, 1);\n", key,
                 w_atom(w, c->import->module), w_atom(w, c->import->name), c->arity);
        return;
    }
    const char *small = c->arity == 2 ? small_name(name) : NULL;
    if (small) {
        write_binary(w, c, small);
        return;
    }
    if (c->arity == 1 && (!strcmp(name, "-") || !strcmp(name, "bnot"))) {
        OUT("{ Term t; if (BRC_UNLIKELY(!brc_%s_small(%s, &t))) { ",
            name[0] == '-' ? "neg" : "bnot", w_value(w, &c->args[0]));
        call_c(w, c, true);
        OUT(" } %s = t; }", w_target(w, c->to));
        return;
    }
    if (write_fast(w, c, name)) return;
    OUT("{ Term t; ");
    call_c(w, c, false);
    OUT(" %s = t; }", w_target(w, c->to));
}

static bool guard_bif(Writer *w, const Op *op) {
    Call c = {.op = op};
    unsigned first;
    switch (op->code) {
    case OP_bif0: c.arity = 0, first = 0; break;
    case OP_bif1: c.arity = 1, first = 1; break;
    case OP_bif2: c.arity = 2, first = 1; break;
    case OP_bif3: c.arity = 3, first = 1; break;
    case OP_gc_bif1: c.arity = 1, first = 2; break;
    case OP_gc_bif2: c.arity = 2, first = 2; break;
    case OP_gc_bif3: c.arity = 3, first = 2; break;
    default: return false;
    }
    c.fail = op->code == OP_bif0 ? NULL : &op->args[0];
    c.import = &w->f->imports.at[op->args[first].u];
    c.args = &op->args[first + 1];
    c.to = &op->args[op->nargs - 1];
    const char *name = w->f->atoms[c.import->name];
    Arg plus_zero[2];
    if (c.arity == 1 && !strcmp(name, "+")) { /* as in erl: so -0.0 becomes 0.0 */
        plus_zero[0] = c.args[0];
        plus_zero[1] = (Arg){.kind = ARG_INT, .type = -1};
        c.arity = 2;
        c.args = plus_zero;
    }
    c.bif = bifs_find(w->f->atoms[c.import->module], name, c.arity);
    write_call(w, &c);
    return true;
}

static void badarith(Writer *w, const Arg *fail) {
    w_fail(
        w, fail,
        mem_format("{ p->loc = %s; BRC_JUMP_SP(brc_code_error, %s, AM(badarith), U, U, U, U, U); "
                   "}",
                   w_loc(w), w_trace_sp(w)));
}

/* A result that is not finite makes those not finite that come of it by +, - and *, and as what is
 * divided: where the next use of f`to` is one of these, of the same line, that one's test is
 * enough.
 */
static bool tested_later(const Writer *w, const Op *op, uint64_t to) {
    const uint32_t *line = w->ir->line_of;
    const Op *ops = w->ir->fn->ops;
    for (uint32_t i = w->op_index + 1; i < w->block_end; i++) {
        const Op *o = &ops[i];
        if (o->code == OP_line) continue;
        if (o->code == OP_fmove && o->args[1].kind == ARG_FR && o->args[1].u != to) continue;
        if (o->code != OP_fadd && o->code != OP_fsub && o->code != OP_fmul && o->code != OP_fdiv)
            return false;
        if (line[i] != line[w->op_index] || o->args[0].u != op->args[0].u) return false;
        if (o->code == OP_fdiv && o->args[2].u == to) return false;
        if (o->args[1].u == to || o->args[2].u == to) return true;
        if (o->args[3].u == to) return false;
    }
    return false;
}

static void float_math(Writer *w, const Op *op, char sign) {
    unsigned long long to = op->args[3].u;
    OUT("f%llu = f%llu %c f%llu; ", to, (unsigned long long)op->args[1].u, sign,
        (unsigned long long)op->args[2].u);
    if (tested_later(w, op, to)) return;
    OUT("if (BRC_UNLIKELY(!brc_finite(f%llu))) ", to);
    badarith(w, &op->args[0]);
}

bool op_arith(Writer *w, const Op *op) {
    static const Arg raise = {.kind = ARG_LABEL, .type = -1};
    switch (op->code) {
    case OP_fadd: float_math(w, op, '+'); return true;
    case OP_fsub: float_math(w, op, '-'); return true;
    case OP_fmul: float_math(w, op, '*'); return true;
    case OP_fdiv: float_math(w, op, '/'); return true;
    case OP_fnegate:
        OUT("f%llu = 0.0 - f%llu;", (unsigned long long)op->args[2].u,
            (unsigned long long)op->args[1].u);
        return true;
    case OP_fconv: {
        int64_t n;
        unsigned long long to = op->args[1].u;
        if (w_const_small(&op->args[0], &n))
            OUT("f%llu = (double)INT64_C(%lld);", to, (long long)n);
        else if (w_typed_as(w, &op->args[0], BEAM_TYPE_FLOAT))
            OUT("f%llu = term_float(%s);", to, w_value(w, &op->args[0]));
        else {
            OUT("if (BRC_UNLIKELY(!brc_to_double(%s, &f%llu))) ", w_value(w, &op->args[0]), to);
            badarith(w, &raise);
        }
        return true;
    }
    default: return guard_bif(w, op);
    }
}
