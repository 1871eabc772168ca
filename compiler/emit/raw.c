/* raw.c: floats that are kept out of their boxes.
 *
 * When a float is moved from a float register to x5, only the C variable d5 gets it: x5 is raw. The
 * box is made when something reads x5 as a term; often nothing does: float arithmetic, comparisons
 * and the function's own loop take d5. What is raw belongs to the point in the code, so a block
 * that is reached with other raw registers than none is written again for them (a variant, at most
 * MOST_VARIANTS; whatever is more is boxed on the way). A loop's first round thus takes its
 * arguments from boxes, and the others are a variant of it.
 *
 * Room for boxes: a heap test counts the floats that erlc has counted and one for each raw register
 * (float_room); elsewhere a box looks for room itself. Before the first such op of a block it takes
 * none of the heap, which may be meant for something else. */
#include "emit/writer.h"

#include "abi/layout.h"

enum { MOST_VARIANTS = 2, RAW_REGS = 64 };

static bool is_raw(const Writer *w, const Arg *a) {
    return a->kind == ARG_X && a->u < RAW_REGS && w->raw >> a->u & 1;
}

const char *w_raw_double(const Writer *w, const Arg *a) {
    return is_raw(w, a) ? mem_format("d%llu", (unsigned long long)a->u) : NULL;
}

/* ---- boxes ---- */

static void box(Writer *w, unsigned n) {
    w->raw &= ~(UINT64_C(1) << n);
    if (w->float_room) {
        w->float_room--;
        OUT("x%u = term_make_float(hp, d%u); hp += 2; ", n, n);
    } else if (w->room_known) {
        OUT("BRC_BOX(x%u, d%u); ", n, n);
    } else {
        OUT("BRC_OUT(); x%u = term_make_float(brc_ctx_alloc_apart(p, 2), d%u); BRC_IN(); ", n, n);
    }
}

static void box_all(Writer *w, uint64_t registers) {
    for (unsigned n = 0; n < RAW_REGS; n++)
        if (registers >> n & 1) box(w, n);
}

uint32_t w_raw_alive(const Writer *w) {
    return (uint32_t)__builtin_popcountll(w->raw & w->live_after[0]);
}

/* ---- blocks and the ways to them ---- */

/* The number of the variant of a block, 1 the first; 0: there are too many. */
static uint32_t variant(Writer *w, uint32_t block, uint64_t raw) {
    uint32_t n = 0;
    for (size_t i = 0; i < w->variants.count; i++) {
        const Variant *v = &w->variants.at[i];
        if (v->block == block && v->raw == raw) return (uint32_t)i + 1;
        n += v->block == block;
    }
    if (n == MOST_VARIANTS) return 0;
    vec_push(&w->variants, ((Variant){block, raw}));
    return (uint32_t)w->variants.count;
}

/* A label that makes boxes and goes on to `target`. */
static const char *boxing(Writer *w, uint64_t raw, const char *target) {
    Stub s = {.raw = raw, .target = target, .apart = !w->room_known || w->float_room};
    vec_push(&w->stubs, s);
    return mem_format("B_%zu", w->stubs.count);
}

const char *w_raw_goto(Writer *w, uint32_t block, const char *plain, bool varies) {
    uint64_t raw = w->raw & w->ir->blocks.at[block].live_in[0];
    if (!raw) return plain;
    uint32_t v = varies ? variant(w, block, raw) : 0;
    return v ? mem_format("V%u", v) : boxing(w, raw, plain);
}

static void write_stub(Writer *w, size_t i) {
    const Stub s = w->stubs.at[i];
    OUT("B_%zu:; ", i + 1);
    w->raw = s.raw;
    w->float_room = 0;
    w->room_known = !s.apart;
    box_all(w, s.raw);
    OUT("goto %s;\n", s.target);
}

/* The check of a function's entry, as function.c writes it, for a variant of its first block. */
static void write_variant_entry(Writer *w, const Variant *v) {
    uint32_t arity = w->ir->fn->arity;
    OUT("if (BRC_SPENT()) { ");
    w->raw = v->raw;
    w->float_room = 0;
    w->room_known = true;
    box_all(w, v->raw);
    OUT("p->live = %u; p->resume = %s; ", arity, w->symbol);
    w_store_high(w, 6, arity);
    OUT("BRC_JUMP(brc_code_yield, %s); }\n", w_args(w, arity));
}

bool w_raw_rest(Writer *w, void (*write_block)(Writer *, uint32_t)) {
    bool wrote = w->variants_done < w->variants.count || w->stubs_done < w->stubs.count;
    for (; w->variants_done < w->variants.count; w->variants_done++) {
        const Variant v = w->variants.at[w->variants_done];
        OUT("V%zu:;\n", w->variants_done + 1);
        if (v.block == w->ir->entry_block) write_variant_entry(w, &v);
        w->raw = v.raw;
        write_block(w, v.block);
        w->raw = 0;
    }
    for (; w->stubs_done < w->stubs.count; w->stubs_done++)
        write_stub(w, w->stubs_done);
    return wrote;
}

void w_raw_begin(Writer *w) {
    w->raw = 0;
    w->variants.count = w->stubs.count = 0;
    w->variants_done = w->stubs_done = 0;
}

/* The function calls itself last: its arguments are in place. The label to go to. */
const char *w_raw_loop(Writer *w) {
    uint32_t entry = w->ir->entry_block, arity = w->ir->fn->arity;
    uint64_t args = arity < RAW_REGS ? (UINT64_C(1) << arity) - 1 : ~UINT64_C(0);
    w->raw &= args;
    for (unsigned n = 0; n < RAW_REGS; n++) /* kept over a yield, though nobody reads it */
        if ((w->raw & ~w->ir->blocks.at[entry].live_in[0]) >> n & 1) OUT("x%u = BRC_NIL; ", n);
    return w_raw_goto(w, entry, "entry", true);
}

/* ---- ops ---- */

static bool is_loop(const Writer *w, const Op *op) {
    return (op->code == OP_call_only || op->code == OP_call_last) && w_is_own_loop(w, op);
}

static bool is_comparison(unsigned code) {
    return code == OP_is_lt || code == OP_is_ge || code == OP_is_eq || code == OP_is_ne ||
           code == OP_is_eq_exact || code == OP_is_ne_exact;
}

/* x7 = x5 + x6 in a guard. */
static bool guard_math(Writer *w, const Op *op) {
    if (op->code != OP_gc_bif2 || !op->args[0].u) return false;
    const Arg *to = &op->args[5];
    const char *name = w->f->atoms[w->f->imports.at[op->args[2].u].name];
    if (!strchr("+-*", name[0]) || name[1]) return false;
    if (!w_floats(w, &op->args[3], &op->args[4])) return false;
    const char *a = w_as_double(w, &op->args[3]), *b = w_as_double(w, &op->args[4]);
    if (to->kind != ARG_X || to->u >= RAW_REGS) return false;
    unsigned n = (unsigned)to->u;
    OUT("{ double d = %s %c %s; if (BRC_UNLIKELY(!brc_finite(d))) goto %s; d%u = d; }", a, name[0],
        b, w_goto(w, op->args[0].u), n);
    w->raw |= UINT64_C(1) << n;
    w->float_room = 0;
    w->room_known = true;
    return true;
}

static bool fmove(Writer *w, const Op *op) {
    const Arg *from = &op->args[0], *to = &op->args[1];
    if (from->kind == ARG_FR && to->kind == ARG_X && to->u < RAW_REGS) {
        OUT("d%llu = f%llu;", (unsigned long long)to->u, (unsigned long long)from->u);
        w->raw |= UINT64_C(1) << to->u;
        return true;
    }
    if (from->kind == ARG_FR) { /* of the room that is there, or its own */
        unsigned long long n = from->u;
        const char *at = w_target(w, to);
        OUT(w->float_room ? "%s = term_make_float(hp, f%llu); hp += 2;" : "BRC_BOX(%s, f%llu);", at,
            n);
        if (w->float_room) w->float_room--;
        return true;
    }
    if (!is_raw(w, from)) return false;
    OUT("f%llu = %s;", (unsigned long long)to->u, w_raw_double(w, from));
    return true;
}

/* A raw register that is dead afterwards is another from then on. */
static bool rename(Writer *w, const Op *op) {
    const Arg *from = &op->args[0], *to = &op->args[1];
    if (!is_raw(w, from) || to->kind != ARG_X || to->u >= RAW_REGS) return false;
    if (from->u == to->u || reg_has(w->live_after, (unsigned)from->u)) return false;
    OUT("d%llu = d%llu;", (unsigned long long)to->u, (unsigned long long)from->u);
    w->raw = (w->raw & ~(UINT64_C(1) << from->u)) | UINT64_C(1) << to->u;
    return true;
}

/* Ops that leave the heap's room to what it was made for. */
static bool keeps_room(unsigned code) {
    switch (code) {
    case OP_move:
    case OP_fmove:
    case OP_fconv:
    case OP_fadd:
    case OP_fsub:
    case OP_fmul:
    case OP_fdiv:
    case OP_fnegate:
    case OP_put_list:
    case OP_put_tuple2:
    case OP_get_list:
    case OP_get_hd:
    case OP_get_tl:
    case OP_get_tuple_element:
    case OP_deallocate:
    case OP_trim:
    case OP_line:
    case OP_init_yregs:
    case OP_allocate:
    case OP_allocate_heap:
    case OP_test_heap: return true;
    default: return false;
    }
}

static bool makes_room_known(unsigned code) {
    return code == OP_gc_bif1 || code == OP_gc_bif2 || code == OP_gc_bif3 || code == OP_allocate ||
           code == OP_allocate_heap || code == OP_test_heap;
}

/* A test for a type, of what is a float. */
static bool type_test(Writer *w, const Op *op) {
    if (!is_raw(w, &op->args[1])) return false;
    if (op->code != OP_is_float && op->code != OP_is_number)
        OUT("goto %s;", w_goto(w, op->args[0].u));
    return true;
}

bool w_raw_op(Writer *w, const Op *op) {
    if (!w->raw && op->code != OP_fmove && op->code != OP_gc_bif2) return false;
    if (w->head_of_call) return false;
    switch (op->code) {
    case OP_fmove: return fmove(w, op);
    case OP_fconv:
        if (!is_raw(w, &op->args[0])) return false;
        OUT("f%llu = %s;", (unsigned long long)op->args[1].u, w_raw_double(w, &op->args[0]));
        return true;
    case OP_move: return rename(w, op);
    case OP_gc_bif2: return guard_math(w, op);
    case OP_is_float:
    case OP_is_number:
    case OP_is_integer:
    case OP_is_atom:
    case OP_is_boolean:
    case OP_is_nil:
    case OP_is_list:
    case OP_is_nonempty_list:
    case OP_is_tuple:
    case OP_is_tagged_tuple:
    case OP_is_map:
    case OP_is_binary:
    case OP_is_bitstr:
    case OP_is_pid:
    case OP_is_port:
    case OP_is_reference:
    case OP_is_function: return type_test(w, op);
    default: return false;
    }
}

static bool has_way_out(const Op *op) {
    for (unsigned j = 0; j < op->nargs; j++)
        if (op->args[j].kind == ARG_LABEL && op->args[j].u) return true;
    return false;
}

void w_raw_before(Writer *w, const Op *op) {
    if (!w->raw || w->head_of_call || is_loop(w, op)) return;
    IrUses u;
    ir_uses(w->f, op, &u);
    bool exact = op->code == OP_is_eq_exact || op->code == OP_is_ne_exact;
    bool floats = is_comparison(op->code) && w_floats(w, &op->args[1], &op->args[2]) &&
                  (!exact || (w_double(w, &op->args[1]) && w_double(w, &op->args[2])));
    if (!floats) box_all(w, w->raw & u.reads[0]);
    if (has_way_out(op)) box_all(w, w->raw & u.writes[0]); /* that may want what was there */
    w->raw &= ~u.writes[0];
    if (u.kills_all) w->raw = 0;
}

void w_raw_after(Writer *w, const Op *op) {
    if (w->head_of_call) return;
    if (makes_room_known(op->code)) w->room_known = true;
    if (!keeps_room(op->code)) w->float_room = 0;
}
