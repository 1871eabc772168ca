/* function.c: one Erlang function as C functions: control flow, places, tail calls.
 *
 * For each entry block one C function is written: its own blocks under labels, then repeated small
 * blocks (clones), then thunks: labels that only tail-call the entry that a jump leads to. What is
 * live on entry beyond x5 comes from p->x, and goes there before a jump. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "analyse/entries.h"
#include "analyse/live.h"
#include "base/diag.h"

enum { NEED_THUNK = 1, NEED_CLONE = 2 };

/* ---- names ---- */

const char *w_block_symbol(const Writer *w, uint32_t block) {
    const IrBlock *b = &w->ir->blocks.at[block];
    if (b->entry == IR_FUNCTION) return w->symbol;
    char kind = b->entry == IR_CONT                           ? 'c'
                : b->entry == IR_JOIN || b->entry == IR_CATCH ? 'j'
                : b->entry == IR_HANDLER                      ? 'h'
                                                              : 'r';
    return mem_format("%s$%c%u", w->symbol, kind, block);
}

static bool owned_here(const Writer *w, uint32_t block) {
    const IrBlock *b = &w->ir->blocks.at[block];
    return block == w->owner || (b->entry == IR_INSIDE && b->owner == (int32_t)w->owner);
}

static const char *goto_block(Writer *w, uint32_t block) {
    const IrBlock *b = &w->ir->blocks.at[block];
    if (w->head_of_call) return w_repeated_goto(w, block);
    if (b->clone) {
        w->needed[block] |= NEED_CLONE;
        return w_raw_goto(w, block, mem_format("C%u", block), true);
    }
    if (owned_here(w, block)) return w_raw_goto(w, block, mem_format("L%u", block), true);
    w->needed[block] |= NEED_THUNK;
    return w_raw_goto(w, block, mem_format("T%u", block), false);
}

const char *w_goto(Writer *w, uint64_t label) {
    return goto_block(w, (uint32_t)ir_block_of(w->ir, label));
}

const char *w_declare_function(Writer *w, const char *module, const char *name, uint32_t arity) {
    const BifRow *bif = bifs_find(module, name, arity);
    const char *symbol = bif ? mem_format("brc_bifcode_%s_%u", bif->cname, arity)
                             : names_function(module, name, arity);
    if (!map_get(w->declared, symbol, strlen(symbol))) {
        map_set(w->declared, symbol, strlen(symbol), (void *)1);
        text_add(&w->head, "extern Code %s;\n", symbol);
    }
    return symbol;
}

/* The number of the op's place among its function's. */
static size_t place_of(Writer *w) {
    uint32_t line = w->options->placeless ? 0 : w->ir->line_of[w->op_index];
    for (size_t i = 0; i < w->lines.count; i++)
        if (w->lines.at[i] == line) return i;
    vec_push(&w->lines, line);
    return w->lines.count - 1;
}

const char *w_loc(Writer *w) {
    return mem_format("&fi%u.at[%zu]", w->fn_index, place_of(w));
}

/* The same for the assembler. */
static const char *place_symbol(Writer *w) {
    size_t at = offsetof(FnPlace, at) + sizeof(Loc) * place_of(w);
    return mem_format("fi%u + %zu", w->fn_index, at);
}

/* The function's name and the places in it. */
static void write_places(Writer *w, const BeamFunction *fn) {
    text_add(&w->head,
             "static const struct { FnInfo fn; Loc at[%zu]; } fi%u __attribute__((used)) = {\n    "
             "{%s, %s, %u, 0, files}, {",
             w->lines.count, w->fn_index, w_atom_text(w, w->f->module, strlen(w->f->module)),
             w_atom(w, fn->name), fn->arity);
    for (size_t i = 0; i < w->lines.count; i++) {
        uint32_t line = w->lines.at[i];
        BeamLine l = line < w->f->lines.count ? w->f->lines.at[line] : (BeamLine){0, 0};
        text_add(&w->head, "%s{%zu, %u, %u},", i % 4 == 0 ? "\n    " : " ",
                 offsetof(FnPlace, at) + sizeof(Loc) * i, l.line ? l.file : 0, l.line);
    }
    text_str(&w->head, "}};\n");
}

const char *w_trace_sp(const Writer *w) {
    return w->frame == 2 ? "sp + 1" : "sp";
}

const char *w_args(Writer *w, unsigned n) {
    (void)w;
    static const char *const rows[] = {"U, U, U, U, U, U",      "x0, U, U, U, U, U",
                                       "x0, x1, U, U, U, U",    "x0, x1, x2, U, U, U",
                                       "x0, x1, x2, x3, U, U",  "x0, x1, x2, x3, x4, U",
                                       "x0, x1, x2, x3, x4, x5"};
    return rows[n < 6 ? n : 6];
}

void w_store_high(Writer *w, unsigned first, unsigned end) {
    for (unsigned i = first < 6 ? 6 : first; i < end; i++)
        OUT("p->x[%u] = x%u; ", i, i);
}

/* ---- leaving ---- */

enum { FLOAT_PARK = 900 }; /* p->x[FLOAT_PARK + n] carries float register n over a join */

void w_jump_block(Writer *w, uint32_t block) {
    const IrBlock *b = &w->ir->blocks.at[block];
    if (b->entry == IR_HANDLER) { /* erlc knew that the straight line never gets there */
        OUT("__builtin_trap();");
        return;
    }
    for (unsigned i = 6; i < 256; i++)
        if (reg_has(b->live_in, i)) OUT("p->x[%u] = x%u; ", i, i);
    for (unsigned i = 0; i < 64; i++)
        if (b->live_floats >> i & 1)
            OUT("__builtin_memcpy(&p->x[%u], &f%u, 8); ", FLOAT_PARK + i, i);
    const char *symbol = w_block_symbol(w, block);
    OUT("BRC_JUMP(%s", symbol);
    for (unsigned i = 0; i < 6; i++)
        if (reg_has(b->live_in, i))
            OUT(", x%u", i);
        else
            OUT(", U");
    OUT(");");
}

void w_raise2(Writer *w, const char *kind, const char *value) {
    OUT("{ p->loc = %s; BRC_JUMP_SP(brc_code_error2, %s, %s, %s, U, U, U, U); }", w_loc(w),
        w_trace_sp(w), w_atom_text(w, kind, strlen(kind)), value);
}

void w_fail(Writer *w, const Arg *label, const char *raise_code) {
    if (label->kind == ARG_LABEL && label->u)
        OUT("goto %s;", w_goto(w, label->u));
    else
        OUT("%s", raise_code);
}

/* ---- ops of a block ---- */

static void write_op(Writer *w, const Op *op) {
    if (w_raw_op(w, op)) return;
    w_raw_before(w, op);
    if (op_data(w, op) || op_arith(w, op) || op_test(w, op) || op_call(w, op) ||
        op_control(w, op) || op_bits(w, op) || op_create(w, op) || op_record(w, op))
        return;
    diag_fatal("%s: %s: the instruction %s is not compiled", w->f->path, w->symbol,
               beam_op_info(op->code)->name);
}

static void write_line(Writer *w, uint32_t op_index) {
    if (!w->options->lines || w->head_of_call) return;
    uint32_t index = w->ir->line_of[op_index];
    BeamLine l = index < w->f->lines.count ? w->f->lines.at[index] : (BeamLine){0, 0};
    if (!l.line || l.file >= w->f->files.count) {
        if (!w->line) OUT("#line 1 \"%s (no line)\"\n", w->f->module);
        return;
    }
    const char *const *sources = w->options->sources;
    const char *file = sources ? sources[l.file] : w->f->files.at[l.file];
    if (w->line == l.line && w->line_file == file) return;
    w->line = l.line;
    w->line_file = file;
    for (const char *c = file; *c; c++)
        if ((unsigned char)*c < ' ' || *c == '"' || *c == '\\') return;
    OUT("#line %u \"%s\"\n", l.line, file);
}

void w_block_ops(Writer *w, uint32_t block, uint32_t count) {
    const IrBlock *b = &w->ir->blocks.at[block];
    RegSet *after = mem_alloc_atomic(sizeof(RegSet) * (b->count + 1));
    live_in_block(w->ir, block, after);
    w->frame = b->frame ? b->frame : 1;
    w->block_end = b->first + count;
    for (uint32_t i = 0; i < count; i++) {
        const Op *op = &w->ir->fn->ops[b->first + i];
        w->op_index = b->first + i;
        w->live_after = after[i];
        write_line(w, w->op_index);
        OUT("    ");
        write_op(w, op);
        w_raw_after(w, op);
        OUT("\n");
        if (op->code == OP_allocate || op->code == OP_allocate_heap) w->frame = 2;
        if (op->code == OP_deallocate) w->frame = 1;
    }
    if (count < b->count) return;
    bool ended = b->count && ir_op_ends(&w->ir->fn->ops[b->first + b->count - 1]);
    if (!ended && b->next >= 0 && !b->next_is_cont)
        OUT("    goto %s;\n", goto_block(w, (uint32_t)b->next));
}

static void write_block(Writer *w, uint32_t block) {
    w->float_room = 0;
    w->room_known = false;
    w_block_ops(w, block, w->ir->blocks.at[block].count);
}

static void write_rest(Writer *w) {
    size_t n = w->ir->blocks.count;
    for (uint32_t k = 0; k < n; k++)
        if (w->needed[k] & NEED_CLONE) {
            OUT("C%u:;\n", k);
            w->raw = 0;
            write_block(w, k);
        }
    while (w_raw_rest(w, write_block)) {
    }
    w->raw = 0;
    for (uint32_t k = 0; k < n; k++)
        if (w->needed[k] & NEED_THUNK) {
            OUT("T%u:; ", k);
            w_jump_block(w, k);
            OUT("\n");
        }
}

/* ---- one C function ---- */

typedef struct Floats {
    uint64_t registers; /* F registers in use */
    bool raw;           /* X registers may hold numbers out of their boxes: d0... */
} Floats;

static void note_regs(Writer *w, uint32_t block, RegSet used, Floats *floats) {
    const IrBlock *b = &w->ir->blocks.at[block];
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        IrUses u;
        const Op *op = &w->ir->fn->ops[i];
        ir_uses(w->f, op, &u);
        for (int k = 0; k < 4; k++)
            used[k] |= u.reads[k] | u.writes[k];
        floats->registers |= u.float_reads | u.float_writes;
        floats->raw |= floats->registers != 0 ||
                       (op->code == OP_gc_bif2 && w_floats(w, &op->args[3], &op->args[4]));
    }
    for (int k = 0; k < 4; k++)
        used[k] |= b->live_in[k];
}

static void write_variables(Writer *w, const IrBlock *e) {
    RegSet used = {0};
    Floats floats = {0};
    for (uint32_t k = 0; k < w->ir->blocks.count; k++)
        if (owned_here(w, k) || w->ir->blocks.at[k].clone) note_regs(w, k, used, &floats);
    for (unsigned i = 6; i < 256; i++)
        if (reg_has(used, i)) {
            bool in = reg_has(e->live_in, i);
            if (in)
                OUT("    Term x%u = p->x[%u];\n", i, i);
            else
                OUT("    Term x%u;\n", i);
        }
    for (unsigned i = 0; i < 64; i++) {
        if (floats.registers >> i & 1) OUT("    double f%u;\n", i);
        if (floats.raw && (i < 6 || reg_has(used, i))) OUT("    double d%u;\n", i);
        if (e->live_floats >> i & 1)
            OUT("    __builtin_memcpy(&f%u, &p->x[%u], 8);\n", i, FLOAT_PARK + i);
    }
}

/* Reductions: one for each entry into a function, whether called or looped to. Arguments beyond x5
 * that nothing reads have no variable: the collector gets something in their place. */
static void write_entry_check(Writer *w, uint32_t arity) {
    const IrBlock *b = &w->ir->blocks.at[w->owner];
    OUT("entry:\n    if (BRC_SPENT()) {\n        p->live = %u; p->resume = %s; ", arity, w->symbol);
    for (unsigned i = 6; i < arity && !w_is_native(w, w->fn_index); i++)
        if (reg_has(b->live_in, i))
            w_store_high(w, i, i + 1);
        else
            OUT("p->x[%u] = BRC_NIL; ", i);
    OUT("\n        BRC_JUMP(brc_code_yield, %s);\n    }\n", w_args(w, arity));
    w_native_gate(w);
}

static uint32_t handler_slot(const Writer *w, const IrBlock *b) {
    const Op *op = &w->ir->fn->ops[b->first];
    if (!b->count || (op->code != OP_try_case && op->code != OP_catch_end))
        diag_fatal("%s: a handler that does not begin with try_case or catch_end", w->symbol);
    return (uint32_t)op->args[0].u;
}

/* For debuggers, which walk the stack: no call is under way from the frame at sp. */
void w_no_call_yet(Writer *w) {
    if (w->options->lines) OUT(" sp[0] = 0;");
}

/* A catch's handler: the raise becomes a value, then the straight line's own code goes on. */
static void write_catch_stub(Writer *w, uint32_t block) {
    const IrBlock *b = &w->ir->blocks.at[block];
    OUT("BRC_FN(%s$h%u) {\n    sp -= %u;", w->symbol, block, handler_slot(w, b) + 1);
    w_no_call_yet(w);
    OUT("\n    BRC_OUT();\n    x0 = brc_code_catch_value(p, x0, x1, x2);\n    BRC_IN();\n    ");
    OUT("BRC_JUMP(%s, x0, U, U, U, U, U);\n}\n", w_block_symbol(w, block));
}

/* The place of the call that block `block` is the continuation of, or NULL. */
static const char *cont_place(Writer *w, uint32_t block) {
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *b = &w->ir->blocks.at[k];
        if (b->next != (int32_t)block || !b->next_is_cont) continue;
        w->op_index = b->first + b->count - 1;
        return place_symbol(w);
    }
    return NULL;
}

/* The place of the receive that waits to go on at block `block`, or NULL: process_info tells it. */
static const char *wait_place(Writer *w, uint32_t block) {
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *b = &w->ir->blocks.at[k];
        const Op *last = b->count ? &w->ir->fn->ops[b->first + b->count - 1] : NULL;
        if (!last || (last->code != OP_wait && last->code != OP_wait_timeout)) continue;
        if ((uint32_t)ir_block_of(w->ir, last->args[0].u) != block) continue;
        w->op_index = w->ir->blocks.at[block].first;
        return place_symbol(w);
    }
    return NULL;
}

static void write_owner(Writer *w, uint32_t e) {
    const IrBlock *b = &w->ir->blocks.at[e];
    w->owner = e;
    w_raw_begin(w);
    memset(w->needed, 0, w->ir->blocks.count);
    w->op_index = b->first;
    const char *place = cont_place(w, e), *waits = place ? NULL : wait_place(w, e);
    const char *symbol = w_block_symbol(w, e);
    w->line = 0;
    write_line(w, w->op_index);
    bool weak = w->options->weak && w->options->weak[w->fn_index] && b->entry == IR_FUNCTION;
    OUT("%s%s(%s) {\n", weak ? "__attribute__((weak)) " : "",
        place || waits ? "BRC_CONT" : "BRC_FN", symbol);
    if (place) {
        OUT("    BRC_PC(%s, %s);", symbol, place);
        w_no_call_yet(w);
        OUT("\n");
    }
    if (waits) OUT("    BRC_PC(%s, %s);\n", symbol, waits);
    write_variables(w, b);
    if (b->entry == IR_FUNCTION) write_entry_check(w, w->ir->fn->arity);
    if (b->entry == IR_HANDLER) {
        OUT("    sp -= %u;", handler_slot(w, b) + 1);
        w_no_call_yet(w);
        OUT("\n");
    }
    OUT("L%u:;\n", e);
    write_block(w, e);
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *o = &w->ir->blocks.at[k];
        if (k == e || o->clone || !owned_here(w, k)) continue;
        OUT("L%u:;\n", k);
        w->raw = 0;
        write_block(w, k);
    }
    write_rest(w);
    OUT("}\n");
    if (b->entry == IR_CATCH) write_catch_stub(w, e);
}

static void declare_entries(Writer *w) {
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *b = &w->ir->blocks.at[k];
        if (b->entry == IR_INSIDE || b->entry == IR_FUNCTION) continue;
        OUT("%sCode %s;\n", b->entry == IR_JOIN ? "static " : "", w_block_symbol(w, k));
        if (b->entry == IR_CATCH) OUT("Code %s$h%u;\n", w->symbol, k);
    }
}

/* A native's stub is the native itself: local calls and funs find it under the stub's name. */
static void write_native(Writer *w, const BeamFunction *fn) {
    const char *name = w->f->atoms[fn->name];
    const char *native = w_declare_function(w, w->f->module, name, fn->arity);
    OUT("\nBRC_FN(%s) {\n    BRC_JUMP(%s, %s);\n}\n", names_of(w->f, fn), native,
        w_args(w, fn->arity));
}

void w_function(Writer *w, const BeamFunction *fn, uint32_t index) {
    if (bifs_of_stub(w->f, fn)) {
        write_native(w, fn);
        return;
    }
    IrFn *ir = ir_build(w->f, fn);
    live_compute(ir);
    entries_compute(ir);
    w->ir = ir;
    w->fn_index = index;
    w->symbol = names_of(w->f, fn);
    w->needed = mem_alloc_atomic(ir->blocks.count + 1);
    w->lines.count = 0;
    OUT("\n/* %s */\n", w->symbol);
    declare_entries(w);
    for (uint32_t k = 0; k < ir->blocks.count; k++)
        if (ir->blocks.at[k].entry != IR_INSIDE) write_owner(w, k);
    write_places(w, fn);
}
