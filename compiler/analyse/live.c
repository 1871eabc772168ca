/* live.c: liveness of X and float registers, backward over the blocks to a fixed point.
 *
 * A handler's registers are made by the raise, so `try` and `catch` carry no edge. A call kills
 * every X register but its result. */
#include "analyse/live.h"

typedef struct Live {
    RegSet x;
    uint64_t floats;
} Live;

static void live_join(Live *to, const IrBlock *from) {
    for (int w = 0; w < 4; w++)
        to->x[w] |= from->live_in[w];
    to->floats |= from->live_floats;
}

static void step_back(const IrFn *ir, const Op *op, Live *l) {
    IrUses u;
    ir_uses(ir->beam, op, &u);
    for (int w = 0; w < 4; w++) {
        l->x[w] &= u.kills_all ? 0 : ~u.writes[w];
        l->x[w] |= u.reads[w];
    }
    l->floats = (l->floats & ~u.float_writes) | u.float_reads;
    if (op->code == OP_try || op->code == OP_catch || op->code == OP_call ||
        op->code == OP_call_last || op->code == OP_call_only)
        return;
    /* a side exit leaves after the reads and, for tests, before the writes */
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        size_t count = a->kind == ARG_LIST ? a->count : 1;
        const Arg *items = a->kind == ARG_LIST ? a->items : a;
        for (size_t m = 0; m < count; m++)
            if (items[m].kind == ARG_LABEL && items[m].u)
                live_join(l, &ir->blocks.at[ir_block_of(ir, items[m].u)]);
    }
}

static Live live_out(const IrFn *ir, const IrBlock *b) {
    Live l = {{0}, 0};
    if (b->next >= 0) live_join(&l, &ir->blocks.at[b->next]);
    return l;
}

void live_in_block(const IrFn *ir, uint32_t block, RegSet *after) {
    const IrBlock *b = &ir->blocks.at[block];
    Live l = live_out(ir, b);
    for (uint32_t i = b->count; i-- > 0;) {
        memcpy(after[i], l.x, sizeof(RegSet));
        step_back(ir, &ir->fn->ops[b->first + i], &l);
    }
}

void live_compute(IrFn *ir) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t k = ir->blocks.count; k-- > 0;) {
            IrBlock *b = &ir->blocks.at[k];
            Live l = live_out(ir, b);
            for (uint32_t i = b->count; i-- > 0;)
                step_back(ir, &ir->fn->ops[b->first + i], &l);
            if (memcmp(l.x, b->live_in, sizeof l.x) || l.floats != b->live_floats) {
                memcpy(b->live_in, l.x, sizeof l.x);
                b->live_floats = l.floats;
                changed = true;
            }
        }
    }
}
