/* test_ring.c: a ring of the kernel's, where it has one. */
#include "sched/ring.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

static Ring r;

static void begin(void) {
    if (!brc_sched_ring_open(&r)) cr_skip_test("no rings here");
}

static void ask(unsigned char opcode, int fd, uint64_t name) {
    struct io_uring_sqe *e = brc_sched_ring_next(&r);
    e->opcode = opcode;
    e->fd = fd;
    e->user_data = name;
}

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

Test(ring, waits_no_longer_than_it_may, .init = begin) {
    struct io_uring_cqe c;
    uint64_t before = now_ns();
    brc_sched_ring_enter(&r, 3000000);
    cr_assert_geq(now_ns() - before, 3000000u);
    cr_assert_not(brc_sched_ring_take(&r, &c));
    brc_sched_ring_close(&r);
}

Test(ring, more_requests_than_it_has_room_for, .init = begin) {
    struct io_uring_cqe c;
    for (uint64_t i = 0; i < 1000; i++)
        ask(IORING_OP_NOP, -1, i);
    cr_assert(brc_sched_ring_has_work(&r));
    brc_sched_ring_enter(&r, 0);
    cr_assert_not(brc_sched_ring_has_work(&r));
    for (uint64_t i = 0; i < 1000; i++) {
        cr_assert(brc_sched_ring_take(&r, &c));
        cr_assert_eq(c.user_data, i);
    }
    cr_assert_not(brc_sched_ring_take(&r, &c));
    brc_sched_ring_close(&r);
}

/* As an eventfd that is never read wakes a thread; until the request is cancelled. */
Test(ring, each_write_is_a_change, .init = begin) {
    struct io_uring_cqe c;
    uint64_t one = 1;
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct io_uring_sqe *e = brc_sched_ring_next(&r);
    e->opcode = IORING_OP_POLL_ADD;
    e->fd = fd;
    e->poll32_events = POLLIN;
    e->len = IORING_POLL_ADD_MULTI;
    e->user_data = 7;
    brc_sched_ring_enter(&r, 0);
    for (int i = 0; i < 3; i++) {
        cr_assert_not(brc_sched_ring_take(&r, &c));
        cr_assert_eq(write(fd, &one, sizeof one), (ssize_t)sizeof one);
        cr_assert(brc_sched_ring_has_work(&r));
        brc_sched_ring_enter(&r, UINT64_MAX);
        cr_assert(brc_sched_ring_take(&r, &c));
        cr_assert(c.user_data == 7 && c.res & POLLIN && c.flags & IORING_CQE_F_MORE);
    }
    e = brc_sched_ring_next(&r);
    e->opcode = IORING_OP_ASYNC_CANCEL;
    e->addr = 7;
    e->user_data = 8;
    e->flags = IOSQE_CQE_SKIP_SUCCESS;
    brc_sched_ring_enter(&r, UINT64_MAX);
    cr_assert(brc_sched_ring_take(&r, &c));
    cr_assert(c.user_data == 7 && c.res < 0 && !(c.flags & IORING_CQE_F_MORE));
    close(fd);
    brc_sched_ring_close(&r);
}
