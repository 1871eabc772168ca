/* quota.h: a folder whose files together stay below a limit, whoever writes into it at once. What
 * was not used for longest goes first; the time of a file's last change is that of its last use. */
#pragma once
#include "base/mem.h"

typedef struct Quota {
    const char *folder;
    const char *const *parts; /* folders in it that are counted; NULL-terminated */
    int64_t limit_bytes;
} Quota;

/* Writes FOLDER/PART/NAME whole or not at all, after removing what has to go. 0, -EFBIG where it
 * alone is more than the limit, -errno. */
int quota_put(const Quota *q, const char *path, const void *bytes, size_t size, unsigned mode);
/* Removes what is above the limit. */
void quota_hold(const Quota *q);
int64_t quota_used_bytes(const Quota *q); /* counted now */
/* "5G", "800M", "64K" or bytes; false: it is none of these. */
bool quota_parse(const char *text, int64_t *bytes);
char *quota_text(int64_t bytes); /* "1.5 GB" */
