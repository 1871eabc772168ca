/* quota.c: see quota.h.
 *
 * FOLDER/size holds what all files take and when they were last counted; its lock is held by who
 * writes a file or removes some, so no two writers count on the same room.
 *
 *   1. size >= what the files take: it grows before a file appears, and shrinks after one is gone.
 *      A writer that is killed in between leaves it too large until the next count.
 *   2. A file that is being written ends in .new; where the lock is free there is none but of dead
 *      writers. */
#include "drive/quota.h"
#include "drive/files.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BLOCK_BYTES   INT64_C(4096)  /* files take whole ones */
#define COUNT_SECONDS (24 * 60 * 60) /* others may write into the folder, too: count again */
#define PART_SECONDS  (24 * 60 * 60) /* a .part of another version has no writer left then */
#define FULL_TRIES    3

typedef struct Ledger {
    int fd; /* locked */
    int64_t used, counted_at;
} Ledger;

typedef struct Stored { /* a file */
    const char *path;
    int64_t bytes;
    struct timespec used_at;
} Stored;
typedef VEC(Stored) Files;

static int64_t cost(int64_t size) {
    return (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
}

/* ---- counting ---- */

static void count_folder(const char *folder, Files *out) {
    Names names = {0};
    files_list(folder, &names);
    time_t now = time(NULL);
    for (size_t i = 0; i < names.count; i++) {
        char *path = files_join(folder, names.at[i]);
        struct stat st;
        if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode)) continue;
        bool left = files_has_suffix(path, ".new") ||
                    (files_has_suffix(path, ".part") && now - st.st_mtime > PART_SECONDS);
        if (left && unlink(path) == 0) continue;
        vec_push(out, ((Stored){path, cost(st.st_size), st.st_mtim}));
    }
}

static int oldest_first(const void *a, const void *b) {
    const Stored *x = a, *y = b;
    if (x->used_at.tv_sec != y->used_at.tv_sec)
        return x->used_at.tv_sec < y->used_at.tv_sec ? -1 : 1;
    if (x->used_at.tv_nsec != y->used_at.tv_nsec)
        return x->used_at.tv_nsec < y->used_at.tv_nsec ? -1 : 1;
    return strcmp(x->path, y->path);
}

static int64_t count_files(const Quota *q, Files *out) {
    for (size_t i = 0; q->parts[i]; i++)
        count_folder(files_join(q->folder, q->parts[i]), out);
    int64_t total = 0;
    for (size_t i = 0; i < out->count; i++)
        total += out->at[i].bytes;
    return total;
}

int64_t quota_used_bytes(const Quota *q) {
    int64_t total = 0;
    for (size_t i = 0; q->parts[i]; i++) {
        char *folder = files_join(q->folder, q->parts[i]);
        Names names = {0};
        files_list(folder, &names);
        struct stat st;
        for (size_t k = 0; k < names.count; k++)
            if (lstat(files_join(folder, names.at[k]), &st) == 0) total += cost(st.st_size);
    }
    return total;
}

/* ---- the ledger ---- */

static int ledger_write(Ledger *l) {
    char line[64];
    int len = snprintf(line, sizeof line, "%20lld %20lld\n", (long long)l->used,
                       (long long)l->counted_at);
    ssize_t n = pwrite(l->fd, line, (size_t)len, 0);
    return n == len ? 0 : n < 0 ? -errno : -ENOSPC;
}

/* Removes the files used longest ago until the rest takes `target` bytes at most. */
static void remove_oldest(const Quota *q, Ledger *l, int64_t target) {
    Files files = {0};
    l->used = count_files(q, &files);
    l->counted_at = (int64_t)time(NULL);
    if (l->used > target) qsort(files.at, files.count, sizeof *files.at, oldest_first);
    for (size_t i = 0; i < files.count && l->used > target; i++)
        if (unlink(files.at[i].path) == 0 || errno == ENOENT) l->used -= files.at[i].bytes;
    ledger_write(l);
}

static int ledger_open(const Quota *q, Ledger *l) {
    l->fd = open(files_join(q->folder, "size"), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (l->fd < 0) return -errno;
    while (flock(l->fd, LOCK_EX) < 0 && errno == EINTR) {
    }
    char line[64] = "";
    long long used, counted_at;
    ssize_t n = pread(l->fd, line, sizeof line - 1, 0);
    int64_t now = (int64_t)time(NULL);
    if (n > 0 && sscanf(line, "%lld %lld", &used, &counted_at) == 2 && used >= 0 &&
        counted_at <= now && now - counted_at < COUNT_SECONDS) {
        l->used = used;
        l->counted_at = counted_at;
    } else {
        remove_oldest(q, l, q->limit_bytes);
    }
    return 0;
}

/* ---- writing ---- */

static int put_locked(const Quota *q, Ledger *l, const char *path, const void *bytes, size_t size,
                      unsigned mode) {
    int64_t need = cost((int64_t)size), had = 0, spare = q->limit_bytes / 10;
    if (l->used + need > q->limit_bytes) /* some more than must: not at each file */
        remove_oldest(q, l, q->limit_bytes - (need > spare ? need : spare));
    l->used += need;
    int result = ledger_write(l);
    for (int i = 0; result == 0; i++) {
        struct stat st;
        had = stat(path, &st) == 0 ? cost(st.st_size) : 0;
        result = files_write_by(mem_format("%s.new", path), path, bytes, size, mode);
        if (result != -ENOSPC || i == FULL_TRIES) break;
        int64_t more = need * 2 > l->used / 10 ? need * 2 : l->used / 10;
        remove_oldest(q, l, l->used - need - more);
        l->used += need;
        result = ledger_write(l);
    }
    if (result < 0) had = need;
    if (had > 0) {
        l->used -= had;
        ledger_write(l);
    }
    return result;
}

int quota_put(const Quota *q, const char *path, const void *bytes, size_t size, unsigned mode) {
    if (cost((int64_t)size) > q->limit_bytes) return -EFBIG;
    Ledger l;
    int result = ledger_open(q, &l);
    if (result < 0) return result;
    result = put_locked(q, &l, path, bytes, size, mode);
    close(l.fd);
    return result;
}

void quota_hold(const Quota *q) {
    Ledger l;
    if (ledger_open(q, &l) < 0) return;
    if (l.used > q->limit_bytes) remove_oldest(q, &l, q->limit_bytes);
    close(l.fd);
}

/* ---- sizes in words ---- */

bool quota_parse(const char *text, int64_t *bytes) {
    static const char units[] = "KMGT";
    char *end;
    if (*text < '0' || *text > '9') return false;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (errno || end == text) return false;
    const char *unit = *end ? strchr(units, *end & ~0x20) : NULL;
    if (*end && (!unit || (end[1] && strcmp(end + 1, "B") != 0))) return false;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if (n > (INT64_MAX >> shift)) return false;
    *bytes = (int64_t)n << shift;
    return true;
}

char *quota_text(int64_t bytes) {
    static const char *const units[] = {"bytes", "KB", "MB", "GB", "TB"};
    double n = (double)bytes;
    size_t unit = 0;
    for (; n >= 1024 && unit < 4; unit++)
        n /= 1024;
    return mem_format(unit && n < 10 ? "%.1f %s" : "%.0f %s", n, units[unit]);
}
