/* print.c: terms as text. This is the emulator's own plain form, not io_lib's: floats with six
 * decimals, lists of Latin-1 characters as strings, a large map as the nodes of its trie. What is
 * still to be printed waits on a stack of (what, word) pairs. */
#include "term/print.h"
#include "base/format.h"
#include "term/atom.h"
#include "term/float_text.h"
#include "term/bits.h"
#include "term/cmp.h"
#include "term/hamt.h"
#include "term/int.h"
#include "term/workstack.h"
#include <stdarg.h>

typedef struct Out {
    BrcPut *put;
    void *arg;
    WorkStack todo;
} Out;

enum Todo { A_TERM, A_LIST_REST, A_TEXT };

static void push(Out *o, enum Todo what, Term word) {
    work_push(&o->todo, word);
    work_push(&o->todo, (Term)what);
}

static void push_text(Out *o, const char *text) {
    push(o, A_TEXT, (Term)(uintptr_t)text);
}

static void text(Out *o, const char *s) {
    o->put(s, strlen(s), o->arg);
}

__attribute__((format(printf, 2, 3))) static void format(Out *o, const char *f, ...) {
    char buf[128];
    va_list args;
    va_start(args, f);
    int n = brc_base_format_args(buf, sizeof buf, f, args);
    va_end(args);
    o->put(buf, (size_t)n, o->arg);
}

static void put_float(Out *o, double d) {
    char buf[BRC_FLOAT_TEXT_ROOM];
    o->put(buf, brc_term_float_scientific(d, 6, buf), o->arg);
}

/* ---- atoms ---- */

static bool latin1_lower(unsigned c) {
    return (c >= 'a' && c <= 'z') || (c >= 223 && c <= 255 && c != 247);
}
static bool latin1_alnum(unsigned c) {
    return latin1_lower(c) || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 192 && c <= 222 && c != 215);
}

/* The character at s, as far as quoting cares; bytes inside a character pass for letters. */
static unsigned latin1_at(const uint8_t *s) {
    if (s[0] < 0x80) return s[0];
    if ((s[0] & 0xE0) == 0xC0) return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    return (s[0] & 0xC0) == 0x80 ? 'a' : 0;
}

static bool needs_quotes(const uint8_t *s, size_t n) {
    if (n == 0 || !latin1_lower(latin1_at(s))) return true;
    for (size_t i = 1; i < n; i++) {
        unsigned c = latin1_at(s + i);
        if (!latin1_alnum(c) && c != '_') return true;
    }
    return false;
}

static const char *escape_of(uint8_t c) {
    switch (c) {
    case '\'': return "\\'";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\f': return "\\f";
    case '\t': return "\\t";
    case '\r': return "\\r";
    case '\b': return "\\b";
    case '\v': return "\\v";
    default: return NULL;
    }
}

static void atom(Out *o, Term t) {
    size_t n;
    const uint8_t *s = (const uint8_t *)brc_term_atom_text(t, &n);
    bool quotes = needs_quotes(s, n);
    if (quotes) text(o, "'");
    size_t plain = 0; /* from here on nothing is printed yet */
    for (size_t i = 0; i < n; i++) {
        const char *escape = escape_of(s[i]);
        bool c1 = s[i] == 0xC2 && s[i + 1] < 0xA0; /* control characters 128..159 */
        if (!escape && s[i] >= ' ' && !c1) continue;
        o->put((const char *)s + plain, i - plain, o->arg);
        if (escape) {
            text(o, escape);
        } else {
            format(o, "\\%.3o", s[i + c1]);
        }
        i += c1;
        plain = i + 1;
    }
    o->put((const char *)s + plain, n - plain, o->arg);
    if (quotes) text(o, "'");
}

/* ---- lists and binaries ---- */

static bool printable_list(Term t) {
    for (; term_is_cons(t); t = term_tail(t)) {
        Term head = term_head(t);
        if (!term_is_small(head) || term_small(head) < 0 || term_small(head) > 255) return false;
        int64_t c = term_small(head);
        bool control = c < ' ' || (c >= 127 && c < 160);
        if (control && c != '\n' && c != '\t' && c != '\r') return false;
    }
    return term_is_nil(t);
}

static void list(Out *o, Term t) {
    if (!printable_list(t)) {
        text(o, "[");
        push_text(o, "]");
        push(o, A_LIST_REST, t);
        return;
    }
    text(o, "\"");
    for (; term_is_cons(t); t = term_tail(t)) {
        char c = (char)term_small(term_head(t));
        if (c == '\n') {
            text(o, "\\n");
            continue;
        }
        if (c == '"') text(o, "\\");
        o->put(&c, 1, o->arg);
    }
    text(o, "\"");
}

static void list_rest(Out *o, Term t) {
    Term tail = term_tail(t);
    if (term_is_cons(tail)) {
        push(o, A_LIST_REST, tail);
        push_text(o, ",");
    } else if (!term_is_nil(tail)) {
        push(o, A_TERM, tail);
        push_text(o, "|");
    }
    push(o, A_TERM, term_head(t));
}

static uint8_t octet(const BitsView *v, uint64_t at_bits, unsigned bits) {
    uint8_t b = 0;
    brc_term_bits_copy(&b, 0, v->data, v->bit_offset + at_bits, bits);
    return b;
}

static void bitstring(Out *o, Term t) {
    BitsView v;
    brc_term_bits_view(t, &v);
    bool printable = v.bit_size > 0 && v.bit_size % 8 == 0;
    for (uint64_t i = 0; printable && i < v.bit_size; i += 8) {
        uint8_t c = octet(&v, i, 8);
        printable = c >= ' ' && c < 127;
    }
    text(o, printable ? "<<\"" : "<<");
    for (uint64_t i = 0; i < v.bit_size; i += 8) {
        unsigned bits = v.bit_size - i < 8 ? (unsigned)(v.bit_size - i) : 8;
        uint8_t c = octet(&v, i, bits);
        if (printable) {
            if (c == '"') text(o, "\\");
            o->put((const char *)&c, 1, o->arg);
        } else {
            format(o, bits < 8 ? "%s%u:%u" : "%s%u", i ? "," : "", c >> (8 - bits), bits);
        }
    }
    text(o, printable ? "\">>" : ">>");
}

/* ---- maps ---- */

static void flatmap(Out *o, Term t) {
    const Term *at = term_box(t), *keys = term_tuple_elements(at[1]);
    text(o, "#{");
    push_text(o, "}");
    for (size_t i = BRC_HEADER_WORDS(at[0]) - 1; i-- > 0;) {
        push(o, A_TERM, at[2 + i]);
        push_text(o, "=>");
        push(o, A_TERM, keys[i]);
        if (i > 0) push_text(o, ",");
    }
}

static void node(Out *o, Term t) {
    const Term *at = term_box(t);
    format(o, "<%x>{", hamt_bits(at));
    push_text(o, "}");
    for (size_t i = hamt_children(at); i-- > 0;) {
        push(o, A_TERM, at[2 + i]);
        if (i > 0) push_text(o, ",");
    }
}

/* ---- the rest ---- */

/* The first number of an identifier: 0 for this node's own. */
static unsigned channel(Term t) {
    if (!term_is_kind(t, BRC_EXTERNAL) || term_box(t)[2] == brc_term_this_node) return 0;
    return (unsigned)(term_box(t)[2] >> 4 & 0xFFFF) | 0x10000;
}

static void external(Out *o, Term t) {
    const Term *at = term_box(t), *id = at + 4;
    size_t n = BRC_HEADER_WORDS(at[0]) - 3;
    switch (term_small(at[1])) {
    case 0: format(o, "<%u.%lu.%lu>", channel(t), id[0] >> 2, n > 1 ? id[1] >> 2 : 0); break;
    case 1:
        format(o, "#Port<%u.%lu>", channel(t), id[0] >> 2 | (n > 1 ? id[1] >> 2 << 32 : 0));
        break;
    default:
        format(o, "#Ref<%u", channel(t));
        while (n-- > 0)
            format(o, ".%lu", id[n] >> 2);
        text(o, ">");
    }
}

static void fun(Out *o, Term t) {
    const FunEntry *f = term_fun_entry(t);
    if (f->index < 0) {
        text(o, "fun ");
        atom(o, f->module);
        text(o, ":");
        atom(o, f->name);
        format(o, "/%u", f->arity);
    } else {
        size_t n;
        const char *module = brc_term_atom_text(f->module, &n);
        text(o, "#Fun<");
        o->put(module, n, o->arg);
        format(o, ".%ld.%d>", term_small(f->old_index), (int32_t)f->old_uniq);
    }
}

static void boxed(Out *o, Term t) {
    const Term *at = term_box(t);
    switch (BRC_HEADER_KIND(at[0])) {
    case BRC_TUPLE:
        text(o, "{");
        push_text(o, "}");
        for (size_t i = term_tuple_arity(t); i-- > 0;) {
            push(o, A_TERM, at[1 + i]);
            if (i > 0) push_text(o, ",");
        }
        break;
    case BRC_FLATMAP: flatmap(o, t); break;
    case BRC_HASHMAP:
        text(o, "#");
        node(o, hamt_root(t));
        break;
    case BRC_HNODE: node(o, t); break;
    case BRC_FUN: fun(o, t); break;
    case BRC_FLOAT: put_float(o, term_float(t)); break;
    case BRC_BIGPOS:
    case BRC_BIGNEG: {
        size_t len;
        char *digits = brc_term_int_to_text(t, 10, &len);
        o->put(digits, len, o->arg);
        free(digits);
        break;
    }
    case BRC_REF: format(o, "#Ref<0.%lu.%lu.%lu>", at[3], at[2], at[1]); break;
    case BRC_EXTERNAL: external(o, t); break;
    case BRC_MATCHCTX: text(o, "#MatchState"); break;
    default: bitstring(o, t); break;
    }
}

static void term(Out *o, Term t) {
    if (t == BRC_NONE) {
        text(o, "<TNV>");
    } else if (term_is_small(t)) {
        format(o, "%ld", term_small(t));
    } else if (term_is_atom(t)) {
        atom(o, t);
    } else if (term_is_nil(t)) {
        text(o, "[]");
    } else if (term_is_cons(t)) {
        list(o, t);
    } else if (term_is_boxed(t)) {
        boxed(o, t);
    } else if (term_is_local_pid(t)) {
        format(o, "<0.%lu.%lu>", t >> 6 & ((1u << 28) - 1), t >> 34);
    } else if (term_is_local_port(t)) {
        format(o, "#Port<0.%lu>", t >> 6);
    } else {
        format(o, "<cp/header:%#lx>", t);
    }
}

void brc_term_print(Term t, BrcPut *put, void *arg) {
    Out o = {.put = put, .arg = arg};
    work_init(&o.todo);
    push(&o, A_TERM, t);
    while (!work_empty(&o.todo)) {
        enum Todo what = (enum Todo)work_pop(&o.todo);
        Term word = work_pop(&o.todo);
        switch (what) {
        case A_TERM: term(&o, word); break;
        case A_LIST_REST: list_rest(&o, word); break;
        default: text(&o, (const char *)(uintptr_t)word); break;
        }
    }
    work_free(&o.todo);
}

typedef struct Buffer {
    char *text;
    size_t len, room;
} Buffer;

static void to_buffer(const char *s, size_t n, void *arg) {
    Buffer *b = arg;
    if (b->room - b->len <= n) {
        b->room = 2 * (b->room + n);
        b->text = realloc(b->text, b->room);
        if (!b->text) brc_base_panic("out of memory (printing a term)");
    }
    memcpy(b->text + b->len, s, n);
    b->len += n;
    b->text[b->len] = 0;
}

char *brc_term_print_alloc(Term t, size_t *len) {
    Buffer b = {malloc(256), 0, 256};
    if (!b.text) brc_base_panic("out of memory (printing a term)");
    b.text[0] = 0;
    brc_term_print(t, to_buffer, &b);
    *len = b.len;
    return b.text;
}
