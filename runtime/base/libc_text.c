/* libc_text.c: functions on texts that glibc itself calls: its own read the locale, or come in five
 * versions for processors, of which short texts need none (base/libc.c). */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(NDEBUG) && defined(__GLIBC__)

#define WEAK __attribute__((weak))

/* ---- numbers ---- */

static int digit(char c) {
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'z' ? (c | 32) - 'a' + 10
                                                : 99;
}

/* Digits of a base, as strtol has them; false: there are too many for 64 bits. */
static bool read_number(const char *text, char **end, int base, bool *negative, uint64_t *n) {
    const char *at = text;
    bool fits = true;
    while (*at == ' ' || (*at >= '\t' && *at <= '\r'))
        at++;
    *negative = *at == '-';
    at += *at == '-' || *at == '+';
    if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x' && digit(at[2]) < 16)
        at += 2, base = 16;
    if (base == 0) base = *at == '0' ? 8 : 10;
    const char *first = at;
    for (*n = 0; digit(*at) < base; at++)
        fits = fits && !__builtin_mul_overflow(*n, (uint64_t)base, n) &&
               !__builtin_add_overflow(*n, (uint64_t)digit(*at), n);
    if (end) *end = (char *)(at == first ? text : at);
    return fits;
}

WEAK long strtol(const char *text, char **end, int base) {
    bool negative;
    uint64_t n, most = LONG_MAX;
    if (!read_number(text, end, base, &negative, &n) || n > most + negative) {
        errno = ERANGE;
        return negative ? LONG_MIN : LONG_MAX;
    }
    return (long)(negative ? -n : n);
}

WEAK unsigned long strtoul(const char *text, char **end, int base) {
    bool negative;
    uint64_t n;
    if (!read_number(text, end, base, &negative, &n)) {
        errno = ERANGE;
        return ULONG_MAX;
    }
    return negative ? -n : n;
}

/* ---- comparing and searching ---- */

WEAK int strcmp(const char *a, const char *b) {
    while (*a && *a == *b)
        a++, b++;
    return (unsigned char)*a - (unsigned char)*b;
}

WEAK int strncmp(const char *a, const char *b, size_t n) {
    for (; n > 0 && *a && *a == *b; n--)
        a++, b++;
    return n > 0 ? (unsigned char)*a - (unsigned char)*b : 0;
}

WEAK char *strstr(const char *in, const char *text) {
    for (size_t n = strlen(text);; in++) {
        if (strncmp(in, text, n) == 0) return (char *)in;
        if (!*in) return NULL;
    }
}

WEAK char *strrchr(const char *in, int c) {
    const char *last = NULL;
    do
        if (*in == (char)c) last = in;
    while (*in++);
    return (char *)last;
}
#endif
