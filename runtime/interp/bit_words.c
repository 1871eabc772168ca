/* bit_words.c: instructions on binaries as words. */
#include "interp/bits.h"
#include "interp/words.h"

enum {
#define OP(code, name, count, operands, first, last) OP_##name = code,
#include "abi/op.def"
#undef OP
    OP_END
};

static uint64_t number(const Arg *a) {
    return a->u;
}

/* As a number of BEAM's, or a list of names; the targets are little-endian. */
static unsigned flags_of(const Arg *a) {
    unsigned flags = 0;
    if (a->kind == ARG_U)
        flags = (unsigned)a->u;
    else if (term_is_small(a->t))
        flags = (unsigned)term_small(a->t);
    else
        for (Term list = a->t; term_is_cons(list); list = term_tail(list)) {
            Term flag = term_head(list);
            if (flag == AM(little) || flag == AM(native)) flags |= BRC_BS_LITTLE;
            if (flag == AM(signed)) flags |= BRC_BS_SIGNED;
        }
    if (flags & BRC_BS_NATIVE) flags |= BRC_BS_LITTLE;
    return flags & (BRC_BS_LITTLE | BRC_BS_SIGNED);
}

static bool is_all(const Arg *a) {
    return a->kind == ARG_TERM && a->t == AM(all);
}

/* size times unit where the size is a constant: no field is longer than the largest. */
static bool constant_bits(const Arg *size, uint64_t unit, uint64_t *bits) {
    if (size->kind != ARG_U && size->kind != ARG_TERM) return false;
    bool known = size->kind == ARG_U || term_is_small(size->t);
    int64_t n = size->kind == ARG_U ? (int64_t)(size->u & INT64_MAX)
                : known             ? term_small(size->t)
                                    : -1;
    if (n < 0 || __builtin_mul_overflow((uint64_t)n, unit, bits)) *bits = UINT64_MAX;
    return true;
}

/* A size that is known, as 0 and its bits, or where it is and its unit. */
static void put_size(Load *l, const Arg *size, uint64_t unit) {
    uint64_t bits;
    if (constant_bits(size, unit, &bits)) {
        brc_interp_put(l, UINT32_MAX);
        brc_interp_put_raw(l, bits);
    } else {
        brc_interp_put_arg(l, size);
        brc_interp_put_raw(l, unit);
    }
}

/* fail, context, live, size, unit, flags, to */
static void put_get(Load *l, const Op *op) {
    const Arg *a = op->args;
    unsigned flags = flags_of(&a[5]);
    uint64_t bits = 0;
    bool all = op->code == OP_bs_get_binary2 && is_all(&a[3]);
    if (op->code == OP_bs_get_integer2 && constant_bits(&a[3], a[4].u, &bits) && bits >= 1 &&
        bits <= 60) {
        brc_interp_put_op(l, I_bs_get_small);
        brc_interp_put_label(l, &a[0]);
        brc_interp_put_arg(l, &a[1]);
        brc_interp_put(l, (Word)bits);
        brc_interp_put(l, flags);
        brc_interp_put_arg(l, &a[6]);
        return;
    }
    brc_interp_put_op(l, I_bs_get);
    brc_interp_put_label(l, &a[0]);
    brc_interp_put_arg(l, &a[1]);
    brc_interp_put(l, all                              ? GET_ALL
                      : op->code == OP_bs_get_integer2 ? GET_INTEGER
                      : op->code == OP_bs_get_float2   ? GET_FLOAT
                                                       : GET_BINARY);
    brc_interp_put(l, flags);
    if (all) {
        brc_interp_put(l, UINT32_MAX);
        brc_interp_put_raw(l, a[4].u);
    } else {
        put_size(l, &a[3], a[4].u);
    }
    brc_interp_put_arg(l, &a[6]);
}

static void put_skip(Load *l, const Op *op) {
    const Arg *a = op->args; /* fail, context, size, unit, flags */
    bool all = is_all(&a[2]);
    brc_interp_put_op(l, all ? I_bs_skip_all : I_bs_skip);
    brc_interp_put_label(l, &a[0]);
    brc_interp_put_arg(l, &a[1]);
    if (all)
        brc_interp_put_raw(l, a[3].u);
    else
        put_size(l, &a[2], a[3].u);
}

static void put_test(Load *l, const Op *op, unsigned instruction) {
    brc_interp_put_op(l, instruction);
    brc_interp_put_label(l, &op->args[0]);
    brc_interp_put_arg(l, &op->args[1]);
    brc_interp_put_raw(l, op->args[2].u);
}

static void put_string(Load *l, const Op *op) {
    const Arg *a = op->args; /* fail, context, bits, offset */
    uint64_t bytes = a[2].u / 8 + (a[2].u % 8 != 0);
    if (bytes > l->string_bytes || a[3].u > l->string_bytes - bytes) {
        l->failed = true;
        return;
    }
    put_test(l, op, I_bs_match_string);
    brc_interp_put_address(l, l->strings + a[3].u);
}

static void put_utf(Load *l, const Op *op) {
    static const uint8_t widths[] = {8, 8, 16, 16, 32, 32};
    const Arg *a = op->args; /* fail, context, live, flags [, to] */
    unsigned i = op->code - OP_bs_get_utf8;
    brc_interp_put_op(l, I_bs_utf);
    brc_interp_put_label(l, &a[0]);
    brc_interp_put_arg(l, &a[1]);
    brc_interp_put(l, widths[i]);
    brc_interp_put(l, flags_of(&a[3]));
    if (i % 2 == 0)
        brc_interp_put_arg(l, &a[4]);
    else
        brc_interp_put(l, UINT32_MAX);
}

/* ---- bs_match ---- */

static bool is_target(const Arg *a) {
    return a->kind == ARG_X || a->kind == ARG_Y;
}

/* One command and how many operands it took; 0: damaged. left: how many there are. */
static uint32_t put_command(Load *l, const Arg *c, uint32_t left) {
    Term name = c->kind == ARG_TERM ? c->t : BRC_NIL;
    if (name == AM(ensure_at_least) && left >= 3) {
        brc_interp_put(l, MATCH_AT_LEAST);
        brc_interp_put_raw(l, number(&c[1]));
        brc_interp_put(l, (Word)number(&c[2]));
        return 3;
    }
    if ((name == AM(ensure_exactly) || name == AM(skip)) && left >= 2) {
        brc_interp_put(l, name == AM(skip) ? MATCH_SKIP : MATCH_EXACTLY);
        brc_interp_put_raw(l, number(&c[1]));
        return 2;
    }
    if (name == AM(get_tail) && left >= 4 && is_target(&c[3])) {
        brc_interp_put(l, MATCH_TAIL);
        brc_interp_put_arg(l, &c[3]);
        return 4;
    }
    if (name == AM(eq_exact) && left >= 4) {
        brc_interp_put(l, MATCH_EQUAL);
        brc_interp_put_raw(l, number(&c[2]));
        brc_interp_put_arg(l, &c[3]);
        return 4;
    }
    if ((name == AM(integer) || name == AM(binary)) && left >= 6 && is_target(&c[5])) {
        uint64_t bits;
        constant_bits(&c[3], number(&c[4]), &bits);
        brc_interp_put(l, name == AM(integer) ? MATCH_INTEGER : MATCH_BINARY);
        brc_interp_put_raw(l, bits);
        brc_interp_put(l, flags_of(&c[2]));
        brc_interp_put_arg(l, &c[5]);
        return 6;
    }
    return 0;
}

static void put_match(Load *l, const Op *op) {
    const Arg *list = &op->args[2];
    brc_interp_put_op(l, I_bs_match);
    brc_interp_put_label(l, &op->args[0]);
    brc_interp_put_arg(l, &op->args[1]);
    size_t count_at = l->word_count;
    brc_interp_put(l, 0);
    for (uint32_t i = 0, n; i < list->count && !l->failed; i += n) {
        n = put_command(l, &list->items[i], list->count - i);
        if (n == 0) l->failed = true, n = 1;
    }
    l->words[count_at] = (Word)(l->word_count - count_at - 1);
}

/* ---- bs_create_bin ---- */

static unsigned segment_type(const Arg *type) {
    switch (type->t) {
    case AM(integer): return BRC_BS_INTEGER;
    case AM(float): return BRC_BS_FLOAT;
    case AM(binary): return BRC_BS_BINARY;
    case AM(append): return BRC_BS_APPEND;
    case AM(private_append): return SEGMENT_PRIVATE;
    case AM(utf8): return BRC_BS_UTF8;
    case AM(utf16): return BRC_BS_UTF16;
    case AM(utf32): return BRC_BS_UTF32;
    case AM(string): return SEGMENT_STRING;
    default: return ~0u;
    }
}

/* type, number, unit, flags, value, size */
static void put_segment(Load *l, const Arg *a) {
    unsigned type = a[0].kind == ARG_TERM ? segment_type(&a[0]) : ~0u;
    uint64_t at = number(&a[4]), size = number(&a[5]);
    bool string = type == SEGMENT_STRING;
    if (type == ~0u || (string && (size > l->string_bytes || at > l->string_bytes - size)) ||
        a[4].kind == ARG_LIST || a[4].kind == ARG_LABEL || a[5].kind == ARG_LIST) {
        l->failed = true;
        return;
    }
    brc_interp_put(l, type);
    brc_interp_put(l, (Word)number(&a[1]));
    brc_interp_put(l, (Word)number(&a[2]));
    brc_interp_put(l, flags_of(&a[3]));
    if (string) {
        brc_interp_put_address(l, l->strings + at);
        brc_interp_put_raw(l, size * 8);
        return;
    }
    brc_interp_put_arg(l, &a[4]);
    if (a[5].kind == ARG_LABEL)
        brc_interp_put_term(l, BRC_NIL);
    else
        brc_interp_put_arg(l, &a[5]);
}

static void put_create(Load *l, const Op *op) {
    const Arg *a = op->args, *list = &a[5]; /* fail, words, live, unit, to, segments */
    uint32_t n = list->count / 6;
    brc_interp_put_op(l, I_bs_create);
    brc_interp_put_label(l, &a[0]);
    brc_interp_put(l, (Word)a[1].u);
    brc_interp_put(l, (Word)a[2].u);
    brc_interp_put_arg(l, &a[4]);
    brc_interp_put(l, n);
    for (uint32_t i = 0; i < n; i++)
        put_segment(l, &list->items[i * 6]);
    brc_interp_put_loc(l, op);
}

bool brc_interp_put_bits(Load *l, const Op *op) {
    const Arg *a = op->args;
    switch (op->code) {
    case OP_bs_start_match3:
    case OP_bs_start_match4:
        brc_interp_put_op(l, I_bs_start_match);
        brc_interp_put_label(l, &a[0]);
        brc_interp_put_arg(l, &a[op->code == OP_bs_start_match3 ? 1 : 2]);
        brc_interp_put_arg(l, &a[3]);
        return true;
    case OP_bs_get_integer2:
    case OP_bs_get_float2:
    case OP_bs_get_binary2: put_get(l, op); return true;
    case OP_bs_skip_bits2: put_skip(l, op); return true;
    case OP_bs_test_tail2: put_test(l, op, I_bs_test_tail); return true;
    case OP_bs_test_unit: put_test(l, op, I_bs_test_unit); return true;
    case OP_bs_match_string: put_string(l, op); return true;
    case OP_bs_get_tail:
    case OP_bs_get_position:
        brc_interp_put_op(l, op->code == OP_bs_get_tail ? I_bs_get_tail : I_bs_get_position);
        brc_interp_put_arg(l, &a[0]);
        brc_interp_put_arg(l, &a[1]);
        return true;
    case OP_bs_set_position:
        brc_interp_put_op(l, I_bs_set_position);
        brc_interp_put_arg(l, &a[0]);
        brc_interp_put_arg(l, &a[1]);
        return true;
    case OP_bs_get_utf8:
    case OP_bs_skip_utf8:
    case OP_bs_get_utf16:
    case OP_bs_skip_utf16:
    case OP_bs_get_utf32:
    case OP_bs_skip_utf32: put_utf(l, op); return true;
    case OP_bs_match: put_match(l, op); return true;
    case OP_bs_create_bin: put_create(l, op); return true;
    case OP_bs_init_writable: brc_interp_put_op(l, I_bs_init_writable); return true;
    default: return false;
    }
}
