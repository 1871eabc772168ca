/* hooks.h: what a lower room calls and an upper room fills, once, at boot, before any process
 * runs. NULL: nothing to call. */
#pragma once
#include "abi/layout.h"
#include <stdbool.h>

/* In a function of no arguments: it runs before main in programs that keep it. Kept is what
 * BRC_KEEPS names in a function that is; a constructor would be in every program, with all that it
 * reaches. */
#define BRC_STARTS(function)                                                                       \
    __asm__ volatile(".pushsection .init_array,\"awo\",@init_array," #function                     \
                     "\n.balign 8\n.quad " #function "\n.popsection")
#define BRC_KEEPS(function) __asm__ volatile(".reloc ., BFD_RELOC_NONE, " #function)

/* Shows the collector (or the verifier) a range of terms that may point into a process's heap. */
typedef void BrcRootVisitor(Term *from, Term *to, void *arg);

/* proc/: a process's roots beside its stack and X registers: the dictionary, terms of messages
 * that lie on its heap, terms kept for signals in progress. Visits each word once. */
extern void (*brc_hook_gc_roots)(Proc *p, BrcRootVisitor *visit, void *arg);

/* sig/: before a collection measures what there is: hands fragments over to the process whose terms
 * generated code may hold (the message that a receive looks at). Must not move terms. */
extern void (*brc_hook_gc_begin)(Proc *p);

/* sig/: a process with a max_heap_size was collected; heap_words is what its heap takes now. May
 * set p->reds to 0 and mark the process, must not allocate on it. */
extern void (*brc_hook_max_heap)(Proc *p, size_t heap_words);

/* proc/: the process is over. x0: exit reason as links see it (errors with their trace), x1: the
 * class it was raised with: error (to be logged) or exit. The same are in p->freason, p->fclass. */
extern Code *brc_hook_process_died;

/* proc/: the process's own identifier, a term. */
extern Term (*brc_hook_self)(const Proc *p);

/* proc/: told after each collection (statistics, tracing): words copied. */
extern void (*brc_hook_gc_done)(Proc *p, bool major, size_t words_before, size_t words_after);
