/* diag.h: messages to the user: one line each, "beamrc: error: ...". */
#pragma once
#include <stdarg.h>

void diag_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void diag_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void diag_note(const char *format, ...) __attribute__((format(printf, 1, 2))); /* only with -v */
_Noreturn void diag_fatal(const char *format, ...)
    __attribute__((format(printf, 1, 2))); /* exit 1 */
void diag_set_verbosity(int level);        /* -1 quiet, 0, 1 verbose */
int diag_verbosity(void);
