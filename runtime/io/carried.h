/* carried.h: the files inside the executable, below /embedded: as if on a disc that nobody can
 * write to. Paths are those of programs, with `.` and `..` in them. Results: 0 or more, or -errno.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#define BRC_IO_CARRIED_ROOT "/embedded:"

bool brc_io_is_carried(const char *path); /* below the root, whether it is there or not */
/* A descriptor of a copy in memory, for reading. flags: the kernel's of open. */
int64_t brc_io_carried_open(const char *path, int flags);
int64_t brc_io_carried_look(const char *path, struct statx *st);

/* A folder's names, one after the other; each good until the next one is asked for. */
typedef struct CarriedNames {
    char folder[4096]; /* with a slash behind, "" for the root */
    char name[256];
    size_t next; /* in the table */
} CarriedNames;
int64_t brc_io_carried_list(const char *path, CarriedNames *names);
const char *brc_io_carried_next(CarriedNames *names); /* NULL: no more */
