/* purge.h: giving back literals that processes may still hold. */
#pragma once
#include "sig/signal.h"

/* What is given back once nobody can look at it any more. Filled by the caller, in memory from
 * malloc, and freed with the rest. */
typedef struct Retired {
    struct Retired *next;
    Term *block; /* brc_term_keep_try_alloc's, packed with objects, or NULL */
    size_t words;
    Term *offheap; /* what these refer to outside */
    void *memory;  /* malloc's, that readers may be looking at, or NULL */
} Retired;

/* Takes r over. Nobody finds it any more from now on; whoever has found it may use it until the
 * next time it rests. `urgent`: at once, else when some have come together. */
void brc_sig_retire(Retired *r, bool urgent);
/* Whether some wait to be given back, or are just being. Any thread. */
bool brc_sig_is_purging(void);
/* Whether literals are being taken out of processes: messages are not to pass any on. */
extern _Atomic(bool) brc_sig_purging;
/* The same for the process that this thread runs from now on. */
static inline void sig_set_message_limit(void) {
    brc_heap_message_limit =
        atomic_load_explicit(&brc_sig_purging, memory_order_acquire) ? 0 : BRC_LITERAL_LIMIT;
}
