/* check.c: the decoded module against op.def and its own tables.
 *
 * A letter of op.def checks one operand alone; check_more then looks at operands together: arities
 * against imports and functions, positions in tuples, segments of binaries. What the values in
 * registers are at run time is not looked at: that is the compiler's own promise. */
#include "beam/check.h"
#include "beam/decode.h"

#include <stdarg.h>
#include <stdio.h>

#define TUPLE_LIMIT ((UINT64_C(1) << 24) - 1)
#define HEAP_LIMIT  (UINT64_C(1) << 26) /* words that one instruction may reserve */
#define FRAME_LIMIT 1024
#define LIVE_LIMIT  1024
#define BITS_LIMIT  (UINT64_C(1) << 59)

/* What is being checked, for messages. */
typedef struct Check {
    Load *load;
    BeamFile *file;
    uint32_t function;
    uint64_t frame; /* y registers of the function's largest stack frame */
    const Op *op;
    const OpInfo *info;
} Check;

_Noreturn static void __attribute__((format(printf, 2, 3))) bad(const Check *c, const char *format,
                                                                ...) {
    char what[256];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    const BeamFunction *f = &c->file->functions.at[c->function];
    reader_fail_at(&c->load->chunks[CHUNK_CODE], decode_chunk_offset(c->load, c->op),
                   "%s in %s/%u: %s", c->info->name, c->file->atoms[f->name], f->arity, what);
}

/* ---- one operand ---- */

static uint64_t plain(const Check *c, const Arg *a, uint64_t most, const char *what) {
    if (a->kind != ARG_U) bad(c, "%s is not a plain number", what);
    if (a->u > most) bad(c, "%s is %llu", what, (unsigned long long)a->u);
    return a->u;
}

static uint64_t between(const Check *c, const Arg *a, uint64_t least, uint64_t most,
                        const char *what) {
    uint64_t v = plain(c, a, most, what);
    if (v < least) bad(c, "%s is %llu", what, (unsigned long long)v);
    return v;
}

/* A register that is sure to exist; whether its frame is there at this op is not looked at. */
static void is_in_frame(const Check *c, const Arg *a) {
    if (a->kind == ARG_Y && a->u >= c->frame) {
        bad(c, "y register %llu, but the stack frame has %llu", (unsigned long long)a->u,
            (unsigned long long)c->frame);
    }
}

static void is_register(const Check *c, const Arg *a) {
    if (a->kind != ARG_X && a->kind != ARG_Y) bad(c, "an operand is not a register");
    is_in_frame(c, a);
}

static void is_source(const Check *c, const Arg *a) {
    switch (a->kind) {
    case ARG_Y: is_in_frame(c, a); return;
    case ARG_X:
    case ARG_INT:
    case ARG_BIG:
    case ARG_ATOM:
    case ARG_NIL:
    case ARG_LIT: return;
    default: bad(c, "an operand is not a term");
    }
}

static void is_constant(const Check *c, const Arg *a) {
    is_source(c, a);
    if (a->kind == ARG_X || a->kind == ARG_Y) bad(c, "a register where a constant must be");
}

/* A place in this function; 0 too where the instruction may fail with an exception. */
static void is_label(const Check *c, const Arg *a, bool may_be_none) {
    if (a->kind != ARG_LABEL) bad(c, "an operand is not a label");
    if (a->u == 0 && may_be_none) return;
    if (a->u == 0) bad(c, "no label where one must be");
    if (c->file->labels[a->u].function != c->function) {
        bad(c, "label %llu is not in this function", (unsigned long long)a->u);
    }
}

static const BeamFunction *is_entry(const Check *c, const Arg *a) {
    if (a->kind != ARG_LABEL) bad(c, "an operand is not a label");
    uint32_t n = c->file->labels[a->u].function;
    if (n == BEAM_NO_FUNCTION || c->file->functions.at[n].entry != a->u) {
        bad(c, "label %llu is not where a function begins", (unsigned long long)a->u);
    }
    return &c->file->functions.at[n];
}

static bool atom_is(const Check *c, const Arg *a, const char *text) {
    return a->kind == ARG_ATOM && strcmp(c->file->atoms[a->u], text) == 0;
}

static void is_heap_need(const Check *c, const Arg *a) {
    if (a->kind == ARG_ALLOC) {
        uint64_t sum = 0; /* of numbers of at most 2^24, at most 2^32 of them */
        for (size_t i = 1; i < a->count; i += 2)
            sum += a->items[i].u;
        if (sum > HEAP_LIMIT) bad(c, "it needs too much memory");
    } else {
        plain(c, a, HEAP_LIMIT, "the need of memory");
    }
}

/* ---- lists ---- */

static void list_of(const Check *c, const Arg *a, size_t group) {
    if (a->kind != ARG_LIST) bad(c, "an operand is not a list");
    if (a->count % group != 0) bad(c, "a list of %zu operands", a->count);
}

static void is_pairs(const Check *c, const Arg *a, char letter) {
    list_of(c, a, 2);
    uint64_t last = 0;
    for (size_t i = 0; i < a->count; i += 2) {
        const Arg *first = &a->items[i], *second = &a->items[i + 1];
        switch (letter) {
        case 'J':
            is_constant(c, first);
            is_label(c, second, false);
            break;
        case 'T':
            plain(c, first, TUPLE_LIMIT, "an arity");
            is_label(c, second, false);
            break;
        case 'M':
            is_source(c, first);
            is_source(c, second);
            break;
        case 'G':
            is_source(c, first);
            is_register(c, second);
            break;
        default: /* P */
            last = between(c, first, last + 1, TUPLE_LIMIT, "a position");
            is_source(c, second);
            break;
        }
    }
}

static void is_flags(const Check *c, const Arg *a) {
    if (a->kind == ARG_NIL || (a->kind == ARG_U && a->u < 32)) return;
    if (a->kind != ARG_LIT || a->lit->kind != LIT_CONS) bad(c, "a segment's flags are not a list");
    const Lit *l = a->lit;
    for (size_t i = 0; i < l->count; i++) {
        LitKind wanted = i + 1 < l->count ? LIT_ATOM : LIT_NIL;
        if (l->items[i]->kind != wanted) bad(c, "a segment's flags are damaged");
    }
}

static void is_string(const Check *c, uint64_t offset, uint64_t bytes) {
    if (offset > c->file->string_bytes || bytes > c->file->string_bytes - offset) {
        bad(c, "%llu bytes at %llu are not in the string table", (unsigned long long)bytes,
            (unsigned long long)offset);
    }
}

/* bs_create_bin: type, segment number, unit, flags, value, size. */
static void is_segments(const Check *c, const Arg *a) {
    static const char *const types[] = {"integer", "float", "binary",         "append",
                                        "utf8",    "utf16", "private_append", "utf32"};
    list_of(c, a, 6);
    for (const Arg *s = a->items, *end = s + a->count; s < end; s += 6) {
        plain(c, &s[1], UINT32_MAX, "a segment's number");
        plain(c, &s[2], 256, "a segment's unit");
        is_flags(c, &s[3]);
        if (atom_is(c, &s[0], "string")) {
            uint64_t offset = plain(c, &s[4], UINT32_MAX, "a string's offset");
            if (s[5].kind != ARG_INT && s[5].kind != ARG_U) bad(c, "a string's size is no number");
            int64_t size = s[5].kind == ARG_INT ? s[5].i : (int64_t)s[5].u;
            is_string(c, offset, (uint64_t)size);
            continue;
        }
        size_t t = 0, count = sizeof types / sizeof *types;
        while (t < count && !atom_is(c, &s[0], types[t]))
            t++;
        if (t == count) bad(c, "a segment of unknown type");
        is_source(c, &s[4]);
        is_source(c, &s[5]);
    }
}

/* How many operands a command of bs_match takes besides its name; 0: unknown. */
static size_t command_size(const Check *c, const Arg *name) {
    if (atom_is(c, name, "ensure_at_least")) return 2;
    if (atom_is(c, name, "ensure_exactly")) return 1;
    if (atom_is(c, name, "skip")) return 1;
    if (atom_is(c, name, "integer") || atom_is(c, name, "binary")) return 5;
    if (atom_is(c, name, "=:=")) return 3;
    if (atom_is(c, name, "get_tail")) return 3;
    bad(c, "an unknown command");
}

/* What a command takes off the context: bits for skip, =:=, integer and binary. */
static uint64_t check_command(const Check *c, const Arg *name, const Arg *a) {
    if (atom_is(c, name, "ensure_at_least")) {
        plain(c, &a[0], BITS_LIMIT, "a size");
        between(c, &a[1], 1, 256, "a unit");
    } else if (atom_is(c, name, "ensure_exactly")) {
        plain(c, &a[0], BITS_LIMIT, "a size");
    } else if (atom_is(c, name, "skip")) {
        return plain(c, &a[0], BITS_LIMIT, "a size");
    } else if (atom_is(c, name, "=:=")) {
        if (a[0].kind != ARG_NIL) plain(c, &a[0], LIVE_LIMIT, "live registers");
        plain(c, &a[2], UINT64_MAX, "a value");
        return between(c, &a[1], 1, 64, "a size");
    } else if (atom_is(c, name, "get_tail")) {
        plain(c, &a[0], LIVE_LIMIT, "live registers");
        plain(c, &a[1], 256, "a unit");
        is_register(c, &a[2]);
    } else { /* integer, binary */
        plain(c, &a[0], LIVE_LIMIT, "live registers");
        is_flags(c, &a[1]);
        uint64_t size = plain(c, &a[2], BITS_LIMIT / 256, "a size");
        uint64_t unit = between(c, &a[3], 1, 256, "a unit");
        is_register(c, &a[4]);
        return size * unit;
    }
    return 0;
}

/* The bits taken must have been ensured: generated code reads them without testing. */
static void is_commands(const Check *c, const Arg *list) {
    list_of(c, list, 1);
    uint64_t ensured = 0;
    for (size_t i = 0; i < list->count;) {
        const Arg *name = &list->items[i];
        size_t size = command_size(c, name);
        if (size >= list->count - i) bad(c, "a command is cut off");
        uint64_t taken = check_command(c, name, name + 1);
        if (name[1].kind == ARG_U && strncmp(c->file->atoms[name->u], "ensure", 6) == 0) {
            ensured = name[1].u;
        }
        if (taken > ensured) bad(c, "it takes bits that it has not ensured");
        ensured -= taken;
        i += 1 + size;
    }
}

/* ---- by letter ---- */

static void check_operand(const Check *c, char letter, const Arg *a) {
    BeamFile *f = c->file;
    switch (letter) {
    case 'd':
    case 'r':
    case 'w': is_register(c, a); break;
    case 'D':
        if (a->kind != ARG_FR) is_register(c, a);
        break;
    case 's': is_source(c, a); break;
    case 'S':
        if (a->kind != ARG_FR) is_source(c, a);
        break;
    case 'y':
        if (a->kind != ARG_Y) bad(c, "an operand is not a y register");
        is_in_frame(c, a);
        break;
    case 'F':
        if (a->kind != ARG_FR) bad(c, "an operand is not a float register");
        break;
    case 'a':
        if (a->kind != ARG_ATOM) bad(c, "an operand is not an atom");
        break;
    case 'f': is_label(c, a, false); break;
    case 'g': is_label(c, a, true); break;
    case 'z':
        if (!atom_is(c, a, "no_fail") && !atom_is(c, a, "resume")) is_label(c, a, false);
        break;
    case 'c':
        if (!atom_is(c, a, "safe") && !atom_is(c, a, "unsafe")) {
            if (a->kind != ARG_U || a->u >= f->funs.count) bad(c, "the fun's tag is unknown");
        }
        break;
    case 'u': plain(c, a, UINT64_MAX, "an operand"); break;
    case 'n': plain(c, a, LIVE_LIMIT, "the number of registers"); break;
    case 'k': plain(c, a, FRAME_LIMIT, "the size of the stack frame"); break;
    case 'h': is_heap_need(c, a); break;
    case 'o': plain(c, a, UINT32_MAX, "an offset"); break;
    case 'e':
        if (a->kind != ARG_U || a->u >= f->imports.count) bad(c, "no such import");
        break;
    case 'q':
        if (a->kind != ARG_U || a->u >= f->funs.count) bad(c, "no such fun");
        break;
    case 'K':
        list_of(c, a, 1);
        for (size_t i = 0; i < a->count; i++)
            is_source(c, &a->items[i]);
        break;
    case 'Y':
        list_of(c, a, 1);
        for (size_t i = 0; i < a->count; i++)
            check_operand(c, 'y', &a->items[i]);
        break;
    case 'B': is_segments(c, a); break;
    case 'C': is_commands(c, a); break;
    default: is_pairs(c, a, letter); break; /* J T M G P */
    }
}

/* A line's index; without a line table, as in a stripped file, all are 0. */
static void check_line(const Check *c, Arg *a) {
    if (a->kind != ARG_U) bad(c, "the line is not a plain number");
    if (!c->load->lines_known) a->u = 0;
    if (a->u >= c->file->lines.count) bad(c, "no such line");
}

/* ---- operands together ---- */

static void same_arity(const Check *c, uint64_t wanted, uint64_t given) {
    if (wanted != given) {
        bad(c, "%llu arguments for arity %llu", (unsigned long long)given,
            (unsigned long long)wanted);
    }
}

static uint32_t import_arity(const Check *c, const Arg *a) {
    return c->file->imports.at[a->u].arity;
}

/* Calls and jumps to other functions. True: op was one of them, its labels are checked. */
static bool check_call(const Check *c) {
    const Arg *a = c->op->args;
    if (c->op->code != OP_call && c->op->code != OP_call_last && c->op->code != OP_call_only) {
        return false;
    }
    plain(c, &a[0], 255, "the arity");
    same_arity(c, is_entry(c, &a[1])->arity, a[0].u);
    if (c->op->code == OP_call_last) check_operand(c, 'k', &a[2]);
    return true;
}

static void check_more(const Check *c) {
    const Arg *a = c->op->args;
    switch (c->op->code) {
    case OP_func_info:
        if (c->op >= c->file->functions.at[c->function].ops + 3) bad(c, "it stands inside");
        break;
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only: same_arity(c, import_arity(c, &a[1]), a[0].u); break;
    case OP_bif0: same_arity(c, import_arity(c, &a[0]), 0); break;
    case OP_bif1: same_arity(c, import_arity(c, &a[1]), 1); break;
    case OP_bif2: same_arity(c, import_arity(c, &a[1]), 2); break;
    case OP_bif3: same_arity(c, import_arity(c, &a[1]), 3); break;
    case OP_gc_bif1: same_arity(c, import_arity(c, &a[2]), 1); break;
    case OP_gc_bif2: same_arity(c, import_arity(c, &a[2]), 2); break;
    case OP_gc_bif3: same_arity(c, import_arity(c, &a[2]), 3); break;
    case OP_make_fun3: same_arity(c, c->file->funs.at[a[0].u].nfree, a[2].count); break;
    case OP_call_fun:
    case OP_apply:
    case OP_apply_last: plain(c, &a[0], 255, "the arity"); break;
    case OP_call_fun2: plain(c, &a[1], 255, "the arity"); break;
    case OP_trim:
        if (a[0].u + a[1].u > FRAME_LIMIT) bad(c, "the stack frame is too large");
        break;
    case OP_get_tuple_element: plain(c, &a[1], TUPLE_LIMIT - 1, "a position"); break;
    case OP_set_tuple_element:
        is_register(c, &a[1]);
        plain(c, &a[2], TUPLE_LIMIT - 1, "a position");
        break;
    case OP_test_arity: plain(c, &a[2], TUPLE_LIMIT, "an arity"); break;
    case OP_is_tagged_tuple: between(c, &a[2], 1, TUPLE_LIMIT, "an arity"); break;
    case OP_put_tuple2:
        if (a[1].count > TUPLE_LIMIT) bad(c, "a tuple of %zu elements", a[1].count);
        break;
    case OP_update_record:
        between(c, &a[1], 1, TUPLE_LIMIT, "a size");
        if (a[4].count && a[4].items[a[4].count - 2].u > a[1].u) {
            bad(c, "a position beyond the tuple's size");
        }
        break;
    case OP_bs_get_integer2:
    case OP_bs_get_float2:
    case OP_bs_get_binary2: plain(c, &a[4], 256, "a unit"); break;
    case OP_bs_skip_bits2: plain(c, &a[3], 256, "a unit"); break;
    case OP_bs_test_unit: between(c, &a[2], 1, 256, "a unit"); break;
    case OP_bs_test_tail2: plain(c, &a[2], UINT64_MAX, "a size"); break; /* only compared */
    case OP_bs_create_bin: plain(c, &a[3], 256, "a unit"); break;
    case OP_bs_match_string:
        plain(c, &a[2], BITS_LIMIT, "a size");
        is_string(c, a[3].u, (a[2].u + 7) / 8);
        break;
    default: break;
    }
}

static void check_op(const Check *c) {
    if (c->op->code == OP_label) return; /* decode.c has looked */
    if (check_call(c)) return;
    const char *letters = c->info->operands;
    for (unsigned i = 0; letters[i]; i++) {
        if (letters[i] == 'b') {
            check_line(c, &c->op->args[i]);
        } else {
            check_operand(c, letters[i], &c->op->args[i]);
        }
    }
    check_more(c);
}

/* Control never runs off a function's last op into the next function. */
static bool ends_flow(unsigned code) {
    switch (code) {
    case OP_return:
    case OP_jump:
    case OP_call_only:
    case OP_call_last:
    case OP_call_ext_only:
    case OP_call_ext_last:
    case OP_apply_last:
    case OP_select_val:
    case OP_select_tuple_arity:
    case OP_wait:
    case OP_loop_rec_end:
    case OP_badmatch:
    case OP_if_end:
    case OP_case_end:
    case OP_try_case_end:
    case OP_badrecord:
    case OP_raise: return true;
    default: return false;
    }
}

static uint64_t largest_frame(const BeamFunction *f) {
    uint64_t largest = 0;
    for (size_t i = 0; i < f->count; i++) {
        unsigned code = f->ops[i].code;
        if (code != OP_allocate && code != OP_allocate_heap) continue;
        if (f->ops[i].args[0].u > largest) largest = f->ops[i].args[0].u;
    }
    return largest;
}

void check_code(Load *l) {
    Check c = {.load = l, .file = l->file};
    for (; c.function < l->file->functions.count; c.function++) {
        const BeamFunction *f = &l->file->functions.at[c.function];
        c.frame = largest_frame(f);
        for (size_t i = 0; i < f->count; i++) {
            c.op = &f->ops[i];
            c.info = beam_op_info(c.op->code);
            check_op(&c);
        }
        if (!ends_flow(c.op->code)) bad(&c, "the function does not end here");
    }
}

/* ---- tables ---- */

static void table_label(Load *l, ChunkId chunk, size_t row, uint32_t name, uint32_t arity,
                        uint32_t label) {
    BeamFile *f = l->file;
    size_t row_bytes = chunk == CHUNK_FUNT ? 24 : 12;
    uint32_t n = label < f->label_count ? f->labels[label].function : BEAM_NO_FUNCTION;
    const BeamFunction *function = n == BEAM_NO_FUNCTION ? NULL : &f->functions.at[n];
    if (!function || function->entry != label || function->name != name ||
        function->arity != arity) {
        reader_fail_at(&l->chunks[chunk], 4 + row * row_bytes, "%s/%u is not at label %u",
                       f->atoms[name], arity, label);
    }
}

static void refuse_twice(Load *l) {
    BeamFile *f = l->file;
    Map *seen = map_new();
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *function = &f->functions.at[i];
        uint32_t key[2] = {function->name, function->arity};
        if (map_get(seen, (const char *)key, sizeof key)) {
            reader_fail_at(&l->chunks[CHUNK_CODE], decode_chunk_offset(l, function->ops),
                           "function %s/%u is there twice", f->atoms[function->name],
                           function->arity);
        }
        map_set(seen, (const char *)key, sizeof key, f);
    }
}

void check_tables(Load *l) {
    BeamFile *f = l->file;
    refuse_twice(l);
    for (size_t i = 0; i < f->exports.count; i++) {
        const BeamExport *e = &f->exports.at[i];
        table_label(l, CHUNK_EXPT, i, e->name, e->arity, e->label);
    }
    for (size_t i = 0; i < f->locals.count; i++) {
        const BeamExport *e = &f->locals.at[i];
        table_label(l, CHUNK_LOCT, i, e->name, e->arity, e->label);
    }
    for (size_t i = 0; i < f->funs.count; i++) {
        const BeamFun *fun = &f->funs.at[i];
        table_label(l, CHUNK_FUNT, i, fun->name, fun->arity, fun->label);
    }
}
