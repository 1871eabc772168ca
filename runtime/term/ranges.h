/* ranges.h: what term/eq.c and term/cmp.c still have to look at: a stack of pairs of word arrays,
 * so that terms of any depth are compared without recursion. */
#pragma once
#include <stdlib.h>
#include "base/panic.h"
#include "term/term.h"

enum {
    RANGE_EXACT = 1, /* 1 and 1.0 differ */
    RANGE_NODES = 2, /* children of HAMT nodes: leaves or nodes */
};

typedef struct Range {
    const Term *a, *b; /* n words each */
    size_t n;
    uint32_t mode;
    void *owned; /* to be freed with the range, or NULL */
} Range;

typedef struct Ranges {
    Range *at;
    size_t used, room;
    Range first[12];
} Ranges;

static inline void ranges_init(Ranges *s) {
    s->at = s->first;
    s->used = 0;
    s->room = sizeof s->first / sizeof *s->first;
}

static inline void ranges_free(Ranges *s) {
    for (size_t i = 0; i < s->used; i++) {
        if (s->at[i].owned) free(s->at[i].owned);
    }
    if (s->at != s->first) free(s->at);
}

static inline void ranges_push(Ranges *s, Range r) {
    if (s->used == s->room) {
        Range *at = malloc(2 * s->room * sizeof *at);
        if (!at) brc_base_panic("out of memory (comparing terms)");
        memcpy(at, s->at, s->used * sizeof *at);
        if (s->at != s->first) free(s->at);
        s->at = at;
        s->room *= 2;
    }
    s->at[s->used++] = r;
}
