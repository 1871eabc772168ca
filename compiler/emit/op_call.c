/* op_call.c: calls of functions, built-ins, funs and applies; returns; sends.
 *
 * A call that comes back stores its continuation's address in sp[0] and tail-calls. A built-in that
 * never traps is a plain C call in the middle of a block. One that may trap is a plain C call too,
 * with the continuation in place for the case that it does. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "abi/traced.h"
#include "base/diag.h"

static const char *cont_symbol(const Writer *w) {
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *b = &w->ir->blocks.at[k];
        if (b->count && b->first + b->count - 1 == w->op_index && b->next >= 0)
            return w_block_symbol(w, (uint32_t)b->next);
    }
    diag_fatal("%s: a call without a continuation", w->symbol);
}

static void set_cont(Writer *w) {
    OUT("BRC_SET_CONT(%s); ", cont_symbol(w));
}

static void pop(Writer *w, const Arg *frame) {
    OUT("sp += %llu; ", (unsigned long long)frame->u + 1);
}

/* ---- functions of this module ---- */

bool w_is_own_loop(const Writer *w, const Op *op) {
    return op->code != OP_call && op->args[1].u == w->ir->fn->entry &&
           !w_is_native(w, w->fn_index) && w->ir->blocks.at[w->owner].entry == IR_FUNCTION;
}

/* Tells whoever traces calls that this is none by the export. */
static void mark_local(Writer *w, const BeamFunction *callee) {
    if (w->options->traced && beam_is_exported(w->f, callee))
        OUT("if (BRC_UNLIKELY(reds <= 0)) p->flags |= %uu; ", BRC_PROC_LOCAL_CALL);
}

static void call_local(Writer *w, const Op *op) {
    uint64_t label = op->args[1].u;
    unsigned arity = (unsigned)op->args[0].u;
    const BeamFile *f = w->f;
    size_t callee = 0;
    while (callee < f->functions.count && f->functions.at[callee].entry != label)
        callee++;
    if (callee == f->functions.count)
        diag_fatal("%s: %s: call of label %llu, no function's entry", f->path, w->symbol,
                   (unsigned long long)label);
    const BeamFunction *fn = &f->functions.at[callee];
    const char *symbol = names_of(f, fn);
    if (op->code == OP_call) w_repeat_head(w, callee, cont_symbol(w));
    if (op->code == OP_call_last) pop(w, &op->args[2]);
    if (op->code == OP_call) set_cont(w);
    mark_local(w, fn);
    if (w_is_own_loop(w, op)) {
        const char *to = w_raw_loop(w);
        OUT("goto %s;", to);
        return;
    }
    w_store_high(w, 6, arity);
    OUT("BRC_JUMP(%s, %s);", symbol, w_args(w, arity));
}

/* ---- built-ins ---- */

static void declare_desc(Writer *w, const BifRow *bif) {
    const char *desc = mem_format("brc_bifdesc_%s_%u", bif->cname, bif->arity);
    if (map_get(w->declared, desc, strlen(desc))) return;
    map_set(w->declared, desc, strlen(desc), (void *)1);
    text_add(&w->head, "extern const Bif %s;\n", desc);
    if (bif->is_foreign) text_str(&w->head, names_bif_prototype(bif));
}

static void bif_args(Writer *w, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        OUT(", x%u", i);
}

static void bif_failed(Writer *w, const BifRow *bif, const char *loc, const char *sp) {
    declare_desc(w, bif);
    OUT("if (BRC_UNLIKELY(t == BRC_NONE)) { p->loc = %s; p->fbif = &brc_bifdesc_%s_%u; ", loc,
        bif->cname, bif->arity);
    w_store_high(w, 6, bif->arity);
    OUT("BRC_JUMP_SP(brc_code_bif_fail, %s, %s); } ", sp, w_args(w, bif->arity));
}

static bool stands_for_function(const BifRow *bif) {
#define REPLACES(mod, fname, farity)                                                               \
    if (bif->arity == farity && !strcmp(bif->name, fname) && !strcmp(bif->module, mod)) return true;
#include "abi/replaces.def"
#undef REPLACES
    return false;
}

/* Where it is called, for those that ask: in a tail call the stack does not tell. */
static const char *place_told(const BifRow *bif, bool tail, const char *loc) {
    if (!strcmp(bif->cname, "erlang_process_info")) return tail ? loc : "0";
    return strcmp(bif->cname, "erlang_load_nif") ? NULL : loc;
}

/* For whoever traces calls; see abi/traced.h. */
static void trace_before(Writer *w, const BifRow *bif) {
    const char *tell =
        "extern void brc_calls_bif(Proc *, const Bif *, const Term *, const Loc *);\n"
        "extern void brc_calls_bif_done(Proc *, Term);\n";
    if (!map_get(w->declared, tell, strlen(tell))) {
        map_set(w->declared, tell, strlen(tell), (void *)1);
        text_str(&w->head, tell);
    }
    declare_desc(w, bif);
    OUT("if (BRC_UNLIKELY(reds <= 0)) { BRC_OUT(); const Term a_[] = {0");
    bif_args(w, bif->arity);
    OUT("}; brc_calls_bif(p, &brc_bifdesc_%s_%u, a_ + 1, %s); } ", bif->cname, bif->arity,
        w_loc(w));
}

static void trace_after(Writer *w) {
    OUT("if (BRC_UNLIKELY(p->flags & %uu)) { BRC_OUT(); brc_calls_bif_done(p, t); "
        "hp = p->hp; sp = p->sp; reds = p->reds; } ",
        BRC_PROC_BIF_TRACED);
}

static void call_bif(Writer *w, const Op *op, const BifRow *bif) {
    bool traps = bif->flags & BRC_BIF_TRAP, alloc = bif->flags & BRC_BIF_ALLOC;
    bool tail = op->code != OP_call_ext, replaces = tail && stands_for_function(bif);
    bool popped = (traps || replaces) && op->code == OP_call_ext_last;
    const char *loc = replaces ? "0" : w_loc(w);
    OUT("{ ");
    if (popped) {
        pop(w, &op->args[2]);
        w->frame = 1;
    }
    if (traps && !tail) set_cont(w);
    if (w->options->traced) trace_before(w, bif);
    if (alloc || traps) OUT("BRC_OUT(); ");
    const char *told = place_told(bif, tail, loc);
    if (told) OUT("p->loc = %s; ", told);
    OUT("Term t = brc_bif_%s_%u(p", bif->cname, bif->arity);
    bif_args(w, bif->arity);
    OUT("); ");
    if (alloc || traps) OUT("BRC_IN(); ");
    if (w->options->traced) trace_after(w);
    /* with its continuation in sp[0], the stack itself tells where a trapping call stands */
    if (traps)
        bif_failed(w, bif, tail ? loc : "0", "sp");
    else
        bif_failed(w, bif, loc, w_trace_sp(w));
    if (op->code == OP_call_ext_last && !popped) pop(w, &op->args[2]);
    if (tail)
        OUT("BRC_RETURN(t); }");
    else if (traps)
        OUT("BRC_JUMP(%s, t, U, U, U, U, U); }", cont_symbol(w));
    else
        OUT("x0 = t; }");
}

static void call_ext(Writer *w, const Op *op) {
    const BeamImport *m = &w->f->imports.at[op->args[1].u];
    const char *module = w->f->atoms[m->module], *name = w->f->atoms[m->name];
    const BifRow *bif = bifs_find(module, name, m->arity);
    if (bif) {
        call_bif(w, op, bif);
        return;
    }
    const char *symbol = w_declare_function(w, module, name, m->arity);
    if (op->code == OP_call_ext_last) pop(w, &op->args[2]);
    if (op->code == OP_call_ext) set_cont(w);
    w_store_high(w, 6, m->arity);
    OUT("BRC_JUMP(%s, %s);", symbol, w_args(w, m->arity));
}

/* ---- funs and applies ---- */

/* The words of frame to pop where nothing but `deallocate, return` follows: a tail call. 0: more.
 */
static uint64_t tail_frame(const Writer *w) {
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *b = &w->ir->blocks.at[k];
        if (!b->count || b->first + b->count - 1 != w->op_index || b->next < 0) continue;
        const IrBlock *n = &w->ir->blocks.at[b->next];
        const Op *ops = &w->ir->fn->ops[n->first];
        bool tail = n->count == 2 && ops[0].code == OP_deallocate && ops[1].code == OP_return;
        return tail ? ops[0].args[0].u + 1 : 0;
    }
    return 0;
}

static void call_fun(Writer *w, const Op *op) {
    uint64_t pops = tail_frame(w);
    const char *loc = w_loc(w);
    unsigned arity = (unsigned)op->args[op->code == OP_call_fun2 ? 1 : 0].u;
    if (op->code == OP_call_fun2) {
        const char *from = w_value(w, &op->args[2]);
        if (strcmp(from, w_x(arity))) OUT("Term fun_%u = %s; ", w->temps, from);
    }
    const char *fun = w_x(arity);
    if (op->code == OP_call_fun2 && strcmp(w_value(w, &op->args[2]), w_x(arity)))
        fun = mem_format("fun_%u", w->temps++);
    if (pops)
        OUT("sp += %llu; ", (unsigned long long)pops);
    else
        set_cont(w);
    w_store_high(w, 6, arity);
    if (arity >= 6) OUT("p->x[%u] = %s; ", arity, fun);
    OUT("const FunEntry *e_%u = brc_fun_of(%s, %u); ", w->temps, fun, arity);
    Text args = {0};
    for (unsigned i = 0; i < 6; i++)
        text_add(&args, "%s%s", i ? ", " : "", i < arity ? w_x(i) : i == arity ? fun : "U");
    OUT("if (BRC_LIKELY(e_%u)) BRC_JUMP(e_%u->code, %s); ", w->temps, w->temps, args.at);
    OUT("p->live = %u; p->loc = %s; BRC_JUMP(brc_code_call_fun, %s);", arity, pops ? loc : "0",
        args.at);
    w->temps++;
}

static void apply(Writer *w, const Op *op) {
    unsigned n = (unsigned)op->args[0].u;
    const char *loc = w_loc(w);
    if (op->code == OP_apply_last)
        pop(w, &op->args[1]);
    else
        set_cont(w);
    w_store_high(w, 6, n + 2);
    OUT("p->live = %u; p->loc = %s; BRC_JUMP(brc_code_apply_n, %s);", n,
        op->code == OP_apply_last ? loc : "0", w_args(w, n + 2));
}

/* Does the block that `block` is the continuation of call this very function? */
static bool follows_own_call(const Writer *w, uint32_t block) {
    for (uint32_t k = 0; k < w->ir->blocks.count; k++) {
        const IrBlock *b = &w->ir->blocks.at[k];
        if (b->next != (int32_t)block || !b->next_is_cont) continue;
        const Op *call = &w->ir->fn->ops[b->first + b->count - 1];
        return call->code == OP_call && call->args[1].u == w->ir->fn->entry;
    }
    return false;
}

/* Where recursion unwinds, a continuation returns to itself as many times as it was deep. */
static void return_op(Writer *w) {
    if (w->head_of_call) {
        OUT("BRC_JUMP(%s, x0, U, U, U, U, U);", w->head_cont);
        return;
    }
    if (w->ir->blocks.at[w->owner].entry == IR_CONT && follows_own_call(w, w->owner))
        OUT("BRC_RETURN_OWN(%s, x0);", w_block_symbol(w, w->owner));
    else
        OUT("BRC_RETURN(x0);");
}

bool op_call(Writer *w, const Op *op) {
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only: call_local(w, op); return true;
    case OP_call_ext:
    case OP_call_ext_last:
    case OP_call_ext_only: call_ext(w, op); return true;
    case OP_call_fun:
    case OP_call_fun2:
        OUT("{ ");
        call_fun(w, op);
        OUT(" }");
        return true;
    case OP_apply:
    case OP_apply_last: apply(w, op); return true;
    case OP_return: return_op(w); return true;
    case OP_send: {
        const BifRow *bif = bifs_find("erlang", "send", 2);
        OUT("{ BRC_OUT(); Term t = brc_sig_send(p, x0, x1); BRC_IN(); ");
        bif_failed(w, bif, w_loc(w), w_trace_sp(w));
        OUT("x0 = t; }");
        return true;
    }
    default: return false;
    }
}
