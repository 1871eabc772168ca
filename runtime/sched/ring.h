/* ring.h: a ring of the kernel's (io_uring): requests go in, completions come out. Of one thread,
 * which makes it and alone may call these. */
#pragma once
#include <linux/io_uring.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Ring {
    int fd;
    void *shared; /* what the pointers below point into */
    size_t shared_bytes, sqes_bytes;
    /* shared with the kernel, which writes sq_head, sq_flags and cq_tail */
    _Atomic(uint32_t) *sq_head, *sq_tail, *sq_flags, *cq_head, *cq_tail;
    uint32_t sq_entries, sq_mask, cq_mask;
    struct io_uring_sqe *sqes;
    struct io_uring_cqe *cqes;
} Ring;

/* False: the kernel has none (errno), or one that is too old. */
bool brc_sched_ring_open(Ring *r);
void brc_sched_ring_close(Ring *r);
/* Room for a request, zeroed, which goes to the kernel with the next brc_sched_ring_enter. */
struct io_uring_sqe *brc_sched_ring_next(Ring *r);
/* Hands over what was asked, and waits at most wait_ns (UINT64_MAX: for ever) for a completion. */
void brc_sched_ring_enter(Ring *r, uint64_t wait_ns);
/* Whether an enter without waiting would do anything. */
bool brc_sched_ring_has_work(const Ring *r);
/* Takes the next completion. */
bool brc_sched_ring_take(Ring *r, struct io_uring_cqe *c);
