/* lock.c: the contended half of lock.h: the three-state futex mutex (Drepper, "Futexes are
 * tricky", mutex 2), with a short spin before the first sleep. */
#include "base/lock.h"
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SPINS = 100 };

static void pause_cpu(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void brc_base_lock_slow(BrcLock *l) {
    for (int i = 0; i < SPINS; i++) {
        uint32_t free_ = 0;
        if (atomic_compare_exchange_weak_explicit(&l->state, &free_, 1, memory_order_acquire,
                                                  memory_order_relaxed))
            return;
        pause_cpu();
    }
    while (atomic_exchange_explicit(&l->state, 2, memory_order_acquire) != 0)
        syscall(SYS_futex, &l->state, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
}

void brc_base_unlock_slow(BrcLock *l) {
    syscall(SYS_futex, &l->state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
