/* entries.c: the cut of a function into C functions.
 *
 * Entries are where control arrives from outside: the function itself, what follows a call, receive
 * loops, handlers. Each entry owns the blocks that only it reaches; a block reached from two
 * becomes a join, an entry too, and the search starts again until nothing changes. */
#include "analyse/entries.h"

enum { CLONE_OPS = 4 };

static void mark_entry(IrFn *ir, int32_t block, IrEntry kind) {
    IrBlock *b = &ir->blocks.at[block];
    if (b->entry == IR_INSIDE) b->entry = kind;
}

static void mark_entries(IrFn *ir) {
    mark_entry(ir, (int32_t)ir->entry_block, IR_FUNCTION);
    for (size_t k = 0; k < ir->blocks.count; k++) {
        const IrBlock *b = &ir->blocks.at[k];
        for (uint32_t i = b->first; i < b->first + b->count; i++) {
            const Op *op = &ir->fn->ops[i];
            switch (op->code) {
            case OP_try: mark_entry(ir, ir_block_of(ir, op->args[1].u), IR_HANDLER); break;
            case OP_catch: mark_entry(ir, ir_block_of(ir, op->args[1].u), IR_CATCH); break;
            case OP_wait:
            case OP_wait_timeout: mark_entry(ir, ir_block_of(ir, op->args[0].u), IR_RESUME); break;
            default: break;
            }
        }
        if (b->next >= 0 && b->next_is_cont) mark_entry(ir, b->next, IR_CONT);
        if (b->next >= 0 && b->count &&
            ir->fn->ops[b->first + b->count - 1].code == OP_wait_timeout)
            mark_entry(ir, b->next, IR_RESUME);
    }
}

static bool small_and_final(const IrFn *ir, const IrBlock *b) {
    if (b->entry != IR_INSIDE || b->next >= 0 || b->sides.count || !b->count) return false;
    return b->count <= CLONE_OPS && ir_op_ends(&ir->fn->ops[b->first + b->count - 1]);
}

/* Gives every block reached from entry `e` that owner. Blocks of another owner become joins. */
static bool claim(IrFn *ir, uint32_t e, uint32_t *stack) {
    bool joined = false;
    size_t n = 0;
    stack[n++] = e;
    ir->blocks.at[e].owner = (int32_t)e;
    while (n) {
        IrBlock *b = &ir->blocks.at[stack[--n]];
        size_t sides = b->sides.count;
        for (size_t i = 0; i <= sides; i++) {
            int32_t to = i < sides ? (int32_t)b->sides.at[i] : b->next_is_cont ? -1 : b->next;
            if (to < 0) continue;
            IrBlock *t = &ir->blocks.at[to];
            if (t->entry != IR_INSIDE || t->clone || t->owner == (int32_t)e) continue;
            if (t->owner >= 0) {
                t->entry = IR_JOIN;
                joined = true;
                continue;
            }
            t->owner = (int32_t)e;
            stack[n++] = (uint32_t)to;
        }
    }
    return joined;
}

void entries_compute(IrFn *ir) {
    mark_entries(ir);
    for (size_t k = 0; k < ir->blocks.count; k++)
        ir->blocks.at[k].clone = small_and_final(ir, &ir->blocks.at[k]);
    uint32_t *stack = mem_array(uint32_t, ir->blocks.count + 1);
    bool again = true;
    while (again) {
        again = false;
        for (size_t k = 0; k < ir->blocks.count; k++)
            ir->blocks.at[k].owner = -1;
        for (size_t k = 0; k < ir->blocks.count; k++)
            if (ir->blocks.at[k].entry != IR_INSIDE && claim(ir, (uint32_t)k, stack)) again = true;
    }
}
