/* bif_display.c: erts_debug:display/1: a term straight to the standard output, for debugging. It
 * waits for nobody: what a program has given to the standard output before may come after. */
#include "abi/bif.h"
#include "bif/text.h"
#include "ctx/fail.h"
#include "term/print.h"
#include <errno.h>
#include <unistd.h>

static void write_all(int fd, const char *text, size_t len) {
    while (len > 0) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno != EINTR) return;
        if (n > 0) text += n, len -= (size_t)n;
    }
}

/* The term's text and a newline on the standard output; the caller frees. */
static char *display(Term t, size_t *len) {
    char *text = brc_term_print_alloc(t, len);
    text[(*len)++] = '\n';
    write_all(STDOUT_FILENO, text, *len);
    return text;
}

/* Also gives what was printed, as a list. */
Term brc_bif_erts_debug_display_1(Proc *p, Term t) {
    size_t len;
    char *text = display(t, &len);
    Term list = text_list(p, text, len);
    free(text);
    return list;
}
