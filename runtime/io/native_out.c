/* native_out.c: brc_native's output half, erlang:display and their like, erlang:halt. */
#include "abi/bif.h"
#include "code/enter.h"
#include "ctx/fail.h"
#include "io/dump.h"
#include "io/chars.h"
#include "io/main.h"
#include "proc/text.h"
#include "sched/sched.h"
#include "term/atom.h"
#include "term/print.h"
#include <signal.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define FULL_BYTES  (64u << 10) /* as much as waits before it is written */
#define MOST_SLOGAN 1023u       /* as in stock */

static Term failure(Proc *p, int error) {
    const char *name = error == EPIPE    ? "epipe"
                       : error == ENOSPC ? "enospc"
                       : error == EBADF  ? "ebadf"
                                         : "eio";
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), brc_term_atom_intern(name, strlen(name)));
}

/* ok, {error, Posix}, or BRC_NONE: wait for the file. */
static Term written_locked(Proc *p, OutStream *o) {
    switch (brc_io_out_write(o)) {
    case BRC_OUT_DONE: return AM(ok);
    case BRC_OUT_FAILED: return failure(p, o->error);
    default: return o->end - o->start < FULL_BYTES ? AM(ok) : BRC_NONE;
    }
}

/* x0: 1 or 2. Entered when the file takes bytes again. */
static CODE_FN(write_again) {
    CODE_OUT();
    (void)x1, (void)x2, (void)x3, (void)x4, (void)x5;
    OutStream *o = brc_io_out_lock((int)term_small(x0));
    Term done = written_locked(p, o);
    brc_io_out_unlock();
    if (done != BRC_NONE) {
        p->x[0] = done;
        CODE_GO((Code *)(p->sp[0] - BRC_TAG_RETURN));
    }
    p->x[0] = x0;
    brc_sched_watch_fd(p->rest->sched, o->write_fd, BRC_SCHED_WRITE, proc_pid(p));
    p->resume = write_again;
    p->live = 1;
    p->fail = BRC_FAIL_WAIT;
}

static bool encoding_of(Term t, enum Encoding *e) {
    *e = t == AM(latin1) ? BRC_ENC_LATIN1 : BRC_ENC_UTF8;
    return t == AM(latin1) || t == AM(unicode);
}

static Term put_chars_locked(Proc *p, OutStream *o, Term chars, enum Encoding ef,
                             enum Encoding et) {
    if (o->error) return failure(p, o->error);
    size_t before = o->end - o->start;
    if (!brc_io_put_chars(o, chars, ef, et)) return AM(error);
    brc_ctx_charge(p, (o->end - o->start - before) / 16);
    if (o->at_once) brc_io_out_write(brc_io_out_stream(1)); /* in the order of the calls */
    if (!o->at_once && o->end - o->start < FULL_BYTES) return AM(ok);
    return written_locked(p, o);
}

/* brc_native:put_chars(Fd, Encoding, FileEncoding, Chars): ok, error (no character data) or
 * {error, Posix}. Returns when the bytes are taken over; waits where too many lie there. */
Term brc_bif_brc_native_put_chars_4(Proc *p, Term fd, Term from, Term to, Term chars) {
    enum Encoding ef, et;
    if ((fd != BRC_SMALL(1) && fd != BRC_SMALL(2)) || !encoding_of(from, &ef) ||
        !encoding_of(to, &et))
        return brc_ctx_badarg(p);
    OutStream *o = brc_io_out_lock((int)term_small(fd));
    Term done = put_chars_locked(p, o, chars, ef, et);
    brc_io_out_unlock();
    if (done != BRC_NONE) return done;
    p->x[0] = fd;
    return brc_ctx_trap(p, write_again, 1);
}

/* brc_native:geometry(Fd): {Columns, Rows} or false. */
Term brc_bif_brc_native_geometry_1(Proc *p, Term fd) {
    struct winsize w;
    if (!term_is_small(fd) || ioctl((int)term_small(fd), TIOCGWINSZ, &w) != 0 || w.ws_col == 0)
        return AM(false);
    return term_tuple2(brc_ctx_alloc(p, 3), BRC_SMALL(w.ws_col), BRC_SMALL(w.ws_row));
}

/* ---- printing without a server ---- */
static void put_text(const char *text, size_t n, void *stream) {
    brc_io_out_put(stream, text, n);
}

Term brc_bif_erlang_display_1(Proc *p, Term t) {
    (void)p;
    OutStream *o = brc_io_out_lock(1);
    brc_term_print(t, put_text, o);
    brc_io_out_put(o, "\r\n", 2);
    if (o->end - o->start > FULL_BYTES) brc_io_out_write(o);
    brc_io_out_unlock();
    return AM(true);
}

static void put_locked(int fd, const char *text, size_t n) {
    brc_io_out_put(brc_io_out_lock(fd), text, n);
    brc_io_out_unlock();
}

Term brc_bif_erlang_display_nl_0(Proc *p) {
    (void)p;
    put_locked(2, "\n", 1);
    return AM(true);
}

Term brc_bif_erlang_display_string_1(Proc *p, Term string) {
    size_t n;
    char *text = brc_proc_text(string, &n);
    if (!text) return brc_ctx_badarg(p);
    put_locked(2, text, n);
    free(text);
    return AM(true);
}

/* The text of a term, as erlang:display prints it. */
Term brc_bif_brc_native_display_string_1(Proc *p, Term t) {
    size_t n;
    char *text = brc_term_print_alloc(t, &n);
    Term list = brc_proc_string(p, text, n);
    free(text);
    return list;
}

/* ---- the end of the program ---- */
static Term halt(Proc *p, Term status, bool flush) {
    if (flush) brc_io_out_finish_blocking();
    brc_sched_stop_polling();
    if (term_is_small(status) && term_small(status) >= 0) _exit((int)(term_small(status) & 0xFF));
    if (status == AM(abort)) {
        signal(SIGABRT, SIG_DFL);
        abort();
    }
    size_t n;
    char *slogan = brc_proc_text(status, &n);
    if (!slogan) return brc_ctx_badarg(p);
    if (n > MOST_SLOGAN) slogan[n = MOST_SLOGAN] = 0;
    put_locked(2, slogan, n);
    put_locked(2, "\r\n", 2);
    brc_io_out_finish_blocking();
    brc_io_dump(slogan);
    _exit(1);
}

static bool valid_status(Term t) {
    if (term_is_small(t)) return term_small(t) >= 0;
    return t == AM(abort) || brc_term_list_length(t) >= 0;
}

Term brc_bif_erlang_halt_0(Proc *p) {
    return halt(p, BRC_SMALL(0), true);
}
Term brc_bif_erlang_halt_1(Proc *p, Term status) {
    return valid_status(status) ? halt(p, status, true) : brc_ctx_badarg(p);
}
Term brc_bif_erlang_halt_2(Proc *p, Term status, Term options) {
    bool flush = true;
    for (; term_is_cons(options); options = term_tail(options)) {
        const Term *e = term_is_tuple_of(term_head(options), 2)
                            ? term_tuple_elements(term_head(options))
                            : NULL;
        if (!e || e[0] != AM(flush) || (e[1] != AM(true) && e[1] != AM(false)))
            return brc_ctx_badarg_cause(p, AM(badopt));
        flush = e[1] == AM(true);
    }
    if (options != BRC_NIL) return brc_ctx_badarg_cause(p, AM(badopt));
    return valid_status(status) ? halt(p, status, flush) : brc_ctx_badarg(p);
}

Term brc_bif_erlang_fun_to_list_1(Proc *p, Term fun) {
    if (!term_is_fun(fun)) return brc_ctx_badarg(p);
    return brc_bif_brc_native_display_string_1(p, fun);
}
