/* workstack.h: a growing stack of words for walking terms without recursion on the C stack. */
#pragma once
#include <stdlib.h>
#include "base/panic.h"
#include "term/term.h"

typedef struct WorkStack {
    Term *at, *top, *end;
    Term first[96];
} WorkStack;

static inline void work_init(WorkStack *s) {
    s->at = s->top = s->first;
    s->end = s->first + sizeof s->first / sizeof *s->first;
}
static inline void work_free(WorkStack *s) {
    if (s->at != s->first) free(s->at);
}
static inline void work_grow(WorkStack *s, size_t more) {
    size_t used = (size_t)(s->top - s->at), room = 2 * (used + more);
    Term *at = realloc(s->at == s->first ? NULL : s->at, room * sizeof *at);
    if (at == NULL) brc_base_panic("out of memory (walking a term)");
    if (s->at == s->first) memcpy(at, s->first, used * sizeof *at);
    s->at = at, s->top = at + used, s->end = at + room;
}
static inline void work_push(WorkStack *s, Term t) {
    if (s->top == s->end) work_grow(s, 1);
    *s->top++ = t;
}
/* n words, the first to come out first. */
static inline void work_push_array(WorkStack *s, const Term *t, size_t n) {
    if ((size_t)(s->end - s->top) < n) work_grow(s, n);
    while (n)
        *s->top++ = t[--n];
}
static inline bool work_empty(const WorkStack *s) {
    return s->top == s->at;
}
static inline Term work_pop(WorkStack *s) {
    return *--s->top;
}
