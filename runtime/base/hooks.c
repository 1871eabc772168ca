/* hooks.c: the slots themselves. They are written once at boot and only read afterwards, so they
 * need no lock: the threads that read them are started later. */
#include "base/hooks.h"

void (*brc_hook_gc_roots)(Proc *p, BrcRootVisitor *visit, void *arg);
void (*brc_hook_gc_begin)(Proc *p);
void (*brc_hook_max_heap)(Proc *p, size_t total_words);
Code *brc_hook_process_died;
Term (*brc_hook_self)(const Proc *p);
void (*brc_hook_gc_done)(Proc *p, bool major, size_t words_before, size_t words_after);
