/* natives.c: functions that may be replaced while the program runs (ir/natives.h): the table of a
 * module's, and what each begins with. */
#include "emit/writer.h"

#include "ir/natives.h"

static uint32_t row_of(const Natives *n, size_t function) {
    uint32_t row = 0;
    for (size_t i = 0; i < function; i++)
        row += n->kinds[i] != 0;
    return row;
}

void w_natives(Writer *w) {
    const BeamFile *f = w->f;
    const Natives *n = natives_of(f);
    if (!n || natives_count(f) == 0) return;
    text_str(&w->head, "#include \"code/natives.h\"\nextern Code brc_nif_gated;\n");
    text_add(&w->head, "NativeRow %s[] = {\n", names_natives(f));
    for (size_t i = 0; i < f->functions.count; i++) {
        const BeamFunction *fn = &f->functions.at[i];
        if (!n->kinds[i]) continue;
        text_add(&w->head, "{{%s, %s, %u, 0, 0, 0}, %s, 0, 0, 0, %u},\n",
                 w_atom_text(w, f->module, strlen(f->module)), w_atom(w, fn->name), fn->arity,
                 n->kinds[i] & NATIVE_GATED ? "brc_nif_gated" : "0", n->kinds[i]);
    }
    text_str(&w->head, "};\n");
}

bool w_is_native(const Writer *w, size_t function) {
    const Natives *n = natives_of(w->f);
    return n && n->kinds[function];
}

void w_native_gate(Writer *w) {
    if (!w_is_native(w, w->fn_index)) return;
    uint32_t arity = w->ir->fn->arity, row = row_of(natives_of(w->f), w->fn_index);
    /* x6 and what follows are in p->x: no loop of its own comes back here */
    OUT("    {\n        Code *gate = brc_native_gate(p, &%s[%u]);\n"
        "        if (BRC_UNLIKELY(gate != 0)) BRC_JUMP(gate, %s);\n    }\n",
        names_natives(w->f), row, w_args(w, arity));
}
