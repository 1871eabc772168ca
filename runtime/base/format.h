/* format.h: text from formats as printf has them, without what the C library's brings into a
 * program: floating point, locales, wide characters, streams. */
#pragma once
#include <stdarg.h>
#include <stddef.h>

/* As snprintf: %s %c %d %i %u %x %X %p %%, the flags 0, - and # (of x), a width, a precision
 * (either may be
 * *), the sizes h, hh, l, ll, j, z and t. */
int brc_base_format(char *to, size_t room, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int brc_base_format_args(char *to, size_t room, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* A text that grows. All zero: empty. */
typedef struct BaseText {
    char *bytes; /* the user frees it */
    size_t size, room;
} BaseText;
void brc_base_text_put(const char *bytes, size_t n, void *text);
void brc_base_text_add(BaseText *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
