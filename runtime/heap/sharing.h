/* sharing.h: terms whose parts are used more than once, each part taken once. */
#pragma once
#include "heap/heap.h"

/* The distinct objects of a term that lie at or above `limit`, each before those it refers to. */
typedef struct Sharing {
    struct SharingSlot *slots;
    size_t room, count;
    Term *objects, limit;
    size_t objects_room;
    size_t words; /* of all of them */
} Sharing;
void brc_heap_sharing_find(Sharing *s, Term t, Term limit);
void brc_heap_sharing_free(Sharing *s);
/* A copy of t, found before, of s->words words to `at`. What it holds outside goes to *offheap. */
Term brc_heap_sharing_copy(const Sharing *s, Term t, Term *at, Term **offheap);
