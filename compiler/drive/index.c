/* index.c: see index.h. FOLDER/names/index: a line for each name, MADE_FROM KEY, newest last. */
#include "drive/index.h"
#include "drive/files.h"

#define KEY_CHARS  64
#define LINE_CHARS (KEY_CHARS + 1 + KEY_CHARS + 1)
#define MOST_BYTES (INT64_C(1) << 20)
#define LIMIT_PART 50 /* of what the cache may hold, at most */

struct Index {
    const Cache *cache;
    const char *path;
    Map *keys;
    Text lines;
    bool changed;
};

static bool is_key(const char *at) {
    return strspn(at, "0123456789abcdef") == KEY_CHARS;
}

/* Not where somebody else has written, nor at the end. */
static bool is_line(const char *at) {
    return is_key(at) && at[KEY_CHARS] == ' ' && is_key(at + KEY_CHARS + 1) &&
           at[LINE_CHARS - 1] == '\n';
}

static void note(Index *index, const char *line) {
    map_set(index->keys, line, KEY_CHARS, mem_copy_text(line + KEY_CHARS + 1, KEY_CHARS));
    text_put(&index->lines, line, LINE_CHARS);
}

Index *index_open(const Cache *c) {
    Index *index = mem_new(Index);
    *index = (Index){.cache = c, .keys = map_new()};
    if (!c->kept) return index;
    index->path = files_join(c->folder, "names/index");
    uint8_t *bytes;
    size_t size;
    if (files_read(index->path, &bytes, &size) < 0) return index;
    const char *at = (const char *)bytes;
    for (; is_line(at); at += LINE_CHARS)
        note(index, at);
    return index;
}

const char *index_find(const Index *index, const char *made_from) {
    return map_get(index->keys, made_from, KEY_CHARS);
}

void index_add(Index *index, const char *made_from, const char *key) {
    note(index, mem_format("%s %s\n", made_from, key));
    index->changed = true;
}

void index_keep(Index *index) {
    if (!index->changed || !index->path) return;
    int64_t limit = index->cache->quota.limit_bytes / LIMIT_PART;
    size_t most = (size_t)(limit < MOST_BYTES ? limit : MOST_BYTES);
    size_t size = index->lines.count, from = 0;
    if (size > most) from = size - most / (2 * LINE_CHARS) * LINE_CHARS; /* the newer half */
    quota_put(&index->cache->quota, index->path, index->lines.at + from, size - from, 0666);
}
