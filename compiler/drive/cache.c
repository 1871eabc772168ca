/* cache.c: compiled objects kept between builds. The time of a file's last change is the time of
 * its last use: a hit touches it, tidying goes by it. */
#include "drive/cache.h"
#include "drive/files.h"
#include "base/diag.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DAY_SECONDS     (24 * 60 * 60)
#define KEEP_SECONDS    (30 * DAY_SECONDS)
#define PART_SECONDS    DAY_SECONDS /* an unfinished file older than this has no writer left */
#define LARGE_BYTES     (INT64_C(2) << 30)
#define SMALLEST_OBJECT 64 /* an ELF header */

const char *cache_folder(void) {
    const char *named = getenv("BEAMRC_CACHE");
    if (named && *named) return named;
    const char *xdg = getenv("XDG_CACHE_HOME");
    if (xdg && xdg[0] == '/') return files_join(xdg, "beamrc");
    const char *home = getenv("HOME");
    return home && home[0] == '/' ? files_join(home, ".cache/beamrc") : NULL;
}

static const char *const parts[] = {"obj", "bin", "failed"};

Cache *cache_open(bool kept, const char *shipped) {
    Cache *c = mem_new(Cache);
    c->shipped = kept ? shipped : NULL;
    c->kept = kept;
    c->folder = kept ? cache_folder() : files_temp_folder();
    if (!c->folder)
        diag_fatal("there is no place for the cache: set HOME or BEAMRC_CACHE, or use --no-cache");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *folder = files_join(c->folder, parts[i]);
        int result = files_make_folders(folder);
        if (result == 0 && access(folder, W_OK | X_OK) < 0) result = -errno;
        if (result < 0)
            diag_fatal("cannot write the cache in %s: %s (set BEAMRC_CACHE to another folder, or "
                       "use --no-cache)",
                       c->folder, strerror(-result));
    }
    return c;
}

char *cache_object(const Cache *c, const char *key) {
    char *shipped = c->shipped ? mem_format("%s/%s.o", c->shipped, key) : NULL;
    if (shipped && cache_has_object(shipped)) return shipped;
    return mem_format("%s/obj/%s.o", c->folder, key);
}

char *cache_program(const Cache *c, const char *key) {
    return mem_format("%s/bin/%s", c->folder, key);
}

char *cache_failed(const Cache *c, const char *name) {
    char *plain = mem_format("%s", name);
    for (char *at = plain; *at; at++)
        if (strchr("/ ()", *at)) *at = '_';
    return mem_format("%s/failed/%s.c", c->folder, plain);
}

bool cache_has_object(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    struct stat st;
    char magic[4];
    bool good = fstat(fd, &st) == 0 && st.st_size >= SMALLEST_OBJECT &&
                read(fd, magic, sizeof magic) == sizeof magic && memcmp(magic, "\177ELF", 4) == 0;
    if (good && time(NULL) - st.st_mtime > DAY_SECONDS) futimens(fd, NULL);
    close(fd);
    return good;
}

char *cache_part(const char *path) {
    static unsigned count;
    return mem_format("%s.%ld-%u.part", path, (long)getpid(), count++);
}

int cache_put(const char *part, const char *path) {
    if (rename(part, path) == 0) return 0;
    int error = errno;
    unlink(part);
    return -error;
}

/* ---- tidying ---- */

typedef struct Tally {
    int64_t bytes;
    time_t now;
    bool large;
} Tally;

static void tidy_folder(const char *folder, Tally *tally) {
    Names names = {0};
    files_list(folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        char *path = files_join(folder, names.at[i]);
        struct stat st;
        if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode)) continue;
        int64_t age = (int64_t)(tally->now - st.st_mtime);
        bool part = files_has_suffix(path, ".part");
        if ((part && age > PART_SECONDS) || (tally->large && age > KEEP_SECONDS))
            unlink(path);
        else
            tally->bytes += (int64_t)st.st_size;
    }
}

void cache_tidy(const Cache *c) {
    if (!c->kept) return;
    char *stamp = files_join(c->folder, "tidied");
    struct stat st;
    Tally tally = {.now = time(NULL)};
    if (stat(stamp, &st) == 0 && tally.now - st.st_mtime < DAY_SECONDS) return;
    if (files_write(stamp, "", 0, 0666) < 0) return;
    for (int round = 0; round < 2; round++) {
        tally.large = tally.bytes > LARGE_BYTES;
        if (round == 1 && !tally.large) return;
        tally.bytes = 0;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            tidy_folder(files_join(c->folder, parts[i]), &tally);
    }
}
