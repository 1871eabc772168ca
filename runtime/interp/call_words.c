/* call_words.c: calls and built-ins as words: what a name means is found out when the code is
 * loaded, where it can be: a built-in, or compiled code, which stays what it is. */
#include "code/export.h"
#include "interp/words.h"
#include "term/atom.h"

enum {
#define OP(code, name, count, operands, first, last) OP_##name = code,
#include "abi/op.def"
#undef OP
    OP_END
};

static bool is_named(Term atom, const char *name) {
    size_t len;
    const char *text = brc_term_atom_text(atom, &len);
    return len == strlen(name) && memcmp(text, name, len) == 0;
}

static const Bif *find_bif(Term module, Term name, uint32_t arity) {
    const Export *e = brc_code_export(module, name, arity);
    for (size_t i = 0; e && e->is_bif && i < brc_program.bif_count; i++) {
        const Bif *b = brc_program.bifs[i];
        if (b->module == module && b->name == name && b->arity == arity) return b;
    }
    return NULL;
}

/* ---- calls ---- */

/* Where calls are traced, an export is code that tells of the call; what asks for its caller's
 * place is called directly even then. */
static bool is_direct(const Bif *b, const Export *e) {
    return b->code == e->code || (b->module == AM(erlang) && is_named(b->name, "load_nif"));
}

/* The instruction of a call that comes back, pops a frame, or has none. */
static unsigned kind_of(const Op *op) {
    switch (op->code) {
    case OP_call:
    case OP_call_ext: return 0;
    case OP_call_last:
    case OP_call_ext_last: return 1;
    default: return 2;
    }
}

static void put_tail(Load *l, const Op *op) {
    if (kind_of(op) == 1) brc_interp_put(l, (Word)op->args[2].u);
    brc_interp_put_loc(l, op);
}

static void put_local(Load *l, const Op *op) {
    brc_interp_put_op(l, I_call + kind_of(op));
    brc_interp_put(l, (Word)op->args[0].u);
    brc_interp_put_label(l, &op->args[1]);
    put_tail(l, op);
}

static bool stands_for_function(const Import *m) {
#define REPLACES(mod, fname, farity)                                                               \
    if (m->arity == farity && is_named(m->name, fname) && is_named(m->module, mod)) return true;
#include "abi/replaces.def"
#undef REPLACES
    return false;
}

static void put_bif_call(Load *l, const Op *op, const Bif *bif, unsigned kind) {
    bool replaces = kind != 0 && stands_for_function(&l->imports[op->args[1].u]);
    bool pops_first = replaces || bif->flags & BRC_BIF_TRAP;
    brc_interp_put_op(l, (pops_first ? I_call_trap : I_call_bif) + kind);
    brc_interp_put_address(l, bif);
    if (kind == 1) brc_interp_put(l, (Word)op->args[2].u);
    if (replaces)
        brc_interp_put(l, 0); /* the stack tells the place */
    else
        brc_interp_put_loc(l, op);
}

static void put_external(Load *l, const Op *op) {
    const Import *m = &l->imports[op->args[1].u];
    const Bif *bif = find_bif(m->module, m->name, m->arity);
    const Export *native = brc_code_export(m->module, m->name, m->arity);
    unsigned kind = kind_of(op);
    if (bif && is_direct(bif, native)) {
        put_bif_call(l, op, bif, kind);
        return;
    }
    brc_interp_put_op(l, (native ? I_call_native : I_call_far) + kind);
    brc_interp_put(l, m->arity);
    if (native)
        brc_interp_put_address(l, (const void *)(uintptr_t)native->code);
    else
        brc_interp_put_address(l, brc_interp_entry(m->module, m->name, m->arity));
    put_tail(l, op);
}

/* `call, deallocate, return` is a tail call, for funs. */
static void put_fun_call(Load *l, const Op *op, const Op *next, uint32_t *skip) {
    unsigned arity = (unsigned)op->args[op->code == OP_call_fun ? 0 : 1].u;
    if (op->code == OP_call_fun2 && !(op->args[2].kind == ARG_X && op->args[2].u == arity)) {
        Arg to = {.kind = ARG_X, .u = arity};
        brc_interp_put_op(l, I_move);
        brc_interp_put_arg(l, &op->args[2]);
        brc_interp_put_arg(l, &to);
    }
    bool last = next[0].code == OP_deallocate && next[1].code == OP_return;
    brc_interp_put_op(l, last ? I_call_fun_last : I_call_fun);
    brc_interp_put(l, arity);
    if (last) brc_interp_put(l, (Word)next[0].args[0].u), *skip = 2;
    brc_interp_put_loc(l, op);
}

/* ---- built-ins in guards and bodies ---- */

typedef struct Guard {
    const Import *import;
    const Bif *bif;
    const Arg *fail, *args, *to;
    unsigned arity;
} Guard;

static const struct {
    const char *name;
    unsigned instruction;
} arithmetic[] = {{"+", I_add},   {"-", I_sub},     {"*", I_mul},   {"div", I_div},
                  {"rem", I_rem}, {"band", I_band}, {"bor", I_bor}, {"bxor", I_bxor},
                  {"bsl", I_bsl}, {"bsr", I_bsr}};

/* x + n, n + x and x - n with a small constant show no built-in where they fail. */
static bool fails_without_frame(const Guard *g) {
    bool first = g->args[0].kind == ARG_TERM && term_is_small(g->args[0].t);
    bool second = g->args[1].kind == ARG_TERM && term_is_small(g->args[1].t);
    if (is_named(g->import->name, "+")) return first || second;
    return is_named(g->import->name, "-") && second;
}

static bool put_arithmetic(Load *l, const Op *op, const Guard *g) {
    for (size_t i = 0; g->arity == 2 && i < sizeof arithmetic / sizeof *arithmetic; i++) {
        if (!is_named(g->import->name, arithmetic[i].name)) continue;
        brc_interp_put_op(l, arithmetic[i].instruction);
        brc_interp_put_label(l, g->fail);
        brc_interp_put_address(l, g->bif);
        brc_interp_put_arg(l, &g->args[0]);
        brc_interp_put_arg(l, &g->args[1]);
        brc_interp_put_arg(l, g->to);
        brc_interp_put(l, fails_without_frame(g));
        brc_interp_put_loc(l, op);
        return true;
    }
    return false;
}

static void put_missing(Load *l, const Guard *g) {
    brc_interp_put_op(l, I_bif_missing);
    brc_interp_put_address(l, brc_interp_entry(g->import->module, g->import->name, g->arity));
    brc_interp_put(l, g->arity);
    for (unsigned i = 0; i < g->arity; i++)
        brc_interp_put_arg(l, &g->args[i]);
}

static void put_guard(Load *l, const Op *op, unsigned arity, unsigned first) {
    static const Arg zero = {.kind = ARG_TERM, .t = BRC_SMALL(0)};
    static const Arg none = {.kind = ARG_LABEL};
    Guard g = {.import = &l->imports[op->args[first].u],
               .fail = arity ? &op->args[0] : &none,
               .args = &op->args[first + 1],
               .to = &op->args[op->count - 1],
               .arity = arity};
    Arg plus[2];
    if (arity == 1 && g.import->module == AM(erlang) && is_named(g.import->name, "+")) {
        plus[0] = g.args[0], plus[1] = zero; /* so -0.0 becomes 0.0 */
        g.args = plus;
        g.arity = 2;
    }
    if (g.import->arity != arity) {
        l->failed = true;
        return;
    }
    if (arity == 0 && g.import->module == AM(erlang) && is_named(g.import->name, "self")) {
        brc_interp_put_op(l, I_self);
        brc_interp_put_arg(l, g.to);
        return;
    }
    g.bif = find_bif(g.import->module, g.import->name, g.arity);
    if (!g.bif || g.bif->flags & BRC_BIF_TRAP) {
        put_missing(l, &g);
        return;
    }
    if (put_arithmetic(l, op, &g)) return;
    brc_interp_put_op(l, I_bif0 + g.arity);
    brc_interp_put_label(l, g.fail);
    brc_interp_put_address(l, g.bif);
    for (unsigned i = 0; i < g.arity; i++)
        brc_interp_put_arg(l, &g.args[i]);
    brc_interp_put_arg(l, g.to);
    brc_interp_put_loc(l, op);
}

bool brc_interp_put_call(Load *l, const Op *op, const Op *next, uint32_t *skip) {
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only: put_local(l, op); return true;
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only: put_external(l, op); return true;
    case OP_call_fun:
    case OP_call_fun2: put_fun_call(l, op, next, skip); return true;
    case OP_apply:
    case OP_apply_last:
        brc_interp_put_op(l, op->code == OP_apply ? I_apply : I_apply_last);
        brc_interp_put(l, (Word)op->args[0].u);
        if (op->code == OP_apply_last) brc_interp_put(l, (Word)op->args[1].u);
        brc_interp_put_loc(l, op);
        return true;
    case OP_bif0: put_guard(l, op, 0, 0); return true;
    case OP_bif1: put_guard(l, op, 1, 1); return true;
    case OP_bif2: put_guard(l, op, 2, 1); return true;
    case OP_bif3: put_guard(l, op, 3, 1); return true;
    case OP_gc_bif1: put_guard(l, op, 1, 2); return true;
    case OP_gc_bif2: put_guard(l, op, 2, 2); return true;
    case OP_gc_bif3: put_guard(l, op, 3, 2); return true;
    default: return false;
    }
}
