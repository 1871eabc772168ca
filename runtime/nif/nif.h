/* nif.h: native implemented functions: libraries, their calls, what an environment is.
 *
 * A term of the interface (ERL_NIF_TERM) is a Term, an ErlNifBinary owns a SharedBin, a resource is
 * a Magic with the user's bytes behind it. Nothing collects while a NIF runs, so terms stay where
 * they are until it returns. */
#pragma once
#include "abi/natives.h"
#include "base/lock.h"
#include "proc/proc.h"
#include "term/bits.h"
#include <erl_nif.h>

/* What a module has loaded. Lives as long as the module, its calls and its resources do. */
typedef struct NifLibrary {
    _Atomic(uint64_t) refs; /* the module's, and one of each type whose resources it looks after */
    const ErlNifEntry *entry;
    Term module;
    void *handle; /* of dlopen, or NULL */
    void *private_data;
    bool loaded; /* its load function has succeeded: unload is due at its end */
} NifLibrary;

/* Where terms are made. Owner: who runs the NIF, or the thread that uses a free one. */
struct enif_environment_t {
    Proc *p; /* of the process, or of the environment itself */
    enum NifEnvKind {
        NIF_ENV_CALL,
        NIF_ENV_LOAD,
        NIF_ENV_FREE,
        NIF_ENV_CALLBACK,
        NIF_ENV_FOREIGN, /* of a C function that is no NIF (ffi.h) */
    } kind;
    NifLibrary *library; /* whose code runs, or NULL */
    Term raised;         /* the reason, or BRC_NONE */
    NativeRow *next;     /* what enif_schedule_nif named, or NULL */
    struct NifTemp *temps;
};

/* -- env.c -- */
typedef struct NifTemp { /* memory that goes with the environment's terms */
    struct NifTemp *next;
    void (*release)(void *); /* NULL: it is `bytes` themselves */
    void *what;
    uint8_t bytes[] __attribute__((aligned(16)));
} NifTemp;
void *brc_nif_temp(ErlNifEnv *env, size_t bytes);
void brc_nif_temp_release(ErlNifEnv *env, void (*release)(void *), void *what);
void brc_nif_free_temps(ErlNifEnv *env);
/* An environment with a heap of its own, on the stack: for callbacks. */
typedef struct NifOwnEnv {
    ErlNifEnv env;
    Proc proc;
    ProcRest rest;
} NifOwnEnv;
ErlNifEnv *brc_nif_env_begin(NifOwnEnv *e, enum NifEnvKind kind, NifLibrary *library);
void brc_nif_env_end(NifOwnEnv *e);

/* -- binary.c -- */
/* A binary of those bytes, which lie anywhere in what b keeps alive; the caller's reference to b is
 * handed over. */
Term brc_nif_window(Proc *p, SharedBin *b, const uint8_t *data, size_t size);

/* -- call.c -- */
typedef ERL_NIF_TERM NifFunction(ErlNifEnv *env, int argc, const ERL_NIF_TERM argv[]);
Code brc_nif_enter; /* the gate of a function that a NIF has replaced; p->fbif is its row's */

/* -- load.c -- */
NativeModule *brc_nif_module(Term name); /* NULL: none of its functions can be replaced */
void brc_nif_library_ref(NifLibrary *l);
void brc_nif_library_unref(NifLibrary *l);
void brc_nif_purge(NativeModule *m); /* its code is never called again */
/* Weak, NULL: shared objects cannot be opened. The ErlNifEntry function nif_init of path + ".so";
 * NULL: *error (malloc'd) says why. */
typedef struct NifOpened {
    void *handle;
    void *init;
    char *error;
    bool has_no_init;
} NifOpened;
extern void (*const brc_nif_open)(const char *path, struct NifOpened *out) __attribute__((weak));
void brc_nif_dlopen(const char *path, struct NifOpened *out);
extern void (*const brc_nif_close)(void *handle) __attribute__((weak)); /* as brc_nif_open */
void brc_nif_dlclose(void *handle);

/* -- resource.c -- */
/* Invariant: keeps == owner while there are resources and functions to call for them, else NULL. */
struct enif_resource_type_t {
    struct enif_resource_type_t *next;
    Term module, name;
    NifLibrary *owner;
    ErlNifResourceTypeInit init;
    BrcLock lock;
    size_t resources;  /* that live; under the lock */
    NifLibrary *keeps; /* a reference; under the lock */
};
typedef struct NifMonitor { /* of a resource */
    struct NifMonitor *next;
    uint64_t key; /* of the reference */
    Term pid;
} NifMonitor;
typedef struct NifResource {
    Magic magic;
    ErlNifResourceType *type;
    size_t size;
    NifMonitor *monitors; /* under monitor.c's lock */
    uint8_t data[] __attribute__((aligned(16)));
} NifResource;
static inline NifResource *nif_resource_of(const void *object) {
    return (NifResource *)((uintptr_t)object - offsetof(NifResource, data));
}
bool brc_nif_resource_try_ref(NifResource *r); /* false: it is being destroyed */
void brc_nif_drop_monitors(NifResource *r);    /* monitor.c */
/* A load or upgrade is over: the types that it opened count, or are forgotten. */
void brc_nif_types_begin(void);
void brc_nif_types_end(NifLibrary *l, bool good);
void brc_nif_types_forget(const NifLibrary *l); /* it is gone, and so are its resources */
