/* diag.h: messages to the user: one line each, "beamrc: error: ...". With --json none of errors and
 * warnings is a line: both are members of the one object that a command prints at its end. */
#pragma once
#include "base/json.h"
#include <stdarg.h>

void diag_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void diag_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void diag_note(const char *format, ...) __attribute__((format(printf, 1, 2))); /* only with -v */
_Noreturn void diag_fatal(const char *format, ...)
    __attribute__((format(printf, 1, 2))); /* exit 1 */
void diag_set_verbosity(int level);        /* -1 quiet, 0, 1 verbose */
int diag_verbosity(void);

/* --json. An error prints {"ok":false,"error":TEXT,"warnings":[TEXT...]} on standard output. */
void diag_set_json(void);
bool diag_is_json(void);
Json diag_json(bool ok);  /* an object begun, with "ok" and "warnings" in it */
void diag_print(Json *j); /* ends it and writes it to standard output */
