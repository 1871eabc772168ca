/* print.c: printf with %T for terms: each conversion is handed to the C library by itself. */
#include "nif/nif.h"
#include "base/panic.h"
#include "term/print.h"
#include <ctype.h>
#include <stdlib.h>

typedef struct Out {
    char *at; /* room for `room` bytes, or NULL */
    size_t room, len;
    FILE *stream; /* or this */
} Out;

static void put(const char *text, size_t n, void *arg) {
    Out *o = arg;
    if (o->stream) {
        fwrite(text, 1, n, o->stream);
    } else {
        size_t left = o->len < o->room ? o->room - o->len : 0;
        memcpy(o->at + o->len, text, n < left ? n : left);
    }
    o->len += n;
}

typedef struct Spec { /* one conversion: % to its letter */
    char text[64];
    size_t len;
    int stars;
    char size; /* h, H (hh), l, L (ll or j), z, t, D (L); 0: none */
    char letter;
} Spec;

static const char *read_spec(const char *at, Spec *s) {
    memset(s, 0, sizeof *s);
    const char *start = at++;
    for (; *at && strchr("-+ #0'123456789.*", *at); at++)
        s->stars += *at == '*';
    for (; *at && strchr("hlLqjzt", *at); at++)
        s->size = *at == 'h'                 ? (s->size == 'h' ? 'H' : 'h')
                  : *at == 'l'               ? (s->size == 'l' ? 'L' : 'l')
                  : *at == 'q' || *at == 'j' ? 'L'
                  : *at == 'L'               ? 'D'
                                             : *at;
    s->letter = *at;
    if (*at) at++;
    s->len = (size_t)(at - start);
    if (s->len >= sizeof s->text) s->len = sizeof s->text - 1;
    memcpy(s->text, start, s->len);
    return at;
}

#define GIVE(value)                                                                                \
    (n = s->stars == 0   ? asprintf(&text, s->text, value)                                         \
         : s->stars == 1 ? asprintf(&text, s->text, star[0], value)                                \
                         : asprintf(&text, s->text, star[0], star[1], value))

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
static void convert(Out *o, const Spec *s, va_list *ap) {
    int star[2] = {0}, n = -1;
    char *text = NULL;
    for (int i = 0; i < s->stars && i < 2; i++)
        star[i] = va_arg(*ap, int);
    switch (s->letter) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'c':
        if (s->size == 'l' || s->size == 'L' || s->size == 'z' || s->size == 't')
            GIVE(va_arg(*ap, long));
        else
            GIVE(va_arg(*ap, int));
        break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
        if (s->size == 'D')
            GIVE(va_arg(*ap, long double));
        else
            GIVE(va_arg(*ap, double));
        break;
    case 's': GIVE(va_arg(*ap, char *)); break;
    case 'p': GIVE(va_arg(*ap, void *)); break;
    case 'T': brc_term_print(va_arg(*ap, Term), put, o); return;
    case '%': put("%", 1, o); return;
    default: put(s->text, s->len, o); return;
    }
    if (n >= 0) put(text, (size_t)n, o);
    free(text);
}
#pragma clang diagnostic pop

static int print(Out *o, const char *format, va_list ap) {
    va_list mine;
    va_copy(mine, ap);
    while (*format) {
        size_t plain = strcspn(format, "%");
        put(format, plain, o);
        format += plain;
        if (!*format) break;
        Spec s;
        format = read_spec(format, &s);
        convert(o, &s, &mine);
    }
    va_end(mine);
    return (int)o->len;
}

int enif_vsnprintf(char *to, size_t size, const char *format, va_list ap) {
    Out o = {.at = to, .room = size ? size - 1 : 0};
    int n = print(&o, format, ap);
    if (size) to[o.len < o.room ? o.len : o.room] = 0;
    return n;
}
int enif_vfprintf(FILE *stream, const char *format, va_list ap) {
    Out o = {.stream = stream};
    return print(&o, format, ap);
}
int enif_snprintf(char *to, size_t size, const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    int n = enif_vsnprintf(to, size, format, ap);
    va_end(ap);
    return n;
}
int enif_fprintf(FILE *stream, const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    int n = enif_vfprintf(stream, format, ap);
    va_end(ap);
    return n;
}
