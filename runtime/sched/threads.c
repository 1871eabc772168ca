/* threads.c: one thread after another, as work asks for them.
 *
 * A thread takes from its own queue; one that has nothing searches the others' queues for a moment
 * and then sleeps in the kernel. Whoever begins a turn with more in the queue wakes one sleeper,
 * unless one is searching already: so at most a turn goes by before idle processors share in the
 * work, and a thread on its own pays two loads a turn. A sleeper looks once more after having said
 * that it sleeps (sched/poll.c), and the one that queues looks for sleepers after having queued. */
#include "sched/sched.h"
#include "base/panic.h"
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEARCHES = 64, PAUSES = 16 };

static _Atomic(Sched *) all[BRC_SCHED_MOST]; /* but for the first */
static _Atomic(uint32_t) started = 1, sleepers, searching;
static _Atomic(uint32_t) schedulers = 1, online = 1;
static BrcLock starting;

uint32_t brc_sched_threads(void) {
    return atomic_load(&schedulers);
}
uint32_t brc_sched_online(void) {
    return atomic_load(&online);
}

static bool single; /* under `starting`, as the changes of the three numbers */
_Atomic(uint32_t) brc_sched_active_most = 1;

static void set_active_locked(void) {
    atomic_store(&brc_sched_active_most, single ? 1 : atomic_load(&online));
}

void brc_sched_set_single(bool one) {
    brc_base_lock(&starting);
    bool same = single == one;
    single = one;
    set_active_locked();
    brc_base_unlock(&starting);
    if (same) return;
    for (uint32_t i = 0; i < atomic_load(&started); i++)
        brc_proc_rouse(brc_sched_at(i)); /* each looks whether it may run */
}

void brc_sched_set_threads(uint32_t n, uint32_t running) {
    brc_base_lock(&starting);
    atomic_store(&schedulers, n);
    atomic_store(&online, running);
    set_active_locked();
    brc_base_unlock(&starting);
    for (uint32_t i = 0; i < atomic_load(&started); i++)
        brc_proc_rouse(brc_sched_at(i)); /* each looks whether it may run */
}

Sched *brc_sched_at(uint32_t i) {
    if (i == 0) return &brc_sched_first;
    return i < BRC_SCHED_MOST ? atomic_load_explicit(&all[i], memory_order_acquire) : NULL;
}

/* ---- processors ---- */
/* One or two numbers of a file of one line, which may say `max` instead. */
static bool read_quota(const char *path, long *quota, long *period) {
    char text[64];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n <= 0) return false;
    text[n] = 0;
    char *at, *end;
    long first = strtol(text, &at, 10), second = at == text ? 0 : strtol(at, &end, 10);
    if (at == text) return false;
    *quota = first;
    if (period && end != at) *period = second;
    return true;
}

static uint32_t quota_processors(void) {
    long quota = -1, period = 100000;
    if (!read_quota("/sys/fs/cgroup/cpu.max", &quota, &period) &&
        read_quota("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", &quota, NULL))
        read_quota("/sys/fs/cgroup/cpu/cpu.cfs_period_us", &period, NULL);
    if (quota <= 0 || period <= 0) return BRC_SCHED_MOST;
    long n = (quota + period - 1) / period;
    return n > (long)BRC_SCHED_MOST ? BRC_SCHED_MOST : (uint32_t)n;
}

static uint32_t count_processors(void) {
    cpu_set_t set;
    uint32_t n = 1, quota = quota_processors();
    /* of the first thread, which is what is changed from outside */
    if (sched_getaffinity(getpid(), sizeof set, &set) == 0) n = (uint32_t)CPU_COUNT(&set);
    if (n > quota) n = quota;
    return n < 1 ? 1 : n > BRC_SCHED_MOST ? BRC_SCHED_MOST : n;
}

static _Atomic(uint32_t) known_processors;

uint32_t brc_sched_processors(void) {
    uint32_t n = count_processors(), none = 0;
    atomic_compare_exchange_strong(&known_processors, &none, n);
    return n;
}

bool brc_sched_processors_changed(void) {
    uint32_t n = count_processors();
    return atomic_exchange(&known_processors, n) != n;
}

/* ---- starting ---- */
void (*brc_sched_thread_begins)(void);

static void *run(void *arg) {
    Sched *s = arg;
    if (brc_sched_thread_begins) brc_sched_thread_begins();
    brc_proc_sched = s;
    brc_sched_run(s);
    return NULL;
}

bool brc_sched_start_thread(void *(*entry)(void *), void *arg) {
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t every, before;
    sigfillset(&every); /* signals go to the first thread, but a thread's own faults */
    static const int own[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(&every, own[i]);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)4 << 20);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    bool ok = pthread_create(&thread, &attributes, entry, arg) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return ok;
}

static void start_next_locked(void) {
    uint32_t i = atomic_load(&started);
    if (i >= brc_sched_active()) return;
    Sched *s = calloc(1, sizeof *s);
    if (!s) return;
    s->id = i + 1;
    s->wake_fd = s->poll_fd = -1;
    brc_sched_prepare_wake(s);
    atomic_store_explicit(&all[i], s, memory_order_release);
    if (brc_sched_start_thread(run, s)) {
        atomic_store(&started, i + 1);
        return;
    }
    atomic_store(&all[i], NULL);
    close(s->wake_fd);
    free(s);
}

void brc_sched_grow(Sched *s) {
    if (brc_proc_queued(s) == 0 || atomic_load_explicit(&sleepers, memory_order_relaxed) ||
        atomic_load_explicit(&started, memory_order_relaxed) >= brc_sched_active())
        return;
    brc_base_lock(&starting);
    start_next_locked();
    brc_base_unlock(&starting);
}

Sched *brc_sched_online_at(uint32_t id) {
    if (id > brc_sched_active()) return NULL;
    if (id > atomic_load(&started)) {
        brc_base_lock(&starting);
        for (uint32_t before = 0; before != atomic_load(&started) && id > atomic_load(&started);) {
            before = atomic_load(&started);
            start_next_locked();
        }
        brc_base_unlock(&starting);
    }
    return brc_sched_at(id - 1);
}

/* Looks again after each: a process that is bound to s comes back once s may run it. */
void brc_sched_leave(Sched *s) {
    for (Proc *p; !brc_sched_may_run(s) && (p = brc_proc_dequeue(s)) != NULL;)
        brc_proc_enqueue(&brc_sched_first, p);
}

/* ---- sharing ---- */
static void wake_one(const Sched *s) {
    uint32_t n = atomic_load(&started);
    for (uint32_t i = 1; i < n; i++) {
        Sched *other = brc_sched_at((s->id - 1 + i) % n);
        if (other && other->id <= brc_sched_active() && brc_proc_rouse(other)) return;
    }
}

void brc_sched_share(Sched *s) {
    if (atomic_load_explicit(&s->loose, memory_order_relaxed) == 0) return;
    if (atomic_load(&sleepers) && !atomic_load_explicit(&searching, memory_order_relaxed))
        wake_one(s);
}

static Proc *steal_once(Sched *s) {
    uint32_t n = atomic_load(&started);
    for (uint32_t i = 1; i < n; i++) {
        Sched *other = brc_sched_at((s->id - 1 + i) % n);
        Proc *p = other ? brc_proc_steal(s, other) : NULL;
        if (p) return p;
    }
    return NULL;
}

static void pause_cpu(void) {
    for (int i = 0; i < PAUSES; i++)
#if defined(__x86_64__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        __asm__ volatile("yield");
#endif
}

/* Where descriptors are watched, what comes next is likely to come from the kernel. */
static bool is_watching(void) {
    uint32_t n = atomic_load_explicit(&started, memory_order_relaxed);
    for (uint32_t i = 0; i < n; i++) {
        const Sched *s = brc_sched_at(i);
        if (s && atomic_load_explicit(&s->watched, memory_order_relaxed)) return true;
    }
    return false;
}

Proc *brc_sched_find_work(Sched *s) {
    if (atomic_load_explicit(&started, memory_order_relaxed) == 1 || s->id > brc_sched_active())
        return NULL;
    Proc *p = NULL;
    int searches = is_watching() ? 1 : SEARCHES;
    atomic_fetch_add(&searching, 1);
    for (int i = 0; i < searches && !p && !brc_proc_queued(s); i++) {
        p = steal_once(s);
        if (!p && searches > 1) pause_cpu();
    }
    atomic_fetch_sub(&searching, 1);
    return p;
}

bool brc_sched_work_elsewhere(Sched *s) {
    uint32_t n = atomic_load(&started);
    if (atomic_load(&s->queued) > 0) return true; /* to be moved, where s may not run it */
    if (s->id > brc_sched_active()) return false;
    for (uint32_t i = 0; i < n; i++) {
        Sched *other = brc_sched_at(i);
        uint32_t loose = other && other != s ? atomic_load(&other->loose) : 0;
        if (loose == 1 && !atomic_load(&other->running)) loose = 0;
        if (loose > 0) return true;
    }
    return false;
}

void brc_sched_fell_asleep(void) {
    atomic_fetch_add(&sleepers, 1);
}
void brc_sched_woke_up(void) {
    atomic_fetch_sub(&sleepers, 1);
}
