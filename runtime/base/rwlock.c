/* rwlock.c: the contended half of rwlock.h. Whoever finds the lock taken sets WAITED and sleeps
 * while the word stays as it saw it; the last to leave clears WAITED and wakes all, who then try
 * anew. */
#include "base/rwlock.h"
#include <limits.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SPINS = 500 };

static void pause_cpu(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void brc_base_rw_wake(BrcRwLock *l) {
    uint32_t idle = BRC_RW_WAITED;
    /* Where another has it already, that one wakes them. */
    if (atomic_compare_exchange_strong_explicit(&l->state, &idle, 0, memory_order_relaxed,
                                                memory_order_relaxed))
        syscall(SYS_futex, &l->state, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

/* Adds `mine` once none of `blocking` is set. */
static void take(BrcRwLock *l, uint32_t blocking, uint32_t mine) {
    for (int spins = 0;; spins++) {
        uint32_t s = atomic_load_explicit(&l->state, memory_order_relaxed);
        if (!(s & blocking)) {
            /* pairs with the releases of both unlocks */
            if (atomic_compare_exchange_weak_explicit(&l->state, &s, s + mine, memory_order_acquire,
                                                      memory_order_relaxed))
                return;
            continue;
        }
        if (spins < SPINS) {
            pause_cpu();
            continue;
        }
        if (!(s & BRC_RW_WAITED) &&
            !atomic_compare_exchange_weak_explicit(&l->state, &s, s | BRC_RW_WAITED,
                                                   memory_order_relaxed, memory_order_relaxed))
            continue;
        syscall(SYS_futex, &l->state, FUTEX_WAIT_PRIVATE, s | BRC_RW_WAITED, NULL, NULL, 0);
    }
}

void brc_base_read_lock_slow(BrcRwLock *l) {
    take(l, BRC_RW_WRITER | BRC_RW_WAITED, BRC_RW_READER);
}

void brc_base_write_lock_slow(BrcRwLock *l) {
    take(l, ~(uint32_t)BRC_RW_WAITED, BRC_RW_WRITER);
}
