/* file.c: see file.h. Files are listed by owner, so that they can be closed when it ends although
 * others may hold references to them. The lock is held while such a file is closed: what is in a
 * list has not been freed, for freeing takes it out first. */
#include "io/file.h"
#include "base/hooks.h"
#include "base/lock.h"
#include "proc/proc.h"
#include "sig/signal.h"
#include "term/atom.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int64_t brc_io_call_blocking(long number, long a, long b, long c, long d, long e, long f) {
    long result;
    do
        result = syscall(number, a, b, c, d, e, f);
    while (result < 0 && errno == EINTR);
    return result < 0 ? -errno : result;
}

/* ---- without blocking ---- */

Term brc_io_later(Proc *p, void *native, uint32_t arity, Term a, Term b, Term c) {
    p->x[0] = a, p->x[1] = b, p->x[2] = c;
    return brc_sched_dirty_call(p, BRC_DIRTY_IO, native, arity);
}

/* Kernels before 5.12 do not know that flag, those before 5.6 not the call. */
static int64_t open_cached(const char *path, uint64_t flags) {
    static _Atomic(bool) unknown;
    if (atomic_load_explicit(&unknown, memory_order_relaxed)) return BRC_IO_WOULD_BLOCK;
    struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = RESOLVE_CACHED};
    int64_t fd = BRC_IO_CALL(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
    if (fd != -ENOSYS && fd != -EINVAL) return fd;
    if (fd == -ENOSYS || (flags & O_PATH))
        atomic_store_explicit(&unknown, true, memory_order_relaxed);
    return BRC_IO_WOULD_BLOCK;
}

int64_t brc_io_find_now(const char *path, int flags) {
    return open_cached(path, (uint64_t)flags | O_PATH);
}

/* Looked at before it is opened: opening a pipe has effects, or waits. */
int64_t brc_io_open_now(const char *path, int flags) {
    struct stat st;
    if (flags & (O_CREAT | O_TRUNC)) return BRC_IO_WOULD_BLOCK;
    int64_t fd = brc_io_find_now(path, 0);
    if (fd < 0) return fd;
    bool plain = fstat((int)fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
    close((int)fd);
    return plain ? open_cached(path, (uint64_t)flags) : BRC_IO_WOULD_BLOCK;
}

/* ---- errors ---- */

Term brc_io_posix_name(int error) {
    char text[32] = "unknown";
    const char *name = error == ENOTSUP ? "ENOTSUP" : strerrorname_np(error); /* it has two */
    for (size_t i = 0; name && i < sizeof text - 1; i++) {
        text[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
        if (!name[i]) break;
    }
    return brc_term_atom_intern(text, strlen(text));
}

Term brc_io_posix_error(Proc *p, int error) {
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), brc_io_posix_name(error));
}

Term brc_io_posix_answer(Proc *p, int64_t result) {
    return result < 0 ? brc_io_posix_error(p, (int)-result) : AM(ok);
}

/* ---- owners ---- */

static IdMap owners; /* pid -> its first File */
static BrcLock lock; /* of owners and of the lists */
/* How many processes own files: read without the lock by processes that end, whose own entry, if
 * they have one, they made themselves. */
static _Atomic(uint32_t) owner_count;

static void list_locked(File *f, Term owner) {
    BRC_KEEPS(watch_owners);
    uint64_t *first = brc_proc_idmap_get(&owners, owner);
    f->owner = owner;
    f->next = first ? (File *)*first : NULL;
    if (f->next) f->next->previous = f;
    brc_proc_idmap_put(&owners, owner, (uint64_t)f);
    atomic_store_explicit(&owner_count, owners.count, memory_order_relaxed);
}

static void unlist_locked(File *f) {
    if (f->owner == BRC_NONE) return;
    if (f->next) f->next->previous = f->previous;
    if (f->previous)
        f->previous->next = f->next;
    else if (f->next)
        brc_proc_idmap_put(&owners, f->owner, (uint64_t)f->next);
    else
        brc_proc_idmap_remove(&owners, f->owner, NULL);
    f->owner = BRC_NONE;
    f->next = f->previous = NULL;
    atomic_store_explicit(&owner_count, owners.count, memory_order_relaxed);
}

/* close is not repeated: after EINTR the descriptor is gone as well. */
static int64_t close_now(File *f) {
    int fd = atomic_exchange_explicit(&f->fd, -1, memory_order_relaxed);
    if (fd < 0) return -EINVAL;
    return close(fd) < 0 && errno != EINTR ? -errno : 0;
}

static void close_all_of(Proc *p) {
    if (atomic_load_explicit(&owner_count, memory_order_relaxed) == 0) return;
    brc_base_lock(&lock);
    for (uint64_t *first; (first = brc_proc_idmap_get(&owners, proc_pid(p))) != NULL;) {
        File *f = (File *)*first;
        unlist_locked(f);
        close_now(f);
    }
    brc_base_unlock(&lock);
}

/* During a call on the pool they are in use until it returns. */
static void owner_ended(Proc *p, Term reason) {
    (void)reason;
    if (!p->rest->dirty) close_all_of(p);
}

/* Before main, in programs that have files at all. */
__attribute__((used)) static void watch_owners(void) {
    BRC_STARTS(watch_owners);
    brc_sig_on_end(owner_ended);
    brc_sched_dirty_ended = close_all_of;
}

/* ---- files ---- */

int64_t brc_io_file_close(File *f) {
    brc_base_lock(&lock);
    unlist_locked(f);
    brc_base_unlock(&lock);
    return close_now(f);
}

static void destroy(Magic *m) {
    brc_io_file_close((File *)m);
    brc_ctx_magic_free(m);
}

Term brc_io_file_new(Proc *p, int fd) {
    File *f = brc_ctx_magic_new(sizeof *f, destroy);
    atomic_init(&f->fd, fd);
    brc_base_lock(&lock);
    list_locked(f, proc_pid(p));
    brc_base_unlock(&lock);
    return brc_ctx_magic_term(p, &f->magic);
}

File *brc_io_file_of(Term t) {
    return brc_ctx_magic_kind(t, destroy);
}
