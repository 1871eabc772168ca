/* carry.c: see carry.h. */
#include "drive/carry.h"
#include "base/diag.h"
#include <errno.h>
#include <stdlib.h>

#define DEEPEST 40 /* folders in folders: links may go round */

void carry_bytes(Carried *out, const char *name, const uint8_t *bytes, size_t size) {
    vec_push(out, ((CarriedFile){name, bytes, size}));
}

void carry_file(Carried *out, const char *name, const char *path) {
    uint8_t *bytes;
    size_t size;
    int result = files_read(path, &bytes, &size);
    if (result < 0) diag_fatal("cannot read %s: %s", path, strerror(-result));
    carry_bytes(out, name, bytes, size);
}

static void carry_below(Carried *out, const char *name, const char *path, unsigned depth) {
    Names names = {0};
    if (depth > DEEPEST) diag_fatal("%s: folders in folders without end", path);
    files_list(path, &names);
    for (size_t i = 0; i < names.count; i++) {
        const char *below = files_join(path, names.at[i]), *as = files_join(name, names.at[i]);
        if (files_is_folder(below))
            carry_below(out, as, below, depth + 1);
        else if (files_exists(below))
            carry_file(out, as, below);
    }
}

void carry_folder(Carried *out, const char *name, const char *path) {
    if (files_is_folder(path)) carry_below(out, name, path, 0);
}

typedef struct Ranked {
    CarriedFile file;
    size_t rank;
} Ranked;

static int by_name(const void *a, const void *b) {
    const Ranked *x = a, *y = b;
    int order = strcmp(x->file.name, y->file.name);
    return order ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

void carry_sort(Carried *files) {
    VEC(Ranked) all = {0};
    for (size_t i = 0; i < files->count; i++)
        vec_push(&all, ((Ranked){files->at[i], i}));
    if (all.count) qsort(all.at, all.count, sizeof *all.at, by_name);
    files->count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || strcmp(all.at[i].file.name, all.at[i - 1].file.name) != 0)
            vec_push(files, all.at[i].file);
}
