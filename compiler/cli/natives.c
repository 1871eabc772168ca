/* natives.c: see natives.h. */
#include "cli/natives.h"

static void add_own(const char *folder, Names *out) {
    char *native = files_join(folder, "native");
    Names names = {0};
    if (files_is_folder(native)) files_list(native, &names);
    for (size_t i = 0; i < names.count; i++)
        if (files_has_suffix(names.at[i], ".c"))
            vec_push(out, (const char *)files_join(native, names.at[i]));
}

/* NAME = { path = "FOLDER" } */
static void add_paths(const char *folder, Names *out) {
    uint8_t *text;
    size_t size;
    if (files_read(files_join(folder, "gleam.toml"), &text, &size) < 0) return;
    for (const char *at = (const char *)text; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        const char *line = mem_copy_text(at, strcspn(at, "\n")), *path = strstr(line, "path");
        if (!strchr(line, '{') || !path) continue;
        path += 4 + strspn(path + 4, " \t=");
        if (*path != '"' && *path != '\'') continue;
        const char quote[] = {*path, 0};
        add_own(files_join(folder, mem_copy_text(path + 1, strcspn(path + 1, quote))), out);
    }
}

void natives_find(const char *folder, Names *out) {
    static const char *const parts[] = {"build/packages", "_build/default/lib", "deps", "apps"};
    add_own(folder, out);
    add_paths(folder, out);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *part = files_join(folder, parts[i]);
        Names names = {0};
        if (files_is_folder(part)) files_list(part, &names);
        for (size_t k = 0; k < names.count; k++)
            add_own(files_join(part, names.at[k]), out);
    }
}
