/* directives.c: see directives.h. */
#include "ffi/directives.h"
#include "base/diag.h"

#define MARK   "// beamrc:"
#define SPACES " \t\r"

static void read_line(const char *path, unsigned number, const char *line, FfiDirectives *out) {
    const char *at = line + strspn(line, SPACES);
    if (strncmp(at, MARK, sizeof MARK - 1) != 0) return;
    at += sizeof MARK - 1;
    const char *kind = NULL;
    while (*(at += strspn(at, SPACES))) {
        size_t len = strcspn(at, SPACES);
        FfiWord word = {mem_copy_text(at, len), number};
        at += len;
        if (!kind)
            kind = word.text;
        else if (strcmp(kind, "link") == 0)
            vec_push(&out->links, word);
        else if (strcmp(kind, "package") == 0)
            vec_push(&out->packages, word);
        else
            vec_push(&out->flags, word);
        if (strcmp(kind, "link") != 0 && strcmp(kind, "package") != 0 && strcmp(kind, "flags") != 0)
            diag_fatal("%s:%u: '%s' is none of link, package and flags: %s", path, number, kind,
                       line);
    }
}

void directives_read(const char *path, const char *text, FfiDirectives *out) {
    for (unsigned number = 1; *text; number++) {
        size_t len = strcspn(text, "\n");
        read_line(path, number, mem_copy_text(text, len), out);
        text += len + (text[len] != 0);
    }
}
