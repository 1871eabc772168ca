/* print.c: the blocks of every function in words, for `beamrc disasm`. */
#include "emit/emit.h"

#include "analyse/entries.h"
#include "analyse/live.h"
#include "ir/ir.h"

static const char *entry_name(IrEntry e) {
    static const char *const names[] = {"inside", "function", "continuation", "handler",
                                        "catch",  "resume",   "join"};
    return names[e];
}

static void print_arg(const BeamFile *f, const Arg *a, Text *out) {
    unsigned long long u = a->u;
    switch (a->kind) {
    case ARG_U: text_add(out, "%llu", u); break;
    case ARG_INT: text_add(out, "#%lld", (long long)a->i); break;
    case ARG_BIG: text_str(out, "#big"); break;
    case ARG_ATOM: text_add(out, "'%s'", f->atoms[u]); break;
    case ARG_NIL: text_str(out, "[]"); break;
    case ARG_X: text_add(out, "x%llu", u); break;
    case ARG_Y: text_add(out, "y%llu", u); break;
    case ARG_FR: text_add(out, "f%llu", u); break;
    case ARG_LABEL: text_add(out, "L%llu", u); break;
    case ARG_CHAR: text_add(out, "$%llu", u); break;
    case ARG_LIT: text_add(out, "lit%llu", u); break;
    case ARG_LIST:
    case ARG_ALLOC:
        text_str(out, "[");
        for (size_t i = 0; i < a->count; i++) {
            if (i) text_str(out, " ");
            print_arg(f, &a->items[i], out);
        }
        text_str(out, "]");
        break;
    }
}

static void print_live(const RegSet live, Text *out) {
    text_str(out, " live {");
    for (unsigned i = 0, n = 0; i < 256; i++)
        if (reg_has(live, i)) text_add(out, "%sx%u", n++ ? " " : "", i);
    text_str(out, "}");
}

static void print_block(const IrFn *ir, size_t k, Text *out) {
    const IrBlock *b = &ir->blocks.at[k];
    text_add(out, "  block %zu", k);
    if (b->label) text_add(out, " (L%u)", b->label);
    text_add(out, " %s", b->clone ? "clone" : entry_name(b->entry));
    if (b->entry == IR_INSIDE && !b->clone) text_add(out, " of %d", b->owner);
    print_live(b->live_in, out);
    if (b->next >= 0) text_add(out, " then %d%s", b->next, b->next_is_cont ? " on return" : "");
    text_str(out, "\n");
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        const Op *op = &ir->fn->ops[i];
        text_add(out, "    %s", beam_op_info(op->code)->name);
        for (unsigned j = 0; j < op->nargs; j++) {
            text_str(out, j ? ", " : " ");
            print_arg(ir->beam, &op->args[j], out);
        }
        text_str(out, "\n");
    }
}

void emit_print_ir(const BeamFile *f, Text *out) {
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *fn = &f->functions.at[i];
        IrFn *ir = ir_build(f, fn);
        live_compute(ir);
        entries_compute(ir);
        text_add(out, "%s:%s/%u\n", f->module, f->atoms[fn->name], fn->arity);
        for (size_t k = 0; k < ir->blocks.count; k++)
            print_block(ir, k, out);
    }
}
