/* bif_file_info.c: what the file system knows of a file, and changing it. Times are seconds since
 * 1970 here; prim_file makes dates of them. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "io/carried.h"
#include "io/file.h"
#include "term/int.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CAN_READ = 4, CAN_WRITE = 2 };

static Term type_of(unsigned mode) {
    switch (mode & S_IFMT) {
    case S_IFREG: return AM(regular);
    case S_IFDIR: return AM(directory);
    case S_IFLNK: return AM(symlink);
    case S_IFCHR:
    case S_IFBLK: return AM(device);
    default: return AM(other);
    }
}

static Term access_of(unsigned can) {
    bool r = can & CAN_READ, w = can & CAN_WRITE;
    return r && w ? AM(read_write) : r ? AM(read) : w ? AM(write) : AM(none);
}

/* #file_info{}, with times as seconds. */
static Term info(Proc *p, const struct statx *st, unsigned can) {
    Term big[] = {
        brc_term_int_from_u64(p, st->stx_size), brc_term_int_from_i64(p, st->stx_atime.tv_sec),
        brc_term_int_from_i64(p, st->stx_mtime.tv_sec),
        brc_term_int_from_i64(p, st->stx_ctime.tv_sec), brc_term_int_from_u64(p, st->stx_ino)};
    Term fields[] = {AM(file_info),
                     big[0],
                     type_of(st->stx_mode),
                     access_of(can),
                     big[1],
                     big[2],
                     big[3],
                     BRC_SMALL(st->stx_mode),
                     BRC_SMALL(st->stx_nlink),
                     BRC_SMALL(makedev(st->stx_dev_major, st->stx_dev_minor)),
                     BRC_SMALL(makedev(st->stx_rdev_major, st->stx_rdev_minor)),
                     big[4],
                     BRC_SMALL(st->stx_uid),
                     BRC_SMALL(st->stx_gid)};
    size_t n = sizeof fields / sizeof *fields;
    Term *at = brc_ctx_alloc(p, 1 + n);
    memcpy(at + 1, fields, sizeof fields);
    return term_tuple_begin(at, n);
}

/* What the one who runs us may do with it, by the kernel. */
static unsigned permitted(const char *path) {
    unsigned can = 0;
    if (brc_io_is_carried(path)) return CAN_READ;
    if (BRC_IO_CALL(SYS_faccessat, AT_FDCWD, path, R_OK) == 0) can |= CAN_READ;
    if (BRC_IO_CALL(SYS_faccessat, AT_FDCWD, path, W_OK) == 0) can |= CAN_WRITE;
    return can;
}

/* The same by the mode alone: that of the owner, the group or the others. */
static unsigned permitted_by_mode(const struct statx *st) {
    unsigned shift = st->stx_uid == geteuid() ? 6 : st->stx_gid == getegid() ? 3 : 0;
    return st->stx_mode >> shift & (CAN_READ | CAN_WRITE);
}

/* BRC_IO_WOULD_BLOCK: not in the kernel's memory. */
static int64_t look_at(const char *path, bool follow, struct statx *st) {
    if (brc_io_is_carried(path)) return brc_io_carried_look(path, st);
    if (brc_io_may_block())
        return BRC_IO_CALL(SYS_statx, AT_FDCWD, path, follow ? 0 : AT_SYMLINK_NOFOLLOW,
                           STATX_BASIC_STATS, st);
    int64_t fd = brc_io_find_now(path, follow ? 0 : O_NOFOLLOW);
    if (fd < 0) return fd;
    int64_t r = BRC_IO_CALL(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, st);
    close((int)fd);
    return r;
}

/* BRC_NONE: the pool is to do it. */
static Term read_info(Proc *p, const char *path, bool follow) {
    struct statx st;
    int64_t r = look_at(path, follow, &st);
    if (brc_io_must_wait(r)) return BRC_NONE;
    if (r < 0) return brc_io_posix_error(p, (int)-r);
    return info(p, &st, permitted(path));
}

Term brc_bif_prim_file_read_info_nif_2(Proc *p, Term name, Term follow) {
    Path path;
    if (!term_is_small(follow) || !brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    Term result = read_info(p, path.text, term_small(follow) != 0);
    brc_io_path_end(&path);
    brc_ctx_charge(p, 10);
    if (result != BRC_NONE) return result;
    return brc_io_later(p, (void *)brc_bif_prim_file_read_info_nif_2, 2, name, follow, BRC_NIL);
}

Term brc_bif_prim_file_read_handle_info_nif_1(Proc *p, Term file) {
    struct statx st;
    const File *f = brc_io_file_of(file);
    if (!f) return brc_ctx_badarg(p);
    if (file_fd(f) < 0) return brc_io_posix_error(p, EINVAL);
    int64_t r = BRC_IO_CALL(SYS_statx, file_fd(f), "", AT_EMPTY_PATH, STATX_BASIC_STATS, &st);
    if (r < 0) return brc_io_posix_error(p, (int)-r);
    return info(p, &st, permitted_by_mode(&st));
}

/* ---- changes ---- */

static int64_t set_mode(const char *path, unsigned mode) {
    mode &= S_ISUID | S_ISGID | S_IRWXU | S_IRWXG | S_IRWXO;
    int64_t r = BRC_IO_CALL(SYS_fchmodat, AT_FDCWD, path, mode);
    if (r == 0 || !(mode & (S_ISUID | S_ISGID))) return r;
    return BRC_IO_CALL(SYS_fchmodat, AT_FDCWD, path, mode & ~(unsigned)(S_ISUID | S_ISGID));
}

Term brc_dirty_prim_file_set_permissions_nif_2(Proc *p, Term name, Term mode) {
    Path path;
    int64_t n;
    if (!brc_term_int_to_i64(mode, &n) || n < 0 || n > UINT32_MAX ||
        !brc_io_path_begin(name, &path))
        return brc_ctx_badarg(p);
    int64_t r = set_mode(path.text, (unsigned)n);
    brc_io_path_end(&path);
    return brc_io_posix_answer(p, r);
}

static bool is_id(Term t, int64_t *n) {
    return brc_term_int_to_i64(t, n) && *n >= INT32_MIN && *n <= INT32_MAX;
}

Term brc_dirty_prim_file_set_owner_nif_3(Proc *p, Term name, Term uid, Term gid) {
    Path path;
    int64_t u, g;
    if (!is_id(uid, &u) || !is_id(gid, &g) || !brc_io_path_begin(name, &path))
        return brc_ctx_badarg(p);
    int64_t r = BRC_IO_CALL(SYS_fchownat, AT_FDCWD, path.text, u, g, 0);
    brc_io_path_end(&path);
    return brc_io_posix_answer(p, r);
}

/* The time of the last change of state cannot be set. */
Term brc_dirty_prim_file_set_time_nif_4(Proc *p, Term name, Term a, Term m, Term c) {
    Path path;
    int64_t at, mt, ct;
    if (!brc_term_int_to_i64(a, &at) || !brc_term_int_to_i64(m, &mt) ||
        !brc_term_int_to_i64(c, &ct) || !brc_io_path_begin(name, &path))
        return brc_ctx_badarg(p);
    struct timespec times[2] = {{.tv_sec = at}, {.tv_sec = mt}};
    int64_t r = BRC_IO_CALL(SYS_utimensat, AT_FDCWD, path.text, times, 0);
    brc_io_path_end(&path);
    return brc_io_posix_answer(p, r);
}
