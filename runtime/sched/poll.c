/* poll.c: waiting in the kernel: for descriptors and wake_fd in epoll, or by another poller, where
 * descriptors are watched, else on a futex. The epoll instance is made at its first use. */
#include "sched/sched.h"
#include "base/panic.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define EVENTS  64
#define WAKE_UP UINT64_MAX /* data of wake_fd's event; others carry a pid */
#define FOLLOWS 1u         /* the tag of a port's identifier there, where all changes are wanted */

const Poller *brc_sched_poller;
void (*brc_sched_choose_ring)(void);
bool (*brc_sched_port_act)(Term port);

static int poll_fd(Sched *s) {
    if (s->poll_fd < 0) {
        s->poll_fd = epoll_create1(EPOLL_CLOEXEC);
        BRC_CHECK(s->poll_fd >= 0);
        /* edge-triggered, so that it need not be read */
        struct epoll_event e = {.events = EPOLLIN | EPOLLET, .data.u64 = WAKE_UP};
        BRC_CHECK(s->wake_fd < 0 || epoll_ctl(s->poll_fd, EPOLL_CTL_ADD, s->wake_fd, &e) == 0);
    }
    return s->poll_fd;
}

void brc_sched_prepare_wake(Sched *s) {
    if (s->wake_fd >= 0) return;
    s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    BRC_CHECK(s->wake_fd >= 0);
}

void brc_sched_watch_fd(Sched *s, int fd, unsigned events, Term pid) {
    if (brc_sched_poller) {
        brc_sched_poller->watch(s, fd, events, pid);
        return;
    }
    struct epoll_event e = {.events = EPOLLONESHOT, .data.u64 = pid};
    if (events & BRC_SCHED_READ) e.events |= EPOLLIN;
    if (events & BRC_SCHED_WRITE) e.events |= EPOLLOUT;
    int r = epoll_ctl(poll_fd(s), EPOLL_CTL_MOD, fd, &e);
    if (r < 0 && errno == ENOENT) r = epoll_ctl(s->poll_fd, EPOLL_CTL_ADD, fd, &e);
    if (r == 0)
        atomic_fetch_add(&s->watched, 1);
    else
        brc_proc_wake_mt(
            pid); /* a plain file is always ready; any other error shows in the read or write */
}

/* `watched` stays: whether the event has been counted off cannot be known here, and too many only
 * means that descriptors are looked at for nothing. */
void brc_sched_unwatch_fd(Sched *s, int fd) {
    if (brc_sched_poller)
        brc_sched_poller->forget(s, fd);
    else
        epoll_ctl(s->poll_fd, EPOLL_CTL_DEL, fd, NULL);
}

void brc_sched_follow_fd(Sched *s, int fd, Term port) {
    if (brc_sched_poller) {
        brc_sched_poller->follow(s, fd, port);
        return;
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                            .data.u64 = (port & ~(Term)BRC_IMM2_MASK) | FOLLOWS};
    int r = epoll_ctl(poll_fd(s), EPOLL_CTL_ADD, fd, &e);
    if (r < 0 && errno == EEXIST) /* it was another port's: the last one has it */
        r = epoll_ctl(s->poll_fd, EPOLL_CTL_MOD, fd, &e);
    if (r == 0) atomic_fetch_add(&s->watched, 1);
}

void brc_sched_unfollow_fd(Sched *s, int fd) {
    if (brc_sched_poller)
        brc_sched_poller->forget(s, fd);
    else if (epoll_ctl(s->poll_fd, EPOLL_CTL_DEL, fd, NULL) == 0)
        atomic_fetch_sub(&s->watched, 1);
}

/* `watched` stays, for who followed it so far will yet give it up. */
void brc_sched_take_fd(int fd) {
    Sched *s;
    for (uint32_t i = 0; (s = brc_sched_at(i)) != NULL; i++)
        brc_sched_unwatch_fd(s, fd);
}

/* epoll forgets what is closed. */
void brc_sched_forget_fd(Sched *s, int fd) {
    if (brc_sched_poller)
        brc_sched_poller->forget(s, fd);
    else
        atomic_fetch_sub(&s->watched, 1);
}

/* In epoll both may have it: an event comes twice at worst. */
void brc_sched_leave_fd(Sched *s, int fd) {
    if (brc_sched_poller) brc_sched_poller->forget(s, fd);
}

void brc_sched_stop_polling(void) {
    if (brc_sched_poller) brc_sched_poller->end();
}

/* One process waits for what the port will read. If it is parked, it will do that itself; if it is
 * in a receive, its turn begins with the port's work: what is read is used where it was read. */
static bool wake_reader(ProcSlot *slot, Term port, bool parked) {
    Term reader = atomic_load_explicit(&slot->peer, memory_order_relaxed);
    ProcSlot *of = reader && brc_sched_port_act ? brc_proc_slot_of(reader) : NULL;
    if (of && parked) {
        if (atomic_load(&of->state) == BRC_PROC_EXITING) return false;
        brc_proc_wake_mt(reader);
        return true;
    }
    Proc *p = of ? brc_proc_take(of, false) : NULL;
    if (!p) return false;
    atomic_store_explicit(&of->peer, port, memory_order_relaxed); /* whoever runs p sees it */
    brc_proc_enqueue_next(brc_proc_sched, p);
    return true;
}

/* seq_cst, both: a port that rests sets `wanted` before it looks at `ready`. */
void brc_sched_fd_changed(Term port, uint32_t events) {
    ProcSlot *slot = brc_proc_slot_of(port);
    if (!slot) return;
    uint32_t ready = 0;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) ready |= BRC_SCHED_READ;
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) ready |= BRC_SCHED_WRITE;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) ready |= BRC_SCHED_HANGUP;
    atomic_fetch_or(&slot->ready, ready);
    uint32_t wanted = atomic_load(&slot->wanted), hit = wanted & ready;
    if (hit == 0) return;
    if (hit == BRC_SCHED_READ && wake_reader(slot, port, wanted & BRC_SCHED_PARKED)) return;
    brc_proc_wake_mt(port);
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

/* The port of an event, or BRC_NONE. */
static Term follower_in(const struct epoll_event *e) {
    Term tagged = (Term)e->data.u64;
    if (tagged == WAKE_UP || (tagged & BRC_IMM2_MASK) != FOLLOWS) return BRC_NONE;
    return (tagged & ~(Term)BRC_IMM2_MASK) | BRC_TAG_PORT;
}

static Term peer_in(const struct epoll_event *e) {
    Term port = follower_in(e);
    ProcSlot *slot = port == BRC_NONE ? NULL : brc_proc_slot_of(port);
    return slot ? atomic_load_explicit(&slot->peer, memory_order_relaxed) : 0;
}

/* Of a thousand connections none is in the cache when something comes: all are fetched at once. */
static void look_ahead(const struct epoll_event *e, int n) {
    for (int i = 0; i < n; i++)
        if (follower_in(e + i) != BRC_NONE) brc_proc_fetch_slot(follower_in(e + i));
    for (int i = 0; i < n; i++)
        if (peer_in(e + i)) brc_proc_fetch_slot(peer_in(e + i));
    for (int i = 0; i < n; i++) {
        if (!peer_in(e + i)) continue;
        brc_proc_fetch(peer_in(e + i));
        brc_proc_fetch(follower_in(e + i));
    }
}

static void poll_events(Sched *s, uint64_t wait_ns) {
    if (s->ring) {
        brc_sched_poller->wait(s, wait_ns);
        return;
    }
    struct epoll_event events[EVENTS];
    int n = wait_events(s, events, wait_ns);
    if (n > 1) look_ahead(events, n);
    for (int i = 0; i < n; i++) {
        if (events[i].data.u64 == WAKE_UP) continue;
        Term port = follower_in(events + i);
        if (port != BRC_NONE) {
            brc_sched_fd_changed(port, events[i].events);
            continue;
        }
        atomic_fetch_sub(&s->watched, 1);
        brc_proc_wake_mt((Term)events[i].data.u64);
    }
}

void brc_sched_poll(Sched *s) {
    if (s->poll_fd >= 0 || s->ring) poll_events(s, 0);
}

static void wait_futex(Sched *s, uint64_t wait_ns) {
    struct timespec t = {(time_t)(wait_ns / 1000000000u), (long)(wait_ns % 1000000000u)};
    syscall(SYS_futex, &s->sleeping, FUTEX_WAIT_PRIVATE, BRC_SCHED_IN_FUTEX,
            wait_ns == UINT64_MAX ? NULL : &t, NULL, 0);
}

void brc_sched_sleep(Sched *s, uint64_t wait_ns) {
    bool poll = atomic_load(&s->watched) > 0;
    brc_sched_fell_asleep();
    /* seq_cst, before the look at the queues; pairs with brc_proc_rouse */
    atomic_store(&s->sleeping, poll ? BRC_SCHED_IN_POLL : BRC_SCHED_IN_FUTEX);
    if (brc_sched_interrupt) brc_sched_interrupt(); /* a signal that came before that store */
    if (brc_sched_work_elsewhere(s)) wait_ns = 0;
    if (poll)
        poll_events(s, wait_ns);
    else if (wait_ns > 0)
        wait_futex(s, wait_ns);
    atomic_store(&s->sleeping, BRC_SCHED_AWAKE);
    brc_sched_woke_up();
}
