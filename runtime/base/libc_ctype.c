/* libc_ctype.c: classes of characters, of the C locale, for libraries that ask (pcre2): the C
 * library's own come with all of its locales (base/libc.c). */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#if defined(NDEBUG) && defined(__GLIBC__)

#pragma clang diagnostic ignored "-Wmissing-prototypes"
#define WEAK __attribute__((weak))

enum { BELOW = 128, ALL = BELOW + 256 }; /* from -128 on */

static uint16_t classes[ALL];
static int32_t lower[ALL], upper[ALL];
static const uint16_t *the_classes = classes + BELOW;
static const int32_t *the_lower = lower + BELOW, *the_upper = upper + BELOW;

static uint16_t class_of(int c) {
    int is_upper = c >= 'A' && c <= 'Z', is_lower = c >= 'a' && c <= 'z',
        digit = c >= '0' && c <= '9';
    int hex = digit || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    int alpha = is_upper || is_lower, graph = c > ' ' && c < 127;
    int bits = (is_upper ? _ISupper : 0) | (is_lower ? _ISlower : 0) | (alpha ? _ISalpha : 0) |
               (digit ? _ISdigit : 0) | (hex ? _ISxdigit : 0) | (alpha || digit ? _ISalnum : 0);
    bits |= (c == ' ' || (c >= '\t' && c <= '\r') ? _ISspace : 0) |
            (c == ' ' || c == '\t' ? _ISblank : 0) | (graph ? _ISgraph : 0) |
            (graph || c == ' ' ? _ISprint : 0) | (c < ' ' || c == 127 ? _IScntrl : 0) |
            (graph && !alpha && !digit ? _ISpunct : 0);
    return (uint16_t)bits;
}

/* Before main, in programs that ask at all. */
__attribute__((constructor)) static void fill(void) {
    for (int i = 0; i < ALL; i++) {
        int c = i - BELOW;
        classes[i] = c >= 0 && c < 128 ? class_of(c) : 0;
        lower[i] = c >= 'A' && c <= 'Z' ? c + 32 : c < -1 ? c + 256 : c;
        upper[i] = c >= 'a' && c <= 'z' ? c - 32 : c < -1 ? c + 256 : c;
    }
}

WEAK const uint16_t **__ctype_b_loc(void) {
    return &the_classes;
}
WEAK const int32_t **__ctype_tolower_loc(void) {
    return &the_lower;
}
WEAK const int32_t **__ctype_toupper_loc(void) {
    return &the_upper;
}
#endif
