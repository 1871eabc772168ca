/* object.c: copying tuples into a table and out of it. What lies in a table is one run of words
 * in the order of brc_heap_copy, so that the way out is a copy with all inner pointers moved by
 * the same distance. */
#include "ets/object.h"
#include "base/panic.h"
#include "heap/heap.h"
#include "term/litarea.h"
#include <string.h>

static size_t cell_bytes(size_t words) {
    return sizeof(EtsObj) + words * sizeof(Term);
}

static EtsObj *obj_of(EtsArena *a, size_t words, uint32_t flags) {
    EtsObj *o = brc_ets_cell_new(a, cell_bytes(words));
    o->next = NULL;
    o->offheap = NULL;
    o->hash = 0;
    o->flags = flags;
    o->words = words;
    return o;
}

/* A tuple whose elements can be copied as they are. */
static bool is_flat(Term tuple) {
    const Term *e = term_tuple_elements(tuple);
    for (size_t i = 0, n = term_tuple_arity(tuple); i < n; i++)
        if (term_is_pointer(e[i]) && !term_is_static(e[i])) return false;
    return true;
}

EtsObj *brc_ets_obj_new(EtsArena *a, Term tuple) {
    EtsObj *o;
    if (term_is_static(tuple)) {
        o = obj_of(a, 1, BRC_OBJ_LITERAL);
        o->data[0] = tuple;
        return o;
    }
    if (is_flat(tuple)) {
        size_t n = 1 + term_tuple_arity(tuple);
        o = obj_of(a, n, BRC_OBJ_FLAT);
        memcpy(o->data, term_box(tuple), n * sizeof(Term));
        return o;
    }
    size_t words = brc_heap_size_words(tuple);
    o = obj_of(a, words, 0);
    Term *hp = o->data;
    brc_heap_copy(tuple, &hp, &o->offheap);
    BRC_ASSERT(hp == o->data + words);
    return o;
}

bool brc_ets_obj_rewrite(EtsObj *o, Term tuple) {
    const Term *from = term_box(tuple);
    if (o->flags != BRC_OBJ_FLAT || o->data[0] != from[0] || !is_flat(tuple)) return false;
    memcpy(o->data, from, o->words * sizeof(Term));
    return true;
}

void brc_ets_obj_free(EtsArena *a, EtsObj *o) {
    for (Term *at = o->offheap; at;) {
        Term *next = (Term *)*brc_ctx_offheap_link(at);
        brc_ctx_offheap_release(at);
        at = next;
    }
    brc_ets_cell_free(a, o, cell_bytes(o->words));
}

/* A raw object that holds a share of something outside the heap is on p's list from now on. */
static void share(Proc *p, Term *at, size_t *bytes) {
    if (at[0] == BRC_HEADER(BRC_REFBIN, 4)) {
        brc_ctx_sharedbin_ref((SharedBin *)at[3]);
        *bytes += at[1];
    } else if (at[0] == BRC_HEADER(BRC_REF, 5)) {
        brc_ctx_magic_ref((Magic *)at[5]);
    } else {
        return;
    }
    *brc_ctx_offheap_link(at) = (Term)p->offheap;
    p->offheap = at;
}

Term brc_ets_obj_out(Proc *p, const EtsObj *o) {
    if (o->flags & BRC_OBJ_LITERAL) return o->data[0];
    size_t words = o->words, bytes = 0;
    const Term *from = o->data;
    Term *to = brc_ctx_alloc(p, words);
    if (o->flags & BRC_OBJ_FLAT) {
        for (size_t i = 0; i < words; i++)
            to[i] = from[i];
        return term_make_boxed(to);
    }
    Term base = (Term)from, span = words * sizeof(Term), distance = (Term)to - base;
    for (size_t i = 0; i < words;) {
        Term w = from[i];
        to[i] = w;
        if (term_is_pointer(w)) {
            if (w - base < span) to[i] = w + distance;
        } else if ((w & BRC_NIBBLE_MASK) == BRC_TAG_HEADER && BRC_HEADER_KIND(w) >= BRC_KIND_RAW) {
            size_t n = BRC_HEADER_WORDS(w);
            memcpy(to + i + 1, from + i + 1, n * sizeof(Term));
            if (o->offheap) share(p, to + i, &bytes);
            i += n;
        }
        i++;
    }
    if (bytes) brc_ctx_offheap_grew(p, bytes);
    return term_make_boxed(to);
}

Term brc_ets_part_out(Proc *p, Term t) {
    return brc_heap_copy_to_proc(p, t);
}
