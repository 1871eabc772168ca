/* build.c: cuts a function's ops into basic blocks.
 *
 * Blocks begin at labels, after ops that end control's straight line and after calls that come
 * back. Straight-line successors are in `next`, labels that ops name in `sides`. Stack frame or
 * none is carried along: BEAM's labels have one answer wherever they are reached from. */
#include "ir/ir.h"

#include "abi/layout.h"
#include "base/diag.h"
#include "ir/bifs.h"

enum { FRAME_UNKNOWN, FRAME_NONE, FRAME_YES };

bool ir_is_plain_bif(const BeamFile *f, uint64_t import) {
    const BeamImport *m = &f->imports.at[import];
    const BifRow *b = bifs_find(f->atoms[m->module], f->atoms[m->name], m->arity);
    return b && !(b->flags & BRC_BIF_TRAP);
}

static bool cuts_after(const BeamFile *f, const Op *op) {
    if (op->code == OP_call_ext && ir_is_plain_bif(f, op->args[1].u)) return false;
    return ir_op_ends(op) || ir_op_returns(op) || op->code == OP_wait_timeout;
}

int32_t ir_block_of(const IrFn *ir, uint64_t label) {
    if (label < ir->label_base || label - ir->label_base >= ir->label_span) return -1;
    return ir->block_of_label[label - ir->label_base];
}

static void find_labels(IrFn *ir) {
    uint64_t low = UINT32_MAX, high = 0;
    for (size_t i = 0; i < ir->fn->count; i++) {
        const Op *op = &ir->fn->ops[i];
        if (op->code != OP_label) continue;
        if (op->args[0].u < low) low = op->args[0].u;
        if (op->args[0].u > high) high = op->args[0].u;
    }
    ir->label_base = (uint32_t)low;
    ir->label_span = (uint32_t)(high - low + 1);
    ir->block_of_label = mem_array(int32_t, ir->label_span);
    memset(ir->block_of_label, -1, sizeof(int32_t) * ir->label_span);
}

/* Opens a block at op `first`; the one before falls into it where `falls` says so. */
static void open_block(IrFn *ir, uint32_t first, uint32_t label, bool falls, bool cont) {
    IrBlock b = {.first = first, .label = label, .next = -1, .owner = -1};
    if (falls && ir->blocks.count) {
        IrBlock *before = &ir->blocks.at[ir->blocks.count - 1];
        before->next = (int32_t)ir->blocks.count;
        before->next_is_cont = cont;
    }
    vec_push(&ir->blocks, b);
}

static void cut(IrFn *ir) {
    const BeamFunction *fn = ir->fn;
    bool open = false, falls = false, cont = false; /* of the block before op i */
    uint32_t line = 0;
    ir->line_of = mem_array(uint32_t, fn->count);
    for (uint32_t i = 0; i < fn->count; i++) {
        const Op *op = &fn->ops[i];
        if (op->code == OP_line || op->code == OP_executable_line) line = (uint32_t)op->args[0].u;
        ir->line_of[i] = line;
        if (op->code == OP_label) {
            open_block(ir, i + 1, (uint32_t)op->args[0].u, open || falls, !open && cont);
            ir->block_of_label[op->args[0].u - ir->label_base] = (int32_t)ir->blocks.count - 1;
            open = true, falls = false, cont = false;
            continue;
        }
        if (!open) open_block(ir, i, 0, falls, cont);
        open = true, falls = false, cont = false;
        IrBlock *b = &ir->blocks.at[ir->blocks.count - 1];
        b->count = i + 1 - b->first;
        if (!cuts_after(ir->beam, op)) continue;
        open = false;
        falls = !ir_op_ends(op);
        cont = falls && op->code != OP_wait_timeout;
    }
}

static void add_side(IrFn *ir, IrBlock *b, const Arg *a) {
    if (a->kind != ARG_LABEL || a->u == 0) return;
    int32_t to = ir_block_of(ir, a->u);
    if (to < 0)
        diag_fatal("%s: %s: jump to label %llu outside its function", ir->beam->path,
                   ir->beam->atoms[ir->fn->name], (unsigned long long)a->u);
    vec_push(&b->sides, (uint32_t)to);
}

static bool names_function(const Op *op) { /* the label is another function's entry */
    return op->code == OP_call || op->code == OP_call_last || op->code == OP_call_only;
}

static void link_sides(IrFn *ir) {
    for (size_t k = 0; k < ir->blocks.count; k++) {
        IrBlock *b = &ir->blocks.at[k];
        for (uint32_t i = b->first; i < b->first + b->count; i++) {
            const Op *op = &ir->fn->ops[i];
            if (names_function(op) || op->code == OP_try || op->code == OP_catch) continue;
            for (unsigned j = 0; j < op->nargs; j++) {
                add_side(ir, b, &op->args[j]);
                if (op->args[j].kind == ARG_LIST)
                    for (size_t m = 0; m < op->args[j].count; m++)
                        add_side(ir, b, &op->args[j].items[m]);
            }
        }
    }
}

static uint32_t frame_after(const Op *op, uint32_t frame) {
    if (op->code == OP_allocate || op->code == OP_allocate_heap) return FRAME_YES;
    if (op->code == OP_deallocate) return FRAME_NONE;
    return frame;
}

static void set_frame(IrFn *ir, uint32_t block, uint32_t frame, uint32_t *work, size_t *n) {
    if (ir->blocks.at[block].frame != FRAME_UNKNOWN) return;
    ir->blocks.at[block].frame = frame;
    work[(*n)++] = block;
}

static void find_frames(IrFn *ir) {
    uint32_t *work = mem_array(uint32_t, ir->blocks.count + 1);
    size_t n = 0;
    set_frame(ir, ir->entry_block, FRAME_NONE, work, &n);
    while (n) {
        IrBlock *b = &ir->blocks.at[work[--n]];
        uint32_t frame = b->frame;
        /* a side exit leaves from the middle: BEAM changes the frame only between tests */
        for (uint32_t i = b->first; i < b->first + b->count; i++) {
            const Op *op = &ir->fn->ops[i];
            if (!names_function(op))
                for (unsigned j = 0; j < op->nargs; j++) {
                    if (op->args[j].kind == ARG_LABEL && op->args[j].u)
                        set_frame(ir, (uint32_t)ir_block_of(ir, op->args[j].u), frame, work, &n);
                    if (op->args[j].kind == ARG_LIST)
                        for (size_t m = 0; m < op->args[j].count; m++) {
                            const Arg *a = &op->args[j].items[m];
                            if (a->kind == ARG_LABEL && a->u)
                                set_frame(ir, (uint32_t)ir_block_of(ir, a->u), frame, work, &n);
                        }
                }
            frame = frame_after(op, frame);
        }
        if (b->next >= 0) set_frame(ir, (uint32_t)b->next, frame, work, &n);
    }
}

static void check_registers(const IrFn *ir) {
    for (size_t i = 0; i < ir->fn->count; i++) {
        const Op *op = &ir->fn->ops[i];
        for (unsigned j = 0; j < op->nargs; j++) {
            const Arg *a = &op->args[j];
            size_t count = a->kind == ARG_LIST ? a->count : 1;
            const Arg *items = a->kind == ARG_LIST ? a->items : a;
            for (size_t m = 0; m < count; m++) {
                if (items[m].kind == ARG_X && items[m].u > 255)
                    diag_fatal("%s: %s: X register %llu, more than 256 are not compiled",
                               ir->beam->path, ir->beam->atoms[ir->fn->name],
                               (unsigned long long)items[m].u);
            }
        }
    }
}

IrFn *ir_build(const BeamFile *f, const BeamFunction *fn) {
    IrFn *ir = mem_new(IrFn);
    ir->beam = f;
    ir->fn = fn;
    check_registers(ir);
    find_labels(ir);
    cut(ir);
    link_sides(ir);
    int32_t entry = ir_block_of(ir, fn->entry);
    if (entry < 0) diag_fatal("%s: %s: no entry label", f->path, f->atoms[fn->name]);
    ir->entry_block = (uint32_t)entry;
    find_frames(ir);
    return ir;
}
