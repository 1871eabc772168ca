/* text.c: see text.h. */
#include "proc/text.h"
#include "base/panic.h"
#include "term/room.h"
#include "term/utf.h"
#include <stdlib.h>

Term brc_proc_characters(Proc *p, const uint8_t *b, size_t n, size_t chars, bool utf8) {
    if (chars == 0) return BRC_NIL;
    Term *cell = room_exact(p, 2 * chars), *start = cell;
    for (size_t i = 0; i < n; cell += 2) {
        uint32_t ch = b[i];
        i += utf8 ? (size_t)brc_term_utf8_get(b + i, n - i, &ch) : 1;
        term_cons(cell, BRC_SMALL(ch), term_make_list(cell + 2));
    }
    cell[-1] = BRC_NIL;
    return term_make_list(start);
}

Term brc_proc_string(Proc *p, const char *bytes, size_t n) {
    const uint8_t *b = (const uint8_t *)bytes;
    size_t chars = 0;
    bool utf8 = brc_term_utf8_prefix(b, n, &chars) == n;
    return brc_proc_characters(p, b, n, utf8 ? chars : n, utf8);
}

Term brc_proc_string_ascii(Proc *p, const char *text) {
    return brc_proc_string(p, text, strlen(text));
}

char *brc_proc_text(Term list, size_t *len) {
    int64_t chars = brc_term_list_length(list);
    if (chars < 0) return NULL;
    uint8_t *text = malloc(4 * (size_t)chars + 1);
    BRC_CHECK(text != NULL);
    size_t n = 0;
    for (; term_is_cons(list); list = term_tail(list)) {
        Term t = term_head(list);
        if (!term_is_small(t) || term_small(t) <= 0 ||
            !brc_term_utf_valid((uint64_t)term_small(t))) {
            free(text);
            return NULL;
        }
        n += brc_term_utf8_put(text + n, (uint32_t)term_small(t));
    }
    text[n] = 0;
    if (len) *len = n;
    return (char *)text;
}
