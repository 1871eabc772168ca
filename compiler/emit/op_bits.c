/* op_bits.c: matching of binaries. A match context is a heap object whose position (a small) the
 * code moves itself; the values are fetched by term/bits.h, the commonest sizes in place. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "base/diag.h"

typedef struct Field {
    const char *ctx, *fail; /* fail: C label, or NULL where the room was already ensured */
    const char *bits;       /* C expression */
    uint64_t const_bits;    /* or ~0 */
    unsigned flags;
    const char *to;
} Field;

/* size * unit as an expression; a size known only at run time is computed into n_K first. */
static void field_bits(Writer *w, Field *d, const Arg *size, uint64_t unit) {
    int64_t n;
    if (w_const_small(size, &n) || size->kind == ARG_U) {
        uint64_t count = size->kind == ARG_U ? size->u : (uint64_t)n;
        if (__builtin_mul_overflow(count, unit, &d->const_bits)) /* or n < 0: no field is so long */
            d->const_bits = UINT64_MAX;
        d->bits = mem_format("%llu", (unsigned long long)d->const_bits);
        return;
    }
    d->const_bits = ~UINT64_C(0);
    d->bits = mem_format("n_%u", w->temps++);
    OUT("uint64_t %s; if (!brc_bs_size(%s, %llu, &%s)) goto %s; ", d->bits, w_value(w, size),
        (unsigned long long)unit, d->bits, d->fail);
}

static void ensure(Writer *w, const Field *d) {
    if (d->fail) OUT("if (brc_bs_left(%s) < %s) goto %s; ", d->ctx, d->bits, d->fail);
}

static void get_integer(Writer *w, const Field *d) {
    if (d->const_bits >= 1 && d->const_bits <= 60) {
        OUT("{ Term t = brc_bs_take_small(%s, %s, %s, %s); ", d->ctx, d->bits,
            d->flags & 2 ? "true" : "false", d->flags & 4 ? "true" : "false");
    } else {
        ensure(w, d);
        OUT("{ BRC_OUT(); Term t = brc_bs_get_integer(p, %s, %s, %u); BRC_IN(); ", d->ctx, d->bits,
            d->flags);
    }
    if (d->fail) OUT("if (BRC_UNLIKELY(t == BRC_NONE)) goto %s; ", d->fail);
    OUT("%s = t; }", d->to);
}

static void get_by(Writer *w, const Field *d, const char *function, bool has_flags) {
    if (!strcmp(function, "brc_bs_get_binary")) ensure(w, d);
    OUT("{ BRC_OUT(); Term t = %s(p, %s, %s", function, d->ctx, d->bits);
    if (has_flags) OUT(", %u", d->flags);
    OUT("); BRC_IN(); ");
    if (d->fail) OUT("if (t == BRC_NONE) goto %s; ", d->fail);
    OUT("%s = t; }", d->to);
}

static void get_field(Writer *w, const Op *op) {
    const Arg *a = op->args; /* fail, context, live, size, unit, flags, to */
    Field d = {.ctx = w_value(w, &a[1]),
               .fail = w_goto(w, a[0].u),
               .flags = w_flags(w, &a[5]),
               .to = w_target(w, &a[6])};
    OUT("{ ");
    if (op->code == OP_bs_get_binary2 && w_atom_is(w, &a[3], "all")) {
        d.bits = mem_format("brc_bs_left(%s)", d.ctx);
        d.const_bits = ~UINT64_C(0);
        if (a[4].u > 1)
            OUT("if (brc_bs_left(%s) %% %llu) goto %s; ", d.ctx, (unsigned long long)a[4].u,
                d.fail);
        get_by(w, &d, "brc_bs_get_binary", false);
    } else {
        field_bits(w, &d, &a[3], a[4].u);
        if (op->code == OP_bs_get_integer2)
            get_integer(w, &d);
        else if (op->code == OP_bs_get_float2)
            get_by(w, &d, "brc_bs_get_float", true);
        else
            get_by(w, &d, "brc_bs_get_binary", false);
    }
    OUT(" }");
}

static void skip_bits(Writer *w, const Op *op) {
    const Arg *a = op->args; /* fail, context, size, unit, flags */
    Field d = {.ctx = w_value(w, &a[1]), .fail = w_goto(w, a[0].u)};
    OUT("{ ");
    if (w_atom_is(w, &a[2], "all")) {
        if (a[3].u > 1)
            OUT("if (brc_bs_left(%s) %% %llu) goto %s; ", d.ctx, (unsigned long long)a[3].u,
                d.fail);
        OUT("brc_bs_advance(%s, brc_bs_left(%s));", d.ctx, d.ctx);
    } else {
        field_bits(w, &d, &a[2], a[3].u);
        ensure(w, &d);
        OUT("brc_bs_advance(%s, %s);", d.ctx, d.bits);
    }
    OUT(" }");
}

static void start_match(Writer *w, const Arg *fail, const Arg *from, const Arg *to) {
    OUT("{ Term t = %s; if (BRC_UNLIKELY(!term_is_kind(t, BRC_MATCHCTX))) "
        "{ BRC_OUT(); t = brc_bs_start_match(p, t); BRC_IN(); } ",
        w_value(w, from));
    if (fail->kind == ARG_LABEL && fail->u) OUT("if (t == BRC_NONE) goto %s; ", w_goto(w, fail->u));
    OUT("%s = t; }", w_target(w, to));
}

static void match_string(Writer *w, const Op *op) {
    const Arg *a = op->args; /* fail, context, bits, offset */
    OUT("{ static const uint8_t s[] = {");
    uint64_t bytes = (a[2].u + 7) / 8, value = 0;
    for (uint64_t i = 0; i < bytes; i++) {
        uint8_t byte = w->f->strings[a[3].u + i];
        OUT("%u,", byte);
        value = value << 8 | byte;
    }
    OUT("}; if (!");
    if (a[2].u % 8 == 0 && a[2].u > 0 && a[2].u <= 64)
        OUT("brc_bs_take_match(%s, UINT64_C(%llu), s, %llu", w_value(w, &a[1]),
            (unsigned long long)value, (unsigned long long)a[2].u);
    else
        OUT("brc_code_bs_match_bits(%s, s, %llu", w_value(w, &a[1]), (unsigned long long)a[2].u);
    OUT(")) goto %s; }", w_goto(w, a[0].u));
}

static void utf(Writer *w, const Op *op) {
    const Arg *a = op->args; /* fail, context, live, flags [, to] */
    bool skip =
        op->code == OP_bs_skip_utf8 || op->code == OP_bs_skip_utf16 || op->code == OP_bs_skip_utf32;
    bool wide = op->code != OP_bs_get_utf8 && op->code != OP_bs_skip_utf8;
    bool is16 = op->code == OP_bs_get_utf16 || op->code == OP_bs_skip_utf16;
    OUT("{ Term t");
    if (!wide)
        OUT(" = brc_bs_take_ascii(%s); if (BRC_UNLIKELY(t == BRC_NONE)) {", w_value(w, &a[1]));
    else
        OUT("; {");
    OUT(" t = brc_bs_get_utf%d(p, %s", wide ? is16 ? 16 : 32 : 8, w_value(w, &a[1]));
    if (wide) OUT(", %u", w_flags(w, &a[3]));
    OUT("); if (t == BRC_NONE) goto %s; } ", w_goto(w, a[0].u));
    if (!skip) OUT("%s = t; ", w_target(w, &a[4]));
    OUT("}");
}

/* ---- bs_match: a list of commands ---- */

static uint64_t number(const Arg *a) {
    return a->kind == ARG_INT ? (uint64_t)a->i : a->u;
}

static void match_value(Writer *w, const char *ctx, const char *fail, const Arg *c) {
    uint64_t bits = number(&c[2]);
    const char *value = c[3].kind == ARG_U ? w_integer(w, (int64_t)c[3].u) : w_value(w, &c[3]);
    Field d = {.ctx = ctx, .const_bits = bits, .to = mem_format("v_%u", w->temps++)};
    d.bits = mem_format("%llu", (unsigned long long)bits);
    OUT("{ Term %s; ", d.to);
    get_integer(w, &d);
    OUT(" if (!brc_eq_exact(%s, %s)) goto %s; } ", d.to, value, fail);
}

static size_t match_command(Writer *w, const char *ctx, const char *fail, const Arg *c) {
    if (w_atom_is(w, c, "ensure_at_least")) {
        unsigned long long size = number(&c[1]), unit = number(&c[2]);
        OUT("if (brc_bs_left(%s) < %llu) goto %s; ", ctx, size, fail);
        if (unit > 1) OUT("if ((brc_bs_left(%s) - %llu) %% %llu) goto %s; ", ctx, size, unit, fail);
        return 3;
    }
    if (w_atom_is(w, c, "ensure_exactly")) {
        OUT("if (brc_bs_left(%s) != %llu) goto %s; ", ctx, (unsigned long long)number(&c[1]), fail);
        return 2;
    }
    if (w_atom_is(w, c, "skip")) {
        OUT("brc_bs_advance(%s, %llu); ", ctx, (unsigned long long)number(&c[1]));
        return 2;
    }
    if (w_atom_is(w, c, "get_tail")) {
        OUT("{ BRC_OUT(); Term t = brc_bs_get_tail(p, %s); BRC_IN(); %s = t; } ", ctx,
            w_target(w, &c[3]));
        return 4;
    }
    if (w_atom_is(w, c, "=:=")) {
        match_value(w, ctx, fail, c);
        return 4;
    }
    uint64_t bits = number(&c[3]) * number(&c[4]);
    Field d = {
        .ctx = ctx, .const_bits = bits, .flags = w_flags(w, &c[2]), .to = w_target(w, &c[5])};
    d.bits = mem_format("%llu", (unsigned long long)bits);
    if (w_atom_is(w, c, "integer"))
        get_integer(w, &d);
    else if (w_atom_is(w, c, "binary"))
        get_by(w, &d, "brc_bs_get_binary", false);
    else
        diag_fatal("%s: %s: bs_match command %s", w->f->path, w->symbol,
                   c->kind == ARG_ATOM ? w->f->atoms[c->u] : "?");
    OUT(" ");
    return 6;
}

static void match(Writer *w, const Op *op) {
    const Arg *list = &op->args[2];
    const char *fail = op->args[0].u ? w_goto(w, op->args[0].u) : NULL;
    for (size_t i = 0; i < list->count;)
        i += match_command(w, w_value(w, &op->args[1]), fail, &list->items[i]);
}

bool op_bits(Writer *w, const Op *op) {
    const Arg *a = op->args;
    switch (op->code) {
    case OP_bs_start_match3: start_match(w, &a[0], &a[1], &a[3]); return true;
    case OP_bs_start_match4: start_match(w, &a[0], &a[2], &a[3]); return true;
    case OP_bs_get_integer2:
    case OP_bs_get_float2:
    case OP_bs_get_binary2: get_field(w, op); return true;
    case OP_bs_skip_bits2: skip_bits(w, op); return true;
    case OP_bs_test_tail2:
        OUT("if (brc_bs_left(%s) != %llu) goto %s;", w_value(w, &a[1]), (unsigned long long)a[2].u,
            w_goto(w, a[0].u));
        return true;
    case OP_bs_test_unit:
        OUT("if (brc_bs_left(%s) %% %llu) goto %s;", w_value(w, &a[1]), (unsigned long long)a[2].u,
            w_goto(w, a[0].u));
        return true;
    case OP_bs_match_string: match_string(w, op); return true;
    case OP_bs_get_tail:
        OUT("{ BRC_OUT(); Term t = brc_bs_get_tail(p, %s); BRC_IN(); %s = t; }", w_value(w, &a[0]),
            w_target(w, &a[1]));
        return true;
    case OP_bs_get_position:
        OUT("%s = term_box(%s)[3];", w_target(w, &a[1]), w_value(w, &a[0]));
        return true;
    case OP_bs_set_position:
        OUT("term_box(%s)[3] = %s;", w_value(w, &a[0]), w_value(w, &a[1]));
        return true;
    case OP_bs_get_utf8:
    case OP_bs_get_utf16:
    case OP_bs_get_utf32:
    case OP_bs_skip_utf8:
    case OP_bs_skip_utf16:
    case OP_bs_skip_utf32: utf(w, op); return true;
    case OP_bs_match: match(w, op); return true;
    default: return false;
    }
}
