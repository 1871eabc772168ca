/* disasm.c: decoded ops as text. The shape is that of `erlc -S`, so that people who know it can
 * read this; what an operand's number stands for (imports, funs, lines, strings, types) is
 * spelled out. */
#include "cli/disasm.h"
#include "beam/print.h"

/* ---- operands ---- */

static void put_atom(Text *out, const BeamFile *f, uint64_t index) {
    print_atom(out, f->atoms[index], f->atom_lens[index]);
}

static void put_string(Text *out, const BeamFile *f, uint64_t offset, uint64_t bytes) {
    Lit l = {.kind = LIT_BINARY, .bytes = f->strings + offset, .count = bytes, .last_bits = 8};
    print_lit(out, &l);
}

static void put_type(Text *out, const BeamType *t) {
    static const char *const names[] = {"atom", "bitstring", "context", "cons",  "float",
                                        "fun",  "integer",   "map",     "nil",   "pid",
                                        "port", "reference", "tuple",   "record"};
    const uint32_t all_old = BEAM_TYPE_RECORD - 1;
    bool first = true;
    if ((t->mask & all_old) == all_old) {
        text_str(out, "any");
        first = false;
    } else {
        for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
            if (!(t->mask >> i & 1)) continue;
            text_add(out, "%s%s", first ? "" : "|", names[i]);
            first = false;
        }
    }
    if (t->has_min || t->has_max) {
        text_str(out, " ");
        if (t->has_min) text_add(out, "%lld", (long long)t->min);
        text_str(out, "..");
        if (t->has_max) text_add(out, "%lld", (long long)t->max);
    }
    if (t->unit) text_add(out, " unit %u", t->unit);
}

static void put_arg(Text *out, const BeamFile *f, const Arg *a);

static void put_args(Text *out, const BeamFile *f, const Arg *args, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i) text_str(out, ",");
        put_arg(out, f, &args[i]);
    }
}

static void put_alloc(Text *out, const Arg *a) {
    static const char *const kinds[] = {"words", "floats", "funs"};
    text_str(out, "{alloc,[");
    for (size_t i = 0; i < a->count; i += 2) {
        text_add(out, "%s{%s,%llu}", i ? "," : "", kinds[a->items[i].u],
                 (unsigned long long)a->items[i + 1].u);
    }
    text_str(out, "]}");
}

static void put_register(Text *out, const BeamFile *f, const Arg *a) {
    char name = a->kind == ARG_X ? 'x' : 'y';
    if (a->type >= 0) text_str(out, "{tr,");
    text_add(out, "{%c,%llu}", name, (unsigned long long)a->u);
    if (a->type >= 0) {
        text_str(out, ",\"");
        put_type(out, &f->types.at[a->type]);
        text_str(out, "\"}");
    }
}

static void put_arg(Text *out, const BeamFile *f, const Arg *a) {
    switch (a->kind) {
    case ARG_U: text_add(out, "%llu", (unsigned long long)a->u); break;
    case ARG_CHAR:
    case ARG_INT: text_add(out, "{integer,%lld}", (long long)a->i); break;
    case ARG_BIG:
        text_str(out, "{integer,");
        print_lit(out, a->lit);
        text_str(out, "}");
        break;
    case ARG_ATOM:
        text_str(out, "{atom,");
        put_atom(out, f, a->u);
        text_str(out, "}");
        break;
    case ARG_NIL: text_str(out, "nil"); break;
    case ARG_X:
    case ARG_Y: put_register(out, f, a); break;
    case ARG_FR: text_add(out, "{fr,%llu}", (unsigned long long)a->u); break;
    case ARG_LABEL: text_add(out, "{f,%llu}", (unsigned long long)a->u); break;
    case ARG_LIT:
        text_str(out, "{literal,");
        print_lit(out, a->lit);
        text_str(out, "}");
        break;
    case ARG_LIST:
        text_str(out, "{list,[");
        put_args(out, f, a->items, a->count);
        text_str(out, "]}");
        break;
    case ARG_ALLOC: put_alloc(out, a); break;
    }
}

/* ---- operands whose number stands for something ---- */

static void put_import(Text *out, const BeamFile *f, const Arg *a) {
    const BeamImport *i = &f->imports.at[a->u];
    text_str(out, "{extfunc,");
    put_atom(out, f, i->module);
    text_str(out, ",");
    put_atom(out, f, i->name);
    text_add(out, ",%u}", i->arity);
}

static void put_fun(Text *out, const BeamFile *f, const Arg *a) {
    const BeamFun *fun = &f->funs.at[a->u];
    text_add(out, "{f,%u},%u,%u", fun->label, fun->index, fun->old_uniq);
}

static void put_line(Text *out, const BeamFile *f, const Arg *a) {
    const BeamLine *line = &f->lines.at[a->u];
    text_str(out, "[");
    if (a->u) {
        const char *file = line->file < f->files.count ? f->files.at[line->file] : "";
        text_add(out, "{location,\"%s\",%u}", file, line->line);
    }
    text_str(out, "]");
}

static void put_commands(Text *out, const BeamFile *f, const Arg *list) {
    text_str(out, "{commands,[");
    for (size_t i = 0; i < list->count;) {
        const char *name = f->atoms[list->items[i].u];
        size_t size = strcmp(name, "integer") == 0 || strcmp(name, "binary") == 0 ? 5
                      : strcmp(name, "=:=") == 0 || strcmp(name, "get_tail") == 0 ? 3
                      : strcmp(name, "ensure_at_least") == 0                      ? 2
                                                                                  : 1;
        text_str(out, i ? ",{" : "{");
        put_atom(out, f, list->items[i].u);
        text_str(out, ",");
        put_args(out, f, &list->items[i + 1], size);
        text_str(out, "}");
        i += size + 1;
    }
    text_str(out, "]}");
}

static void put_segments(Text *out, const BeamFile *f, const Arg *list) {
    text_str(out, "{list,[");
    for (size_t i = 0; i < list->count; i += 6) {
        const Arg *s = &list->items[i];
        if (i) text_str(out, ",");
        if (strcmp(f->atoms[s->u], "string") == 0) {
            put_args(out, f, s, 4);
            text_str(out, ",{string,");
            uint64_t size = s[5].kind == ARG_INT ? (uint64_t)s[5].i : s[5].u;
            put_string(out, f, s[4].u, size);
            text_str(out, "},");
            put_arg(out, f, &s[5]);
        } else {
            put_args(out, f, s, 6);
        }
    }
    text_str(out, "]}");
}

static void put_operand(Text *out, const BeamFile *f, char letter, const Arg *a) {
    switch (letter) {
    case 'e': put_import(out, f, a); break;
    case 'q': put_fun(out, f, a); break;
    case 'b': put_line(out, f, a); break;
    case 'B': put_segments(out, f, a); break;
    case 'C': put_commands(out, f, a); break;
    default: put_arg(out, f, a); break;
    }
}

/* ---- ops ---- */

/* {bif,Name,Fail,[Args],Dst} and {gc_bif,Name,Fail,Live,[Args],Dst}. */
static void put_bif(Text *out, const BeamFile *f, const Op *op) {
    bool gc = op->code == OP_gc_bif1 || op->code == OP_gc_bif2 || op->code == OP_gc_bif3;
    size_t at = op->code == OP_bif0 ? 0 : gc ? 2 : 1;
    text_str(out, gc ? "{gc_bif," : "{bif,");
    put_atom(out, f, f->imports.at[op->args[at].u].name);
    text_str(out, ",");
    if (op->code == OP_bif0) {
        text_str(out, "{f,0}");
    } else {
        put_args(out, f, op->args, at);
    }
    text_str(out, ",[");
    put_args(out, f, &op->args[at + 1], op->nargs - at - 2);
    text_str(out, "],");
    put_arg(out, f, &op->args[op->nargs - 1]);
    text_str(out, "}");
}

static bool is_test(const OpInfo *info) {
    if (info->operands[0] != 'f' || info->arity < 2) return false;
    return strncmp(info->name, "is_", 3) == 0 || strncmp(info->name, "test_", 5) == 0 ||
           strncmp(info->name, "bs_test_", 8) == 0 || strncmp(info->name, "bs_skip_", 8) == 0 ||
           strncmp(info->name, "bs_match_", 9) == 0 || strncmp(info->name, "has_", 4) == 0;
}

static void put_test(Text *out, const BeamFile *f, const Op *op, const OpInfo *info) {
    text_add(out, "{test,%s,", info->name);
    put_arg(out, f, &op->args[0]);
    text_str(out, ",[");
    if (op->code == OP_bs_match_string) {
        put_args(out, f, &op->args[1], 2);
        text_str(out, ",");
        put_string(out, f, op->args[3].u, (op->args[2].u + 7) / 8);
    } else {
        put_args(out, f, &op->args[1], op->nargs - 1u);
    }
    text_str(out, "]}");
}

static void put_plain(Text *out, const BeamFile *f, const Op *op, const OpInfo *info) {
    text_str(out, op->nargs ? "{" : "");
    print_atom(out, info->name, strlen(info->name));
    for (unsigned i = 0; i < op->nargs; i++) {
        text_str(out, ",");
        put_operand(out, f, info->operands[i], &op->args[i]);
    }
    text_str(out, op->nargs ? "}" : "");
}

/* Says by name whom a call or a fun means. */
static void put_target(Text *out, const BeamFile *f, const Op *op) {
    uint32_t label;
    switch (op->code) {
    case OP_call:
    case OP_call_last:
    case OP_call_only: label = (uint32_t)op->args[1].u; break;
    case OP_make_fun3: label = f->funs.at[op->args[0].u].label; break;
    default: return;
    }
    const BeamFunction *to = &f->functions.at[f->labels[label].function];
    text_str(out, " % ");
    put_atom(out, f, to->name);
    text_add(out, "/%u", to->arity);
}

static void put_op(Text *out, const BeamFile *f, const Op *op) {
    const OpInfo *info = beam_op_info(op->code);
    text_str(out, op->code == OP_label ? "  " : "    ");
    switch (op->code) {
    case OP_bif0:
    case OP_bif1:
    case OP_bif2:
    case OP_bif3:
    case OP_gc_bif1:
    case OP_gc_bif2:
    case OP_gc_bif3: put_bif(out, f, op); break;
    default:
        if (is_test(info)) {
            put_test(out, f, op, info);
        } else {
            put_plain(out, f, op, info);
        }
        break;
    }
    text_str(out, ".");
    put_target(out, f, op);
    text_str(out, "\n");
}

/* ---- the module ---- */

static void put_exports(Text *out, const BeamFile *f) {
    text_str(out, "{exports, [");
    for (size_t i = 0; i < f->exports.count; i++) {
        text_str(out, i ? ",{" : "{");
        put_atom(out, f, f->exports.at[i].name);
        text_add(out, ",%u}", f->exports.at[i].arity);
    }
    text_str(out, "]}.\n\n");
}

static void put_records(Text *out, const BeamFile *f) {
    for (size_t i = 0; i < f->records.count; i++) {
        const BeamRecord *record = &f->records.at[i];
        text_str(out, "{record, ");
        put_atom(out, f, record->name);
        text_str(out, record->exported ? ", exported, [" : ", local, [");
        for (size_t k = 0; k < record->fields.count; k++) {
            const BeamField *field = &record->fields.at[k];
            text_str(out, k ? "," : "");
            if (field->value) text_str(out, "{");
            put_atom(out, f, field->name);
            if (!field->value) continue;
            text_str(out, ",");
            print_lit(out, field->value);
            text_str(out, "}");
        }
        text_str(out, "]}.\n");
    }
}

void disasm_print(const BeamFile *f, Text *out) {
    text_str(out, "{module, ");
    put_atom(out, f, 1);
    text_str(out, "}.\n\n");
    put_exports(out, f);
    if (f->attributes) {
        text_str(out, "{attributes, ");
        print_lit(out, f->attributes);
        text_str(out, "}.\n\n");
    }
    put_records(out, f);
    text_add(out, "{labels, %u}.\n", f->label_count);
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *function = &f->functions.at[i];
        text_str(out, "\n\n{function, ");
        put_atom(out, f, function->name);
        text_add(out, ", %u, %u}.\n", function->arity, function->entry);
        for (size_t k = 0; k < function->count; k++)
            put_op(out, f, &function->ops[k]);
    }
}
