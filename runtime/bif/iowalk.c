/* iowalk.c: walking iodata with a stack of tails. Bytes standing in lists are gathered in a small
 * buffer, so that the visitor sees runs. */
#include "bif/iowalk.h"
#include "ctx/slice.h"
#include "term/bits.h"
#include "term/workstack.h"

#define PIECE ((size_t)64 << 10) /* bytes that a visitor gets at once */

typedef struct Walk {
    IoBytes *each;
    void *state;
    size_t total, n;
    uint8_t few[256];
} Walk;

static void flush(Walk *w) {
    if (w->n) w->each(w->state, w->few, w->n);
    brc_ctx_pause(4 * w->n);
    w->total += w->n;
    w->n = 0;
}

static bool whole_binary(Walk *w, Term t) {
    size_t size;
    uint8_t *tmp = NULL;
    const uint8_t *bytes = brc_term_bin_bytes(t, &size, &tmp);
    if (bytes == NULL) return false;
    flush(w);
    w->total += size;
    for (size_t n; size != 0; bytes += n, size -= n) {
        n = size < PIECE ? size : PIECE;
        w->each(w->state, bytes, n);
        brc_ctx_pause(n / 2 + 20);
    }
    free(tmp);
    return true;
}

static bool walk(Walk *w, WorkStack *s) {
    while (!work_empty(s)) {
        Term t = work_pop(s);
        while (term_is_cons(t)) {
            Term head = term_head(t);
            t = term_tail(t);
            if (term_is_small(head)) {
                if ((uint64_t)term_small(head) > 255) return false;
                if (w->n == sizeof w->few) flush(w);
                w->few[w->n++] = (uint8_t)term_small(head);
            } else if (term_is_cons(head)) {
                work_push(s, t);
                t = head;
            } else if (!term_is_nil(head) && !whole_binary(w, head)) {
                return false;
            }
        }
        if (!term_is_nil(t) && !whole_binary(w, t)) return false;
    }
    flush(w);
    return true;
}

bool brc_bif_io_walk(Term t, IoBytes *each, void *state, size_t *total) {
    Walk w = {.each = each, .state = state};
    WorkStack s;
    work_init(&s);
    work_push(&s, t);
    bool ok = walk(&w, &s);
    work_free(&s);
    *total = w.total;
    return ok;
}
