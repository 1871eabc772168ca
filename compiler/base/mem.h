/* mem.h: memory of the compiler: Boehm-collected, never freed by hand, zeroed. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <string.h>

void *mem_alloc(size_t bytes);        /* zeroed; ends the program when there is none */
void *mem_alloc_atomic(size_t bytes); /* holds no pointers; not zeroed */
void *mem_grow(void *old, size_t old_bytes, size_t new_bytes);
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *mem_copy_text(const char *text, size_t len);
#ifdef BRC_MEM_PLAIN
void mem_release_all(void); /* the fuzz target's build: frees everything taken so far */
#endif
#define mem_new(T)      ((T *)mem_alloc(sizeof(T)))
#define mem_array(T, n) ((T *)mem_alloc(sizeof(T) * (size_t)(n)))

/* A growing array: struct { T *at; size_t count, room; }. */
#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *at;                                                                                     \
        size_t count, room;                                                                        \
    }
void vec_grow_raw(void *vec, size_t item_bytes);
#define vec_push(v, item)                                                                          \
    do {                                                                                           \
        if ((v)->count == (v)->room) vec_grow_raw((v), sizeof *(v)->at);                           \
        (v)->at[(v)->count++] = (item);                                                            \
    } while (0)

/* Text being built. */
typedef struct Text {
    char *at; /* NUL-terminated */
    size_t count, room;
} Text;
void text_add(Text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_put(Text *t, const char *bytes, size_t len);
void text_str(Text *t, const char *s);

/* Strings and byte keys to pointers. */
typedef struct Map Map;
Map *map_new(void);
void map_set(Map *m, const char *key, size_t len, void *value);
void *map_get(const Map *m, const char *key, size_t len); /* NULL: absent */
size_t map_count(const Map *m);
/* Calls visit for each entry in the order of first insertion. */
void map_each(const Map *m, void (*visit)(const char *key, size_t len, void *value, void *arg),
              void *arg);
