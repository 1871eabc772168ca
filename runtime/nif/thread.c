/* thread.c: threads, locks and thread-specific data of libraries, on the C library's. */
#include "nif/nif.h"
#include "base/panic.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>

static char *copy_name(const char *name) {
    char *copy = name ? strdup(name) : NULL;
    BRC_CHECK(copy || !name);
    return copy;
}
static void *make(size_t size) {
    void *at = calloc(1, size);
    if (!at) brc_base_panic("out of memory (a lock or thread of a NIF)");
    return at;
}

/* ---- locks ---- */

struct ErlDrvMutex_ {
    pthread_mutex_t m;
    char *name;
};
ErlNifMutex *enif_mutex_create(char *name) {
    ErlNifMutex *m = make(sizeof *m);
    pthread_mutex_init(&m->m, NULL);
    m->name = copy_name(name);
    return m;
}
void enif_mutex_destroy(ErlNifMutex *m) {
    pthread_mutex_destroy(&m->m);
    free(m->name);
    free(m);
}
int enif_mutex_trylock(ErlNifMutex *m) {
    return pthread_mutex_trylock(&m->m);
}
void enif_mutex_lock(ErlNifMutex *m) {
    pthread_mutex_lock(&m->m);
}
void enif_mutex_unlock(ErlNifMutex *m) {
    pthread_mutex_unlock(&m->m);
}
char *enif_mutex_name(ErlNifMutex *m) {
    return m ? m->name : NULL;
}

struct ErlDrvCond_ {
    pthread_cond_t c;
    char *name;
};
ErlNifCond *enif_cond_create(char *name) {
    ErlNifCond *c = make(sizeof *c);
    pthread_cond_init(&c->c, NULL);
    c->name = copy_name(name);
    return c;
}
void enif_cond_destroy(ErlNifCond *c) {
    pthread_cond_destroy(&c->c);
    free(c->name);
    free(c);
}
void enif_cond_signal(ErlNifCond *c) {
    pthread_cond_signal(&c->c);
}
void enif_cond_broadcast(ErlNifCond *c) {
    pthread_cond_broadcast(&c->c);
}
void enif_cond_wait(ErlNifCond *c, ErlNifMutex *m) {
    pthread_cond_wait(&c->c, &m->m);
}
char *enif_cond_name(ErlNifCond *c) {
    return c ? c->name : NULL;
}

struct ErlDrvRWLock_ {
    pthread_rwlock_t l;
    char *name;
};
ErlNifRWLock *enif_rwlock_create(char *name) {
    ErlNifRWLock *l = make(sizeof *l);
    pthread_rwlock_init(&l->l, NULL);
    l->name = copy_name(name);
    return l;
}
void enif_rwlock_destroy(ErlNifRWLock *l) {
    pthread_rwlock_destroy(&l->l);
    free(l->name);
    free(l);
}
int enif_rwlock_tryrlock(ErlNifRWLock *l) {
    return pthread_rwlock_tryrdlock(&l->l);
}
void enif_rwlock_rlock(ErlNifRWLock *l) {
    pthread_rwlock_rdlock(&l->l);
}
void enif_rwlock_runlock(ErlNifRWLock *l) {
    pthread_rwlock_unlock(&l->l);
}
int enif_rwlock_tryrwlock(ErlNifRWLock *l) {
    return pthread_rwlock_trywrlock(&l->l);
}
void enif_rwlock_rwlock(ErlNifRWLock *l) {
    pthread_rwlock_wrlock(&l->l);
}
void enif_rwlock_rwunlock(ErlNifRWLock *l) {
    pthread_rwlock_unlock(&l->l);
}
char *enif_rwlock_name(ErlNifRWLock *l) {
    return l ? l->name : NULL;
}

/* ---- thread-specific data ---- */

int enif_tsd_key_create(char *name, ErlNifTSDKey *key) {
    (void)name;
    pthread_key_t k;
    int error = pthread_key_create(&k, NULL);
    if (!error) *key = (ErlNifTSDKey)k;
    return error;
}
void enif_tsd_key_destroy(ErlNifTSDKey key) {
    pthread_key_delete((pthread_key_t)key);
}
void enif_tsd_set(ErlNifTSDKey key, void *data) {
    pthread_setspecific((pthread_key_t)key, data);
}
void *enif_tsd_get(ErlNifTSDKey key) {
    return pthread_getspecific((pthread_key_t)key);
}

/* ---- threads ---- */

struct ErlDrvTid_ {
    pthread_t thread;
    void *(*run)(void *);
    void *arg, *result;
    char *name;
    bool is_ours;  /* begun by enif_thread_create */
    jmp_buf leave; /* of these */
};
static _Thread_local struct ErlDrvTid_ *self;

ErlNifThreadOpts *enif_thread_opts_create(char *name) {
    (void)name;
    ErlNifThreadOpts *o = make(sizeof *o);
    o->suggested_stack_size = -1;
    return o;
}
void enif_thread_opts_destroy(ErlNifThreadOpts *o) {
    free(o);
}

static void *run(void *arg) {
    self = arg;
    if (setjmp(self->leave) == 0) self->result = self->run(self->arg);
    return NULL;
}

/* In kilowords, as the options have it. */
static void set_stack(pthread_attr_t *attributes, const ErlNifThreadOpts *o) {
    if (!o || o->suggested_stack_size < 0) return;
    size_t bytes = (size_t)o->suggested_stack_size * 1024 * sizeof(void *);
    if (bytes < 128 * 1024) bytes = 128 * 1024;
    pthread_attr_setstacksize(attributes, bytes);
}

int enif_thread_create(char *name, ErlNifTid *tid, void *(*function)(void *), void *arg,
                       ErlNifThreadOpts *o) {
    struct ErlDrvTid_ *t = make(sizeof *t);
    t->run = function;
    t->arg = arg;
    t->name = copy_name(name);
    t->is_ours = true;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    set_stack(&attributes, o);
    *tid = t;
    int error = pthread_create(&t->thread, &attributes, run, t);
    pthread_attr_destroy(&attributes);
    if (!error) return 0;
    free(t->name);
    free(t);
    *tid = NULL;
    return error;
}

ErlNifTid enif_thread_self(void) {
    if (!self) {
        self = make(sizeof *self);
        self->thread = pthread_self();
    }
    return self;
}
int enif_equal_tids(ErlNifTid a, ErlNifTid b) {
    return a == b;
}
void enif_thread_exit(void *result) {
    if (!self || !self->is_ours) pthread_exit(result);
    self->result = result;
    longjmp(self->leave, 1);
}
int enif_thread_join(ErlNifTid t, void **result) {
    int error = pthread_join(t->thread, NULL);
    if (error) return error;
    if (result) *result = t->result;
    free(t->name);
    free(t);
    return 0;
}
char *enif_thread_name(ErlNifTid t) {
    return t ? t->name : NULL;
}
