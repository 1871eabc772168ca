/* zone_system.c: the zone that TZ names: unset, /etc/localtime; empty, UTC; else, a colon left out,
 * a file (in TZDIR, or else where tzdata is) or a rule; and UTC where it is neither. */
#include "base/file.h"
#include "base/format.h"
#include "base/lock.h"
#include "base/panic.h"
#include "proc/zone.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_ROOM = 4096 };

typedef struct Known {
    Zone zone;
    char *name;       /* TZ, or NULL */
    struct stat file; /* st_ino 0: none */
} Known;

/* Released once filled in; pairs with the acquire below. What was known before stays, since threads
 * may be reading it: that is once for each change of TZ. */
static _Atomic(Known *) known;
static BrcLock reading;

static bool read_file(const char *path, Known *k) {
    size_t size = 0;
    char *bytes = S_ISREG(k->file.st_mode) ? brc_base_file(path, &size) : NULL;
    bool ok = bytes && brc_proc_zone_read((const uint8_t *)bytes, size, &k->zone);
    free(bytes);
    return ok;
}

static void path_of(const char *name, char *path) {
    const char *folder = getenv("TZDIR");
    if (!folder || !*folder) folder = "/usr/share/zoneinfo";
    if (*name == '/')
        brc_base_format(path, PATH_ROOM, "%s", name);
    else
        brc_base_format(path, PATH_ROOM, "%s/%s", folder, name);
}

static void fill(Known *k, const char *tz) {
    char path[PATH_ROOM];
    if (tz && *tz == ':') tz++;
    if (tz && !*tz) tz = "Universal";
    path_of(tz ? tz : "/etc/localtime", path);
    (void)!stat(path, &k->file);
    if (read_file(path, k)) return;
    k->zone = (Zone){.has_rule = true};
    ZoneRule rule;
    if (tz && brc_proc_zone_rule(tz, &rule)) k->zone.rule = rule;
}

static bool is_same(const Known *k, const char *tz) {
    if (!tz != !k->name || (tz && strcmp(tz, k->name) != 0)) return false;
    struct stat now;
    if (tz || stat("/etc/localtime", &now) != 0) return true;
    return now.st_ino == k->file.st_ino && now.st_dev == k->file.st_dev &&
           now.st_mtime == k->file.st_mtime;
}

const Zone *brc_proc_zone(bool again) {
    Known *k = atomic_load_explicit(&known, memory_order_acquire);
    const char *tz = k && !again ? NULL : getenv("TZ");
    if (k && (!again || is_same(k, tz))) return &k->zone;
    brc_base_lock(&reading);
    k = calloc(1, sizeof *k);
    if (!k || (tz && !(k->name = strdup(tz)))) brc_base_panic("out of memory (a time zone)");
    fill(k, tz);
    atomic_store_explicit(&known, k, memory_order_release);
    brc_base_unlock(&reading);
    return &k->zone;
}

Civil brc_proc_local(int64_t seconds) {
    return brc_proc_civil(seconds + brc_proc_zone_at(brc_proc_zone(false), seconds).seconds);
}
