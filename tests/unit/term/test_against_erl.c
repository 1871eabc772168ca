/* test_against_erl.c: the same calls here and on stock Erlang. gen_numbers.escript makes random
 * calls with their outcomes; each is made again with our built-ins, and value or failure compared,
 * to the bit and in the printed form. Without escript there is nothing to compare with. */
#include <criterion/criterion.h>
#include "abi/bif.h"
#include "support/fakeproc.h"
#include "term/atom.h"
#include "term/cmp.h"
#include "term/etf.h"
#include "term/int.h"
#include "term/print.h"
#include <stdio.h>
#include <unistd.h>

/* ---- built-ins by name ---- */

typedef struct Named {
    const char *module, *name;
    size_t arity;
    void *fn;
} Named;

/* clang-format off */
static const Named table[] = {
#define BIF(mod, name, arity, cname) {mod, name, arity, (void *)brc_bif_##cname##_##arity},
    BIF("erlang", "+", 2, erlang_add) BIF("erlang", "-", 2, erlang_sub)
    BIF("erlang", "*", 2, erlang_mul) BIF("erlang", "/", 2, erlang_fdiv)
    BIF("erlang", "div", 2, erlang_div) BIF("erlang", "rem", 2, erlang_rem)
    BIF("erlang", "band", 2, erlang_band) BIF("erlang", "bor", 2, erlang_bor)
    BIF("erlang", "bxor", 2, erlang_bxor) BIF("erlang", "bsl", 2, erlang_bsl)
    BIF("erlang", "bsr", 2, erlang_bsr) BIF("erlang", "+", 1, erlang_plus)
    BIF("erlang", "-", 1, erlang_neg) BIF("erlang", "bnot", 1, erlang_bnot)
    BIF("erlang", "abs", 1, erlang_abs) BIF("erlang", "float", 1, erlang_float)
    BIF("erlang", "trunc", 1, erlang_trunc) BIF("erlang", "round", 1, erlang_round)
    BIF("erlang", "floor", 1, erlang_floor) BIF("erlang", "ceil", 1, erlang_ceil)
    BIF("erlang", "==", 2, erlang_eq) BIF("erlang", "/=", 2, erlang_ne)
    BIF("erlang", "<", 2, erlang_lt) BIF("erlang", "=<", 2, erlang_le)
    BIF("erlang", ">", 2, erlang_gt) BIF("erlang", ">=", 2, erlang_ge)
    BIF("erlang", "=:=", 2, erlang_eq_exact) BIF("erlang", "=/=", 2, erlang_ne_exact)
    BIF("erlang", "min", 2, erlang_min) BIF("erlang", "max", 2, erlang_max)
    BIF("erlang", "and", 2, erlang_bool_and) BIF("erlang", "or", 2, erlang_bool_or)
    BIF("erlang", "xor", 2, erlang_bool_xor) BIF("erlang", "not", 1, erlang_bool_not)
    BIF("erlang", "is_atom", 1, erlang_is_atom) BIF("erlang", "is_binary", 1, erlang_is_binary)
    BIF("erlang", "is_bitstring", 1, erlang_is_bitstring)
    BIF("erlang", "is_boolean", 1, erlang_is_boolean) BIF("erlang", "is_float", 1, erlang_is_float)
    BIF("erlang", "is_function", 1, erlang_is_function)
    BIF("erlang", "is_function", 2, erlang_is_function)
    BIF("erlang", "is_integer", 1, erlang_is_integer) BIF("erlang", "is_list", 1, erlang_is_list)
    BIF("erlang", "is_map", 1, erlang_is_map) BIF("erlang", "is_number", 1, erlang_is_number)
    BIF("erlang", "is_pid", 1, erlang_is_pid) BIF("erlang", "is_port", 1, erlang_is_port)
    BIF("erlang", "is_record", 2, erlang_is_record) BIF("erlang", "is_record", 3, erlang_is_record)
    BIF("erlang", "is_reference", 1, erlang_is_reference)
    BIF("erlang", "is_tuple", 1, erlang_is_tuple)
    BIF("erlang", "atom_to_list", 1, erlang_atom_to_list)
    BIF("erlang", "atom_to_binary", 2, erlang_atom_to_binary)
    BIF("erlang", "list_to_atom", 1, erlang_list_to_atom)
    BIF("erlang", "list_to_existing_atom", 1, erlang_list_to_existing_atom)
    BIF("erlang", "binary_to_atom", 2, erlang_binary_to_atom)
    BIF("erlang", "binary_to_existing_atom", 2, erlang_binary_to_existing_atom)
    BIF("erlang", "integer_to_list", 1, erlang_integer_to_list)
    BIF("erlang", "integer_to_list", 2, erlang_integer_to_list)
    BIF("erlang", "integer_to_binary", 1, erlang_integer_to_binary)
    BIF("erlang", "integer_to_binary", 2, erlang_integer_to_binary)
    BIF("erlang", "list_to_integer", 1, erlang_list_to_integer)
    BIF("erlang", "list_to_integer", 2, erlang_list_to_integer)
    BIF("erlang", "binary_to_integer", 1, erlang_binary_to_integer)
    BIF("erlang", "binary_to_integer", 2, erlang_binary_to_integer)
    BIF("string", "list_to_integer", 1, string_list_to_integer)
    BIF("string", "list_to_float", 1, string_list_to_float)
    BIF("erlang", "float_to_list", 1, erlang_float_to_list)
    BIF("erlang", "float_to_list", 2, erlang_float_to_list)
    BIF("erlang", "float_to_binary", 1, erlang_float_to_binary)
    BIF("erlang", "float_to_binary", 2, erlang_float_to_binary)
    BIF("erlang", "list_to_float", 1, erlang_list_to_float)
    BIF("erlang", "binary_to_float", 1, erlang_binary_to_float) BIF("math", "sin", 1, math_sin)
    BIF("math", "cos", 1, math_cos) BIF("math", "tan", 1, math_tan)
    BIF("math", "asin", 1, math_asin) BIF("math", "acos", 1, math_acos)
    BIF("math", "atan", 1, math_atan) BIF("math", "sinh", 1, math_sinh)
    BIF("math", "cosh", 1, math_cosh) BIF("math", "tanh", 1, math_tanh)
    BIF("math", "asinh", 1, math_asinh) BIF("math", "acosh", 1, math_acosh)
    BIF("math", "atanh", 1, math_atanh) BIF("math", "exp", 1, math_exp)
    BIF("math", "log", 1, math_log) BIF("math", "log2", 1, math_log2)
    BIF("math", "log10", 1, math_log10) BIF("math", "sqrt", 1, math_sqrt)
    BIF("math", "ceil", 1, math_ceil) BIF("math", "floor", 1, math_floor)
    BIF("math", "erf", 1, math_erf) BIF("math", "erfc", 1, math_erfc)
    BIF("math", "atan2", 2, math_atan2) BIF("math", "pow", 2, math_pow)
    BIF("math", "fmod", 2, math_fmod)
#undef BIF
};
/* clang-format on */

static bool atom_is(Term atom, const char *text) {
    size_t len;
    const char *s = brc_term_atom_text(atom, &len);
    return strlen(text) == len && memcmp(s, text, len) == 0;
}

static const Named *find(Term module, Term name, size_t arity) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].arity == arity && atom_is(name, table[i].name) &&
            atom_is(module, table[i].module))
            return &table[i];
    }
    return NULL;
}

static Term call(Proc *p, const Named *b, const Term *a) {
    switch (b->arity) {
    case 1: return ((Term(*)(Proc *, Term))b->fn)(p, a[0]);
    case 2: return ((Term(*)(Proc *, Term, Term))b->fn)(p, a[0], a[1]);
    default: return ((Term(*)(Proc *, Term, Term, Term))b->fn)(p, a[0], a[1], a[2]);
    }
}

/* ---- one case ---- */

static char *shown(Term t) {
    size_t len;
    char *text = brc_term_print_alloc(t, &len);
    if (len > 2000) strcpy(text + 1990, "...");
    return text;
}

/* Also tells -0.0 from 0.0 and integers from floats, which =:= takes for equal, or would print
 * alike. */
static bool same(Term a, Term b) {
    if (!brc_term_eq(a, b) || brc_term_compare_exact(a, b) != 0) return false;
    return !term_is_float(a) || term_box(a)[1] == term_box(b)[1];
}

static Term text_term(Proc *p, Term t) {
    size_t len;
    char *text = brc_term_print_alloc(t, &len);
    Term list = BRC_NIL;
    for (size_t i = len; i-- > 0;)
        list = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL((uint8_t)text[i]), list);
    free(text);
    return list;
}

/* Where two printed forms part. */
static void print_texts(Term a, Term b) {
    size_t n = 0;
    for (; term_is_cons(a) && term_is_cons(b) && term_head(a) == term_head(b); n++)
        a = term_tail(a), b = term_tail(b);
    fprintf(stderr, "printed forms part after %zu bytes\n  here: ", n);
    for (n = 0; n < 100 && term_is_cons(a); n++, a = term_tail(a))
        fputc((int)term_small(term_head(a)), stderr);
    fprintf(stderr, "\n  erl:  ");
    for (n = 0; n < 100 && term_is_cons(b); n++, b = term_tail(b))
        fputc((int)term_small(term_head(b)), stderr);
    fputc('\n', stderr);
}

static bool run(Proc *p, Term test) {
    const Term *t = term_tuple_elements(test);
    Term args[4], expected = term_tuple_elements(t[3])[1];
    size_t arity = 0;
    for (Term l = t[2]; term_is_cons(l); l = term_tail(l))
        args[arity++] = term_head(l);
    bool want_ok = term_tuple_elements(t[3])[0] == AM(ok);
    Term got;
    p->freason = BRC_NIL;
    if (atom_is(t[0], "print")) {
        got = text_term(p, args[0]);
    } else {
        const Named *b = find(t[0], t[1], arity);
        cr_assert(b, "no built-in for %s", shown(test));
        got = call(p, b, args);
    }
    bool ok = (got != BRC_NONE) == want_ok && same(want_ok ? got : p->freason, expected);
    if (!ok && atom_is(t[0], "print")) {
        print_texts(got, expected);
    } else if (!ok) {
        fprintf(stderr, "%s\n  here: %s%s\n", shown(test), got == BRC_NONE ? "raises " : "",
                shown(got == BRC_NONE ? p->freason : got));
    }
    return ok;
}

/* Stands in for the runtime's table of functions: one entry per name. */
static const FunEntry *find_fun(const FunEntry *like, bool existing) {
    static FunEntry entries[16];
    static size_t count;
    (void)existing;
    for (size_t i = 0; i < count; i++) {
        const FunEntry *e = &entries[i];
        if (e->module == like->module && e->name == like->name && e->arity == like->arity) return e;
    }
    cr_assert_lt(count, 16);
    entries[count] = *like;
    return &entries[count++];
}

static uint8_t *next_case(FILE *in, size_t *size) {
    uint8_t head[4];
    if (fread(head, 1, 4, in) != 4) return NULL;
    *size = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    uint8_t *bytes = malloc(*size);
    cr_assert_eq(fread(bytes, 1, *size, in), *size);
    return bytes;
}

static void run_file(const char *path) {
    FILE *in = fopen(path, "rb");
    cr_assert(in);
    size_t size, count = 0, wrong = 0;
    Proc *p = fake_proc_new(1 << 16);
    for (uint8_t *bytes; (bytes = next_case(in, &size)) != NULL; free(bytes)) {
        if (++count % 100 == 0) {
            fake_proc_free(p);
            p = fake_proc_new(1 << 16);
        }
        size_t used;
        Term test = brc_term_etf_decode(p, bytes, size, 0, find_fun, &used);
        cr_assert_neq(test, BRC_NONE, "case %zu cannot be read", count);
        wrong += !run(p, test);
        if (wrong > 40) break;
    }
    fclose(in);
    fake_proc_free(p);
    cr_assert_gt(count, 30);
    cr_log_info("%zu cases", count);
    cr_assert_eq(wrong, 0, "%zu of %zu differ", wrong, count);
}

Test(against_erl, numbers_atoms_order_printing) {
    const char *source = getenv("BEAMRC_SOURCE"), *seed = getenv("BRC_TEST_SEED");
    const char *count = getenv("BRC_TEST_COUNT"), *given = getenv("BRC_TEST_CASES");
    if (given) {
        run_file(given);
        return;
    }
    if (!source || system("command -v escript >/dev/null") != 0) cr_skip_test("no escript here");
    char path[64], command[1024];
    snprintf(path, sizeof path, "/tmp/brc_cases_%d", (int)getpid());
    snprintf(command, sizeof command,
             "escript '%s/tests/unit/term/gen_numbers.escript' %s %s %s >/dev/null", source, path,
             count ? count : "20000", seed ? seed : "1");
    cr_assert_eq(system(command), 0);
    run_file(path);
    unlink(path);
}
