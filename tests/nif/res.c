/* Resources, monitors, descriptors, threads, vectors. */
#define _GNU_SOURCE
#include <erl_nif.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define NIF(name)  static ERL_NIF_TERM name(ErlNifEnv *env, int argc, const ERL_NIF_TERM argv[])
#define ATOM(text) enif_make_atom(env, text)
#define INT(n)     enif_make_int(env, n)

typedef struct Thing {
    ErlNifPid owner;
    int number, fd;
    ErlNifMonitor monitor;
    char text[32];
} Thing;
static ErlNifResourceType *things, *pipes;

static void tell_owner(ErlNifEnv *env, Thing *t, const char *what, ERL_NIF_TERM more) {
    ErlNifEnv *msg = enif_alloc_env();
    ERL_NIF_TERM m = enif_make_tuple3(msg, enif_make_atom(msg, what), enif_make_int(msg, t->number),
                                      enif_make_copy(msg, more));
    enif_send(env, &t->owner, msg, m);
    enif_free_env(msg);
}
static void dtor(ErlNifEnv *env, void *obj) {
    tell_owner(env, obj, "gone", ATOM("dtor"));
}
static void down(ErlNifEnv *env, void *obj, ErlNifPid *pid, ErlNifMonitor *m) {
    Thing *t = obj;
    tell_owner(env, t, "down",
               enif_compare_monitors(m, &t->monitor) ? ATOM("wrong") : enif_make_pid(env, pid));
}
static void dyncall(ErlNifEnv *env, void *obj, void *data) {
    Thing *t = obj;
    t->number += *(int *)data;
    *(int *)data = t->number;
}
static void stopped(ErlNifEnv *env, void *obj, ErlNifEvent e, int direct) {
    Thing *t = obj;
    tell_owner(env, t, "stopped", INT(e == t->fd));
    close(e);
}
static int load(ErlNifEnv *env, void **priv, ERL_NIF_TERM info) {
    ErlNifResourceTypeInit all = {.dtor = dtor, .down = down, .dyncall = dyncall, .members = 4};
    ErlNifResourceTypeInit with_stop = {.stop = stopped, .members = 2};
    ErlNifResourceFlags tried;
    things = enif_init_resource_type(env, "things", &all, ERL_NIF_RT_CREATE, &tried);
    if (!things || tried != ERL_NIF_RT_CREATE) return 1;
    pipes = enif_open_resource_type_x(env, "pipes", &with_stop,
                                      ERL_NIF_RT_CREATE | ERL_NIF_RT_TAKEOVER, &tried);
    if (!pipes) return 2;
    if (enif_open_resource_type(env, NULL, "other", NULL, ERL_NIF_RT_TAKEOVER, &tried)) return 3;
    *priv = strdup("private");
    return enif_is_pid(env, info) ? 0 : 4;
}

NIF(hold_priv) {
    return enif_make_string(env, enif_priv_data(env), ERL_NIF_LATIN1);
}
static Thing *thing(ErlNifEnv *env, ERL_NIF_TERM t) {
    void *obj;
    if (enif_get_resource(env, t, things, &obj) || enif_get_resource(env, t, pipes, &obj))
        return obj;
    return NULL;
}
NIF(new) {
    Thing *t = enif_alloc_resource(things, sizeof *t);
    enif_get_local_pid(env, argv[0], &t->owner);
    enif_get_int(env, argv[1], &t->number);
    snprintf(t->text, sizeof t->text, "thing number %d", t->number);
    ERL_NIF_TERM r = enif_make_resource(env, t);
    enif_release_resource(t);
    return r;
}
NIF(get) {
    Thing *t = thing(env, argv[0]);
    return t ? INT(t->number) : enif_make_badarg(env);
}
NIF(size) {
    return INT(enif_sizeof_resource(thing(env, argv[0])) == sizeof(Thing));
}
NIF(keep) {
    enif_keep_resource(thing(env, argv[0]));
    return ATOM("ok");
}
NIF(drop) {
    enif_release_resource(thing(env, argv[0]));
    return ATOM("ok");
}
NIF(bin) {
    Thing *t = thing(env, argv[0]);
    return enif_make_resource_binary(env, t, t->text, strlen(t->text));
}
NIF(same) {
    ERL_NIF_TERM again = enif_make_resource(env, thing(env, argv[0]));
    return enif_make_tuple2(env, INT(enif_is_identical(argv[0], argv[1])),
                            INT(enif_compare(again, argv[0])));
}
NIF(watch) {
    ErlNifPid pid;
    Thing *t = thing(env, argv[0]);
    enif_get_local_pid(env, argv[1], &pid);
    int n = enif_monitor_process(env, t, &pid, &t->monitor);
    return enif_make_tuple2(env, INT(n),
                            INT(n || enif_is_ref(env, enif_make_monitor_term(env, &t->monitor))));
}
NIF(unwatch) {
    Thing *t = thing(env, argv[0]);
    return INT(enif_demonitor_process(env, t, &t->monitor));
}
NIF(call) {
    int n;
    enif_get_int(env, argv[1], &n);
    int r = enif_dynamic_resource_call(env, ATOM("res"), ATOM("things"), argv[0], &n);
    int bad = enif_dynamic_resource_call(env, ATOM("res"), ATOM("none"), argv[0], &n);
    return enif_make_tuple3(env, INT(r), INT(n), INT(bad != 0));
}

NIF(pipe_pair) {
    int fds[2];
    ERL_NIF_TERM r[2];
    pipe2(fds, O_NONBLOCK);
    for (int i = 0; i < 2; i++) {
        Thing *t = enif_alloc_resource(pipes, sizeof *t);
        enif_get_local_pid(env, argv[0], &t->owner);
        t->number = 40 + i;
        t->fd = fds[i];
        r[i] = enif_make_resource(env, t);
        enif_release_resource(t);
    }
    return enif_make_tuple2(env, r[0], r[1]);
}
NIF(read_some) {
    char buf[100];
    int most;
    enif_get_int(env, argv[1], &most);
    ssize_t n = read(thing(env, argv[0])->fd, buf, most);
    if (n < 0) return errno == EAGAIN ? ATOM("eagain") : ATOM("error");
    ERL_NIF_TERM t;
    memcpy(enif_make_new_binary(env, n, &t), buf, n);
    return t;
}
NIF(write_some) {
    ErlNifBinary b;
    enif_inspect_binary(env, argv[1], &b);
    return INT(write(thing(env, argv[0])->fd, b.data, b.size));
}
static int mode(ErlNifEnv *env, ERL_NIF_TERM t) {
    return enif_is_identical(t, ATOM("read")) ? ERL_NIF_SELECT_READ : ERL_NIF_SELECT_WRITE;
}
NIF(wait_for) {
    Thing *t = thing(env, argv[0]);
    return INT(enif_select(env, t->fd, mode(env, argv[1]), t, NULL, argv[2]));
}
NIF(wait_x) {
    Thing *t = thing(env, argv[0]);
    ErlNifEnv *msg = enif_alloc_env();
    int n = enif_select_x(env, t->fd, mode(env, argv[1]) | ERL_NIF_SELECT_CUSTOM_MSG, t, NULL,
                          enif_make_copy(msg, argv[2]), msg);
    enif_free_env(msg);
    return INT(n);
}
NIF(cancel) {
    Thing *t = thing(env, argv[0]);
    return INT(enif_select(env, t->fd, mode(env, argv[1]) | ERL_NIF_SELECT_CANCEL, t, NULL,
                           ATOM("undefined")));
}
NIF(stop) {
    Thing *t = thing(env, argv[0]);
    int n = enif_select(env, t->fd, ERL_NIF_SELECT_STOP, t, NULL, ATOM("undefined"));
    return INT((n & (ERL_NIF_SELECT_STOP_CALLED | ERL_NIF_SELECT_STOP_SCHEDULED)) != 0 && n > 0);
}
NIF(close_it) {
    return INT(close(thing(env, argv[0])->fd));
}

/* ---- threads ---- */
typedef struct Job {
    ErlNifPid to;
    int n;
} Job;
static void *send_many(void *arg) {
    Job *j = arg;
    ErlNifEnv *env = enif_alloc_env();
    for (int i = 1; i <= j->n; i++)
        enif_send(NULL, &j->to, env, enif_make_tuple2(env, ATOM("from_thread"), INT(i)));
    enif_free_env(env);
    enif_thread_exit(j);
    return NULL;
}
NIF(sender) {
    Job j;
    ErlNifTid tid;
    void *result = NULL;
    enif_get_local_pid(env, argv[0], &j.to);
    enif_get_int(env, argv[1], &j.n);
    ErlNifThreadOpts *o = enif_thread_opts_create("opts");
    o->suggested_stack_size = 100;
    int made = enif_thread_create("sender", &tid, send_many, &j, o);
    enif_thread_opts_destroy(o);
    int named = !strcmp(enif_thread_name(tid), "sender"), joined = enif_thread_join(tid, &result);
    return enif_make_tuple4(env, INT(made), INT(named), INT(joined), INT(result == &j));
}

static ErlNifMutex *mutex;
static ErlNifCond *cond;
static ErlNifRWLock *lock;
static ErlNifTSDKey key;
static int arrived, total, own;
static void *locker(void *arg) {
    enif_tsd_set(key, arg);
    enif_rwlock_rlock(lock);
    enif_rwlock_runlock(lock);
    enif_mutex_lock(mutex);
    total++;
    own += enif_tsd_get(key) == arg && enif_equal_tids(enif_thread_self(), enif_thread_self());
    if (++arrived == 4) enif_cond_broadcast(cond);
    while (arrived < 4)
        enif_cond_wait(cond, mutex);
    enif_mutex_unlock(mutex);
    return arg;
}
NIF(locks) {
    ErlNifTid t[4];
    int sum = 0;
    mutex = enif_mutex_create("mutex");
    cond = enif_cond_create("cond");
    lock = enif_rwlock_create("lock");
    enif_tsd_key_create("key", &key);
    enif_rwlock_rwlock(lock);
    int busy = enif_rwlock_tryrlock(lock);
    for (long i = 0; i < 4; i++)
        enif_thread_create("locker", &t[i], locker, (void *)(i + 1), NULL);
    enif_rwlock_rwunlock(lock);
    for (int i = 0; i < 4; i++) {
        void *r;
        enif_thread_join(t[i], &r);
        sum += (int)(long)r;
    }
    int free_ = enif_mutex_trylock(mutex);
    enif_mutex_unlock(mutex);
    char *names[] = {enif_mutex_name(mutex), enif_cond_name(cond), enif_rwlock_name(lock)};
    ERL_NIF_TERM r =
        enif_make_tuple7(env, INT(busy == EBUSY), INT(total), INT(own), INT(sum), INT(free_),
                         enif_make_tuple3(env, ATOM(names[0]), ATOM(names[1]), ATOM(names[2])),
                         INT(enif_tsd_get(key) == NULL));
    enif_mutex_destroy(mutex);
    enif_cond_destroy(cond);
    enif_rwlock_destroy(lock);
    enif_tsd_key_destroy(key);
    return r;
}
NIF(tell) {
    ErlNifPid to;
    enif_get_local_pid(env, argv[0], &to);
    return INT(enif_send(env, &to, NULL, argv[1]) != 0);
}

static ErlNifEnv *kept;
static ERL_NIF_TERM held_term;
NIF(hold) {
    kept = enif_alloc_env();
    held_term = enif_make_copy(kept, argv[0]);
    return ATOM("ok");
}
NIF(held) {
    int last;
    enif_get_int(env, argv[0], &last);
    ERL_NIF_TERM t = enif_make_copy(env, held_term);
    if (last) enif_free_env(kept);
    return t;
}

/* ---- vectors ---- */
NIF(iov) {
    ErlNifIOVec *v = NULL, on_stack, *w = &on_stack;
    ERL_NIF_TERM tail, sizes = enif_make_list(env, 0);
    int most;
    enif_get_int(env, argv[1], &most);
    if (!enif_inspect_iovec(env, most, argv[0], &tail, &v)) return ATOM("no");
    for (int i = v->iovcnt; i-- > 0;)
        sizes = enif_make_list_cell(env, INT(v->iov[i].iov_len), sizes);
    if (!enif_inspect_iovec(NULL, most, argv[0], &tail, &w)) return ATOM("no2");
    ERL_NIF_TERM r = enif_make_tuple4(env, INT(v->size), sizes, tail, INT(w->size));
    enif_free_iovec(w);
    return r;
}
NIF(ioq) {
    ErlNifIOQueue *q = enif_ioq_create(ERL_NIF_IOQ_NORMAL);
    ErlNifIOVec *v = NULL;
    ERL_NIF_TERM tail, head = ATOM("none"), out = enif_make_list(env, 0);
    enif_inspect_iovec(env, 10, argv[0], &tail, &v);
    int a = enif_ioq_enqv(q, v, 2);
    ErlNifBinary b;
    enif_alloc_binary(4, &b);
    memcpy(b.data, "more", 4);
    int c = enif_ioq_enq_binary(q, &b, 1);
    size_t size = enif_ioq_size(q), head_size = 0, left;
    enif_ioq_peek_head(env, q, &head_size, &head);
    while (enif_ioq_size(q)) {
        int n;
        SysIOVec *p = enif_ioq_peek(q, &n);
        out = enif_make_list_cell(env, enif_make_tuple2(env, INT(n), INT(p[0].iov_len)), out);
        enif_ioq_deq(q, p[0].iov_len > 100 ? 100 : p[0].iov_len, &left);
    }
    int d = enif_ioq_deq(q, 1, &left);
    enif_ioq_destroy(q);
    return enif_make_tuple7(env, INT(a), INT(c), INT(size), INT(head_size), head, out, INT(d));
}

/* ---- others ---- */
NIF(named) {
    ErlNifPid pid;
    if (!enif_whereis_pid(env, argv[0], &pid)) return ATOM("no");
    return enif_make_pid(env, &pid);
}
NIF(other) {
    int n;
    enif_get_int(env, argv[0], &n);
    if (n == 1) {
        ErlNifTime a = enif_monotonic_time(ERL_NIF_NSEC), b = enif_monotonic_time(ERL_NIF_NSEC);
        return INT(b >= a && enif_time_offset(ERL_NIF_SEC) != ERL_NIF_TIME_ERROR &&
                   enif_monotonic_time(9) == ERL_NIF_TIME_ERROR);
    }
    ErlNifPid none;
    enif_set_pid_undefined(&none);
    return enif_make_tuple4(
        env, INT(enif_is_pid_undefined(&none)), INT(enif_is_tuple(env, enif_now_time(env))),
        INT(enif_is_tuple(env, enif_cpu_time(env))), INT(enif_is_ref(env, enif_make_ref(env))));
}
NIF(env_of) {
    char name[50], value[50];
    size_t room = 4, size = sizeof value;
    enif_get_string(env, argv[0], name, sizeof name, ERL_NIF_LATIN1);
    int a = enif_getenv(name, value, &room), b = enif_getenv(name, value, &size);
    return enif_make_tuple4(env, INT(a), INT(b), INT(b ? 0 : size),
                            b ? ATOM("none") : enif_make_string(env, value, ERL_NIF_LATIN1));
}
NIF(info) {
    ErlNifSysInfo i;
    enif_system_info(&i, sizeof i);
    return enif_make_tuple5(env, INT(i.nif_major_version), INT(i.nif_minor_version),
                            INT(i.thread_support), ATOM(i.otp_release),
                            INT(i.dirty_scheduler_support));
}
NIF(command) {
    ErlNifPort port;
    if (!enif_get_local_port(env, argv[0], &port)) return ATOM("no_port");
    ErlNifEnv *msg = enif_alloc_env();
    int n = enif_port_command(env, &port, msg, enif_make_copy(msg, argv[1]));
    enif_free_env(msg);
    return enif_make_tuple2(env, INT(n != 0), INT(enif_is_port_alive(env, &port) != 0));
}

static ErlNifFunc functions[] = {
    {"new", 2, new},
    {"number", 1, get},
    {"keep", 1, keep},
    {"drop", 1, drop},
    {"bin", 1, bin},
    {"same", 2, same},
    {"watch", 2, watch},
    {"unwatch", 1, unwatch},
    {"call", 2, call},
    {"pipe", 1, pipe_pair},
    {"read", 2, read_some},
    {"wait", 3, wait_for},
    {"wait_x", 3, wait_x},
    {"cancel", 2, cancel},
    {"stop", 1, stop},
    {"write", 2, write_some},
    {"close", 1, close_it},
    {"bytes", 1, size},
    {"sender", 2, sender, ERL_NIF_DIRTY_JOB_IO_BOUND},
    {"hold", 1, hold},
    {"held", 1, held},
    {"command", 2, command},
    {"other", 1, other},
    {"iov", 2, iov},
    {"ioq", 1, ioq},
    {"named", 1, named},
    {"tell", 2, tell},
    {"locks", 1, locks},
    {"env", 1, env_of},
    {"info", 0, info},
    {"hold_priv", 0, hold_priv},
};
ERL_NIF_INIT(res, functions, load, NULL, NULL, NULL)
