/* ringpoll.c: waiting for descriptors in a ring of each thread, instead of epoll.
 *
 * A descriptor that is watched has a request in its thread's ring: one for a single event, or one
 * that tells of each change. The request holds the open file, which stays open however often it is
 * closed, so the request ends first: whoever gives a descriptor up waits until the thread that has
 * it has ended its request, mostly itself. Others leave word in `errands` and wake that thread,
 * which looks there whenever it looks at descriptors.
 *
 * Invariants of a Watch: 1. `armed`: the last completion of request `round` is still to come; 2.
 * `who` is there only while `armed`, and counts in Sched.watched. */
#include "sched/ring.h"
#include "sched/sched.h"
#include "base/hooks.h"
#include "base/panic.h"
#include <errno.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FOR_NOBODY UINT64_MAX       /* user data; that of a watch is its round and descriptor */
#define FOR_WAKE   (UINT64_MAX - 1) /* of wake_fd, which is never read: each write is a change */
#define ALL_FDS    (-1)
#define WAIT_NS    50000     /* between looks at our own errands while another thread does ours */
#define LAST_NS    20000000u /* at the end of the program: no longer than this for a thread */

typedef struct Watch {
    Term who; /* a process or port to wake, or 0 */
    uint32_t round;
    uint8_t events; /* BRC_SCHED_READ, BRC_SCHED_WRITE; 0: each change is told to a port */
    bool armed;
} Watch;

/* A descriptor to be given up, or ALL_FDS; of the thread that waits for `done`. */
typedef struct Errand {
    struct Errand *next;
    int fd;
    _Atomic(uint32_t) done; /* pairs with the acquire in is_done */
} Errand;

typedef struct RingPoll { /* the thread's own, but `errands` */
    Ring ring;
    Watch *watches; /* by descriptor */
    int room;
    _Atomic(Errand *) errands; /* any thread pushes */
} RingPoll;

/* ---- requests ---- */

static struct io_uring_sqe *ask_poll(RingPoll *r, int fd, unsigned events, bool once) {
    struct io_uring_sqe *e = brc_sched_ring_next(&r->ring);
    e->opcode = IORING_OP_POLL_ADD;
    e->fd = fd;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    events = events << 16 | events >> 16;
#endif
    e->poll32_events = events;
    e->len = once ? 0 : IORING_POLL_ADD_MULTI;
    return e;
}

static void ask_wake(Sched *s) {
    ask_poll(s->ring, s->wake_fd, EPOLLIN, false)->user_data = FOR_WAKE;
}

static uint64_t name_of(const Watch *w, int fd) {
    return (uint64_t)w->round << 32 | (uint32_t)fd;
}

static void arm(Sched *s, Watch *w, int fd) {
    unsigned events = w->events == 0 ? EPOLLIN | EPOLLOUT | EPOLLRDHUP : 0;
    if (w->events & BRC_SCHED_READ) events |= EPOLLIN;
    if (w->events & BRC_SCHED_WRITE) events |= EPOLLOUT;
    w->armed = true;
    w->round = (w->round + 1) & INT32_MAX; /* so that no name is one of the two above */
    ask_poll(s->ring, fd, events, w->events != 0)->user_data = name_of(w, fd);
}

/* ---- completions ---- */

static void set_who(Sched *s, Watch *w, Term who) {
    if (!w->who && who) atomic_fetch_add(&s->watched, 1);
    if (w->who && !who) atomic_fetch_sub(&s->watched, 1);
    w->who = who;
}

static void completed(Sched *s, const struct io_uring_cqe *c) {
    RingPoll *r = s->ring;
    bool more = c->flags & IORING_CQE_F_MORE;
    if (c->user_data == FOR_WAKE && !more) ask_wake(s);
    if (c->user_data == FOR_WAKE || c->user_data == FOR_NOBODY) return;
    int fd = (int)(c->user_data & UINT32_MAX);
    Watch *w = &r->watches[fd];
    BRC_ASSERT(w->armed && w->round == c->user_data >> 32);
    if (!more) w->armed = false;
    Term who = w->who;
    if (!who) return;
    /* an error shows in the read or write */
    unsigned events = c->res >= 0 ? (unsigned)c->res : EPOLLIN | EPOLLOUT;
    if (w->events != 0) {
        set_who(s, w, 0);
        brc_proc_wake_mt(who);
        return;
    }
    if (!more && (c->res >= 0 || c->res == -ECANCELED)) /* completions had no room, say */
        arm(s, w, fd);
    else if (!more)
        set_who(s, w, 0);
    brc_sched_fd_changed(who, events);
}

static void take_all(Sched *s) {
    struct io_uring_cqe c;
    while (brc_sched_ring_take(&s->ring->ring, &c))
        completed(s, &c);
}

/* ---- giving up ---- */

static void give_up(Sched *s, int fd) {
    RingPoll *r = s->ring;
    if (fd < 0 || fd >= r->room) return;
    Watch *w = &r->watches[fd];
    set_who(s, w, 0);
    if (!w->armed) return;
    struct io_uring_sqe *e = brc_sched_ring_next(&r->ring);
    /* not POLL_REMOVE, which leaves a request alone that has an event on its way */
    e->opcode = IORING_OP_ASYNC_CANCEL;
    e->addr = name_of(w, fd);
    e->user_data = FOR_NOBODY;
    while (w->armed) {
        brc_sched_ring_enter(&r->ring, UINT64_MAX); /* the request's end is to come, or is there */
        take_all(s);
    }
}

static void give_up_all(Sched *s) {
    RingPoll *r = s->ring;
    for (int fd = 0; fd < r->room; fd++)
        give_up(s, fd);
}

/* Whether there were any: processes may have been woken meanwhile. */
static bool do_errands(Sched *s) {
    RingPoll *r = s->ring;
    if (!atomic_load(&r->errands)) return false; /* seq_cst: after `sleeping` was set */
    Errand *e = atomic_exchange(&r->errands, NULL), *next;
    for (; e; e = next) {
        next = e->next;
        if (e->fd == ALL_FDS)
            give_up_all(s);
        else
            give_up(s, e->fd);
        atomic_store_explicit(&e->done, 1, memory_order_release); /* *e may be gone from here */
        syscall(SYS_futex, &e->done, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    }
    return true;
}

static bool is_done(const Errand *e) {
    return atomic_load_explicit(&e->done, memory_order_acquire);
}

/* Two threads may wait for each other, so each does the other's errands meanwhile. False: it is
 * not done at `until_ns`. */
static bool run_errand(Sched *s, Errand *e, uint64_t until_ns) {
    static const struct timespec t = {0, WAIT_NS};
    RingPoll *r = s->ring;
    e->next = atomic_load(&r->errands);
    while (!atomic_compare_exchange_weak(&r->errands, &e->next, e))
        ;
    brc_proc_rouse(s); /* it looks at `errands` after it has set `sleeping` */
    while (!is_done(e) && brc_proc_clock_ns() < until_ns) {
        if (brc_proc_sched && brc_proc_sched->ring) do_errands(brc_proc_sched);
        syscall(SYS_futex, &e->done, FUTEX_WAIT_PRIVATE, 0, &t, NULL, 0);
    }
    return is_done(e);
}

static void forget(Sched *s, int fd) {
    if (!s->ring) return;
    Errand e = {.fd = fd};
    if (s == brc_proc_sched)
        give_up(s, fd);
    else
        run_errand(s, &e, UINT64_MAX);
}

/* The kernel would close what requests hold open some time after the program's end. */
static void end(void) {
    static Errand e; /* kept: it may be done later */
    static atomic_bool begun;
    Sched *s;
    if (atomic_exchange(&begun, true)) return;
    for (uint32_t i = 0; (s = brc_sched_at(i)) != NULL; i++) {
        if (!s->ring) continue;
        if (s == brc_proc_sched) {
            give_up_all(s);
            continue;
        }
        e.fd = ALL_FDS;
        atomic_store(&e.done, 0);
        if (!run_errand(s, &e, brc_proc_clock_ns() + LAST_NS)) return;
    }
}

/* ---- asking ---- */

static void begin(Sched *s) {
    BRC_CHECK(s == brc_proc_sched && s->wake_fd >= 0);
    RingPoll *r = calloc(1, sizeof *r);
    if (!r || !brc_sched_ring_open(&r->ring)) brc_base_panic("no ring for another thread");
    s->ring = r;
    ask_wake(s);
    atomic_fetch_add(&s->watched, 1); /* wake_fd: from now on it sleeps here */
}

static Watch *watch_of(Sched *s, int fd) {
    if (!s->ring) begin(s);
    RingPoll *r = s->ring;
    if (fd >= r->room) {
        int room = fd * 2 + 64;
        r->watches = realloc(r->watches, (size_t)room * sizeof *r->watches);
        if (!r->watches) brc_base_panic("out of memory (%d descriptors)", room);
        memset(r->watches + r->room, 0, (size_t)(room - r->room) * sizeof *r->watches);
        r->room = room;
    }
    return &r->watches[fd];
}

/* The last one that asks has it, as in epoll. */
static void watch_fd(Sched *s, int fd, unsigned events, Term who) {
    Watch *w = watch_of(s, fd);
    if (w->armed && w->events != events) give_up(s, fd);
    set_who(s, w, who);
    w->events = (uint8_t)events;
    if (!w->armed) arm(s, w, fd);
}

static void follow_fd(Sched *s, int fd, Term port) {
    watch_fd(s, fd, 0, port);
}

/* ---- waiting ---- */

static void wait_events(Sched *s, uint64_t wait_ns) {
    Ring *r = &s->ring->ring;
    if (do_errands(s)) wait_ns = 0;
    if (wait_ns > 0 || brc_sched_ring_has_work(r)) brc_sched_ring_enter(r, wait_ns);
    take_all(s);
    do_errands(s);
}

/* ---- the choice ---- */

static void choose(void) {
    static const Poller poller = {watch_fd, follow_fd, forget, wait_events, end};
    Ring tried;
    if (!brc_sched_ring_open(&tried)) return;
    brc_sched_ring_close(&tried);
    brc_sched_poller = &poller;
}

void brc_sched_offer_ring(void) {
    BRC_STARTS(brc_sched_offer_ring);
    brc_sched_choose_ring = choose;
}
