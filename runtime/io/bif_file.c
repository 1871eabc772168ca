/* bif_file.c: what module prim_file leaves to native code for open files: opening, reading,
 * writing, positions. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "io/carried.h"
#include "io/file.h"
#include "proc/proc.h"
#include "term/int.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FEW_BYTES     4096
#define FIRST_ROOM    (1u << 20)         /* of a read that asks for more */
#define FIRST_WHOLE   16384              /* of a file of unknown size */
#define MOST_BYTES    (INT64_C(1) << 37) /* more than memory can hold */
#define MOST_AT_ONCE  (256 << 10)        /* copied on a scheduler's thread */
#define RUNS          256                /* binaries written by one call */
#define BYTES_PER_RED 1024

/* The file; NULL: the failure or answer is in *answer. */
static File *file_of(Proc *p, Term t, Term *answer) {
    File *f = brc_io_file_of(t);
    if (!f) {
        *answer = brc_ctx_badarg(p);
        return NULL;
    }
    if (file_fd(f) >= 0) return f;
    *answer = brc_io_posix_error(p, EINVAL);
    return NULL;
}

/* The file's descriptor; -1: the failure or answer is in *answer. */
static int fd_of(Proc *p, Term t, Term *answer) {
    const File *f = file_of(p, t, answer);
    return f ? file_fd(f) : -1;
}

static Term ok(Proc *p, Term t) {
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), t);
}

/* ---- opening ---- */

enum { READ = 1, WRITE = 2, APPEND = 4, EXCLUSIVE = 8, SYNC = 16, ANY_TYPE = 32, DIRECTORY = 64 };

static unsigned mode_of(Term t) {
    return t == AM(read)              ? READ
           : t == AM(write)           ? WRITE
           : t == AM(append)          ? APPEND
           : t == AM(exclusive)       ? EXCLUSIVE
           : t == AM(sync)            ? SYNC
           : t == AM(skip_type_check) ? ANY_TYPE
           : t == AM(directory)       ? DIRECTORY
                                      : 0; /* meant for others */
}

/* Flags of the kernel for a combination of modes; -1: not possible. */
static int flags_of(unsigned modes) {
    int flags = O_CLOEXEC;
    if (modes & (APPEND | EXCLUSIVE)) modes |= WRITE;
    if (!(modes & WRITE)) modes |= READ;
    if ((modes & DIRECTORY) && (modes & WRITE)) return -1;
    if (modes & WRITE) flags |= O_CREAT | (modes & READ ? O_RDWR : O_WRONLY);
    if (!(modes & (READ | APPEND))) flags |= O_TRUNC;
    if (modes & APPEND) flags |= O_APPEND;
    if (modes & EXCLUSIVE) flags |= O_EXCL;
    if (modes & SYNC) flags |= O_SYNC;
    if (modes & DIRECTORY) flags |= O_DIRECTORY;
    return flags;
}

/* 0, or why a descriptor is not taken: a folder for a file, or the other way round. */
static int wrong_type(const struct stat *st, unsigned modes) {
    if (modes & ANY_TYPE) return 0;
    if (modes & DIRECTORY) return S_ISDIR(st->st_mode) ? 0 : ENOTDIR;
    return S_ISDIR(st->st_mode) ? EISDIR : 0;
}

static int64_t open_any(const char *path, int flags, unsigned modes) {
    if (brc_io_is_carried(path)) return brc_io_carried_open(path, flags);
    if (!brc_io_may_block()) return brc_io_open_now(path, flags);
    return BRC_IO_CALL(SYS_openat, AT_FDCWD, path, flags, modes & DIRECTORY ? 0777 : 0666);
}

static Term new_file(Proc *p, int fd, int flags, const struct stat *st) {
    Term t = brc_io_file_new(p, fd);
    File *f = brc_io_file_of(t);
    f->blocks = !S_ISREG(st->st_mode);
    f->written = (flags & O_ACCMODE) != O_RDONLY;
    return ok(p, t);
}

/* BRC_NONE: the pool is to do it. */
static Term open_path(Proc *p, const char *path, unsigned modes) {
    struct stat st;
    int flags = flags_of(modes);
    if (flags < 0) return brc_io_posix_error(p, EINVAL);
    int64_t fd = open_any(path, flags, modes);
    if (brc_io_must_wait(fd)) return BRC_NONE;
    if (fd < 0) return brc_io_posix_error(p, (int)-fd);
    int error = fstat((int)fd, &st) < 0 ? errno : wrong_type(&st, modes);
    if (!error) return new_file(p, (int)fd, flags, &st);
    close((int)fd);
    return brc_io_posix_error(p, error);
}

Term brc_bif_prim_file_open_nif_2(Proc *p, Term name, Term options) {
    Path path;
    unsigned modes = 0;
    Term list = options;
    for (; term_is_cons(list); list = term_tail(list))
        modes |= mode_of(term_head(list));
    if (list != BRC_NIL || !brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    Term result = open_path(p, path.text, modes);
    brc_io_path_end(&path);
    if (result != BRC_NONE) return result;
    return brc_io_later(p, (void *)brc_bif_prim_file_open_nif_2, 2, name, options, BRC_NIL);
}

Term brc_bif_prim_file_file_desc_to_ref_nif_1(Proc *p, Term t) {
    struct stat st;
    if (!term_is_small(t) || term_small(t) != (int)term_small(t)) return brc_ctx_badarg(p);
    int fd = (int)term_small(t), flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fstat(fd, &st) < 0) return brc_io_posix_error(p, errno);
    return new_file(p, fd, flags, &st);
}

Term brc_bif_prim_file_close_nif_1(Proc *p, Term t) {
    File *f = brc_io_file_of(t);
    if (!f) return brc_ctx_badarg(p);
    if ((f->written || f->blocks) && !brc_io_may_block())
        return brc_io_later(p, (void *)brc_bif_prim_file_close_nif_1, 1, t, BRC_NIL, BRC_NIL);
    return brc_io_posix_answer(p, brc_io_file_close(f));
}

Term brc_bif_prim_file_delayed_close_nif_1(Proc *p, Term t) {
    return brc_bif_prim_file_close_nif_1(p, t);
}

/* ---- reading ---- */

/* One read, at -1: where the file stands. */
static int64_t read_once(File *f, uint8_t *to, size_t n, int64_t at) {
    int fd = file_fd(f);
    if (brc_io_may_block())
        return at < 0 ? BRC_IO_CALL(SYS_read, fd, to, n) : BRC_IO_CALL(SYS_pread64, fd, to, n, at);
    struct iovec v = {to, n};
    if (f->blocks) return BRC_IO_WOULD_BLOCK;
    int64_t got = BRC_IO_CALL(SYS_preadv2, fd, &v, 1, at, at < 0 ? at : 0, RWF_NOWAIT);
    if (got != -EOPNOTSUPP && got != -ENOSYS) return got;
    f->blocks = true;
    return BRC_IO_WOULD_BLOCK;
}

/* Reads until n bytes are there or no more come. How many, or -errno where there are none. What
 * would block has not read anything. */
static int64_t fill(File *f, uint8_t *to, size_t n, int64_t at) {
    size_t done = 0;
    while (done < n) {
        int64_t got = read_once(f, to + done, n - done, at < 0 ? at : at + (int64_t)done);
        if (brc_io_must_wait(got) && done && at < 0)
            BRC_IO_CALL(SYS_lseek, file_fd(f), -(int64_t)done, SEEK_CUR);
        if (got < 0 && (done == 0 || brc_io_must_wait(got))) return got;
        if (got <= 0) break;
        done += (size_t)got;
    }
    return (int64_t)done;
}

/* The same into shared bytes that grow up to n; NULL: nothing read, *result says why. */
static SharedBin *fill_shared(File *f, size_t n, int64_t at, int64_t *result) {
    size_t room = n < FIRST_ROOM ? n : FIRST_ROOM, done = 0;
    SharedBin *b = brc_ctx_sharedbin_new(0, room);
    while ((*result = fill(f, b->data + done, room - done, at < 0 ? at : at + (int64_t)done)) > 0) {
        done += (size_t)*result;
        if (done < room || room == n) break;
        room = room < n / 2 ? 2 * room : n;
        b = brc_ctx_sharedbin_grow(b, room);
    }
    b->size_bytes = done;
    if (done) return b;
    brc_ctx_sharedbin_unref(b);
    return NULL;
}

static Term read_few(Proc *p, File *f, size_t n, int64_t at) {
    uint8_t few[FEW_BYTES];
    int64_t got = fill(f, few, n, at);
    if (brc_io_must_wait(got)) return BRC_NONE;
    if (got < 0) return brc_io_posix_error(p, (int)-got);
    if (got == 0 && (n != 0 || at >= 0)) return AM(eof);
    return ok(p, brc_term_bin_new(p, few, (size_t)got));
}

/* BRC_NONE: the pool is to do it. */
static Term read_some(Proc *p, File *f, int64_t n, int64_t at) {
    brc_ctx_charge(p, 20);
    if (n <= FEW_BYTES) return read_few(p, f, (size_t)n, at);
    if (n > MOST_BYTES) return brc_io_posix_error(p, ENOMEM);
    if (n > MOST_AT_ONCE && !brc_io_may_block()) return BRC_NONE;
    int64_t result;
    SharedBin *b = fill_shared(f, (size_t)n, at, &result);
    if (!b && brc_io_must_wait(result)) return BRC_NONE;
    if (!b) return result < 0 ? brc_io_posix_error(p, (int)-result) : AM(eof);
    brc_ctx_charge(p, b->size_bytes / BYTES_PER_RED);
    return ok(p, brc_term_bin_own(p, b));
}

/* How stock reads numbers: not integers is badarg, out of range einval. */
static bool is_count(Term t, int64_t *n) {
    return brc_term_int_to_i64(t, n) && *n >= 0;
}

Term brc_bif_prim_file_read_nif_2(Proc *p, Term file, Term size) {
    Term answer;
    int64_t n;
    File *f = file_of(p, file, &answer);
    if (!f) return answer;
    if (!term_is_number(size)) return brc_ctx_badarg(p);
    if (!is_count(size, &n)) return brc_io_posix_error(p, EINVAL);
    answer = read_some(p, f, n, -1);
    if (answer != BRC_NONE) return answer;
    return brc_io_later(p, (void *)brc_bif_prim_file_read_nif_2, 2, file, size, BRC_NIL);
}

Term brc_bif_prim_file_pread_nif_3(Proc *p, Term file, Term offset, Term size) {
    Term answer;
    int64_t n, at;
    File *f = file_of(p, file, &answer);
    if (!f) return answer;
    if (!term_is_number(offset) || !term_is_number(size)) return brc_ctx_badarg(p);
    if (!is_count(offset, &at) || !is_count(size, &n)) return brc_io_posix_error(p, EINVAL);
    answer = read_some(p, f, n, at);
    if (answer != BRC_NONE) return answer;
    return brc_io_later(p, (void *)brc_bif_prim_file_pread_nif_3, 3, file, offset, size);
}

/* A block as dets has them: at the offset stand its size and place, 32 bits each. BRC_NONE: the
 * pool is to read it. */
static Term read_block(Proc *p, File *f, int64_t at, int64_t limit) {
    uint8_t head[8];
    int64_t got = fill(f, head, sizeof head, at);
    if (brc_io_must_wait(got)) return BRC_NONE;
    if (got < 0) return brc_io_posix_error(p, (int)-got);
    if (got < (int64_t)sizeof head) return AM(eof);
    int64_t size = (int64_t)head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
    int64_t place = (int64_t)head[4] << 24 | head[5] << 16 | head[6] << 8 | head[7];
    if (size > limit) return AM(eof);
    Term data = size == 0 ? AM(eof) : read_some(p, f, size, place);
    if (data == BRC_NONE) return BRC_NONE;
    if (term_is_tuple(data)) {
        const Term *e = term_tuple_elements(data);
        if (e[0] == AM(error)) return data;
        data = e[1];
    }
    return ok(p, term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(size), BRC_SMALL(place), data));
}

Term brc_bif_prim_file_ipread_s32bu_p32bu_nif_3(Proc *p, Term file, Term offset, Term most) {
    Term answer;
    int64_t at, limit;
    File *f = file_of(p, file, &answer);
    if (!f) return answer;
    if (!term_is_number(offset) || !term_is_number(most)) return brc_ctx_badarg(p);
    if (!is_count(offset, &at) || !brc_term_int_to_i64(most, &limit) || limit >= INT64_C(1) << 31)
        return brc_io_posix_error(p, EINVAL);
    answer = read_block(p, f, at, limit);
    if (answer != BRC_NONE) return answer;
    return brc_io_later(p, (void *)brc_bif_prim_file_ipread_s32bu_p32bu_nif_3, 3, file, offset,
                        most);
}

/* ---- whole files ---- */

/* All of an open one, which is as long as it says if there is so much; 0: unknown. */
static Term read_all(Proc *p, File *f, size_t size) {
    int64_t got;
    size_t room = size ? size : FIRST_WHOLE, done = 0;
    SharedBin *b = brc_ctx_sharedbin_new(0, room);
    while ((got = fill(f, b->data + done, room - done, -1)) > 0) {
        done += (size_t)got;
        if (done < room || done == size) break;
        b = brc_ctx_sharedbin_grow(b, room *= 2);
    }
    b->size_bytes = done;
    brc_ctx_charge(p, 20 + done / BYTES_PER_RED);
    if (got >= 0) return ok(p, brc_term_bin_own(p, b));
    brc_ctx_sharedbin_unref(b);
    return brc_io_must_wait(got) ? BRC_NONE : brc_io_posix_error(p, (int)-got);
}

/* BRC_NONE: the pool is to do it. */
static Term read_whole(Proc *p, const char *path) {
    struct stat st;
    int64_t fd = open_any(path, O_RDONLY | O_CLOEXEC, 0);
    if (brc_io_must_wait(fd)) return BRC_NONE;
    if (fd < 0) return brc_io_posix_error(p, (int)-fd);
    int error = fstat((int)fd, &st) < 0 ? errno : wrong_type(&st, 0);
    File f = {.blocks = !S_ISREG(st.st_mode)};
    atomic_init(&f.fd, (int)fd);
    Term result = error ? brc_io_posix_error(p, error)
                  : st.st_size > MOST_AT_ONCE && !brc_io_may_block()
                      ? BRC_NONE
                      : read_all(p, &f, S_ISREG(st.st_mode) ? (size_t)st.st_size : 0);
    close((int)fd);
    return result;
}

Term brc_bif_prim_file_read_file_nif_1(Proc *p, Term name) {
    Path path;
    if (!brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    Term result = read_whole(p, path.text);
    brc_io_path_end(&path);
    if (result != BRC_NONE) return result;
    return brc_io_later(p, (void *)brc_bif_prim_file_read_file_nif_1, 1, name, BRC_NIL, BRC_NIL);
}

/* ---- writing ---- */

typedef struct Runs {
    struct iovec at[RUNS];
    uint8_t *copies[RUNS]; /* of binaries that start within a byte */
    int count, copied;
    size_t bytes;
} Runs;

/* The first binaries of a list; the rest of the list, or BRC_NONE: something else is in it. */
static Term gather(Term list, Runs *r) {
    r->count = r->copied = 0;
    r->bytes = 0;
    for (; term_is_cons(list) && r->count < RUNS; list = term_tail(list)) {
        size_t n;
        uint8_t *tmp = NULL;
        const uint8_t *bytes = brc_term_bin_bytes(term_head(list), &n, &tmp);
        if (!bytes) return BRC_NONE;
        if (tmp) r->copies[r->copied++] = tmp;
        if (n) r->at[r->count++] = (struct iovec){(void *)(uintptr_t)bytes, n};
        r->bytes += n;
    }
    return term_is_list(list) ? list : BRC_NONE;
}

/* Writes all of it; 0 or -errno. */
static int64_t put(int fd, Runs *r, int64_t at) {
    struct iovec *v = r->at, *end = r->at + r->count;
    while (v < end) {
        int64_t done = at < 0 ? BRC_IO_CALL(SYS_writev, fd, v, end - v)
                              : BRC_IO_CALL(SYS_pwritev, fd, v, end - v, at);
        if (done < 0) return done;
        if (at >= 0) at += done;
        for (; v < end && (size_t)done >= v->iov_len; v++)
            done -= (int64_t)v->iov_len;
        if (v < end) {
            v->iov_base = (uint8_t *)v->iov_base + done;
            v->iov_len -= (size_t)done;
        }
    }
    return 0;
}

static void release(Runs *r) {
    while (r->copied)
        free(r->copies[--r->copied]);
}

Term brc_dirty_prim_file_write_nif_2(Proc *p, Term file, Term list) {
    Term answer;
    Runs r;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    Term rest = gather(list, &r);
    int64_t result = rest == BRC_NONE ? 0 : put(fd, &r, -1);
    release(&r);
    brc_ctx_charge(p, 20 + r.bytes / BYTES_PER_RED);
    if (rest == BRC_NONE) return brc_ctx_badarg(p);
    if (result < 0 || rest == BRC_NIL) return brc_io_posix_answer(p, result);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(continue), rest);
}

Term brc_dirty_prim_file_pwrite_nif_3(Proc *p, Term file, Term offset, Term list) {
    Term answer;
    Runs r;
    int64_t at;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    if (!term_is_number(offset) || !term_is_list(list)) return brc_ctx_badarg(p);
    if (!is_count(offset, &at)) return brc_io_posix_error(p, EINVAL);
    Term rest = gather(list, &r);
    int64_t result = rest == BRC_NONE ? 0 : put(fd, &r, at);
    release(&r);
    brc_ctx_charge(p, 20 + r.bytes / BYTES_PER_RED);
    if (rest == BRC_NONE) return brc_ctx_badarg(p);
    if (result < 0 || rest == BRC_NIL) return brc_io_posix_answer(p, result);
    Term written = BRC_SMALL(r.bytes);
    return term_tuple3(brc_ctx_alloc(p, 4), AM(continue), written, rest);
}

/* ---- positions and the rest ---- */

Term brc_bif_prim_file_seek_nif_3(Proc *p, Term file, Term mark, Term offset) {
    Term answer;
    int64_t to;
    int whence = mark == AM(bof) ? SEEK_SET : mark == AM(cur) ? SEEK_CUR : SEEK_END;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    if ((whence == SEEK_END && mark != AM(eof)) || !brc_term_int_to_i64(offset, &to))
        return brc_ctx_badarg(p);
    int64_t result = BRC_IO_CALL(SYS_lseek, fd, to, whence);
    if (result < 0) return brc_io_posix_error(p, (int)-result);
    return ok(p, brc_term_int_from_i64(p, result));
}

Term brc_dirty_prim_file_sync_nif_2(Proc *p, Term file, Term data_only) {
    Term answer;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    if (!term_is_small(data_only)) return brc_ctx_badarg(p);
    bool only = term_small(data_only) != 0;
    return brc_io_posix_answer(p, BRC_IO_CALL(only ? SYS_fdatasync : SYS_fsync, fd));
}

Term brc_dirty_prim_file_truncate_nif_1(Proc *p, Term file) {
    Term answer;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    int64_t at = BRC_IO_CALL(SYS_lseek, fd, 0, SEEK_CUR);
    if (at >= 0) at = BRC_IO_CALL(SYS_ftruncate, fd, at);
    return brc_io_posix_answer(p, at);
}

Term brc_dirty_prim_file_advise_nif_4(Proc *p, Term file, Term offset, Term length, Term advice) {
    Term answer;
    int64_t at, n;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    if (!brc_term_int_to_i64(offset, &at) || !brc_term_int_to_i64(length, &n))
        return brc_ctx_badarg(p);
    int how = advice == AM(normal)       ? POSIX_FADV_NORMAL
              : advice == AM(random)     ? POSIX_FADV_RANDOM
              : advice == AM(sequential) ? POSIX_FADV_SEQUENTIAL
              : advice == AM(will_need)  ? POSIX_FADV_WILLNEED
              : advice == AM(dont_need)  ? POSIX_FADV_DONTNEED
              : advice == AM(no_reuse)   ? POSIX_FADV_NOREUSE
                                         : -1;
    if (how < 0 || at < 0) return brc_io_posix_error(p, EINVAL);
    return brc_io_posix_answer(p, BRC_IO_CALL(SYS_fadvise64, fd, at, n, how));
}

Term brc_dirty_prim_file_allocate_nif_3(Proc *p, Term file, Term offset, Term length) {
    Term answer;
    int64_t at, n;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    if (!brc_term_int_to_i64(offset, &at) || !brc_term_int_to_i64(length, &n))
        return brc_ctx_badarg(p);
    if (at < 0 || n < 0) return brc_io_posix_error(p, EINVAL);
    return brc_io_posix_answer(p, BRC_IO_CALL(SYS_fallocate, fd, 0, at, n));
}

Term brc_bif_prim_file_get_handle_nif_1(Proc *p, Term file) {
    Term answer;
    int fd = fd_of(p, file, &answer);
    if (fd < 0) return answer;
    return brc_term_bin_new(p, (const uint8_t *)&fd, sizeof fd);
}
