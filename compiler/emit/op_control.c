/* op_control.c: errors, handlers, receives. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "base/diag.h"

static void handler(Writer *w, const Op *op) {
    OUT("%s = (Term)%s$h%d + BRC_TAG_CATCH;", w_value(w, &op->args[0]), w->symbol,
        ir_block_of(w->ir, op->args[1].u));
}

static void raise_again(Writer *w) {
    OUT("BRC_JUMP_SP(brc_code_raise, %s, U, U, U, U, U, U);", w_trace_sp(w));
}

static void func_info(Writer *w, const Op *op) {
    unsigned arity = (unsigned)op->args[2].u;
    w_store_high(w, 6, arity);
    OUT("p->loc = %s; BRC_JUMP_SP(brc_code_function_clause, %s, %s);", w_loc(w), w_trace_sp(w),
        w_args(w, arity));
}

static void wait(Writer *w, const Op *op) {
    uint32_t head = (uint32_t)ir_block_of(w->ir, op->args[0].u);
    const char *after = "0";
    if (op->code == OP_wait_timeout) {
        for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
            const IrBlock *b = &w->ir->blocks.at[k];
            if (b->count && b->first + b->count - 1 == w->op_index)
                after = w_block_symbol(w, (uint32_t)b->next);
        }
        OUT("BRC_OUT(); { int a = brc_sig_timeout_arm(p, %s); BRC_IN(); ",
            w_value(w, &op->args[1]));
        OUT("if (a == 0) BRC_JUMP(%s, U, U, U, U, U, U); ", after);
        OUT("if (BRC_UNLIKELY(a < 0)) { p->loc = %s; p->fbif = 0; ", w_loc(w));
        raise_again(w);
        OUT(" } } ");
    }
    if (w->frame == 2) OUT("sp[0] = 0; ");
    OUT("p->resume = %s; p->trap = %s; BRC_JUMP(brc_sig_wait, U, U, U, U, U, U);",
        w_block_symbol(w, head), after);
}

static void raw_raise(Writer *w) {
    OUT("BRC_OUT(); { Term t = brc_code_raw_raise(p, x0, x1, x2); BRC_IN(); "
        "if (t == BRC_NONE) { p->loc = %s; ",
        w_loc(w));
    raise_again(w);
    OUT(" } x0 = t; }");
}

/* raise Trace, Value: again what a handler caught, its class kept in the process. */
static void raise_op(Writer *w, const Op *op) {
    OUT("{ BRC_OUT(); brc_code_reraise(p, %s, %s); p->loc = %s; ", w_value(w, &op->args[0]),
        w_value(w, &op->args[1]), w_loc(w));
    raise_again(w);
    OUT(" }");
}

bool op_control(Writer *w, const Op *op) {
    const Arg *a = op->args;
    switch (op->code) {
    case OP_func_info: func_info(w, op); return true;
    case OP_badmatch: w_raise2(w, "badmatch", w_value(w, &a[0])); return true;
    case OP_case_end: w_raise2(w, "case_clause", w_value(w, &a[0])); return true;
    case OP_try_case_end: w_raise2(w, "try_clause", w_value(w, &a[0])); return true;
    case OP_badrecord: w_raise2(w, "badrecord", w_value(w, &a[0])); return true;
    case OP_if_end:
        OUT("p->loc = %s; BRC_JUMP_SP(brc_code_error, %s, AM(if_clause), U, U, U, U, U);", w_loc(w),
            w_trace_sp(w));
        return true;
    case OP_try:
    case OP_catch: handler(w, op); return true;
    case OP_try_end:
    case OP_try_case:
    case OP_catch_end: OUT("%s = BRC_NIL;", w_value(w, &a[0])); return true;
    case OP_raise: raise_op(w, op); return true;
    case OP_raw_raise: raw_raise(w); return true;
    case OP_build_stacktrace:
        OUT("BRC_OUT(); x0 = brc_code_build_stacktrace(p, x0); BRC_IN();");
        return true;
    case OP_loop_rec:
        OUT("{ BRC_OUT(); Term t = brc_sig_peek(p); BRC_IN(); if (t == BRC_NONE) goto %s; %s = t; "
            "}",
            w_goto(w, a[0].u), w_target(w, &a[1]));
        return true;
    case OP_loop_rec_end:
        OUT("BRC_OUT(); brc_sig_skip(p); BRC_IN(); goto %s;", w_goto(w, a[0].u));
        return true;
    case OP_remove_message: OUT("BRC_OUT(); brc_sig_remove(p); BRC_IN();"); return true;
    case OP_timeout: OUT("brc_sig_timeout_done(p);"); return true;
    case OP_wait:
    case OP_wait_timeout: wait(w, op); return true;
    case OP_recv_marker_reserve:
        OUT("BRC_OUT(); %s = brc_sig_marker_reserve(p); BRC_IN();", w_value(w, &a[0]));
        return true;
    case OP_recv_marker_bind:
        OUT("brc_sig_marker_bind(p, %s, %s);", w_value(w, &a[0]), w_value(w, &a[1]));
        return true;
    case OP_recv_marker_clear: OUT("brc_sig_marker_clear(p, %s);", w_value(w, &a[0])); return true;
    case OP_recv_marker_use: OUT("brc_sig_marker_use(p, %s);", w_value(w, &a[0])); return true;
    default: return false;
    }
}
