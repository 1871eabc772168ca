/* sharing.c: a table from each object to its place in the copy, filled as they are found: the list
 * of those found is what is still to be looked through. */
#include "heap/sharing.h"
#include "base/panic.h"
#include <stdlib.h>

typedef struct SharingSlot {
    Term object; /* 0: free */
    size_t offset;
} SharingSlot;

static void *grown(void *at, size_t bytes) {
    at = realloc(at, bytes);
    if (!at) brc_base_panic("out of memory (copying a term)");
    return at;
}

static SharingSlot *slot_of(const Sharing *s, Term t) {
    size_t at = (size_t)((t * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
    for (;; at++) {
        SharingSlot *slot = &s->slots[at & (s->room - 1)];
        if (slot->object == t || slot->object == 0) return slot;
    }
}

static void grow(Sharing *s) {
    SharingSlot *old = s->slots;
    size_t old_room = s->room;
    s->room = old_room ? 2 * old_room : 64;
    s->slots = calloc(s->room, sizeof *s->slots);
    if (!s->slots) brc_base_panic("out of memory (copying a term)");
    for (size_t i = 0; i < old_room; i++)
        if (old[i].object) *slot_of(s, old[i].object) = old[i];
    free(old);
}

static size_t object_words(Term t) {
    return term_is_cons(t) ? 2 : 1 + BRC_HEADER_WORDS(*term_box(t));
}

static void note(Sharing *s, Term t) {
    if (!term_is_pointer(t) || t < s->limit) return;
    if (2 * (s->count + 1) > s->room) grow(s);
    SharingSlot *slot = slot_of(s, t);
    if (slot->object) return;
    *slot = (SharingSlot){t, s->words};
    s->words += object_words(t);
    if (s->count == s->objects_room) {
        s->objects_room = s->objects_room ? 2 * s->objects_room : 64;
        s->objects = grown(s->objects, s->objects_room * sizeof *s->objects);
    }
    s->objects[s->count++] = t;
}

/* The words of an object that may be pointers: [*first, end). */
static const Term *parts(Term t, const Term **first) {
    if (term_is_cons(t)) {
        *first = term_cell(t);
        return *first + 2;
    }
    const Term *box = term_box(t);
    *first = box + 1;
    return BRC_HEADER_KIND(box[0]) < BRC_KIND_RAW ? box + 1 + BRC_HEADER_WORDS(box[0]) : box + 1;
}

void brc_heap_sharing_find(Sharing *s, Term t, Term limit) {
    *s = (Sharing){.limit = limit};
    note(s, t);
    for (size_t i = 0; i < s->count; i++) {
        const Term *at, *end = parts(s->objects[i], &at);
        for (; at < end; at++)
            note(s, *at);
    }
}

void brc_heap_sharing_free(Sharing *s) {
    free(s->slots);
    free(s->objects);
}

static Term moved(const Sharing *s, Term t, const Term *base) {
    if (!term_is_pointer(t) || t < s->limit) return t;
    return (Term)(base + slot_of(s, t)->offset) | (t & BRC_TAG_MASK);
}

static void finish_box(Term *at, Term **offheap) {
    if (BRC_HEADER_KIND(at[0]) == BRC_SUBBITS) at[4] = BRC_SMALL(0); /* nobody appends to it */
    if (BRC_HEADER_KIND(at[0]) == BRC_REFBIN)
        brc_ctx_sharedbin_ref((SharedBin *)at[3]);
    else if (at[0] == BRC_HEADER(BRC_REF, 5))
        brc_ctx_magic_ref((Magic *)at[5]);
    else
        return;
    *brc_ctx_offheap_link(at) = (Term)*offheap;
    *offheap = at;
}

Term brc_heap_sharing_copy(const Sharing *s, Term t, Term *base, Term **offheap) {
    Term *at = base;
    for (size_t i = 0; i < s->count; i++) {
        Term object = s->objects[i];
        size_t words = object_words(object);
        const Term *from = (const Term *)(object & ~(Term)BRC_TAG_MASK), *first;
        const Term *end = parts(object, &first);
        memcpy(at, from, words * sizeof(Term));
        for (const Term *part = first; part < end; part++)
            at[part - from] = moved(s, *part, base);
        if (!term_is_cons(object)) finish_box(at, offheap);
        at += words;
    }
    return moved(s, t, base);
}
