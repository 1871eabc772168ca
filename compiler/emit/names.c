/* names.c: see names.h. atom.def is looked up through a hash map that is filled at first use. */
#include "emit/names.h"

#include "abi/atomhash.h"
#include "abi/layout.h"

static void escape_into(Text *t, const char *name, size_t len) {
    if (len == 0) text_str(t, "$$__");
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)name[i];
        bool digit = c >= '0' && c <= '9';
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || digit;
        if (plain && !(digit && t->count == 0))
            text_put(t, (const char *)&c, 1);
        else
            text_add(t, "$$%02x", c);
    }
}

char *names_escape(const char *name, size_t len) {
    Text t = {0};
    escape_into(&t, name, len);
    return t.at;
}

char *names_function(const char *module, const char *function, uint32_t arity) {
    Text t = {0};
    escape_into(&t, module, strlen(module));
    text_str(&t, "$");
    escape_into(&t, function, strlen(function));
    text_add(&t, "$%u", arity);
    return t.at;
}

char *names_of(const BeamFile *f, const BeamFunction *fn) {
    char *name = names_function(f->module, f->atoms[fn->name], fn->arity);
    return beam_is_exported(f, fn) ? name : mem_format("%s$l", name);
}

char *names_natives(const BeamFile *f) {
    return mem_format("%s$natives", names_escape(f->module, strlen(f->module)));
}

static const char *const atoms[] = {
#define ATOM(name, text) text,
#include "abi/atom.def"
#undef ATOM
    NULL,
};

uint64_t names_atom(const char *text, size_t len) {
    static Map *map;
    if (!map) {
        map = map_new();
        for (size_t i = 0; atoms[i]; i++)
            map_set(map, atoms[i], strlen(atoms[i]), (void *)(uintptr_t)(i + 1));
    }
    uintptr_t found = (uintptr_t)map_get(map, text, len);
    return found ? BRC_ATOM_INDEX(found - 1) : brc_atom_hash(text, len);
}

char *names_bif_prototype(const BifRow *bif) {
    Text t = {0};
    text_add(&t, "Term brc_bif_%s_%u(Proc *p", bif->cname, bif->arity);
    for (uint32_t i = 0; i < bif->arity; i++)
        text_str(&t, ", Term");
    text_str(&t, ");\n");
    return t.at;
}
