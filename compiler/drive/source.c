/* source.c: where a module's sources were when it was compiled. The line table has the name as it
 * was given to erlc ("src/m.erl"), the CInf chunk the full path ("/home/me/app/src/m.erl"), of
 * which the one is the end. */
#include "drive/source.h"
#include "drive/files.h"

/* A list of characters as text; NULL: no such list. */
static char *string_of(const Lit *lit) {
    if (lit->kind != LIT_CONS) return NULL;
    Text text = {0};
    for (size_t i = 0; i + 1 < lit->count; i++) {
        const Lit *c = lit->items[i];
        if (c->kind != LIT_INT || c->i <= 0 || c->i > 255) return NULL;
        char byte = (char)c->i;
        text_put(&text, &byte, 1);
    }
    return text.at;
}

/* The value of {source, Path} in the compiler's notes. */
static char *source_path(const Lit *info) {
    if (!info || info->kind != LIT_CONS) return NULL;
    for (size_t i = 0; i + 1 < info->count; i++) {
        const Lit *pair = info->items[i];
        if (pair->kind == LIT_TUPLE && pair->count == 2 && pair->items[0]->kind == LIT_ATOM &&
            strcmp(pair->items[0]->text, "source") == 0)
            return string_of(pair->items[1]);
    }
    return NULL;
}

/* A relative name that is not the end of the source's own path was given by a -file attribute,
 * relative to some folder above: src/m.gleam, of .../build/dev/erlang/app/_gleam_artefacts/m.erl.
 */
static const char *full_name(const char *path, const char *name) {
    if (name[0] == '/') return name;
    if (files_has_suffix(path, mem_format("/%s", name))) return path;
    const char *folder = files_folder(path);
    for (const char *up = folder; strcmp(up, "/") != 0; up = files_folder(up)) {
        const char *found = files_join(up, name);
        if (files_exists(found)) return found;
    }
    return files_join(folder, name);
}

const char *const *source_names(const BeamFile *f) {
    const char *path = source_path(f->compile_info);
    const char **names = mem_array(const char *, f->files.count + 1);
    for (size_t i = 0; i < f->files.count; i++)
        names[i] = path && path[0] == '/' ? full_name(path, f->files.at[i]) : f->files.at[i];
    return names;
}
