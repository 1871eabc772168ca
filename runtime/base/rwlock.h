/* rwlock.h: a reader-writer lock of one word. Readers share, a writer is alone; once a writer
 * waits, new readers wait behind it. Sleeps in the kernel (futex). Not recursive. */
#pragma once
#include <stdatomic.h>
#include <stdint.h>

enum { BRC_RW_WRITER = 1, BRC_RW_WAITED = 2, BRC_RW_READER = 4 };

typedef struct BrcRwLock {
    _Atomic(uint32_t) state; /* readers * BRC_RW_READER, or'd with the two flags */
} BrcRwLock;

void brc_base_read_lock_slow(BrcRwLock *l);
void brc_base_write_lock_slow(BrcRwLock *l);
void brc_base_rw_wake(BrcRwLock *l);

static inline void brc_base_read_lock(BrcRwLock *l) {
    uint32_t s = atomic_load_explicit(&l->state, memory_order_relaxed);
    /* pairs with the release in brc_base_write_unlock */
    if ((s & (BRC_RW_WRITER | BRC_RW_WAITED)) ||
        !atomic_compare_exchange_strong_explicit(&l->state, &s, s + BRC_RW_READER,
                                                 memory_order_acquire, memory_order_relaxed))
        brc_base_read_lock_slow(l);
}
static inline void brc_base_read_unlock(BrcRwLock *l) {
    /* pairs with the acquire in brc_base_write_lock */
    uint32_t s = atomic_fetch_sub_explicit(&l->state, BRC_RW_READER, memory_order_release);
    if (s == (BRC_RW_READER | BRC_RW_WAITED)) brc_base_rw_wake(l);
}
static inline void brc_base_write_lock(BrcRwLock *l) {
    uint32_t free_ = 0;
    /* pairs with the releases of both unlocks */
    if (!atomic_compare_exchange_strong_explicit(&l->state, &free_, BRC_RW_WRITER,
                                                 memory_order_acquire, memory_order_relaxed))
        brc_base_write_lock_slow(l);
}
static inline void brc_base_write_unlock(BrcRwLock *l) {
    /* pairs with the acquires of both locks */
    uint32_t s = atomic_fetch_sub_explicit(&l->state, BRC_RW_WRITER, memory_order_release);
    if (s & BRC_RW_WAITED) brc_base_rw_wake(l);
}
