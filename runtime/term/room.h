/* room.h: many small objects out of few allocations. Words come from chunks of brc_ctx_alloc; what
 * is left of a chunk is given back. Without a process, from the literal area. */
#pragma once
#include <stdlib.h>
#include "term/litarea.h"
#include "ctx/alloc.h"

typedef struct Room {
    Proc *p;
    Term *start, *next, *end; /* of the chunk in use */
    size_t chunk;             /* words to ask for at a time */
} Room;

static inline Term *room_exact(Proc *p, size_t words) {
    return p ? brc_ctx_alloc(p, words) : brc_term_literal_alloc(words);
}
static inline void room_begin(Room *r, Proc *p, size_t chunk) {
    *r = (Room){.p = p, .chunk = chunk};
}
static inline void room_end(Room *r) {
    if (r->next != r->end && r->p)
        brc_ctx_trim(r->p, r->start, (size_t)(r->end - r->start), r->next);
    r->start = r->next = r->end = NULL;
}
static inline Term *room_take(Room *r, size_t words) {
    if (words == 0) return r->next;
    if ((size_t)(r->end - r->next) < words) {
        size_t n = words > r->chunk ? words : r->chunk;
        room_end(r);
        r->start = r->next = room_exact(r->p, n);
        r->end = r->start + n;
    }
    Term *at = r->next;
    r->next += words;
    return at;
}
