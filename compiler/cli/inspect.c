/* inspect.c: the command inspect: what an executable holds, as it was listed when it was linked. */
#include "cli/commands.h"
#include "drive/listing.h"
#include "base/diag.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct Line {
    const char *kind, *name;
    uint64_t bytes;
} Line;
typedef VEC(Line) Lines;

/* "KIND NAME BYTES" or "KIND VALUE": the last word is a number for what has a size. */
static Line parse_line(char *line) {
    Line l = {.kind = line, .name = ""};
    char *space = strchr(line, ' ');
    if (!space) return l;
    *space = 0;
    l.name = space + 1;
    bool sized = strcmp(line, "module") == 0 || strcmp(line, "function") == 0;
    char *last = sized ? strrchr(space + 1, ' ') : NULL;
    if (last) {
        *last = 0;
        l.bytes = strtoull(last + 1, NULL, 10);
    } else if (strcmp(line, "runtime") == 0) {
        l.bytes = strtoull(space + 1, NULL, 10);
    }
    return l;
}

static void parse_listing(const char *text, Lines *out) {
    while (*text) {
        size_t len = strcspn(text, "\n");
        vec_push(out, parse_line(mem_copy_text(text, len)));
        text += len + (text[len] != 0);
    }
}

static bool is(const Line *l, const char *kind) {
    return strcmp(l->kind, kind) == 0;
}

static void print_head(const Lines *lines, const char *path, size_t size) {
    uint64_t code = 0, runtime = 0;
    size_t modules = 0, functions = 0, embedded = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const Line *l = &lines->at[i];
        if (is(l, "module")) modules++, code += l->bytes;
        if (is(l, "function")) functions++;
        if (is(l, "embedded")) embedded++;
        if (is(l, "runtime")) runtime = l->bytes;
    }
    printf("%s: %zu bytes\n", path, size);
    for (size_t i = 0; i < lines->count; i++) {
        const Line *l = &lines->at[i];
        if (is(l, "beamrc")) printf("built by       beamrc %s\n", l->name);
        if (is(l, "otp")) printf("OTP            %s\n", l->name);
        if (is(l, "main")) printf("entry          %s\n", l->name);
    }
    printf("modules        %zu, %zu functions, %llu bytes of code\n", modules, functions,
           (unsigned long long)code);
    printf("runtime        %llu bytes of code\n", (unsigned long long)runtime);
    printf("embedded files %zu\n", embedded);
}

static void print_modules(const Lines *lines) {
    for (size_t i = 0; i < lines->count; i++) {
        const Line *l = &lines->at[i];
        if (is(l, "module")) printf("\n%8llu  %s\n", (unsigned long long)l->bytes, l->name);
        if (is(l, "function")) printf("%8llu    %s\n", (unsigned long long)l->bytes, l->name);
        if (is(l, "embedded")) printf("          %s\n", l->name);
    }
}

/* ---- --json ---- */

static void json_sized(Json *j, const Line *l) {
    json_begin(j, '{');
    json_string_of(j, "name", l->name);
    json_number_of(j, "bytes", l->bytes);
}

/* A module and the lines of functions that follow it. */
static size_t json_module(Json *j, const Lines *lines, size_t i) {
    json_sized(j, &lines->at[i++]);
    json_key(j, "functions");
    json_begin(j, '[');
    for (; i < lines->count && is(&lines->at[i], "function"); i++) {
        json_sized(j, &lines->at[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
    return i;
}

static void print_json(const Lines *lines, const char *path, size_t size) {
    Json j = diag_json(true);
    json_string_of(&j, "file", path);
    json_number_of(&j, "bytes", size);
    for (size_t i = 0; i < lines->count; i++) {
        const Line *l = &lines->at[i];
        if (is(l, "beamrc") || is(l, "otp")) json_string_of(&j, l->kind, l->name);
        if (is(l, "main")) json_string_of(&j, "entry", l->name);
        if (is(l, "runtime")) json_number_of(&j, "runtime_bytes", l->bytes);
    }
    json_key(&j, "modules");
    json_begin(&j, '[');
    for (size_t i = 0; i < lines->count;)
        i = is(&lines->at[i], "module") ? json_module(&j, lines, i) : i + 1;
    json_end(&j, ']');
    json_key(&j, "embedded");
    json_begin(&j, '[');
    for (size_t i = 0; i < lines->count; i++)
        if (is(&lines->at[i], "embedded")) json_string(&j, lines->at[i].name);
    json_end(&j, ']');
    diag_print(&j);
}

int command_inspect(const Options *o) {
    const char *path = o->inputs.at[0];
    uint8_t *image;
    size_t size;
    int result = files_read(path, &image, &size);
    if (result < 0) diag_fatal("cannot read %s: %s", path, strerror(-result));
    const char *error;
    char *text = listing_read(image, size, &error);
    if (!text) diag_fatal("%s %s", path, error);
    Lines lines = {0};
    parse_listing(text, &lines);
    if (o->json) {
        print_json(&lines, path, size);
        return 0;
    }
    print_head(&lines, path, size);
    print_modules(&lines);
    return 0;
}
