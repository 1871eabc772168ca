/* diag.c: messages to the user on standard error, each written at once, so that lines of parallel
 * builds do not mix. */
#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int verbosity;
static bool as_json;
static VEC(char *) warnings; /* with --json */

static void say(const char *kind, const char *format, va_list args) {
    char room[4096], *line = room;
    va_list again;
    va_copy(again, args);
    int head = (int)strlen("beamrc: ") + (int)strlen(kind);
    int body = vsnprintf(NULL, 0, format, args);
    size_t size = (size_t)head + (body > 0 ? (size_t)body : 0) + 2;
    if (size > sizeof room) {
        line = malloc(size);
        if (!line) line = room, size = sizeof room;
    }
    snprintf(line, size - 1, "beamrc: %s", kind);
    vsnprintf(line + head, size - 1 - (size_t)head, format, again);
    va_end(again);
    size_t len = strlen(line);
    line[len++] = '\n';
    fflush(stdout);
    fwrite(line, 1, len, stderr);
    if (line != room) free(line);
}

static char *text_of(const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *text = mem_alloc_atomic((size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

static void say_error(const char *format, va_list args) {
    if (!as_json) {
        say("error: ", format, args);
        return;
    }
    Json j = diag_json(false);
    json_string_of(&j, "error", text_of(format, args));
    diag_print(&j);
}

void diag_error(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say_error(format, args);
    va_end(args);
}

void diag_warn(const char *format, ...) {
    if (verbosity < 0) return;
    va_list args;
    va_start(args, format);
    if (as_json)
        vec_push(&warnings, text_of(format, args));
    else
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
    say_error(format, args);
    va_end(args);
    exit(1);
}

void diag_set_verbosity(int level) {
    verbosity = level;
}
int diag_verbosity(void) {
    return verbosity;
}

void diag_set_json(void) {
    as_json = true;
}
bool diag_is_json(void) {
    return as_json;
}

Json diag_json(bool ok) {
    Json j = {0};
    json_begin(&j, '{');
    json_bool_of(&j, "ok", ok);
    json_key(&j, "warnings");
    json_begin(&j, '[');
    for (size_t i = 0; i < warnings.count; i++)
        json_string(&j, warnings.at[i]);
    json_end(&j, ']');
    return j;
}

void diag_print(Json *j) {
    json_end(j, '}');
    puts(j->text.at);
}
