/* cache.h: compiled objects kept between builds, by the hash of all they were made from.
 *
 * FOLDER/obj/KEY.zst objects (KEY.o: not packed, as older versions left them), FOLDER/names/ what
 * index.h keeps, FOLDER/bin/KEY programs of `run`, FOLDER/failed/ C that clang refused. A file
 * appears under its name whole or not at all, and all together stay below a limit (quota.h), so
 * builds may run side by side, be killed, or meet a full disk. A build has the objects that it
 * needs in memory: that another one removes them takes nothing from it. */
#pragma once
#include "base/mem.h"
#include "drive/quota.h"

#define CACHE_LIMIT "5G" /* unless $BEAMRC_CACHE_LIMIT or --cache-limit says otherwise */

typedef struct Cache {
    const char *folder;
    const char *shipped; /* a folder of objects that beamrc came with, only read; or NULL */
    bool kept;           /* false: a temporary one (--no-cache) */
    Quota quota;
} Cache;

typedef struct Object {
    const char *path; /* NULL: only in memory */
    const uint8_t *bytes;
    size_t size; /* of the bytes, packed or not */
} Object;

/* Where the cache is: $BEAMRC_CACHE, $XDG_CACHE_HOME/beamrc or ~/.cache/beamrc. */
const char *cache_folder(void);
/* limit (may be NULL): before $BEAMRC_CACHE_LIMIT. Ends the program where it is no size. */
Quota cache_quota(const char *folder, const char *limit);
/* Ends the program, saying what to do, where the folder cannot be written. */
Cache *cache_open(bool kept, const char *shipped, const char *limit);

/* Finds an object, a shipped one first, and marks it as used. */
bool cache_find(const Cache *c, const char *key, Object *out);
/* Packs what clang wrote into *out and keeps it; warns, once, where there is no room for it. */
void cache_keep(const Cache *c, const char *key, const uint8_t *elf, size_t size, Object *out);
void cache_drop(Object *object);                       /* it is damaged */
size_t cache_full_size(const Object *o);               /* unpacked; 0: damaged */
bool cache_open_object(const Object *o, uint8_t *out); /* false: damaged */

char *cache_program(const Cache *c, const char *key); /* path, there or not */
/* Moves a program that was linked elsewhere in place: where it is now. */
const char *cache_put_program(const Cache *c, const char *from, const char *key);
/* Keeps C that did not compile: its path; NULL: it could not be. */
const char *cache_put_failed(const Cache *c, const char *name, const char *text, size_t len);
