/* in.c: brc_native's input half: bytes of standard input, and taking lines and characters off a
 * buffer. The server (lib/brc_io.erl) holds what has been read and not yet asked for. */
#include "abi/bif.h"
#include "code/enter.h"
#include "ctx/fail.h"
#include "io/chars.h"
#include "sched/sched.h"
#include "sched/stats.h"
#include "term/atom.h"
#include "term/bits.h"
#include "term/utf.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define READ_BYTES (64u << 10)

/* ---- reading ---- */
/* A binary, eof, {error, Posix}; BRC_NONE: nothing there yet. */
static Term read_now(Proc *p) {
    static uint8_t bytes[READ_BYTES];
    struct pollfd f = {.fd = 0, .events = POLLIN};
    if (poll(&f, 1, 0) == 0) return BRC_NONE;
    ssize_t n = read(0, bytes, sizeof bytes);
    if (n > 0) {
        brc_sched_bytes_in += (uint64_t)n;
        return brc_term_bin_new(p, bytes, (size_t)n);
    }
    if (n == 0 || errno == EIO) return AM(eof); /* EIO: the terminal is gone */
    if (errno == EAGAIN || errno == EINTR) return BRC_NONE;
    const char *name = errno == EBADF ? "ebadf" : errno == EISDIR ? "eisdir" : "einval";
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), brc_term_atom_intern(name, strlen(name)));
}

/* Entered when standard input may have something. */
static CODE_FN(read_again) {
    CODE_OUT();
    (void)x0, (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    Term got = read_now(p);
    if (got != BRC_NONE) {
        p->x[0] = got;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    brc_sched_watch_fd(p->rest->sched, 0, BRC_SCHED_READ, proc_pid(p));
    p->resume = read_again;
    p->live = 0;
    p->fail = BRC_FAIL_WAIT;
}

/* brc_native:read() */
Term brc_bif_brc_native_read_0(Proc *p) {
    Term got = read_now(p);
    return got != BRC_NONE ? got : brc_ctx_trap(p, read_again, 0);
}

/* ---- lines and characters ---- */
static Term split_at(Proc *p, Term bin, size_t at, size_t size) {
    Term head = brc_term_bits_sub(p, bin, 0, 8 * at);
    Term rest = brc_term_bits_sub(p, bin, 8 * at, 8 * (size - at));
    return term_tuple2(brc_ctx_alloc(p, 3), head, rest);
}

/* brc_native:split_line(Bin, From): {Line, Rest}, where Line ends with the newline (cr-nl becomes
 * nl), or false: none at or after byte From. */
Term brc_bif_brc_native_split_line_2(Proc *p, Term bin, Term from) {
    size_t n;
    uint8_t *tmp = NULL;
    const uint8_t *b = brc_term_bin_bytes(bin, &n, &tmp);
    if (!b || !term_is_small(from) || term_small(from) < 0) return brc_ctx_badarg(p);
    size_t start = (size_t)term_small(from) < n ? (size_t)term_small(from) : n;
    const uint8_t *nl = memchr(b + start, '\n', n - start);
    Term result = AM(false);
    if (nl) {
        size_t at = (size_t)(nl - b);
        result = split_at(p, bin, at + 1, n);
        if (at > 0 && b[at - 1] == '\r') {
            uint8_t *line;
            Term joined = brc_term_bin_alloc(p, at, &line);
            memcpy(line, b, at - 1);
            line[at - 1] = '\n';
            term_tuple_elements(result)[0] = joined;
        }
    }
    free(tmp);
    return result;
}

static bool encoding_of(Term t, enum Encoding *e) {
    *e = t == AM(latin1) ? BRC_ENC_LATIN1 : BRC_ENC_UTF8;
    return t == AM(latin1) || t == AM(unicode);
}

/* brc_native:split_chars(Bin, Encoding, N): {First N characters, Rest}, or false: not as many.
 * Bytes that are no UTF-8 count as a character each. */
Term brc_bif_brc_native_split_chars_3(Proc *p, Term bin, Term encoding, Term count) {
    size_t n, at = 0;
    uint8_t *tmp = NULL;
    enum Encoding e;
    const uint8_t *b = brc_term_bin_bytes(bin, &n, &tmp);
    if (!b || !encoding_of(encoding, &e) || !term_is_small(count)) {
        free(tmp);
        return brc_ctx_badarg(p);
    }
    int64_t left = term_small(count);
    for (; left > 0 && at < n; left--) {
        uint32_t ch;
        int used = e == BRC_ENC_UTF8 ? brc_term_utf8_get(b + at, n - at, &ch) : 1;
        if (used == 0) break;
        at += used < 0 ? 1 : (size_t)used;
    }
    free(tmp);
    return left > 0 ? AM(false) : split_at(p, bin, at, n);
}

/* brc_native:cast(Bin, FileEncoding, WantedEncoding, list | binary): the text as the asker wants
 * it, or error: not valid, or a character that the encoding lacks. */
Term brc_bif_brc_native_cast_4(Proc *p, Term bin, Term from, Term to, Term mode) {
    size_t n, chars = 0;
    uint8_t *tmp = NULL;
    enum Encoding ef, et;
    if (!encoding_of(from, &ef) || !encoding_of(to, &et)) return brc_ctx_badarg(p);
    const uint8_t *b = brc_term_bin_bytes(bin, &n, &tmp);
    if (!b) return brc_ctx_badarg(p);
    Term result = AM(error);
    bool valid = ef == BRC_ENC_LATIN1 || brc_term_utf8_prefix(b, n, &chars) == n;
    if (ef == BRC_ENC_LATIN1) chars = n;
    if (valid && mode == AM(binary) && ef == et) {
        result = bin;
    } else if (valid) {
        bool list = mode == AM(list);
        Term *cell = list ? brc_ctx_alloc(p, 2 * chars) : NULL, *start = cell;
        uint8_t *bytes = list ? NULL : malloc(2 * n + 1), *out = bytes;
        for (size_t i = 0; i < n && valid;) {
            uint32_t ch = b[i];
            i += ef == BRC_ENC_UTF8 ? (size_t)brc_term_utf8_get(b + i, n - i, &ch) : 1;
            if (et == BRC_ENC_LATIN1 && ch > 255) valid = false;
            if (list)
                term_cons(cell, BRC_SMALL(ch), term_make_list(cell + 2)), cell += 2;
            else if (et == BRC_ENC_LATIN1)
                *out++ = (uint8_t)ch;
            else
                out += brc_term_utf8_put(out, ch);
        }
        if (valid && list) {
            result = chars ? term_make_list(start) : BRC_NIL;
            if (chars) cell[-1] = BRC_NIL;
        } else if (valid) {
            result = brc_term_bin_new(p, bytes, (size_t)(out - bytes));
        }
        if (list && !valid) brc_ctx_trim(p, start, 2 * chars, start);
        free(bytes);
    }
    free(tmp);
    return result;
}
