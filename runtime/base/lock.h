/* lock.h: a lock of one word for short critical sections: spins a little, then sleeps in the
 * kernel (futex). Not recursive. */
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct BrcLock {
    _Atomic(uint32_t) state; /* 0 free, 1 held, 2 held and waited for */
} BrcLock;

void brc_base_lock_slow(BrcLock *l);
void brc_base_unlock_slow(BrcLock *l);

static inline void brc_base_lock(BrcLock *l) {
    uint32_t free_ = 0;
    /* pairs with the release in brc_base_unlock */
    if (!atomic_compare_exchange_strong_explicit(&l->state, &free_, 1, memory_order_acquire,
                                                 memory_order_relaxed))
        brc_base_lock_slow(l);
}
static inline bool brc_base_try_lock(BrcLock *l) {
    uint32_t free_ = 0;
    return atomic_compare_exchange_strong_explicit(&l->state, &free_, 1, memory_order_acquire,
                                                   memory_order_relaxed); /* as in brc_base_lock */
}
static inline void brc_base_unlock(BrcLock *l) {
    /* pairs with the acquires in brc_base_lock and brc_base_lock_slow */
    if (atomic_exchange_explicit(&l->state, 0, memory_order_release) == 2) brc_base_unlock_slow(l);
}
