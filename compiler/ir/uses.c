/* uses.c: what each op reads and writes, told by the operand letters of op.def.
 *
 * Only what the letters cannot say stands here by name: ops with registers of their own (calls,
 * send, the handlers' x0..x2) and which of several float registers is the result. */
#include "ir/ir.h"

#include "base/diag.h"

static void add_reg(const Arg *a, RegSet set, uint64_t *floats) {
    if (a->kind == ARG_X) reg_add(set, (unsigned)a->u);
    if (a->kind == ARG_FR) *floats |= UINT64_C(1) << a->u;
}

static void add_first(RegSet set, uint64_t n) {
    for (unsigned i = 0; i < n; i++)
        reg_add(set, i);
}

/* bs_match's commands end in a destination where they have one; they read none but the context. */
static void match_uses(const Arg *list, IrUses *u) {
    for (size_t i = 0; i < list->count; i++)
        add_reg(&list->items[i], u->writes, &u->float_writes);
}

static void list_uses(char letter, const Arg *list, IrUses *u) {
    if (letter == 'C') {
        match_uses(list, u);
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        bool written = letter == 'G' && (i & 1);
        add_reg(&list->items[i], written ? u->writes : u->reads, &u->float_reads);
    }
}

static bool is_float_math(unsigned code) {
    return code == OP_fadd || code == OP_fsub || code == OP_fmul || code == OP_fdiv ||
           code == OP_fnegate || code == OP_fconv;
}

static void call_uses(const BeamFile *f, const Op *op, IrUses *u) {
    u->kills_all = true;
    reg_add(u->writes, 0);
    switch (op->code) {
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only: add_first(u->reads, f->imports.at[op->args[1].u].arity); break;
    case OP_apply:
    case OP_apply_last: add_first(u->reads, op->args[0].u + 2); break;
    case OP_call_fun: add_first(u->reads, op->args[0].u + 1); break;
    case OP_call_fun2: add_first(u->reads, op->args[1].u); break;
    default: add_first(u->reads, op->args[0].u); break;
    }
}

void ir_uses(const BeamFile *f, const Op *op, IrUses *u) {
    memset(u, 0, sizeof *u);
    const char *letters = beam_op_info(op->code)->operands;
    for (unsigned i = 0; i < op->nargs; i++) {
        const Arg *a = &op->args[i];
        switch (letters[i]) {
        case 'd': add_reg(a, u->writes, &u->float_writes); break;
        case 'D': add_reg(a, u->writes, &u->float_writes); break;
        case 'w':
            add_reg(a, u->reads, &u->float_reads);
            add_reg(a, u->writes, &u->float_writes);
            break;
        case 's':
        case 'S':
        case 'r': add_reg(a, u->reads, &u->float_reads); break;
        case 'F': {
            bool result = is_float_math(op->code) && i == op->nargs - 1u;
            add_reg(a, u->reads, result ? &u->float_writes : &u->float_reads);
            break;
        }
        case 'J':
        case 'K':
        case 'M':
        case 'P':
        case 'B':
        case 'G':
        case 'C': list_uses(letters[i], a, u); break;
        default: break;
        }
    }
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only:
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only:
    case OP_apply:
    case OP_apply_last:
    case OP_call_fun:
    case OP_call_fun2: call_uses(f, op, u); break;
    case OP_send:
        add_first(u->reads, 2);
        u->kills_all = true;
        reg_add(u->writes, 0);
        break;
    case OP_return:
    case OP_catch_end:
    case OP_build_stacktrace:
    case OP_bs_init_writable:
        reg_add(u->reads, 0);
        if (op->code == OP_build_stacktrace || op->code == OP_bs_init_writable)
            reg_add(u->writes, 0);
        break;
    case OP_try_case: add_first(u->writes, 3); break;
    case OP_raw_raise: /* falls through with badarg where the class is none */
        add_first(u->reads, 3);
        reg_add(u->writes, 0);
        break;
    case OP_func_info: add_first(u->reads, op->args[2].u); break;
    default: break;
    }
}

bool ir_op_ends(const Op *op) {
    switch (op->code) {
    case OP_func_info:
    case OP_call_last:
    case OP_call_only:
    case OP_call_ext_last:
    case OP_call_ext_only:
    case OP_apply_last:
    case OP_return:
    case OP_jump:
    case OP_select_val:
    case OP_select_tuple_arity:
    case OP_badmatch:
    case OP_case_end:
    case OP_if_end:
    case OP_try_case_end:
    case OP_badrecord:
    case OP_raise:
    case OP_loop_rec_end:
    case OP_wait:
    case OP_int_code_end: return true;
    default: return false;
    }
}

bool ir_op_returns(const Op *op) {
    switch (op->code) {
    case OP_call:
    case OP_call_ext:
    case OP_call_fun:
    case OP_call_fun2:
    case OP_apply: return true;
    default: return false;
    }
}
