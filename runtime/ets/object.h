/* object.h: the tuples of a table: each a cell of the table's memory that holds a copy of all its
 * terms in one run, the tuple first. A tuple that is a literal is only pointed to. */
#pragma once
#include "ctx/alloc.h"
#include "ets/arena.h"
#include "term/cmp.h"
#include "term/hash.h"
#include "term/term.h"

typedef struct EtsObj {
    struct EtsObj *next; /* in its bucket */
    Term *offheap;       /* what its terms refer to outside, as in Frag */
    uint32_t hash;       /* of the key; hash tables only */
    uint32_t flags;
    size_t words;
    Term data[];
} EtsObj;
enum {
    BRC_OBJ_DELETED = 1, /* gone, but still in its bucket: the table is fixed */
    BRC_OBJ_LITERAL = 2, /* data[0] is the tuple */
    BRC_OBJ_FLAT = 4,    /* data is the tuple alone, nothing in it needs to be moved */
};

static inline Term obj_tuple(const EtsObj *o) {
    return o->flags & BRC_OBJ_LITERAL ? o->data[0] : term_make_boxed(o->data);
}
static inline Term *obj_elements(const EtsObj *o) {
    return term_tuple_elements(obj_tuple(o));
}
static inline bool obj_live(const EtsObj *o) {
    return !(o->flags & BRC_OBJ_DELETED);
}
/* Does t point into o's own memory? */
static inline bool obj_holds(const EtsObj *o, Term t) {
    return term_is_pointer(t) && t - (Term)o->data < o->words * sizeof(Term);
}

EtsObj *brc_ets_obj_new(EtsArena *a, Term tuple);
/* Makes o one of that tuple where it has the room and both are flat: what would be freed and taken
 * anew is memory that another processor may have written last. */
bool brc_ets_obj_rewrite(EtsObj *o, Term tuple);
void brc_ets_obj_free(EtsArena *a, EtsObj *o);
/* The tuple on p's heap. */
Term brc_ets_obj_out(Proc *p, const EtsObj *o);
/* Part of an object on p's heap. */
Term brc_ets_part_out(Proc *p, Term t);

/* Of keys, as sets see them: equal for terms that are =:=. */
uint32_t brc_ets_hash_deep(Term key);
static inline uint32_t ets_hash(Term key) {
    if (term_is_pointer(key)) return brc_ets_hash_deep(key);
    return (uint32_t)((key ^ key >> 29) * UINT64_C(0x9E3779B97F4A7C15) >> 31);
}
int brc_ets_order_deep(Term a, Term b);
static inline bool ets_same(Term a, Term b) { /* =:= */
    return a == b || (term_is_pointer(a) && term_is_pointer(b) && brc_term_eq(a, b));
}
static inline int ets_order(Term a, Term b) { /* as ordered_set sees keys */
    if (((a | b) & BRC_TAG_MASK) == 0) return ((STerm)a > (STerm)b) - ((STerm)a < (STerm)b);
    return a == b ? 0 : brc_ets_order_deep(a, b);
}
