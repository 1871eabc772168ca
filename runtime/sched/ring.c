/* ring.c: two system calls and the memory shared with the kernel; see io_uring_setup(2).
 *
 * The kernel does what belongs to a ring only while its thread enters it (DEFER_TASKRUN), so that
 * completions interrupt nobody; a flag in shared memory tells whether there is anything to enter
 * for. Kernels before 6.1 have no such rings. */
#include "sched/ring.h"
#include "base/panic.h"
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REQUESTS    128u
#define COMPLETIONS 1024u
#define NEEDED      (IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP | IORING_FEAT_EXT_ARG)

static void *map(int fd, size_t bytes, uint64_t offset) {
    return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, (off_t)offset);
}

static _Atomic(uint32_t) *word(char *at, uint32_t offset) {
    return (_Atomic(uint32_t) *)(at + offset);
}

static void find_parts(Ring *r, const struct io_uring_params *p, char *at) {
    r->sq_head = word(at, p->sq_off.head);
    r->sq_tail = word(at, p->sq_off.tail);
    r->sq_flags = word(at, p->sq_off.flags);
    r->cq_head = word(at, p->cq_off.head);
    r->cq_tail = word(at, p->cq_off.tail);
    r->cqes = (struct io_uring_cqe *)(at + p->cq_off.cqes);
    r->sq_entries = p->sq_entries;
    r->sq_mask = p->sq_entries - 1;
    r->cq_mask = p->cq_entries - 1;
    uint32_t *array = (uint32_t *)(at + p->sq_off.array);
    for (uint32_t i = 0; i < p->sq_entries; i++)
        array[i] = i; /* requests are used in their order */
}

bool brc_sched_ring_open(Ring *r) {
    struct io_uring_params p = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN |
                                         IORING_SETUP_TASKRUN_FLAG | IORING_SETUP_CQSIZE |
                                         IORING_SETUP_SUBMIT_ALL,
                                .cq_entries = COMPLETIONS};
    r->fd = (int)syscall(SYS_io_uring_setup, REQUESTS, &p);
    if (r->fd < 0) return false;
    size_t sq = p.sq_off.array + p.sq_entries * sizeof(uint32_t);
    size_t cq = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
    r->shared_bytes = sq > cq ? sq : cq;
    r->sqes_bytes = p.sq_entries * sizeof(struct io_uring_sqe);
    r->shared = map(r->fd, r->shared_bytes, IORING_OFF_SQ_RING);
    r->sqes = map(r->fd, r->sqes_bytes, IORING_OFF_SQES);
    if (r->shared == MAP_FAILED || r->sqes == MAP_FAILED || (p.features & NEEDED) != NEEDED) {
        brc_sched_ring_close(r);
        return false;
    }
    find_parts(r, &p, r->shared);
    return true;
}

void brc_sched_ring_close(Ring *r) {
    if (r->shared != MAP_FAILED) munmap(r->shared, r->shared_bytes);
    if (r->sqes != MAP_FAILED) munmap(r->sqes, r->sqes_bytes);
    close(r->fd);
}

static uint32_t asked(const Ring *r) {
    /* pairs with the kernel's release after it has read the requests */
    return atomic_load_explicit(r->sq_tail, memory_order_relaxed) -
           atomic_load_explicit(r->sq_head, memory_order_acquire);
}

/* The release of the tail may come before the request is filled in: the kernel reads both only in
 * a call of this thread. */
struct io_uring_sqe *brc_sched_ring_next(Ring *r) {
    if (asked(r) == r->sq_entries) brc_sched_ring_enter(r, 0);
    uint32_t tail = atomic_load_explicit(r->sq_tail, memory_order_relaxed);
    struct io_uring_sqe *e = &r->sqes[tail & r->sq_mask];
    memset(e, 0, sizeof *e);
    atomic_store_explicit(r->sq_tail, tail + 1, memory_order_release);
    return e;
}

void brc_sched_ring_enter(Ring *r, uint64_t wait_ns) {
    struct __kernel_timespec t = {(int64_t)(wait_ns / 1000000000u),
                                  (long long)(wait_ns % 1000000000u)};
    struct io_uring_getevents_arg a = {.ts = (uintptr_t)&t};
    bool limited = wait_ns != 0 && wait_ns != UINT64_MAX;
    uint32_t flags = IORING_ENTER_GETEVENTS | (limited ? IORING_ENTER_EXT_ARG : 0);
    long n = syscall(SYS_io_uring_enter, r->fd, asked(r), wait_ns != 0, flags,
                     limited ? (void *)&a : NULL, limited ? sizeof a : 0);
    /* EBUSY, EAGAIN: the kernel has no room or memory now; what was asked stays */
    BRC_CHECK(n >= 0 || errno == EINTR || errno == ETIME || errno == EBUSY || errno == EAGAIN ||
              errno == ENOMEM);
}

bool brc_sched_ring_has_work(const Ring *r) {
    return asked(r) > 0 || atomic_load_explicit(r->sq_flags, memory_order_relaxed) &
                               (IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW);
}

bool brc_sched_ring_take(Ring *r, struct io_uring_cqe *c) {
    uint32_t head = atomic_load_explicit(r->cq_head, memory_order_relaxed);
    /* pairs with the kernel's release after it has written the completion */
    if (head == atomic_load_explicit(r->cq_tail, memory_order_acquire)) return false;
    *c = r->cqes[head & r->cq_mask];
    atomic_store_explicit(r->cq_head, head + 1, memory_order_release); /* it may be overwritten */
    return true;
}
