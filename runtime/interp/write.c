/* write.c: instructions as words, and the image made of them. */
#include "interp/words.h"
#include "term/atom.h"
#include <stdlib.h>

enum {
#define OP(code, name, count, operands, first, last) OP_##name = code,
#include "abi/op.def"
#undef OP
    OP_END
};

/* ---- instructions whose words are their operands ---- */

typedef struct Plain {
    uint8_t instruction;
    const char *letters; /* of op.def, for those operands that become words; "-" passes one by.
                            S: a term or float register; #: a list's length and its items */
    bool placed;         /* its Loc follows */
} Plain;
#define PLAIN(op, instruction, letters)  [OP_##op] = {I_##instruction, letters, false}
#define PLACED(op, instruction, letters) [OP_##op] = {I_##instruction, letters, true}

static const Plain plain[256] = {
    PLACED(func_info, function_clause, "---"),
    PLAIN(return, return, ""),
    PLACED(send, send, ""),
    PLAIN(deallocate, deallocate, "u"),
    PLAIN(trim, trim, "u-"),
    PLAIN(init_yregs, init_yregs, "#"),
    PLAIN(swap, swap, "rr"),
    PLAIN(get_list, get_list, "sdd"),
    PLAIN(get_hd, get_hd, "sd"),
    PLAIN(get_tl, get_tl, "sd"),
    PLAIN(get_tuple_element, get_tuple_element, "sud"),
    PLAIN(set_tuple_element, set_tuple_element, "ssu"),
    PLAIN(put_list, put_list, "ssd"),
    PLAIN(put_tuple2, put_tuple, "d#"),
    PLAIN(update_record, update_record, "-usd#"),
    PLAIN(get_map_elements, get_map_elements, "fs#"),
    PLAIN(has_map_fields, has_map_fields, "fs#"),
    PLAIN(jump, jump, "f"),
    PLAIN(is_lt, is_lt, "fss"),
    PLAIN(is_ge, is_ge, "fss"),
    PLAIN(is_eq, is_eq, "fss"),
    PLAIN(is_ne, is_ne, "fss"),
    PLAIN(is_eq_exact, is_eq_exact, "fss"),
    PLAIN(is_ne_exact, is_ne_exact, "fss"),
    PLAIN(is_integer, is_integer, "fs"),
    PLAIN(is_float, is_float, "fs"),
    PLAIN(is_number, is_number, "fs"),
    PLAIN(is_atom, is_atom, "fs"),
    PLAIN(is_pid, is_pid, "fs"),
    PLAIN(is_reference, is_reference, "fs"),
    PLAIN(is_port, is_port, "fs"),
    PLAIN(is_nil, is_nil, "fs"),
    PLAIN(is_binary, is_binary, "fs"),
    PLAIN(is_bitstr, is_bitstr, "fs"),
    PLAIN(is_list, is_list, "fs"),
    PLAIN(is_nonempty_list, is_nonempty_list, "fs"),
    PLAIN(is_tuple, is_tuple, "fs"),
    PLAIN(is_function, is_function, "fs"),
    PLAIN(is_map, is_map, "fs"),
    PLAIN(is_boolean, is_boolean, "fs"),
    PLAIN(is_function2, is_function2, "fss"),
    PLAIN(test_arity, test_arity, "fsu"),
    PLAIN(is_tagged_tuple, is_tagged_tuple, "fsus"),
    PLAIN(select_tuple_arity, select_tuple_arity, "sf#"),
    PLACED(badmatch, badmatch, "s"),
    PLACED(case_end, case_end, "s"),
    PLACED(try_case_end, try_case_end, "s"),
    PLACED(badrecord, badrecord, "s"),
    PLACED(if_end, if_end, ""),
    PLAIN(try, catch, "df"),
    PLAIN(catch, catch, "df"),
    PLAIN(try_end, try_end, "d"),
    PLACED(raise, raise, "ss"),
    PLACED(raw_raise, raw_raise, ""),
    PLAIN(build_stacktrace, build_stacktrace, ""),
    PLACED(loop_rec, loop_rec, "fd"),
    PLAIN(loop_rec_end, loop_rec_end, "f"),
    PLAIN(remove_message, remove_message, ""),
    PLAIN(timeout, timeout, ""),
    PLACED(wait, wait, "f"),
    PLACED(wait_timeout, wait_timeout, "fs"),
    PLAIN(recv_marker_reserve, marker_reserve, "d"),
    PLAIN(recv_marker_bind, marker_bind, "ds"),
    PLAIN(recv_marker_clear, marker_clear, "s"),
    PLAIN(recv_marker_use, marker_use, "s"),
    PLACED(fconv, fconv, "sS"),
    PLACED(fadd, fadd, "fSSS"),
    PLACED(fsub, fsub, "fSSS"),
    PLACED(fmul, fmul, "fSSS"),
    PLACED(fdiv, fdiv, "fSSS"),
    PLAIN(fnegate, fnegate, "-SS"),
    PLACED(bs_add, bs_add, "fssud"),
};

static void put_item(Load *l, const Arg *a) {
    if (a->kind == ARG_LABEL)
        brc_interp_put_label(l, a);
    else
        brc_interp_put_arg(l, a);
}

/* Positions and arities among a list's items are plain words. */
static void put_list(Load *l, const Op *op, const Arg *list) {
    bool numbered = op->code == OP_update_record || op->code == OP_select_tuple_arity;
    brc_interp_put(l, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        const Arg *a = &list->items[i];
        if (numbered && i % 2 == 0)
            brc_interp_put(l, a->u > UINT32_MAX ? UINT32_MAX : (Word)a->u);
        else
            put_item(l, a);
    }
}

static void put_plain(Load *l, const Op *op, const Plain *row) {
    brc_interp_put_op(l, row->instruction);
    for (unsigned i = 0; row->letters[i]; i++) {
        const Arg *a = &op->args[i];
        switch (row->letters[i]) {
        case '-': break;
        case 'f': brc_interp_put_label(l, a); break;
        case 'u': brc_interp_put(l, a->u > UINT32_MAX ? UINT32_MAX : (Word)a->u); break;
        case '#': put_list(l, op, a); break;
        default: brc_interp_put_arg(l, a);
        }
    }
    if (row->placed) brc_interp_put_loc(l, op);
}

/* ---- the others ---- */

static void put_move(Load *l, const Arg *from, const Arg *to) {
    unsigned instruction = I_move;
    if (to->kind == ARG_X)
        instruction = from->kind == ARG_X ? I_move_xx : from->kind == ARG_Y ? I_move_yx : I_move_cx;
    else if (from->kind == ARG_X)
        instruction = I_move_xy;
    brc_interp_put_op(l, instruction);
    brc_interp_put_arg(l, from);
    brc_interp_put_arg(l, to);
}

static void put_fmove(Load *l, const Arg *from, const Arg *to) {
    bool out = to->kind != ARG_FLOAT, both = from->kind == ARG_FLOAT && !out;
    brc_interp_put_op(l, both ? I_move_xx : out ? I_fstore : I_fload);
    brc_interp_put_arg(l, from);
    brc_interp_put_arg(l, to);
}

static void put_room(Load *l, uint64_t frame, uint64_t heap, uint64_t live) {
    if (frame != UINT64_MAX) {
        brc_interp_put_op(l, I_allocate);
        brc_interp_put(l, (Word)frame);
    } else {
        brc_interp_put_op(l, I_test_heap);
    }
    brc_interp_put(l, (Word)heap);
    brc_interp_put(l, (Word)live);
}

static void put_init(Load *l, uint32_t first, uint32_t count) {
    brc_interp_put_op(l, I_init_yregs);
    brc_interp_put(l, count);
    for (uint32_t i = 0; i < count; i++) {
        Arg y = {.kind = ARG_Y, .u = first + i};
        brc_interp_put_arg(l, &y);
    }
}

static void put_make_fun(Load *l, const Op *op) {
    const Arg *list = &op->args[2];
    brc_interp_put_op(l, I_make_fun);
    brc_interp_put_address(l, &l->fun_entries[op->args[0].u]);
    brc_interp_put_arg(l, &op->args[1]);
    put_list(l, op, list);
    if (list->count != l->funs[op->args[0].u].nfree) l->failed = true;
}

static void put_map(Load *l, const Op *op) {
    const Arg *a = op->args; /* fail, from, to, live, pairs */
    brc_interp_put_op(l, I_put_map);
    brc_interp_put_label(l, &a[0]);
    brc_interp_put_arg(l, &a[1]);
    brc_interp_put_arg(l, &a[2]);
    brc_interp_put(l, op->code == OP_put_map_exact);
    put_list(l, op, &a[4]);
    brc_interp_put_loc(l, op);
}

static bool is_word(const Arg *a) {
    return a->kind == ARG_TERM && !term_is_pointer(a->t);
}

static int by_term(const void *x, const void *y) {
    Term a = ((const Arg *)x)->t, b = ((const Arg *)y)->t;
    return (a > b) - (a < b);
}

/* Where all values are words, sorted, to be found by halves. */
static void put_select(Load *l, const Op *op) {
    const Arg *list = &op->args[2];
    bool words = true;
    for (uint32_t i = 0; i < list->count; i += 2)
        words = words && is_word(&list->items[i]);
    brc_interp_put_op(l, words ? I_select_words : I_select_terms);
    brc_interp_put_arg(l, &op->args[0]);
    brc_interp_put_label(l, &op->args[1]);
    if (words) qsort(list->items, list->count / 2, 2 * sizeof(Arg), by_term);
    put_list(l, op, list);
}

/* Y slot, and whether what was raised becomes the value of a catch. */
static void put_handler(Load *l, const Op *op) {
    brc_interp_put_op(l, I_handler);
    brc_interp_put_arg(l, &op->args[0]);
    brc_interp_put(l, op->code == OP_catch_end);
}

/* No term here is a native record of OTP 29. */
static bool put_record(Load *l, const Op *op) {
    switch (op->code) {
    case OP_is_any_native_record:
    case OP_is_native_record:
    case OP_is_record_accessible:
    case OP_get_record_elements: break;
    case OP_get_record_field:
        if (op->args[0].u) break;
        brc_interp_put_op(l, I_badrecord);
        brc_interp_put_arg(l, &op->args[1]);
        brc_interp_put_loc(l, op);
        return true;
    default: return false;
    }
    brc_interp_put_op(l, I_jump);
    brc_interp_put_label(l, &op->args[0]);
    return true;
}

static void begin_function(Load *l, const Op *op) {
    FnInfo *fn = brc_interp_lasting(sizeof *fn);
    *fn = (FnInfo){op->args[0].t, op->args[1].t, (uint32_t)op->args[2].u, 0, l->files};
    l->fn = fn;
    if (fn->arity > BRC_MAX_ARITY) l->failed = true;
    l->at_head = true;
}

/* ---- functions that NIFs may replace ---- */

static void find_natives(Load *l) {
    uint32_t functions = 0;
    for (uint32_t i = 0; i < l->import_count; i++)
        l->loads_nifs |= l->imports[i].module == AM(erlang) && l->imports[i].arity == 2 &&
                         l->imports[i].name == brc_term_atom_intern("load_nif", 8);
    for (uint32_t i = 0; i < l->op_count; i++) {
        functions += l->ops[i].code == OP_func_info;
        l->declares_nifs |= l->ops[i].code == OP_nif_start;
    }
    if (!l->loads_nifs) return;
    NativeModule *m = &l->image->natives;
    m->name = l->image->module;
    m->files = l->files;
    m->rows = brc_interp_lasting((functions + 1) * sizeof *m->rows);
}

/* Whether the rest of the function has it: at its beginning, but behind an allocation. */
static bool starts_nif(const Load *l, const Op *op) {
    for (; op < l->ops + l->op_count && op->code != OP_func_info; op++)
        if (op->code == OP_nif_start) return true;
    return false;
}

/* Behind a function's entry label. */
static void put_native(Load *l, const Op *label) {
    NativeModule *m = &l->image->natives;
    NativeRow *row = &m->rows[m->count++];
    size_t len;
    bool own = brc_term_atom_text(l->fn->name, &len)[0] != '-';
    bool is_nif = l->declares_nifs ? starts_nif(l, label + 1) : own;
    row->bif = (Bif){.module = m->name, .name = l->fn->name, .arity = l->fn->arity};
    row->kind = is_nif ? BRC_NATIVE_NIF : 0;
    brc_interp_put_op(l, I_native);
    brc_interp_put_address(l, row);
}

/* What words an instruction becomes; how many of the following are done with, too. */
static uint32_t put_one(Load *l, const Op *op, const Op *next) {
    const Arg *a = op->args;
    uint32_t skip = 0;
    switch (op->code) {
    case OP_label:
        brc_interp_put_label_here(l, a[0].u);
        if (l->label_flags[a[0].u] & LABEL_HANDLER && next->code != OP_try_case &&
            next->code != OP_catch_end)
            l->failed = true;
        if (l->at_head && l->loads_nifs) put_native(l, op);
        l->at_head = false;
        return 0;
    case OP_line:
    case OP_executable_line:
    case OP_debug_line:
    case OP_nif_start: return 0;
    case OP_on_load: l->on_load_label = 1; return 0;
    case OP_func_info: begin_function(l, op); break;
    case OP_move: put_move(l, &a[0], &a[1]); return 0;
    case OP_fmove: put_fmove(l, &a[0], &a[1]); return 0;
    case OP_allocate: put_room(l, a[0].u, 0, a[1].u); return 0;
    case OP_allocate_zero:
        put_room(l, a[0].u, 0, a[1].u);
        put_init(l, 0, (uint32_t)a[0].u);
        return 0;
    case OP_init: put_init(l, (uint32_t)a[0].u, 1); return 0;
    case OP_allocate_heap: put_room(l, a[0].u, a[1].u, a[2].u); return 0;
    case OP_test_heap: put_room(l, UINT64_MAX, a[0].u, a[1].u); return 0;
    case OP_make_fun3: put_make_fun(l, op); return 0;
    case OP_put_map_assoc:
    case OP_put_map_exact: put_map(l, op); return 0;
    case OP_select_val: put_select(l, op); return 0;
    case OP_try_case:
    case OP_catch_end: put_handler(l, op); return 0;
    case OP_deallocate:
        if (next->code != OP_return) break;
        brc_interp_put_op(l, I_deallocate_return);
        brc_interp_put(l, (Word)a[0].u);
        return 1;
    default: break;
    }
    if (!l->fn) {
        l->failed = true;
        return 0;
    }
    if (plain[op->code].letters)
        put_plain(l, op, &plain[op->code]);
    else if (!brc_interp_put_call(l, op, next, &skip) && !brc_interp_put_bits(l, op) &&
             !put_record(l, op))
        l->failed = true;
    return skip;
}

/* ---- the image ---- */

static void make_funs(Load *l) {
    l->fun_entries = brc_interp_lasting((l->fun_count + 1) * sizeof(ImageFun));
    for (uint32_t i = 0; i < l->fun_count; i++) {
        const FunRow *row = &l->funs[i];
        FunEntry *e = &l->fun_entries[i].entry;
        uint32_t arity = row->arity - row->nfree;
        *e = (FunEntry){.code = brc_interp_fun_code[arity],
                        .module = l->image->module,
                        .name = row->name,
                        .arity = arity,
                        .index = (int32_t)row->index,
                        .nfree = row->nfree,
                        .old_uniq = row->old_uniq,
                        .old_index = BRC_SMALL(i)};
        memcpy(e->uniq, l->image->md5, sizeof e->uniq);
        if (row->index > INT32_MAX) l->failed = true;
    }
}

static Word address_of(Load *l, const Word *code, uint32_t label) {
    if (label == 0 || label >= l->label_count || l->label_at[label] == UINT32_MAX) {
        l->failed = true;
        return 0;
    }
    return (Word)(uintptr_t)(code + l->label_at[label]);
}

static void make_exports(Load *l, const Word *code) {
    Image *image = l->image;
    image->export_count = l->export_count;
    image->exports = brc_interp_lasting((l->export_count + 1) * sizeof(ImageExport));
    for (uint32_t i = 0; i < l->export_count; i++) {
        const FunctionName *e = &l->exports[i];
        image->exports[i] = (ImageExport){e->name, e->arity, address_of(l, code, e->label)};
    }
}

/* The function that on_load stands in is known by the label that its head is followed by. */
static void make_on_load(Load *l, const Word *code) {
    uint32_t entry = 0;
    for (uint32_t i = 0; i < l->op_count; i++) {
        if (l->ops[i].code == OP_label) entry = (uint32_t)l->ops[i].args[0].u;
        if (l->ops[i].code == OP_on_load) break;
    }
    ImageFun *f = l->image->on_load = brc_interp_lasting(sizeof *f);
    f->entry = (FunEntry){.code = brc_interp_fun_code[0],
                          .module = l->image->module,
                          .name = AM(on_load),
                          .old_index = BRC_SMALL(0)};
    f->code = address_of(l, code, entry);
}

void brc_interp_write(Load *l) {
    static const Op end[2] = {{.code = OP_int_code_end}, {.code = OP_int_code_end}};
    l->label_at = brc_interp_arena(l, l->label_count, sizeof *l->label_at);
    memset(l->label_at, 0xFF, l->label_count * sizeof *l->label_at);
    make_funs(l);
    find_natives(l);
    Op *after = &l->ops[l->op_count]; /* the array has room: each instruction took a byte */
    *after = end[0];
    for (uint32_t i = 0; i < l->op_count && !l->failed; i++) {
        const Op *next[2] = {&l->ops[i + 1], i + 2 <= l->op_count ? &l->ops[i + 2] : &end[0]};
        Op two[2] = {*next[0], *next[1]};
        i += put_one(l, &l->ops[i], two);
    }
    brc_interp_put(l, 0); /* code never ends with a call's return place */
    Word *code = l->failed ? NULL : brc_interp_place(l);
    if (!code) {
        l->failed = true;
        return;
    }
    l->image->code = code;
    l->image->code_end = code + l->word_count;
    l->image->funs = l->fun_entries;
    l->image->fun_count = l->fun_count;
    for (uint32_t i = 0; i < l->fun_count; i++)
        l->fun_entries[i].code = address_of(l, code, l->funs[i].label);
    make_exports(l, code);
    if (l->on_load_label) make_on_load(l, code);
}
