/* mem.c: the compiler's memory, from the Boehm collector: zeroed, never freed by hand.
 *
 * With BRC_MEM_PLAIN (the fuzz target) every piece comes from malloc, so that the address sanitizer
 * sees its exact bounds; mem_release_all gives all of them back between two runs. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void out_of_memory(size_t bytes) {
    fprintf(stderr, "beamrc: error: out of memory (asked for %zu bytes)\n", bytes);
    exit(1);
}

#ifdef BRC_MEM_PLAIN

static void **pieces;
static size_t piece_count, piece_room;

static void *take(size_t bytes, bool zero) {
    void *p = zero ? calloc(1, bytes ? bytes : 1) : malloc(bytes ? bytes : 1);
    if (!p) out_of_memory(bytes);
    if (piece_count == piece_room) {
        piece_room = piece_room ? piece_room * 2 : 1024;
        pieces = realloc(pieces, piece_room * sizeof *pieces);
        if (!pieces) out_of_memory(piece_room * sizeof *pieces);
    }
    pieces[piece_count++] = p;
    return p;
}

void mem_release_all(void) {
    for (size_t i = 0; i < piece_count; i++)
        free(pieces[i]);
    piece_count = 0;
}

void *mem_alloc(size_t bytes) {
    return take(bytes, true);
}
void *mem_alloc_atomic(size_t bytes) {
    return take(bytes, false);
}

#else

#include <gc/gc.h>

/* A first heap of this size spares most collections: reading all of stdlib and kernel fits. */
#define FIRST_HEAP_BYTES ((size_t)64 << 20)

static void start(void) {
    static bool started;
    if (started) return;
    started = true;
    GC_INIT();
    GC_expand_hp(FIRST_HEAP_BYTES);
    GC_set_free_space_divisor(2);
    GC_set_warn_proc(GC_ignore_warn_proc);
}

void *mem_alloc(size_t bytes) {
    start();
    void *p = GC_MALLOC(bytes);
    if (!p) out_of_memory(bytes);
    return p;
}

void *mem_alloc_atomic(size_t bytes) {
    start();
    void *p = GC_MALLOC_ATOMIC(bytes);
    if (!p) out_of_memory(bytes);
    return p;
}

#endif

void *mem_grow(void *old, size_t old_bytes, size_t new_bytes) {
    void *p = mem_alloc(new_bytes);
    size_t kept = old_bytes < new_bytes ? old_bytes : new_bytes;
    if (kept) memcpy(p, old, kept);
    return p;
}

char *mem_format(const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0) len = 0;
    char *text = mem_alloc_atomic((size_t)len + 1);
    text[0] = 0;
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

char *mem_copy_text(const char *text, size_t len) {
    char *copy = mem_alloc_atomic(len + 1);
    if (len) memcpy(copy, text, len);
    copy[len] = 0;
    return copy;
}

void vec_grow_raw(void *vec, size_t item_bytes) {
    typedef VEC(void) Raw;
    Raw *v = vec;
    size_t room = v->room ? v->room * 2 : 8;
    if (room > SIZE_MAX / 2 / item_bytes) out_of_memory(SIZE_MAX);
    v->at = mem_grow(v->at, v->count * item_bytes, room * item_bytes);
    v->room = room;
}
