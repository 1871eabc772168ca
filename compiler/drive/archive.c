/* archive.c: see archive.h. The format is ar's, without a table of symbols: the linker is told to
 * take all of it. Objects are unpacked where they will lie. */
#include "drive/archive.h"
#include "drive/spawn.h"
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAGIC      "!<arch>\n"
#define HEAD_BYTES ((size_t)60)

static size_t even(size_t n) {
    return n + (n & 1);
}

static bool fill(Object *const *objects, size_t count, uint8_t *at) {
    bool good = true;
    memcpy(at, MAGIC, strlen(MAGIC));
    at += strlen(MAGIC);
    for (size_t i = 0; i < count; i++) {
        size_t full = cache_full_size(objects[i]);
        char head[HEAD_BYTES + 1];
        snprintf(head, sizeof head, "%-16s%-12d%-6d%-6d%-8o%-10zu`\n", mem_format("%zu.o/", i), 0,
                 0, 0, 0644, full);
        memcpy(at, head, HEAD_BYTES);
        if (!full || !cache_open_object(objects[i], at + HEAD_BYTES)) {
            cache_drop(objects[i]);
            good = false;
        }
        at += HEAD_BYTES + even(full);
    }
    return good;
}

int archive_make(Object *const *objects, size_t count) {
    size_t size = strlen(MAGIC);
    for (size_t i = 0; i < count; i++)
        size += HEAD_BYTES + even(cache_full_size(objects[i]));
    int fd = spawn_memory_file("objects", "", 0);
    if (fd < 0) return fd;
    int error = ftruncate(fd, (off_t)size) < 0 ? errno : 0;
    uint8_t *at = error ? MAP_FAILED : mmap(NULL, size, PROT_WRITE, MAP_SHARED, fd, 0);
    if (!error && at == MAP_FAILED) error = errno;
    if (!error) {
        if (!fill(objects, count, at)) error = EBADMSG;
        munmap(at, size);
    }
    if (error) close(fd);
    return error ? -error : fd;
}
