/* bif_convert.c: integers from and to lists and binaries of digits. */
#include "abi/bif.h"
#include "bif/text.h"
#include "ctx/fail.h"
#include "term/int.h"

enum { DIGITS_PER_REDUCTION = 16 };

/* 2..36, or 0. */
static unsigned base_of(Term base) {
    if (!term_is_small(base)) return 0;
    int64_t n = term_small(base);
    return n >= 2 && n <= 36 ? (unsigned)n : 0;
}

/* ---- to text ---- */

typedef Term Maker(Proc *p, const char *text, size_t len);

/* Digits of a small at the end of buf; where they begin. */
static char *small_text(int64_t v, unsigned base, char *end) {
    uint64_t n = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do {
        *--end = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % base];
        n /= base;
    } while (n > 0);
    if (v < 0) *--end = '-';
    return end;
}

static Term to_text(Proc *p, Term t, unsigned base, Maker *make) {
    if (base == 0 || !term_is_integer(t)) return brc_ctx_badarg(p);
    if (term_is_small(t)) {
        char buf[72], *end = buf + sizeof buf;
        char *start =
            base == 10 ? small_text(term_small(t), 10, end) : small_text(term_small(t), base, end);
        return make(p, start, (size_t)(end - start));
    }
    size_t len;
    char *text = brc_term_int_to_text(t, base, &len);
    brc_ctx_charge(p, len / DIGITS_PER_REDUCTION);
    Term made = make(p, text, len);
    free(text);
    return made;
}

Term brc_bif_erlang_integer_to_list_1(Proc *p, Term t) {
    return to_text(p, t, 10, text_list);
}
Term brc_bif_erlang_integer_to_list_2(Proc *p, Term t, Term base) {
    return to_text(p, t, base_of(base), text_list);
}
Term brc_bif_erlang_integer_to_binary_1(Proc *p, Term t) {
    return to_text(p, t, 10, text_bin);
}
Term brc_bif_erlang_integer_to_binary_2(Proc *p, Term t, Term base) {
    return to_text(p, t, base_of(base), text_bin);
}

/* ---- from lists ---- */

typedef enum Outcome { NOT_A_LIST, NO_INTEGER, SOME_INTEGER } Outcome;

static bool is_digit(uint8_t c, unsigned base) {
    unsigned d = c >= '0' && c <= '9'   ? c - '0'
                 : c >= 'a' && c <= 'z' ? c - 'a' + 10u
                 : c >= 'A' && c <= 'Z' ? c - 'A' + 10u
                                        : 99;
    return d < base;
}

/* The integer that begins a list, and what follows it. Only the low byte of an element counts, as
 * it does in OTP. *value is BRC_NONE, the failure set, where the integer is beyond all limits. */
static Outcome integer_prefix(Proc *p, Term list, unsigned base, Term *value, Term *rest) {
    *rest = list;
    if (!term_is_cons(list)) return term_is_nil(list) ? NO_INTEGER : NOT_A_LIST;
    Text text;
    text_init(&text);
    if (term_head(list) == BRC_SMALL('-') || term_head(list) == BRC_SMALL('+')) {
        text_put_char(&text, (char)term_small(term_head(list)));
        list = term_tail(list);
    }
    size_t sign = text.len;
    for (; term_is_cons(list); list = term_tail(list)) {
        if (!term_is_small(term_head(list))) break;
        uint8_t c = (uint8_t)term_small(term_head(list));
        if (!is_digit(c, base)) break;
        text_put_char(&text, (char)c);
    }
    Outcome outcome = text.len > sign ? SOME_INTEGER : NO_INTEGER;
    if (outcome == SOME_INTEGER) {
        *rest = list;
        *value = brc_term_int_from_text(p, text.at, text.len, base);
        brc_ctx_charge(p, text.len / DIGITS_PER_REDUCTION);
    }
    text_free(&text);
    return outcome;
}

static Term from_list(Proc *p, Term list, unsigned base) {
    Term value, rest;
    if (base == 0 || integer_prefix(p, list, base, &value, &rest) != SOME_INTEGER ||
        !term_is_nil(rest))
        return brc_ctx_badarg(p);
    return value;
}

Term brc_bif_erlang_list_to_integer_1(Proc *p, Term list) {
    return from_list(p, list, 10);
}
Term brc_bif_erlang_list_to_integer_2(Proc *p, Term list, Term base) {
    return from_list(p, list, base_of(base));
}

Term brc_bif_string_list_to_integer_1(Proc *p, Term list) {
    Term value, rest;
    switch (integer_prefix(p, list, 10, &value, &rest)) {
    case NOT_A_LIST: return term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(not_a_list));
    case NO_INTEGER: return term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(no_integer));
    default:
        if (value == BRC_NONE) return BRC_NONE;
        return term_tuple2(brc_ctx_alloc(p, 3), value, rest);
    }
}

/* ---- from binaries ---- */

static Term from_binary(Proc *p, Term bin, unsigned base) {
    size_t n;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = base ? brc_term_bin_bytes(bin, &n, &tmp) : NULL;
    if (!bytes) return brc_ctx_badarg(p);
    brc_ctx_charge(p, n / DIGITS_PER_REDUCTION);
    Term value = brc_term_int_from_text(p, (const char *)bytes, n, base);
    free(tmp);
    return value == BRC_NONE ? brc_ctx_badarg(p) : value;
}

Term brc_bif_erlang_binary_to_integer_1(Proc *p, Term bin) {
    return from_binary(p, bin, 10);
}
Term brc_bif_erlang_binary_to_integer_2(Proc *p, Term bin, Term base) {
    return from_binary(p, bin, base_of(base));
}
