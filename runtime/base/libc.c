/* libc.c: what keeps most of a static glibc out of programs that have no use for it.
 *
 * Its start, malloc and threads name functions for rare ends (a message and abort) or for parts
 * that may be there (streams, the loading of shared objects, unwinding), and each name brings all
 * of that in: wide characters, iconv, locales, message catalogues. The definitions here are weak
 * and come first, so they satisfy those names; where something else brings the part in, its own
 * definition replaces ours. None says less than the real one while the part is not there, and a
 * message is still one.
 *
 * Only in the release archive, and only for programs without C of others (drive/link.c): that may
 * ask for any part by these names alone. */
#include "base/format.h"
#include <stdlib.h>
#if defined(NDEBUG) && defined(__GLIBC__)
#include <elf.h>
#include <errno.h>
#include <resolv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#pragma clang diagnostic ignored "-Wmissing-prototypes"
#pragma clang diagnostic ignored "-Wunused-parameter"
#undef p_type /* resolv.h has one */
#define WEAK __attribute__((weak))

/* ---- messages ---- */

static void say(const char *format, va_list args) {
    char line[512];
    int n = brc_base_format_args(line, sizeof line, format, args);
    size_t size = (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
    (void)!write(STDERR_FILENO, line, size);
}

/* action: bit 0 to abort (malloc's, fortify's and the stack guard's messages). */
WEAK void __libc_message(int action, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    if (action & 1) abort();
}

WEAK _Noreturn void __libc_fatal(const char *message) {
    (void)!write(STDERR_FILENO, message, strlen(message));
    abort();
}

static _Noreturn void fail(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    abort();
}

WEAK _Noreturn void __assert_fail(const char *claim, const char *file, unsigned line,
                                  const char *function) {
    fail("%s:%u: %s: Assertion `%s' failed.\n", file, line, function, claim);
}

WEAK _Noreturn void __libc_dynarray_at_failure(size_t size, size_t index) {
    fail("Fatal glibc error: array index %zu not less than array length %zu\n", index, size);
}

/* What getifaddrs and the like got from the kernel: not so where the descriptor is another one by
 * now. */
WEAK void __netlink_assert_response(int fd, ssize_t n) {
    int e = errno;
    bool lost = n < 0 && (e == EBADF || e == ENOTCONN || e == ENOTSOCK || e == ECONNREFUSED);
    if (lost || (n >= 0 && n < 16))
        fail("Unexpected netlink response of size %zd on descriptor %d\n", n, fd);
}

/* ---- streams: malloc's statistics write to them, threads lock them ---- */

extern int __vfprintf_internal(FILE *f, const char *format, va_list args, unsigned mode) WEAK;
extern size_t _IO_file_xsputn(FILE *f, const void *bytes, size_t n) WEAK;

WEAK FILE *stderr;

WEAK int fprintf(FILE *f, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = __vfprintf_internal ? __vfprintf_internal(f, format, args, 0) : -1;
    va_end(args);
    return n;
}

/* To streams of files, the only ones that programs without C of others have. */
WEAK size_t fwrite(const void *bytes, size_t size, size_t n, FILE *f) {
    return _IO_file_xsputn && size && n ? _IO_file_xsputn(f, bytes, size * n) / size : 0;
}

WEAK int _IO_fputs(const char *text, FILE *f) {
    return fwrite(text, 1, strlen(text), f) == strlen(text) ? 1 : EOF;
}

WEAK void _IO_enable_locks(void) {}

/* fork takes the lock of the list of streams, and goes through it. */
WEAK void _IO_list_lock(void) {}
WEAK void _IO_list_unlock(void) {}
WEAK void _IO_list_resetlock(void) {}
WEAK FILE *_IO_iter_begin(void) {
    return NULL;
}
WEAK FILE *_IO_iter_end(void) {
    return NULL;
}
WEAK FILE *_IO_iter_next(FILE *at) {
    return at;
}
WEAK FILE *_IO_iter_file(FILE *at) {
    return at;
}

/* ---- locales: there is none but C ---- */

WEAK void __ctype_init(void) {}

/* ---- resolver: each thread has its state ---- */

static struct __res_state resolver;
WEAK _Thread_local struct __res_state *__libc_resp = &resolver;
extern _Thread_local struct __res_state *__resp __attribute__((weak, alias("__libc_resp")));

/* ---- shared objects ---- */

WEAK void _dl_init_paths(const char *path, const char *from, const char *hwcaps_prepend,
                         const char *hwcaps_mask) {}
WEAK int __nptl_change_stack_perm(void *thread) { /* no object asks for stacks that are code */
    return 0;
}
WEAK _Noreturn void _dl_signal_error(int error, const char *object, const char *when,
                                     const char *what) {
    fail("%s: %s\n", object ? object : "", what ? what : "");
}
WEAK _Noreturn void _dl_signal_exception(int error, void *exception, const char *when) {
    fail("%s\n", when ? when : "");
}

extern const Elf64_Ehdr __ehdr_start;

/* What is constant once the program has started. */
WEAK void _dl_protect_relro(void *map) {
    const Elf64_Phdr *h = (const void *)((const char *)&__ehdr_start + __ehdr_start.e_phoff);
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < __ehdr_start.e_phnum; i++) {
        uintptr_t start = h[i].p_vaddr & -page, end = (h[i].p_vaddr + h[i].p_memsz) & -page;
        if (h[i].p_type == PT_GNU_RELRO && end > start)
            (void)mprotect((void *)start, end - start, PROT_READ);
    }
}

/* ---- unwinding: programs carry no tables for it (drive/link.c) ---- */

WEAK _Noreturn void __gcc_personality_v0(void) {
    fail("beamrc runtime: unwinding\n");
}
WEAK _Noreturn void _Unwind_Resume(void *exception) {
    fail("beamrc runtime: unwinding\n");
}
WEAK _Noreturn void __pthread_unwind(void *buffer) {
    fail("beamrc runtime: unwinding\n");
}
WEAK _Noreturn void ___pthread_unwind_next(void *buffer) {
    fail("beamrc runtime: unwinding\n");
}
#endif
