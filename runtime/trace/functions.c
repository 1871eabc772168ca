/* functions.c: the functions of the program in the order of their addresses. */
#include "trace/calls.h"
#include "base/panic.h"
#include <stdlib.h>

BrcRwLock brc_calls_lock;
static CallSet all;
static _Atomic(bool) ready;
static BrcLock making;

static int by_code(const void *a, const void *b) {
    uintptr_t x = (uintptr_t)(*(const TracedFn *const *)a)->code;
    uintptr_t y = (uintptr_t)(*(const TracedFn *const *)b)->code;
    return (x > y) - (x < y);
}

static int by_bif(const void *a, const void *b) {
    uintptr_t x = (uintptr_t)(*(const TracedFn *const *)a)->bif;
    uintptr_t y = (uintptr_t)(*(const TracedFn *const *)b)->bif;
    return (x > y) - (x < y);
}

static void make_locked(void) {
    size_t n = 0;
    if (brc_program_functions)
        while (brc_program_functions[n].code)
            n++;
    all.at = calloc(n + 1, sizeof *all.at);
    all.breaks = calloc(n + 1, sizeof *all.breaks);
    if (!all.at || !all.breaks) brc_base_panic("out of memory (tracing of calls)");
    for (size_t i = 0; i < n; i++)
        all.at[i] = &brc_program_functions[i];
    if (n) qsort(all.at, n, sizeof *all.at, by_code);
    all.n = n;
    all.bifs = calloc(n + 1, sizeof *all.bifs);
    if (!all.bifs) brc_base_panic("out of memory (tracing of calls)");
    for (size_t i = 0; i < n; i++)
        if (brc_program_functions[i].bif) all.bifs[all.bif_count++] = &brc_program_functions[i];
    if (all.bif_count) qsort(all.bifs, all.bif_count, sizeof *all.bifs, by_bif);
}

const CallSet *brc_calls_all(void) {
    if (atomic_load_explicit(&ready, memory_order_acquire)) return &all;
    brc_base_lock(&making);
    if (!atomic_load(&ready)) make_locked();
    atomic_store_explicit(&ready, true, memory_order_release); /* pairs with the acquire above */
    brc_base_unlock(&making);
    return &all;
}

int64_t brc_calls_find(const CallSet *s, Code *code) {
    size_t lo = 0, hi = s->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if ((uintptr_t)s->at[mid]->code < (uintptr_t)code)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->n && s->at[lo]->code == code ? (int64_t)lo : -1;
}

int64_t brc_calls_find_bif(const CallSet *s, const Bif *b) {
    const TracedFn key = {.bif = b}, *at = &key;
    const TracedFn **found = bsearch(&at, s->bifs, s->bif_count, sizeof *s->bifs, by_bif);
    return found ? brc_calls_find(s, (*found)->code) : -1;
}

CallBreak *brc_calls_break(const CallSet *s, size_t i) {
    CallBreak *b = atomic_load(&s->breaks[i]);
    if (b) return b;
    b = calloc(1, sizeof *b);
    if (!b) brc_base_panic("out of memory (tracing of calls)");
    b->meta_tracer = BRC_NONE;
    atomic_store(&s->breaks[i], b);
    return b;
}

void brc_calls_drop_ms(Ms **at) {
    if (*at) brc_ctx_magic_unref(&(*at)->magic);
    *at = NULL;
}
