/* select.c: descriptors that libraries wait for. One thread, begun with the first of them, waits in
 * epoll; each event is told once, then asked for anew. */
#include "nif/nif.h"
#include "base/panic.h"
#include "sched/sched.h"
#include "sig/signal.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum Way { READ, WRITE, ERROR, WAYS };
static const struct {
    unsigned flag, cancelled, events;
} ways[WAYS] = {
    {ERL_NIF_SELECT_READ, ERL_NIF_SELECT_READ_CANCELLED, EPOLLIN},
    {ERL_NIF_SELECT_WRITE, ERL_NIF_SELECT_WRITE_CANCELLED, EPOLLOUT},
    {ERL_NIF_SELECT_ERROR, ERL_NIF_SELECT_ERROR_CANCELLED, EPOLLERR},
};

/* A descriptor that is waited for, or was; it keeps the resource until it is stopped. */
typedef struct Selected {
    struct Selected *next;
    int fd;
    NifResource *resource;
    Term pid[WAYS];      /* whom to tell; 0: nobody */
    Frag *message[WAYS]; /* what */
    bool in_epoll;
} Selected;

static struct {
    BrcLock lock; /* guards all but `fd`, which is set before the thread begins */
    Selected *first;
    int fd; /* of epoll; 0: not there yet */
} all;

static Selected **place_locked(int fd) {
    Selected **at = &all.first;
    while (*at && (*at)->fd != fd)
        at = &(*at)->next;
    return at;
}

/* ---- events ---- */

static unsigned wanted(const Selected *s) {
    unsigned events = 0;
    for (int w = 0; w < WAYS; w++)
        if (s->pid[w]) events |= ways[w].events;
    return events;
}

/* -1: the kernel refuses (errno). */
static int watch_locked(Selected *s) {
    struct epoll_event e = {.events = wanted(s) | EPOLLONESHOT, .data.fd = s->fd};
    int how = s->in_epoll ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, r = epoll_ctl(all.fd, how, s->fd, &e);
    if (r < 0 && s->in_epoll && errno == ENOENT) /* closed and opened again meanwhile */
        r = epoll_ctl(all.fd, EPOLL_CTL_ADD, s->fd, &e);
    if (r == 0) s->in_epoll = true;
    return r;
}

/* What was to be sent is sent, or dropped. */
static void finish_locked(Selected *s, enum Way w, bool send) {
    Frag *f = s->message[w];
    Term pid = s->pid[w];
    s->pid[w] = 0;
    s->message[w] = NULL;
    if (!f) return;
    if (send)
        brc_sig_push_mt(pid, f);
    else
        brc_ctx_frag_free(f);
}

static void happened(const struct epoll_event *e) {
    brc_base_lock(&all.lock);
    Selected *s = *place_locked(e->data.fd);
    for (int w = 0; s && w < WAYS; w++)
        if (s->pid[w] && e->events & (ways[w].events | EPOLLERR | EPOLLHUP))
            finish_locked(s, (enum Way)w, true);
    if (s && wanted(s)) watch_locked(s);
    brc_base_unlock(&all.lock);
}

static void *serve(void *arg) {
    (void)arg;
    struct epoll_event events[64];
    for (;;) {
        int n = epoll_wait(all.fd, events, 64, -1);
        for (int i = 0; i < n; i++)
            happened(&events[i]);
    }
}

static void begin_locked(void) {
    if (all.fd > 0) return;
    all.fd = epoll_create1(EPOLL_CLOEXEC);
    BRC_CHECK(all.fd > 0);
    if (!brc_sched_start_thread(serve, NULL)) brc_base_panic("no thread for enif_select");
}

/* ---- the end of it ---- */

static int cancel_locked(Selected *s, unsigned flags) {
    int result = 0;
    for (int w = 0; w < WAYS; w++)
        if (flags & ways[w].flag && s->pid[w]) {
            finish_locked(s, (enum Way)w, false);
            result |= (int)ways[w].cancelled;
        }
    return result;
}

static int stop(ErlNifEnv *env, int fd, NifResource *r) {
    (void)env;
    brc_base_lock(&all.lock);
    Selected **at = place_locked(fd), *s = *at;
    if (s && s->resource != r) {
        brc_base_unlock(&all.lock);
        return INT32_MIN | ERL_NIF_SELECT_INVALID_EVENT;
    }
    int result = ERL_NIF_SELECT_STOP_CALLED;
    if (s) {
        result |= cancel_locked(s, ~0u);
        if (s->in_epoll) epoll_ctl(all.fd, EPOLL_CTL_DEL, fd, NULL);
        *at = s->next;
    }
    brc_base_unlock(&all.lock);
    NifOwnEnv e;
    r->type->init.stop(brc_nif_env_begin(&e, NIF_ENV_CALLBACK, r->type->owner), r->data, fd, 1);
    brc_nif_env_end(&e);
    if (s) brc_ctx_magic_unref(&r->magic);
    free(s);
    return result;
}

/* ---- asking ---- */

/* Another resource's descriptor is taken over: what that waited for is forgotten. It is *robbed, to
 * be let go when nothing is locked. */
static Selected *select_locked(int fd, NifResource *r, NifResource **robbed) {
    Selected *s = *place_locked(fd);
    if (s && s->resource == r) return s;
    if (s) {
        cancel_locked(s, ~0u);
        *robbed = s->resource;
        s->resource = r;
        brc_ctx_magic_ref(&r->magic);
        return s;
    }
    s = calloc(1, sizeof *s);
    if (!s) brc_base_panic("out of memory (a descriptor of enif_select)");
    s->fd = fd;
    s->resource = r;
    s->next = all.first;
    all.first = s;
    brc_ctx_magic_ref(&r->magic);
    return s;
}

static void drop_locked(Selected *s) {
    for (int w = 0; w < WAYS; w++)
        finish_locked(s, (enum Way)w, false);
    *place_locked(s->fd) = s->next;
    brc_ctx_magic_unref(&s->resource->magic);
    free(s);
}

/* {select, Object, Ref, ready_input} */
static Frag *usual_message(void *object, Term ref, enum Way w) {
    static const Term what[] = {AM(ready_input), AM(ready_output), AM(ready_error)};
    NifOwnEnv e;
    ErlNifEnv *env = brc_nif_env_begin(&e, NIF_ENV_CALLBACK, NULL);
    Term t = enif_make_tuple(env, 4, AM(select), enif_make_resource(env, object), ref, what[w]);
    Frag *f = brc_sig_new_kept(t);
    brc_nif_env_end(&e);
    return f;
}

static int ask(ErlNifEnv *env, int fd, unsigned flags, void *object, const ErlNifPid *to,
               Term message, ErlNifEnv *from) {
    NifResource *r = nif_resource_of(object), *robbed = NULL;
    bool custom = flags & ERL_NIF_SELECT_CUSTOM_MSG;
    Term pid = to ? to->pid : env->p->pid;
    Frag *frags[WAYS] = {NULL};
    for (int w = 0; w < WAYS; w++)
        if (flags & ways[w].flag)
            frags[w] =
                custom ? brc_sig_new_kept(message) : usual_message(object, message, (enum Way)w);
    brc_base_lock(&all.lock);
    begin_locked();
    Selected *s = select_locked(fd, r, &robbed);
    int result = 0;
    for (int w = 0; w < WAYS; w++) {
        if (!frags[w]) continue;
        finish_locked(s, (enum Way)w, false);
        s->pid[w] = pid;
        s->message[w] = frags[w];
    }
    if (watch_locked(s) < 0) {
        result = errno == EPERM || errno == EBADF ? INT32_MIN | ERL_NIF_SELECT_INVALID_EVENT
                                                  : INT32_MIN | ERL_NIF_SELECT_FAILED;
        if (!s->in_epoll) drop_locked(s);
    }
    brc_base_unlock(&all.lock);
    if (robbed) brc_ctx_magic_unref(&robbed->magic);
    if (result == 0 && from) enif_clear_env(from);
    return result;
}

int enif_select_x(ErlNifEnv *env, ErlNifEvent fd, enum ErlNifSelectFlags flags, void *object,
                  const ErlNifPid *pid, ERL_NIF_TERM message, ErlNifEnv *from) {
    NifResource *r = nif_resource_of(object);
    if (!r->type->init.stop) return INT32_MIN | ERL_NIF_SELECT_NOTSUP;
    if (fd < 0) return INT32_MIN | ERL_NIF_SELECT_INVALID_EVENT;
    if (flags & ERL_NIF_SELECT_STOP) return stop(env, fd, r);
    if (!(flags & ERL_NIF_SELECT_CANCEL)) return ask(env, fd, flags, object, pid, message, from);
    brc_base_lock(&all.lock);
    Selected *s = *place_locked(fd);
    int result = s && s->resource == r ? cancel_locked(s, flags) : 0;
    if (s && s->in_epoll) watch_locked(s);
    brc_base_unlock(&all.lock);
    return result;
}

int enif_select(ErlNifEnv *env, ErlNifEvent fd, enum ErlNifSelectFlags flags, void *object,
                const ErlNifPid *pid, ERL_NIF_TERM ref) {
    return enif_select_x(
        env, fd, (enum ErlNifSelectFlags)((unsigned)flags & ~(unsigned)ERL_NIF_SELECT_CUSTOM_MSG),
        object, pid, ref, NULL);
}
