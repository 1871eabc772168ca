/* cache.c: see cache.h. */
#include "drive/cache.h"
#include "drive/files.h"
#include "drive/pack.h"
#include "base/diag.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define USE_SECONDS     60 /* uses closer together are one */
#define SMALLEST_OBJECT 64 /* an ELF header */

static const char *const parts[] = {"obj", "names", "bin", "failed", NULL};

const char *cache_folder(void) {
    const char *named = getenv("BEAMRC_CACHE");
    if (named && *named) return named;
    const char *xdg = getenv("XDG_CACHE_HOME");
    if (xdg && xdg[0] == '/') return files_join(xdg, "beamrc");
    const char *home = getenv("HOME");
    return home && home[0] == '/' ? files_join(home, ".cache/beamrc") : NULL;
}

Quota cache_quota(const char *folder, const char *limit) {
    const char *named = getenv("BEAMRC_CACHE_LIMIT"),
               *by = limit ? "--cache-limit" : "BEAMRC_CACHE_LIMIT";
    if (!limit) limit = named && *named ? named : CACHE_LIMIT;
    Quota q = {.folder = folder, .parts = parts};
    if (!quota_parse(limit, &q.limit_bytes))
        diag_fatal("%s: '%s' is no size: 5G, 800M or a number of bytes", by, limit);
    return q;
}

Cache *cache_open(bool kept, const char *shipped, const char *limit) {
    Cache *c = mem_new(Cache);
    c->kept = kept;
    if (!kept) return c;
    c->shipped = shipped;
    c->folder = cache_folder();
    if (!c->folder)
        diag_fatal("there is no place for the cache: set HOME or BEAMRC_CACHE, or use --no-cache");
    c->quota = cache_quota(c->folder, limit);
    for (size_t i = 0; parts[i]; i++) {
        char *folder = files_join(c->folder, parts[i]);
        int result = files_make_folders(folder);
        if (result == 0 && access(folder, W_OK | X_OK) < 0) result = -errno;
        if (result < 0)
            diag_fatal("cannot write the cache in %s: %s (set BEAMRC_CACHE to another folder, or "
                       "use --no-cache)",
                       c->folder, strerror(-result));
    }
    quota_hold(&c->quota);
    return c;
}

/* ---- objects ---- */

static bool is_elf(const uint8_t *bytes, size_t size) {
    return size >= SMALLEST_OBJECT && memcmp(bytes, "\177ELF", 4) == 0;
}

static bool map_object(const char *path, Object *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    struct stat st;
    bool good = fstat(fd, &st) == 0 && st.st_size > 0;
    size_t size = good ? (size_t)st.st_size : 0;
    uint8_t *bytes = good ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    good = bytes != MAP_FAILED && (pack_is(bytes, size) || is_elf(bytes, size));
    if (!good && bytes != MAP_FAILED) munmap(bytes, size);
    if (good && time(NULL) - st.st_mtime > USE_SECONDS) futimens(fd, NULL);
    close(fd);
    if (good) *out = (Object){path, bytes, size};
    return good;
}

bool cache_find(const Cache *c, const char *key, Object *out) {
    if (!c->kept) return false;
    const char *folders[] = {c->shipped, files_join(c->folder, "obj")};
    for (size_t i = c->shipped ? 0 : 1; i < 2; i++)
        if (map_object(mem_format("%s/%s.zst", folders[i], key), out) ||
            map_object(mem_format("%s/%s.o", folders[i], key), out))
            return true;
    return false;
}

static int put(const Cache *c, const char *path, const void *bytes, size_t size, unsigned mode) {
    static bool warned;
    if (!c->kept) return -ENOENT;
    int result = quota_put(&c->quota, path, bytes, size, mode);
    if (result < 0 && result != -EFBIG && !warned) {
        diag_warn("cannot write the cache in %s: %s", c->folder, strerror(-result));
        warned = true;
    }
    return result;
}

void cache_keep(const Cache *c, const char *key, const uint8_t *elf, size_t size, Object *out) {
    *out = (Object){0};
    out->bytes = pack_make(elf, size, &out->size);
    char *path = mem_format("%s/obj/%s.zst", c->kept ? c->folder : "", key);
    if (put(c, path, out->bytes, out->size, 0666) == 0) out->path = path;
}

void cache_drop(Object *object) {
    if (object->path) unlink(object->path);
    *object = (Object){0};
}

size_t cache_full_size(const Object *o) {
    return is_elf(o->bytes, o->size) ? o->size : pack_full_size(o->bytes, o->size);
}

bool cache_open_object(const Object *o, uint8_t *out) {
    if (!is_elf(o->bytes, o->size)) return pack_open(o->bytes, o->size, out, cache_full_size(o));
    memcpy(out, o->bytes, o->size);
    return true;
}

/* ---- other files ---- */

char *cache_program(const Cache *c, const char *key) {
    if (!c->kept) return files_join(files_temp_folder(), key);
    return mem_format("%s/bin/%s", c->folder, key);
}

const char *cache_put_program(const Cache *c, const char *from, const char *key) {
    uint8_t *bytes;
    size_t size;
    char *path = cache_program(c, key);
    if (!c->kept || files_read(from, &bytes, &size) < 0) return from;
    return put(c, path, bytes, size, 0777) == 0 ? path : from;
}

const char *cache_put_failed(const Cache *c, const char *name, const char *text, size_t len) {
    char *plain = mem_format("%s", name);
    for (char *at = plain; *at; at++)
        if (strchr("/ ()", *at)) *at = '_';
    if (c->kept) {
        char *path = mem_format("%s/failed/%s.c", c->folder, plain);
        return put(c, path, text, len, 0666) == 0 ? path : NULL;
    }
    char *path = mem_format("beamrc-failed-%s.c", plain);
    return files_write(path, text, len, 0666) == 0 ? path : NULL;
}
