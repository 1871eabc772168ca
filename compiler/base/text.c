/* text.c: text being built. Invariant: at is NULL (empty, count 0) or at[count] is the NUL, and
 * room counts the bytes of at. Bytes are held without pointers, so the collector skips them. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

static void need(Text *t, size_t more) {
    size_t wanted = t->count + more + 1;
    if (wanted <= t->room) return;
    size_t room = t->room ? t->room : 128;
    while (room < wanted)
        room *= 2;
    char *at = mem_alloc_atomic(room);
    if (t->count) memcpy(at, t->at, t->count);
    at[t->count] = 0;
    t->at = at;
    t->room = room;
}

void text_put(Text *t, const char *bytes, size_t len) {
    need(t, len);
    if (len) memcpy(t->at + t->count, bytes, len);
    t->count += len;
    t->at[t->count] = 0;
}

void text_str(Text *t, const char *s) {
    text_put(t, s, strlen(s));
}

void text_add(Text *t, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    need(t, 0);
    size_t room = t->room - t->count;
    int len = vsnprintf(t->at + t->count, room, format, args);
    va_end(args);
    if (len > 0 && (size_t)len >= room) {
        need(t, (size_t)len);
        vsnprintf(t->at + t->count, (size_t)len + 1, format, again);
    }
    va_end(again);
    if (len > 0) t->count += (size_t)len;
    t->at[t->count] = 0;
}
