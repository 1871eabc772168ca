/* int_text.c: integers to digits and back; the long ones through term/limbs_text.c. */
#include "term/int.h"
#include "term/int_view.h"
#include "base/panic.h"
#include <stdlib.h>

enum { DIGITS_PER_REDUCTION = 64 };

char *brc_term_int_to_text(Term t, unsigned base, size_t *len) {
    IntView v;
    int_view(t, &v);
    size_t room = brc_limbs_text_room(v.n, base) + 1;
    char *buf = malloc(room);
    if (!buf) brc_base_panic("out of memory for an integer's %zu digits", room);
    char *start = brc_limbs_to_text(v.limbs, v.n, base, buf, room);
    if (v.negative) *--start = '-';
    *len = (size_t)(buf + room - start);
    memmove(buf, start, *len);
    return buf;
}

static unsigned digit_value(char c) {
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'z') return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'Z') return (unsigned)(c - 'A') + 10;
    return 255;
}

static Term from_long_text(Proc *p, const char *text, size_t len, unsigned base, bool negative) {
    uint8_t *digits = malloc(len);
    if (!digits) brc_base_panic("out of memory for an integer's %zu digits", len);
    size_t n = 0;
    for (; n < len; n++) {
        unsigned d = digit_value(text[n]);
        if (d >= base) break;
        digits[n] = (uint8_t)d;
    }
    Term result = BRC_NONE;
    if (n == len) {
        brc_ctx_charge(p, len / DIGITS_PER_REDUCTION);
        size_t room = brc_limbs_value_room(len, base);
        uint64_t *limbs = brc_limbs_scratch(room);
        size_t used = brc_limbs_from_digits(limbs, digits, len, base);
        result = brc_term_int_from_limbs(p, limbs, used, negative);
        free(limbs);
    }
    free(digits);
    return result;
}

Term brc_term_int_from_text(Proc *p, const char *text, size_t len, unsigned base) {
    bool negative = len > 0 && text[0] == '-';
    if (len > 0 && (text[0] == '-' || text[0] == '+')) text++, len--;
    while (len > 1 && text[0] == '0')
        text++, len--;
    if (len == 0) return BRC_NONE;
    if (len > 12 && !(base <= 10 && len <= 18)) /* may not fit a machine word */
        return from_long_text(p, text, len, base, negative);
    int64_t v = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned d = digit_value(text[i]);
        if (d >= base) return BRC_NONE;
        v = v * (int64_t)base + (int64_t)d;
    }
    return brc_term_int_from_i64(p, negative ? -v : v);
}
