/* archive.h: a program's objects, unpacked, as one file in memory for the linker. */
#pragma once
#include "drive/cache.h"

/* A file descriptor; -EBADMSG where objects are damaged, which then have no bytes; -errno. */
int archive_make(Object *const *objects, size_t count);
