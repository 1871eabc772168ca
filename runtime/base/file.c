/* file.c: reads until there is no more: files of /proc and /sys do not say how long they are. */
#include "base/file.h"
#include "base/format.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_BYTES = 4 << 20 };

char *brc_base_file(const char *path, size_t *size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    BaseText text = {0};
    char part[4096];
    ssize_t n;
    while ((n = read(fd, part, sizeof part)) > 0 || (n < 0 && errno == EINTR)) {
        if (n > 0) brc_base_text_put(part, (size_t)n, &text);
        if (text.size > MOST_BYTES) break;
    }
    close(fd);
    if (size) *size = text.size;
    brc_base_text_put("", 1, &text);
    if (n == 0) return text.bytes;
    free(text.bytes);
    return NULL;
}
