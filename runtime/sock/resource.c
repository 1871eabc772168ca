/* resource.c: what a socket's reference stands for: made with its descriptor, owned by a process,
 * known to socket_registry, closed with the last reference at the latest. */
#include "sock/sock.h"
#include "base/panic.h"
#include "proc/proc.h"
#include "sig/signal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void close_all_locked(ErlNifEnv *env, Sock *s) {
    brc_sock_abort_locked(env, s, "closed");
    brc_sock_forget_locked(s);
    if (s->fd >= 0) close(s->fd);
    if (s->file >= 0) close(s->file);
    s->fd = s->file = -1;
    s->closing = s->closed = true;
    if (s->counted) brc_sock_count(s, -1);
    s->counted = false;
}

static void end(ErlNifEnv *env, void *object) {
    Sock *s = object;
    close_all_locked(env, s);
    for (int way = 0; way < SOCK_WAYS; way++)
        while (s->waits[way]) {
            SockWait *w = s->waits[way];
            s->waits[way] = w->next;
            brc_sock_wait_free(w);
        }
    if (s->meta_env) enif_free_env(&s->meta_env->env);
}

static void owner_down(ErlNifEnv *env, void *object, ErlNifPid *pid, ErlNifMonitor *monitor) {
    Sock *s = object;
    (void)monitor;
    brc_base_lock(&s->lock);
    bool mine = s->owner == pid->pid;
    bool told = mine && !s->closing && s->registered;
    if (mine) close_all_locked(env, s);
    brc_base_unlock(&s->lock);
    if (told) brc_sock_register(env, s, "del");
    if (!mine) brc_sock_gone(env, s, pid->pid);
}

static ErlNifResourceType type = {.init = {.dtor = end, .down = owner_down, .members = 3}};

Sock *brc_sock_new(ErlNifEnv *env, int fd, int domain, int kind, int protocol, Term *ref) {
    Sock *s = enif_alloc_resource(&type, sizeof *s);
    memset(s, 0, sizeof *s);
    s->fd = fd, s->file = s->copy_of = -1;
    s->domain = domain, s->type = kind, s->protocol = protocol;
    s->registered = brc_sock_uses_registry;
    s->read_bytes = 8192, s->read_times = 0, s->read_control = s->write_control = 1024;
    s->meta = AM(undefined);
    s->owner = BRC_NONE;
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    brc_sock_own_locked(env, s, env->p->pid);
    s->counted = true;
    brc_sock_count(s, 1);
    *ref = enif_make_resource(env, s);
    enif_release_resource(s);
    return s;
}

bool brc_sock_own_locked(ErlNifEnv *env, Sock *s, Term pid) {
    ErlNifPid who = {.pid = pid};
    ErlNifMonitor monitor;
    if (s->owner == pid) return true;
    if (enif_monitor_process(env, s, &who, &monitor) != 0) return false;
    if (s->owner != BRC_NONE) enif_demonitor_process(env, s, &s->owner_monitor);
    s->owner = pid;
    s->owner_monitor = monitor;
    return true;
}

Sock *brc_sock_get(ErlNifEnv *env, Term ref) {
    void *object;
    if (!enif_get_resource(env, ref, &type, &object)) {
        brc_ctx_badarg(env->p);
        return NULL;
    }
    Sock *s = object;
    brc_base_lock(&s->lock);
    return s;
}

Term brc_sock_ref(ErlNifEnv *env, Sock *s) {
    return enif_make_resource(env, s);
}
void brc_sock_hold(Sock *s) {
    enif_keep_resource(s);
}
void brc_sock_drop(Sock *s) {
    enif_release_resource(s);
}

/* ---- messages ---- */

static void tell(Term pid, Term message) {
    brc_sig_push_mt(pid, brc_sig_new_kept(message));
}

static Term socket_term(ErlNifEnv *env, Sock *s) {
    return enif_make_tuple2(env, SOCK_A("$socket"), brc_sock_ref(env, s));
}

void brc_sock_register(ErlNifEnv *env, Sock *s, const char *what) {
    ErlNifPid registry;
    if (enif_whereis_pid(env, SOCK_A("socket_registry"), &registry))
        tell(registry.pid,
             enif_make_tuple3(env, SOCK_A("$socket"), SOCK_A(what), socket_term(env, s)));
}

void brc_sock_abort_locked(ErlNifEnv *env, Sock *s, const char *why) {
    for (int way = 0; way < SOCK_WAYS; way++)
        for (SockWait *w = s->waits[way], *next; w; w = next) {
            next = w->next;
            s->waits[way] = next;
            tell(w->pid,
                 enif_make_tuple4(
                     env, SOCK_A("$socket"), socket_term(env, s), SOCK_A("abort"),
                     enif_make_tuple2(env, enif_make_copy(env, w->handle->term), SOCK_A(why))));
            brc_sock_wait_free(w);
        }
}

/* ---- answers ---- */

Term brc_sock_ok(ErlNifEnv *env, Term value) {
    return enif_make_tuple2(env, AM(ok), value);
}
Term brc_sock_fail(ErlNifEnv *env, const char *reason) {
    return enif_make_tuple2(env, AM(error), SOCK_A(reason));
}
Term brc_sock_error(ErlNifEnv *env, int error) {
    return enif_make_tuple2(env, AM(error), brc_io_posix_name(error));
}
Term brc_sock_invalid(ErlNifEnv *env, const char *what) {
    return enif_make_tuple2(env, SOCK_A("invalid"), SOCK_A(what));
}
Term brc_sock_int_atom(ErlNifEnv *env, const char *name, int number) {
    return name ? SOCK_A(name) : enif_make_int(env, number);
}
