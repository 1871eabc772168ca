/* heap.h: process heaps, the collector, copying terms between heaps. */
#pragma once
#include "term/term.h"
#include "ctx/alloc.h"

/* Collects so that at least `need` words lie between p->hp and p->sp. Roots: p->x[0..live), the
 * stack, and what proc/ registers (dictionary, messages). p->hp and p->sp must be stored.
 * Generated code's cold path: force-aligned, returns p. */
Proc *brc_heap_collect_gc(Proc *p, size_t need, uint32_t live);
void brc_heap_major_gc(Proc *p, size_t need, uint32_t live);
/* Before a long sleep: a major collection that leaves no more room than what lives takes. */
void brc_heap_hibernate_gc(Proc *p, uint32_t live);
/* The end of a process: its blocks and fragments go, shared things lose its references. A
 * borrowed heap block stays where it is. */
void brc_heap_free(Proc *p);

/* Sizes that heap blocks take: the least of the series that is >= words. */
size_t brc_heap_next_size(size_t words);
/* Words of the blocks and fragments of a process (total_heap_size). */
size_t brc_heap_total_words(const Proc *p);

/* What a copy takes; literals that stay for good count 0. */
size_t brc_heap_size_words(Term t);
Term brc_heap_copy(Term t, Term **hp,
                   Term **offheap); /* to *hp, which moves; shared bytes shared */
/* The same two for what only processes get: literals that may be given back later are taken as they
 * are, unless some are just being taken out of all processes (sig/purge.c). */
size_t brc_heap_message_words(Term t);
Term brc_heap_message_copy(Term t, Term **hp, Term **offheap);
/* What such a copy leaves as it is lies below; fixed for a turn. 0: all that stays for good. */
extern _Thread_local Term brc_heap_message_limit;
Frag *brc_heap_copy_to_frag(Term t);         /* NULL for immediates and literals */
Term brc_heap_copy_to_proc(Proc *p, Term t); /* onto p's heap (or a fragment of it) */
/* The size of a term with literals counted as if they were on a heap (erts_debug:flat_size/1). */
size_t brc_heap_flat_words(Term t);
/* Walks a process's whole heap and checks every word; stops the program at the first fault. */
void brc_heap_check(Proc *p, uint32_t live);
