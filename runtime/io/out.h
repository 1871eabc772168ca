/* out.h: standard output and standard error as byte streams of this program. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes wait in `bytes[start..end)`. Guarded by the lock of brc_io_out_lock. */
typedef struct OutStream {
    int fd;         /* 1 or 2 */
    int write_fd;   /* the same file, not blocking where that could be had; -1: not opened yet */
    bool may_block; /* a write could block all the same: ask poll first, write little */
    bool at_once;   /* written out with each request: standard error */
    int error;      /* errno of a write that failed for good */
    uint8_t *bytes;
    size_t start, end, room;
    uint64_t since_ns; /* when the oldest byte came; 0: not looked at yet */
} OutStream;

enum OutState { BRC_OUT_DONE, BRC_OUT_FULL, BRC_OUT_FAILED };

OutStream *brc_io_out_stream(int fd); /* of 1 or 2 */
/* The same, for this thread alone until brc_io_out_unlock; one lock for both streams. */
OutStream *brc_io_out_lock(int fd);
void brc_io_out_unlock(void);
/* Room for n more bytes behind `end`. */
uint8_t *brc_io_out_reserve(OutStream *o, size_t n);
static inline void brc_io_out_add(OutStream *o, size_t n) {
    o->end += n;
}
void brc_io_out_put(OutStream *o, const void *bytes, size_t n);
/* Writes what the file takes without blocking. FULL: some is left. */
enum OutState brc_io_out_write(OutStream *o);
/* Writes everything, however long it takes. At the end of the program, and before a crash; without
 * the lock. */
void brc_io_out_finish_blocking(void);
/* brc_sched_flush. */
void brc_io_out_flush(bool idle, uint64_t now_ns);
