/* op_data.c: moving, building and taking apart: registers, frames, lists, tuples, maps, funs. */
#include "emit/writer.h"

#include "emit/litorder.h"

#include "abi/layout.h"
#include "base/diag.h"

/* ---- room ---- */

static uint64_t heap_words(const Arg *a) {
    if (a->kind != ARG_ALLOC) return a->u;
    uint64_t words = 0;
    for (size_t i = 0; i + 1 < a->count; i += 2) {
        uint64_t n = a->items[i + 1].u;
        words += a->items[i].u == 0 ? n : 2 * n; /* words; floats and funs' fixed part are two */
    }
    return words;
}

static uint32_t floats_of(const Arg *a) {
    uint64_t n = 0;
    for (size_t i = 0; a->kind == ARG_ALLOC && i + 1 < a->count; i += 2)
        n += a->items[i].u == 1 ? a->items[i + 1].u : 0;
    return (uint32_t)n;
}

/* The cold side keeps the live registers in p->x, packed. */
static void heap_test(Writer *w, uint64_t words) {
    words += 2 * (uint64_t)w_raw_alive(w);
    w->float_room += w_raw_alive(w);
    if (!words) return;
    if (w->head_of_call) {
        OUT("if (BRC_NO_ROOM(%llu)) goto B%u; ", (unsigned long long)words, w->head_id);
        return;
    }
    RegSet live;
    memcpy(live, w->live_after, sizeof live);
    live[0] &= ~w->raw;
    OUT("if (BRC_NO_ROOM(%llu)) { ", (unsigned long long)words);
    if (w->frame == 2) OUT("sp[0] = 0; ");
    unsigned n = 0;
    for (unsigned i = 0; i < 256; i++)
        if (reg_has(live, i)) OUT("p->x[%u] = x%u; ", n++, i);
    OUT("BRC_COLLECT(%llu, %u); ", (unsigned long long)words, n);
    n = 0;
    for (unsigned i = 0; i < 256; i++)
        if (reg_has(live, i)) OUT("x%u = p->x[%u]; ", i, n++);
    OUT("} ");
}

void w_heap_test(Writer *w, const Arg *alloc) {
    w->float_room = floats_of(alloc);
    if (2 * w->float_room == heap_words(alloc) && !w->head_of_call)
        w->float_room = 0; /* each of them makes its own, if it gets a box at all: see raw.c */
    else
        heap_test(w, heap_words(alloc));
}

static void allocate(Writer *w, uint64_t frame, const Arg *heap) {
    w->float_room = heap ? floats_of(heap) : 0;
    heap_test(w, frame + 1 + (heap ? heap_words(heap) : 0));
    OUT("sp -= %llu;", (unsigned long long)frame + 1);
    w_no_call_yet(w);
}

/* ---- maps ---- */

enum { SITE_PAIRS = 12 }; /* as the run time's BRC_SITE_PAIRS */

static Lit *key_literal(Writer *w, const Arg *a) {
    Lit *l = mem_new(Lit);
    if (a->kind == ARG_ATOM)
        *l = (Lit){.kind = LIT_ATOM, .text = w->f->atoms[a->u], .count = w->f->atom_lens[a->u]};
    else if (a->kind == ARG_INT)
        *l = (Lit){.kind = LIT_INT, .i = a->i};
    else if (a->kind == ARG_LIT && a->lit->kind == LIT_BINARY)
        *l = *a->lit;
    else
        return NULL;
    return l;
}

/* The pairs of a map literal, its keys being constants, in the order of their keys: a new object
 * over static keys. False: it is not that. */
static bool new_map(Writer *w, const Op *op) {
    const Arg *list = &op->args[4], *from = &op->args[1];
    size_t n = list->count / 2;
    if (from->kind != ARG_LIT || from->lit->kind != LIT_MAP || from->lit->count != 0) return false;
    if (n == 0 || n > BRC_FLATMAP_MAX) return false;
    Lit **keys = mem_array(Lit *, n);
    const Arg **values = mem_array(const Arg *, n);
    for (size_t i = 0; i < n; i++) {
        Lit *key = key_literal(w, &list->items[2 * i]);
        if (!key) return false;
        size_t at = i;
        for (; at > 0; at--) {
            int order = litorder_compare(keys[at - 1], key);
            if (order == 0) return false;
            if (order < 0) break;
            keys[at] = keys[at - 1];
            values[at] = values[at - 1];
        }
        keys[at] = key;
        values[at] = &list->items[2 * i + 1];
    }
    Lit tuple = {.kind = LIT_TUPLE, .items = keys, .count = n};
    OUT("{ Term *at = hp; if (BRC_NO_ROOM(%zu)) { BRC_OUT(); at = brc_ctx_alloc(p, %zu); BRC_IN(); "
        "} else hp += %zu; at[0] = BRC_HEADER(BRC_FLATMAP, %zu); at[1] = %s; ",
        n + 2, n + 2, n + 2, n + 1, w_literal(w, &tuple, ~UINT64_C(0)));
    for (size_t i = 0; i < n; i++)
        OUT("at[%zu] = %s; ", i + 2, w_value(w, values[i]));
    OUT("%s = term_make_boxed(at); }", w_target(w, &op->args[2]));
    return true;
}

static void put_map(Writer *w, const Op *op, bool exact) {
    const Arg *list = &op->args[4];
    if (!exact && new_map(w, op)) return;
    bool constant = list->count / 2 <= SITE_PAIRS;
    OUT("{ Term kv[] = {");
    for (size_t i = 0; i < list->count; i++) {
        OUT("%s, ", w_value(w, &list->items[i]));
        if (i % 2 == 0 && !key_literal(w, &list->items[i])) constant = false;
    }
    OUT("}; %sBRC_OUT(); Term t = brc_term_map_put_%s(p, %s, kv, %zu, %s%s); BRC_IN(); ",
        constant ? "static MapSite site; " : "", constant ? "site" : "pairs",
        w_value(w, &op->args[1]), list->count / 2, exact ? "true" : "false",
        constant ? ", &site" : "");
    OUT("if (BRC_UNLIKELY(t == BRC_NONE)) ");
    w_fail(w, &op->args[0],
           mem_format("{ p->loc = %s; p->fbif = 0; BRC_JUMP_SP(brc_code_raise, %s, U, U, U, U, U, "
                      "U); }",
                      w_loc(w), w_trace_sp(w)));
    OUT(" %s = t; }", w_target(w, &op->args[2]));
}

static void get_map_elements(Writer *w, const Op *op) {
    const Arg *list = &op->args[2];
    const char *fail = w_goto(w, op->args[0].u);
    OUT("{ Term m = %s; ", w_value(w, &op->args[1]));
    for (size_t i = 0; i + 1 < list->count; i += 2) {
        const Arg *key = &list->items[i];
        if (w_is_immediate(w, key))
            OUT("static uint64_t s%zu; Term v%zu = brc_map_get_quick(m, %s, &s%zu); ", i, i,
                w_value(w, key), i);
        else
            OUT("Term v%zu = brc_term_map_get(m, %s); ", i, w_value(w, key));
        OUT("if (v%zu == BRC_NONE) goto %s; ", i, fail);
    }
    for (size_t i = 0; i + 1 < list->count; i += 2)
        OUT("%s = v%zu; ", w_target(w, &list->items[i + 1]), i);
    OUT("}");
}

static void has_map_fields(Writer *w, const Op *op) {
    const Arg *list = &op->args[2];
    const char *fail = w_goto(w, op->args[0].u);
    for (size_t i = 0; i < list->count; i++)
        OUT("if (brc_term_map_get(%s, %s) == BRC_NONE) goto %s; ", w_value(w, &op->args[1]),
            w_value(w, &list->items[i]), fail);
}

/* ---- tuples, lists, funs ---- */

static void put_tuple(Writer *w, const Op *op) {
    const Arg *list = &op->args[1];
    if (list->count == 0) { /* no literal: the empty tuple has no words to spare */
        OUT("hp[0] = BRC_HEADER(BRC_TUPLE, 0); %s = term_make_boxed(hp); hp += 1;",
            w_target(w, &op->args[0]));
        return;
    }
    OUT("hp[0] = BRC_HEADER(BRC_TUPLE, %zu); ", list->count);
    for (size_t i = 0; i < list->count; i++)
        OUT("hp[%zu] = %s; ", i + 1, w_value(w, &list->items[i]));
    OUT("%s = term_make_boxed(hp); hp += %zu;", w_target(w, &op->args[0]), list->count + 1);
}

static void update_record(Writer *w, const Op *op) {
    uint64_t size = op->args[1].u;
    const Arg *list = &op->args[4];
    OUT("{ const Term *r = term_box(%s); hp[0] = r[0]; ", w_value(w, &op->args[2]));
    bool *set = mem_alloc(size + 1);
    for (size_t i = 0; i + 1 < list->count; i += 2) {
        uint64_t at = list->items[i].u;
        if (list->items[i].kind == ARG_INT) at = (uint64_t)list->items[i].i;
        if (at >= 1 && at <= size) set[at] = true;
        OUT("hp[%llu] = %s; ", (unsigned long long)at, w_value(w, &list->items[i + 1]));
    }
    for (uint64_t i = 1; i <= size; i++)
        if (!set[i]) OUT("hp[%llu] = r[%llu]; ", (unsigned long long)i, (unsigned long long)i);
    OUT("} %s = term_make_boxed(hp); hp += %llu;", w_target(w, &op->args[3]),
        (unsigned long long)size + 1);
}

static void make_fun(Writer *w, const Op *op) {
    const Arg *list = &op->args[2];
    OUT("hp[0] = BRC_HEADER(BRC_FUN, %zu); hp[1] = (Term)&fun%llu; ", list->count + 1,
        (unsigned long long)op->args[0].u);
    for (size_t i = 0; i < list->count; i++)
        OUT("hp[%zu] = %s; ", i + 2, w_value(w, &list->items[i]));
    OUT("%s = term_make_boxed(hp); hp += %zu;", w_target(w, &op->args[1]), list->count + 2);
}

static void get_list(Writer *w, const Op *op) {
    OUT("{ const Term *c = term_cell(%s); Term h = c[0], t = c[1]; %s = h; %s = t; }",
        w_value(w, &op->args[0]), w_target(w, &op->args[1]), w_target(w, &op->args[2]));
}

/* ---- floats ---- */

static void fmove(Writer *w, const Op *op) {
    const Arg *from = &op->args[0], *to = &op->args[1];
    if (to->kind == ARG_FR && from->kind == ARG_LIT && from->lit->kind == LIT_FLOAT)
        OUT("f%llu = %a;", (unsigned long long)to->u, from->lit->d);
    else
        OUT("f%llu = term_float(%s);", (unsigned long long)to->u, w_value(w, from));
}

bool op_data(Writer *w, const Op *op) {
    const Arg *a = op->args;
    switch (op->code) {
    case OP_move: OUT("%s = %s;", w_target(w, &a[1]), w_value(w, &a[0])); return true;
    case OP_swap: {
        const char *l = w_value(w, &a[0]), *r = w_value(w, &a[1]);
        OUT("{ Term t = %s; %s = %s; %s = t; }", l, l, r, r);
        return true;
    }
    case OP_allocate: allocate(w, a[0].u, NULL); return true;
    case OP_allocate_heap: allocate(w, a[0].u, &a[1]); return true;
    case OP_test_heap: w_heap_test(w, &a[0]); return true;
    case OP_deallocate: OUT("sp += %llu;", (unsigned long long)a[0].u + 1); return true;
    case OP_trim: OUT("sp += %llu;", (unsigned long long)a[0].u); return true;
    case OP_init_yregs:
        for (size_t i = 0; i < a[0].count; i++)
            OUT("%s = BRC_NIL; ", w_value(w, &a[0].items[i]));
        return true;
    case OP_get_list: get_list(w, op); return true;
    case OP_get_hd: OUT("%s = term_head(%s);", w_target(w, &a[1]), w_value(w, &a[0])); return true;
    case OP_get_tl: OUT("%s = term_tail(%s);", w_target(w, &a[1]), w_value(w, &a[0])); return true;
    case OP_get_tuple_element:
        OUT("%s = term_box(%s)[%llu];", w_target(w, &a[2]), w_value(w, &a[0]),
            (unsigned long long)a[1].u + 1);
        return true;
    case OP_set_tuple_element:
        OUT("term_box(%s)[%llu] = %s;", w_value(w, &a[1]), (unsigned long long)a[2].u + 1,
            w_value(w, &a[0]));
        return true;
    case OP_put_list:
        OUT("hp[0] = %s; hp[1] = %s; %s = term_make_list(hp); hp += 2;", w_value(w, &a[0]),
            w_value(w, &a[1]), w_target(w, &a[2]));
        return true;
    case OP_put_tuple2: put_tuple(w, op); return true;
    case OP_update_record: update_record(w, op); return true;
    case OP_make_fun3: make_fun(w, op); return true;
    case OP_put_map_assoc: put_map(w, op, false); return true;
    case OP_put_map_exact: put_map(w, op, true); return true;
    case OP_get_map_elements: get_map_elements(w, op); return true;
    case OP_has_map_fields: has_map_fields(w, op); return true;
    case OP_fmove: fmove(w, op); return true;
    case OP_line:
    case OP_executable_line:
    case OP_debug_line:
    case OP_nif_start:
    case OP_on_load:
    case OP_int_code_end:
    case OP_label: return true;
    default: return false;
    }
}
