/* print.c: literals as the Erlang source that would make them; lists and binaries of printable
 * ASCII as strings. */
#include "beam/print.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- text ---- */

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
static bool is_word(char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@';
}

static bool is_reserved(const char *text) {
    static const char *const words[] = {
        "after", "and",   "andalso", "band",   "begin",   "bnot", "bor", "bsl",  "bsr", "bxor",
        "case",  "catch", "cond",    "div",    "else",    "end",  "fun", "if",   "let", "maybe",
        "not",   "of",    "or",      "orelse", "receive", "rem",  "try", "when", "xor"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) return true;
    }
    return false;
}

static void put_escaped(Text *out, char c, char quote) {
    if (c == quote || c == '\\') {
        text_add(out, "\\%c", c);
    } else if (c == '\n') {
        text_str(out, "\\n");
    } else if (c == '\r') {
        text_str(out, "\\r");
    } else if (c == '\t') {
        text_str(out, "\\t");
    } else if ((c >= 0 && c < 32) || c == 127) {
        text_add(out, "\\x{%X}", (unsigned)c);
    } else {
        text_put(out, &c, 1);
    }
}

void print_atom(Text *out, const char *text, size_t len) {
    bool plain = len > 0 && is_lower(text[0]) && strlen(text) == len && !is_reserved(text);
    for (size_t i = 0; plain && i < len; i++)
        plain = is_word(text[i]);
    if (plain) {
        text_put(out, text, len);
        return;
    }
    text_str(out, "'");
    for (size_t i = 0; i < len; i++)
        put_escaped(out, text[i], '\'');
    text_str(out, "'");
}

static bool is_printable(int64_t c) {
    return (c >= 32 && c < 127) || c == '\n' || c == '\r' || c == '\t';
}

/* ---- numbers ---- */

static void print_float(Text *out, double d) {
    char digits[40];
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, d);
        if (strtod(digits, NULL) == d) break;
    }
    size_t mantissa = strcspn(digits, "e");
    text_put(out, digits, mantissa);
    if (!memchr(digits, '.', mantissa)) text_str(out, ".0");
    if (digits[mantissa]) text_add(out, "e%d", atoi(digits + mantissa + 1));
}

/* Decimal by repeated division by 10^18; very long ones in hexadecimal, as the division's time
 * grows with the square. */
static void print_big(Text *out, const Lit *l) {
    if (l->negative) text_str(out, "-");
    if (l->count > 1000) {
        text_add(out, "16#%llX", (unsigned long long)l->limbs[l->count - 1]);
        for (size_t i = l->count - 1; i-- > 0;) {
            text_add(out, "%016llX", (unsigned long long)l->limbs[i]);
        }
        return;
    }
    const uint64_t base = UINT64_C(1000000000000000000);
    uint64_t *limbs = mem_alloc_atomic(l->count * sizeof *limbs);
    memcpy(limbs, l->limbs, l->count * sizeof *limbs);
    VEC(uint64_t) groups = {0};
    for (size_t n = l->count; n > 0;) {
        unsigned __int128 rest = 0;
        for (size_t i = n; i-- > 0;) {
            rest = rest << 64 | limbs[i];
            limbs[i] = (uint64_t)(rest / base);
            rest %= base;
        }
        vec_push(&groups, (uint64_t)rest);
        while (n > 0 && limbs[n - 1] == 0)
            n--;
    }
    text_add(out, "%llu", (unsigned long long)groups.at[groups.count - 1]);
    for (size_t i = groups.count - 1; i-- > 0;) {
        text_add(out, "%018llu", (unsigned long long)groups.at[i]);
    }
}

/* ---- terms with parts ---- */

static void print_items(Text *out, Lit *const *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i) text_str(out, ",");
        print_lit(out, items[i]);
    }
}

static void print_list(Text *out, const Lit *l) {
    size_t elements = l->count - 1;
    const Lit *tail = l->items[elements];
    bool text = tail->kind == LIT_NIL;
    for (size_t i = 0; text && i < elements; i++) {
        text = l->items[i]->kind == LIT_INT && is_printable(l->items[i]->i);
    }
    text_str(out, text ? "\"" : "[");
    if (text) {
        for (size_t i = 0; i < elements; i++)
            put_escaped(out, (char)l->items[i]->i, '"');
    } else {
        print_items(out, l->items, elements);
        if (tail->kind != LIT_NIL) {
            text_str(out, "|");
            print_lit(out, tail);
        }
    }
    text_str(out, text ? "\"" : "]");
}

static void print_binary(Text *out, const Lit *l) {
    bool text = l->count > 0 && l->last_bits == 8;
    for (size_t i = 0; text && i < l->count; i++)
        text = is_printable(l->bytes[i]);
    text_str(out, text ? "<<\"" : "<<");
    for (size_t i = 0; i < l->count; i++) {
        bool partial = i + 1 == l->count && l->last_bits < 8;
        if (text) {
            put_escaped(out, (char)l->bytes[i], '"');
        } else if (partial) {
            text_add(out, "%s%d:%d", i ? "," : "", l->bytes[i] >> (8 - l->last_bits), l->last_bits);
        } else {
            text_add(out, "%s%d", i ? "," : "", l->bytes[i]);
        }
    }
    text_str(out, text ? "\">>" : ">>");
}

static void print_map(Text *out, const Lit *l) {
    text_str(out, "#{");
    for (size_t i = 0; i < l->count; i += 2) {
        if (i) text_str(out, ",");
        print_lit(out, l->items[i]);
        text_str(out, " => ");
        print_lit(out, l->items[i + 1]);
    }
    text_str(out, "}");
}

void print_lit(Text *out, const Lit *l) {
    switch (l->kind) {
    case LIT_INT: text_add(out, "%lld", (long long)l->i); break;
    case LIT_BIG: print_big(out, l); break;
    case LIT_FLOAT: print_float(out, l->d); break;
    case LIT_ATOM: print_atom(out, l->text, l->count); break;
    case LIT_NIL: text_str(out, "[]"); break;
    case LIT_CONS: print_list(out, l); break;
    case LIT_TUPLE:
        text_str(out, "{");
        print_items(out, l->items, l->count);
        text_str(out, "}");
        break;
    case LIT_MAP: print_map(out, l); break;
    case LIT_BINARY: print_binary(out, l); break;
    case LIT_EXPORT:
        text_str(out, "fun ");
        print_lit(out, l->items[0]);
        text_str(out, ":");
        print_lit(out, l->items[1]);
        text_add(out, "/%lld", (long long)l->items[2]->i);
        break;
    case LIT_OTHER: break; /* the reader refuses them */
    }
}
