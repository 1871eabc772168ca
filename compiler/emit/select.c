/* select.c: selections. Integers far apart are sought in a table: a jump table of all that lies
 * between them would be much larger. */
#include "emit/writer.h"

#include <stdlib.h>

enum {
    SEEK_LEAST = 64,  /* values */
    SEEK_SPAN = 1024, /* a smaller range is left to a jump table */
    SEEK_DENSITY = 4, /* so is a denser one: numbers in the range for each value */
    SEEK_LIMIT = INT32_MAX,
};

typedef struct Run { /* values without a gap that lead to the same label */
    uint32_t first, last;
    uint64_t label;
} Run;
typedef VEC(Run) Runs;

static int by_first(const void *a, const void *b) {
    uint32_t x = ((const Run *)a)->first, y = ((const Run *)b)->first;
    return (x > y) - (x < y);
}

/* Joins neighbours; false: a value occurs twice. */
static bool join(Runs *runs) {
    qsort(runs->at, runs->count, sizeof *runs->at, by_first);
    size_t n = 0;
    for (size_t i = 1; i < runs->count; i++) {
        Run *last = &runs->at[n], *r = &runs->at[i];
        if (r->first == last->last) return false;
        if (r->first == last->last + 1 && r->label == last->label)
            last->last = r->last;
        else
            runs->at[++n] = *r;
    }
    runs->count = n + 1;
    return true;
}

/* The runs of a selection that is better sought. */
static bool is_sought(const Arg *list, Runs *runs) {
    size_t n = list->count / 2;
    if (n < SEEK_LEAST) return false;
    for (size_t i = 0; i < n; i++) {
        int64_t value;
        if (!w_const_small(&list->items[2 * i], &value) || value < 0 || value >= SEEK_LIMIT)
            return false;
        Run r = {(uint32_t)value, (uint32_t)value, list->items[2 * i + 1].u};
        vec_push(runs, r);
    }
    if (!join(runs)) return false;
    size_t span = (size_t)runs->at[runs->count - 1].last - runs->at[0].first;
    return span > SEEK_SPAN && (span > SEEK_DENSITY * n || SEEK_DENSITY * runs->count < n);
}

/* The number of the run that holds v, or n. each: numbers for a run, its first and last or the only
 * one. */
static const char seek[] =
    "static __attribute__((noinline)) unsigned seek(const uint32_t *r, unsigned each, unsigned n, "
    "Term v) {\n"
    "    unsigned low = 0, high = n;\n"
    "    if (!term_is_small(v) || term_small(v) < 0 || term_small(v) > INT32_MAX) return n;\n"
    "    uint32_t value = (uint32_t)term_small(v);\n"
    "    while (high - low > 1) {\n"
    "        unsigned middle = low + (high - low) / 2;\n"
    "        if (value < r[each * middle]) high = middle; else low = middle;\n"
    "    }\n"
    "    return value >= r[each * low] && value <= r[each * low + each - 1] ? low : n;\n"
    "}\n";

static void add_seek(Writer *w) {
    if (map_get(w->declared, "seek", 4)) return;
    map_set(w->declared, "seek", 4, (void *)1);
    text_str(&w->head, seek);
}

static void add_table(Writer *w, const char *name, const Runs *runs, unsigned each) {
    text_add(&w->head, "static const uint32_t %s[] = {", name);
    for (size_t i = 0; i < runs->count; i++) {
        text_add(&w->head, "%s%u,", i % 8 == 0 ? "\n    " : " ", runs->at[i].first);
        if (each == 2) text_add(&w->head, " %u,", runs->at[i].last);
    }
    text_str(&w->head, "\n};\n");
}

static void seek_run(Writer *w, const char *value, const Runs *runs, const char *fail) {
    const char *name = mem_format("runs%u_%u_%zu", w->fn_index, w->op_index, w->code.count);
    unsigned each = 1;
    for (size_t i = 0; i < runs->count; i++)
        if (runs->at[i].first != runs->at[i].last) each = 2;
    add_seek(w);
    add_table(w, name, runs, each);
    uint64_t *labels = mem_alloc_atomic(runs->count * sizeof *labels);
    bool *packed = mem_alloc_atomic(runs->count);
    for (size_t i = 0; i < runs->count; i++)
        labels[i] = runs->at[i].label;
    const char *pack = w_pack(w, labels, runs->count, packed);
    OUT("{ unsigned at = seek(%s, %u, %zu, %s); switch (at) {", name, each, runs->count, value);
    for (size_t i = 0; i < runs->count; i++)
        if (!pack || !packed[i]) OUT(" case %zu: goto %s;", i, w_goto(w, labels[i]));
    if (pack)
        OUT(" case %zu: goto %s; default: BRC_RETURN(brc_code_packed(&%s, at)); } }", runs->count,
            fail, pack);
    else
        OUT(" default: goto %s; } }", fail);
}

void w_select_val(Writer *w, const Op *op) {
    const Arg *list = &op->args[2];
    const char *value = w_value(w, &op->args[0]), *fail = w_goto(w, op->args[1].u);
    Runs runs = {0};
    if (is_sought(list, &runs)) {
        seek_run(w, value, &runs, fail);
        return;
    }
    bool words = true;
    for (size_t i = 0; i < list->count; i += 2)
        if (!w_is_immediate(w, &list->items[i])) words = false;
    if (words) {
        OUT("switch (%s) {", value);
        for (size_t i = 0; i + 1 < list->count; i += 2)
            OUT(" case %s: goto %s;", w_value(w, &list->items[i]), w_goto(w, list->items[i + 1].u));
        OUT(" default: goto %s; }", fail);
        return;
    }
    for (size_t i = 0; i + 1 < list->count; i += 2)
        OUT("if (brc_eq_exact(%s, %s)) goto %s; ", value, w_value(w, &list->items[i]),
            w_goto(w, list->items[i + 1].u));
    OUT("goto %s;", fail);
}

void w_select_arity(Writer *w, const Op *op) {
    const Arg *list = &op->args[2];
    const char *value = w_value(w, &op->args[0]), *fail = w_goto(w, op->args[1].u);
    if (!w_typed_as(w, &op->args[0], BEAM_TYPE_TUPLE))
        OUT("if (!term_is_tuple(%s)) goto %s; ", value, fail);
    OUT("switch (term_header(%s) >> 8) {", value);
    for (size_t i = 0; i + 1 < list->count; i += 2)
        OUT(" case %llu: goto %s;", (unsigned long long)list->items[i].u,
            w_goto(w, list->items[i + 1].u));
    OUT(" default: goto %s; }", fail);
}
