/* carried.c: see carried.h. The table has files only: a folder is there where some name begins with
 * its own and a slash, and all of these stand side by side. */
#include "io/carried.h"
#include "abi/carried.h"
#include "base/format.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ROOT_LENGTH (sizeof BRC_IO_CARRIED_ROOT - 1)

bool brc_io_is_carried(const char *path) {
    if (strncmp(path, BRC_IO_CARRIED_ROOT, ROOT_LENGTH) != 0) return false;
    return path[ROOT_LENGTH] == '/' || path[ROOT_LENGTH] == 0;
}

/* ---- names ---- */

/* The name in the table: without the root, with `.` and `..` resolved; false: above the root, or
 * too long. */
static bool resolve(const char *path, char *out, size_t room) {
    size_t n = 0;
    for (const char *at = path + ROOT_LENGTH; *at;) {
        at += strspn(at, "/");
        size_t len = strcspn(at, "/");
        bool up = len == 2 && at[0] == '.' && at[1] == '.';
        if (up && n == 0) return false;
        if (up) {
            while (n > 0 && out[--n] != '/') {
            }
        } else if (len > 0 && !(len == 1 && at[0] == '.')) {
            if (n + len + 2 > room) return false;
            if (n > 0) out[n++] = '/';
            memcpy(out + n, at, len);
            n += len;
        }
        at += len;
    }
    out[n] = 0;
    return true;
}

static size_t count(void) {
    return &brc_program_carried ? brc_program_carried.count : 0;
}

/* Of the first file whose name is not less. */
static size_t place(const char *name) {
    size_t low = 0, high = count();
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(brc_program_carried.files[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const CarriedFile *file_named(const char *name) {
    size_t i = place(name);
    const CarriedFile *f = &brc_program_carried.files[i];
    return i < count() && strcmp(f->name, name) == 0 ? f : NULL;
}

static bool begins(size_t i, const char *prefix) {
    return i < count() && strncmp(brc_program_carried.files[i].name, prefix, strlen(prefix)) == 0;
}

/* ---- folders ---- */

int64_t brc_io_carried_list(const char *path, CarriedNames *names) {
    if (!resolve(path, names->folder, sizeof names->folder)) return -ENOENT;
    if (file_named(names->folder)) return -ENOTDIR;
    if (*names->folder) strcat(names->folder, "/");
    names->next = place(names->folder);
    names->name[0] = 0;
    return begins(names->next, names->folder) ? 0 : -ENOENT;
}

const char *brc_io_carried_next(CarriedNames *names) {
    for (size_t length = strlen(names->folder); begins(names->next, names->folder);) {
        const char *below = brc_program_carried.files[names->next++].name + length;
        size_t n = strcspn(below, "/");
        if (n >= sizeof names->name) continue;
        if (strncmp(names->name, below, n) == 0 && !names->name[n]) continue; /* as before */
        memcpy(names->name, below, n);
        names->name[n] = 0;
        return names->name;
    }
    return NULL;
}

/* ---- files ---- */

/* The same open file, for reading only, where the system shows descriptors as files. */
static int read_only(int fd) {
    char path[32];
    brc_base_format(path, sizeof path, "/proc/self/fd/%d", fd);
    int reader = open(path, O_RDONLY | O_CLOEXEC);
    if (reader < 0) return fd;
    close(fd);
    return reader;
}

static int64_t copy_in_memory(const CarriedFile *f) {
    int fd = memfd_create(f->name, MFD_CLOEXEC);
    if (fd < 0) return -errno;
    for (size_t at = 0; at < f->size;) {
        ssize_t n = write(fd, f->bytes + at, f->size - at);
        if (n < 0 && errno != EINTR) {
            int error = errno;
            close(fd);
            return -error;
        }
        if (n > 0) at += (size_t)n;
    }
    fchmod(fd, 0444);
    lseek(fd, 0, SEEK_SET);
    return read_only(fd);
}

int64_t brc_io_carried_open(const char *path, int flags) {
    CarriedNames names;
    int64_t folder = brc_io_carried_list(path, &names);
    if (folder == 0) return -EISDIR;
    if (folder == -ENOENT) return (flags & O_CREAT) ? -EROFS : -ENOENT;
    if ((flags & O_ACCMODE) != O_RDONLY) return -EROFS;
    if (flags & O_DIRECTORY) return -ENOTDIR;
    return copy_in_memory(file_named(names.folder));
}

/* The times, owner and group are the executable's. */
int64_t brc_io_carried_look(const char *path, struct statx *st) {
    CarriedNames names;
    int64_t folder = brc_io_carried_list(path, &names);
    if (folder == -ENOENT) return folder;
    if (statx(AT_FDCWD, "/proc/self/exe", 0, STATX_BASIC_STATS, st) < 0) *st = (struct statx){0};
    const CarriedFile *f = folder == 0 ? NULL : file_named(names.folder);
    st->stx_mode = f ? S_IFREG | 0444 : S_IFDIR | 0555;
    st->stx_size = f ? f->size : 4096;
    st->stx_nlink = f ? 1 : 2;
    st->stx_ino = f ? (uint64_t)(f - brc_program_carried.files) + 1 : 0;
    return 0;
}
