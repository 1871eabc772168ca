/* ops.c: the Code chunk as instructions with operands that are what abi/op.def says: each of the
 * right kind, each index within its table. */
#include "interp/load.h"
#include "term/etf.h"

typedef struct OpInfo {
    const char *operands; /* NULL: there is no such instruction */
    uint8_t count;
    bool emitted; /* by some erlc that is known */
} OpInfo;

static const OpInfo infos[256] = {
#define OP(code, name, count, operands, first, last) [code] = {operands, count, (first) != 0},
#include "abi/op.def"
#undef OP
};
enum {
#define OP(code, name, count, operands, first, last) OP_##name = code,
#include "abi/op.def"
#undef OP
    OP_END
};

typedef struct Reading {
    Load *l;
    Bytes b;
} Reading;

static void fail(Reading *r) {
    r->b.failed = true;
}

/* An integer beyond 64 bits, as the external format has it. */
static Term big_literal(Reading *r, const Compact *c) {
    size_t n = c->big_size;
    bool negative = c->big[0] & 0x80;
    uint8_t *etf = brc_interp_arena(r->l, n + 8, 1);
    etf[0] = 131;
    etf[1] = 111; /* four bytes of size, a sign, digits lowest first */
    for (int i = 0; i < 4; i++)
        etf[2 + i] = (uint8_t)(n >> (24 - 8 * i));
    etf[6] = negative;
    unsigned carry = negative;
    for (size_t i = 0; i < n; i++) {
        unsigned byte = c->big[n - 1 - i];
        if (negative) {
            byte = (byte ^ 0xFF) + carry;
            carry = byte >> 8;
        }
        etf[7 + i] = (uint8_t)byte;
    }
    Term t = brc_term_etf_decode(NULL, etf, n + 7, 0, NULL, NULL);
    if (t == BRC_NONE) fail(r);
    return t;
}

static Term integer(Reading *r, const Compact *c) {
    if (!c->big && term_fits_small((int64_t)c->value)) return BRC_SMALL((int64_t)c->value);
    Compact wide = *c;
    uint8_t bytes[8];
    if (!c->big) {
        for (int i = 0; i < 8; i++)
            bytes[i] = (uint8_t)(c->value >> (56 - 8 * i));
        wide.big = bytes;
        wide.big_size = 8;
    }
    return big_literal(r, &wide);
}

static Arg reg(Reading *r, enum ArgKind kind, uint64_t n, uint64_t limit) {
    if (n >= limit) fail(r);
    return (Arg){.kind = kind, .u = n};
}

static Arg read_arg(Reading *r, bool inner);

static Arg read_list(Reading *r) {
    Arg a = {.kind = ARG_LIST, .count = brc_interp_read_number(&r->b, UINT32_MAX)};
    if (a.count > bytes_left(&r->b)) fail(r);
    if (r->b.failed) return a;
    a.items = brc_interp_arena(r->l, a.count, sizeof *a.items);
    for (uint32_t i = 0; i < a.count && !r->b.failed; i++)
        a.items[i] = read_arg(r, true);
    return a;
}

/* Words, floats and funs, the latter two of two words. */
static Arg read_allocation(Reading *r) {
    Arg a = {.kind = ARG_ALLOC};
    for (uint32_t n = brc_interp_read_number(&r->b, 16); n > 0; n--) {
        uint32_t kind = brc_interp_read_number(&r->b, 2);
        uint64_t many = brc_interp_read_number(&r->b, 1 << 24);
        a.u += kind == 0 ? many : 2 * many;
    }
    return a;
}

static Arg read_extended(Reading *r, enum CompactExtended kind, bool inner) {
    Load *l = r->l;
    switch (kind) {
    case EXTENDED_FLOAT:
        return reg(r, ARG_FLOAT, brc_interp_read_number(&r->b, UINT32_MAX), F_LIMIT);
    case EXTENDED_LITERAL: {
        uint32_t i = brc_interp_read_number(&r->b, UINT32_MAX);
        if (i >= l->literal_count) fail(r);
        return (Arg){.kind = ARG_TERM, .t = r->b.failed ? BRC_NIL : l->literals[i]};
    }
    case EXTENDED_TYPED: {
        Arg a = read_arg(r, true);
        if (a.kind != ARG_X && a.kind != ARG_Y) fail(r);
        brc_interp_read_number(&r->b, INT32_MAX);
        return a;
    }
    case EXTENDED_LIST:
        if (!inner) return read_list(r);
        break;
    case EXTENDED_ALLOC:
        if (!inner) return read_allocation(r);
        break;
    default: break;
    }
    fail(r);
    return (Arg){0};
}

static Arg read_arg(Reading *r, bool inner) {
    Load *l = r->l;
    Compact c = brc_interp_read_compact(&r->b);
    if (r->b.failed) return (Arg){0};
    switch (c.tag) {
    case COMPACT_U:
        return (Arg){.kind = ARG_U, .u = c.value, .t = BRC_SMALL(c.value & INT64_MAX >> 3)};
    case COMPACT_I: return (Arg){.kind = ARG_TERM, .u = c.value, .t = integer(r, &c)};
    case COMPACT_A:
        if (c.value > l->atom_count) fail(r);
        return (Arg){.kind = ARG_TERM, .t = r->b.failed ? BRC_NIL : l->atoms[c.value]};
    case COMPACT_X: return reg(r, ARG_X, c.value, X_LIMIT);
    case COMPACT_Y: return reg(r, ARG_Y, c.value, Y_LIMIT);
    case COMPACT_F: return reg(r, ARG_LABEL, c.value, l->label_count);
    case COMPACT_H:
        if (c.value > 0x10FFFF) fail(r);
        return (Arg){.kind = ARG_TERM, .t = BRC_SMALL(c.value)};
    default: return read_extended(r, c.extended, inner);
    }
}

/* ---- kinds ---- */

static bool is_source(const Arg *a) {
    return a->kind == ARG_X || a->kind == ARG_Y || a->kind == ARG_TERM;
}
static bool is_target(const Arg *a) {
    return a->kind == ARG_X || a->kind == ARG_Y;
}
static bool is_label(const Arg *a) {
    return a->kind == ARG_LABEL && a->u != 0;
}

/* A list whose items' kinds repeat with `pattern`: s, d, f, u as in op.def. */
static bool is_list_of(const Arg *a, const char *pattern) {
    size_t n = strlen(pattern);
    if (a->kind != ARG_LIST || a->count % n != 0) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const Arg *item = &a->items[i];
        switch (pattern[i % n]) {
        case 's':
            if (!is_source(item)) return false;
            break;
        case 'd':
            if (!is_target(item)) return false;
            break;
        case 'y':
            if (item->kind != ARG_Y) return false;
            break;
        case 'f':
            if (!is_label(item)) return false;
            break;
        default:
            if (item->kind != ARG_U && !(item->kind == ARG_TERM && term_is_small(item->t)))
                return false;
        }
    }
    return true;
}

static bool fits(const Load *l, char letter, const Arg *a) {
    switch (letter) {
    case 'd':
    case 'r':
    case 'w': return is_target(a);
    case 'D': return is_target(a) || a->kind == ARG_FLOAT;
    case 's': return is_source(a);
    case 'S': return is_source(a) || a->kind == ARG_FLOAT;
    case 'y': return a->kind == ARG_Y;
    case 'F': return a->kind == ARG_FLOAT;
    case 'a': return a->kind == ARG_TERM && term_is_atom(a->t);
    case 'f': return is_label(a);
    case 'g': return a->kind == ARG_LABEL;
    case 'z': return a->kind == ARG_LABEL || a->kind == ARG_TERM;
    case 'c': return a->kind == ARG_TERM || a->kind == ARG_U;
    case 'n': return a->kind == ARG_U && a->u <= BRC_MAX_ARITY + 1;
    case 'k': return a->kind == ARG_U && a->u < Y_LIMIT;
    case 'h': return (a->kind == ARG_U || a->kind == ARG_ALLOC) && a->u < UINT32_C(1) << 28;
    case 'e': return a->kind == ARG_U && a->u < l->import_count;
    case 'q': return a->kind == ARG_U && a->u < l->fun_count;
    case 'J': return is_list_of(a, "sf");
    case 'T': return is_list_of(a, "uf");
    case 'K': return is_list_of(a, "s");
    case 'Y': return is_list_of(a, "y");
    case 'M': return is_list_of(a, "ss");
    case 'G': return is_list_of(a, "sd");
    case 'P': return is_list_of(a, "us");
    case 'B': return a->kind == ARG_LIST && a->count % 6 == 0;
    case 'C': return a->kind == ARG_LIST;
    default: return a->kind == ARG_U; /* u, b, o: looked at where they are used */
    }
}

/* ---- all of them ---- */

static void note_labels(Load *l, const Op *op) {
    if (op->code == OP_label) {
        uint64_t n = op->args[0].u;
        if (n == 0 || n >= l->label_count || l->label_flags[n] & LABEL_THERE)
            l->failed = true;
        else
            l->label_flags[n] |= LABEL_THERE;
    }
    if (op->code == OP_try || op->code == OP_catch) l->label_flags[op->args[1].u] |= LABEL_HANDLER;
}

/* Emitted by a known erlc, or one of the older ones that code written in assembly has. */
static bool is_known(unsigned code) {
    if (code == OP_allocate_zero || code == OP_init || code == OP_bs_add) return true;
    return infos[code].operands && infos[code].emitted;
}

static bool read_op(Reading *r, Op *op) {
    Load *l = r->l;
    op->code = brc_interp_read8(&r->b);
    const OpInfo *info = &infos[op->code];
    if (r->b.failed || !is_known(op->code)) return false;
    op->count = info->count;
    op->args = brc_interp_arena(l, op->count, sizeof *op->args);
    for (unsigned i = 0; i < op->count; i++) {
        op->args[i] = read_arg(r, false);
        if (r->b.failed || !fits(l, info->operands[i], &op->args[i])) return false;
    }
    note_labels(l, op);
    return !l->failed;
}

static void read_ops(Load *l, Bytes b) {
    Reading r = {l, b};
    size_t room = bytes_left(&b) + 1; /* each takes a byte at least */
    l->ops = brc_interp_arena(l, room, sizeof *l->ops);
    for (uint32_t line = 0;;) {
        Op *op = &l->ops[l->op_count];
        if (!read_op(&r, op)) {
            l->failed = true;
            return;
        }
        if (op->code == OP_int_code_end) return;
        if (op->code == OP_line || op->code == OP_executable_line) line = (uint32_t)op->args[0].u;
        op->line = line < l->line_count ? line : 0;
        l->op_count++;
    }
}

void brc_interp_ops(Load *l) {
    Bytes *b = &l->chunks[CHUNK_CODE];
    uint32_t header = brc_interp_read32(b);
    const uint8_t *start = b->at;
    uint32_t version = brc_interp_read32(b), most = brc_interp_read32(b);
    l->label_count = brc_interp_read32(b);
    if (b->failed || header < 16 || header > (size_t)(b->end - start) || version != 0 ||
        most > 255 || l->label_count > bytes_left(b)) {
        l->failed = true;
        return;
    }
    if (l->label_count == 0) l->label_count = 1;
    l->label_flags = brc_interp_arena(l, l->label_count, 1);
    b->at = start + header;
    read_ops(l, *b);
}
