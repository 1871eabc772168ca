/* builtins.c: the names of bif.def as one text, read from end to end: it is asked for rarely, and
 * a table of terms would be four times as large. */
#include "code/builtins.h"
#include "ctx/alloc.h"
#include "term/atom.h"
#include <string.h>

#define BIF(module, name, arity, c_name, flags) module "\0" name "\0" #arity "\0"
static const char names[] =
#include "abi/bif.def"
    ;
#undef BIF

static const char ours[] = "brc_native"; /* no module of stock's */

typedef struct Name {
    const char *module, *name;
    uint32_t arity;
} Name;

/* The name at *at, which moves on; false: there are no more. */
static bool next(const char **at, Name *n) {
    if (*at >= names + sizeof names - 1) return false;
    n->module = *at;
    n->name = n->module + strlen(n->module) + 1;
    const char *arity = n->name + strlen(n->name) + 1;
    n->arity = (uint32_t)(arity[0] - '0');
    *at = arity + strlen(arity) + 1;
    return true;
}

static bool is_text(Term atom, const char *text) {
    size_t n;
    const char *own = brc_term_atom_text(atom, &n);
    return n == strlen(text) && memcmp(own, text, n) == 0;
}

bool brc_code_is_builtin(Term module, Term name, uint32_t arity) {
    Name n;
    for (const char *at = names; next(&at, &n);)
        if (n.arity == arity && is_text(name, n.name) && is_text(module, n.module))
            return strcmp(n.module, ours) != 0;
    return false;
}

Term brc_code_builtins(Proc *p) {
    Name n;
    Term list = BRC_NIL;
    for (const char *at = names; next(&at, &n);) {
        if (strcmp(n.module, ours) == 0) continue;
        Term *to = brc_ctx_alloc(p, 6);
        Term triple = term_tuple3(to, brc_term_atom_intern(n.module, strlen(n.module)),
                                  brc_term_atom_intern(n.name, strlen(n.name)), BRC_SMALL(n.arity));
        list = term_cons(to + 4, triple, list);
    }
    return list;
}
