/* arena.c: a table's memory. Classes are multiples of 16 up to 512 bytes, then four to a doubling;
 * freed cells are kept by class until the table is empty. */
#include "ets/arena.h"
#include "base/pages.h"
#include "base/panic.h"
#include <string.h>

enum { FINE_MAX = 512, FIRST_BYTES = 1024, MOST_BYTES = 256 * 1024 };
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CLASS_MAX 0 /* each cell a block: a stale pointer is seen */
#endif
#endif
#ifndef CLASS_MAX
#define CLASS_MAX 4096
#endif

/* The class of a size and the bytes its cells take. */
static unsigned class_of(size_t bytes, size_t *room) {
    if (bytes <= FINE_MAX) {
        unsigned c = bytes <= 16 ? 0 : (unsigned)((bytes - 1) >> 4);
        *room = ((size_t)c + 1) << 4;
        return c;
    }
    unsigned shift = (unsigned)(63 - __builtin_clzl(bytes - 1)); /* 9..11 */
    size_t step = (size_t)1 << (shift - 2);
    size_t over = (bytes - 1 - ((size_t)1 << shift)) / step;
    *room = ((size_t)1 << shift) + (over + 1) * step;
    return 32 + (shift - 9) * 4 + (unsigned)over;
}

static EtsChunk *chunk_new(EtsChunk **list, size_t bytes) {
    size_t room;
    EtsChunk *c = brc_base_block_alloc(bytes, &room);
    c->room = room;
    c->before = NULL;
    c->next = *list;
    if (c->next) c->next->before = c;
    *list = c;
    return c;
}

static void chunk_free(EtsChunk **list, EtsChunk *c) {
    if (c->next) c->next->before = c->before;
    if (c->before)
        c->before->next = c->next;
    else
        *list = c->next;
    brc_base_block_free(c, c->room, c->room);
}

static void *cell_from_new_chunk(EtsArena *a, size_t room) {
    if (a->next_bytes == 0) a->next_bytes = FIRST_BYTES;
    size_t want = a->next_bytes;
    while (want < room + sizeof(EtsChunk))
        want *= 2;
    EtsChunk *c = chunk_new(&a->chunks, want);
    if (a->next_bytes < MOST_BYTES) a->next_bytes *= 2;
    char *cell = (char *)(c + 1);
    a->at = cell + room;
    a->end = (char *)c + c->room;
    return cell;
}

void *brc_ets_cell_new(EtsArena *a, size_t bytes) {
    if (__builtin_expect(bytes > CLASS_MAX, 0)) {
        if (bytes > SIZE_MAX / 4) brc_base_panic("out of memory (an object of a table)");
        EtsChunk *c = chunk_new(&a->large, bytes + sizeof *c);
        a->bytes += bytes;
        return c + 1;
    }
    size_t room;
    unsigned class_ = class_of(bytes, &room);
    a->bytes += room;
    void *cell = a->free_[class_];
    if (cell) {
        memcpy(&a->free_[class_], cell, sizeof(void *));
        return cell;
    }
    if ((size_t)(a->end - a->at) >= room) {
        cell = a->at;
        a->at += room;
        return cell;
    }
    return cell_from_new_chunk(a, room);
}

void brc_ets_cell_free(EtsArena *a, void *cell, size_t bytes) {
    if (bytes > CLASS_MAX) {
        a->bytes -= bytes;
        chunk_free(&a->large, (EtsChunk *)cell - 1);
        return;
    }
    size_t room;
    unsigned class_ = class_of(bytes, &room);
    a->bytes -= room;
    memcpy(cell, &a->free_[class_], sizeof(void *));
    a->free_[class_] = cell;
}

size_t brc_ets_arena_shrink(EtsArena *a) {
    EtsChunk **list = a->chunks ? &a->chunks : &a->large;
    if (!*list) return 0;
    size_t bytes = (*list)->room;
    chunk_free(list, *list);
    return bytes;
}

void brc_ets_arena_reset(EtsArena *a) {
    while (brc_ets_arena_shrink(a)) {
    }
    *a = (EtsArena){0};
}
