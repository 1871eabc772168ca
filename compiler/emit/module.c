/* module.c: a whole module as one C file: header, declarations, literals, funs, then functions.
 *
 * The text has two streams, head and code, because a function's code asks for atoms, literals and
 * places as it is written; head goes first in the file. */
#include "emit/writer.h"

#include "abi/layout.h"

static void write_files(Writer *w) {
    text_str(&w->head, "static const char *const files[] = {");
    for (size_t i = 0; i < w->f->files.count; i++) {
        text_str(&w->head, "\"");
        for (const char *c = w->f->files.at[i]; *c; c++) {
            bool plain = *c >= ' ' && *c < 127 && *c != '"' && *c != '\\';
            text_add(&w->head, plain ? "%c" : "\\%03o", plain ? *c : (unsigned char)*c);
        }
        text_str(&w->head, "\", ");
    }
    text_str(&w->head, "0};\n");
}

static const BeamFunction *function_of_label(const BeamFile *f, uint32_t label) {
    for (size_t i = 0; i < f->functions.count; i++)
        if (f->functions.at[i].entry == label) return &f->functions.at[i];
    return NULL;
}

/* A fun's code: called with its arguments and, behind them, the fun itself, whose free variables it
 * unpacks into the registers that the body expects. */
static void write_fun(Writer *w, size_t i) {
    const BeamFun *fun = &w->f->funs.at[i];
    const BeamFunction *body = function_of_label(w->f, fun->label);
    if (!body) return;
    const char *symbol = names_of(w->f, body);
    uint32_t arity = body->arity - fun->nfree;
    text_add(&w->head, "static Code fun%zu_enter;\n", i);
    text_add(&w->head, "static const FunEntry fun%zu = {fun%zu_enter, %s, %s, %u, %u, %u, %uu, {",
             i, i, w_atom_text(w, w->f->module, strlen(w->f->module)), w_atom(w, fun->name), arity,
             fun->index, fun->nfree, fun->old_uniq);
    for (int k = 0; k < 16; k++)
        text_add(&w->head, "%u,", w->f->md5[k]);
    text_add(&w->head, "}, BRC_SMALL(%zu)};\n", i);
    OUT("\nstatic BRC_FN(fun%zu_enter) {\n", i);
    if (fun->nfree) {
        if (arity < 6)
            OUT("    const Term *fun = term_box(x%u);\n", arity);
        else
            OUT("    const Term *fun = term_box(p->x[%u]);\n", arity);
    }
    for (uint32_t k = 0; k < fun->nfree; k++) {
        uint32_t r = arity + k;
        OUT(r < 6 ? "    x%u = fun[%u];\n" : "    p->x[%u] = fun[%u];\n", r, k + 2);
    }
    OUT("    BRC_JUMP(%s, %s);\n}\n", symbol, w_args(w, body->arity));
}

/* Each line of the C gets the place of the #line above it: clang would count on from there. */
static void pin_lines(const Text *code, Text *out) {
    const char *place = NULL, *end = code->at + code->count;
    size_t place_len = 0;
    for (const char *at = code->at; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t len = newline ? (size_t)(newline - at) + 1 : (size_t)(end - at);
        if (strncmp(at, "#line ", 6) == 0) {
            place = at;
            place_len = len;
        } else {
            if (place && len > 1) text_put(out, place, place_len);
            text_put(out, at, len);
        }
        at += len;
    }
}

char *emit_module(const BeamFile *f, const EmitOptions *o, size_t *len) {
    Writer w = {.f = f, .options = o, .declared = map_new()};
    w.literal_done = mem_alloc(f->literals.count + 1);
    text_str(&w.head, "#include \"code/gen.h\"\n");
    write_files(&w);
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *fn = &f->functions.at[i];
        const char *symbol = names_of(f, fn);
        map_set(w.declared, symbol, strlen(symbol), (void *)1);
        text_add(&w.head, "Code %s;\n", symbol);
    }
    w_natives(&w);
    for (size_t i = 0; i < f->funs.count; i++)
        write_fun(&w, i);
    for (size_t i = 0; i < f->functions.count; i++)
        w_function(&w, &f->functions.at[i], (uint32_t)i);
    Text all = w.head;
    if (o->lines && w.code.at)
        pin_lines(&w.code, &all);
    else
        text_put(&all, w.code.at ? w.code.at : "", w.code.count);
    *len = all.count;
    return all.at;
}
