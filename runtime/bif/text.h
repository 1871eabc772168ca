/* text.h: short ASCII texts as lists, binaries and C strings; shared by the conversions. */
#pragma once
#include "ctx/alloc.h"
#include "term/bits.h"
#include "base/panic.h"
#include <stdlib.h>

static inline Term text_list(Proc *p, const char *text, size_t len) {
    Term *at = brc_ctx_alloc(p, 2 * len) + 2 * len, list = BRC_NIL;
    while (len-- > 0)
        list = term_cons(at -= 2, BRC_SMALL((uint8_t)text[len]), list);
    return list;
}

static inline Term text_bin(Proc *p, const char *text, size_t len) {
    return brc_term_bin_new(p, (const uint8_t *)text, len);
}

/* Bytes that grow; begins on the C stack. */
typedef struct Text {
    char *at;
    size_t len, room;
    char first[256];
} Text;

static inline void text_init(Text *t) {
    t->at = t->first;
    t->len = 0;
    t->room = sizeof t->first;
}
static inline void text_free(Text *t) {
    if (t->at != t->first) free(t->at);
}
static inline void text_put(Text *t, const char *bytes, size_t n) {
    if (t->room - t->len < n) {
        size_t room = 2 * (t->room + n);
        char *at = realloc(t->at == t->first ? NULL : t->at, room);
        if (!at) brc_base_panic("out of memory for %zu bytes of text", room);
        if (t->at == t->first) memcpy(at, t->first, t->len);
        t->at = at;
        t->room = room;
    }
    memcpy(t->at + t->len, bytes, n);
    t->len += n;
}
static inline void text_put_char(Text *t, char c) {
    text_put(t, &c, 1);
}
