/* litarea.c: the region is reserved at first use (address space only) somewhere below 2 GB, above
 * the program and its break, and made usable in steps of 1 MB as it fills. Addresses above
 * 0x7fff0000 are left alone: sanitizers put their shadow there.
 *
 * Its first quarter is for what stays, the rest for what may be given back. There blocks have sizes
 * of four classes to a doubling; free ones are linked by their first words, and the inner pages of
 * large ones go back to the system. */
#include "term/litarea.h"
#include "base/lock.h"
#include "base/panic.h"
#include <string.h>
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
typedef struct Area {
    uint64_t start, next, open, end; /* start <= next <= open <= end */
} Area;
static Area literals, kept;
static size_t kept_bytes; /* in use */
_Atomic(Term) brc_term_static_limit = BRC_LITERAL_LIMIT;

static bool reserve_at(uint64_t at, uint64_t bytes) {
    void *want = (void *)at;
    void *got = mmap(want, bytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == MAP_FAILED) return false;
    if (got != want) { /* a kernel that takes the address for a hint */
        munmap(got, bytes);
        return false;
    }
    uint64_t middle = at + (bytes / 4 & ~(OPEN_STEP - 1));
    literals = (Area){at, at, at, middle};
    kept = (Area){middle, middle, middle, at + bytes};
    atomic_store_explicit(&brc_term_static_limit, middle, memory_order_relaxed);
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

/* Makes the area usable up to its next; false: the system has no memory. */
static bool open_locked(Area *a) {
    if (a->next <= a->open) return true;
    uint64_t more = (a->next - a->open + OPEN_STEP - 1) & ~(OPEN_STEP - 1);
    if (more > a->end - a->open) more = a->end - a->open;
    if (mprotect((void *)a->open, more, PROT_READ | PROT_WRITE)) return false;
    a->open += more;
    return true;
}

static uint64_t take_locked(Area *a, uint64_t bytes) {
    if (a->end == 0) reserve_locked();
    if (bytes > a->end - a->next) return 0;
    uint64_t at = a->next;
    a->next += bytes;
    if (open_locked(a)) return at;
    a->next = at;
    return 0;
}

Term *brc_term_literal_try_alloc(size_t words) {
    if (words > AREA_HIGH) return NULL;
    brc_base_lock(&lock);
    uint64_t at = take_locked(&literals, (words * sizeof(Term) + 15) & ~UINT64_C(15));
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
    size_t n = literals.next - literals.start + kept_bytes;
    brc_base_unlock(&lock);
    return n;
}

/* ---- what may be given back ---- */

enum { CLASSES = 128, LEAST_SHIFT = 5 };
#define LARGE_BYTES UINT64_C(0x20000)
static void *free_[CLASSES]; /* under the lock */

/* Of a size: 32, 40, 48, 56, 64, 80... in steps of 16 at least. */
static unsigned class_of(uint64_t bytes, uint64_t *room) {
    if (bytes < 1u << LEAST_SHIFT) bytes = 1u << LEAST_SHIFT;
    unsigned shift = (unsigned)(63 - __builtin_clzl(bytes));
    uint64_t step = UINT64_C(1) << (shift - 2),
             over = (bytes - (UINT64_C(1) << shift) + step - 1) / step;
    *room = ((UINT64_C(1) << shift) + over * step + 15) & ~UINT64_C(15);
    return (shift - LEAST_SHIFT) * 4 + (unsigned)over;
}

Term *brc_term_keep_try_alloc(size_t words) {
    if (words > AREA_HIGH) return NULL;
    uint64_t room;
    unsigned c = class_of(words * sizeof(Term), &room);
    brc_base_lock(&lock);
    void *at = free_[c];
    if (at)
        memcpy(&free_[c], at, sizeof at);
    else
        at = (void *)take_locked(&kept, room);
    if (at) kept_bytes += room;
    brc_base_unlock(&lock);
    return at;
}

void brc_term_keep_free(Term *at, size_t words) {
    uint64_t room;
    unsigned c = class_of(words * sizeof(Term), &room);
    uint64_t first = ((uint64_t)at + 2 * 4096 - 1) & ~UINT64_C(4095);
    if (room >= LARGE_BYTES)
        madvise((void *)first, ((uint64_t)at + room - first) & ~UINT64_C(4095), MADV_DONTNEED);
    brc_base_lock(&lock);
    memcpy(at, &free_[c], sizeof(void *));
    free_[c] = at;
    kept_bytes -= room;
    brc_base_unlock(&lock);
}
