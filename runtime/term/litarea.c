/* litarea.c: the region is reserved at first use (address space only) somewhere below 2 GB, above
 * the program and its break, and made usable in steps of 1 MB as it fills. Addresses above
 * 0x7fff0000 are left alone: sanitizers put their shadow there. */
#include "term/litarea.h"
#include "base/lock.h"
#include "base/panic.h"
#include <sys/mman.h>

#define AREA_LOW   UINT64_C(0x10000000)
#define AREA_HIGH  UINT64_C(0x7fff0000)
#define AREA_STEP  UINT64_C(0x04000000)
#define AREA_LEAST UINT64_C(0x01000000)
#define OPEN_STEP  UINT64_C(0x00100000)
#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static BrcLock lock;
static uint64_t area_start, area_next, area_open, area_end; /* start <= next <= open <= end */

static bool reserve_at(uint64_t at, uint64_t bytes) {
    void *want = (void *)at;
    void *got = mmap(want, bytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == MAP_FAILED) return false;
    if (got != want) { /* a kernel that takes the address for a hint */
        munmap(got, bytes);
        return false;
    }
    area_start = area_next = area_open = at;
    area_end = at + bytes;
    return true;
}

/* The largest piece that is free: half the size with each round of failures. */
static void reserve_locked(void) {
    for (uint64_t bytes = AREA_HIGH - 2 * AREA_LOW; bytes >= AREA_LEAST;
         bytes = bytes / 2 & ~0xFFFFu)
        for (uint64_t at = AREA_LOW; at + bytes <= AREA_HIGH; at += AREA_STEP)
            if (reserve_at(at, bytes)) return;
    brc_base_panic("literal area: no address space below 2 GB");
}

/* Makes the area usable up to area_next; false: the system has no memory. */
static bool open_locked(void) {
    if (area_next <= area_open) return true;
    uint64_t more = (area_next - area_open + OPEN_STEP - 1) & ~(OPEN_STEP - 1);
    if (more > area_end - area_open) more = area_end - area_open;
    if (mprotect((void *)area_open, more, PROT_READ | PROT_WRITE)) return false;
    area_open += more;
    return true;
}

static uint64_t take_locked(uint64_t bytes) {
    if (area_end == 0) reserve_locked();
    if (bytes > area_end - area_next) return 0;
    uint64_t at = area_next;
    area_next += bytes;
    if (open_locked()) return at;
    area_next = at;
    return 0;
}

Term *brc_term_literal_try_alloc(size_t words) {
    if (words > AREA_HIGH) return NULL;
    brc_base_lock(&lock);
    uint64_t at = take_locked((words * sizeof(Term) + 15) & ~UINT64_C(15));
    brc_base_unlock(&lock);
    return (Term *)at;
}

Term *brc_term_literal_alloc(size_t words) {
    Term *at = brc_term_literal_try_alloc(words);
    if (at == NULL) brc_base_panic("literal area: full");
    return at;
}

size_t brc_term_literal_bytes(void) {
    brc_base_lock(&lock);
    size_t n = area_next - area_start;
    brc_base_unlock(&lock);
    return n;
}
