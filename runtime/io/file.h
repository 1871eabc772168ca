/* file.h: open files as programs hold them, and the way into the kernel for all that may block. */
#pragma once
#include "ctx/magic.h"
#include "sched/dirty.h"
#include "term/bits.h"
#include <errno.h>

/* Every system call on files that may wait goes through here, restarted after signals: its result,
 * or -errno. The arguments are those of the kernel's call `number`. It blocks the thread, which is
 * one of the pool's (sched/dirty.h) where that may take long. */
int64_t brc_io_call_blocking(long number, long a, long b, long c, long d, long e, long f);
#define BRC_IO_ARG(x)            ((long)(intptr_t)(x))
#define BRC_IO_CALL(number, ...) BRC_IO_CALL_(number, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define BRC_IO_CALL_(n, a, b, c, d, e, f, ...)                                                     \
    brc_io_call_blocking(n, BRC_IO_ARG(a), BRC_IO_ARG(b), BRC_IO_ARG(c), BRC_IO_ARG(d),            \
                         BRC_IO_ARG(e), BRC_IO_ARG(f))

/* The name of an error (an atom: enoent), and {error, Name}. errors: positive. */
Term brc_io_posix_name(int error);
Term brc_io_posix_error(Proc *p, int error);
/* ok, or {error, Name}, by the result of a call. */
Term brc_io_posix_answer(Proc *p, int64_t result);

/* ---- what may block ----
 *
 * Most natives are called by a thread of the pool (bif.def's DIRTY_IO). Those whose answer often is
 * at hand try on the scheduler's thread first, without blocking; where brc_io_must_wait says that
 * the try has failed they give brc_io_later: the same native is called again by the pool. */
#define BRC_IO_WOULD_BLOCK (-EAGAIN)
static inline bool brc_io_may_block(void) {
    return brc_sched_pool != BRC_DIRTY_NONE;
}
static inline bool brc_io_must_wait(int64_t result) {
    return result == BRC_IO_WOULD_BLOCK && !brc_io_may_block();
}
Term brc_io_later(Proc *p, void *native, uint32_t arity, Term a, Term b, Term c);
/* Opens a regular file or a folder where the kernel has all it needs for that in memory and
 * nothing is created or emptied; BRC_IO_WOULD_BLOCK: it has not, or cannot say. */
int64_t brc_io_open_now(const char *path, int flags);
/* The same with O_PATH, of whatever it is. */
int64_t brc_io_find_now(const char *path, int flags);

/* ---- files ---- */

/* An open file. It closes when the last reference to it is collected, when its owner ends, or by
 * a call. Only the owner uses it (prim_file sees to that). */
typedef struct File {
    Magic magic;
    _Atomic(int) fd; /* -1: closed. Whoever exchanges it for -1 closes it. */
    bool blocks;     /* the owner's: the kernel does not read it without blocking */
    bool written;    /* the owner's: to close it may take long */
    /* -- under the lock of file.c -- */
    Term owner;                   /* a pid, or BRC_NONE: in no list any more */
    struct File *next, *previous; /* of the same owner */
} File;

/* A file of p's over fd, and its reference. */
Term brc_io_file_new(Proc *p, int fd);
File *brc_io_file_of(Term t); /* NULL: no file */
/* The descriptor, or -1: closed. */
static inline int file_fd(const File *f) {
    return atomic_load_explicit(&f->fd, memory_order_relaxed);
}
/* 0, or -errno; -EINVAL: it was closed before. */
int64_t brc_io_file_close(File *f);

/* ---- names ---- */

/* A file's name as internal_name2native/1 made it: a binary that ends with the only zero in it. */
typedef struct Path {
    const char *text; /* good until path_end, or the next collection */
    uint8_t *tmp;
} Path;
bool brc_io_path_begin(Term t, Path *path); /* false: no such binary */
void brc_io_path_end(Path *path);
bool brc_io_names_are_utf8(void); /* else latin1 */
