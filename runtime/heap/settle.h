/* settle.h: of a process that waits for long. */
#pragma once
#include "abi/layout.h"
#include <stddef.h>

/* After brc_heap_hibernate_gc: the stack goes to the process's own allocation, where there are
 * `words` at `home`, if it fits there. */
void brc_heap_move_stack(Proc *p, Term *home, size_t words);
