/* test_rwlock.c: writers alone, readers among readers, nobody left asleep. */
#include "base/rwlock.h"
#include <criterion/criterion.h>
#include <pthread.h>

enum { THREADS = 6, ROUNDS = 30000 };
static BrcRwLock lock;
static long first, second; /* equal whenever no writer is inside */
static _Atomic(long) odd;

static void *work(void *arg) {
    long id = (long)arg;
    for (int i = 0; i < ROUNDS; i++) {
        if ((i + id) % 4 == 0) {
            brc_base_write_lock(&lock);
            first++;
            second++;
            brc_base_write_unlock(&lock);
        } else {
            brc_base_read_lock(&lock);
            if (first != second) odd++;
            brc_base_read_unlock(&lock);
        }
    }
    return NULL;
}

Test(rwlock, readers_and_writers, .timeout = 60) {
    pthread_t t[THREADS];
    for (long i = 0; i < THREADS; i++)
        pthread_create(&t[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    cr_assert_eq(odd, 0);
    cr_assert_eq(first, (long)THREADS * ROUNDS / 4);
    cr_assert_eq(lock.state, 0u);
}
