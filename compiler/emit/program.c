/* program.c: the tables of one program: atoms, exports, modules, built-ins, and code for what is
 * missing. See abi/program.h for their shapes and orders. */
#include "emit/writer.h"

#include <stdlib.h>

#include "abi/layout.h"
#include "base/diag.h"
#include "ir/bifs.h"
#include "ir/ir.h"
#include "ir/natives.h"

typedef struct AtomRow {
    uint64_t term;
    const char *text;
    size_t len;
} AtomRow;

typedef struct ExportRow {
    uint64_t module, name;
    uint32_t arity;
    bool is_bif;
    char *code;
} ExportRow;

typedef struct Program {
    const Reach *reach;
    Text head, tables;
    Map *atoms_seen, *bifs_seen, *declared;
    VEC(AtomRow) atoms;
    VEC(ExportRow) exports;
    VEC(const BifRow *) bifs;
    size_t literals;
} Program;

static void add_atom(Program *g, const char *text, size_t len) {
    if (map_get(g->atoms_seen, text, len)) return;
    map_set(g->atoms_seen, text, len, (void *)1);
    vec_push(&g->atoms, ((AtomRow){names_atom(text, len), text, len}));
}

static void add_literal_atoms(Program *g, const Lit *l) {
    if (l->kind == LIT_ATOM) add_atom(g, l->text, l->count);
    for (size_t i = 0; l->items && i < l->count; i++)
        add_literal_atoms(g, l->items[i]);
}

static void add_bif(Program *g, const char *module, const char *name, uint32_t arity) {
    const BifRow *b = bifs_find(module, name, arity);
    if (!b || map_get(g->bifs_seen, (const char *)&b, sizeof b)) return;
    map_set(g->bifs_seen, (const char *)&b, sizeof b, (void *)1);
    vec_push(&g->bifs, b);
}

static void add_import(Program *g, const BeamFile *f, uint64_t index) {
    const BeamImport *m = &f->imports.at[index];
    add_bif(g, f->atoms[m->module], f->atoms[m->name], m->arity);
    add_atom(g, f->atoms[m->module], f->atom_lens[m->module]);
    add_atom(g, f->atoms[m->name], f->atom_lens[m->name]);
}

static void add_arg(Program *g, const BeamFile *f, const Arg *a) {
    if (a->kind == ARG_ATOM) add_atom(g, f->atoms[a->u], f->atom_lens[a->u]);
    if (a->kind == ARG_LIT) {
        add_literal_atoms(g, a->lit);
    }
    if (a->kind == ARG_LIST)
        for (size_t i = 0; i < a->count; i++)
            add_arg(g, f, &a->items[i]);
}

static void add_export_bifs(Program *g, const Lit *l) {
    if (l->kind == LIT_EXPORT)
        add_bif(g, l->items[0]->text, l->items[1]->text, (uint32_t)l->items[2]->i);
    for (size_t i = 0; l->items && i < l->count; i++)
        add_export_bifs(g, l->items[i]);
}

static void add_function(Program *g, const BeamFile *f, const BeamFunction *fn) {
    add_atom(g, f->atoms[fn->name], f->atom_lens[fn->name]);
    for (size_t i = 0; i < fn->count; i++) {
        const Op *op = &fn->ops[i];
        const char *letters = beam_op_info(op->code)->operands;
        if (op->code == OP_send) add_bif(g, "erlang", "send", 2);
        for (unsigned j = 0; j < op->nargs; j++) {
            if (letters[j] == 'e') add_import(g, f, op->args[j].u);
            add_arg(g, f, &op->args[j]);
            if (op->args[j].kind == ARG_LIT) add_export_bifs(g, op->args[j].lit);
        }
    }
}

static void add_export(Program *g, const BeamFile *f, const char *name, uint32_t arity) {
    ExportRow row = {names_atom(f->module, strlen(f->module)), names_atom(name, strlen(name)),
                     arity, false, names_function(f->module, name, arity)};
    vec_push(&g->exports, row);
}

static void collect(Program *g) {
    for (size_t k = 0; k < g->reach->modules.count; k++) {
        const ReachModule *m = g->reach->modules.at[k];
        const BeamFile *f = m->beam;
        add_atom(g, f->module, strlen(f->module));
        for (size_t i = 0; i < f->functions.count; i++)
            if (m->functions[i]) add_function(g, f, &f->functions.at[i]);
        for (size_t i = 0; i < f->funs.count; i++)
            add_atom(g, f->atoms[f->funs.at[i].name], f->atom_lens[f->funs.at[i].name]);
        for (size_t i = 0; i < f->exports.count; i++) {
            const BeamExport *e = &f->exports.at[i];
            for (size_t j = 0; j < f->functions.count; j++) {
                const BeamFunction *fn = &f->functions.at[j];
                if (m->functions[j] && fn->name == e->name && fn->arity == e->arity &&
                    !bifs_find(f->module, f->atoms[e->name], e->arity))
                    add_export(g, f, f->atoms[e->name], e->arity);
            }
        }
    }
    for (size_t i = 0; i < g->reach->bifs.count; i++) {
        const BifRow *b = g->reach->bifs.at[i];
        add_bif(g, b->module, b->name, b->arity);
    }
    for (size_t i = 0; i < g->bifs.count; i++) {
        const BifRow *b = g->bifs.at[i];
        add_atom(g, b->module, strlen(b->module));
        add_atom(g, b->name, strlen(b->name));
        ExportRow row = {
            names_atom(b->module, strlen(b->module)), names_atom(b->name, strlen(b->name)),
            b->arity, true,
            mem_format(g->reach->traces_calls ? "brc_bifgate_%s_%u" : "brc_bifcode_%s_%u", b->cname,
                       b->arity)};
        vec_push(&g->exports, row);
    }
}

static int by_term(const void *a, const void *b) {
    const AtomRow *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

static int by_mfa(const void *a, const void *b) {
    const ExportRow *x = a, *y = b;
    if (x->module != y->module) return x->module < y->module ? -1 : 1;
    if (x->name != y->name) return x->name < y->name ? -1 : 1;
    return (x->arity > y->arity) - (x->arity < y->arity);
}

static void put_string(Text *t, const char *text, size_t len) {
    text_str(t, "\"");
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        bool plain = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '?';
        text_add(t, plain ? "%c" : "\\%03o", c);
    }
    text_str(t, "\"");
}

static void write_atoms(Program *g) {
    qsort(g->atoms.at, g->atoms.count, sizeof(AtomRow), by_term);
    Text terms = {0}, places = {0}, texts = {0};
    size_t at = 0;
    for (size_t i = 0; i < g->atoms.count; i++) {
        const AtomRow *a = &g->atoms.at[i];
        if (i && a[-1].term == a->term)
            diag_fatal("the atoms '%s' and '%s' have one hash; rename one of them", a[-1].text,
                       a->text);
        text_add(&terms, "UINT64_C(0x%llx),\n", (unsigned long long)a->term);
        text_add(&places, "%zu,\n", at);
        put_string(&texts, a->text, a->len);
        text_str(&texts, " \"\\0\"\n");
        at += a->len + 1;
    }
    text_add(
        &g->tables,
        "static const Term atoms[] = {\n%s0};\nstatic const uint32_t atom_places[] = {\n%s%zu};"
        "\nstatic const char atom_texts[] =\n%s\"\";\n",
        terms.count ? terms.at : "", places.count ? places.at : "", at,
        texts.count ? texts.at : "");
}

static void write_exports(Program *g) {
    qsort(g->exports.at, g->exports.count, sizeof(ExportRow), by_mfa);
    text_str(&g->tables, "static const Export exports[] = {\n");
    for (size_t i = 0; i < g->exports.count; i++) {
        const ExportRow *e = &g->exports.at[i];
        text_add(&g->head, "extern Code %s;\n", e->code);
        text_add(&g->tables, "{UINT64_C(0x%llx), UINT64_C(0x%llx), %u, %d, %s},\n",
                 (unsigned long long)e->module, (unsigned long long)e->name, e->arity, e->is_bif,
                 e->code);
    }
    text_str(&g->tables, "{0}};\n");
}

static void write_bifs(Program *g) {
    text_str(&g->head, "#include \"sched/dirty.h\"\n");
    for (size_t i = 0; i < g->bifs.count; i++) {
        const BifRow *b = g->bifs.at[i];
        if (b->is_foreign) text_str(&g->head, names_bif_prototype(b));
        if (b->pool)
            text_add(&g->tables, "BRC_DIRTY_SEND(%s, %u, %s)\n", b->cname, b->arity, b->pool);
        text_add(&g->tables,
                 "const Bif brc_bifdesc_%s_%u = {UINT64_C(0x%llx), UINT64_C(0x%llx), %u, %u, "
                 "(void *)brc_bif_%s_%u, brc_bifcode_%s_%u};\n",
                 b->cname, b->arity, (unsigned long long)names_atom(b->module, strlen(b->module)),
                 (unsigned long long)names_atom(b->name, strlen(b->name)), b->arity, b->flags,
                 b->cname, b->arity, b->cname, b->arity);
    }
    text_str(&g->tables, "static const Bif *const bifs[] = {");
    for (size_t i = 0; i < g->bifs.count; i++)
        text_add(&g->tables, "&brc_bifdesc_%s_%u,\n", g->bifs.at[i]->cname, g->bifs.at[i]->arity);
    text_str(&g->tables, "0};\n");
}

/* A literal of a module's own chunks, as static data of the tables. */
static const char *module_literal(Program *g, const BeamFile *f, const Lit *lit) {
    if (!lit) return "BRC_NIL";
    add_literal_atoms(g, lit);
    Writer w = {.f = f, .declared = g->declared, .big_count = g->literals};
    const char *term = w_literal(&w, lit, ~UINT64_C(0));
    g->literals = w.big_count;
    if (w.head.count) text_put(&g->head, w.head.at, w.head.count);
    return term;
}

/* Modules with functions that may be replaced, and what may replace them. */
static void write_natives(Program *g, const Extras *extras) {
    text_str(&g->head, "#include \"abi/natives.h\"\n");
    Text rows = {0};
    size_t count = 0;
    for (size_t i = 0; i < g->reach->modules.count; i++) {
        const BeamFile *f = g->reach->modules.at[i]->beam;
        const Natives *n = natives_of(f);
        if (!n || natives_count(f) == 0) continue;
        const char *on_load = "0";
        if (n->on_load >= 0) {
            on_load = names_of(f, &f->functions.at[n->on_load]);
            text_add(&g->head, "extern Code %s;\n", on_load);
        }
        text_add(&g->head, "extern NativeRow %s[];\n", names_natives(f));
        text_add(&rows, "{UINT64_C(0x%llx), %s, %u, %s, 0, 0, 0},\n",
                 (unsigned long long)names_atom(f->module, strlen(f->module)), names_natives(f),
                 natives_count(f), on_load);
        for (size_t k = 0; k < f->functions.count; k++)
            if (n->kinds[k])
                add_atom(g, f->atoms[f->functions.at[k].name],
                         f->atom_lens[f->functions.at[k].name]);
        count++;
    }
    if (count) text_add(&g->tables, "NativeModule brc_program_natives[] = {\n%s{0}};\n", rows.at);
    if (extras->nifs.count == 0) return;
    for (size_t i = 0; i < extras->nifs.count; i++)
        text_add(&g->head, "extern void *%s_nif_init(void);\n", extras->nifs.at[i]);
    text_str(&g->tables, "const StaticNif brc_program_nifs[] = {\n");
    for (size_t i = 0; i < extras->nifs.count; i++)
        text_add(&g->tables, "{\"%s\", %s_nif_init},\n", extras->nifs.at[i], extras->nifs.at[i]);
    text_str(&g->tables, "{0}};\n");
}

static int by_module_term(const void *a, const void *b) {
    const char *x = (*(ReachModule *const *)a)->name, *y = (*(ReachModule *const *)b)->name;
    uint64_t tx = names_atom(x, strlen(x)), ty = names_atom(y, strlen(y));
    return (tx > ty) - (tx < ty);
}

/* In the order of the table of modules. */
static ReachModule **modules_by_term(const Program *g) {
    size_t n = g->reach->modules.count;
    ReachModule **sorted = mem_array(ReachModule *, n + 1);
    if (n) memcpy(sorted, g->reach->modules.at, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_module_term);
    return sorted;
}

/* Can a program ask for what a module says of itself? */
static bool asks_modules(const Program *g) {
    for (size_t i = 0; i < g->bifs.count; i++)
        if (!strcmp(g->bifs.at[i]->name, "get_module_info")) return true;
    return false;
}

static void write_modules(Program *g) {
    bool asked = asks_modules(g);
    ReachModule **sorted = modules_by_term(g);
    Text rows = {0};
    text_str(&rows, "static const ModuleInfo modules[] = {\n");
    for (size_t i = 0; i < g->reach->modules.count; i++) {
        const BeamFile *f = sorted[i]->beam;
        text_add(&rows, "{UINT64_C(0x%llx), {",
                 (unsigned long long)names_atom(f->module, strlen(f->module)));
        for (int k = 0; k < 16; k++)
            text_add(&rows, "%u,", f->md5[k]);
        text_add(&rows, "}, %s, ", module_literal(g, f, asked ? f->attributes_chunk : NULL));
        text_add(&rows, "%s},\n", module_literal(g, f, asked ? f->compile_chunk : NULL));
    }
    text_str(&rows, "{0}};\n");
    text_put(&g->tables, rows.at, rows.count);
}

/* A function that is called and is not there. */
static void write_absent(Program *g, const char *symbol, const char *module, const char *function,
                         uint32_t arity) {
    text_add(&g->tables,
             "static const FnPlace %s$absent = BRC_FN_PLACE(UINT64_C(0x%llx), UINT64_C(0x%llx), "
             "%u, 0);\n"
             "__attribute__((preserve_none)) void %s(BRC_CODE_ARGS) {\n"
             "    p->loc = &%s$absent.at;\n"
             "    __attribute__((musttail)) return brc_code_undef(p, hp, sp, reds, x0, x1, x2, "
             "x3, x4, x5);\n}\n",
             symbol, (unsigned long long)names_atom(module, strlen(module)),
             (unsigned long long)names_atom(function, strlen(function)), arity, symbol, symbol);
    add_atom(g, module, strlen(module));
    add_atom(g, function, strlen(function));
}

static void write_missing(Program *g) {
    for (size_t i = 0; i < g->reach->missing.count; i++) {
        const ReachMissing *m = &g->reach->missing.at[i];
        if (m->is_stub) continue;
        write_absent(g, names_function(m->module, m->function, m->arity), m->module, m->function,
                     m->arity);
    }
    for (size_t i = 0; i < g->reach->left_out.count; i++) {
        const ReachLeftOut *l = &g->reach->left_out.at[i];
        write_absent(g, names_of(l->beam, l->function), l->beam->module,
                     l->beam->atoms[l->function->name], l->function->arity);
    }
}

static void write_servers(Program *g) {
    text_str(&g->tables, "const Term brc_program_servers[][2] = {");
    for (size_t i = 0; i < g->reach->servers.count; i++) {
        const ReachCase *s = &g->reach->servers.at[i];
        text_add(&g->tables, "{UINT64_C(0x%llx), UINT64_C(0x%llx)},\n",
                 (unsigned long long)names_atom(s->module, strlen(s->module)),
                 (unsigned long long)names_atom(s->function, strlen(s->function)));
    }
    text_str(&g->tables, "{0}};\n");
}

/* A C string of any bytes. */
static void write_bytes(Text *t, const uint8_t *bytes, size_t size) {
    text_str(t, "\"");
    for (size_t i = 0; i < size; i++) {
        bool plain = bytes[i] >= ' ' && bytes[i] < 127 && bytes[i] != '"' && bytes[i] != '\\' &&
                     bytes[i] != '?';
        if (plain)
            text_put(t, (const char *)&bytes[i], 1);
        else
            text_add(t, "\\%03o", bytes[i]);
        if (i % 100 == 99) text_str(t, "\"\n\"");
    }
    text_str(t, "\"");
}

static void write_carried(Program *g, const Carried *carried) {
    text_add(&g->tables, "const CarriedFiles brc_program_carried = {%zu, {\n", carried->count);
    for (size_t i = 0; i < carried->count; i++) {
        const CarriedFile *f = &carried->at[i];
        text_str(&g->tables, "{");
        write_bytes(&g->tables, (const uint8_t *)f->name, strlen(f->name));
        text_str(&g->tables, ", (const uint8_t *)");
        write_bytes(&g->tables, f->bytes, f->size);
        text_add(&g->tables, ", %zu},\n", f->size);
    }
    text_str(&g->tables, "}};\n");
}

/* "APP-VERSION" of ".../APP-VERSION/ebin/MODULE.beam"; NULL: the module is elsewhere. */
static const char *library_of(const BeamFile *f) {
    const char *folder = reach_folder_of(f), *last = strrchr(folder, '/');
    if (!last || strcmp(last, "/ebin") != 0) return NULL;
    const char *start = last;
    while (start > folder && start[-1] != '/')
        start--;
    return mem_copy_text(start, (size_t)(last - start));
}

/* Only where the program can ask. */
static void write_libraries(Program *g) {
    if (!reach_is_reached(g->reach, "brc_path:module/1")) return;
    ReachModule **sorted = modules_by_term(g);
    text_str(&g->tables, "const char *const brc_program_libraries[] = {\n");
    for (size_t i = 0; i < g->reach->modules.count; i++) {
        const char *library = library_of(sorted[i]->beam);
        if (library)
            write_bytes(&g->tables, (const uint8_t *)library, strlen(library));
        else
            text_str(&g->tables, "0");
        text_str(&g->tables, ",\n");
    }
    text_str(&g->tables, "0};\n");
}

/* Built-ins called by apply and as funs pass an entry as other functions have. */
static void write_gates(Program *g) {
    if (!g->reach->traces_calls) return;
    for (size_t i = 0; i < g->bifs.count; i++) {
        const BifRow *b = g->bifs.at[i];
        text_add(&g->head, "extern Code brc_bifcode_%s_%u;\n", b->cname, b->arity);
        text_add(&g->head,
                 "__attribute__((preserve_none)) void brc_bifgate_%s_%u(BRC_CODE_ARGS) {\n"
                 "    if (--reds < 0) {\n        p->live = %u;\n        p->resume = "
                 "brc_bifgate_%s_%u;\n        __attribute__((musttail)) return brc_code_yield(p, "
                 "hp, sp, reds, x0, x1, x2, x3, x4, x5);\n    }\n    __attribute__((musttail)) "
                 "return brc_bifcode_%s_%u(p, hp, sp, reds, x0, x1, x2, x3, x4, x5);\n}\n",
                 b->cname, b->arity, b->arity, b->cname, b->arity, b->cname, b->arity);
    }
}

/* What tracing of calls finds functions by. */
static void write_functions(Program *g) {
    if (!g->reach->traces_calls) return;
    text_str(&g->head, "#include \"abi/traced.h\"\n");
    text_str(&g->tables, "const TracedFn brc_program_functions[] = {\n");
    for (size_t k = 0; k < g->reach->modules.count; k++) {
        const ReachModule *m = g->reach->modules.at[k];
        const BeamFile *f = m->beam;
        for (size_t i = 0; i < f->functions.count; i++) {
            const BeamFunction *fn = &f->functions.at[i];
            if (!m->functions[i] || bifs_of_stub(f, fn)) continue;
            const char *symbol = names_of(f, fn), *name = f->atoms[fn->name];
            text_add(&g->head, "extern Code %s;\n", symbol);
            text_add(&g->tables, "{%s, UINT64_C(0x%llx), UINT64_C(0x%llx), %u, %d},\n", symbol,
                     (unsigned long long)names_atom(f->module, strlen(f->module)),
                     (unsigned long long)names_atom(name, strlen(name)), fn->arity,
                     beam_is_exported(f, fn));
        }
    }
    for (size_t i = 0; i < g->bifs.count; i++) {
        const BifRow *b = g->bifs.at[i];
        text_add(&g->tables,
                 "{brc_bifgate_%s_%u, UINT64_C(0x%llx), UINT64_C(0x%llx), %u, 1, "
                 "&brc_bifdesc_%s_%u},\n",
                 b->cname, b->arity, (unsigned long long)names_atom(b->module, strlen(b->module)),
                 (unsigned long long)names_atom(b->name, strlen(b->name)), b->arity, b->cname,
                 b->arity);
    }
    text_str(&g->tables, "{0}};\n__attribute__((constructor)) static void trace(void) {\n"
                         "    brc_calls_start();\n}\n");
}

char *emit_program(const Reach *r, const char *main_module, const char *main_function,
                   uint32_t main_arity, const Extras *extras, size_t *len) {
    Program g = {
        .reach = r, .atoms_seen = map_new(), .bifs_seen = map_new(), .declared = map_new()};
    text_str(&g.head, "#include \"abi/program.h\"\n#include \"abi/bif.h\"\n"
                      "#include \"abi/servers.h\"\n"
                      "#include \"abi/carried.h\"\n"
                      "#include \"code/raise.h\"\n");
    if (r->loads_code) text_str(&g.head, "#include \"interp/loads.h\"\n");
    if (extras->dynamic) text_str(&g.head, "#include \"nif/opens.h\"\n");
    collect(&g);
    add_atom(&g, main_module, strlen(main_module));
    add_atom(&g, main_function, strlen(main_function));
    write_missing(&g);
    write_exports(&g);
    write_bifs(&g);
    write_modules(&g);
    write_servers(&g);
    write_natives(&g, extras);
    write_carried(&g, &extras->carried);
    write_libraries(&g);
    write_gates(&g);
    write_functions(&g);
    write_atoms(&g);
    text_add(&g.tables,
             "const Program brc_program = {atoms, atom_places, atom_texts, %zu, exports, %zu, "
             "modules, %zu, bifs, %zu, "
             "UINT64_C(0x%llx), UINT64_C(0x%llx), %u, BRC_SMALL(25)};\n",
             g.atoms.count, g.exports.count, r->modules.count, g.bifs.count,
             (unsigned long long)names_atom(main_module, strlen(main_module)),
             (unsigned long long)names_atom(main_function, strlen(main_function)), main_arity);
    text_put(&g.head, g.tables.at, g.tables.count);
    *len = g.head.count;
    return g.head.at;
}
