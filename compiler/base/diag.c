/* diag.c: messages to the user on standard error, each written at once, so that lines of parallel
 * builds do not mix. */
#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>

static int verbosity;

static void say(const char *kind, const char *format, va_list args) {
    char line[4096];
    int head = snprintf(line, sizeof line, "beamrc: %s", kind);
    size_t len = head > 0 ? (size_t)head : 0;
    int body = vsnprintf(line + len, sizeof line - len - 1, format, args);
    if (body > 0) {
        size_t most = sizeof line - len - 2;
        len += (size_t)body < most ? (size_t)body : most;
    }
    line[len++] = '\n';
    fflush(stdout);
    fwrite(line, 1, len, stderr);
}

void diag_error(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say("error: ", format, args);
    va_end(args);
}

void diag_warn(const char *format, ...) {
    if (verbosity < 0) return;
    va_list args;
    va_start(args, format);
    say("warning: ", format, args);
    va_end(args);
}

void diag_note(const char *format, ...) {
    if (verbosity < 1) return;
    va_list args;
    va_start(args, format);
    say("", format, args);
    va_end(args);
}

void diag_fatal(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say("error: ", format, args);
    va_end(args);
    exit(1);
}

void diag_set_verbosity(int level) {
    verbosity = level;
}
int diag_verbosity(void) {
    return verbosity;
}
