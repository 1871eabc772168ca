/* operand.c: operands as C expressions, and what is known of them before the program runs. */
#include "emit/writer.h"

#include "abi/layout.h"
#include "base/diag.h"

static bool declare_once(Writer *w, const char *name) {
    size_t len = strlen(name);
    if (map_get(w->declared, name, len)) return false;
    map_set(w->declared, name, len, (void *)1);
    return true;
}

const char *w_x(uint32_t n) {
    return mem_format("x%u", n);
}

const char *w_atom_text(Writer *w, const char *text, size_t len) {
    char *name = mem_format("am$%s", names_escape(text, len));
    if (declare_once(w, name))
        text_add(&w->head, "#define %s UINT64_C(0x%llx)\n", name,
                 (unsigned long long)names_atom(text, len));
    return name;
}

const char *w_atom(Writer *w, uint32_t index) {
    return w_atom_text(w, w->f->atoms[index], w->f->atom_lens[index]);
}

const char *w_integer(Writer *w, int64_t n) {
    if (n >= BRC_SMALL_MIN && n <= BRC_SMALL_MAX)
        return mem_format("BRC_SMALL(INT64_C(%lld))", (long long)n);
    Lit *lit = mem_new(Lit);
    lit->kind = LIT_INT;
    lit->i = n;
    return w_literal(w, lit, ~UINT64_C(0));
}

static const char *place(Writer *w, const Arg *a);

const char *w_value(Writer *w, const Arg *a) {
    if (w_raw_double(w, a))
        diag_fatal("%s: %s: x%llu is read out of its box", w->f->path, w->symbol,
                   (unsigned long long)a->u);
    return place(w, a);
}

static const char *place(Writer *w, const Arg *a) {
    switch (a->kind) {
    case ARG_X: return w_x((uint32_t)a->u);
    case ARG_Y: return mem_format("Y(%llu)", (unsigned long long)a->u);
    case ARG_FR: return mem_format("f%llu", (unsigned long long)a->u);
    case ARG_NIL: return "BRC_NIL";
    case ARG_ATOM: return w_atom(w, (uint32_t)a->u);
    case ARG_INT: return w_integer(w, a->i);
    case ARG_U: return w_integer(w, (int64_t)a->u);
    case ARG_CHAR: return w_integer(w, (int64_t)a->u);
    case ARG_BIG: return w_literal(w, a->lit, ~UINT64_C(0));
    case ARG_LIT: return w_literal(w, a->lit, a->u);
    default:
        diag_fatal("%s: %s: operand of kind %d where a term belongs", w->f->path, w->symbol,
                   (int)a->kind);
    }
}

const char *w_target(Writer *w, const Arg *a) {
    return place(w, a);
}

bool w_const_small(const Arg *a, int64_t *n) {
    if (a->kind == ARG_INT)
        *n = a->i;
    else if (a->kind == ARG_LIT && a->lit->kind == LIT_INT)
        *n = a->lit->i;
    else
        return false;
    return *n >= BRC_SMALL_MIN && *n <= BRC_SMALL_MAX;
}

bool w_is_immediate(const Writer *w, const Arg *a) {
    (void)w;
    int64_t n;
    return a->kind == ARG_ATOM || a->kind == ARG_NIL || w_const_small(a, &n) ||
           (a->kind == ARG_LIT && (a->lit->kind == LIT_ATOM || a->lit->kind == LIT_NIL));
}

static const BeamType *type_of(const Writer *w, const Arg *a) {
    if (a->type < 0 || (a->kind != ARG_X && a->kind != ARG_Y)) return NULL;
    return &w->f->types.at[a->type];
}

bool w_typed_small(const Writer *w, const Arg *a, int64_t *min, int64_t *max) {
    if (w_const_small(a, min)) {
        *max = *min;
        return true;
    }
    const BeamType *t = type_of(w, a);
    if (!t || t->mask != BEAM_TYPE_INTEGER || !t->has_min || !t->has_max) return false;
    *min = t->min;
    *max = t->max;
    return t->min >= BRC_SMALL_MIN && t->max <= BRC_SMALL_MAX;
}

bool w_typed_as(const Writer *w, const Arg *a, uint32_t mask) {
    const BeamType *t = type_of(w, a);
    return t && t->mask && !(t->mask & ~mask);
}

const char *w_double(Writer *w, const Arg *a) {
    if (a->kind == ARG_LIT && a->lit->kind == LIT_FLOAT) return mem_format("%a", a->lit->d);
    if (w_raw_double(w, a)) return w_raw_double(w, a);
    if (!w_typed_as(w, a, BEAM_TYPE_FLOAT)) return NULL;
    return mem_format("term_float(%s)", w_value(w, a));
}

const char *w_as_double(Writer *w, const Arg *a) {
    int64_t n;
    bool exact = w_const_small(a, &n) && n >= -(INT64_C(1) << 53) && n <= INT64_C(1) << 53;
    return exact ? mem_format("%lld.0", (long long)n) : w_double(w, a);
}

bool w_floats(Writer *w, const Arg *a, const Arg *b) {
    return w_as_double(w, a) && w_as_double(w, b) && (w_double(w, a) || w_double(w, b));
}

int w_atom_is(const Writer *w, const Arg *a, const char *text) {
    return a->kind == ARG_ATOM && !strcmp(w->f->atoms[a->u], text);
}

static unsigned flag_of(const char *name) {
    if (!strcmp(name, "little")) return 2;
    if (!strcmp(name, "signed")) return 4;
    if (!strcmp(name, "native")) return 16;
    return 0;
}

unsigned w_flags(const Writer *w, const Arg *a) {
    unsigned flags = 0;
    if (a->kind == ARG_U) flags = (unsigned)a->u;
    if (a->kind == ARG_INT) flags = (unsigned)a->i;
    if (a->kind == ARG_LIT && a->lit->kind == LIT_CONS)
        for (size_t i = 0; i + 1 < a->lit->count; i++)
            if (a->lit->items[i]->kind == LIT_ATOM) flags |= flag_of(a->lit->items[i]->text);
    (void)w;
    if (flags & 16) flags = (flags & ~16u) | 2; /* both targets are little-endian */
    return flags;
}
