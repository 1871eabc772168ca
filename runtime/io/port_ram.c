/* port_ram.c: the driver behind OTP's module ram_file: a port named ram_file_drv that keeps a
 * file's bytes in memory. A command is an operation and its numbers, big-endian; each is answered
 * by one message {data, [Kind, Byte... | Data]}. */
#include "base/panic.h"
#include "bif/iowalk.h"
#include "ctx/fail.h"
#include "io/port.h"
#include "proc/proc.h"
#include "sig/signal.h"
#include "term/bits.h"
#include <errno.h>
#include <stdlib.h>

enum { /* operations */
       RAM_OPEN = 1,
       RAM_READ = 2,
       RAM_SEEK = 3,
       RAM_WRITE = 4,
       RAM_SYNC = 9,
       RAM_TRUNCATE = 14,
       RAM_PREAD = 17,
       RAM_PWRITE = 18,
       RAM_DATASYNC = 19,
       RAM_GET = 30,
       RAM_SIZE = 37,
       RAM_ADVISE = 38,
       RAM_ALLOCATE = 39,
};
enum { MODE_READ = 1, MODE_WRITE = 2 };
enum { SAY_OK, SAY_ERROR, SAY_DATA, SAY_NUMBER };

typedef struct PortRam {
    uint8_t *at;
    size_t size, room, position; /* the position may be behind the end */
    uint32_t mode;
} PortRam;

static void open_file(Port *q) {
    q->data = calloc(1, sizeof(PortRam));
    BRC_CHECK(q->data != NULL);
}

static void free_file(Port *q) {
    PortRam *f = q->data;
    free(f->at);
    free(f);
}

static PortRam *file_of(const Port *q) {
    return q->data;
}

/* ---- answers ---- */

static void say(Proc *p, Port *q, int kind, const uint8_t *bytes, size_t n, Term rest) {
    Term list = rest;
    while (n-- > 0)
        list = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(bytes[n]), list);
    list = term_cons(brc_ctx_alloc(p, 2), BRC_SMALL(kind), list);
    brc_io_port_tell(p, q, term_tuple2(brc_ctx_alloc(p, 3), AM(data), list));
}

static void say_ok(Proc *p, Port *q) {
    say(p, q, SAY_OK, NULL, 0, BRC_NIL);
}

static void say_error(Proc *p, Port *q, const char *name) {
    say(p, q, SAY_ERROR, (const uint8_t *)name, strlen(name), BRC_NIL);
}

static void say_number(Proc *p, Port *q, int kind, size_t n, Term rest) {
    uint8_t bytes[4] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};
    say(p, q, kind, bytes, 4, rest);
}

static void say_data(Proc *p, Port *q, size_t from, size_t n) {
    const PortRam *f = q->data;
    if (from > f->size) from = f->size;
    if (n > f->size - from) n = f->size - from;
    Term data = brc_io_port_text(p, q, f->at + from, n);
    say_number(p, q, SAY_DATA, n, data);
}

/* ---- the file ---- */

/* Room for `size` bytes; what is new is zero. False: too many. */
static bool make_room(PortRam *f, size_t size) {
    if (size > INT32_MAX) return false;
    if (size <= f->room) return true;
    size_t room = 2 * size;
    uint8_t *at = realloc(f->at, room);
    if (!at) return false;
    memset(at + f->room, 0, room - f->room);
    f->at = at;
    f->room = room;
    return true;
}

static bool put(PortRam *f, size_t where, const uint8_t *bytes, size_t n) {
    if (!make_room(f, where + n)) return false;
    if (n) memcpy(f->at + where, bytes, n);
    if (where + n > f->size) f->size = where + n;
    return true;
}

static int32_t number(const uint8_t *at) {
    return (int32_t)((uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]);
}

static void seek(Proc *p, Port *q, int64_t offset, int32_t whence) {
    PortRam *f = q->data;
    if (whence == 1) offset += (int64_t)f->position;
    if (whence == 2) offset += (int64_t)f->size;
    if (offset < 0 || whence < 0 || whence > 2) {
        say_error(p, q, "einval");
        return;
    }
    f->position = (size_t)offset;
    say_number(p, q, SAY_NUMBER, f->position, BRC_NIL);
}

static void write_at(Proc *p, Port *q, size_t where, const uint8_t *bytes, size_t n) {
    PortRam *f = q->data;
    if (!(f->mode & MODE_WRITE))
        say_error(p, q, "ebadf");
    else if (!put(f, where, bytes, n))
        say_error(p, q, "enomem");
    else
        say_number(p, q, SAY_NUMBER, n, BRC_NIL);
}

static bool readable(Proc *p, Port *q) {
    if (file_of(q)->mode & MODE_READ) return true;
    say_error(p, q, "ebadf");
    return false;
}

static void truncate_here(Proc *p, Port *q) {
    PortRam *f = q->data;
    if (!(f->mode & MODE_WRITE)) {
        say_error(p, q, "eacces");
        return;
    }
    if (!make_room(f, f->position)) {
        say_error(p, q, "enomem");
        return;
    }
    if (f->position < f->size) memset(f->at + f->position, 0, f->size - f->position);
    f->size = f->position;
    say_ok(p, q);
}

static void open_with(Proc *p, Port *q, const uint8_t *at, size_t n) {
    PortRam *f = q->data;
    f->mode = (uint32_t)number(at);
    f->size = f->position = 0;
    if (put(f, 0, at + 4, n - 4))
        say_number(p, q, SAY_NUMBER, f->size, BRC_NIL);
    else
        say_error(p, q, "enomem");
}

static void allocate(Proc *p, Port *q, int64_t offset, int64_t length) {
    if (offset < 0 || length < 0 || offset + length > INT32_MAX)
        say_error(p, q, "einval");
    else if (!make_room(file_of(q), (size_t)(offset + length)))
        say_error(p, q, "enomem");
    else
        say_ok(p, q);
}

static int64_t long_number(const uint8_t *at) {
    return (int64_t)((uint64_t)(uint32_t)number(at) << 32 | (uint32_t)number(at + 4));
}

static void operate(Proc *p, Port *q, int operation, const uint8_t *at, size_t n) {
    PortRam *f = q->data;
    int32_t first = n >= 4 ? number(at) : 0, second = n >= 8 ? number(at + 4) : 0;
    switch (operation) {
    case RAM_OPEN:
        if (n >= 4) open_with(p, q, at, n);
        return;
    case RAM_READ:
        if (!readable(p, q)) return;
        say_data(p, q, f->position, (size_t)first);
        if (f->position < f->size) {
            size_t left = f->size - f->position;
            f->position += (size_t)first < left ? (size_t)first : left;
        }
        return;
    case RAM_SEEK: seek(p, q, first, second); return;
    case RAM_WRITE:
        write_at(p, q, f->position, at, n);
        if (f->mode & MODE_WRITE) f->position += n;
        return;
    case RAM_PREAD:
        if (!readable(p, q)) return;
        if (first < 0 || second < 0)
            say_error(p, q, "einval");
        else
            say_data(p, q, (size_t)first, (size_t)second);
        return;
    case RAM_PWRITE:
        if (first < 0)
            say_error(p, q, "einval");
        else
            write_at(p, q, (size_t)first, at + 4, n - 4);
        return;
    case RAM_TRUNCATE: truncate_here(p, q); return;
    case RAM_GET: say_data(p, q, 0, f->size); return;
    case RAM_SIZE: say_number(p, q, SAY_NUMBER, f->size, BRC_NIL); return;
    case RAM_ALLOCATE:
        if (n >= 16) allocate(p, q, long_number(at), long_number(at + 8));
        return;
    case RAM_SYNC:
    case RAM_DATASYNC:
    case RAM_ADVISE: say_ok(p, q); return;
    default: say_error(p, q, "einval"); return;
    }
}

static void gather(void *state, const uint8_t *bytes, size_t n) {
    brc_io_port_put(state, bytes, n);
}

static Term command(Proc *p, Port *q, Term from, Term data, Term how, PortTurn *t) {
    (void)from, (void)how, (void)t;
    PortBytes *b = &q->out;
    size_t total;
    bool ok = brc_bif_io_walk(data, gather, b, &total);
    if (ok && total > 0) operate(p, q, b->at[b->first], b->at + b->first + 1, total - 1);
    b->first = b->end = 0;
    brc_ctx_charge(p, total / 64);
    return ok ? AM(true) : AM(badarg);
}

const PortKind brc_io_ram_kind = {
    .name = "ram_file_drv", .open = open_file, .command = command, .free = free_file};
