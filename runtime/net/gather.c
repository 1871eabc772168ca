/* gather.c: walking iodata once, without copying what is large. What has too many parts is copied
 * as a whole. */
#include "net/gather.h"
#include "base/panic.h"
#include "bif/iowalk.h"
#include "term/bits.h"
#include <stdlib.h>

enum { MOST_DEPTH = 32, SMALL = 256 };

static bool add(NetGather *g, const uint8_t *bytes, size_t n) {
    if (n == 0) return true;
    g->total += n;
    if (n > SMALL) {
        if (g->count == NET_VECTORS) return false;
        g->iov[g->count++] = (struct iovec){(void *)(uintptr_t)bytes, n};
        return true;
    }
    if (g->copied + n > NET_COPIED) return false;
    uint8_t *to = g->few + g->copied;
    memcpy(to, bytes, n);
    g->copied += n;
    struct iovec *last = g->count ? &g->iov[g->count - 1] : NULL;
    if (last && (uint8_t *)last->iov_base + last->iov_len == to) {
        last->iov_len += n;
        return true;
    }
    if (g->count == NET_VECTORS) return false;
    g->iov[g->count++] = (struct iovec){to, n};
    return true;
}

static bool add_binary(NetGather *g, Term t) {
    BitsView v;
    if (!brc_term_bits_view(t, &v) || (v.bit_offset & 7) || (v.bit_size & 7)) return false;
    return add(g, v.data + v.bit_offset / 8, v.bit_size / 8);
}

static bool add_byte(NetGather *g, Term t) {
    uint8_t byte = (uint8_t)term_small(t);
    return (uint64_t)term_small(t) <= 255 && add(g, &byte, 1);
}

/* False: it is none, or has too many parts. */
static bool walk(NetGather *g, Term t) {
    Term tails[MOST_DEPTH];
    int depth = 0;
    for (;;) {
        if (term_is_cons(t)) {
            Term head = term_head(t);
            t = term_tail(t);
            if (term_is_small(head)) {
                if (!add_byte(g, head)) return false;
            } else if (term_is_cons(head)) {
                if (depth == MOST_DEPTH) return false;
                tails[depth++] = t;
                t = head;
            } else if (!term_is_nil(head) && !add_binary(g, head)) {
                return false;
            }
            continue;
        }
        if (!term_is_nil(t) && !add_binary(g, t)) return false;
        if (depth == 0) return true;
        t = tails[--depth];
    }
}

static void copy(void *state, const uint8_t *bytes, size_t n) {
    NetGather *g = state;
    if (g->total + n > g->all_room) {
        g->all_room = 2 * (g->total + n);
        g->all = realloc(g->all, g->all_room);
        BRC_CHECK(g->all != NULL);
    }
    memcpy(g->all + g->total, bytes, n);
    g->total += n;
}

static bool copy_all(NetGather *g, Term t) {
    size_t total;
    g->total = 0;
    if (!brc_bif_io_walk(t, copy, g, &total)) return false;
    g->iov[0] = (struct iovec){g->all, g->total};
    g->count = g->total > 0;
    return true;
}

NetGather *brc_net_gather(Term data) {
    static _Thread_local NetGather *g;
    if (!g && !(g = calloc(1, sizeof *g))) brc_base_panic("out of memory");
    if (g->all_room > 1u << 20) {
        free(g->all);
        g->all = NULL;
        g->all_room = 0;
    }
    g->count = g->total = g->copied = 0;
    return walk(g, data) || copy_all(g, data) ? g : NULL;
}

void brc_net_gather_head(NetGather *g, uint8_t *head, size_t n) {
    if (n == 0) return;
    memmove(g->iov + 1, g->iov, g->count * sizeof *g->iov);
    g->iov[0] = (struct iovec){head, n};
    g->count++;
    g->total += n;
}
