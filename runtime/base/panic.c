/* panic.c: stops the program with a message. A broken invariant is never an Erlang exception: the
 * heap can no longer be trusted, so nothing but a line of text comes after it. The message is
 * written with one write(2), so that it does not interleave. */
#include "base/panic.h"
#include "base/format.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void (*brc_base_panic_dump)(const char *slogan);

static void say(const char *before, const char *format, va_list args) {
    static _Thread_local int depth;
    char line[1024];
    size_t used = strlen(before);
    memcpy(line, before, used);
    used += (size_t)brc_base_format_args(line + used, sizeof line - used - 1, format, args);
    if (used > sizeof line - 2) used = sizeof line - 2;
    line[used++] = '\n';
    ssize_t written = write(STDERR_FILENO, line, used);
    (void)written;
    line[used - 1] = 0;
    if (depth++ == 0 && brc_base_panic_dump) brc_base_panic_dump(line);
}

void brc_base_panic(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say("beamrc runtime: ", format, args);
    va_end(args);
    abort();
}

void brc_base_exhausted(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say("", format, args);
    va_end(args);
    _exit(1);
}
