/* bif_file_dir.c: names in folders: listing, making, removing, renaming, links, the current
 * folder. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "io/carried.h"
#include "io/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LISTING_BYTES 32768

static Term ok_bytes(Proc *p, const char *bytes, size_t n) {
    Term t = brc_term_bin_new(p, (const uint8_t *)bytes, n);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), t);
}

/* ---- listing ---- */

typedef struct Entry { /* as the kernel writes it */
    uint64_t inode;
    int64_t next;
    uint16_t size;
    uint8_t type;
    char name[];
} Entry;

static bool is_dots(const char *name) {
    return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

/* The names in a folder in front of `list`, the last one found first. BRC_NONE: *error. */
static Term names_in(Proc *p, int fd, int *error) {
    static _Thread_local uint64_t buffer[LISTING_BYTES / 8];
    Term list = BRC_NIL;
    int64_t n;
    while ((n = BRC_IO_CALL(SYS_getdents64, fd, buffer, sizeof buffer)) > 0) {
        const char *at = (const char *)buffer;
        for (const char *end = at + n; at < end; at += ((const Entry *)at)->size) {
            const char *name = ((const Entry *)at)->name;
            if (is_dots(name)) continue;
            Term t = brc_term_bin_new(p, (const uint8_t *)name, strlen(name));
            list = term_cons(brc_ctx_alloc(p, 2), t, list);
        }
        brc_ctx_charge(p, (size_t)n / 64);
    }
    *error = (int)-n;
    return n < 0 ? BRC_NONE : list;
}

static Term list_disc(Proc *p, const char *path) {
    int64_t fd = BRC_IO_CALL(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return brc_io_posix_error(p, (int)-fd);
    int error;
    Term list = names_in(p, (int)fd, &error);
    close((int)fd);
    if (list == BRC_NONE) return brc_io_posix_error(p, error);
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), list);
}

static Term list_carried(Proc *p, const char *path) {
    CarriedNames names;
    int64_t r = brc_io_carried_list(path, &names);
    if (r < 0) return brc_io_posix_error(p, (int)-r);
    Term list = BRC_NIL;
    for (const char *name; (name = brc_io_carried_next(&names)) != NULL;) {
        Term t = brc_term_bin_new(p, (const uint8_t *)name, strlen(name));
        list = term_cons(brc_ctx_alloc(p, 2), t, list);
    }
    return term_tuple2(brc_ctx_alloc(p, 3), AM(ok), list);
}

Term brc_dirty_prim_file_list_dir_nif_1(Proc *p, Term name) {
    Path path;
    if (!brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    Term list = brc_io_is_carried(path.text) ? list_carried(p, path.text) : list_disc(p, path.text);
    brc_io_path_end(&path);
    return list;
}

/* ---- one name ---- */

static int64_t make_folder(const char *path) {
    return BRC_IO_CALL(SYS_mkdirat, AT_FDCWD, path, 0777);
}

static int64_t remove_file(const char *path) {
    int64_t r = BRC_IO_CALL(SYS_unlinkat, AT_FDCWD, path, 0);
    return r == -EISDIR ? -EPERM : r; /* as POSIX has it */
}

/* Whether it is the folder that we are in, or the one above. */
static bool is_current(const char *path) {
    struct stat here, that;
    return stat(".", &here) == 0 && stat(path, &that) == 0 && here.st_ino == that.st_ino &&
           here.st_dev == that.st_dev;
}

static int64_t remove_folder(const char *path) {
    int64_t r = BRC_IO_CALL(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
    if (r == -ENOTEMPTY) r = -EEXIST;
    return r == -EEXIST && is_current(path) ? -EINVAL : r;
}

static int64_t change_folder(const char *path) {
    return BRC_IO_CALL(SYS_chdir, path);
}

static Term with_path(Proc *p, Term name, int64_t (*call)(const char *path)) {
    Path path;
    if (!brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    int64_t r = call(path.text);
    brc_io_path_end(&path);
    brc_ctx_charge(p, 10);
    return brc_io_posix_answer(p, r);
}

Term brc_dirty_prim_file_make_dir_nif_1(Proc *p, Term name) {
    return with_path(p, name, make_folder);
}
Term brc_dirty_prim_file_del_file_nif_1(Proc *p, Term name) {
    return with_path(p, name, remove_file);
}
Term brc_dirty_prim_file_del_dir_nif_1(Proc *p, Term name) {
    return with_path(p, name, remove_folder);
}
Term brc_dirty_prim_file_set_cwd_nif_1(Proc *p, Term name) {
    return with_path(p, name, change_folder);
}

/* ---- two names ---- */

static int64_t rename_path(const char *from, const char *to) {
    int64_t r = BRC_IO_CALL(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (r == -ENOTEMPTY) return -EEXIST;
    return r < 0 && strcmp(from, "/") == 0 ? -EINVAL : r;
}

static int64_t hard_link(const char *old, const char *new) {
    return BRC_IO_CALL(SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0);
}

static int64_t soft_link(const char *old, const char *new) {
    return BRC_IO_CALL(SYS_symlinkat, old, AT_FDCWD, new);
}

static Term with_paths(Proc *p, Term a, Term b, int64_t (*call)(const char *, const char *)) {
    Path x, y;
    if (!brc_io_path_begin(a, &x)) return brc_ctx_badarg(p);
    if (!brc_io_path_begin(b, &y)) {
        brc_io_path_end(&x);
        return brc_ctx_badarg(p);
    }
    int64_t r = call(x.text, y.text);
    brc_io_path_end(&x);
    brc_io_path_end(&y);
    brc_ctx_charge(p, 10);
    return brc_io_posix_answer(p, r);
}

Term brc_dirty_prim_file_rename_nif_2(Proc *p, Term from, Term to) {
    return with_paths(p, from, to, rename_path);
}
Term brc_dirty_prim_file_make_hard_link_nif_2(Proc *p, Term old, Term new) {
    return with_paths(p, old, new, hard_link);
}
Term brc_dirty_prim_file_make_soft_link_nif_2(Proc *p, Term old, Term new) {
    return with_paths(p, old, new, soft_link);
}

/* ---- names that come back ---- */

Term brc_dirty_prim_file_read_link_nif_1(Proc *p, Term name) {
    Path path;
    if (!brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    size_t room = 256;
    for (;; room *= 2) {
        char *text = malloc(room);
        if (!text) abort();
        int64_t n = BRC_IO_CALL(SYS_readlinkat, AT_FDCWD, path.text, text, room);
        bool whole = n < (int64_t)room;
        Term result = !whole  ? BRC_NONE
                      : n < 0 ? brc_io_posix_error(p, (int)-n)
                              : ok_bytes(p, text, (size_t)n);
        free(text);
        if (!whole) continue;
        brc_io_path_end(&path);
        return result;
    }
}

Term brc_bif_prim_file_get_cwd_nif_0(Proc *p) {
    for (size_t room = 256;; room *= 2) {
        char *text = malloc(room);
        if (!text) abort();
        int64_t n = BRC_IO_CALL(SYS_getcwd, text, room); /* counts the zero */
        Term result = n == -ERANGE ? BRC_NONE
                      : n < 0      ? brc_io_posix_error(p, (int)-n)
                                   : ok_bytes(p, text, (size_t)n - 1);
        free(text);
        if (n != -ERANGE) return result;
    }
}

/* Only Windows has these. */
Term brc_bif_prim_file_get_device_cwd_nif_1(Proc *p, Term index) {
    if (!term_is_small(index)) return brc_ctx_badarg(p);
    return brc_io_posix_error(p, ENOTSUP);
}
Term brc_bif_prim_file_altname_nif_1(Proc *p, Term name) {
    Path path;
    if (!brc_io_path_begin(name, &path)) return brc_ctx_badarg(p);
    brc_io_path_end(&path);
    return brc_io_posix_error(p, ENOTSUP);
}
