/* inline.c: calls of local functions whose answer may be at hand: their first blocks are repeated
 * at the call.
 *
 * Two kinds of function pay. A leaf calls nothing and is short: its callers get all of it. One that
 * calls itself several times (a walk over a tree) ends at once in at least half of its calls: those
 * of its own calls test for the end in place. Taken over are ops without effect; whatever else
 * comes, a slow path included, leaves them for the call itself, with the arguments as they were.
 * So nothing is raised, collected or waited for in repeated code. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "analyse/live.h"

enum { MOST_OPS = 16, LEAF_OPS = 6, OWN_CALLS = 2 };

struct Head { /* the repeatable part of a function */
    IrFn *ir;
    uint32_t *taken; /* per block: of its ops, so many are repeated, then the call is made */
    bool *inside;    /* per block: repeated, as far as `taken` says */
    uint32_t ops, returns;
    bool leaves; /* a path goes on to what is not repeated, other than an error */
};

static bool is_cheap_bif(const BeamFile *f, const BeamImport *m, unsigned arity) {
    static const char *const names[][2] = {
        {"+", "2"},         {"-", "2"},   {"*", "2"},       {"band", "2"}, {"bor", "2"},
        {"bxor", "2"},      {"bsr", "2"}, {"div", "2"},     {"rem", "2"},  {"=:=", "2"},
        {"=/=", "2"},       {"==", "2"},  {"/=", "2"},      {"<", "2"},    {">=", "2"},
        {">", "2"},         {"=<", "2"},  {"element", "2"}, {"hd", "1"},   {"tl", "1"},
        {"tuple_size", "1"}};
    const char *name = f->atoms[m->name];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i][0]) && (unsigned)(names[i][1][0] - '0') == arity) return true;
    return false;
}

static bool is_repeatable(const BeamFile *f, const Op *op) {
    switch (op->code) {
    case OP_label:
    case OP_line:
    case OP_executable_line:
    case OP_move:
    case OP_swap:
    case OP_get_list:
    case OP_get_hd:
    case OP_get_tl:
    case OP_get_tuple_element:
    case OP_put_list:
    case OP_put_tuple2:
    case OP_test_heap:
    case OP_get_map_elements:
    case OP_is_integer:
    case OP_is_float:
    case OP_is_number:
    case OP_is_atom:
    case OP_is_nil:
    case OP_is_list:
    case OP_is_nonempty_list:
    case OP_is_tuple:
    case OP_is_map:
    case OP_is_binary:
    case OP_is_boolean:
    case OP_is_lt:
    case OP_is_ge:
    case OP_is_eq:
    case OP_is_ne:
    case OP_is_eq_exact:
    case OP_is_ne_exact:
    case OP_test_arity:
    case OP_is_tagged_tuple:
    case OP_select_val:
    case OP_select_tuple_arity:
    case OP_jump:
    case OP_return: return true;
    case OP_bif1: return is_cheap_bif(f, &f->imports.at[op->args[1].u], 1);
    case OP_bif2: return is_cheap_bif(f, &f->imports.at[op->args[1].u], 2);
    case OP_gc_bif1: return is_cheap_bif(f, &f->imports.at[op->args[2].u], 1);
    case OP_gc_bif2: return is_cheap_bif(f, &f->imports.at[op->args[2].u], 2);
    default: return false;
    }
}

/* Only registers that every C function has. */
static bool is_register_poor(const Op *op) {
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        size_t count = a->kind == ARG_LIST ? a->count : 1;
        const Arg *items = a->kind == ARG_LIST ? a->items : a;
        for (size_t m = 0; m < count; m++)
            if (items[m].kind == ARG_Y || items[m].kind == ARG_FR ||
                (items[m].kind == ARG_X && items[m].u >= BRC_REG_ARGS))
                return false;
    }
    return true;
}

static bool is_error(const Op *op) {
    return op->code == OP_func_info || op->code == OP_badmatch || op->code == OP_case_end ||
           op->code == OP_if_end;
}

static bool has_label(const Op *op) {
    for (unsigned j = 0; j < op->nargs; j++) {
        const Arg *a = &op->args[j];
        if (a->kind == ARG_LABEL && a->u && op->code != OP_label) return true;
        for (size_t m = 0; a->kind == ARG_LIST && m < a->count; m++)
            if (a->items[m].kind == ARG_LABEL && a->items[m].u) return true;
    }
    return false;
}

/* All ops of the block, or those up to the last that may lead to a block of its own. */
static uint32_t ops_taken(const BeamFile *f, const Head *h, const IrBlock *b) {
    uint32_t n = 0, last = 0;
    for (; n < b->count && h->ops + n < MOST_OPS; n++) {
        const Op *op = &h->ir->fn->ops[b->first + n];
        if (!is_repeatable(f, op) || !is_register_poor(op)) break;
        if (has_label(op)) last = n + 1;
    }
    return n == b->count && !b->next_is_cont ? n : last;
}

static void take_label(const BeamFile *f, Head *h, const Arg *a);

static void take(const BeamFile *f, Head *h, uint32_t block) {
    const IrBlock *b = &h->ir->blocks.at[block];
    const Op *ops = &h->ir->fn->ops[b->first];
    if (h->inside[block]) return;
    uint32_t n = ops_taken(f, h, b);
    bool whole = n == b->count;
    if (!whole && !(b->count <= 3 && is_error(&ops[b->count - 1]))) h->leaves = true;
    if (n == 0) return;
    h->inside[block] = true;
    h->taken[block] = n;
    for (uint32_t i = 0; i < n; i++)
        h->ops += ops[i].code != OP_label && ops[i].code != OP_line;
    if (ops[n - 1].code == OP_return) h->returns++;
    for (uint32_t i = 0; i < n; i++)
        for (unsigned j = 0; j < ops[i].nargs; j++)
            take_label(f, h, &ops[i].args[j]);
    if (whole && b->next >= 0) take(f, h, (uint32_t)b->next);
}

static void take_label(const BeamFile *f, Head *h, const Arg *a) {
    if (a->kind == ARG_LABEL && a->u) take(f, h, (uint32_t)ir_block_of(h->ir, a->u));
    for (size_t m = 0; a->kind == ARG_LIST && m < a->count; m++)
        take_label(f, h, &a->items[m]);
}

static Head *head_of(Writer *w, size_t index) {
    if (!w->heads) w->heads = mem_array(Head *, w->f->functions.count);
    Head *h = w->heads[index];
    if (h) return h;
    h = w->heads[index] = mem_new(Head);
    const BeamFunction *fn = &w->f->functions.at[index];
    if (fn->arity > BRC_REG_ARGS || bifs_of_stub(w->f, fn)) return h;
    h->ir = ir_build(w->f, fn);
    live_compute(h->ir);
    h->taken = mem_array(uint32_t, h->ir->blocks.count + 1);
    h->inside = mem_alloc(h->ir->blocks.count + 1);
    take(w->f, h, h->ir->entry_block);
    return h;
}

/* How often a function calls itself where it goes on afterwards. */
static unsigned own_calls(const BeamFunction *fn) {
    unsigned n = 0;
    for (size_t i = 0; i < fn->count; i++)
        n += fn->ops[i].code == OP_call && fn->ops[i].args[1].u == fn->entry;
    return n;
}

static void write_head(Writer *w, const Head *h) {
    const Writer outer = *w;
    w->ir = h->ir;
    w->head_of_call = h;
    w->frame = 1;
    OUT("goto I%u_%u; ", w->head_id, h->ir->entry_block);
    for (uint32_t k = 0; k < h->ir->blocks.count; k++) {
        if (!h->inside[k]) continue;
        OUT("I%u_%u:; ", w->head_id, k);
        w_block_ops(w, k, h->taken[k]);
        if (h->taken[k] < h->ir->blocks.at[k].count) OUT("goto B%u; ", w->head_id);
    }
    uint32_t temps = w->temps;
    Text code = w->code, head = w->head;
    size_t bigs = w->big_count;
    *w = outer;
    w->temps = temps;
    w->code = code;
    w->head = head;
    w->big_count = bigs;
}

bool w_repeat_head(Writer *w, size_t callee, const char *cont) {
    const BeamFunction *fn = &w->f->functions.at[callee];
    const Head *h = head_of(w, callee);
    if (w_is_native(w, callee)) return false;
    if (!h->ir || !h->returns || w->options->lines) return false; /* debuggers stop in functions */
    if (!h->leaves && h->ops > LEAF_OPS) return false;
    if (h->leaves && (fn != w->ir->fn || own_calls(fn) < OWN_CALLS)) return false;
    w->head_id = w->temps++;
    w->head_cont = cont;
    OUT(w->options->traced ? "if (BRC_LIKELY(reds > 0)) { " : "{ ");
    for (uint32_t i = 0; i < fn->arity; i++)
        OUT("const Term a%u = x%u; ", i, i);
    write_head(w, h);
    OUT("B%u:; ", w->head_id);
    for (uint32_t i = 0; i < fn->arity; i++)
        OUT("x%u = a%u; ", i, i);
    OUT("} ");
    return true;
}

const char *w_repeated_goto(const Writer *w, uint32_t block) {
    return mem_format(w->head_of_call->inside[block] ? "I%u_%u" : "B%u", w->head_id, block);
}
