/* port_spawn.c: child processes: starting them, and taking note of their end. */
#include "base/lock.h"
#include "base/panic.h"
#include "io/main.h"
#include "io/out.h"
#include "io/port.h"
#include "sig/signal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the end of children ---- */

static IdMap children; /* process number -> port */
static BrcLock lock;   /* of children */

/* brc_io_children_ended. Whoever is not waited for any more is reaped all the same. */
static void reap(void) {
    brc_base_lock(&lock);
    uint32_t at = 0;
    for (const IdCell *c; (c = brc_proc_idmap_next(&children, &at)) != NULL;) {
        int status = 0;
        pid_t child = (pid_t)c->key, done = waitpid(child, &status, WNOHANG);
        if (done == 0 || (done < 0 && errno == EINTR)) continue;
        Term port = (Term)c->value;
        brc_proc_idmap_remove(&children, (uint64_t)child, NULL);
        int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        brc_sig_send_port(port, BRC_NONE, 0, AM(child), BRC_SMALL(code));
        at = 0; /* the map has changed */
    }
    brc_base_unlock(&lock);
}

void brc_io_port_await(pid_t child, Term port) {
    brc_base_lock(&lock);
    brc_proc_idmap_put(&children, (uint64_t)child, port);
    brc_base_unlock(&lock);
    reap(); /* it may have ended already */
}

/* ---- starting ---- */

typedef struct Ends {
    int to[2], from[2]; /* pipes: the child reads to[0] and writes from[1] */
} Ends;

static void close_pair(int pair[2]) {
    if (pair[0] >= 0) close(pair[0]);
    if (pair[1] >= 0) close(pair[1]);
}

static bool open_ends(Ends *e, const PortCommand *c) {
    *e = (Ends){{-1, -1}, {-1, -1}};
    if ((!c->out || pipe2(e->to, O_CLOEXEC) == 0) && (!c->in || pipe2(e->from, O_CLOEXEC) == 0))
        return true;
    close_pair(e->to);
    close_pair(e->from);
    return false;
}

/* Makes fd stand at `at` in the child: a descriptor in between may be in the way of another. */
static int moved_up(int fd) {
    return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 10);
}

/* In the child, which shares nothing with us but may run beside our threads: only calls that are
 * safe after a fork. */
__attribute__((noreturn)) static void become(const Ends *e, const PortCommand *c) {
    int in = moved_up(e->to[0]), out = moved_up(e->from[1]);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    if (in >= 0) dup2(in, c->high ? 3 : 0);
    if (out >= 0) dup2(out, c->high ? 4 : 1);
    if (out >= 0 && c->errors_too) dup2(out, 2);
    /* those that we were started with are not for it; where there is no such call, it has them */
    syscall(SYS_close_range, c->high ? 5u : 3u, ~0u, 0u);
    if (c->folder && chdir(c->folder) < 0) {
        static const char sorry[] = "spawn: Could not cd to ";
        (void)!write(2, sorry, sizeof sorry - 1);
        (void)!write(2, c->folder, strlen(c->folder));
        (void)!write(2, "\n", 1);
        _exit(1);
    }
    execve(c->file, c->argv, c->env ? c->env : environ);
    _exit(errno);
}

static void unblock(int fd) {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

int brc_io_port_spawn(Port *q, const PortCommand *c) {
    Ends e;
    if (!open_ends(&e, c)) return errno;
    brc_io_children_ended = reap;
    brc_io_notice_children();
    brc_io_out_flush(true, 0); /* it may write where we do: after us */
    pid_t child = fork();
    if (child == 0) become(&e, c);
    int error = child < 0 ? errno : 0;
    if (e.to[0] >= 0) close(e.to[0]);
    if (e.from[1] >= 0) close(e.from[1]);
    if (error) {
        if (e.to[1] >= 0) close(e.to[1]);
        if (e.from[0] >= 0) close(e.from[0]);
        return error;
    }
    q->child = child;
    q->in_fd = e.from[0];
    q->out_fd = e.to[1];
    if (q->in_fd >= 0) unblock(q->in_fd);
    if (q->out_fd >= 0) unblock(q->out_fd);
    return 0;
}

static void free_all(char **texts) {
    for (char **t = texts; t && *t; t++)
        free(*t);
    free(texts);
}

void brc_io_port_command_free(PortCommand *c) {
    free(c->file);
    free_all(c->argv);
    free_all(c->env);
    free(c->folder);
}
