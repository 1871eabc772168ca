/* format.c: formats, one conversion at a time. */
#include "base/format.h"
#include "base/panic.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct Out {
    char *to;
    size_t room, n; /* n: what there would be with enough room */
} Out;

typedef struct Spec {
    bool zeros, left, prefixed;
    int width, precision, longs; /* precision -1: none; longs: 1 for l, j, z, t; -1, -2: h, hh */
    char letter;
} Spec;

static void put(Out *o, const char *bytes, size_t n) {
    size_t left = o->n < o->room ? o->room - o->n : 0;
    if (left > 0) memcpy(o->to + o->n, bytes, n < left ? n : left);
    o->n += n;
}

static void fill(Out *o, char with, long n) {
    for (; n > 0; n--)
        put(o, &with, 1);
}

static int small_number(const char **at) {
    int n = 0;
    for (; **at >= '0' && **at <= '9'; ++*at)
        n = n * 10 + (**at - '0');
    return n;
}

/* From behind the % to behind the letter. */
static const char *read_spec(const char *at, Spec *s, va_list *args) {
    *s = (Spec){.precision = -1};
    for (; *at == '0' || *at == '-' || *at == '#'; at++)
        *(*at == '0' ? &s->zeros : *at == '-' ? &s->left : &s->prefixed) = true;
    if (*at == '*')
        s->width = va_arg(*args, int), at++;
    else
        s->width = small_number(&at);
    if (*at == '.') {
        if (*++at == '*')
            s->precision = va_arg(*args, int), at++;
        else
            s->precision = small_number(&at);
    }
    for (; *at == 'l' || *at == 'h' || *at == 'j' || *at == 'z' || *at == 't'; at++)
        s->longs += *at == 'h' ? -1 : 1;
    s->letter = *at;
    return *at ? at + 1 : at;
}

static uint64_t argument(const Spec *s, va_list *args) {
    if (s->letter == 'p') return (uint64_t)va_arg(*args, void *);
    bool is_signed = s->letter == 'd' || s->letter == 'i';
    if (s->longs > 0) return va_arg(*args, uint64_t);
    unsigned n = va_arg(*args, unsigned);
    if (s->longs == -1) return is_signed ? (uint64_t)(int16_t)n : (uint16_t)n;
    if (s->longs < -1) return is_signed ? (uint64_t)(int8_t)n : (uint8_t)n;
    return is_signed ? (uint64_t)(int)n : n;
}

static void put_number(Out *o, const Spec *s, uint64_t n) {
    char digits[24], *at = digits + sizeof digits;
    const char *letters = s->letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    bool is_negative = (s->letter == 'd' || s->letter == 'i') && (int64_t)n < 0;
    unsigned base = s->letter == 'o' ? 8 : strchr("xXp", s->letter) ? 16 : 10;
    bool hex = n > 0 && base == 16 && (s->prefixed || s->letter == 'p');
    for (n = is_negative ? -n : n; n > 0; n /= base)
        *--at = letters[n % base];
    if (at == digits + sizeof digits && s->precision != 0) *--at = '0';
    long count = digits + sizeof digits - at, zeros = s->precision - count;
    const char *before = is_negative ? "-" : hex ? "0x" : "";
    long rest = s->width - count - (long)strlen(before) - (zeros > 0 ? zeros : 0);
    if (s->zeros && !s->left && s->precision < 0) zeros = rest, rest = 0;
    if (!s->left) fill(o, ' ', rest);
    put(o, before, strlen(before));
    fill(o, '0', zeros);
    put(o, at, (size_t)count);
    if (s->left) fill(o, ' ', rest);
}

static void put_text(Out *o, const Spec *s, const char *text, size_t n) {
    if (!s->left) fill(o, ' ', s->width - (long)n);
    put(o, text, n);
    if (s->left) fill(o, ' ', s->width - (long)n);
}

static size_t length(const char *text, int most) {
    size_t n = 0;
    while (n != (size_t)most && text[n])
        n++;
    return n;
}

static void convert(Out *o, const Spec *s, va_list *args) {
    const char *text;
    char c;
    switch (s->letter) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'p': put_number(o, s, argument(s, args)); break;
    case 's':
        text = va_arg(*args, const char *);
        if (!text) text = "(null)";
        put_text(o, s, text, length(text, s->precision));
        break;
    case 'c':
        c = (char)va_arg(*args, int);
        put_text(o, s, &c, 1);
        break;
    case '%': put(o, "%", 1); break;
    default: brc_base_panic("a format with %%%c", s->letter);
    }
}

int brc_base_format_args(char *to, size_t room, const char *format, va_list args) {
    Out o = {.to = to, .room = room ? room - 1 : 0};
    va_list mine;
    va_copy(mine, args);
    while (*format) {
        size_t plain = 0;
        while (format[plain] && format[plain] != '%')
            plain++;
        put(&o, format, plain);
        format += plain;
        if (!*format) break;
        Spec s;
        format = read_spec(format + 1, &s, &mine);
        convert(&o, &s, &mine);
    }
    va_end(mine);
    if (room) to[o.n < o.room ? o.n : o.room] = 0;
    return (int)o.n;
}

int brc_base_format(char *to, size_t room, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = brc_base_format_args(to, room, format, args);
    va_end(args);
    return n;
}

/* ---- texts that grow ---- */

static char *room_for(BaseText *t, size_t n) {
    if (t->room - t->size < n) {
        t->room = 2 * t->room + n + 64;
        t->bytes = realloc(t->bytes, t->room);
        if (!t->bytes) brc_base_panic("out of memory (a text of %zu bytes)", t->room);
    }
    return t->bytes + t->size;
}

void brc_base_text_put(const char *bytes, size_t n, void *text) {
    BaseText *t = text;
    memcpy(room_for(t, n), bytes, n);
    t->size += n;
}

void brc_base_text_add(BaseText *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    size_t n = (size_t)brc_base_format_args(NULL, 0, format, args);
    brc_base_format_args(room_for(t, n + 1), n + 1, format, args);
    va_end(args);
    t->size += n;
}
