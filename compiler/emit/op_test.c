/* op_test.c: tests that go to their label when they fail. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "base/diag.h"

static void unless(Writer *w, const Op *op, const char *condition) {
    OUT("if (!(%s)) goto %s;", condition, w_goto(w, op->args[0].u));
}

static void assume_small(Writer *w, const Arg *a) {
    int64_t min, max;
    if ((a->kind == ARG_X || a->kind == ARG_Y) && w_typed_small(w, a, &min, &max))
        OUT("__builtin_assume((%s & 3) == 0); ", w_value(w, a));
}

/* Both are known floats, of which none is a NaN: C's own comparison. */
static bool compare_floats(Writer *w, const Op *op, const char *sign) {
    const Arg *a = &op->args[1], *b = &op->args[2];
    bool exact = op->code == OP_is_eq_exact || op->code == OP_is_ne_exact;
    if (!w_floats(w, a, b) || (exact && (!w_double(w, a) || !w_double(w, b)))) return false;
    unless(w, op, mem_format("%s %s %s", w_as_double(w, a), sign, w_as_double(w, b)));
    return true;
}

static void compare(Writer *w, const Op *op, const char *helper, const char *sign) {
    if (compare_floats(w, op, sign)) return;
    assume_small(w, &op->args[1]);
    assume_small(w, &op->args[2]);
    unless(w, op,
           mem_format("%s(%s, %s)", helper, w_value(w, &op->args[1]), w_value(w, &op->args[2])));
}

static void equal(Writer *w, const Op *op, bool exact, bool wanted) {
    if (compare_floats(w, op, wanted ? "==" : "!=")) return;
    const Arg *a = &op->args[1], *b = &op->args[2];
    bool words = exact && (w_is_immediate(w, a) || w_is_immediate(w, b));
    const char *x = w_value(w, a), *y = w_value(w, b);
    const char *test = words ? mem_format("(%s) == (%s)", x, y)
                             : mem_format("%s(%s, %s)", exact ? "brc_eq_exact" : "brc_eq", x, y);
    unless(w, op, wanted ? test : mem_format("!(%s)", test));
}

static void tagged_tuple(Writer *w, const Op *op) {
    const char *t = w_value(w, &op->args[1]);
    const char *boxed =
        w_typed_as(w, &op->args[1], BEAM_TYPE_TUPLE) ? "" : mem_format("term_is_boxed(%s) && ", t);
    unless(w, op,
           mem_format("%sterm_header(%s) == BRC_HEADER(BRC_TUPLE, %llu) && "
                      "term_box(%s)[1] == %s",
                      boxed, t, (unsigned long long)op->args[2].u, t, w_value(w, &op->args[3])));
}

static void test_arity(Writer *w, const Op *op) {
    unless(w, op,
           mem_format("term_header(%s) == BRC_HEADER(BRC_TUPLE, %llu)", w_value(w, &op->args[1]),
                      (unsigned long long)op->args[2].u));
}

static const char *type_test(unsigned code) {
    switch (code) {
    case OP_is_integer: return "term_is_integer";
    case OP_is_float: return "term_is_float";
    case OP_is_number: return "term_is_number";
    case OP_is_atom: return "term_is_atom";
    case OP_is_pid: return "term_is_pid";
    case OP_is_reference: return "term_is_ref";
    case OP_is_port: return "term_is_port";
    case OP_is_nil: return "term_is_nil";
    case OP_is_binary: return "brc_code_is_binary";
    case OP_is_bitstr: return "term_is_bitstring";
    case OP_is_list: return "term_is_list";
    case OP_is_nonempty_list: return "term_is_cons";
    case OP_is_tuple: return "term_is_tuple";
    case OP_is_function: return "term_is_fun";
    case OP_is_map: return "term_is_map";
    default: return NULL;
    }
}

bool op_test(Writer *w, const Op *op) {
    const char *type = type_test(op->code);
    if (type) {
        unless(w, op, mem_format("%s(%s)", type, w_value(w, &op->args[1])));
        return true;
    }
    switch (op->code) {
    case OP_is_lt: compare(w, op, "brc_lt", "<"); return true;
    case OP_is_ge: compare(w, op, "brc_ge", ">="); return true;
    case OP_is_eq: equal(w, op, false, true); return true;
    case OP_is_ne: equal(w, op, false, false); return true;
    case OP_is_eq_exact: equal(w, op, true, true); return true;
    case OP_is_ne_exact: equal(w, op, true, false); return true;
    case OP_is_boolean: {
        const char *v = w_value(w, &op->args[1]);
        unless(w, op, mem_format("%s == AM(true) || %s == AM(false)", v, v));
        return true;
    }
    case OP_is_function2: {
        int64_t n;
        bool known = w_const_small(&op->args[2], &n) && n >= 0 && n <= BRC_MAX_ARITY;
        unless(w, op,
               mem_format("%s(%s, %s)", known ? "brc_is_fun_of" : "brc_code_is_function_arity",
                          w_value(w, &op->args[1]), w_value(w, &op->args[2])));
        return true;
    }
    case OP_test_arity: test_arity(w, op); return true;
    case OP_is_tagged_tuple: tagged_tuple(w, op); return true;
    case OP_select_val: w_select_val(w, op); return true;
    case OP_select_tuple_arity: w_select_arity(w, op); return true;
    case OP_jump: OUT("goto %s;", w_goto(w, op->args[0].u)); return true;
    default: return false;
    }
}
