/* older.c: what compilers of OTP 22 to 24 wrote, in the instructions of OTP 25.
 *
 *   allocate_zero, init           allocate and init_yregs
 *   make_fun2                     room for it, which it took itself, and make_fun3 of the first x
 *                                 registers
 *   bs_init2 bs_put_integer ...   one bs_create_bin, which knows its size
 *   bs_add, bs_utf8_size          the size that is then not asked for: 0 */
#include "beam/older.h"
#include "beam/compact.h"
#include "beam/decode.h"

enum { SEGMENT_ARGS = 6, SCRATCH = 1022, LAST_X = 255, FUN_WORDS = 2 };

bool older_is(const Op *op) {
    switch (op->code) {
    case OP_allocate_zero:
    case OP_allocate_heap_zero:
    case OP_init:
    case OP_make_fun2:
    case OP_bs_add:
    case OP_bs_utf8_size:
    case OP_bs_utf16_size:
    case OP_bs_init2:
    case OP_bs_init_bits:
    case OP_bs_append:
    case OP_bs_private_append:
    case OP_bs_put_integer:
    case OP_bs_put_float:
    case OP_bs_put_binary:
    case OP_bs_put_string:
    case OP_bs_put_utf8:
    case OP_bs_put_utf16:
    case OP_bs_put_utf32: return true;
    default: return false;
    }
}

_Noreturn static void fail_at(Load *l, const Op *op, const char *what) {
    reader_fail_at(&l->chunks[CHUNK_CODE], decode_chunk_offset(l, op), "%s %s",
                   beam_op_info(op->code)->name, what);
}

void older_scratch(Op *op) {
    for (unsigned i = 0; i < op->nargs; i++)
        if (op->args[i].kind == ARG_X && op->args[i].u == SCRATCH) op->args[i].u = LAST_X;
}

/* ---- operands ---- */

static Arg plain(uint64_t u) {
    return (Arg){.kind = ARG_U, .type = -1, .u = u};
}

static Arg reg(ArgKind kind, uint64_t u) {
    return (Arg){.kind = kind, .type = -1, .u = u};
}

static Arg list(Arg *items, size_t count) {
    return (Arg){.kind = ARG_LIST, .type = -1, .items = items, .count = count};
}

/* The module's own atom of that name, or one more. */
static Arg atom(Load *l, const char *text) {
    BeamFile *f = l->file;
    uint32_t i = 1;
    while (i <= f->atom_count && strcmp(f->atoms[i], text) != 0)
        i++;
    if (i > f->atom_count) {
        const char **atoms = mem_array(const char *, i + 1);
        uint32_t *lens = mem_alloc_atomic(((size_t)i + 1) * sizeof *lens);
        memcpy(atoms, f->atoms, i * sizeof *atoms);
        memcpy(lens, f->atom_lens, i * sizeof *lens);
        atoms[i] = text;
        lens[i] = (uint32_t)strlen(text);
        f->atoms = atoms;
        f->atom_lens = lens;
        f->atom_count = i;
    }
    return (Arg){.kind = ARG_ATOM, .type = -1, .u = i};
}

static void push(OpVec *out, const Op *like, unsigned code, const Arg *args, uint16_t nargs) {
    Op op = {.code = (uint16_t)code, .nargs = nargs, .offset = like->offset};
    op.args = mem_array(Arg, nargs);
    memcpy(op.args, args, nargs * sizeof *args);
    vec_push(out, op);
}

/* ---- frames, funs, sizes ---- */

static void push_allocate(Load *l, const Op *op, OpVec *out) {
    bool heap = op->code == OP_allocate_heap_zero;
    push(out, op, heap ? OP_allocate_heap : OP_allocate, op->args, op->nargs);
    if (op->args[0].kind != ARG_U || op->args[0].u > 1023) fail_at(l, op, "of too large a frame");
    size_t n = (size_t)op->args[0].u;
    if (n == 0) return;
    Arg *ys = mem_array(Arg, n);
    for (size_t i = 0; i < n; i++)
        ys[i] = reg(ARG_Y, i);
    push(out, op, OP_init_yregs, (Arg[]){list(ys, n)}, 1);
}

static void push_fun(Load *l, const Op *op, OpVec *out) {
    uint64_t index = op->args[0].u;
    if (op->args[0].kind != ARG_U || index >= l->file->funs.count) {
        fail_at(l, op, "of a fun that is not there");
    }
    size_t n = l->file->funs.at[index].nfree;
    if (n > 255) fail_at(l, op, "of a fun with too many variables");
    Arg *xs = mem_array(Arg, n + 1);
    for (size_t i = 0; i < n; i++)
        xs[i] = reg(ARG_X, i);
    push(out, op, OP_test_heap, (Arg[]){plain(n + FUN_WORDS), plain(n)}, 2);
    push(out, op, OP_make_fun3, (Arg[]){op->args[0], reg(ARG_X, 0), list(xs, n)}, 3);
}

static void push_zero(const Op *op, OpVec *out) {
    Arg zero = {.kind = ARG_INT, .type = -1};
    push(out, op, OP_move, (Arg[]){zero, op->args[op->nargs - 1]}, 2);
}

/* ---- binaries ---- */

typedef VEC(Arg) Segments;

static void add(Load *l, Segments *s, const char *type, Arg unit, Arg flags, Arg value, Arg size) {
    Arg number = plain(s->count / SEGMENT_ARGS + 1);
    Arg args[SEGMENT_ARGS] = {atom(l, type), number, unit, flags, value, size};
    for (size_t i = 0; i < SEGMENT_ARGS; i++)
        vec_push(s, args[i]);
}

static void add_utf(Load *l, Segments *s, const char *type, const Arg *a) {
    add(l, s, type, plain(0), a[1], a[2], atom(l, "undefined"));
}

static bool put(Load *l, const Op *op, Segments *s) {
    const Arg *a = op->args;
    Arg none = {.kind = ARG_NIL, .type = -1};
    switch (op->code) {
    case OP_bs_put_integer: add(l, s, "integer", a[2], a[3], a[4], a[1]); return true;
    case OP_bs_put_float: add(l, s, "float", a[2], a[3], a[4], a[1]); return true;
    case OP_bs_put_binary: add(l, s, "binary", a[2], a[3], a[4], a[1]); return true;
    case OP_bs_put_string: add(l, s, "string", plain(8), none, a[1], a[0]); return true;
    case OP_bs_put_utf8: add_utf(l, s, "utf8", a); return true;
    case OP_bs_put_utf16: add_utf(l, s, "utf16", a); return true;
    case OP_bs_put_utf32: add_utf(l, s, "utf32", a); return true;
    default: return false;
    }
}

static size_t push_binary(Load *l, const Op *ops, size_t count, size_t i, OpVec *out) {
    const Op *op = &ops[i];
    const Arg *a = op->args;
    Segments s = {0};
    Arg words = plain(0), live = plain(0), none = {.kind = ARG_NIL, .type = -1};
    if (op->code == OP_bs_private_append) {
        add(l, &s, "private_append", a[2], none, a[3], atom(l, "all"));
    } else {
        words = a[2];
        live = a[3];
        if (op->code == OP_bs_append) add(l, &s, "append", a[4], none, a[5], atom(l, "all"));
    }
    for (i++; i < count; i++)
        if (ops[i].code != OP_line && !put(l, &ops[i], &s)) break;
    push(out, op, OP_bs_create_bin,
         (Arg[]){a[0], words, live, plain(1), a[op->nargs - 1], list(s.at, s.count)}, 6);
    return i;
}

size_t older_translate(Load *l, const Op *ops, size_t count, size_t i, OpVec *out) {
    const Op *op = &ops[i];
    switch (op->code) {
    case OP_allocate_zero:
    case OP_allocate_heap_zero: push_allocate(l, op, out); break;
    case OP_init: push(out, op, OP_init_yregs, (Arg[]){list(op->args, 1)}, 1); break;
    case OP_make_fun2: push_fun(l, op, out); break;
    case OP_bs_add:
    case OP_bs_utf8_size:
    case OP_bs_utf16_size: push_zero(op, out); break;
    case OP_bs_init2:
    case OP_bs_init_bits:
    case OP_bs_append:
    case OP_bs_private_append: return push_binary(l, ops, count, i, out);
    default: fail_at(l, op, "without the instruction that begins a binary");
    }
    return i + 1;
}
