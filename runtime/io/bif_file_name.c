/* bif_file_name.c: names of files between Erlang and the kernel: UTF-8 or latin1, by the
 * environment. Names given as binaries pass as they are. */
#include "abi/bif.h"
#include "ctx/fail.h"
#include "io/file.h"
#include "io/main.h"
#include "proc/text.h"
#include "term/utf.h"
#include "term/workstack.h"
#include <stdatomic.h>

bool brc_io_names_are_utf8(void) {
    static _Atomic(int) known; /* 0: not yet; any thread finds the same */
    int k = atomic_load_explicit(&known, memory_order_relaxed);
    if (!k) atomic_store_explicit(&known, k = brc_io_speaks_utf8() ? 2 : 1, memory_order_relaxed);
    return k == 2;
}

Term brc_bif_file_native_name_encoding_0(Proc *p) {
    (void)p;
    return brc_io_names_are_utf8() ? AM(utf8) : AM(latin1);
}

bool brc_io_path_begin(Term t, Path *path) {
    size_t n;
    path->tmp = NULL;
    path->text = (const char *)brc_term_bin_bytes(t, &n, &path->tmp);
    if (path->text && n > 0 && memchr(path->text, 0, n) == path->text + n - 1) return true;
    free(path->tmp);
    return false;
}

void brc_io_path_end(Path *path) {
    free(path->tmp);
}

/* ---- to the kernel ---- */

typedef struct Name {
    uint8_t *bytes;
    size_t n, room;
} Name;

static bool add(Name *name, Term t, bool utf8) {
    int64_t ch = term_small(t);
    if (!term_is_small(t) || ch <= 0 || ch > (utf8 ? 0x10FFFF : 255)) return false;
    if (utf8 && !brc_term_utf_valid((uint64_t)ch)) return false;
    if (name->room - name->n < 5) {
        name->room = 2 * name->room + 64;
        name->bytes = realloc(name->bytes, name->room);
        if (!name->bytes) abort();
    }
    if (utf8)
        name->n += brc_term_utf8_put(name->bytes + name->n, (uint32_t)ch);
    else
        name->bytes[name->n++] = (uint8_t)ch;
    return true;
}

/* A list of characters and such lists. */
static bool add_list(Name *name, Term list, WorkStack *tails) {
    bool utf8 = brc_io_names_are_utf8();
    work_push(tails, list);
    while (!work_empty(tails)) {
        Term t = work_pop(tails);
        for (; term_is_cons(t); t = term_tail(t)) {
            while (term_is_cons(term_head(t))) {
                work_push(tails, term_tail(t));
                t = term_head(t);
            }
            if (!term_is_nil(term_head(t)) && !add(name, term_head(t), utf8)) return false;
        }
        if (!term_is_nil(t)) return false;
    }
    return true;
}

static Term terminated(Proc *p, const uint8_t *bytes, size_t n) {
    uint8_t *to;
    Term t = brc_term_bin_alloc(p, n + 1, &to);
    if (n) memcpy(to, bytes, n);
    to[n] = 0;
    return t;
}

static Term from_binary(Proc *p, Term t) {
    BitsView v;
    size_t n;
    uint8_t *tmp = NULL;
    if (!brc_term_bits_view(t, &v)) return brc_ctx_badarg(p);
    if (v.bit_size & 7) return terminated(p, NULL, 0); /* as stock has it */
    const uint8_t *bytes = brc_term_bin_bytes(t, &n, &tmp);
    bool good = n == 0 || !memchr(bytes, 0, n);
    Term result = good ? terminated(p, bytes, n) : BRC_NONE;
    free(tmp);
    return good ? result : brc_ctx_badarg(p);
}

Term brc_bif_prim_file_internal_name2native_1(Proc *p, Term t) {
    if (!term_is_list(t)) return from_binary(p, t);
    Name name = {NULL, 0, 0};
    WorkStack tails;
    work_init(&tails);
    bool good = add_list(&name, t, &tails);
    work_free(&tails);
    Term result = good ? terminated(p, name.bytes, name.n) : BRC_NONE;
    brc_ctx_charge(p, name.n / 64);
    free(name.bytes);
    return good ? result : brc_ctx_badarg(p);
}

/* ---- from the kernel ---- */

/* The characters of a binary; BRC_NONE: not valid in the encoding. */
static Term decoded(Proc *p, const uint8_t *b, size_t n, bool utf8) {
    size_t chars = n;
    if (utf8 && brc_term_utf8_prefix(b, n, &chars) != n) return BRC_NONE;
    return brc_proc_characters(p, b, n, chars, utf8);
}

/* A list, or {error, warning}: not valid, and callers are to complain. */
Term brc_bif_prim_file_internal_native2name_1(Proc *p, Term t) {
    size_t n;
    uint8_t *tmp = NULL;
    const uint8_t *b = brc_term_bin_bytes(t, &n, &tmp);
    if (!b) return brc_ctx_badarg(p);
    Term result = decoded(p, b, n, brc_io_names_are_utf8());
    free(tmp);
    if (result != BRC_NONE) return result;
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(warning));
}

/* Only systems that store names decomposed need more than this. */
Term brc_bif_prim_file_internal_normalize_utf8_1(Proc *p, Term t) {
    size_t n;
    uint8_t *tmp = NULL;
    const uint8_t *b = brc_term_bin_bytes(t, &n, &tmp);
    Term result = b ? decoded(p, b, n, true) : BRC_NONE;
    free(tmp);
    return result == BRC_NONE ? brc_ctx_badarg(p) : result;
}

Term brc_bif_prim_file_is_translatable_1(Proc *p, Term t) {
    size_t n, chars;
    uint8_t *tmp = NULL;
    const uint8_t *b = brc_term_bin_bytes(t, &n, &tmp);
    if (!b) return brc_ctx_badarg(p);
    bool good = !brc_io_names_are_utf8() || brc_term_utf8_prefix(b, n, &chars) == n;
    free(tmp);
    return term_bool(good);
}
