/* gather.h: iodata as the kernel's vectors: large binaries where they lie, the rest copied. */
#pragma once
#include "term/term.h"
#include <sys/uio.h>

#define NET_VECTORS 64
#define NET_COPIED  ((size_t)4 << 10)

typedef struct NetGather {
    size_t count, total;
    struct iovec iov[NET_VECTORS + 1]; /* one more, for a head */
    size_t copied;
    uint8_t few[NET_COPIED];
    uint8_t *all; /* malloc'd, where it did not go into these */
    size_t all_room;
} NetGather;

/* The calling thread's, good until its next call. NULL: no iodata. */
NetGather *brc_net_gather(Term data);
/* Puts a head of up to 8 bytes in front, which must stay where it is. */
void brc_net_gather_head(NetGather *g, uint8_t *head, size_t n);
