/* file.c: files sent by the kernel, for file:sendfile/2,5. The file's turn comes when the queue is
 * empty; what is sent from then on waits behind it. */
#include "net/socket.h"
#include "base/panic.h"
#include "io/file.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <unistd.h>

#define PIECE ((uint64_t)256 << 10)
#define TURNS 16 /* pieces in one turn */

struct NetFile {
    int fd;
    off_t at;
    uint64_t left, sent;
    Term caller;
};

static void drop(Socket *s) {
    close(s->file->fd);
    free(s->file);
    s->file = NULL;
    s->file_begun = false;
}

/* {sendfile, Port, {ok, Low, High} | {error, Reason}} */
static void done(Socket *s, Term error) {
    Frag *f = brc_sig_new(BRC_SIG_MESSAGE, BRC_NONE, 8);
    uint64_t sent = s->file->sent;
    Term result = error == BRC_NONE ? term_tuple3(f->data + 4, AM(ok), BRC_SMALL(sent & UINT32_MAX),
                                                  BRC_SMALL(sent >> 32))
                                    : term_tuple2(f->data + 4, AM(error), error);
    f->used = error == BRC_NONE ? 8 : 7;
    f->term = term_tuple3(f->data, AM(sendfile), s->q->id, result);
    brc_sig_push_mt(s->file->caller, f);
    drop(s);
}

void brc_net_file_end(Socket *s) {
    if (s->file) done(s, AM(closed));
}

/* False: there is no more to be done now. */
static bool send_piece(Proc *p, Socket *s) {
    struct NetFile *f = s->file;
    if (f->left == 0) {
        done(s, BRC_NONE);
        return false;
    }
    if (!brc_net_may(p, BRC_SCHED_WRITE)) return false;
    ssize_t n = sendfile(s->q->in_fd, f->fd, &f->at, f->left < PIECE ? f->left : PIECE);
    int error = n < 0 ? errno : 0;
    if (error == EAGAIN) {
        brc_net_cannot(p, s);
        return false;
    }
    brc_net_still(p, BRC_SCHED_WRITE);
    if (error == EINTR) return true;
    if (n <= 0) { /* the file's end, too */
        bool over = error == EPIPE || error == ECONNRESET;
        done(s, !error ? BRC_NONE : over ? AM(closed) : brc_io_posix_name(error));
        return false;
    }
    f->sent += (uint64_t)n;
    f->left -= (uint64_t)n;
    brc_sched_bytes_out += (uint64_t)n;
    return true;
}

void brc_net_file_go_on(Proc *p, Socket *s, PortTurn *t) {
    int i = 0;
    while (s->file && i < TURNS && send_piece(p, s))
        i++;
    if (i == TURNS) t->again = true;
}

/* The descriptor as prim_file:get_handle/1 gives it, offset, length. */
void brc_net_send_file(Proc *p, Socket *s, Term caller, NetBytes *b, NetReply *r, PortTurn *t) {
    int fd;
    if (net_left(b) != sizeof fd + 16 || s->file) {
        brc_net_fail(r, EINVAL);
        return;
    }
    if (!(s->state & NET_CONNECTED)) {
        brc_net_fail(r, ENOTCONN);
        return;
    }
    memcpy(&fd, b->at, sizeof fd);
    const uint8_t *at = b->at + sizeof fd;
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (own < 0) {
        brc_net_fail(r, errno);
        return;
    }
    s->file = malloc(sizeof *s->file);
    BRC_CHECK(s->file != NULL);
    *s->file = (struct NetFile){.fd = own,
                                .at = (off_t)((uint64_t)net_u32(at) << 32 | net_u32(at + 4)),
                                .left = (uint64_t)net_u32(at + 8) << 32 | net_u32(at + 12),
                                .caller = caller};
    brc_net_send_go_on(p, s, t);
}
