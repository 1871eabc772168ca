/* select.c: who waits for a socket, and the thread that tells them.
 *
 * Of each way there is a queue: its first process uses the socket, or waits in epoll, which tells a
 * change once; the others wait for the first to be done. A process that was told stays first until
 * it calls again, gives up or ends. */
#include "sock/sock.h"
#include "base/panic.h"
#include "sched/sched.h"
#include "sig/signal.h"
#include "term/cmp.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>

static struct {
    BrcLock lock; /* guards all but `fd`, which is set before the thread begins; taken within a
                     Sock's */
    int fd;       /* of epoll; 0: not there yet */
    Sock **socks; /* by descriptor */
    int room;
    unsigned generation;
} all;

static const unsigned event_of[SOCK_WAYS] = {EPOLLIN | EPOLLRDHUP, EPOLLOUT};

/* ---- telling ---- */

static Frag *select_message(Sock *s, Term handle) {
    NifOwnEnv e;
    ErlNifEnv *env = brc_nif_env_begin(&e, NIF_ENV_CALLBACK, NULL);
    Term socket = enif_make_tuple2(env, SOCK_A("$socket"), brc_sock_ref(env, s));
    Frag *f =
        brc_sig_new_kept(enif_make_tuple4(env, SOCK_A("$socket"), socket, AM(select), handle));
    brc_nif_env_end(&e);
    return f;
}

void brc_sock_wait_free(SockWait *w) {
    if (w->message) brc_ctx_frag_free(w->message);
    brc_ctx_frag_free(w->handle);
    free(w);
}

static void pop(Sock *s, enum SockWay way) {
    SockWait *w = s->waits[way];
    s->waits[way] = w->next;
    brc_sock_wait_free(w);
}

/* The first that lives is told; where others wait behind it, its end is to be heard of. */
static void tell_first(ErlNifEnv *env, Sock *s, enum SockWay way) {
    for (SockWait *w; (w = s->waits[way]) && w->message;) {
        Frag *f = w->message;
        ErlNifPid pid = {.pid = w->pid};
        ErlNifMonitor monitor;
        w->message = NULL;
        if (w->next && pid.pid != s->owner) enif_monitor_process(env, s, &pid, &monitor);
        if (brc_sig_push_mt(w->pid, f)) return;
        pop(s, way);
    }
}

/* ---- epoll ---- */

static unsigned wanted(const Sock *s) {
    unsigned events = 0;
    for (int way = 0; way < SOCK_WAYS; way++)
        if (s->waits[way] && s->waits[way]->message) events |= event_of[way];
    return events;
}

/* 0, or an errno. */
static int watch_locked(Sock *s) {
    struct epoll_event e = {.events = wanted(s) | EPOLLONESHOT,
                            .data.u64 = (uint64_t)s->generation << 32 | (unsigned)s->fd};
    return epoll_ctl(all.fd, EPOLL_CTL_MOD, s->fd, &e) == 0 ? 0 : errno;
}

static void happened(uint64_t which, unsigned events) {
    int fd = (int)(which & 0xFFFFFFFF);
    brc_base_lock(&all.lock);
    Sock *s = fd < all.room ? all.socks[fd] : NULL;
    if (s && (s->generation != which >> 32 || !brc_nif_resource_try_ref(nif_resource_of(s))))
        s = NULL;
    brc_base_unlock(&all.lock);
    if (!s) return;
    NifOwnEnv e;
    ErlNifEnv *env = brc_nif_env_begin(&e, NIF_ENV_CALLBACK, NULL);
    brc_base_lock(&s->lock);
    for (int way = 0; way < SOCK_WAYS; way++)
        if (events & (event_of[way] | EPOLLERR | EPOLLHUP)) tell_first(env, s, (enum SockWay)way);
    if (s->fd == fd && wanted(s)) watch_locked(s);
    brc_base_unlock(&s->lock);
    brc_nif_env_end(&e);
    brc_sock_drop(s);
}

static void *serve(void *arg) {
    (void)arg;
    struct epoll_event events[64];
    for (;;) {
        int n = epoll_wait(all.fd, events, 64, -1);
        for (int i = 0; i < n; i++)
            happened(events[i].data.u64, events[i].events);
    }
}

static void begin_locked(void) {
    if (all.fd > 0) return;
    all.fd = epoll_create1(EPOLL_CLOEXEC);
    BRC_CHECK(all.fd > 0);
    if (!brc_sched_start_thread(serve, NULL)) brc_base_panic("no thread for sockets");
}

static int enter(Sock *s) {
    brc_base_lock(&all.lock);
    begin_locked();
    if (s->fd >= all.room) {
        int room = s->fd * 2 + 64;
        all.socks = realloc(all.socks, (size_t)room * sizeof *all.socks);
        if (!all.socks) brc_base_panic("out of memory (%d sockets)", room);
        memset(all.socks + all.room, 0, (size_t)(room - all.room) * sizeof *all.socks);
        all.room = room;
    }
    all.socks[s->fd] = s;
    s->generation = ++all.generation;
    brc_base_unlock(&all.lock);
    struct epoll_event e = {.events = EPOLLONESHOT};
    return epoll_ctl(all.fd, EPOLL_CTL_ADD, s->fd, &e) == 0 || errno == EEXIST ? 0 : errno;
}

void brc_sock_forget_locked(Sock *s) {
    if (!s->generation) return;
    brc_base_lock(&all.lock);
    if (all.socks[s->fd] == s) all.socks[s->fd] = NULL;
    brc_base_unlock(&all.lock);
    epoll_ctl(all.fd, EPOLL_CTL_DEL, s->fd, NULL);
    s->generation = 0;
}

/* ---- asking ---- */

static SockWait *queue(ErlNifEnv *env, Sock *s, enum SockWay way, Term op, Term handle) {
    SockWait *w = calloc(1, sizeof *w), **at = &s->waits[way];
    if (!w) brc_base_panic("out of memory (a socket's queue)");
    w->pid = env->p->pid;
    w->op = op;
    w->handle = brc_sig_new_kept(handle);
    w->message = select_message(s, handle);
    while (*at)
        at = &(*at)->next;
    *at = w;
    return w;
}

/* A connect or an accept that is under way leaves no room for another kind of call. */
static bool clashes(ErlNifEnv *env, const SockWait *first, Term op) {
    return first->op != op && (first->op == AM(connect) || first->op == SOCK_A("accept"));
}

Term brc_sock_later(ErlNifEnv *env, enum SockTurn turn) {
    if (turn == SOCK_CLASH) return enif_make_tuple2(env, AM(error), brc_sock_invalid(env, "state"));
    return turn == SOCK_BUSY ? AM(ok) : AM(select);
}

enum SockTurn brc_sock_turn_locked(ErlNifEnv *env, Sock *s, enum SockWay way, Term op,
                                   Term handle) {
    while (s->waits[way] && !brc_proc_is_alive(s->waits[way]->pid))
        pop(s, way);
    SockWait *first = s->waits[way];
    if (first && clashes(env, first, op)) return SOCK_CLASH;
    if (!first || first->pid == env->p->pid) return SOCK_MINE;
    if (term_is_atom(handle) || term_is_nil(handle)) return SOCK_BUSY;
    if (!first->message && !first->next && first->pid != s->owner) {
        ErlNifPid pid = {.pid = first->pid};
        ErlNifMonitor monitor;
        enif_monitor_process(env, s, &pid, &monitor);
    }
    queue(env, s, way, op, handle);
    return SOCK_WAITS;
}

int brc_sock_wait_locked(ErlNifEnv *env, Sock *s, enum SockWay way, Term op, Term handle) {
    SockWait *first = s->waits[way];
    int error = s->generation ? 0 : enter(s);
    if (error) return error;
    s->selected[way] = true;
    if (!first) {
        queue(env, s, way, op, handle);
    } else {
        brc_ctx_frag_free(first->handle);
        if (first->message) brc_ctx_frag_free(first->message);
        first->op = op;
        first->handle = brc_sig_new_kept(handle);
        first->message = select_message(s, handle);
    }
    return watch_locked(s);
}

void brc_sock_done_locked(ErlNifEnv *env, Sock *s, enum SockWay way) {
    SockWait *first = s->waits[way];
    if (!first || first->pid != env->p->pid) return;
    pop(s, way);
    if (s->waits[way] && s->generation) watch_locked(s);
}

Term brc_sock_cancel_locked(ErlNifEnv *env, Sock *s, enum SockWay way, Term op, Term handle) {
    for (SockWait **at = &s->waits[way], *w; (w = *at); at = &w->next) {
        if (w->pid != env->p->pid || w->op != op || !brc_term_eq(w->handle->term, handle)) continue;
        bool told = !w->message, was_first = at == &s->waits[way];
        *at = w->next;
        brc_sock_wait_free(w);
        if (was_first && s->waits[way] && s->generation && s->fd >= 0) watch_locked(s);
        return told ? SOCK_A("select_sent") : AM(ok);
    }
    return SOCK_A("not_found");
}

void brc_sock_gone(ErlNifEnv *env, Sock *s, Term pid) {
    (void)env;
    brc_base_lock(&s->lock);
    for (int way = 0; way < SOCK_WAYS; way++)
        for (SockWait **at = &s->waits[way], *w; (w = *at);) {
            if (w->pid != pid) {
                at = &w->next;
                continue;
            }
            *at = w->next;
            brc_sock_wait_free(w);
        }
    if (s->generation && s->fd >= 0 && wanted(s)) watch_locked(s);
    brc_base_unlock(&s->lock);
}
