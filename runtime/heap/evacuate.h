/* evacuate.h: taking literals that are to be given back out of what a process holds. */
#pragma once
#include "heap/heap.h"

/* Literals that go: whole objects, packed from `from` on, that refer to nothing but one another and
 * to what stays for good. */
typedef struct Evacuee {
    uint64_t from, to;
} Evacuee;
typedef struct Evacuees {
    size_t count;
    const Evacuee *at; /* in order */
} Evacuees;

/* Whether a word points to one of them: which, or NULL. */
const Evacuee *brc_heap_evacuee_of(const Evacuees *all, Term word);
/* Whether anything in [from, to), whole objects, does. */
bool brc_heap_refers_to(const Evacuees *all, const Term *from, const Term *to);
/* p rests. What it holds of them is copied to fragments of its own, all else points there. True:
 * there was something; a major collection is due at once, for old objects may refer to these
 * fragments. `saved`: registers kept elsewhere, in two ranges. */
extern _Thread_local bool brc_heap_evacuated; /* until that collection: not to be checked */
typedef struct TermRange {
    Term *from, *to;
} TermRange;
bool brc_heap_evacuate(Proc *p, const Evacuees *all, const TermRange *saved, size_t ranges);
