/* pages.c: blocks in size classes, four to each doubling: 128, 160, 192, 224, 256, 320...
 *
 * Small blocks (up to SMALL_MAX) are carved from chunks; freed ones go to a list of the freeing
 * thread, and from there in batches to a list all threads share. Large ones are mappings of their
 * own; freed ones are kept, because a fresh mapping at each collection was measured to cost more
 * than the collection (zeroing and faulting of pages), up to an eighth of what is in use and
 * KEEP_BYTES: beyond that those go that were not used for longest. mmap without hints gives
 * addresses near the top of the address space, so all lie above 4 GB; where it does not, a hint is
 * given. Under a sanitizer malloc does everything, so that each stale pointer is seen.
 *
 * Invariant: the class of a block follows from its room alone. */
#include "base/pages.h"
#include "base/lock.h"
#include "base/panic.h"
#include "abi/layout.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define USE_MALLOC 1
#endif
#endif

static _Atomic(size_t) used_bytes, kept_bytes;

/* What this thread has not yet added to used_bytes: a tenth of the time of two processes that
 * exchange messages went into that, each message being a block. */
static _Thread_local int64_t uncounted;
enum { UNCOUNTED_MOST = 64 << 10 };

static void count_now(void) {
    atomic_fetch_add_explicit(&used_bytes, (size_t)uncounted, memory_order_relaxed);
    uncounted = 0;
}

void brc_base_blocks_count(size_t *used, size_t *kept) {
    count_now();
    *used = atomic_load_explicit(&used_bytes, memory_order_relaxed);
    *kept = atomic_load_explicit(&kept_bytes, memory_order_relaxed);
}

static void count_used(size_t bytes) {
    uncounted += (int64_t)bytes;
    if (uncounted > UNCOUNTED_MOST) count_now();
}
static void count_unused(size_t bytes) {
    uncounted -= (int64_t)bytes;
    if (uncounted < -UNCOUNTED_MOST) count_now();
}

#ifdef USE_MALLOC

void *brc_base_block_alloc(size_t bytes, size_t *room) {
    if (bytes > SIZE_MAX / 2) brc_base_panic("out of memory (%zu bytes asked for)", bytes);
    *room = bytes < 16 ? 16 : (bytes + 15) & ~(size_t)15;
    void *block = malloc(*room);
    if (!block) brc_base_panic("out of memory (%zu bytes asked for)", bytes);
    BRC_CHECK((uintptr_t)block >= BRC_LITERAL_LIMIT);
    count_used(*room);
    return block;
}
void brc_base_block_free(void *block, size_t room, size_t touched) {
    (void)touched;
    count_unused(room);
    free(block);
}
size_t brc_base_block_shrink(void *block, size_t room, size_t bytes) {
    (void)block, (void)bytes;
    return room;
}
void brc_base_blocks_flush(void) {}

#else

enum {
    MIN_LOG = 7,            /* smallest class: 128 bytes */
    SMALL_CLASSES = 4 * 10, /* below 128 KB */
    CLASSES = 4 * (47 - MIN_LOG),
    BATCH_MAX = 32,
    BATCH_BYTES = 64 << 10,
};
#define CHUNK_BYTES     ((size_t)1 << 20)
#define KEEP_BYTES      ((size_t)32 << 20)
#define PAGE_BYTES      ((size_t)4096)
#define SHRINK_LEAST    ((size_t)16 << 20) /* a shrink gives back no less: it would be mapped anew */
#define UNTOUCHED_LEAST ((size_t)20 << 20)
#define HUGE_BYTES                                                                                 \
    ((size_t)8 << 20) /* from here on, huge pages: a quarter less time in collections */

typedef struct FreeBlock {
    struct FreeBlock *next;
    size_t room;
} FreeBlock;

typedef struct FreeList {
    FreeBlock *first;
    size_t count;
} FreeList;

typedef struct KeptBlock {
    struct KeptBlock *older, *newer; /* of its class */
    size_t room, touched;            /* bytes, and those of them that have memory behind them */
    uint64_t time;
} KeptBlock;

typedef struct KeptList {
    KeptBlock *newest, *oldest;
} KeptList;

static _Thread_local FreeList mine[SMALL_CLASSES];
static struct {
    BrcLock lock; /* guards all below */
    FreeList free[SMALL_CLASSES];
    KeptList kept[CLASSES - SMALL_CLASSES];
    uint64_t kept_time;
    char *chunk, *chunk_end;
    size_t large_used, large_kept;
} shared;

static size_t class_bytes(unsigned c) {
    return ((size_t)(4 + (c & 3))) << (MIN_LOG - 2 + (c >> 2));
}

static unsigned class_of(size_t bytes) {
    if (bytes <= (size_t)1 << MIN_LOG) return 0;
    unsigned log =
        63u - (unsigned)__builtin_clzll(bytes - 1); /* bytes - 1 is in [2^log, 2^(log+1)) */
    unsigned quarter = (unsigned)((bytes - 1) >> (log - 2)) & 3;
    return (log - MIN_LOG) * 4 + quarter + 1;
}

static size_t batch_of(unsigned c) {
    size_t n = BATCH_BYTES / class_bytes(c);
    return n < 1 ? 1 : n > BATCH_MAX ? BATCH_MAX : n;
}

static void *map_at(uintptr_t hint, size_t bytes) {
    return mmap((void *)hint, bytes, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static void *map_bytes(size_t bytes) {
    static _Atomic(uintptr_t) hint = UINT64_C(64) << 30;
    void *at = map_at(0, bytes);
    if ((uintptr_t)at < BRC_LITERAL_LIMIT) { /* valgrind hands out low addresses first */
        munmap(at, bytes);
        at = map_at(atomic_fetch_add(&hint, bytes), bytes);
    }
    if (at == MAP_FAILED) brc_base_panic("out of memory (%zu bytes asked for)", bytes);
    BRC_CHECK((uintptr_t)at >= BRC_LITERAL_LIMIT);
    if (bytes >= HUGE_BYTES) madvise(at, bytes, MADV_HUGEPAGE); /* a wish: its failing is no harm */
    return at;
}

static void push(FreeList *l, void *block, size_t room) {
    FreeBlock *b = block;
    b->next = l->first, b->room = room;
    l->first = b, l->count++;
}
static FreeBlock *pop(FreeList *l) {
    FreeBlock *b = l->first;
    if (b) l->first = b->next, l->count--;
    return b;
}

static void *carve_locked(unsigned c) {
    size_t bytes = class_bytes(c);
    if ((size_t)(shared.chunk_end - shared.chunk) < bytes) {
        /* What is left of the chunk becomes blocks of the classes that fit. */
        size_t left = (size_t)(shared.chunk_end - shared.chunk);
        while (left >= class_bytes(0)) {
            unsigned fit = class_of(left);
            if (class_bytes(fit) > left) fit--;
            push(&shared.free[fit], shared.chunk, class_bytes(fit));
            shared.chunk += class_bytes(fit), left -= class_bytes(fit);
        }
        shared.chunk = map_bytes(CHUNK_BYTES);
        shared.chunk_end = shared.chunk + CHUNK_BYTES;
    }
    void *at = shared.chunk;
    shared.chunk += bytes;
    return at;
}

__attribute__((noinline)) static void *small_fetch(unsigned c) {
    FreeBlock *b;
    brc_base_lock(&shared.lock);
    for (size_t n = batch_of(c); n > 0 && shared.free[c].first; n--)
        push(&mine[c], pop(&shared.free[c]), class_bytes(c));
    b = pop(&mine[c]);
    void *at = b ? (void *)b : carve_locked(c);
    brc_base_unlock(&shared.lock);
    return at;
}

static inline void *small_alloc(unsigned c) {
    FreeBlock *b = pop(&mine[c]);
    return b ? (void *)b : small_fetch(c);
}

__attribute__((noinline)) static void give_back(unsigned c, size_t n) {
    brc_base_lock(&shared.lock);
    for (; n > 0 && mine[c].first; n--)
        push(&shared.free[c], pop(&mine[c]), class_bytes(c));
    brc_base_unlock(&shared.lock);
}

/* As many as two batches, told without the division. */
static inline bool is_full(unsigned c) {
    size_t n = mine[c].count;
    return __builtin_expect(n >= 2 * BATCH_MAX || n * class_bytes(c) >= 2 * BATCH_BYTES, 0);
}

static inline void small_free(void *block, unsigned c) {
    push(&mine[c], block, class_bytes(c));
    if (is_full(c)) give_back(c, batch_of(c));
}

static void keep_locked(unsigned c, void *block, size_t room, size_t touched) {
    KeptBlock *b = block;
    KeptList *l = &shared.kept[c - SMALL_CLASSES];
    *b = (KeptBlock){l->newest, NULL, room, touched, shared.kept_time++};
    *(l->newest ? &l->newest->newer : &l->oldest) = b;
    l->newest = b;
    shared.large_kept += touched;
    atomic_fetch_add_explicit(&kept_bytes, touched, memory_order_relaxed);
}

static void unkeep_locked(KeptList *l, KeptBlock *b) {
    *(b->newer ? &b->newer->older : &l->newest) = b->older;
    *(b->older ? &b->older->newer : &l->oldest) = b->newer;
    shared.large_kept -= b->touched;
    atomic_fetch_sub_explicit(&kept_bytes, b->touched, memory_order_relaxed);
}

/* A kept block of class c or of the next ones, at most four times as large. */
static void *large_kept_locked(unsigned c, size_t *room) {
    for (unsigned i = c; i < c + 9 && i < CLASSES; i++) {
        KeptList *l = &shared.kept[i - SMALL_CLASSES];
        KeptBlock *b = l->newest;
        if (!b) continue;
        unkeep_locked(l, b);
        *room = b->room;
        return b;
    }
    return NULL;
}

/* Takes the kept blocks out that were not used for longest, until so many more bytes may be
 * kept; false where that is too much by itself. The caller is to unmap those taken out. */
static bool evict_locked(size_t bytes, KeptBlock **out) {
    size_t most = shared.large_used / 8 + KEEP_BYTES;
    if (bytes > most) return false;
    while (shared.large_kept + bytes > most) {
        KeptList *l = NULL;
        for (unsigned i = 0; i < CLASSES - SMALL_CLASSES; i++) {
            KeptList *at = &shared.kept[i];
            if (at->oldest && (!l || at->oldest->time < l->oldest->time)) l = at;
        }
        KeptBlock *b = l->oldest;
        unkeep_locked(l, b);
        b->older = *out, *out = b;
    }
    return true;
}

static void *large_alloc(unsigned c, size_t *room) {
    brc_base_lock(&shared.lock);
    void *at = large_kept_locked(c, room);
    if (!at) *room = class_bytes(c);
    shared.large_used += *room;
    brc_base_unlock(&shared.lock);
    return at ? at : map_bytes(*room);
}

static void large_free(void *block, size_t room, size_t touched) {
    unsigned c = class_of(room);
    touched = (touched + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    if (touched < PAGE_BYTES) touched = PAGE_BYTES;
    if (touched + UNTOUCHED_LEAST <= room)
        madvise((char *)block + touched, room - touched, MADV_DONTNEED); /* from its last life */
    else
        touched = room;
    if (class_bytes(c) > room) c--; /* a shrunk block serves the class below */
    KeptBlock *out = NULL;
    brc_base_lock(&shared.lock);
    shared.large_used -= room;
    bool keep = evict_locked(touched, &out);
    if (keep) keep_locked(c, block, room, touched);
    brc_base_unlock(&shared.lock);
    if (!keep) munmap(block, room);
    while (out) {
        KeptBlock *next = out->older;
        munmap(out, out->room);
        out = next;
    }
}

void *brc_base_block_alloc(size_t bytes, size_t *room) {
    if (bytes <= class_bytes(0)) { /* most messages */
        count_used(*room = class_bytes(0));
        return small_alloc(0);
    }
    if (bytes > (size_t)1 << 46) brc_base_panic("out of memory (%zu bytes asked for)", bytes);
    unsigned c = class_of(bytes);
    void *at;
    if (c < SMALL_CLASSES)
        at = small_alloc(c), *room = class_bytes(c);
    else
        at = large_alloc(c, room);
    count_used(*room);
    return at;
}

void brc_base_block_free(void *block, size_t room, size_t touched) {
    count_unused(room);
    if (room == class_bytes(0)) {
        small_free(block, 0);
        return;
    }
    unsigned c = class_of(room);
    if (c < SMALL_CLASSES)
        small_free(block, c);
    else
        large_free(block, room, touched);
}

size_t brc_base_block_shrink(void *block, size_t room, size_t bytes) {
    size_t least = class_bytes(SMALL_CLASSES);
    if (bytes < least) bytes = least;
    bytes = (bytes + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    if (class_of(room) < SMALL_CLASSES || bytes + SHRINK_LEAST > room || bytes > room / 4)
        return room;
    munmap((char *)block + bytes, room - bytes);
    count_unused(room - bytes);
    brc_base_lock(&shared.lock);
    shared.large_used -= room - bytes;
    brc_base_unlock(&shared.lock);
    return bytes;
}

void brc_base_blocks_flush(void) {
    for (unsigned c = 0; c < SMALL_CLASSES; c++)
        give_back(c, mine[c].count);
}

#endif
