/* env.c: environments. One that belongs to no call has a process of its own that never runs: its
 * heap is full, so what is made there lies in fragments. */
#include "nif/nif.h"
#include "base/panic.h"
#include "sig/signal.h"
#include <stdlib.h>

/* ---- what goes with the terms ---- */

static NifTemp *add_temp(ErlNifEnv *env, size_t bytes) {
    NifTemp *t = malloc(sizeof *t + bytes);
    if (!t) brc_base_panic("out of memory (%zu bytes for a NIF)", bytes);
    t->next = env->temps;
    t->release = NULL;
    env->temps = t;
    return t;
}

void *brc_nif_temp(ErlNifEnv *env, size_t bytes) {
    return add_temp(env, bytes)->bytes;
}

void brc_nif_temp_release(ErlNifEnv *env, void (*release)(void *), void *what) {
    NifTemp *t = add_temp(env, 0);
    t->release = release;
    t->what = what;
}

void brc_nif_free_temps(ErlNifEnv *env) {
    for (NifTemp *t = env->temps, *next; t; t = next) {
        next = t->next;
        if (t->release) t->release(t->what);
        free(t);
    }
    env->temps = NULL;
}

/* ---- environments with a heap of their own ---- */

static void begin_heap(NifOwnEnv *e) {
    e->proc = (Proc){.rest = &e->rest, .pid = BRC_NIL};
    e->rest.heap.vheap_limit_bytes = UINT64_MAX;
}

ErlNifEnv *brc_nif_env_begin(NifOwnEnv *e, enum NifEnvKind kind, NifLibrary *library) {
    memset(&e->rest, 0, sizeof e->rest);
    begin_heap(e);
    e->env = (ErlNifEnv){.p = &e->proc, .kind = kind, .library = library, .raised = BRC_NONE};
    return &e->env;
}

void brc_nif_env_end(NifOwnEnv *e) {
    brc_sig_double_free(&e->proc);
    brc_nif_free_temps(&e->env);
}

ErlNifEnv *enif_alloc_env(void) {
    NifOwnEnv *e = malloc(sizeof *e);
    if (!e) brc_base_panic("out of memory (an environment of NIFs)");
    return brc_nif_env_begin(e, NIF_ENV_FREE, NULL);
}

void enif_clear_env(ErlNifEnv *env) {
    NifOwnEnv *e = (NifOwnEnv *)env;
    brc_nif_env_end(e);
    begin_heap(e);
    env->raised = BRC_NONE;
}

void enif_free_env(ErlNifEnv *env) {
    if (!env) return;
    brc_nif_env_end((NifOwnEnv *)env);
    free(env);
}

ERL_NIF_TERM enif_make_copy(ErlNifEnv *to, ERL_NIF_TERM t) {
    return brc_heap_copy_to_proc(to->p, t);
}

void *enif_priv_data(ErlNifEnv *env) {
    return env->library ? env->library->private_data : NULL;
}

/* ---- memory ---- */

void *enif_alloc(size_t size) {
    return malloc(size ? size : 1);
}
void enif_free(void *at) {
    free(at);
}
void *enif_realloc(void *at, size_t size) {
    return realloc(at, size ? size : 1);
}
