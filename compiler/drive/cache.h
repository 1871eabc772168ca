/* cache.h: compiled objects kept between builds, by the hash of all they were made from.
 *
 * FOLDER/obj/KEY.o objects, FOLDER/bin/KEY programs of `run`, FOLDER/failed/ C that clang refused.
 * A file appears under its name whole or not at all, so builds may run side by side, be killed, or
 * meet a full disk: what is there is good. */
#pragma once
#include "base/mem.h"

typedef struct Cache {
    const char *folder;
    const char *shipped; /* a folder of objects that beamrc came with, only read; or NULL */
    bool kept;           /* false: a temporary one (--no-cache) */
} Cache;

/* Where the cache is: $BEAMRC_CACHE, $XDG_CACHE_HOME/beamrc or ~/.cache/beamrc. */
const char *cache_folder(void);
/* Ends the program, saying what to do, where the folder cannot be written. */
Cache *cache_open(bool kept, const char *shipped);
char *cache_object(const Cache *c, const char *key); /* path, there or not; a shipped one first */
char *cache_program(const Cache *c, const char *key);
bool cache_has_object(const char *path); /* there, and looks like an object; marks it as used */
/* A private name beside `path` to write under; cache_put renames it in place. 0 or -errno. */
char *cache_part(const char *path);
int cache_put(const char *part, const char *path);
char *cache_failed(const Cache *c, const char *name); /* where to leave C that did not compile */
/* Removes what was not used for a month, once a day, where the cache is large. */
void cache_tidy(const Cache *c);
