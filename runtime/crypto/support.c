/* support.c: arguments and failures of the built-ins of module crypto. */
#include "bif/iowalk.h"
#include "bif/text.h"
#include "crypto/crypto.h"
#include "proc/timer.h"
#include "term/atom.h"
#include "term/map.h"
#include <stdlib.h>

bool brc_crypto_binary(Term t, CryptoBytes *b) {
    static const uint8_t none[1];
    b->copy = NULL;
    b->at = brc_term_bin_bytes(t, &b->size, &b->copy);
    if (b->at == NULL) return false;
    if (b->size == 0) b->at = none;
    return true;
}

static void count(void *state, const uint8_t *bytes, size_t n) {
    (void)bytes;
    *(size_t *)state += n;
}

static void put(void *state, const uint8_t *bytes, size_t n) {
    uint8_t **to = state;
    if (n != 0) memcpy(*to, bytes, n);
    *to += n;
}

bool brc_crypto_iodata(Term t, CryptoBytes *b) {
    size_t total, sum = 0;
    if (!term_is_list(t)) return brc_crypto_binary(t, b);
    if (!brc_bif_io_walk(t, count, &sum, &total)) return false;
    *b = (CryptoBytes){.size = sum, .copy = malloc(sum + 1)};
    if (b->copy == NULL) abort();
    uint8_t *to = b->copy;
    brc_bif_io_walk(t, put, &to, &total);
    b->at = b->copy;
    return true;
}

void brc_crypto_free(CryptoBytes *b) {
    free(b->copy);
    b->copy = NULL;
}

void brc_crypto_charge(Proc *p, uint64_t start_ns) {
    brc_ctx_charge(p, (brc_proc_clock_ns() - start_ns) / 250);
}

Term brc_crypto_atom(const char *text) {
    enum { BITS = 9 };
    static _Thread_local struct {
        const char *text;
        Term atom;
    } seen[1 << BITS];
    size_t at = (uint64_t)(uintptr_t)text * UINT64_C(0x9e3779b97f4a7c15) >> (64 - BITS);
    if (seen[at].text != text) {
        seen[at].atom = brc_term_atom_intern(text, strlen(text));
        seen[at].text = text;
    }
    return seen[at].atom;
}

Term brc_crypto_atoms(Proc *p, const char *const *names, size_t n, Term tail) {
    while (n-- > 0)
        tail = term_cons(brc_ctx_alloc(p, 2), brc_crypto_atom(names[n]), tail);
    return tail;
}

Term brc_crypto_error(Proc *p, Term id, const char *file, int line, int arg, const char *text) {
    const Term where[] = {AM(c_file_name), text_list(p, file, strlen(file)), AM(c_file_line_num),
                          BRC_SMALL(line), AM(c_function_arg_num),           BRC_SMALL(arg)};
    Term map = brc_term_map_from_pairs(p, where, 3);
    Term words = text_list(p, text, strlen(text));
    return brc_ctx_error(p, term_tuple3(brc_ctx_alloc(p, 4), id, map, words));
}
