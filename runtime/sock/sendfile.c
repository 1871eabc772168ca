/* sendfile.c: a file's bytes go out by the kernel. The file is another process's: the socket keeps
 * a descriptor of its own until it is sent. */
#include "sock/sock.h"
#include "io/file.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

static void end(Sock *s) {
    if (s->file >= 0) close(s->file);
    s->file = -1;
}

/* {ok, N}, {select, N}, select or an error. */
static Term send_some(ErlNifEnv *env, Sock *s, Term handle, off_t at, size_t count) {
    const size_t most = 0x7FFFF000;
    size_t done = 0;
    for (;;) {
        size_t want = count && count - done < most ? count - done : most;
        ssize_t n = want ? sendfile(s->fd, s->file, &at, want) : 0;
        if (n > 0) done += (size_t)n;
        if (n > 0 && (!count || done < count)) continue;
        int error = n < 0 ? errno : 0;
        Term sent = enif_make_uint64(env, done);
        s->counts.write_tries++;
        s->counts.write_byte += done;
        if (!error) {
            end(s);
            brc_sock_done_locked(env, s, SOCK_WRITE);
            return enif_make_tuple2(env, AM(ok), sent);
        }
        if (error == EAGAIN || error == EINTR) {
            error = brc_sock_wait_locked(env, s, SOCK_WRITE, SOCK_A("sendfile"), handle);
            if (!error) return done ? enif_make_tuple2(env, AM(select), sent) : AM(select);
        }
        end(s);
        s->counts.write_fails++;
        brc_sock_done_locked(env, s, SOCK_WRITE);
        return brc_sock_error(env, error);
    }
}

static Term go(ErlNifEnv *env, Sock *s, Term handle, Term offset, Term count) {
    if (!term_is_small(offset) || !term_is_small(count) || term_small(count) < 0)
        return brc_ctx_badarg(env->p);
    enum SockTurn turn = brc_sock_turn_locked(env, s, SOCK_WRITE, SOCK_A("sendfile"), handle);
    if (turn != SOCK_MINE) return brc_sock_later(env, turn);
    return send_some(env, s, handle, term_small(offset), (size_t)term_small(count));
}

Term brc_bif_prim_socket_nif_sendfile_5(Proc *p, Term ref, Term handle, Term offset, Term count,
                                        Term file) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    if (!s) return BRC_NONE;
    if (s->closing) return sock_leave(env, s, brc_sock_fail(env, "closed"));
    const File *f = brc_io_file_of(file);
    if (!f) return sock_leave(env, s, brc_ctx_badarg(p));
    int fd = fcntl(file_fd(f), F_DUPFD_CLOEXEC, 0);
    if (fd < 0 && errno == EBADF) errno = EINVAL; /* as OTP has it of a closed file */
    if (fd < 0) return sock_leave(env, s, brc_sock_error(env, errno));
    end(s);
    s->file = fd;
    return sock_leave(env, s, go(env, s, handle, offset, count));
}

Term brc_bif_prim_socket_nif_sendfile_4(Proc *p, Term ref, Term handle, Term offset, Term count) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    if (!s) return BRC_NONE;
    if (s->closing) return sock_leave(env, s, brc_sock_fail(env, "closed"));
    return sock_leave(env, s,
                      s->file < 0 ? brc_sock_fail(env, "badf") : go(env, s, handle, offset, count));
}

Term brc_bif_prim_socket_nif_sendfile_1(Proc *p, Term ref) {
    ErlNifEnv *env = SOCK_ENV(p);
    Sock *s = brc_sock_get(env, ref);
    if (!s) return BRC_NONE;
    end(s);
    return sock_leave(env, s, AM(ok));
}
