/* op_create.c: building of binaries: bs_create_bin.
 *
 * First the sizes of all segments are added up (a bad one fails there), then room is made once,
 * then each segment is written. A failure names its segment, as the error's error_info shows. */
#include "emit/writer.h"

#include <stdlib.h>

#include "abi/layout.h"
#include "base/diag.h"

typedef struct Segment {
    const Arg *type, *value, *size;
    uint64_t number, unit;
    unsigned flags;
    const char *bits; /* C expression of its size */
} Segment;

enum { SEGMENT_ARGS = 6 };

static uint64_t number(const Arg *a) {
    return a->kind == ARG_INT ? (uint64_t)a->i : a->u;
}

static Segment segment(Writer *w, const Arg *at) {
    return (Segment){.type = &at[0],
                     .number = number(&at[1]),
                     .unit = number(&at[2]),
                     .flags = w_flags(w, &at[3]),
                     .value = &at[4],
                     .size = &at[5]};
}

static bool is_append(const Writer *w, const Segment *s) {
    return w_atom_is(w, s->type, "append") || w_atom_is(w, s->type, "private_append");
}

static const char *type_name(const Writer *w, const Segment *s) {
    if (is_append(w, s)) return "BRC_BS_APPEND";
    static const char *const names[][2] = {
        {"integer", "BRC_BS_INTEGER"}, {"float", "BRC_BS_FLOAT"}, {"binary", "BRC_BS_BINARY"},
        {"utf8", "BRC_BS_UTF8"},       {"utf16", "BRC_BS_UTF16"}, {"utf32", "BRC_BS_UTF32"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (w_atom_is(w, s->type, names[i][0])) return names[i][1];
    diag_fatal("%s: %s: binary segment of an unknown type", w->f->path, w->symbol);
}

/* Once begun, the binary is on the heap, and hp must not stay before it: it may be listed. */
static void failed(Writer *w, const Op *op, const Segment *s, bool begun) {
    OUT("{ %s", begun ? "BRC_IN(); " : "");
    if (op->args[0].u) {
        OUT("goto %s; } ", w_goto(w, op->args[0].u));
        return;
    }
    const char *size = s->size->kind == ARG_LABEL ? "BRC_NIL" : w_value(w, s->size);
    OUT("BRC_OUT(); brc_code_bs_fail(p, &(BsSegment){%s, %llu, %s, %s, %llu}); BRC_IN(); "
        "p->loc = %s; BRC_JUMP_SP(brc_code_raise, %s, U, U, U, U, U, U); } ",
        type_name(w, s), (unsigned long long)s->number, w_value(w, s->value), size,
        (unsigned long long)s->unit, w_loc(w), w_trace_sp(w));
}

/* Adds the segment's size, the index-th, to `bits`. Their numbers are no names: several can be 0.
 */
static void add_size(Writer *w, const Op *op, Segment *s, size_t index) {
    s->bits = mem_format("s_%zu", index);
    int64_t n;
    if (w_atom_is(w, s->type, "string")) {
        OUT("bits += %llu; ", (unsigned long long)number(s->size) * 8);
    } else if (is_append(w, s)) {
        s->bits = "0";
    } else if (w_atom_is(w, s->type, "utf32")) {
        OUT("if (BRC_UNLIKELY(brc_bs_utf16_bits(%s) < 0)) ", w_value(w, s->value));
        failed(w, op, s, false);
        OUT("bits += 32; ");
    } else if (w_atom_is(w, s->type, "utf8") || w_atom_is(w, s->type, "utf16")) {
        /* what is no character fails when it is put */
        OUT("int %s = brc_bs_%s_bits(%s); bits += %s < 0 ? 32 : (uint64_t)%s; ", s->bits,
            w->f->atoms[s->type->u], w_value(w, s->value), s->bits, s->bits);
    } else if (w_atom_is(w, s->size, "all")) {
        /* one of the wrong unit fails when it is put: after any size that is bad */
        OUT("uint64_t %s; if (BRC_UNLIKELY(!brc_code_bs_all_bits(%s, 1, &%s))) ", s->bits,
            w_value(w, s->value), s->bits);
        failed(w, op, s, false);
        OUT("bits += %s; ", s->bits);
    } else if (w_const_small(s->size, &n) && n >= 0 && n < INT32_MAX) {
        s->bits = mem_format("%llu", (unsigned long long)n * s->unit);
        OUT("bits += %s; ", s->bits);
    } else {
        OUT("uint64_t %s; if (BRC_UNLIKELY(!brc_bs_size(%s, %llu, &%s))) ", s->bits,
            w_value(w, s->size), (unsigned long long)s->unit, s->bits);
        failed(w, op, s, false);
        OUT("bits += %s; ", s->bits);
    }
}

static void put_string(Writer *w, const Segment *s) {
    OUT("{ static const uint8_t c[] = {");
    for (uint64_t i = 0; i < number(s->size); i++)
        OUT("%u,", w->f->strings[number(s->value) + i]);
    OUT("}; brc_bs_put_string(p, c, %llu); } ", (unsigned long long)number(s->size));
}

static void put(Writer *w, const Op *op, const Segment *s) {
    if (is_append(w, s)) return;
    if (w_atom_is(w, s->type, "string")) {
        put_string(w, s);
        return;
    }
    const char *v = w_value(w, s->value), *type = w->f->atoms[s->type->u];
    OUT("if (BRC_UNLIKELY(!");
    if (w_atom_is(w, s->type, "binary") && w_atom_is(w, s->size, "all"))
        OUT("brc_bs_put_binary_all(p, %s, %llu)", v, (unsigned long long)s->unit);
    else if (w_atom_is(w, s->type, "binary"))
        OUT("brc_bs_put_binary(p, %s, %s)", v, s->bits);
    else if (w_atom_is(w, s->type, "utf8"))
        OUT("(brc_bs_put_ascii(p, %s) || brc_bs_put_utf8(p, %s))", v, v);
    else if (w_atom_is(w, s->type, "utf16") || w_atom_is(w, s->type, "utf32"))
        OUT("brc_bs_put_%s(p, %s, %u)", type, v, s->flags);
    else {
        bool fixed = s->bits[0] >= '0' && s->bits[0] <= '9';
        unsigned long bits = fixed ? strtoul(s->bits, NULL, 10) : 0;
        bool quick = bits >= 1 && bits <= 64 && !strcmp(type, "integer");
        if (quick)
            OUT("(brc_bs_put_small(p, %s, %s, %s) || ", v, s->bits,
                s->flags & 2 ? "true" : "false");
        OUT("brc_bs_put_%s(p, %s, %s, %u)%s", type, v, s->bits, s->flags, quick ? ")" : "");
    }
    OUT(")) ");
    failed(w, op, s, true);
}

static void create(Writer *w, const Op *op) {
    const Arg *list = &op->args[5];
    size_t n = list->count / SEGMENT_ARGS;
    Segment *segments = mem_array(Segment, n + 1);
    OUT("{ uint64_t bits = 0; ");
    for (size_t i = 0; i < n; i++) {
        segments[i] = segment(w, &list->items[i * SEGMENT_ARGS]);
        add_size(w, op, &segments[i], i);
    }
    OUT("BRC_OUT(); ");
    if (n && is_append(w, &segments[0])) {
        bool private_ = w_atom_is(w, segments[0].type, "private_append");
        OUT("if (BRC_UNLIKELY(!brc_bs_begin_append(p, %s, bits, %llu, %s))) ",
            w_value(w, segments[0].value), (unsigned long long)segments[0].unit,
            private_ ? "true" : "false");
        failed(w, op, &segments[0], false);
    } else {
        OUT("if (BRC_UNLIKELY(!brc_bs_begin(p, bits))) ");
        if (op->args[0].u)
            OUT("goto %s; ", w_goto(w, op->args[0].u));
        else
            OUT("{ p->loc = %s; p->fbif = 0; BRC_JUMP_SP(brc_code_raise, %s, U, U, U, U, U, U); } ",
                w_loc(w), w_trace_sp(w));
    }
    for (size_t i = 0; i < n; i++)
        put(w, op, &segments[i]);
    OUT("Term t = brc_bs_end(p); BRC_IN(); %s = t; } ", w_target(w, &op->args[4]));
    w_heap_test(w, &op->args[1]); /* room for what is built after it, too */
}

bool op_create(Writer *w, const Op *op) {
    if (op->code == OP_bs_create_bin) {
        create(w, op);
        return true;
    }
    if (op->code == OP_bs_init_writable) {
        OUT("BRC_OUT(); x0 = brc_bs_init_writable(p, x0); BRC_IN();");
        return true;
    }
    return false;
}
