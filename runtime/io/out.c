/* out.c: buffered writing that never stops the scheduler.
 *
 * Bytes are gathered and written when there are many, when nothing is left to run, or when the
 * oldest is some milliseconds old. A pipe or terminal is opened a second time through /proc, which
 * gives a descriptor of our own to make non-blocking: O_NONBLOCK on the inherited one would change
 * it for whoever shares it. Where that fails, poll is asked first and at most PIPE_BUF bytes are
 * written at a time, which does not block then. */
#include "io/out.h"
#include "base/format.h"
#include "base/lock.h"
#include "base/panic.h"
#include "proc/timer.h"
#include "sched/stats.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEEP_BYTES (256u << 10) /* a larger buffer is given back when it is empty */
#define LATEST_NS  (5u * 1000000u)

static OutStream streams[2] = {{.fd = 1, .write_fd = -1},
                               {.fd = 2, .write_fd = -1, .at_once = true}};

OutStream *brc_io_out_stream(int fd) {
    return &streams[fd == 2];
}

static BrcLock lock; /* guards streams */

OutStream *brc_io_out_lock(int fd) {
    brc_base_lock(&lock);
    return brc_io_out_stream(fd);
}
void brc_io_out_unlock(void) {
    brc_base_unlock(&lock);
}

static void open_stream(OutStream *o) {
    struct stat st;
    o->write_fd = o->fd;
    if (fstat(o->fd, &st) != 0 || S_ISREG(st.st_mode)) return;
    bool terminal = S_ISCHR(st.st_mode) && isatty(o->fd);
    if (S_ISCHR(st.st_mode) && !terminal) return; /* /dev/null and its like never block */
    if (S_ISFIFO(st.st_mode) || terminal) {
        char path[32];
        brc_base_format(path, sizeof path, "/proc/self/fd/%d", o->fd);
        int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (fd >= 0) {
            o->write_fd = fd;
            return;
        }
    }
    o->may_block = true;
}

uint8_t *brc_io_out_reserve(OutStream *o, size_t n) {
    if (o->room - o->end >= n) return o->bytes + o->end;
    if (o->start > 0) {
        memmove(o->bytes, o->bytes + o->start, o->end - o->start);
        o->end -= o->start;
        o->start = 0;
    }
    if (o->room - o->end < n) {
        size_t room = o->room ? o->room : 4096;
        while (room - o->end < n)
            room *= 2;
        o->bytes = realloc(o->bytes, room);
        BRC_CHECK(o->bytes != NULL);
        o->room = room;
    }
    return o->bytes + o->end;
}

void brc_io_out_put(OutStream *o, const void *bytes, size_t n) {
    if (n == 0) return;
    memcpy(brc_io_out_reserve(o, n), bytes, n);
    o->end += n;
}

/* As write; EAGAIN where it would block. */
static ssize_t write_some(OutStream *o) {
    size_t n = o->end - o->start;
    if (o->may_block) {
        struct pollfd f = {.fd = o->write_fd, .events = POLLOUT};
        if (poll(&f, 1, 0) == 0) {
            errno = EAGAIN;
            return -1;
        }
        ssize_t sent = send(o->write_fd, o->bytes + o->start, n, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0 || errno != ENOTSOCK) return sent;
        if (n > PIPE_BUF) n = PIPE_BUF;
    }
    return write(o->write_fd, o->bytes + o->start, n);
}

static void emptied(OutStream *o) {
    o->start = o->end = 0;
    o->since_ns = 0;
    if (o->room <= KEEP_BYTES) return;
    free(o->bytes);
    o->bytes = NULL;
    o->room = 0;
}

enum OutState brc_io_out_write(OutStream *o) {
    if (o->write_fd < 0) open_stream(o);
    while (o->start < o->end) {
        ssize_t n = o->error ? -1 : write_some(o);
        if (n >= 0) {
            o->start += (size_t)n;
            brc_sched_bytes_out += (uint64_t)n;
        } else if (o->error || (errno != EAGAIN && errno != EINTR)) {
            if (!o->error) o->error = errno;
            emptied(o);
            return BRC_OUT_FAILED;
        } else if (errno == EAGAIN) {
            return BRC_OUT_FULL;
        }
    }
    emptied(o);
    return o->error ? BRC_OUT_FAILED : BRC_OUT_DONE;
}

void brc_io_out_finish_blocking(void) {
    brc_base_lock(&lock);
    for (int i = 0; i < 2; i++)
        while (brc_io_out_write(&streams[i]) == BRC_OUT_FULL) {
            struct pollfd f = {.fd = streams[i].write_fd, .events = POLLOUT};
            poll(&f, 1, -1);
        }
    brc_base_unlock(&lock);
}

void brc_io_out_flush(bool idle, uint64_t now_ns) {
    brc_base_lock(&lock);
    for (int i = 0; i < 2; i++) {
        OutStream *o = &streams[i];
        if (o->start == o->end) continue;
        if (!idle && o->since_ns == 0)
            o->since_ns = now_ns;
        else if (idle || now_ns - o->since_ns > LATEST_NS)
            brc_io_out_write(o);
    }
    brc_base_unlock(&lock);
}
