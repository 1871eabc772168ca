/* decode.c: bytes of the Code chunk to ops.
 *
 * All ops of a module lie in one array, in file order; a function is a slice of it that begins at
 * the label before its func_info:
 *
 *   label I   [line]   func_info M F A   label E   ...   up to the next function's label I
 *
 * Two passes: read all ops, then cut them and note where each label is. */
#include "beam/decode.h"
#include "beam/compact.h"
#include "beam/older.h"

#define OLDEST_OTP 22
#define NEWEST_OTP 29

uint32_t decode_header(Load *l) {
    Reader *r = chunk_must(l, CHUNK_CODE);
    uint32_t header = reader_u32(r);
    if (header < 16 || header > reader_left(r))
        reader_fail_at(r, 0, "a header of %u bytes", header);
    size_t instructions = r->at + header;
    uint32_t version = reader_u32(r);
    if (version != 0) reader_fail_at(r, 4, "instruction set %u; only 0 is known", version);
    BeamFile *f = l->file;
    f->opcode_max = reader_u32(r);
    if (f->opcode_max >= OP_COUNT) {
        reader_fail_at(r, 8, "made for an OTP after %d: instructions up to %u, known up to %d",
                       NEWEST_OTP, f->opcode_max, OP_COUNT - 1);
    }
    f->label_count = reader_u32(r);
    uint32_t functions = reader_u32(r);
    r->at = instructions;
    if (f->label_count > reader_left(r) || functions > reader_left(r)) {
        reader_fail_at(r, 12, "%u labels and %u functions cannot fit", f->label_count, functions);
    }
    if (f->label_count == 0) f->label_count = 1;
    return functions;
}

static size_t instructions_start(const Load *l) {
    const uint8_t *p = l->chunks[CHUNK_CODE].bytes;
    return 4 + ((size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3]);
}

size_t decode_chunk_offset(const Load *l, const Op *op) {
    return instructions_start(l) + op->offset;
}

/* ---- reading ---- */

static const OpInfo *op_info(const Reader *r, size_t start, unsigned code) {
    const OpInfo *info = beam_op_info(code);
    if (!info) reader_fail_at(r, start, "instruction %u does not exist", code);
    if (info->first_otp == 0 && !older_is(&(Op){.code = (uint16_t)code})) {
        reader_fail_at(r, start, "instruction %s, from before OTP %d: compile the source again",
                       info->name, OLDEST_OTP);
    }
    return info;
}

static void read_ops(Load *l, Reader *r, OpVec *ops) {
    size_t base = r->at;
    ArgPool pool = {0};
    for (;;) {
        size_t start = r->at;
        uint8_t code = reader_u8(r);
        if (code == OP_int_code_end) return;
        const OpInfo *info = op_info(r, start, code);
        Op op = {.code = code, .nargs = info->arity, .offset = (uint32_t)(start - base)};
        if (op.nargs) op.args = compact_args(&pool, op.nargs);
        for (unsigned i = 0; i < op.nargs; i++)
            compact_read(l, r, &pool, &op.args[i]);
        vec_push(ops, op);
    }
}

static OpVec translated(Load *l, const OpVec *ops) {
    OpVec all = {0};
    for (size_t i = 0; i < ops->count;) {
        older_scratch(&ops->at[i]);
        if (older_is(&ops->at[i]))
            i = older_translate(l, ops->at, ops->count, i, &all);
        else
            vec_push(&all, ops->at[i++]);
    }
    return all;
}

/* ---- cutting ---- */

_Noreturn static void fail_at_op(const Load *l, const Op *op, const char *what) {
    reader_fail_at(&l->chunks[CHUNK_CODE], decode_chunk_offset(l, op), "%s", what);
}

/* Index of the label that the function whose func_info is at i begins with. */
static size_t first_op(const Load *l, const OpVec *ops, size_t i, size_t previous) {
    size_t start = i;
    if (start > previous && ops->at[start - 1].code == OP_line) start--;
    if (start == previous || ops->at[start - 1].code != OP_label) {
        fail_at_op(l, &ops->at[i], "func_info without a label before it");
    }
    return start - 1;
}

static uint32_t label_number(const Load *l, const Op *op) {
    const Arg *a = &op->args[0];
    if (a->kind != ARG_U || a->u == 0 || a->u >= l->file->label_count) {
        fail_at_op(l, op, "a label's number is not below the number of labels");
    }
    return (uint32_t)a->u;
}

static BeamFunction function_at(const Load *l, const OpVec *ops, size_t start, size_t info) {
    const Op *op = &ops->at[info];
    if (op->args[0].kind != ARG_ATOM || op->args[0].u != 1 || op->args[1].kind != ARG_ATOM ||
        op->args[2].kind != ARG_U || op->args[2].u > 255) {
        fail_at_op(l, op, "func_info does not name a function of this module");
    }
    if (info + 1 >= ops->count || ops->at[info + 1].code != OP_label) {
        fail_at_op(l, op, "func_info without a label after it");
    }
    return (BeamFunction){.name = (uint32_t)op->args[1].u,
                          .arity = (uint32_t)op->args[2].u,
                          .info_label = label_number(l, &ops->at[start]),
                          .entry = label_number(l, &ops->at[info + 1]),
                          .ops = &ops->at[start]};
}

static void cut_functions(Load *l, const OpVec *ops) {
    BeamFile *f = l->file;
    size_t previous = 0; /* first op that the function under way could own after its entry label */
    for (size_t i = 0; i < ops->count; i++) {
        if (ops->at[i].code != OP_func_info) continue;
        size_t start = first_op(l, ops, i, previous);
        if (f->functions.count == 0 && start != 0) {
            fail_at_op(l, &ops->at[0], "code before the first function");
        }
        vec_push(&f->functions, function_at(l, ops, start, i));
        previous = i + 2;
    }
    if (f->functions.count == 0 && ops->count) fail_at_op(l, &ops->at[0], "code without function");
    for (size_t i = 0; i < f->functions.count; i++) {
        BeamFunction *this = &f->functions.at[i];
        const Op *end = i + 1 < f->functions.count ? this[1].ops : ops->at + ops->count;
        this->count = (size_t)(end - this->ops);
    }
}

static void note_labels(Load *l) {
    BeamFile *f = l->file;
    f->labels = mem_alloc_atomic(f->label_count * sizeof *f->labels);
    for (uint32_t i = 0; i < f->label_count; i++)
        f->labels[i] = (BeamLabel){BEAM_NO_FUNCTION, 0};
    for (uint32_t i = 0; i < f->functions.count; i++) {
        BeamFunction *function = &f->functions.at[i];
        for (uint32_t k = 0; k < function->count; k++) {
            const Op *op = &function->ops[k];
            if (op->code != OP_label) continue;
            BeamLabel *label = &f->labels[label_number(l, op)];
            if (label->function != BEAM_NO_FUNCTION) fail_at_op(l, op, "a label placed twice");
            *label = (BeamLabel){i, k};
        }
    }
}

void decode_code(Load *l, uint32_t function_count) {
    OpVec ops = {0};
    read_ops(l, &l->chunks[CHUNK_CODE], &ops);
    ops = translated(l, &ops);
    cut_functions(l, &ops);
    if (l->file->functions.count != function_count) {
        reader_fail_at(&l->chunks[CHUNK_CODE], 16, "%u functions promised, %zu there",
                       function_count, l->file->functions.count);
    }
    note_labels(l);
}
