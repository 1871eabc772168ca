/* poll.c: waiting in the kernel: epoll for descriptors and the wake-up of other threads, a plain
 * sleep where there are neither. The epoll instance is made at its first use. */
#include "sched/sched.h"
#include "base/panic.h"
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define EVENTS  64
#define WAKE_UP UINT64_MAX /* data of wake_fd's event; others carry a pid */

static int poll_fd(Sched *s) {
    if (s->poll_fd < 0) {
        s->poll_fd = epoll_create1(EPOLL_CLOEXEC);
        BRC_CHECK(s->poll_fd >= 0);
    }
    return s->poll_fd;
}

void brc_sched_allow_threads(Sched *s) {
    if (s->wake_fd >= 0) return;
    s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    BRC_CHECK(s->wake_fd >= 0);
    struct epoll_event e = {.events = EPOLLIN, .data.u64 = WAKE_UP};
    BRC_CHECK(epoll_ctl(poll_fd(s), EPOLL_CTL_ADD, s->wake_fd, &e) == 0);
}

static void wake(Term pid) {
    ProcSlot *slot = brc_proc_slot_of(pid);
    if (slot) brc_proc_wake_mt(slot);
}

void brc_sched_watch_fd(Sched *s, int fd, unsigned events, Term pid) {
    struct epoll_event e = {.events = EPOLLONESHOT, .data.u64 = pid};
    if (events & BRC_SCHED_READ) e.events |= EPOLLIN;
    if (events & BRC_SCHED_WRITE) e.events |= EPOLLOUT;
    int r = epoll_ctl(poll_fd(s), EPOLL_CTL_MOD, fd, &e);
    if (r < 0 && errno == ENOENT) r = epoll_ctl(s->poll_fd, EPOLL_CTL_ADD, fd, &e);
    if (r == 0)
        s->watched++;
    else
        wake(pid); /* a plain file is always ready; any other error shows in the read or write */
}

void brc_sched_unwatch_fd(Sched *s, int fd, bool armed) {
    if (s->poll_fd >= 0 && epoll_ctl(s->poll_fd, EPOLL_CTL_DEL, fd, NULL) == 0 && armed)
        s->watched--;
}

static void sleep_only(uint64_t wait_ns) {
    if (wait_ns == 0) return;
    struct timespec t = {(time_t)(wait_ns / 1000000000u), (long)(wait_ns % 1000000000u)};
    ppoll(NULL, 0, wait_ns == UINT64_MAX ? NULL : &t, NULL);
}

static int wait_events(Sched *s, struct epoll_event *e, uint64_t wait_ns) {
    struct timespec t = {(time_t)(wait_ns / 1000000000u), (long)(wait_ns % 1000000000u)};
    int n = epoll_pwait2(s->poll_fd, e, EVENTS, wait_ns == UINT64_MAX ? NULL : &t, NULL);
    if (n >= 0 || errno != ENOSYS) return n;
    /* kernels before 5.11: milliseconds, rounded up */
    uint64_t ms = wait_ns / 1000000u + (wait_ns % 1000000u != 0);
    return epoll_wait(s->poll_fd, e, EVENTS,
                      wait_ns == UINT64_MAX ? -1
                      : ms > 1000000u       ? 1000000
                                            : (int)ms);
}

void brc_sched_poll(Sched *s, uint64_t wait_ns) {
    if (s->poll_fd < 0) {
        sleep_only(wait_ns);
        return;
    }
    struct epoll_event events[EVENTS];
    atomic_store(&s->sleeping, 1); /* pairs with the exchange in proc/runq.c */
    if (atomic_load(&s->remote)) wait_ns = 0;
    int n = wait_events(s, events, wait_ns);
    atomic_store(&s->sleeping, 0);
    for (int i = 0; i < n; i++) {
        if (events[i].data.u64 == WAKE_UP) {
            uint64_t count;
            ssize_t got = read(s->wake_fd, &count, sizeof count);
            (void)got;
            continue;
        }
        s->watched--;
        wake((Term)events[i].data.u64);
    }
    brc_proc_take_remote(s);
}
